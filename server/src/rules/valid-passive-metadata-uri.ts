import { metadataUri, webServer } from '../linter/passiveShell.ts';
import { twoFactorPool } from '../linter/examples.ts';
import { rule } from '../linter/rule.ts';

const usualPath = '/federationmetadata/2007-06/federationmetadata.xml';

export default rule({
  id: 'valid-passive-metadata-uri',
  severity: 'error',
  group: 'passive',
  summary: 'An address of the federation metadata that cannot be right.',
  why: 'The web services read the metadata of the federation service by https, from a path that AD FS always has. Source: "Configuring passive authentication in Lync Server 2013". Other products than AD FS may have another path, so that is a warning only.',
  remedy:
    'Write https://<Federation Service Name>/federationmetadata/2007-06/federationmetadata.xml; the host is the Federation Service Name, not the name of the AD FS server.',
  sections: ['CsWebServiceConfiguration'],
  object: function* (configuration) {
    const property = configuration.setProperty('WsFedPassiveMetadataUri');
    const text = configuration.text('WsFedPassiveMetadataUri')?.trim();
    if (!property || text === undefined || text === '') return;
    const at = configuration.placeOf(property);
    const uri = URL.canParse(text) ? new URL(text) : undefined;
    if (!uri)
      yield {
        at,
        message: `'${text}' is not a complete address, so nobody can sign in. Write https://<Federation Service Name>${usualPath}.`,
      };
    else if (uri.protocol !== 'https:')
      yield {
        at,
        message: `The federation metadata must come by https, but '${text}' is not. Write https://${uri.host}${uri.pathname}.`,
      };
    else if (!uri.pathname.toLowerCase().endsWith(usualPath)) {
      yield {
        at,
        severity: 'warning',
        message: `AD FS has its metadata at ${usualPath}, but '${text}' names another path. Check it, unless the federation service is not AD FS.`,
      };
    }
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
    WsFedPassiveMetadataUri: http://sts.contoso.com/federationmetadata/2007-06/federationmetadata.xml
    #                        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ valid-passive-metadata-uri
`,
      `CsWebServiceConfiguration:
  - Identity: Service:WebServer:pool01.contoso.com
    WsFedPassiveMetadataUri: sts.contoso.com
    #                        ^^^^^^^^^^^^^^^ valid-passive-metadata-uri
`,
    ],
    good: [twoFactorPool],
    near: [
      `# AD FS itself writes the path like this, and does not mind case.
${twoFactorPool.replace('federationmetadata/2007-06/federationmetadata', 'FederationMetadata/2007-06/FederationMetadata')}`,
      `# The Federation Service Name may be in another domain, and need not be that of AD FS.
${twoFactorPool.replace('sts.contoso.com', 'login.fabrikam.net')}`,
    ],
  },
});
