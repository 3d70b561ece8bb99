import { yaml11Boolean } from '../linter/valueProblem.ts';
import { rule } from '../linter/rule.ts';
import type { LyncObject, Property } from '../model/object.ts';

export default rule({
  id: 'no-yaml-1-1-boolean',
  severity: 'warning',
  group: 'files',
  summary: 'yes, no, on and off where true or false is meant.',
  why: 'In YAML 1.2 and in the YAML of PowerShell these are strings; older readers take them for booleans. So the same file means different things to different programs. Source: YAML 1.2; powershell-yaml.',
  remedy: 'Write true or false.',
  object: function* (object) {
    for (const [property, value] of booleans(object)) {
      yield {
        at: object.placeOf(property),
        message: `'${property.value.type === 'scalar' ? property.value.text : ''}' is a string in YAML 1.2, so ${property.name} is neither on nor off. Write ${String(value)}.`,
      };
    }
  },
  fixes: function* ({ object }) {
    if (!object) return;
    const found = [...booleans(object)];
    yield {
      title: found.map(([{ name }, value]) => `Change ${name} to ${String(value)}`).join(', '),
      changes: found.map(([property, value]) => ({
        kind: 'replace',
        at: object.placeOf(property),
        text: String(value),
      })),
    };
  },
  examples: {
    bad: [
      `CsUserServicesPolicy:
  - Identity: Global
    UcsAllowed: no
    #           ^^ no-yaml-1-1-boolean
`,
    ],
    good: [
      `CsUserServicesPolicy:
  - Identity: Global
    UcsAllowed: false
`,
    ],
    near: [
      `# A policy may be called No, and a person, too: these are texts, and to YAML 1.2 they are nothing else.
CsClientPolicy:
  - Identity: Tag:No
CsUser:
  - { SipAddress: sip:ken@contoso.com, DisplayName: No, ClientPolicy: No }
`,
      `# Keys that begin with x- are your own, and say what you like.
CsUser:
  - { SipAddress: sip:ken@contoso.com, x-approved: yes }
`,
      `# PowerShell prints True, and that is a boolean in YAML 1.2, too.
CsUserServicesPolicy:
  - { Identity: Global, UcsAllowed: True }
`,
    ],
  },
});

function* booleans(object: LyncObject): Generator<[Property, boolean]> {
  for (const property of object.properties) {
    const value =
      property.own && property.type?.type === 'boolean' ? yaml11Boolean(property.value) : undefined;
    if (value !== undefined && property.written.type !== 'alias') yield [property, value];
  }
}
