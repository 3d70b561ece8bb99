// Whole objects that editors offer, with the values that two-factor sign-in needs.

/** @typedef {import('./source.mjs').Source} Source */
/** @typedef {import('./source.mjs').SectionType} SectionType */

/**
 * @typedef {object} Snippet
 * @property {string} label
 * @property {string} description
 * @property {Record<string, unknown>} body keys and values; `${1:…}` is where the cursor goes
 */

const metadata = 'https://${2:sts.contoso.com}/federationmetadata/2007-06/federationmetadata.xml';
const closed = { UseKerberosForClientToProxyAuth: false, UseNtlmForClientToProxyAuth: false };

/** @type {Readonly<Record<string, readonly Snippet[]>>} */
const snippets = {
  CsWebServiceConfiguration: [
    {
      label: 'Passive authentication for a pool',
      description: 'The users of this pool sign in with two factors: every other way to sign in is off.',
      body: {
        Identity: 'Service:WebServer:${1:pool01.contoso.com}',
        UseWsFedPassiveAuth: true,
        WsFedPassiveMetadataUri: metadata,
        UseWindowsAuth: 'None',
        UseCertificateAuth: false,
        UsePinAuth: false,
        DefaultValidityPeriodHours: 24,
      },
    },
  ],
  CsProxyConfiguration: [
    {
      label: 'Registrar of a two-factor pool',
      description: 'Kerberos and NTLM are off, so that only the certificate of a two-factor sign-in is left.',
      body: { Identity: 'Service:Registrar:${1:pool01.contoso.com}', ...closed },
    },
    {
      label: 'Edge Server of a two-factor pool',
      description: 'Kerberos and NTLM are off on the way in from outside, too.',
      body: { Identity: 'Service:EdgeServer:${1:edge01.contoso.com}', ...closed },
    },
  ],
  CsUser: [
    {
      label: 'User with two-factor policies',
      description:
        'A user with policies of their own, which switch off what two-factor sign-in cannot reach.',
      body: {
        SipAddress: 'sip:${1:ken@contoso.com}',
        RegistrarPool: '${2:pool01.contoso.com}',
        ClientPolicy: '${3:TwoFactor}',
        UserServicesPolicy: '${4:TwoFactor}',
        MobilityPolicy: '${5:TwoFactor}',
      },
    },
  ],
};

/**
 * The snippets of a section. Those of policies have the remedies of all features that two-factor users lose.
 *
 * @param {SectionType} section
 * @param {Source} source
 * @returns {readonly Snippet[]}
 */
export function sectionSnippets(section, { lostFeatures }) {
  const lost = lostFeatures.filter((feature) => feature.section === section.name);
  if (lost.length === 0) return snippets[section.name] ?? [];
  const perUser = section.scopes.includes('User');
  const remedies = lost.flatMap(({ settings }) => settings).filter(({ remedy }) => remedy !== null);
  const names = lost.map(({ name }) => name).join(', ');
  return [
    {
      label: `${section.name.replace(/^Cs/, '')} for two-factor users`,
      description: `Switches off what their client cannot reach: ${names}.`,
      body: {
        Identity: perUser ? 'Tag:${1:TwoFactor}' : '${1:Global}',
        ...Object.fromEntries(remedies.map(({ property, remedy }) => [property, remedy])),
      },
    },
  ];
}
