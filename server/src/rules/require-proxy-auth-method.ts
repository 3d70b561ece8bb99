import { ownValue } from '../model/effective.ts';
import { namesOfTwoFactorPools } from '../model/twoFactorPools.ts';
import { parseIdentity } from '../schema/identity.ts';
import { twoFactorPool } from '../linter/examples.ts';
import { rule } from '../linter/rule.ts';

const certificate = 'UseCertificateForClientToProxyAuth';
const methods = ['UseKerberosForClientToProxyAuth', 'UseNtlmForClientToProxyAuth', certificate] as const;

export default rule({
  id: 'require-proxy-auth-method',
  severity: 'error',
  group: 'passive',
  summary: 'Registrars and Edge pools with every way to sign in switched off.',
  why: 'A client registers by Kerberos, by NTLM or with the certificate that the web services gave it. With all three off nobody registers, with two factors or without. Source: "Create Registrar configuration settings" and help of New-CsProxyConfiguration.',
  remedy:
    'Set UseCertificateForClientToProxyAuth to true; where people sign in with their password, Kerberos and NTLM as well.',
  sections: ['CsProxyConfiguration'],
  object: function* (configuration) {
    if (methods.some((method) => ownValue(configuration, method).value !== false)) return;
    const property = configuration.setProperty(certificate);
    yield {
      at: property && configuration.placeOf(property),
      message: `Kerberos, NTLM and certificates are all off in '${configuration.subject}', so nobody whom it applies to can register. Set ${certificate} to true.`,
    };
  },
  fixes: function* ({ object }, deployment) {
    if (!object) return;
    const { scope, role, name } = parseIdentity(object.subject);
    const isTwoFactor = scope === 'Service' && namesOfTwoFactorPools(deployment).has(name.toLowerCase());
    // An Edge pool passes on what the Registrar behind it asks for; for passwords all three are the usual.
    const back = isTwoFactor || role?.toLowerCase() === 'edgeserver' ? [certificate] : methods;
    yield {
      title: `Set ${back.map((method) => `${method} true`).join(', ')}`,
      changes: back.map((property) => ({ kind: 'set', object, property, value: true })),
      onlyByHand: back.length > 1,
    };
  },
  shell: [
    {
      text: 'Where people sign in with two factors the certificate is enough:',
      commands: [
        "Set-CsProxyConfiguration -Identity 'Service:Registrar:pool01.contoso.com' -UseCertificateForClientToProxyAuth $true",
      ],
    },
    {
      text: 'Where they sign in with their password:',
      commands: [
        "Set-CsProxyConfiguration -Identity 'Global' -UseKerberosForClientToProxyAuth $true -UseNtlmForClientToProxyAuth $true -UseCertificateForClientToProxyAuth $true",
      ],
    },
  ],
  examples: {
    bad: [
      `CsProxyConfiguration:
  - Identity: Global
    UseKerberosForClientToProxyAuth: false
    UseNtlmForClientToProxyAuth: false
    UseCertificateForClientToProxyAuth: false
    #                                   ^^^^^ require-proxy-auth-method
`,
      `${twoFactorPool}CsProxyConfiguration:
  - Identity: Service:Registrar:pool01.contoso.com
    UseKerberosForClientToProxyAuth: false
    UseNtlmForClientToProxyAuth: false
    UseCertificateForClientToProxyAuth: false
    #                                   ^^^^^ require-proxy-auth-method
`,
    ],
    good: [
      `CsProxyConfiguration:
  - { Identity: Global, UseKerberosForClientToProxyAuth: true, UseNtlmForClientToProxyAuth: true, UseCertificateForClientToProxyAuth: false }
`,
    ],
    near: [
      `# What is not set is on.
CsProxyConfiguration:
  - { Identity: Service:Registrar:pool01.contoso.com, UseKerberosForClientToProxyAuth: false, UseNtlmForClientToProxyAuth: false }
`,
    ],
  },
});
