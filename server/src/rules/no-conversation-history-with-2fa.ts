import { policyExamples, twoFactorPool } from '../linter/examples.ts';
import { featureRule } from '../linter/featureRule.ts';

export default featureRule({
  id: 'no-conversation-history-with-2fa',
  severity: 'warning',
  summary: 'Two-factor users whose client still keeps instant messages in Conversation History.',
  why: 'The client writes instant messages to a folder of the mailbox, and reads and deletes them there by Exchange Web Services. With passive authentication it cannot, and people miss messages that they believed were kept. Archiving by the server to Exchange goes on. On Skype for Business Server EnableServerConversationHistory lets the server keep the history instead. Unset means on for the client. Source: Paul Robichaux, "2-factor Lync authentication and missing Exchange features"; "Lync 2013 compatibility"; help of Set-CsClientPolicy.',
  loses: 'Conversation History of {user} is not kept any more',
  remedy:
    'Unset means on for the client: set EnableIMAutoArchiving to false for two-factor users, or EnableServerConversationHistory to true on Skype for Business Server.',
  shell: [
    {
      text: 'On Skype for Business Server the server can keep the history instead:',
      commands: ["Set-CsClientPolicy -Identity 'TwoFactor' -EnableServerConversationHistory $true"],
    },
  ],
  examples: policyExamples(
    'no-conversation-history-with-2fa',
    'CsClientPolicy',
    '',
    'EnableIMAutoArchiving: false',
    {
      near: [
        `# The server keeps the history: it has a trust with Exchange, and needs no sign-in of the client.
${twoFactorPool}CsClientPolicy:
  - { Identity: Global, EnableServerConversationHistory: true }
CsUser:
  - SipAddress: sip:ken@contoso.com
    RegistrarPool: pool01.contoso.com
`,
        `# Archiving to Exchange is done by the server, so it goes on; only the client keeps nothing.
${twoFactorPool}CsArchivingConfiguration:
  - { Identity: Global, EnableArchiving: ImAndWebConf, EnableExchangeArchiving: true }
CsClientPolicy:
  - { Identity: Global, EnableIMAutoArchiving: false }
CsUser:
  - SipAddress: sip:ken@contoso.com
    RegistrarPool: pool01.contoso.com
    ExchangeArchivingPolicy: ArchivingToExchange
`,
      ],
    },
  ),
});
