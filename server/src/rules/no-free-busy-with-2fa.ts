import { policyExamples, twoFactorPool } from '../linter/examples.ts';
import { featureRule } from '../linter/featureRule.ts';

export default featureRule({
  id: 'no-free-busy-with-2fa',
  severity: 'hint',
  summary: 'Two-factor users whose client still asks Exchange for free/busy times and meeting details.',
  why: 'Free/busy times of others and the subject and place of meetings come from Exchange Web Services alone. With passive authentication the contact card stays empty there. Unset means on for the client. Source: "Lync 2013 compatibility"; help of Set-CsClientPolicy.',
  loses: 'Free/busy times and meeting details stay empty for {user}',
  remedy:
    'Unset means on for the client: set DisableFreeBusyInfo and DisableMeetingSubjectAndLocation to true for two-factor users.',
  examples: policyExamples(
    'no-free-busy-with-2fa',
    'CsClientPolicy',
    '',
    'DisableFreeBusyInfo: true, DisableMeetingSubjectAndLocation: true',
    {
      near: [
        `# The out-of-office note comes from Exchange, too, but while Outlook runs the client has it by MAPI.
${twoFactorPool}CsClientPolicy:
  - Identity: Global
    DisableFreeBusyInfo: true
    DisableMeetingSubjectAndLocation: true
    DisablePresenceNote: false
CsUser:
  - SipAddress: sip:ken@contoso.com
    RegistrarPool: pool01.contoso.com
`,
      ],
    },
  ),
});
