/** Pieces that the rules' examples have in common. */

/** A pool with passive authentication, set up as it should be, for users whose RegistrarPool is `pool01.contoso.com`. */
export const twoFactorPool = `CsWebServiceConfiguration:
  - Identity: Service:WebServer:pool01.contoso.com
    UseWsFedPassiveAuth: true
    WsFedPassiveMetadataUri: https://sts.contoso.com/federationmetadata/2007-06/federationmetadata.xml
    UseCertificateAuth: false
    UsePinAuth: false
    UseWindowsAuth: None
`;

/** A pool that signs people in with their password. */
export const passwordPool = `CsWebServiceConfiguration:
  - { Identity: Global, UseWsFedPassiveAuth: false }
`;
