import { parseIdentity } from '../schema/identity.ts';
import type { Deployment } from '../model/deployment.ts';
import type { LyncObject } from '../model/object.ts';
import { metadataUri, webServer } from '../linter/passiveShell.ts';
import { rule } from '../linter/rule.ts';

export default rule({
  id: 'no-own-passive-metadata',
  severity: 'warning',
  group: 'passive',
  summary: "The pool's own federation metadata where that of the federation service belongs.",
  why: 'A pool and its federation service each read the other\'s metadata. The pool\'s, below /passiveauth/, is for the relying party trust in AD FS; WsFedPassiveMetadataUri names that of AD FS. With its own address a pool would trust itself, and nobody can sign in. Source: "Configuring Active Directory Federation Services (AD FS 2.0)" and "Configuring passive authentication in Lync Server 2013".',
  remedy:
    'Write the address of the federation service: https://<Federation Service Name>/federationmetadata/2007-06/federationmetadata.xml.',
  sections: ['CsWebServiceConfiguration'],
  object: function* (configuration, deployment) {
    const property = configuration.setProperty('WsFedPassiveMetadataUri');
    const text = configuration.text('WsFedPassiveMetadataUri')?.trim();
    if (!property || text === undefined || !URL.canParse(text)) return;
    const { hostname, pathname } = new URL(text);
    const isRelyingParty = pathname.toLowerCase().includes('/passiveauth/');
    if (!isRelyingParty && !isOwnHost(hostname, configuration, deployment)) return;
    yield {
      at: configuration.placeOf(property),
      message: isRelyingParty
        ? `'${text}' is the metadata of the pool itself, which AD FS reads for its relying party trust. The pool needs the other direction: https://<Federation Service Name>/federationmetadata/2007-06/federationmetadata.xml.`
        : `'${hostname}' is a pool of this deployment, and the metadata must come from the federation service. Write its Federation Service Name.`,
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
    WsFedPassiveMetadataUri: https://pool01.contoso.com/passiveauth/federationmetadata/2007-06/federationmetadata.xml
    #                        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ no-own-passive-metadata
`,
      `CsPool:
  - Identity: pool01.contoso.com
CsWebServiceConfiguration:
  - Identity: Global
    WsFedPassiveMetadataUri: https://POOL01.contoso.com/federationmetadata/2007-06/federationmetadata.xml
    #                        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ no-own-passive-metadata
`,
    ],
    good: [
      `CsWebServiceConfiguration:
  - Identity: Service:WebServer:pool01.contoso.com
    UseWsFedPassiveAuth: true
    WsFedPassiveMetadataUri: https://sts.contoso.com/federationmetadata/2007-06/federationmetadata.xml
`,
    ],
    near: [
      `# The federation service may be of any product, and its host may look like a pool's.
CsWebServiceConfiguration:
  - Identity: Service:WebServer:pool01.contoso.com
    UseWsFedPassiveAuth: true
    WsFedPassiveMetadataUri: https://pool01-sts.contoso.com/federationmetadata/2007-06/federationmetadata.xml
`,
    ],
  },
});

function isOwnHost(host: string, configuration: LyncObject, deployment: Deployment): boolean {
  const { scope, name } = parseIdentity(configuration.subject);
  if (scope === 'Service' && name.toLowerCase() === host.toLowerCase()) return true;
  return deployment.find('CsPool', host) !== undefined;
}
