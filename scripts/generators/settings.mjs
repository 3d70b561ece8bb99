// Policies and settings of a large deployment that is well kept: who signs in with a card has nothing on that needs Exchange.

/** @typedef {import('./yaml.mjs').Item} Item */

const metadata = 'https://sts.contoso.com/federationmetadata/2007-06/federationmetadata.xml';

/** What two-factor users have on no client: see the rules about lost features. */
const withoutExchange = {
  DisableCalendarPresence: true,
  DisablePhonePresence: false,
  EnableIMAutoArchiving: false,
  EnableServerConversationHistory: true,
  EnableCallLogAutoArchiving: false,
  DisplayPhoto: 'PhotosFromADOnly',
  MaxPhotoSizeKB: 100,
  EnableExchangeContactSync: false,
  DisableFreeBusyInfo: true,
  DisableMeetingSubjectAndLocation: true,
};

const withExchange = { DisplayPhoto: 'AllPhotos', MaxPhotoSizeKB: 100, EnableIMAutoArchiving: true };

/** Policies by section. @type {Readonly<Record<string, readonly Item[]>>} */
export const policies = {
  CsClientPolicy: [
    { Identity: 'Global', ...withExchange },
    { Identity: 'Site:Singapore', ...withExchange, MaxPhotoSizeKB: 30 },
    { Identity: 'Site:Sydney', ...withExchange, EnableCallLogAutoArchiving: true },
    { Identity: 'Tag:Card', Description: 'People with a smart card', ...withoutExchange },
    {
      Identity: 'Tag:Engineering',
      ...withExchange,
      SPSearchInternalURL: 'https://sharepoint.contoso.com/_vti_bin/search.asmx',
    },
    {
      Identity: 'Tag:ContactCentre',
      ...withExchange,
      DisplayPhoto: 'NoPhoto',
      EnableCallLogAutoArchiving: true,
    },
  ],
  CsUserServicesPolicy: [
    { Identity: 'Global', UcsAllowed: true },
    { Identity: 'Site:Sydney', UcsAllowed: false },
    { Identity: 'Tag:NoContactStore', UcsAllowed: false },
  ],
  CsMobilityPolicy: [
    { Identity: 'Global', EnableMobility: true, AllowExchangeConnectivity: true, AllowSaveCredentials: true },
    {
      Identity: 'Tag:CardMobile',
      EnableMobility: true,
      AllowExchangeConnectivity: false,
      AllowSaveCredentials: false,
    },
    {
      Identity: 'Tag:NoMobile',
      EnableMobility: false,
      AllowExchangeConnectivity: false,
      AllowSaveCredentials: false,
    },
  ],
  CsExternalAccessPolicy: [
    {
      Identity: 'Global',
      EnableOutsideAccess: true,
      EnableFederationAccess: true,
      EnablePublicCloudAccess: false,
    },
    {
      Identity: 'Tag:Inside',
      EnableOutsideAccess: false,
      EnableFederationAccess: false,
      EnablePublicCloudAccess: false,
    },
  ],
  CsConferencingPolicy: [
    { Identity: 'Global', AllowIPAudio: true, AllowIPVideo: true, MaxMeetingSize: 250 },
    { Identity: 'Site:Sydney', AllowIPAudio: true, AllowIPVideo: false, MaxMeetingSize: 100 },
    { Identity: 'Tag:Webcasts', AllowIPAudio: true, AllowIPVideo: true, MaxMeetingSize: 1000 },
  ],
  CsVoicePolicy: [
    {
      Identity: 'Global',
      AllowCallForwarding: true,
      AllowSimulRing: true,
      PstnUsages: ['Local', 'National'],
    },
    {
      Identity: 'Tag:International',
      AllowCallForwarding: true,
      AllowSimulRing: true,
      PstnUsages: ['Local', 'National', 'International'],
    },
  ],
  CsPresencePolicy: [{ Identity: 'Global', MaxPromptedSubscriber: 200, MaxCategorySubscription: 1000 }],
  CsPinPolicy: [{ Identity: 'Global', MinPasswordLength: 6, PINHistoryCount: 5, PINLifetime: 180 }],
  CsArchivingPolicy: [
    { Identity: 'Global', ArchiveInternal: false, ArchiveExternal: false },
    { Identity: 'Tag:Traders', ArchiveInternal: true, ArchiveExternal: true },
  ],
  CsHostedVoicemailPolicy: [
    { Identity: 'Global', Destination: 'exap.um.outlook.com', Organization: 'contoso.onmicrosoft.com' },
  ],
};

/** @type {(twoFactor: { pools: readonly string[], directors: readonly string[], edges: readonly string[] }) => Record<string, readonly Item[]>} */
export function settings({ pools, directors, edges }) {
  const locked = (/** @type {string} */ role) => (/** @type {string} */ pool) => ({
    Identity: `Service:${role}:${pool}`,
    UseKerberosForClientToProxyAuth: false,
    UseNtlmForClientToProxyAuth: false,
    UseCertificateForClientToProxyAuth: true,
  });
  return {
    CsWebServiceConfiguration: [
      {
        Identity: 'Global',
        UseWindowsAuth: 'Negotiate',
        UseCertificateAuth: true,
        UsePinAuth: true,
        UseWsFedPassiveAuth: false,
        AllowExternalAuthentication: true,
      },
      {
        Identity: 'Site:Sydney',
        UseWindowsAuth: 'Negotiate',
        UseCertificateAuth: true,
        UsePinAuth: false,
        UseWsFedPassiveAuth: false,
        AllowExternalAuthentication: true,
      },
      ...[...directors, ...pools].map((pool) => ({
        Identity: `Service:WebServer:${pool}`,
        UseWindowsAuth: 'None',
        UseCertificateAuth: false,
        UsePinAuth: false,
        UseWsFedPassiveAuth: true,
        WsFedPassiveMetadataUri: metadata,
        UseDomainAuthInLWA: false,
        AllowExternalAuthentication: true,
        DefaultValidityPeriodHours: 24,
        MaxValidityPeriodHours: 24,
      })),
    ],
    CsProxyConfiguration: [
      {
        Identity: 'Global',
        UseKerberosForClientToProxyAuth: true,
        UseNtlmForClientToProxyAuth: true,
        UseCertificateForClientToProxyAuth: true,
      },
      ...pools.map(locked('Registrar')),
      ...edges.map(locked('EdgeServer')),
    ],
    CsClientVersionConfiguration: [{ Identity: 'Global', Enabled: true, DefaultAction: 'Block' }],
    CsClientVersionPolicy: [
      { Identity: 'Global', Rules: clients([15, 0, 4420, 1017]) },
      ...pools.map((pool) => ({
        Identity: `Service:Registrar:${pool}`,
        Rules: clients([15, 0, 4517, 1004]),
      })),
    ],
    CsRegistrarConfiguration: [{ Identity: 'Global', MaxEndpointsPerUser: 8 }],
    CsImConfiguration: [
      { Identity: 'Global', EnableOfflineIm: true },
      ...pools.map((pool) => ({ Identity: `Service:UserServer:${pool}`, EnableOfflineIm: false })),
    ],
    // In Singapore Lync itself keeps what traders write, everywhere else Exchange what all do.
    CsArchivingConfiguration: [
      { Identity: 'Global', EnableArchiving: 'ImOnly', EnableExchangeArchiving: true },
      { Identity: 'Site:Singapore', EnableArchiving: 'ImOnly', EnableExchangeArchiving: false },
    ],
    CsOAuthConfiguration: [
      {
        Identity: 'Global',
        ServiceName: '00000004-0000-0ff1-ce00-000000000000',
        Realm: 'contoso.com',
        ExchangeAutodiscoverUrl: 'https://autodiscover.contoso.com/autodiscover/autodiscover.svc',
        ClientAuthorizationOAuthServerIdentity: null,
      },
    ],
    CsOAuthServer: [],
    CsPartnerApplication: [
      {
        Identity: 'Exchange',
        ApplicationTrustLevel: 'Full',
        MetadataUrl: 'https://autodiscover.contoso.com/autodiscover/metadata/json/1',
        Enabled: true,
      },
    ],
  };
}

/** Desktop clients from a version on. @type {(version: readonly [number, number, number, number]) => Item[]} */
function clients([MajorVersion, MinorVersion, BuildNumber, QfeNumber]) {
  return [
    {
      RuleId: 'desktop',
      Priority: 0,
      Enabled: true,
      Action: 'Allow',
      CompareOp: 'GEQ',
      UserAgent: 'OC',
      MajorVersion,
      MinorVersion,
      BuildNumber,
      QfeNumber,
    },
    {
      RuleId: 'browser',
      Priority: 1,
      Enabled: true,
      Action: 'Block',
      CompareOp: 'GEQ',
      UserAgent: 'CWA',
      MajorVersion: 0,
      MinorVersion: 0,
      BuildNumber: 0,
      QfeNumber: 0,
    },
  ];
}

/** The SIP domains, the first of which is the default: the company, its brands, and what it has bought. */
export const domains =
  'contoso.com fabrikam.com contoso.co.uk contoso.de contoso.sg contoso.com.au adatum.com litwareinc.com northwindtraders.com proseware.com tailspintoys.com treyresearch.net wingtiptoys.com woodgrovebank.com margiestravel.com fourthcoffee.com'.split(
    ' ',
  );

/** One Meet URL for each SIP domain, one Dialin URL, one for administration; all of the whole deployment. @type {() => Item[]} */
export function simpleUrls() {
  const url = (
    /** @type {string} */ Component,
    /** @type {string} */ Domain,
    /** @type {string} */ ActiveUrl,
  ) => ({
    SimpleUrlEntry: [{ Url: ActiveUrl }],
    Component,
    Domain,
    ActiveUrl,
  });
  const urls = [
    url('Dialin', '*', 'https://dialin.contoso.com'),
    url('Cscp', '*', 'https://lyncadmin.contoso.com'),
    ...domains.map((domain) => url('Meet', domain, `https://meet.${domain}`)),
  ];
  return [{ Identity: 'Global', SimpleUrl: urls, UseBackendDatabase: false }];
}
