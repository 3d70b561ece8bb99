import { twoFactorPool } from '../linter/examples.ts';
import { twoFactorReason } from '../linter/featureRule.ts';
import { rule } from '../linter/rule.ts';

export default rule({
  id: 'no-exchange-voicemail-with-2fa',
  severity: 'warning',
  group: 'features',
  summary: 'Two-factor users whose voice mail is in Exchange.',
  why: 'The voice-mail view of the client reads messages by Exchange Web Services. With passive authentication it cannot: the list is empty and messages cannot be played there. Callers can still leave messages, and the user can still ring the mailbox: both go by SIP. No switch of Lync hides the view. Source: Paul Robichaux, "2-factor Lync authentication and missing Exchange features"; "Planning for central site voice resiliency".',
  remedy: 'Tell the user to hear voice mail in Outlook, in Outlook on the web, or by ringing the mailbox.',
  needs: ['CsUser', 'CsWebServiceConfiguration'],
  sections: ['CsUser'],
  object: function* (user, deployment) {
    const standing = deployment.standing(user);
    if (!standing.limited) return;
    const on = ['ExUmEnabled', 'HostedVoiceMail'].filter((name) => user.text(name)?.toLowerCase() === 'true');
    const [first] = on;
    const property = first === undefined ? undefined : user.property(first);
    if (!property) return;
    yield {
      at: user.placeOf(property),
      message: `The voice-mail view of '${user.subject}' stays empty after a two-factor sign-in (${on.join(' and ')} true): the client cannot read it from Exchange. Nothing in Lync hides it, so tell the user to hear voice mail in Outlook, in Outlook on the web, or by ringing the mailbox.`,
      related: [twoFactorReason(standing)],
    };
  },
  examples: {
    bad: [
      `${twoFactorPool}CsUser:
  - SipAddress: sip:ken@contoso.com
    RegistrarPool: pool01.contoso.com
    ExUmEnabled: true
    #            ^^^^ no-exchange-voicemail-with-2fa
`,
      `${twoFactorPool}CsUser:
  - SipAddress: sip:ken@contoso.com
    RegistrarPool: pool01.contoso.com
    HostedVoiceMail: true
    #                ^^^^ no-exchange-voicemail-with-2fa
`,
    ],
    good: [
      `${twoFactorPool}CsUser:
  - SipAddress: sip:ken@contoso.com
    RegistrarPool: pool01.contoso.com
    ExUmEnabled: false
    HostedVoiceMail:
`,
      `${twoFactorPool}CsUser:
  - SipAddress: sip:ann@contoso.com
    RegistrarPool: pool02.contoso.com
    ExUmEnabled: true
`,
    ],
    near: [
      `# Forwarding, delegation and simultaneous ringing are kept in Lync and go by SIP, so they go on.
${twoFactorPool}CsVoicePolicy:
  - { Identity: Global, AllowCallForwarding: true, EnableDelegation: true, AllowSimulRing: true }
CsUser:
  - SipAddress: sip:ken@contoso.com
    RegistrarPool: pool01.contoso.com
    EnterpriseVoiceEnabled: true
`,
      `# The policy says where hosted voice mail would be, but Ken has none: HostedVoiceMail is not set.
${twoFactorPool}CsHostedVoicemailPolicy:
  - { Identity: Tag:Online, Destination: exap.um.outlook.com, Organization: contoso.com }
CsUser:
  - SipAddress: sip:ken@contoso.com
    RegistrarPool: pool01.contoso.com
    HostedVoicemailPolicy: Online
    HostedVoiceMail:
`,
    ],
  },
});
