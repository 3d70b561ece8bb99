import { readValue } from '../model/values.ts';
import { largestPhoto } from './no-hidden-photos.ts';
import type { Property } from '../model/object.ts';
import { place, type Place } from '../model/place.ts';
import type { PropertyType } from '../schema/schema.ts';
import { textInPlaceOf } from '../linter/yamlText.ts';
import { problemOf } from '../linter/valueProblem.ts';
import { rule } from '../linter/rule.ts';

export default rule({
  id: 'valid-value',
  severity: 'error',
  group: 'files',
  summary:
    'Values of the wrong type, outside of the enumeration or the range, and objects in the wrong shape.',
  why: 'The cmdlets refuse such a value, and a rule that needs it cannot judge it. Source: the reference of the cmdlets of Lync Server 2013 and Skype for Business Server.',
  remedy: 'Write a value that the property takes; the hover lists them.',
  object: function* (object) {
    for (const property of object.properties) {
      const problem = property.own && problemIn(property);
      if (problem) yield { at: object.placeOf(property), message: problem.message };
    }
    const { key } = object.section;
    if (object.setProperty(key) || (key === 'Identity' && object.section.property(key)?.required !== true))
      return;
    if (key === 'SipAddress' && object.setProperty('Identity')) return;
    yield {
      message: `This ${object.section.name} has no ${key}, so nothing can refer to it. Add '${key}:'.`,
    };
  },
  block: function* ({ file, block, contents }) {
    for (const { section, node } of contents.misplaced) {
      yield {
        at: place(file.file, block, node),
        message: `An entry of ${section.name} must be a mapping of properties: write '${section.key}: …', and the other properties below it.`,
      };
    }
    const { root } = block;
    if (block.kind === 'document' && root && root.type !== 'mapping' && block.problems.length === 0) {
      yield {
        at: place(file.file, block, { start: root.start, end: Math.min(root.end, root.start + 1) }),
        message: 'A file is a mapping of sections: write a key like CsUser:, and its objects below it.',
      };
    }
  },
  fixes: function* ({ object }) {
    if (!object) return;
    const changes: { at: Place; name: string; text: string; type: PropertyType | undefined }[] = [];
    for (const property of object.properties) {
      const text = property.own ? problemIn(property)?.instead : undefined;
      const { name, type } = property;
      if (text !== undefined) changes.push({ at: object.placeOf(property), name, text, type });
    }
    if (changes.length === 0) return;
    yield {
      title: changes.map(({ name, text }) => `Change ${name} to ${text}`).join(', '),
      changes: changes.map(({ at, text, type }) => ({
        kind: 'replace',
        at,
        // Quotes are what is wrong with a boolean in quotes.
        text: type?.type === 'boolean' ? text : textInPlaceOf(at, text),
      })),
    };
  },
  examples: {
    bad: [
      `CsUserServicesPolicy:
  - Identity: Global
    UcsAllowed: maybe
    #           ^^^^^ valid-value
`,
      `CsClientPolicy:
  - Identity: Global
    DisplayPhoto: PhotoFromADOnly
    #             ^^^^^^^^^^^^^^^ valid-value
`,
      `CsWebServiceConfiguration:
  - Identity: Global
    MaxGroupSizeToExpand: 5000
    #                     ^^^^ valid-value
`,
      `CsUser:
  - sip:ken@contoso.com
  # ^^^^^^^^^^^^^^^^^^^ valid-value
`,
    ],
    good: [
      `CsClientPolicy:
  - Identity: Global
    DisplayPhoto: PhotosFromADOnly
    MaxPhotoSizeKB: 100
    DGRefreshInterval: 08:00:00
`,
    ],
    near: [
      `# What is wrong with the alias, yaml-syntax says.
CsUser:
  - SipAddress: sip:ken@contoso.com
    RegistrarPool: *pool
`,
      `# Externaly is misspelt in the product itself, so this is right.
CsAuthConfig:
  - { Identity: Global, Scenario: BlockWindowsAuthExternalyAndModernAuthInternally }
`,
      `# Case does not matter, empty means not set, and numbers and time spans are as ConvertTo-Json prints them.
CsClientPolicy:
  - { Identity: Global, DisplayPhoto: photosfromadonly, DisableCalendarPresence: }
  - { Identity: Tag:Sales, DisplayPhoto: 2, DGRefreshInterval: { Ticks: 288000000000, Days: 0, Hours: 8 } }
CsUser:
  - { SipAddress: sip:ken@contoso.com, ClientPolicy: Sales }
`,
      `# The help contradicts itself about both defaults (3000 or 30000; one year or ten), but limits neither.
CsProxyConfiguration:
  - { Identity: Global, DnsCacheRecordCount: 30000 }
CsWebServiceConfiguration:
  - { Identity: Global, HstsMaxAgeInSeconds: 315360000 }
`,
    ],
  },
});

function problemIn({ name, type, value }: Property): ReturnType<typeof problemOf> {
  // no-hidden-photos says what is wrong with a size of photos.
  if (!type || (name === 'MaxPhotoSizeKB' && Number(readValue(type, value)) > largestPhoto)) return undefined;
  return problemOf(type, value);
}
