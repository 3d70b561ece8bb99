import { describeValue } from '../model/describe.ts';
import type { Deployment } from '../model/deployment.ts';
import { effectiveOfPool, ownValue } from '../model/effective.ts';
import type { LyncObject } from '../model/object.ts';
import { poolOf, roleOf } from '../model/topology.ts';
import { isRegistrarPool, namesOfTwoFactorPools } from '../model/twoFactorPools.ts';
import { passwordPool, twoFactorPool } from '../linter/examples.ts';
import { rule } from '../linter/rule.ts';

const ntlm = 'UseNtlmForClientToProxyAuth';
const withoutNtlm = 'DisableNtlmFor2010AndLaterClients';

export default rule({
  id: 'no-kerberos-only-outside',
  severity: 'warning',
  group: 'passive',
  summary: 'Pools of password users behind an Edge pool without NTLM.',
  why: 'Kerberos needs a domain controller within reach, so people outside sign in by NTLM. On two-factor pools it must be off; where it is off on other pools their users cannot sign in through the Edge pool. Source: "Create Registrar configuration settings" and help of Set-CsProxyConfiguration.',
  remedy:
    'Leave NTLM on for pools of password users, and lock down Service:Registrar:<pool FQDN> of two-factor pools only.',
  needs: ['CsWebServiceConfiguration', 'CsService'],
  sections: ['CsProxyConfiguration'],
  object: function* (configuration, deployment) {
    const off = switchedOff(configuration);
    // Without the section nobody knows which pools are locked down on purpose.
    if (!off || !deployment.has('CsWebServiceConfiguration')) return;
    const pools = passwordPoolsOf(configuration, deployment);
    const [first] = pools;
    if (first === undefined) return;
    const others = pools.length > 1 ? ` and ${pools.length - 1} more` : '';
    yield {
      at: configuration.placeOf(off.property),
      message: `Users of '${first}'${others} have no second factor, and outside they cannot sign in without NTLM: ${describeValue(off.value, off.name)}. Kerberos works only where a domain controller can be reached. Switch NTLM on here, or lock down two-factor pools by a configuration of their own.`,
    };
  },
  fixes: function* ({ object }) {
    const off = object && switchedOff(object);
    if (!off) return;
    yield {
      title: `Set ${off.name} ${String(off.back)}`,
      changes: [{ kind: 'set', object, property: off.name, value: off.back }],
      // It may be meant so, and opens a way in.
      onlyByHand: true,
    };
  },
  shell: [
    {
      text: 'For pools of password users:',
      commands: ["Set-CsProxyConfiguration -Identity 'Global' -UseNtlmForClientToProxyAuth $true"],
    },
  ],
  examples: {
    bad: [
      `${passwordPool}CsService:
  - { Identity: Registrar:pool02.contoso.com, Role: Registrar, PoolFqdn: pool02.contoso.com, EdgeServer: EdgeServer:edge02.contoso.com }
CsProxyConfiguration:
  - Identity: Global
    UseNtlmForClientToProxyAuth: false
    #                            ^^^^^ no-kerberos-only-outside
`,
      `${passwordPool}CsService:
  - { Identity: Registrar:pool02.contoso.com, Role: Registrar, PoolFqdn: pool02.contoso.com, EdgeServer: EdgeServer:edge02.contoso.com }
CsProxyConfiguration:
  - Identity: Service:Registrar:pool02.contoso.com
    DisableNtlmFor2010AndLaterClients: true
    #                                  ^^^^ no-kerberos-only-outside
`,
    ],
    good: [
      `${twoFactorPool}CsService:
  - { Identity: Registrar:pool01.contoso.com, Role: Registrar, PoolFqdn: pool01.contoso.com, EdgeServer: EdgeServer:edge01.contoso.com }
  - { Identity: Registrar:pool02.contoso.com, Role: Registrar, PoolFqdn: pool02.contoso.com, EdgeServer: EdgeServer:edge02.contoso.com }
CsProxyConfiguration:
  - { Identity: Global }
  - { Identity: Service:Registrar:pool01.contoso.com, UseKerberosForClientToProxyAuth: false, UseNtlmForClientToProxyAuth: false }
`,
    ],
    near: [
      `# Nobody comes to this pool from outside: no Edge pool leads to it.
${passwordPool}CsService:
  - { Identity: Registrar:pool02.contoso.com, Role: Registrar, PoolFqdn: pool02.contoso.com }
CsProxyConfiguration:
  - { Identity: Service:Registrar:pool02.contoso.com, UseNtlmForClientToProxyAuth: false }
`,
    ],
  },
});

/** What keeps NTLM from people outside, and the value that lets them have it. */
function switchedOff(configuration: LyncObject):
  | {
      name: string;
      back: boolean;
      value: ReturnType<typeof ownValue>;
      property: NonNullable<ReturnType<typeof ownValue>['property']>;
    }
  | undefined {
  for (const [name, back] of [
    [ntlm, true],
    [withoutNtlm, false],
  ] as const) {
    const value = ownValue(configuration, name);
    if (value.value === !back && value.property) return { name, back, value, property: value.property };
  }
  return undefined;
}

/** The pools with an Edge pool and without a second factor that a proxy configuration applies to. */
function passwordPoolsOf(configuration: LyncObject, deployment: Deployment): string[] {
  const twoFactor = namesOfTwoFactorPools(deployment);
  const named = new Set(deployment.configuration.twoFactorPools.map(({ pool }) => pool.toLowerCase()));
  const pools: string[] = [];
  for (const service of deployment.all('CsService')) {
    const pool = poolOf(service);
    if (roleOf(service)?.toLowerCase() !== 'registrar' || pool === undefined) continue;
    if (twoFactor.has(pool.toLowerCase()) || named.has(pool.toLowerCase())) continue;
    if (deployment.topology.servingPool(pool, 'EdgeServer') === undefined) continue;
    if (!isRegistrarPool(deployment, pool)) continue;
    if (effectiveOfPool(deployment, 'CsProxyConfiguration', pool)?.object === configuration) pools.push(pool);
  }
  return pools;
}
