import { policyExamples, twoFactorPool } from '../linter/examples.ts';
import { featureRule } from '../linter/featureRule.ts';

export default featureRule({
  id: 'no-calendar-presence-with-2fa',
  severity: 'warning',
  summary: 'Two-factor users whose client still publishes presence from the calendar.',
  why: 'The client reads the calendar by Exchange Web Services to show Busy during a meeting. With passive authentication it cannot, so presence stays at what the keyboard says, and colleagues ring into meetings. Presence from calls goes on. While Outlook runs the client may fall back to MAPI. Unset means on: the client publishes unless it is told not to. Source: Paul Robichaux, "2-factor Lync authentication and missing Exchange features"; help of Set-CsClientPolicy.',
  loses: 'Presence of {user} does not follow the calendar any more',
  remedy:
    'Unset means on for the client: set DisableCalendarPresence to true for two-factor users, so that nobody relies on it.',
  examples: policyExamples(
    'no-calendar-presence-with-2fa',
    'CsClientPolicy',
    '',
    'DisableCalendarPresence: true',
    {
      near: [
        `# Presence from calls does not come from Exchange, so it goes on; MAPIPollInterval is of Exchange 2003.
${twoFactorPool}CsClientPolicy:
  - { Identity: Global, DisableCalendarPresence: true, DisablePhonePresence: false, MAPIPollInterval: 00:05:00 }
CsUser:
  - SipAddress: sip:ken@contoso.com
    RegistrarPool: pool01.contoso.com
`,
      ],
    },
  ),
});
