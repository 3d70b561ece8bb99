import { policyExamples, twoFactorPool } from '../linter/examples.ts';
import { featureRule } from '../linter/featureRule.ts';

export default featureRule({
  id: 'no-mobile-exchange-with-2fa',
  severity: 'warning',
  summary: 'Two-factor users whose mobile client may still connect to Exchange.',
  why: 'Mobile clients sign in to Exchange Web Services with a password alone: meetings, voice mail and contacts do not appear, or the device keeps asking for a password that the user should not type. A gateway in front of it that adds its own factor (`mobile.gateway` in lync.config.yaml) makes it work. Source: Lync Conference 2014 notes at thatucguy.com; help of New-CsMobilityPolicy.',
  loses: 'Meetings, voice mail and contacts do not appear on the mobile device of {user}',
  remedy: 'Set AllowExchangeConnectivity to false for two-factor users.',
  examples: policyExamples(
    'no-mobile-exchange-with-2fa',
    'CsMobilityPolicy',
    '',
    'AllowExchangeConnectivity: false',
    {
      near: [
        `# AllowExchangeConnectivity is true by default, but nobody signs in with a mobile client here.
${twoFactorPool}CsMobilityPolicy:
  - { Identity: Global, EnableMobility: false }
CsUser:
  - SipAddress: sip:ken@contoso.com
    RegistrarPool: pool01.contoso.com
`,
      ],
    },
  ),
});
