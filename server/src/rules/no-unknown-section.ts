import { place } from '../model/place.ts';
import { sectionTypes } from '../schema/schema.ts';
import { nearest } from '../linter/nearest.ts';
import { textInPlaceOf } from '../linter/yamlText.ts';
import { rule } from '../linter/rule.ts';

export default rule({
  id: 'no-unknown-section',
  severity: 'error',
  group: 'files',
  summary: 'Top-level keys that are no section.',
  why: "What stands below a misspelled section is not read, so nothing in it is checked, and other rules miss it. A key that begins with Cs may be a cmdlet noun that is not checked here, so that is for information. Keys that begin with x- are the author's own.",
  remedy: 'Write the noun of the cmdlet: CsUser for what Get-CsUser prints.',
  block: function* ({ file, block, contents }) {
    for (const { key, type } of contents.sections) {
      if (type || key.text.toLowerCase().startsWith('x-')) continue;
      const meant = sectionNear(key.text);
      const at = place(file.file, block, key);
      if (meant)
        yield {
          at,
          message: `There is no section '${key.text}': is '${meant}' meant? What stands below it is not checked.`,
        };
      else if (/^cs/i.test(key.text))
        yield {
          at,
          severity: 'info',
          message: `'${key.text}' is not checked: only what two-factor sign-in touches is known here.`,
        };
      else
        yield {
          at,
          message: `'${key.text}' is no section. A section is the noun of a Lync cmdlet, like CsUser; a key of your own begins with x-.`,
        };
    }
  },
  fixes: function* ({ at }) {
    const written = at.block.text.slice(at.start, at.end);
    const meant = sectionNear(written.replace(/^["']|["']$/g, ''));
    if (meant)
      yield {
        title: `Change '${written}' to '${meant}'`,
        changes: [{ kind: 'replace', at, text: textInPlaceOf(at, meant) }],
      };
  },
  examples: {
    bad: [
      `CsUsers:
#^^^^^^ no-unknown-section
  - SipAddress: sip:ken@contoso.com
`,
      `Users:
#^^^^ no-unknown-section
  - SipAddress: sip:ken@contoso.com
`,
    ],
    good: [
      `CsUser:
  - SipAddress: sip:ken@contoso.com
`,
    ],
    near: [
      `# A key that begins with x- is your own; here it holds what two pools share.
x-passive: &passive { UseWsFedPassiveAuth: false, UseWindowsAuth: Negotiate }
CsWebServiceConfiguration:
  - { Identity: WebServer:pool01.contoso.com, <<: *passive }
  - { Identity: WebServer:pool02.contoso.com, <<: *passive }
`,
      `# Names compare without case, so this is read; that PowerShell writes it otherwise, prefer-canonical-case says.
csuser:
  - SipAddress: sip:ken@contoso.com
`,
    ],
  },
});

function sectionNear(name: string): string | undefined {
  return nearest(
    name,
    Array.from(sectionTypes(), (type) => type.name),
  );
}
