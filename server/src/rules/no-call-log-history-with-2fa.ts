import { passwordPool, twoFactorPool } from '../linter/examples.ts';
import { featureRule } from '../linter/featureRule.ts';

export default featureRule({
  id: 'no-call-log-history-with-2fa',
  severity: 'info',
  summary: 'Two-factor users whose client still keeps call logs in Conversation History.',
  why: 'The client keeps the log of calls in the mailbox, by Exchange Web Services and Unified Messaging. With passive authentication new calls do not appear there. Unset means on for the client. Source: "Planning for central site voice resiliency" on what the client needs Exchange Web Services for; help of Set-CsClientPolicy.',
  loses: 'Calls of {user} are not logged in Conversation History any more',
  remedy: 'Unset means on for the client: set EnableCallLogAutoArchiving to false for two-factor users.',
  examples: {
    bad: [
      `${twoFactorPool}CsClientPolicy:
  - { Identity: Global }
CsUser:
  - SipAddress: sip:ken@contoso.com
  #             ^^^^^^^^^^^^^^^^^^^ no-call-log-history-with-2fa
    RegistrarPool: pool01.contoso.com
`,
      `${twoFactorPool}CsClientPolicy:
  - { Identity: Global, EnableCallLogAutoArchiving: false }
  - { Identity: Tag:Sales }
CsUser:
  - SipAddress: sip:ken@contoso.com
    RegistrarPool: pool01.contoso.com
    ClientPolicy: Sales
    #             ^^^^^ no-call-log-history-with-2fa
`,
    ],
    good: [
      `${twoFactorPool}CsClientPolicy:
  - { Identity: Global }
  - { Identity: Tag:TwoFactor, EnableCallLogAutoArchiving: false }
CsUser:
  - SipAddress: sip:ken@contoso.com
    RegistrarPool: pool01.contoso.com
    ClientPolicy: TwoFactor
`,
      `${passwordPool}CsClientPolicy:
  - { Identity: Global }
CsUser:
  - SipAddress: sip:ken@contoso.com
    RegistrarPool: pool01.contoso.com
`,
      `${twoFactorPool}CsClientPolicy:
  - { Identity: Global }
CsUser:
  - SipAddress: sip:ken@contoso.com
    RegistrarPool: pool01.contoso.com
    TwoFactorAuthentication: None
`,
    ],
  },
});
