import { ownValue } from '../model/effective.ts';
import { twoFactorPool } from '../linter/examples.ts';
import { webServer } from '../linter/passiveShell.ts';
import { rule } from '../linter/rule.ts';

const uri = 'WsFedPassiveMetadataUri';

export default rule({
  id: 'no-unused-passive-metadata-uri',
  severity: 'hint',
  group: 'passive',
  summary: 'The address of a federation service where passive authentication is off.',
  why: 'Without UseWsFedPassiveAuth nobody reads the address. Either passive authentication was meant to be on, or the setting is left over. Source: help of New-CsWebServiceConfiguration.',
  remedy: 'Clear WsFedPassiveMetadataUri, or set UseWsFedPassiveAuth to true if that was meant.',
  sections: ['CsWebServiceConfiguration'],
  object: function* (configuration) {
    const property = configuration.setProperty(uri);
    if (!property || (configuration.text(uri) ?? '').trim() === '') return;
    if (ownValue(configuration, 'UseWsFedPassiveAuth').value !== false) return;
    yield {
      at: configuration.placeOf(property),
      message: `'${configuration.subject}' names a federation service, but UseWsFedPassiveAuth is false there, so nobody reads the address. Clear it, or switch passive authentication on if that was meant.`,
    };
  },
  fixes: function* ({ object }) {
    if (object)
      yield { title: `Clear ${uri}`, changes: [{ kind: 'set', object, property: uri, value: null }] };
  },
  shell: [
    {
      text: 'Where it is left over:',
      commands: [`Set-CsWebServiceConfiguration ${webServer} -WsFedPassiveMetadataUri $null`],
    },
  ],
  examples: {
    bad: [
      `CsWebServiceConfiguration:
  - Identity: Service:WebServer:pool02.contoso.com
    UseWsFedPassiveAuth: false
    WsFedPassiveMetadataUri: https://sts.contoso.com/federationmetadata/2007-06/federationmetadata.xml
    #                        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ no-unused-passive-metadata-uri
`,
      `CsWebServiceConfiguration:
  - Identity: Global
    WsFedPassiveMetadataUri: https://sts.contoso.com/federationmetadata/2007-06/federationmetadata.xml
    #                        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ no-unused-passive-metadata-uri
`,
    ],
    good: [twoFactorPool],
    near: [
      `# An export writes every property: an empty address is none.
CsWebServiceConfiguration:
  - Identity: Global
    UseWsFedPassiveAuth: false
    WsFedPassiveMetadataUri:
`,
    ],
  },
});
