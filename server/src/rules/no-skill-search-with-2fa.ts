import { passwordPool, twoFactorPool } from '../linter/examples.ts';
import { featureRule } from '../linter/featureRule.ts';

export default featureRule({
  id: 'no-skill-search-with-2fa',
  severity: 'warning',
  summary: 'Two-factor users whose client still offers the search for skills in SharePoint.',
  why: 'The client searches SharePoint for skills with the sign-in of the user, and SharePoint does not accept the second factor: the search fails. Source: "Planning for and deploying two-factor authentication in Lync Server 2013", which names it.',
  loses: 'The search for skills fails for {user}',
  remedy: 'Clear the SPSearch URLs in the policy of two-factor users.',
  examples: {
    bad: [
      `${twoFactorPool}CsClientPolicy:
  - { Identity: Global, SPSearchInternalURL: "https://search.contoso.com/people" }
CsUser:
  - SipAddress: sip:ken@contoso.com
  #             ^^^^^^^^^^^^^^^^^^^ no-skill-search-with-2fa
    RegistrarPool: pool01.contoso.com
`,
      `${twoFactorPool}CsClientPolicy:
  - { Identity: Global }
  - { Identity: Tag:Sales, SPSearchInternalURL: "https://search.contoso.com/people" }
CsUser:
  - SipAddress: sip:ken@contoso.com
    RegistrarPool: pool01.contoso.com
    ClientPolicy: Sales
    #             ^^^^^ no-skill-search-with-2fa
`,
    ],
    good: [
      `${twoFactorPool}CsClientPolicy:
  - { Identity: Global, SPSearchInternalURL: "https://search.contoso.com/people" }
  - { Identity: Tag:TwoFactor }
CsUser:
  - SipAddress: sip:ken@contoso.com
    RegistrarPool: pool01.contoso.com
    ClientPolicy: TwoFactor
`,
      `${passwordPool}CsClientPolicy:
  - { Identity: Global, SPSearchInternalURL: "https://search.contoso.com/people" }
CsUser:
  - SipAddress: sip:ken@contoso.com
    RegistrarPool: pool01.contoso.com
`,
      `${twoFactorPool}CsClientPolicy:
  - { Identity: Global, SPSearchInternalURL: "https://search.contoso.com/people" }
CsUser:
  - SipAddress: sip:ken@contoso.com
    RegistrarPool: pool01.contoso.com
    TwoFactorAuthentication: None
`,
    ],
  },
});
