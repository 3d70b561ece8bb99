import { ownValue } from '../model/effective.ts';
import { ken } from '../linter/exchangeExamples.ts';
import { rule } from '../linter/rule.ts';

export default rule({
  id: 'no-two-voicemail-systems',
  severity: 'warning',
  group: 'exchange',
  summary: 'Users with voice mail in hosted Exchange and on your own servers at once.',
  why: 'ExUmEnabled is written by Exchange Unified Messaging on your own servers, HostedVoiceMail sends calls to a hosted one. With both on, messages may end in a mailbox that nobody opens. This follows from what the two do. Source: help of Set-CsUser.',
  remedy: 'Keep one: set HostedVoiceMail to false, or disable the mailbox for Unified Messaging in Exchange.',
  sections: ['CsUser'],
  object: function* (user) {
    const hosted = ownValue(user, 'HostedVoiceMail');
    const own = ownValue(user, 'ExUmEnabled');
    if (hosted.value !== true || own.value !== true || !hosted.property || !own.property) return;
    yield {
      at: user.placeOf(hosted.property),
      message: `'${user.subject}' has two voice mail systems, and messages may be left in the one that is not listened to: HostedVoiceMail and ExUmEnabled are both true. Set HostedVoiceMail to false, or disable Unified Messaging for the mailbox in Exchange.`,
      related: [{ at: user.placeOf(own.property), message: 'Unified Messaging on your own servers' }],
    };
  },
  shell: [
    {
      text: 'To keep the one on your own servers:',
      commands: ["Set-CsUser -Identity 'sip:ken@contoso.com' -HostedVoiceMail $false"],
    },
  ],
  examples: {
    bad: [
      `${ken}    ExUmEnabled: true
    HostedVoiceMail: true
    #                ^^^^ no-two-voicemail-systems
`,
    ],
    good: [`${ken}    ExUmEnabled: true\n    HostedVoiceMail: false\n`],
    near: [
      `# Empty is how Get-CsUser prints a user who never had hosted voice mail.
${ken}    ExUmEnabled: true
    HostedVoiceMail:
`,
    ],
  },
});
