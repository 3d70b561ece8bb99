import { passwordPool, twoFactorPool } from '../linter/examples.ts';
import { featureRule } from '../linter/featureRule.ts';

export default featureRule({
  id: 'no-offline-im-with-2fa',
  severity: 'info',
  summary: 'Two-factor users of Skype for Business Server to whom offline messages are offered.',
  why: 'A Skype for Business client sends a message to somebody who is offline by Exchange Web Services. With passive authentication it cannot. It is off by itself where Conversation History is (EnableIMAutoArchiving: false). On since cumulative update 3 of Skype for Business Server 2015. Source: "Enable or disable offline messages"; help of New-CsImConfiguration.',
  loses: 'Messages of {user} to people who are offline are not sent',
  alsoNeeds: ['CsClientPolicy'],
  remedy: 'Set EnableOfflineIm to false, or EnableIMAutoArchiving to false for two-factor users.',
  shell: [
    {
      text: 'Or for two-factor users alone, by their client policy ([no-conversation-history-with-2fa](no-conversation-history-with-2fa.md) says how to give them one), without which clients send no offline messages:',
      commands: ["Set-CsClientPolicy -Identity 'TwoFactor' -EnableIMAutoArchiving $false"],
    },
  ],
  examples: {
    bad: [
      `${twoFactorPool}CsImConfiguration:
  - { Identity: Global, EnableOfflineIm: true }
CsClientPolicy:
  - { Identity: Global }
CsUser:
  - SipAddress: sip:ken@contoso.com
  #             ^^^^^^^^^^^^^^^^^^^ no-offline-im-with-2fa
    RegistrarPool: pool01.contoso.com
`,
    ],
    good: [
      `${twoFactorPool}CsImConfiguration:
  - { Identity: Global, EnableOfflineIm: false }
CsUser:
  - SipAddress: sip:ken@contoso.com
    RegistrarPool: pool01.contoso.com
`,
      `${passwordPool}CsImConfiguration:
  - { Identity: Global, EnableOfflineIm: true }
CsClientPolicy:
  - { Identity: Global }
CsUser:
  - SipAddress: sip:ken@contoso.com
    RegistrarPool: pool01.contoso.com
`,
    ],
    near: [
      `# EnableOfflineIm is on, but a client that keeps no Conversation History offers no offline messages.
${twoFactorPool}CsImConfiguration:
  - { Identity: Global, EnableOfflineIm: true }
CsClientPolicy:
  - { Identity: Global, EnableIMAutoArchiving: false }
CsUser:
  - SipAddress: sip:ken@contoso.com
    RegistrarPool: pool01.contoso.com
`,
      `# The pool runs Lync Server 2013, which has no offline messages.
${twoFactorPool}CsImConfiguration:
  - { Identity: Global, EnableOfflineIm: true }
CsClientPolicy:
  - { Identity: Global }
CsService:
  - { Identity: Registrar:pool01.contoso.com, Role: Registrar, PoolFqdn: pool01.contoso.com, Version: 6 }
CsUser:
  - SipAddress: sip:ken@contoso.com
    RegistrarPool: pool01.contoso.com
`,
      `# It is Lync Server 2013, by what is installed on its servers, and that has no offline messages.
${twoFactorPool}CsImConfiguration:
  - { Identity: Global, EnableOfflineIm: true }
CsClientPolicy:
  - { Identity: Global }
CsPool:
  - { Identity: pool01.contoso.com, Computers: [fe01.contoso.com] }
CsServerPatchVersion:
  - { PSComputerName: fe01.contoso.com, ComponentName: "Microsoft Lync Server 2013, Front End Server", Version: 5.0.8308.992 }
CsUser:
  - SipAddress: sip:ken@contoso.com
    RegistrarPool: pool01.contoso.com
`,
      `# No file has client policies, so nobody can say whose client keeps a Conversation History.
${twoFactorPool}CsImConfiguration:
  - { Identity: Global, EnableOfflineIm: true }
CsUser:
  - SipAddress: sip:ken@contoso.com
    RegistrarPool: pool01.contoso.com
`,
    ],
  },
});
