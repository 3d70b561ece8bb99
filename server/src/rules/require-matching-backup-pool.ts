import { twoFactorPool } from '../linter/examples.ts';
import { metadataUri, othersOff } from '../linter/passiveShell.ts';
import { rule } from '../linter/rule.ts';
import { backedUpPool, backupOf, backupProperty } from '../model/backup.ts';
import type { Deployment } from '../model/deployment.ts';
import { describeValue, placeOfValue } from '../model/describe.ts';
import type { EffectiveValue } from '../model/effective.ts';
import type { LyncObject } from '../model/object.ts';
import { twoFactorOfPool } from '../model/twoFactor.ts';

const backup = "-Identity 'Service:WebServer:pool02.contoso.com'";

export default rule({
  id: 'require-matching-backup-pool',
  severity: 'warning',
  group: 'passive',
  summary: 'Pools with passive authentication whose backup pool has none, and the other way round.',
  why: 'Web services are configured pool by pool, and pairing does not make them alike. After a fail-over people sign in as the backup pool has it: without a second factor, and nobody notices, or with one that they do not have. This follows from what pairing does. Source: "Planning for two-factor authentication in Lync Server 2013"; "Backup Registrar relationships".',
  remedy:
    'Configure passive authentication alike on both pools, or let two-factor pools back up one another in Topology Builder.',
  needs: ['CsWebServiceConfiguration'],
  sections: ['CsPool', 'CsService'],
  object: function* (object, deployment) {
    const [pool, other] = [backedUpPool(object), backupOf(object)];
    const property = backupProperty(object);
    if (pool === undefined || other === undefined || !property) return;
    const [own, others] = [passiveOf(pool, deployment), passiveOf(other, deployment)];
    if (typeof own?.value !== 'boolean' || typeof others?.value !== 'boolean') return;
    if (own.value === others.value || isSaidElsewhere(object, pool, other, own.value, deployment)) return;
    yield {
      at: object.placeOf(property),
      message: `When '${pool}' fails over to '${other}', its users ${own.value ? 'sign in there without a second factor, and nobody notices' : 'cannot sign in there without a second factor'}: ${describeValue(others, 'UseWsFedPassiveAuth')}. Configure both pools alike.`,
      related: [own, others].map((passive) => {
        const at = placeOfValue(passive);
        return at && { at, message: describeValue(passive, 'UseWsFedPassiveAuth') };
      }),
    };
  },
  shell: [
    {
      text: 'Where the backup pool is to ask for the second factor, too (its own users need one then):',
      commands: [
        `New-CsWebServiceConfiguration ${backup} -UseWsFedPassiveAuth $true ${metadataUri}`,
        `Set-CsWebServiceConfiguration ${backup} ${othersOff}`,
      ],
    },
  ],
  examples: {
    bad: [
      `${twoFactorPool}CsPool:
  - Identity: pool01.contoso.com
    BackupPoolFqdn: pool02.contoso.com
    #               ^^^^^^^^^^^^^^^^^^ require-matching-backup-pool
  - Identity: pool02.contoso.com
    BackupPoolFqdn: pool01.contoso.com
`,
      `# Users of the branch sign in with a password until its appliance fails.
${twoFactorPool}CsService:
  - { Identity: Registrar:pool01.contoso.com, UserServer: UserServer:pool01.contoso.com }
  - Identity: Registrar:sba01.contoso.com
    UserServer: UserServer:pool02.contoso.com
    BackupRegistrar: Registrar:pool01.contoso.com
    #                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ require-matching-backup-pool
`,
    ],
    good: [
      `${twoFactorPool}${twoFactorPool.replace(/^.*\n/, '').replace('pool01', 'pool02')}CsPool:
  - { Identity: pool01.contoso.com, BackupPoolFqdn: pool02.contoso.com }
  - { Identity: pool02.contoso.com, BackupPoolFqdn: pool01.contoso.com }
`,
    ],
    near: [
      `# An appliance has the web services of its central pool, which also backs it up.
${twoFactorPool}CsService:
  - { Identity: Registrar:pool01.contoso.com, UserServer: UserServer:pool01.contoso.com }
  - { Identity: Registrar:sba01.contoso.com, UserServer: UserServer:pool01.contoso.com, BackupRegistrar: Registrar:pool01.contoso.com }
`,
      `# Which site the backup pool stands in, and so which configuration it has, is in no file.
${twoFactorPool}  - { Identity: Site:Dublin, UseWsFedPassiveAuth: true }
CsPool:
  - { Identity: pool01.contoso.com, BackupPoolFqdn: pool02.contoso.com }
`,
    ],
  },
});

function passiveOf(pool: string, deployment: Deployment): EffectiveValue | undefined {
  return twoFactorOfPool(deployment, pool).passive;
}

/** A pair is in the files up to four times. It is said of the pools before their Registrars, and of the one with two factors. */
function isSaidElsewhere(
  object: LyncObject,
  pool: string,
  other: string,
  isTwoFactor: boolean,
  deployment: Deployment,
): boolean {
  const names = (one: LyncObject | undefined, another: string): boolean =>
    one !== undefined && backupOf(one)?.toLowerCase() === another.toLowerCase();
  const [own, others] = [deployment.find('CsPool', pool), deployment.find('CsPool', other)];
  if (object.section.name === 'CsPool') return !isTwoFactor && names(others, pool);
  if (names(own, other) || names(others, pool)) return true;
  return !isTwoFactor && names(deployment.topology.service(other, 'Registrar'), pool);
}
