import { passwordPool, twoFactorPool } from '../linter/examples.ts';
import { featureRule } from '../linter/featureRule.ts';

export default featureRule({
  id: 'no-saved-credentials-with-2fa',
  severity: 'info',
  summary: 'Two-factor users whose mobile client may still save their password.',
  why: 'Who must show a card should not have a password on a phone. Microsoft asks to switch saved passwords off on the desktop for two-factor users (SavePassword = 0); this is the same for mobile devices. Source: "Configuring passive authentication in Lync Server 2013", by analogy; help of New-CsMobilityPolicy.',
  loses: 'The mobile device of {user} may keep a password',
  remedy: 'Set AllowSaveCredentials to false for two-factor users.',
  examples: {
    bad: [
      `${twoFactorPool}CsMobilityPolicy:
  - { Identity: Global }
CsUser:
  - SipAddress: sip:ken@contoso.com
  #             ^^^^^^^^^^^^^^^^^^^ no-saved-credentials-with-2fa
    RegistrarPool: pool01.contoso.com
`,
      `${twoFactorPool}CsMobilityPolicy:
  - { Identity: Global, AllowSaveCredentials: false }
  - { Identity: Tag:Sales }
CsUser:
  - SipAddress: sip:ken@contoso.com
    RegistrarPool: pool01.contoso.com
    MobilityPolicy: Sales
    #               ^^^^^ no-saved-credentials-with-2fa
`,
    ],
    good: [
      `${twoFactorPool}CsMobilityPolicy:
  - { Identity: Global }
  - { Identity: Tag:TwoFactor, AllowSaveCredentials: false }
CsUser:
  - SipAddress: sip:ken@contoso.com
    RegistrarPool: pool01.contoso.com
    MobilityPolicy: TwoFactor
`,
      `${passwordPool}CsMobilityPolicy:
  - { Identity: Global }
CsUser:
  - SipAddress: sip:ken@contoso.com
    RegistrarPool: pool01.contoso.com
`,
      `${twoFactorPool}CsMobilityPolicy:
  - { Identity: Global }
CsUser:
  - SipAddress: sip:ken@contoso.com
    RegistrarPool: pool01.contoso.com
    TwoFactorAuthentication: None
`,
      `${twoFactorPool}CsMobilityPolicy:
  - { Identity: Global, EnableMobility: false }
CsUser:
  - SipAddress: sip:ken@contoso.com
    RegistrarPool: pool01.contoso.com
`,
    ],
  },
});
