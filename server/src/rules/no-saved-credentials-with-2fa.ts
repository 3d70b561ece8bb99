import { policyExamples, twoFactorPool } from '../linter/examples.ts';
import { featureRule } from '../linter/featureRule.ts';

export default featureRule({
  id: 'no-saved-credentials-with-2fa',
  severity: 'info',
  summary: 'Two-factor users whose mobile client may still save their password.',
  why: 'Who must show a card should not have a password on a phone. Microsoft asks to switch saved passwords off on the desktop for two-factor users (SavePassword = 0); this is the same for mobile devices. Source: "Configuring passive authentication in Lync Server 2013", by analogy; help of New-CsMobilityPolicy.',
  loses: 'The mobile device of {user} may keep a password',
  remedy: 'Set AllowSaveCredentials to false for two-factor users.',
  examples: policyExamples(
    'no-saved-credentials-with-2fa',
    'CsMobilityPolicy',
    '',
    'AllowSaveCredentials: false',
    {
      near: [
        `# Saved messages and call logs are no password.
${twoFactorPool}CsMobilityPolicy:
  - Identity: Global
    AllowSaveCredentials: false
    AllowExchangeConnectivity: false
    AllowSaveIMHistory: true
    AllowSaveCallLogs: true
CsUser:
  - SipAddress: sip:ken@contoso.com
    RegistrarPool: pool01.contoso.com
`,
        `# AllowSaveCredentials is true by default, but nobody signs in with a mobile client here.
${twoFactorPool}CsMobilityPolicy:
  - { Identity: Global, EnableMobility: false }
CsUser:
  - SipAddress: sip:ken@contoso.com
    RegistrarPool: pool01.contoso.com
`,
      ],
    },
  ),
});
