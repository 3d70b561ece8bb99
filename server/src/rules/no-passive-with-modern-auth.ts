import { othersOn, webServer } from '../linter/passiveShell.ts';
import { productOfPool } from '../model/builds.ts';
import { poolsDecidedBy } from '../model/twoFactorPools.ts';
import { twoFactorPool } from '../linter/examples.ts';
import { rule } from '../linter/rule.ts';

const server = 'ClientAuthorizationOAuthServerIdentity';

export default rule({
  id: 'no-passive-with-modern-auth',
  severity: 'error',
  group: 'passive',
  summary: 'Passive and modern authentication on the same pool.',
  why: 'A pool of Skype for Business Server signs people in by passive or by modern authentication (ADAL), not by both. Modern authentication is on for all pools as soon as an OAuth server is named. Source: "How to use Modern Authentication (ADAL) with Skype for Business".',
  remedy: 'Set UseWsFedPassiveAuth to false on the pool, or clear ClientAuthorizationOAuthServerIdentity.',
  needs: ['CsWebServiceConfiguration', 'CsOAuthConfiguration'],
  sections: ['CsWebServiceConfiguration'],
  object: function* (configuration, deployment) {
    const passive = configuration.setProperty('UseWsFedPassiveAuth');
    const modern = deployment.find('CsOAuthConfiguration', 'Global');
    const named = modern?.text(server)?.trim() ?? '';
    const property = modern?.setProperty(server);
    if (!passive || !modern || !property || named === '') return;
    // The setting does not exist in Lync Server 2013, and does nothing to pools that still run it.
    const pools = poolsDecidedBy(configuration, deployment).filter(
      (pool) => (productOfPool(pool, deployment) ?? 7) >= 7,
    );
    if (pools.length === 0) return;
    yield {
      at: configuration.placeOf(passive),
      message: `Passive and modern authentication exclude each other, and ${pools.map((pool) => `'${pool}'`).join(', ')} has both: UseWsFedPassiveAuth is true, and ${server} names '${named}'. Switch one of them off.`,
      related: [
        { at: modern.placeOf(property), message: `Modern authentication is on: ${server} is '${named}'` },
      ],
    };
  },
  fixes: function* ({ object }) {
    if (!object) return;
    yield {
      title: 'Set UseWsFedPassiveAuth to false',
      changes: [{ kind: 'set', object, property: 'UseWsFedPassiveAuth', value: false }],
      // It changes how everybody of these pools signs in, and the other way out is to give up modern authentication.
      onlyByHand: true,
    };
  },
  shell: [
    {
      text: 'Either passive authentication goes from the pool, and the other ways to sign in come back:',
      commands: [`Set-CsWebServiceConfiguration ${webServer} -UseWsFedPassiveAuth $false ${othersOn}`],
    },
    {
      text: 'Or modern authentication goes, from every pool:',
      commands: ["Set-CsOAuthConfiguration -ClientAuthorizationOAuthServerIdentity ''"],
    },
  ],
  examples: {
    bad: [
      `CsWebServiceConfiguration:
  - Identity: Service:WebServer:pool01.contoso.com
    UseWsFedPassiveAuth: true
    #                    ^^^^ no-passive-with-modern-auth
CsOAuthConfiguration:
  Identity: Global
  ClientAuthorizationOAuthServerIdentity: evoSTS
`,
    ],
    good: [
      `${twoFactorPool}CsOAuthConfiguration:
  Identity: Global
  ClientAuthorizationOAuthServerIdentity:
`,
    ],
    near: [
      `# Servers trust the OAuth server, but no client is sent to it: ClientAuthorizationOAuthServerIdentity is empty.
${twoFactorPool}CsOAuthServer:
  - { Identity: evoSTS, Type: AzureAD }
CsOAuthConfiguration:
  Identity: Global
  ClientAuthorizationOAuthServerIdentity: ''
`,
      `# The pool runs Lync Server 2013, which has no modern authentication.
${twoFactorPool}CsService:
  - { Identity: Registrar:pool01.contoso.com, Role: Registrar, PoolFqdn: pool01.contoso.com, Version: 6 }
CsOAuthConfiguration:
  Identity: Global
  ClientAuthorizationOAuthServerIdentity: evoSTS
`,
      `# It is Lync Server 2013, by what is installed on its servers, and that has no modern authentication.
${twoFactorPool}CsPool:
  - { Identity: pool01.contoso.com, Computers: [fe01.contoso.com] }
CsServerPatchVersion:
  - { PSComputerName: fe01.contoso.com, ComponentName: "Microsoft Lync Server 2013, Front End Server", Version: 5.0.8308.992 }
CsOAuthConfiguration:
  Identity: Global
  ClientAuthorizationOAuthServerIdentity: evoSTS
`,
    ],
  },
});
