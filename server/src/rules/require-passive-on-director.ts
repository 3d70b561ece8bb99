import { twoFactorPool } from '../linter/examples.ts';
import { metadataUri, othersOff, webServer } from '../linter/passiveShell.ts';
import { rule } from '../linter/rule.ts';
import type { Deployment } from '../model/deployment.ts';
import { describeValue, placeOfValue } from '../model/describe.ts';
import type { LyncObject } from '../model/object.ts';
import { poolOf } from '../model/topology.ts';
import { twoFactorOfPool } from '../model/twoFactor.ts';
import type { TwoFactorPool } from '../model/twoFactorPools.ts';
import { directorOf, directorService } from '../model/wayIn.ts';
import { parseIdentity } from '../schema/identity.ts';

const director = webServer.replace('pool01', 'dir01');

export default rule({
  id: 'require-passive-on-director',
  severity: 'warning',
  group: 'passive',
  summary: 'Directors in front of two-factor pools without passive authentication.',
  why: 'A Director is the first to ask who somebody is. As long as its web services take a password or a certificate, the second factor is not asked for there. Microsoft lists the Director among the servers that need passive authentication and nothing else. Source: the table in "Planning for two-factor authentication in Lync Server 2013"; "Configuring passive authentication in Lync Server 2013".',
  remedy:
    'Give the Director a CsWebServiceConfiguration of its own, with UseWsFedPassiveAuth true, the address of the federation metadata, and every other method off.',
  needs: ['CsWebServiceConfiguration', 'CsService'],
  sections: ['CsWebServiceConfiguration', 'CsService'],
  object: function* (object, deployment) {
    const pool = directorBy(object, deployment);
    const [behind] = pool === undefined ? [] : twoFactorPoolsBehind(pool, deployment);
    if (pool === undefined || !behind) return;
    const { passive } = twoFactorOfPool(deployment, pool);
    if (passive?.value !== false) return;
    const { object: decides, scope } = passive.effective;
    // Said where the Director has a configuration of its own, else of the Director.
    const isOwn = scope === 'Service';
    if (isOwn ? decides !== object : object.section.name !== 'CsService') return;
    const at = placeOfValue(behind.passive);
    yield {
      at: isOwn ? placeOfValue(passive) : undefined,
      message: `The Director '${pool}' stands in front of the two-factor pool '${behind.pool}', and does not ask for the second factor: ${describeValue(passive, 'UseWsFedPassiveAuth')}. Set UseWsFedPassiveAuth to true at 'Service:WebServer:${pool}', and every other method off there.`,
      related: [at && { at, message: `'${behind.pool}' uses passive authentication` }],
    };
  },
  fixes: function* ({ object }, deployment) {
    const pool = object && directorBy(object, deployment);
    const like = pool === undefined ? undefined : likeFor(pool, deployment);
    const uri = like?.text('WsFedPassiveMetadataUri');
    if (!object || pool === undefined || !like || uri === undefined) return;
    const settings = [
      ['UseWsFedPassiveAuth', true],
      ['WsFedPassiveMetadataUri', uri],
      ['UseWindowsAuth', 'None'],
      ['UseCertificateAuth', false],
      ['UsePinAuth', false],
    ] as const;
    const isOwn = object.section.name === 'CsWebServiceConfiguration';
    const identity = `Service:WebServer:${pool}`;
    if (!deployment.resolves('CsService', identity)) return;
    yield {
      title: isOwn
        ? `Set passive authentication as for '${like.subject}', and the other methods off`
        : `Add a CsWebServiceConfiguration for ${identity}, like that of '${like.subject}'`,
      changes: isOwn
        ? settings.map(([property, value]) => ({ kind: 'set', object, property, value }))
        : [
            {
              kind: 'add',
              section: 'CsWebServiceConfiguration',
              like,
              near: object,
              properties: [['Identity', identity], ...settings],
            },
          ],
      // Who else comes in through the Director is in DNS, not in the files.
      onlyByHand: true,
    };
  },
  shell: [
    {
      text: 'First see that nobody but two-factor users comes in through the Director. Where it has no configuration of its own, make one:',
      commands: [`New-CsWebServiceConfiguration ${director} -UseWsFedPassiveAuth $true ${metadataUri}`],
    },
    {
      text: 'Then every other method goes. The federation service must know the Director, too (Add-ADFSRelyingPartyTrust, there):',
      commands: [`Set-CsWebServiceConfiguration ${director} -UseWsFedPassiveAuth $true ${othersOff}`],
    },
  ],
  examples: {
    bad: [
      `${twoFactorPool}CsService:
  - { Identity: Registrar:pool01.contoso.com, EdgeServer: EdgeServer:edge01.contoso.com }
  - { Identity: EdgeServer:edge01.contoso.com, Registrar: Director:dir01.contoso.com }
  - Identity: Director:dir01.contoso.com
    #         ^^^^^^^^^^^^^^^^^^^^^^^^^^ require-passive-on-director
  - { Identity: WebServer:dir01.contoso.com }
`,
      `${twoFactorPool}  - Identity: WebServer:dir01.contoso.com
    UseWsFedPassiveAuth: false
    #                    ^^^^^ require-passive-on-director
CsService:
  - { Identity: Registrar:pool01.contoso.com, EdgeServer: EdgeServer:edge01.contoso.com }
  - { Identity: EdgeServer:edge01.contoso.com, Registrar: Registrar:dir01.contoso.com }
  - { Identity: Registrar:dir01.contoso.com, IsDirector: true, EdgeServer: EdgeServer:edge01.contoso.com }
  - { Identity: WebServer:dir01.contoso.com }
`,
    ],
    good: [
      `${twoFactorPool}${twoFactorPool.replace(/^.*\n/, '').replace('pool01', 'dir01')}CsService:
  - { Identity: Registrar:pool01.contoso.com, EdgeServer: EdgeServer:edge01.contoso.com }
  - { Identity: EdgeServer:edge01.contoso.com, Registrar: Director:dir01.contoso.com }
  - { Identity: Director:dir01.contoso.com }
`,
    ],
    near: [
      `# The Director stands in front of another pool, where people sign in with a password.
${twoFactorPool}CsService:
  - { Identity: Registrar:pool01.contoso.com, EdgeServer: EdgeServer:edge01.contoso.com }
  - { Identity: Registrar:pool02.contoso.com, EdgeServer: EdgeServer:edge02.contoso.com }
  - { Identity: EdgeServer:edge01.contoso.com, Registrar: Registrar:pool01.contoso.com }
  - { Identity: EdgeServer:edge02.contoso.com, Registrar: Director:dir01.contoso.com }
  - { Identity: Director:dir01.contoso.com }
`,
    ],
  },
});

/** The Director that an object is about: its own service, or the configuration of its web services. */
function directorBy(object: LyncObject, deployment: Deployment): string | undefined {
  const { scope, name } = parseIdentity(object.subject);
  if (object.section.name === 'CsWebServiceConfiguration')
    return scope === 'Service' && directorService(name, deployment) ? name : undefined;
  const pool = poolOf(object);
  return pool !== undefined && directorService(pool, deployment) === object ? pool : undefined;
}

function twoFactorPoolsBehind(director: string, deployment: Deployment): TwoFactorPool[] {
  const isBehind = ({ pool }: TwoFactorPool): boolean =>
    directorOf(pool, deployment)?.toLowerCase() === director.toLowerCase();
  return deployment.twoFactorPools().filter(isBehind);
}

function likeFor(director: string, deployment: Deployment): LyncObject | undefined {
  return twoFactorPoolsBehind(director, deployment)[0]?.passive.effective.object;
}
