/** Pieces that the examples of the rules about Exchange have in common. */

/** Exchange 2013 as a partner application, as it should be. */
export const exchangeApplication = `CsPartnerApplication:
  - Identity: Exchange
    ApplicationTrustLevel: Full
    MetadataUrl: https://autodiscover.contoso.com/autodiscover/metadata/json/1
    Enabled: true
`;

/** A user of a pool, to whom more keys can be added. */
export const ken = `CsUser:
  - SipAddress: sip:ken@contoso.com
    RegistrarPool: pool01.contoso.com
`;
