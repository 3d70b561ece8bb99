import { rule } from '../linter/rule.ts';
import { textInPlaceOf } from '../linter/yamlText.ts';
import type { LyncObject, Property } from '../model/object.ts';

/** As the page writes it, in lower case, and as the cmdlet takes it. */
export const misspelledInDocumentation = 'usecertifcateforclienttoproxyauth';
const meant = 'UseCertificateForClientToProxyAuth';

export default rule({
  id: 'no-misspelled-passive-property',
  severity: 'error',
  group: 'files',
  summary: `UseCertifcateForClientToProxyAuth, the spelling of Microsoft's page, in place of ${meant}.`,
  why: `The page on configuring passive authentication spells it once without an i. A script that was copied from there fails, and in a file the setting says nothing: certificates, with which two-factor users register after the smart card, are then as the default has them. Source: "Configuring passive authentication in Lync Server 2013"; help of Set-CsProxyConfiguration.`,
  remedy: `Write ${meant}.`,
  sections: ['CsProxyConfiguration'],
  object: function* (object) {
    const property = misspelledIn(object);
    if (property)
      yield {
        at: object.keyPlaceOf(property),
        message: `'${property.key.text}' says nothing: the page it was copied from misspells it. Write '${meant}'.`,
      };
  },
  fixes: function* ({ object }) {
    const property = object && misspelledIn(object);
    // With both there is no telling which value was meant.
    if (!property || object.property(meant)) return;
    const at = object.keyPlaceOf(property);
    yield {
      title: `Change '${property.key.text}' to '${meant}'`,
      changes: [{ kind: 'replace', at, text: textInPlaceOf(at, meant) }],
    };
  },
  examples: {
    bad: [
      `CsProxyConfiguration:
  - Identity: Service:Registrar:pool01.contoso.com
    UseKerberosForClientToProxyAuth: false
    UseNtlmForClientToProxyAuth: false
    UseCertifcateForClientToProxyAuth: true
  # ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ no-misspelled-passive-property
`,
    ],
    good: [
      `CsProxyConfiguration:
  - { Identity: Service:Registrar:pool01.contoso.com, UseCertificateForClientToProxyAuth: true }
`,
    ],
    near: [
      `# Another slip of the pen is for no-unknown-property, which knows what was meant, too.
CsProxyConfiguration:
  - { Identity: Service:Registrar:pool01.contoso.com, UseCertificateForClientToProxyAut: true }
`,
    ],
  },
});

function misspelledIn(object: LyncObject): Property | undefined {
  return object.properties.find(
    ({ own, key }) => own && key.text.toLowerCase() === misspelledInDocumentation,
  );
}
