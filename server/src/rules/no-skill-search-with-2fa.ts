import { policyExamples, twoFactorPool } from '../linter/examples.ts';
import { featureRule } from '../linter/featureRule.ts';

export default featureRule({
  id: 'no-skill-search-with-2fa',
  severity: 'warning',
  summary: 'Two-factor users whose client still offers the search for skills in SharePoint.',
  why: 'The client searches SharePoint for skills with the sign-in of the user, and SharePoint does not accept the second factor: the search fails. Source: "Planning for and deploying two-factor authentication in Lync Server 2013", which names it.',
  loses: 'The search for skills fails for {user}',
  remedy: 'Clear the SPSearch URLs in the policy of two-factor users.',
  examples: policyExamples(
    'no-skill-search-with-2fa',
    'CsClientPolicy',
    'SPSearchInternalURL: "https://search.contoso.com/people"',
    '',
    {
      near: [
        `# The addresses stand in every export; empty ones offer no search.
${twoFactorPool}CsClientPolicy:
  - Identity: Global
    SPSearchInternalURL:
    SPSearchExternalURL: ''
    SPSearchCenterInternalURL:
    SPSearchCenterExternalURL: ''
CsUser:
  - SipAddress: sip:ken@contoso.com
    RegistrarPool: pool01.contoso.com
`,
      ],
    },
  ),
});
