import type { Deployment } from '../model/deployment.ts';
import { isUnchecked, type LyncObject, type Property } from '../model/object.ts';
import { productOfVersion } from '../model/topology.ts';
import { nearest } from '../linter/nearest.ts';
import { misspelledInDocumentation } from './no-misspelled-passive-property.ts';
import { textInPlaceOf } from '../linter/yamlText.ts';
import { rule } from '../linter/rule.ts';
import { productName } from '../schema/products.ts';

export default rule({
  id: 'no-unknown-property',
  severity: 'error',
  group: 'files',
  summary: 'Properties that the object does not have, or not in the products of this deployment.',
  why: 'A misspelled property does nothing: the default applies, and nobody notices. A property of another product does nothing either, so that is a warning. Source: the reference of the cmdlets of Lync Server 2010 and 2013 and Skype for Business Server.',
  remedy: 'Write the property as the cmdlet prints it, or remove it; a key of your own begins with x-.',
  object: function* (object, deployment) {
    for (const property of unknownIn(object)) {
      const meant = near(object, property);
      yield {
        at: object.keyPlaceOf(property),
        message: `${object.section.name} has no property '${property.key.text}'${meant ? `: is '${meant}' meant?` : '. A key of your own begins with x-.'}`,
      };
    }
    for (const property of object.properties) {
      const missing = property.own && productsWithout(property, deployment);
      if (!missing) continue;
      yield {
        at: object.keyPlaceOf(property),
        severity: 'warning',
        message: `'${property.name}' does nothing here: it belongs to ${missing}, and this deployment does not run that.`,
      };
    }
  },
  fixes: function* ({ object }) {
    if (!object) return;
    const changes = unknownIn(object).flatMap((property) => {
      const meant = near(object, property);
      return meant && !object.property(meant)
        ? [{ at: object.keyPlaceOf(property), text: meant, was: property.key.text }]
        : [];
    });
    if (changes.length === 0) return;
    yield {
      title: changes.map(({ was, text }) => `Change '${was}' to '${text}'`).join(', '),
      changes: changes.map(({ at, text }) => ({ kind: 'replace', at, text: textInPlaceOf(at, text) })),
    };
  },
  examples: {
    bad: [
      `CsUserServicesPolicy:
  - Identity: Global
    UcsAlowed: false
  # ^^^^^^^^^ no-unknown-property
`,
      `CsService:
  - { Identity: Registrar:pool01.contoso.com, Role: Registrar, PoolFqdn: pool01.contoso.com, Version: 6 }
CsClientPolicy:
  - Identity: Global
    EnableServerConversationHistory: true
  # ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ no-unknown-property
`,
    ],
    good: [
      `CsUserServicesPolicy:
  - Identity: Global
    UcsAllowed: false
    x-ticket: 4711
    ScopeClass: Global
`,
    ],
    near: [
      `# Skype for Business Server has it, and one of the pools runs that.
CsService:
  - { Identity: Registrar:pool01.contoso.com, Role: Registrar, PoolFqdn: pool01.contoso.com, Version: 6 }
  - { Identity: Registrar:pool02.contoso.com, Role: Registrar, PoolFqdn: pool02.contoso.com, Version: 7 }
CsClientPolicy:
  - { Identity: Global, EnableServerConversationHistory: true }
`,
      `# PowerShell adds these to what it prints, and a key of your own begins with x-.
CsUserServicesPolicy:
  - { Identity: Global, ScopeClass: Global, RunspaceId: 5a3f0d0c-6a0e-4a8e-9d6a-0d3c2b1a0f9e, x-ticket: 4711 }
`,
    ],
  },
});

function unknownIn({ section, properties }: LyncObject): Property[] {
  if (section.open) return [];
  return properties.filter((property) => {
    if (!property.own || property.type || isUnchecked(section, property)) return false;
    // A rule of its own speaks of that one.
    return (
      section.name !== 'CsProxyConfiguration' || property.key.text.toLowerCase() !== misspelledInDocumentation
    );
  });
}

function near(object: LyncObject, property: Property): string | undefined {
  return nearest(property.key.text, object.section.properties.keys());
}

/** The products that have a property, in words, if this deployment runs none of them. An empty value claims nothing. */
function productsWithout({ type, value }: Property, deployment: Deployment): string | undefined {
  if (!type?.products || type.products.length === 0 || (value.type === 'scalar' && value.value === null))
    return undefined;
  const versions = deployment.versions();
  if (versions.size === 0) return undefined;
  for (const version of versions) {
    const product = productOfVersion.get(version);
    if (product === undefined || type.products.includes(product)) return undefined;
  }
  return type.products.map(productName).join(', ');
}
