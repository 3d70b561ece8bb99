import { placeOfValue } from '../model/describe.ts';
import { effectiveOfPool, ownValue } from '../model/effective.ts';
import { twoFactorPool } from '../linter/examples.ts';
import { rule } from '../linter/rule.ts';

const method = 'UseCertificateForClientToProxyAuth';

export default rule({
  id: 'require-client-certificate-auth',
  severity: 'error',
  group: 'passive',
  summary: 'Two-factor pools whose Registrar refuses the client certificate.',
  why: 'After the second factor the web services give the client a certificate of Lync, and with that it registers by SIP. Kerberos and NTLM are off on such a pool, so without certificates nobody registers. Source: "Configuring passive authentication in Lync Server 2013".',
  remedy: 'Leave UseCertificateForClientToProxyAuth at true, its default.',
  needs: ['CsWebServiceConfiguration', 'CsProxyConfiguration'],
  sections: ['CsProxyConfiguration'],
  object: function* (configuration, deployment) {
    const { value, property } = ownValue(configuration, method);
    if (value !== false || !property) return;
    const pools = deployment
      .twoFactorPools()
      .filter(
        ({ pool }) => effectiveOfPool(deployment, 'CsProxyConfiguration', pool)?.object === configuration,
      );
    const [first] = pools;
    if (!first) return;
    const at = placeOfValue(first.passive);
    yield {
      at: configuration.placeOf(property),
      message: `Nobody can register with the two-factor pool ${pools.map(({ pool }) => `'${pool}'`).join(', ')}: after the second factor the client signs in with a certificate, and ${method} is false. Set it to true.`,
      related: [at && { at, message: `'${first.pool}' uses passive authentication` }],
    };
  },
  fixes: function* ({ object }) {
    if (object)
      yield {
        title: `Set ${method} to true`,
        changes: [{ kind: 'set', object, property: method, value: true }],
      };
  },
  shell: [
    {
      text: 'On each two-factor pool:',
      commands: [
        "Set-CsProxyConfiguration -Identity 'Service:Registrar:pool01.contoso.com' -UseCertificateForClientToProxyAuth $true",
      ],
    },
  ],
  examples: {
    bad: [
      `${twoFactorPool}CsProxyConfiguration:
  - Identity: Service:Registrar:pool01.contoso.com
    UseKerberosForClientToProxyAuth: false
    UseNtlmForClientToProxyAuth: false
    UseCertificateForClientToProxyAuth: false
    #                                   ^^^^^ require-client-certificate-auth
`,
    ],
    good: [
      `${twoFactorPool}CsProxyConfiguration:
  - Identity: Service:Registrar:pool01.contoso.com
    UseKerberosForClientToProxyAuth: false
    UseNtlmForClientToProxyAuth: false
`,
    ],
    near: [
      `# UseCertificateAuth is of the web services, where it must be off: there it is a way around the second factor.
${twoFactorPool}CsProxyConfiguration:
  - Identity: Service:Registrar:pool01.contoso.com
    UseKerberosForClientToProxyAuth: false
    UseNtlmForClientToProxyAuth: false
    UseCertificateForClientToProxyAuth: true
`,
      `# People of pool02 sign in with Kerberos or NTLM, so the certificate is not their only way.
${twoFactorPool}CsProxyConfiguration:
  - { Identity: Service:Registrar:pool01.contoso.com, UseKerberosForClientToProxyAuth: false, UseNtlmForClientToProxyAuth: false }
  - { Identity: Service:Registrar:pool02.contoso.com, UseCertificateForClientToProxyAuth: false }
`,
    ],
  },
});
