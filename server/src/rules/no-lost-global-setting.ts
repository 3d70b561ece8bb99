import { twoFactorPool } from '../linter/examples.ts';
import { rule } from '../linter/rule.ts';
import type { Change, PropertyValue } from '../linter/change.ts';
import type { Deployment } from '../model/deployment.ts';
import type { LyncObject, Property } from '../model/object.ts';
import { lostFeatures } from '../model/lostFeatures.ts';
import { readValue, type Value } from '../model/values.ts';
import { enumerated, grouped } from '../model/wording.ts';
import { parseIdentity } from '../schema/identity.ts';
import { sectionTypes, type PropertyType } from '../schema/schema.ts';

export default rule({
  id: 'no-lost-global-setting',
  severity: 'info',
  group: 'files',
  summary: 'Policies and configurations that leave out what Global sets, and so undo it.',
  why: 'The nearest policy applies as a whole. What it leaves out is at the default of the product and not at the value of Global, so people whom Global had reached lose the setting with their first own policy. Only a property that is left out is spoken of: an empty one is a decision. Source: help of New-CsClientPolicy; that nothing is merged is how all who have examined it describe it.',
  remedy:
    'Write the setting here, too; or write the property with nothing behind it where the default is meant.',
  sections: [...sectionTypes()].filter(({ scopes }) => scopes.length > 1).map(({ name }) => name),
  object: function* (object, deployment) {
    const lost = lostIn(object, deployment);
    const [first] = lost;
    if (!first) return;
    const named = lost
      .slice(0, lost.length > 5 ? 4 : 5)
      .map(({ name, value }) => `${name} (${String(value)})`);
    if (lost.length > 5) named.push(`${grouped(lost.length - 4)} more`);
    const here = lost.length === 1 ? 'the default applies' : 'the defaults apply';
    yield {
      message: `Global sets ${enumerated(named)}, and '${object.subject}' does not: nothing is inherited, so ${here} here. Write ${lost.length === 1 ? 'it' : 'them'} here, too, or leave ${lost.length === 1 ? 'it' : 'them'} empty to say that the default is meant.`,
      related: [{ at: first.global.placeOf(first.property), message: `Global sets ${first.name}` }],
    };
  },
  fixes: function* ({ object }, deployment) {
    const lost = object ? lostIn(object, deployment) : [];
    if (!object || lost.length === 0) return;
    const set = (value: (setting: Lost) => PropertyValue): Change[] =>
      lost.map((setting) => ({ kind: 'set', object, property: setting.name, value: value(setting) }));
    yield {
      title: lost.length === 1 ? 'Set here what Global sets' : `Set here all ${lost.length} that Global sets`,
      changes: set(({ value }) => value),
      // It changes what people have.
      onlyByHand: true,
    };
    yield {
      title: 'Say that the default is meant',
      changes: set(() => null),
      onlyByHand: true,
    };
  },
  examples: {
    bad: [
      `CsClientPolicy:
  - { Identity: Global, DisplayPhoto: PhotosFromADOnly, DisableEmoticons: true }
  - Identity: Site:Dublin
    #         ^^^^^^^^^^^ no-lost-global-setting
    EnableIMAutoArchiving: false
`,
    ],
    good: [
      `CsClientPolicy:
  - { Identity: Global, DisplayPhoto: PhotosFromADOnly, DisableEmoticons: true }
  - { Identity: Site:Dublin, DisplayPhoto: NoPhoto, DisableEmoticons: true }
`,
    ],
    near: [
      `# Two-factor users have this policy, and the search that Global offers fails for them.
${twoFactorPool}CsClientPolicy:
  - { Identity: Global, SPSearchInternalURL: "https://search.contoso.com/people" }
  - { Identity: Tag:SmartCard }
CsUser:
  - { SipAddress: sip:ken@contoso.com, RegistrarPool: pool01.contoso.com, ClientPolicy: SmartCard }
`,
      `# Global has it at the default, which the site's policy has as well.
CsPinPolicy:
  - { Identity: Global, MinPasswordLength: 5, AllowCommonPatterns: false }
  - { Identity: Site:Dublin }
`,
      `# The site's policy says that it is to be as the client has it.
CsClientPolicy:
  - { Identity: Global, DisableEmoticons: true }
  - { Identity: Site:Dublin, DisableEmoticons: }
`,
      `# A merge key brings it.
CsClientPolicy:
  - &global { Identity: Global, DisableEmoticons: true }
  - { <<: *global, Identity: Site:Dublin }
`,
    ],
  },
});

interface Lost {
  readonly name: string;
  readonly value: boolean | number | string;
  readonly global: LyncObject;
  readonly property: Property;
}

function lostIn(object: LyncObject, deployment: Deployment): Lost[] {
  const { section, subject } = object;
  if (subject === '' || parseIdentity(subject).scope === 'Global') return [];
  const global = deployment.find(section.name, 'Global');
  if (!global) return [];
  const written = new Set(object.properties.map(({ name }) => name));
  const hasTwoFactorUsers = (deployment.reach(object)?.limitedUsers ?? 0) > 0;
  return settingsOf(global).filter(
    ({ name, value }) => !written.has(name) && !(hasTwoFactorUsers && isOn(section.name, name, value)),
  );
}

/** Whether a value leaves on what two-factor users lose: without it they are better off. */
function isOn(section: string, name: string, value: Value): boolean {
  return lostFeatures.some(
    (feature) =>
      feature.section === section &&
      feature.settings.some(({ property, on }) => property === name && on(value)),
  );
}

/** What an object sets to something else than the default. */
function settingsOf(global: LyncObject): Lost[] {
  const settings: Lost[] = [];
  for (const { type, name } of global.properties) {
    const property = type && isSetting(type) ? global.setProperty(name) : undefined;
    const value = property && type ? readValue(type, property.value) : undefined;
    if (!property || value === undefined || value === null || value === type?.default) continue;
    settings.push({ name, value, global, property });
  }
  return settings;
}

/** Whether it decides something, and what it is where it is left out is known. */
function isSetting({ name, type, defaultKind, deprecated, readOnly }: PropertyType): boolean {
  if (readOnly === true || deprecated !== undefined || name === 'Description') return false;
  if (!['boolean', 'integer', 'enum', 'timespan', 'string'].includes(type)) return false;
  return defaultKind === 'documented' || defaultKind === 'unset';
}
