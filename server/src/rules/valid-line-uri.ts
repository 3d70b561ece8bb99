import { rule } from '../linter/rule.ts';
import type { Change } from '../linter/change.ts';
import { readValue } from '../model/values.ts';
import type { LyncObject, Property } from '../model/object.ts';
import { textOf } from '../parser/nodes.ts';

export default rule({
  id: 'valid-line-uri',
  severity: 'warning',
  group: 'files',
  summary: 'Numbers of users that are not tel:+number, and lines of a PBX without remote call control.',
  why: 'A call finds its user by comparing the number with LineURI. One that is not in the international form, tel:+ and the digits with ;ext= and the extension behind, is found by nobody who dials from outside. LineServerURI is for remote call control alone. Source: help of Set-CsUser.',
  remedy:
    'Write the number as tel:+14255550100 or tel:+14255550100;ext=100; clear LineServerURI where there is no remote call control.',
  isPersonal: true,
  sections: ['CsUser'],
  object: function* (user) {
    for (const { property, text } of wrongNumbers(user)) {
      const meant = meantBy(text);
      yield {
        at: user.placeOf(property),
        message: `${property.name} '${text}' is not in the form tel:+number, so calls to it may not find this user. Write ${meant === undefined ? 'it like tel:+14255550100;ext=100' : `'${meant}'`}.`,
      };
    }
    const server = idleServer(user);
    if (server)
      yield {
        at: user.placeOf(server),
        message:
          'LineServerURI is for remote call control, which is off for this user: set RemoteCallControlTelephonyEnabled to true, or clear LineServerURI.',
      };
  },
  fixes: function* ({ object }) {
    if (!object) return;
    const changes: Change[] = [];
    for (const { property, text } of wrongNumbers(object)) {
      const value = meantBy(text);
      if (value !== undefined) changes.push({ kind: 'set', object, property: property.name, value });
    }
    if (changes.length > 0) yield { title: 'Write the number as tel:+…', changes };
    if (idleServer(object))
      yield {
        title: 'Clear LineServerURI',
        changes: [...changes, { kind: 'set', object, property: 'LineServerURI', value: null }],
        onlyByHand: true,
      };
  },
  examples: {
    bad: [
      `CsUser:
  - SipAddress: sip:ken@contoso.com
    LineURI: +1 (425) 555-0100
    #        ^^^^^^^^^^^^^^^^^ valid-line-uri
`,
      `CsUser:
  - SipAddress: sip:ken@contoso.com
    LineURI: tel:4255550100
    #        ^^^^^^^^^^^^^^ valid-line-uri
`,
      `CsUser:
  - SipAddress: sip:ken@contoso.com
    LineURI: tel:+14255550100
    RemoteCallControlTelephonyEnabled: false
    LineServerURI: sip:pbx@rcc.contoso.com
    #              ^^^^^^^^^^^^^^^^^^^^^^^ valid-line-uri
`,
    ],
    good: [
      `CsUser:
  - { SipAddress: sip:ken@contoso.com, LineURI: tel:+14255550100;ext=100, PrivateLine: tel:+14255550199 }
  - SipAddress: sip:ann@contoso.com
    LineURI: tel:+14255550101
    RemoteCallControlTelephonyEnabled: true
    LineServerURI: sip:pbx@rcc.contoso.com
`,
    ],
    near: [
      `# Case does not matter, and marks between the digits are allowed.
CsUser:
  - { SipAddress: sip:ken@contoso.com, LineURI: TEL:+1-425-555-0100;EXT=100, LineServerURI: "" }
`,
      `# Whether this user has remote call control is in no file.
CsUser:
  - { SipAddress: sip:ken@contoso.com, LineServerURI: sip:pbx@rcc.contoso.com }
`,
    ],
  },
});

interface Numbered {
  readonly property: Property;
  readonly text: string;
}

function* wrongNumbers(user: LyncObject): Generator<Numbered> {
  for (const name of ['LineURI', 'PrivateLine']) {
    const property = user.setProperty(name);
    const text = property && textOf(property.value);
    if (property?.own && text && !isNumber(text)) yield { property, text };
  }
}

/** A global number of RFC 3966, with any parameters. */
function isNumber(text: string): boolean {
  return /^tel:\+\d[\d\-.()]*(?:;[\w-]+(?:=[^;\s]*)?)*$/i.test(text);
}

/** The number with what is missing; `undefined` where its country is not written. */
function meantBy(text: string): string | undefined {
  const plain = text
    .trim()
    .replace(/^tel:/i, '')
    .replaceAll(/[\s()]/g, '');
  return isNumber(`tel:${plain}`) ? `tel:${plain}` : undefined;
}

/** A PBX's line for somebody of whom the files say that no PBX is controlled for. */
function idleServer(user: LyncObject): Property | undefined {
  const control = user.setProperty('RemoteCallControlTelephonyEnabled');
  if (!control?.type || readValue(control.type, control.value) !== false) return undefined;
  const property = user.setProperty('LineServerURI');
  return property?.own && textOf(property.value)?.trim() ? property : undefined;
}
