import { metadataUri, webServer } from '../linter/passiveShell.ts';
import { twoFactorPool } from '../linter/examples.ts';
import { rule } from '../linter/rule.ts';

export default rule({
  id: 'require-passive-metadata-uri',
  severity: 'error',
  group: 'passive',
  summary: 'Passive authentication without the address of the federation service.',
  why: 'The web services send the client to the federation service that WsFedPassiveMetadataUri names. Without it nobody can sign in. Source: "Configuring passive authentication in Lync Server 2013".',
  remedy:
    'Set WsFedPassiveMetadataUri to https://<Federation Service Name>/federationmetadata/2007-06/federationmetadata.xml.',
  sections: ['CsWebServiceConfiguration'],
  object: function* (configuration) {
    const passive = configuration.setProperty('UseWsFedPassiveAuth');
    if (!passive || configuration.text('UseWsFedPassiveAuth')?.toLowerCase() !== 'true') return;
    if ((configuration.text('WsFedPassiveMetadataUri') ?? '').trim() !== '') return;
    yield {
      at: configuration.placeOf(passive),
      message: `Nobody can sign in with '${configuration.subject}': passive authentication is on, but WsFedPassiveMetadataUri does not say where the federation service is. Set it to https://<Federation Service Name>/federationmetadata/2007-06/federationmetadata.xml.`,
    };
  },
  shell: [
    {
      text: 'The host is the Federation Service Name:',
      commands: [`Set-CsWebServiceConfiguration ${webServer} ${metadataUri}`],
    },
  ],
  examples: {
    bad: [
      `CsWebServiceConfiguration:
  - Identity: Service:WebServer:pool01.contoso.com
    UseWsFedPassiveAuth: true
    #                    ^^^^ require-passive-metadata-uri
    WsFedPassiveMetadataUri:
`,
    ],
    good: [
      twoFactorPool,
      `CsWebServiceConfiguration:\n  - { Identity: Global, UseWsFedPassiveAuth: false }\n`,
    ],
    near: [
      `# Ken has a second factor by modern authentication, which the OAuth server provides without passive metadata.
CsWebServiceConfiguration:
  - { Identity: Global, UseWsFedPassiveAuth: false, WsFedPassiveMetadataUri: }
CsOAuthServer:
  - { Identity: evoSTS, Type: AzureAD }
CsOAuthConfiguration:
  - { Identity: Global, ClientAuthorizationOAuthServerIdentity: evoSTS }
CsUser:
  - { SipAddress: sip:ken@contoso.com, RegistrarPool: pool01.contoso.com, TwoFactorAuthentication: AzureMfa }
`,
    ],
  },
});
