import { rule } from '../linter/rule.ts';
import type { LyncObject, Property } from '../model/object.ts';
import { textOf } from '../parser/nodes.ts';

export default rule({
  id: 'valid-sip-address',
  severity: 'error',
  group: 'files',
  summary: 'SIP addresses of users that are not sip:user@domain.',
  why: 'People sign in with the address, and every cmdlet that takes a user is given it. Without sip: in front, or with a blank in it, no user is found under it. Source: help of Enable-CsUser and Set-CsUser.',
  remedy: 'Write the address as Get-CsUser prints it: sip:, the name, @, the SIP domain.',
  isPersonal: true,
  sections: ['CsUser'],
  object: function* (user) {
    const wrong = wrongIn(user);
    if (!wrong) return;
    const meant = meantBy(wrong.text);
    yield {
      at: user.placeOf(wrong.property),
      message: `'${wrong.text}' is no SIP address: ${problemOf(wrong.text)}. Write ${meant === undefined ? 'it as Get-CsUser prints it, like sip:user@contoso.com' : `'${meant}'`}.`,
    };
  },
  fixes: function* ({ object }) {
    const wrong = object && wrongIn(object);
    const meant = wrong && meantBy(wrong.text);
    if (!wrong || meant === undefined) return;
    yield {
      title: `Change it to '${meant}'`,
      changes: [{ kind: 'set', object, property: wrong.property.name, value: meant }],
    };
  },
  examples: {
    bad: [
      `CsUser:
  - SipAddress: ken@contoso.com
    #           ^^^^^^^^^^^^^^^ valid-sip-address
    RegistrarPool: pool01.contoso.com
`,
      `CsUser:
  - SipAddress: sip:ken myer@contoso.com
    #           ^^^^^^^^^^^^^^^^^^^^^^^^ valid-sip-address
`,
      `CsUser:
  - SipAddress: sip:ken
    #           ^^^^^^^ valid-sip-address
`,
    ],
    good: [
      `CsUser:
  - SipAddress: sip:ken@contoso.com
    RegistrarPool: pool01.contoso.com
`,
    ],
    near: [
      `# Names compare without case, and a name may have an apostrophe, a dot or a plus.
CsUser:
  - SipAddress: SIP:Padraig.O'Sullivan+test@Contoso.com
`,
      `# Somebody who is not enabled for Lync has no address; what has no name at all, valid-value says.
CsUser:
  - { SipAddress: , Identity: "CN=Ken Myer,OU=People,DC=contoso,DC=com" }
`,
    ],
  },
});

interface Wrong {
  readonly property: Property;
  readonly text: string;
}

function wrongIn(user: LyncObject): Wrong | undefined {
  const property = user.setProperty('SipAddress');
  const text = property && textOf(property.value);
  if (!property?.own || text === undefined || text === '' || isAddress(text)) return undefined;
  // A text that does not end is for yaml-syntax.
  if (user.mappingBlock.problems.length > 0) return undefined;
  return { property, text };
}

/** A blank around it is YAML's business, or in quotes the export's: it is as wrong as one inside. */
function isAddress(text: string): boolean {
  return /^sip:[^\s@:;?<>"]+@[^\s@:;?<>"/]+$/i.test(text);
}

function problemOf(text: string): string {
  if (!/^sip:/i.test(text.trim())) return "it does not begin with 'sip:'";
  if (/\s/.test(text)) return 'it has a blank in it';
  const at = text.split('@').length - 1;
  if (at !== 1) return at === 0 ? "it has no '@' and no SIP domain" : "it has more than one '@'";
  return 'there is no user, no SIP domain, or a character that neither can have';
}

/** The address that somebody obviously had in mind. */
function meantBy(text: string): string | undefined {
  const meant = `sip:${text.trim().replace(/^(?:sips?|mailto|smtp|im):/i, '')}`;
  return isAddress(meant) ? meant : undefined;
}
