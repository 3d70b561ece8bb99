import { policyExamples, twoFactorPool } from '../linter/examples.ts';
import { featureRule } from '../linter/featureRule.ts';

export default featureRule({
  id: 'no-call-log-history-with-2fa',
  severity: 'info',
  summary: 'Two-factor users whose client still keeps call logs in Conversation History.',
  why: 'The client keeps the log of calls in the mailbox, by Exchange Web Services and Unified Messaging. With passive authentication new calls do not appear there. Unset means on for the client. Source: "Planning for central site voice resiliency" on what the client needs Exchange Web Services for; help of Set-CsClientPolicy.',
  loses: 'Calls of {user} are not logged in Conversation History any more',
  remedy: 'Unset means on for the client: set EnableCallLogAutoArchiving to false for two-factor users.',
  examples: policyExamples(
    'no-call-log-history-with-2fa',
    'CsClientPolicy',
    '',
    'EnableCallLogAutoArchiving: false',
    {
      near: [
        `# AllowSaveCallLogs is of mobile clients; the folder in the mailbox is another thing, and that is off.
${twoFactorPool}CsClientPolicy:
  - { Identity: Global, EnableCallLogAutoArchiving: false, EnableIMAutoArchiving: false }
CsMobilityPolicy:
  - { Identity: Global, AllowSaveCallLogs: true, AllowExchangeConnectivity: false, AllowSaveCredentials: false }
CsUser:
  - SipAddress: sip:ken@contoso.com
    RegistrarPool: pool01.contoso.com
`,
      ],
    },
  ),
});
