import type { LyncObject, Property } from '../model/object.ts';
import { place } from '../model/place.ts';
import { sectionType } from '../schema/schema.ts';
import { textInPlaceOf } from '../linter/yamlText.ts';
import { rule } from '../linter/rule.ts';

export default rule({
  id: 'prefer-canonical-case',
  severity: 'hint',
  group: 'files',
  summary: 'Keys in another spelling than PowerShell prints them.',
  why: 'Names compare without case, so it works. In the usual spelling it is found by everyone who searches for it, and a fresh export does not differ.',
  remedy: 'Write the key as the cmdlet prints it.',
  object: function* (object) {
    for (const property of misspelled(object)) {
      yield {
        at: object.keyPlaceOf(property),
        message: `PowerShell writes '${property.key.text}' as '${property.name}'.`,
      };
    }
  },
  block: function* ({ file, block, contents }) {
    for (const { key, type } of contents.sections) {
      if (!type || key.text === type.name) continue;
      yield {
        at: place(file.file, block, key),
        message: `PowerShell writes '${key.text}' as '${type.name}'.`,
      };
    }
  },
  fixes: function* ({ object, at }) {
    if (object) {
      const found = [...misspelled(object)];
      yield {
        title: found.map(({ key, name }) => `Change '${key.text}' to '${name}'`).join(', '),
        changes: found.map((property) => {
          const key = object.keyPlaceOf(property);
          return { kind: 'replace', at: key, text: textInPlaceOf(key, property.name) };
        }),
      };
      return;
    }
    const type = sectionType(at.block.text.slice(at.start, at.end).replace(/^["']|["']$/g, ''));
    if (type)
      yield {
        title: `Change it to '${type.name}'`,
        changes: [{ kind: 'replace', at, text: textInPlaceOf(at, type.name) }],
      };
  },
  examples: {
    bad: [
      `CsUserServicesPolicy:
  - Identity: Global
    ucsallowed: false
  # ^^^^^^^^^^ prefer-canonical-case
`,
      `csuser:
#^^^^^ prefer-canonical-case
  - SipAddress: sip:ken@contoso.com
`,
    ],
    good: [
      `CsUserServicesPolicy:
  - { Identity: Global, UcsAllowed: false }
`,
    ],
    near: [
      `# Only keys are searched for by their spelling: in identities, addresses and values case is as people like it.
CsClientPolicy:
  - { Identity: TAG:sales, DisplayPhoto: photosfromadonly }
CsUser:
  - { SipAddress: SIP:Ken@Contoso.com, RegistrarPool: POOL01.contoso.com, ClientPolicy: Sales }
`,
      `# No cmdlet prints a key that begins with x-, so nothing says how it is spelt.
CsUser:
  - { SipAddress: sip:ken@contoso.com, x-TICKET: 4711 }
`,
    ],
  },
});

function* misspelled(object: LyncObject): Generator<Property> {
  for (const property of object.properties) {
    if (!property.own || !property.type) continue;
    if (property.key.text !== property.name) yield property;
  }
}
