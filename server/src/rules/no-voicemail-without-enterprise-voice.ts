import { ownValue } from '../model/effective.ts';
import { ken } from '../linter/exchangeExamples.ts';
import { rule } from '../linter/rule.ts';

const mailboxes = ['ExUmEnabled', 'HostedVoiceMail'] as const;

export default rule({
  id: 'no-voicemail-without-enterprise-voice',
  severity: 'info',
  group: 'exchange',
  summary: 'Users with voice mail whose calls do not come through Lync.',
  why: "Calls reach the voice mail of Exchange through Enterprise Voice, or through a telephone system with remote call control. Without either the user's unanswered calls in Lync do not get there. This follows from how Unified Messaging is reached. Source: experience, not a page of Microsoft's: so it is for information.",
  remedy:
    'Enable the user for Enterprise Voice, or leave it if voice mail belongs to another telephone system.',
  sections: ['CsUser'],
  object: function* (user) {
    const mailbox = mailboxes.find((name) => ownValue(user, name).value === true);
    const property = mailbox && user.setProperty(mailbox);
    // What is left out is unknown: only an explicit false is judged.
    const voice = user.setProperty('EnterpriseVoiceEnabled');
    if (!property || !voice || ownValue(user, 'EnterpriseVoiceEnabled').value !== false) return;
    if (ownValue(user, 'RemoteCallControlTelephonyEnabled').value === true) return;
    yield {
      at: user.placeOf(property),
      message: `'${user.subject}' has voice mail (${mailbox} is true), but calls do not come through Lync: EnterpriseVoiceEnabled is false. Enable Enterprise Voice, or leave it if the voice mail is of another telephone system.`,
      related: [{ at: user.placeOf(voice), message: 'EnterpriseVoiceEnabled is false' }],
    };
  },
  shell: [
    {
      text: 'Where the user is to call through Lync:',
      commands: [
        "Set-CsUser -Identity 'sip:ken@contoso.com' -EnterpriseVoiceEnabled $true -LineURI 'tel:+14255550100'",
      ],
    },
  ],
  examples: {
    bad: [
      `${ken}    EnterpriseVoiceEnabled: false
    ExUmEnabled: true
    #            ^^^^ no-voicemail-without-enterprise-voice
`,
    ],
    good: [`${ken}    EnterpriseVoiceEnabled: true\n    ExUmEnabled: true\n`],
    near: [
      `# A desk phone on the telephone system, steered from Lync, leads to the voice mail as well.
${ken}    EnterpriseVoiceEnabled: false
    RemoteCallControlTelephonyEnabled: true
    ExUmEnabled: true
`,
    ],
  },
});
