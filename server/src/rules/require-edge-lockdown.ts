import { parseIdentity } from '../schema/identity.ts';
import { placeOfValue } from '../model/describe.ts';
import type { Deployment } from '../model/deployment.ts';
import { poolsDecidedBy, type TwoFactorPool } from '../model/twoFactorPools.ts';
import { twoFactorPool } from '../linter/examples.ts';
import { describeOpen, lockdownFix, lockdownShell, openMethods, placeOfOpen } from '../linter/lockdown.ts';
import { rule } from '../linter/rule.ts';

export default rule({
  id: 'require-edge-lockdown',
  severity: 'error',
  group: 'passive',
  summary: 'Edge pools of two-factor pools that still accept Kerberos or NTLM.',
  why: 'People outside sign in through the Edge pool. As long as it accepts NTLM, a password alone signs in from anywhere. Both methods are on by default, so the Edge pool needs a CsProxyConfiguration of its own that switches them off. Where other pools use the same Edge pool their users would be shut out with it, so that is a warning, and a dedicated Edge pool is the way. Source: the table in "Planning for two-factor authentication in Lync Server 2013".',
  remedy:
    'Set UseKerberosForClientToProxyAuth and UseNtlmForClientToProxyAuth to false in Service:EdgeServer:<Edge pool FQDN>.',
  needs: ['CsWebServiceConfiguration', 'CsProxyConfiguration', 'CsService'],
  sections: ['CsWebServiceConfiguration', 'CsProxyConfiguration'],
  object: function* (configuration, deployment) {
    if (!deployment.has('CsProxyConfiguration')) return;
    if (configuration.section.name === 'CsProxyConfiguration') {
      const { scope, role, name } = parseIdentity(configuration.subject);
      if (scope !== 'Service' || role?.toLowerCase() !== 'edgeserver') return;
      const [twoFactor] = poolsBehind(name, deployment);
      const open = openMethods(configuration);
      if (!twoFactor || open.length === 0) return;
      const at = placeOfValue(twoFactor.passive);
      yield {
        at: placeOfOpen(configuration),
        ...(isShared(name, deployment) ? { severity: 'warning' as const } : {}),
        message: `A password alone signs in from outside to the two-factor pool '${twoFactor.pool}', through the Edge pool '${name}': ${describeOpen(configuration)}. ${advice(name, open, deployment)}`,
        related: [at && { at, message: `'${twoFactor.pool}' uses passive authentication` }],
      };
      return;
    }
    const without = edgesWithout(poolsDecidedBy(configuration, deployment), deployment);
    const passive = configuration.setProperty('UseWsFedPassiveAuth');
    if (without.length === 0 || !passive) return;
    yield {
      at: configuration.placeOf(passive),
      ...(without.every((edge) => isShared(edge, deployment)) ? { severity: 'warning' as const } : {}),
      message: `No CsProxyConfiguration switches Kerberos and NTLM off for ${without.map((edge) => `'Service:EdgeServer:${edge}'`).join(', ')}, so a password alone still signs in from outside. Add one with UseKerberosForClientToProxyAuth and UseNtlmForClientToProxyAuth false.`,
    };
  },
  fixes: function* ({ object }, deployment) {
    if (!object) return;
    const isOwn = object.section.name === 'CsProxyConfiguration';
    const without = edgesWithout(poolsDecidedBy(object, deployment), deployment);
    const edges = isOwn ? [parseIdentity(object.subject).name] : without;
    const onlyByHand = edges.some((edge) => isShared(edge, deployment));
    for (const fix of lockdownFix(object, 'EdgeServer', without, deployment)) yield { ...fix, onlyByHand };
  },
  shell: lockdownShell('Service:EdgeServer:edge01.contoso.com'),
  examples: {
    bad: [
      `${twoFactorPool}CsService:
  - { Identity: Registrar:pool01.contoso.com, Role: Registrar, PoolFqdn: pool01.contoso.com, EdgeServer: EdgeServer:edge01.contoso.com }
CsProxyConfiguration:
  - Identity: Service:EdgeServer:edge01.contoso.com
    UseKerberosForClientToProxyAuth: false
    UseNtlmForClientToProxyAuth: true
    #                            ^^^^ require-edge-lockdown
`,
      `CsWebServiceConfiguration:
  - Identity: Service:WebServer:pool01.contoso.com
    UseWsFedPassiveAuth: true
    #                    ^^^^ require-edge-lockdown
CsService:
  - { Identity: Registrar:pool01.contoso.com, Role: Registrar, PoolFqdn: pool01.contoso.com, EdgeServer: EdgeServer:edge01.contoso.com }
  - { Identity: EdgeServer:edge01.contoso.com, Role: EdgeServer, PoolFqdn: edge01.contoso.com }
CsProxyConfiguration:
  - Identity: Global
`,
    ],
    good: [
      `${twoFactorPool}CsService:
  - { Identity: Registrar:pool01.contoso.com, Role: Registrar, PoolFqdn: pool01.contoso.com, EdgeServer: EdgeServer:edge01.contoso.com }
  - { Identity: WebServer:pool01.contoso.com, Role: WebServer, PoolFqdn: pool01.contoso.com }
  - { Identity: EdgeServer:edge01.contoso.com, Role: EdgeServer, PoolFqdn: edge01.contoso.com }
CsProxyConfiguration:
  - { Identity: Registrar:pool01.contoso.com, UseKerberosForClientToProxyAuth: false, UseNtlmForClientToProxyAuth: false }
  - { Identity: EdgeServer:edge01.contoso.com, UseKerberosForClientToProxyAuth: false, UseNtlmForClientToProxyAuth: false }
`,
    ],
    near: [
      `# No two-factor user comes in through edge02, and outside nothing but NTLM serves people with a password.
${twoFactorPool}CsService:
  - { Identity: Registrar:pool01.contoso.com, Role: Registrar, PoolFqdn: pool01.contoso.com, EdgeServer: EdgeServer:edge01.contoso.com }
  - { Identity: WebServer:pool01.contoso.com, Role: WebServer, PoolFqdn: pool01.contoso.com }
  - { Identity: EdgeServer:edge01.contoso.com, Role: EdgeServer, PoolFqdn: edge01.contoso.com }
  - { Identity: EdgeServer:edge02.contoso.com, Role: EdgeServer, PoolFqdn: edge02.contoso.com }
  - { Identity: Registrar:pool02.contoso.com, Role: Registrar, PoolFqdn: pool02.contoso.com, EdgeServer: EdgeServer:edge02.contoso.com }
CsProxyConfiguration:
  - { Identity: Registrar:pool01.contoso.com, UseKerberosForClientToProxyAuth: false, UseNtlmForClientToProxyAuth: false }
  - { Identity: EdgeServer:edge01.contoso.com, UseKerberosForClientToProxyAuth: false, UseNtlmForClientToProxyAuth: false }
  - { Identity: EdgeServer:edge02.contoso.com }
`,
      `# Global leaves both on, but no Edge pool serves this pool: from outside nobody gets as far as a password.
${twoFactorPool}CsService:
  - { Identity: Registrar:pool01.contoso.com, Role: Registrar, PoolFqdn: pool01.contoso.com }
  - { Identity: WebServer:pool01.contoso.com, Role: WebServer, PoolFqdn: pool01.contoso.com }
CsProxyConfiguration:
  - { Identity: Global, UseKerberosForClientToProxyAuth: true, UseNtlmForClientToProxyAuth: true }
  - { Identity: Registrar:pool01.contoso.com, UseKerberosForClientToProxyAuth: false, UseNtlmForClientToProxyAuth: false }
`,
    ],
  },
});

/** The two-factor pools whose people come in through an Edge pool. */
function poolsBehind(edge: string, deployment: Deployment): TwoFactorPool[] {
  const uses = ({ pool }: TwoFactorPool): boolean =>
    deployment.topology.servingPool(pool, 'EdgeServer')?.toLowerCase() === edge.toLowerCase();
  return deployment.twoFactorPools().filter(uses);
}

function edgesWithout(pools: readonly string[], deployment: Deployment): string[] {
  const edges = pools
    .map((pool) => deployment.topology.servingPool(pool, 'EdgeServer'))
    .filter((edge) => edge !== undefined);
  return [...new Set(edges)].filter(
    (edge) => !deployment.find('CsProxyConfiguration', `Service:EdgeServer:${edge}`),
  );
}

/** Whether people of other pools come in through the same Edge pool. */
function isShared(edge: string, deployment: Deployment): boolean {
  return deployment.topology.poolsBehindEdge(edge).length > poolsBehind(edge, deployment).length;
}

function advice(edge: string, open: readonly string[], deployment: Deployment): string {
  const set = `Set ${open.join(' and ')} to false`;
  return isShared(edge, deployment)
    ? `${set}; but other pools use this Edge pool, too, and their users could then not sign in from outside with a password: give two-factor pools an Edge pool of their own.`
    : `${set}.`;
}
