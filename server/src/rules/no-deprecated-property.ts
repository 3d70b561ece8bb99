import { rule } from '../linter/rule.ts';
import type { Deployment } from '../model/deployment.ts';
import type { LyncObject, Property } from '../model/object.ts';
import { productVersion } from '../model/topology.ts';
import { readValue } from '../model/values.ts';

export default rule({
  id: 'no-deprecated-property',
  severity: 'hint',
  group: 'files',
  summary: 'Properties that have a value of their own and that nothing reads any more.',
  why: 'The cmdlets still print and take them, so somebody may count on a setting that no client looks at. An export has all of them: only a value that is not the default is spoken of. Source: help of New-CsClientPolicy and New-CsWebServiceConfiguration.',
  remedy: 'Leave the property empty; for what it did, the hover of the property says more.',
  object: function* (object, deployment) {
    for (const { property, reason } of deprecatedIn(object, deployment))
      yield {
        at: object.keyPlaceOf(property),
        message: `'${property.name}' has no effect: ${reason.charAt(0).toLowerCase()}${reason.slice(1)} Leave it empty.`,
      };
  },
  fixes: function* ({ object }, deployment) {
    const found = object ? [...deprecatedIn(object, deployment)] : [];
    if (!object || found.length === 0) return;
    yield {
      title: `Clear ${found.map(({ property }) => property.name).join(', ')}`,
      changes: found.map(({ property }) => ({
        kind: 'set',
        object,
        property: property.name,
        value: null,
      })),
      // The old clients of another deployment with the same policies may still read it.
      onlyByHand: true,
    };
  },
  examples: {
    bad: [
      `CsClientPolicy:
  - Identity: Global
    MAPIPollInterval: 00:20:00
  # ^^^^^^^^^^^^^^^^ no-deprecated-property
`,
      `CsService:
  - { Identity: WebServer:pool01.contoso.com, Version: 7 }
CsWebServiceConfiguration:
  - Identity: Global
    ShowJoinUsingLegacyClientLink: true
  # ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ no-deprecated-property
`,
      `CsClientPolicy:
  - Identity: Global
    AllowExchangeContactStore: true
  # ^^^^^^^^^^^^^^^^^^^^^^^^^ no-deprecated-property
`,
    ],
    good: [
      `CsClientPolicy:
  - { Identity: Global, WebServicePollInterval: 00:20:00 }
`,
    ],
    near: [
      `# An export prints what nobody has ever set, and the defaults.
CsClientPolicy:
  - { Identity: Global, MAPIPollInterval: , ShowRecentContacts: true, TabURL: null }
`,
      `# Skype for Business Server no longer reads it, but this is Lync Server 2013.
CsService:
  - { Identity: WebServer:pool01.contoso.com, Version: 6 }
CsWebServiceConfiguration:
  - { Identity: Global, ShowJoinUsingLegacyClientLink: true }
`,
    ],
  },
});

interface Deprecated {
  readonly property: Property;
  readonly reason: string;
}

function* deprecatedIn(object: LyncObject, deployment: Deployment): Generator<Deprecated> {
  for (const property of object.properties) {
    const { type, own } = property;
    if (!own || type?.deprecated === undefined) continue;
    const value = readValue(type, property.value);
    if (value === null || value === undefined || value === type.default) continue;
    if (isRead(type.deprecatedSince, type.products, deployment)) continue;
    yield { property, reason: type.deprecated };
  }
}

/** Whether a product of this deployment still reads it, or none of them has it at all, which no-unknown-property says. */
function isRead(
  since: string | undefined,
  products: readonly string[] | undefined,
  deployment: Deployment,
): boolean {
  const versions = [...deployment.versions()];
  if (versions.length === 0) return false;
  const first = since === undefined ? undefined : productVersion(since);
  if (first !== undefined && versions.some((version) => version < first)) return true;
  const having = products?.map(productVersion) ?? [];
  return having.length > 0 && !versions.some((version) => having.includes(version));
}
