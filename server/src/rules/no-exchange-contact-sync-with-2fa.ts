import { policyExamples, twoFactorPool } from '../linter/examples.ts';
import { featureRule } from '../linter/featureRule.ts';

export default featureRule({
  id: 'no-exchange-contact-sync-with-2fa',
  severity: 'info',
  summary: 'Two-factor users whose client still copies contacts to Exchange.',
  why: 'The client copies each Lync contact to the mailbox by Exchange Web Services, and has no other way to do it. With passive authentication it stops, and the copies grow old. Source: "Lync 2013 compatibility"; the default is on, help of New-CsClientPolicy.',
  loses: 'Lync contacts of {user} are not copied to Outlook any more',
  remedy: 'Set EnableExchangeContactSync to false for two-factor users.',
  examples: policyExamples(
    'no-exchange-contact-sync-with-2fa',
    'CsClientPolicy',
    '',
    'EnableExchangeContactSync: false',
    {
      near: [
        `# Delegates come from Outlook by MAPI, which needs no Exchange Web Services: this sync may stay on.
${twoFactorPool}CsClientPolicy:
  - { Identity: Global, EnableExchangeContactSync: false, EnableExchangeDelegateSync: true }
CsUser:
  - SipAddress: sip:ken@contoso.com
    RegistrarPool: pool01.contoso.com
`,
      ],
    },
  ),
});
