import { parseIdentity } from '../schema/identity.ts';
import { placeOfValue } from '../model/describe.ts';
import { poolsDecidedBy } from '../model/twoFactorPools.ts';
import { twoFactorPool } from '../linter/examples.ts';
import { describeOpen, lockdownFix, lockdownShell, openMethods, placeOfOpen } from '../linter/lockdown.ts';
import { rule } from '../linter/rule.ts';

export default rule({
  id: 'require-registrar-lockdown',
  severity: 'error',
  group: 'passive',
  summary: 'Two-factor pools whose Registrar still accepts Kerberos or NTLM.',
  why: 'The client registers by SIP beside the web services. As long as the Registrar accepts Kerberos or NTLM, a password alone signs in. Both are on by default, so the pool needs a CsProxyConfiguration of its own that switches them off. Source: the table in "Planning for two-factor authentication in Lync Server 2013".',
  remedy:
    'Set UseKerberosForClientToProxyAuth and UseNtlmForClientToProxyAuth to false in Service:Registrar:<pool FQDN>.',
  needs: ['CsWebServiceConfiguration', 'CsProxyConfiguration'],
  sections: ['CsWebServiceConfiguration', 'CsProxyConfiguration'],
  object: function* (configuration, deployment) {
    if (!deployment.has('CsProxyConfiguration')) return;
    if (configuration.section.name === 'CsProxyConfiguration') {
      const { scope, role, name } = parseIdentity(configuration.subject);
      if (scope !== 'Service' || role?.toLowerCase() !== 'registrar') return;
      const twoFactor = deployment
        .twoFactorPools()
        .find(({ pool }) => pool.toLowerCase() === name.toLowerCase());
      const open = openMethods(configuration);
      if (!twoFactor || open.length === 0) return;
      const at = placeOfValue(twoFactor.passive);
      yield {
        at: placeOfOpen(configuration),
        message: `A password alone signs in to the two-factor pool '${name}': ${describeOpen(configuration)}. Set ${open.join(' and ')} to false.`,
        related: [at && { at, message: `'${name}' uses passive authentication` }],
      };
      return;
    }
    const without = poolsDecidedBy(configuration, deployment).filter(
      (pool) => !deployment.find('CsProxyConfiguration', `Service:Registrar:${pool}`),
    );
    const passive = configuration.setProperty('UseWsFedPassiveAuth');
    if (without.length === 0 || !passive) return;
    yield {
      at: configuration.placeOf(passive),
      message: `No CsProxyConfiguration switches Kerberos and NTLM off for ${without.map((pool) => `'Service:Registrar:${pool}'`).join(', ')}, so a password alone still signs in by SIP. Add one with UseKerberosForClientToProxyAuth and UseNtlmForClientToProxyAuth false.`,
    };
  },
  fixes: function* ({ object }, deployment) {
    if (object) yield* lockdownFix(object, 'Registrar', poolsDecidedBy(object, deployment), deployment);
  },
  shell: lockdownShell('Service:Registrar:pool01.contoso.com'),
  examples: {
    bad: [
      `${twoFactorPool}CsProxyConfiguration:
  - Identity: Service:Registrar:pool01.contoso.com
    UseKerberosForClientToProxyAuth: true
    #                                ^^^^ require-registrar-lockdown
    UseNtlmForClientToProxyAuth: false
`,
      `CsWebServiceConfiguration:
  - Identity: Service:WebServer:pool01.contoso.com
    UseWsFedPassiveAuth: true
    #                    ^^^^ require-registrar-lockdown
CsProxyConfiguration:
  - Identity: Global
`,
    ],
    good: [
      `${twoFactorPool}CsProxyConfiguration:
  - Identity: Registrar:pool01.contoso.com
    UseKerberosForClientToProxyAuth: false
    UseNtlmForClientToProxyAuth: false
  - Identity: Registrar:pool02.contoso.com
`,
    ],
    near: [
      `# The certificate stays on: it is what the client registers with after the second factor.
${twoFactorPool}CsProxyConfiguration:
  - Identity: Registrar:pool01.contoso.com
    UseKerberosForClientToProxyAuth: false
    UseNtlmForClientToProxyAuth: false
    UseCertificateForClientToProxyAuth: true
`,
      `# A Director homes nobody, and Microsoft's table does not name its Registrar.
CsWebServiceConfiguration:
  - { Identity: Service:WebServer:dir01.contoso.com, UseWsFedPassiveAuth: true }
CsService:
  - { Identity: Director:dir01.contoso.com, Role: Director, PoolFqdn: dir01.contoso.com }
CsProxyConfiguration:
  - Identity: Global
`,
      `# The pool itself names its services, and no Registrar is among them.
CsWebServiceConfiguration:
  - { Identity: Service:WebServer:dir01.contoso.com, UseWsFedPassiveAuth: true }
CsPool:
  - { Identity: dir01.contoso.com, Services: [Director:dir01.contoso.com, WebServer:dir01.contoso.com] }
CsProxyConfiguration:
  - Identity: Global
`,
    ],
  },
});
