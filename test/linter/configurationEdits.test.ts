import assert from 'node:assert/strict';
import { readConfiguration } from '../../server/src/model/configuration.ts';
import { newConfiguration, ruleSetting } from '../../server/src/linter/configurationEdits.ts';
import { SourceFile } from '../../server/src/parser/sourceFile.ts';

const id = 'no-ucs-with-2fa';

/** The configuration after the rule was switched off, which it must be then, and nothing else. */
function off(text: string): string | undefined {
  const file = new SourceFile('file:///contoso/lync.config.yaml', text);
  const before = readConfiguration(file);
  const edit = ruleSetting(file, id, 'off');
  if (!edit) return undefined;
  file.edit(edit.start, edit.end, edit.text);
  const after = readConfiguration(file);
  assert.deepEqual([...after.rules].sort(), [...new Map([...before.rules, [id, 'off']])].sort());
  assert.ok(after.problems.length <= before.problems.length);
  assert.deepEqual([after.files, after.mobileGateway], [before.files, before.mobileGateway]);
  return file.text;
}

const cases: readonly (readonly [name: string, before: string, after: string])[] = [
  ['an empty file', '', 'rules:\n  no-ucs-with-2fa: off\n'],
  ['comments alone', '# ours\n', '# ours\nrules:\n  no-ucs-with-2fa: off\n'],
  [
    'other settings',
    '---\nmobile:\n  gateway: LyncShield',
    '---\nmobile:\n  gateway: LyncShield\nrules:\n  no-ucs-with-2fa: off\n',
  ],
  [
    'other rules',
    'rules: # ours\n    valid-value: hint # a ticket\n# the end\nfiles: []\n',
    'rules: # ours\n    valid-value: hint # a ticket\n    no-ucs-with-2fa: off\n# the end\nfiles: []\n',
  ],
  [
    'the rule itself',
    'rules:\n  no-ucs-with-2fa: hint # why\nfiles: []\n',
    'rules:\n  no-ucs-with-2fa: off # why\nfiles: []\n',
  ],
  ['the rule in quotes', 'rules: { "no-ucs-with-2fa": "hint" }', 'rules: { "no-ucs-with-2fa": "off" }'],
  ['the rule without a value', 'rules:\n  no-ucs-with-2fa:\n', 'rules:\n  no-ucs-with-2fa: off\n'],
  ['a key without rules', 'rules: # ours\nfiles: []\n', 'rules: # ours\n  no-ucs-with-2fa: off\nfiles: []\n'],
  ['a key at the end', 'files: []\nrules:', 'files: []\nrules:\n  no-ucs-with-2fa: off'],
  ['no rules by name', 'rules: ~ # none\n', 'rules: { no-ucs-with-2fa: off } # none\n'],
  ['empty braces', 'rules: {}\n', 'rules: { no-ucs-with-2fa: off }\n'],
  ['braces', 'rules: { valid-value: hint }\n', 'rules: { valid-value: hint, no-ucs-with-2fa: off }\n'],
  ['all in braces', '{ files: [] }\n', '{ files: [], rules: { no-ucs-with-2fa: off } }\n'],
  [
    'rules in outer braces',
    '{ rules: { valid-value: hint }, files: [] }\n',
    '{ rules: { valid-value: hint, no-ucs-with-2fa: off }, files: [] }\n',
  ],
  [
    'JSON',
    '{\n  "rules": {}, "files": []\n}\n',
    '{\n  "rules": { "no-ucs-with-2fa": "off" }, "files": []\n}\n',
  ],
  ['JSON without rules', '{"files": []}', '{"files": [], "rules": { "no-ucs-with-2fa": "off" }}'],
];

describe('a rule is switched off in a configuration with', () => {
  for (const [name, before, after] of cases) {
    it(name, () => {
      assert.equal(off(before), after);
      assert.equal(off(`\uFEFF${before}`), `\uFEFF${after}`);
      const crlf = before.replaceAll('\n', '\r\n');
      if (crlf !== before) assert.equal(off(crlf), after.replaceAll('\n', '\r\n'));
    });
  }

  it('nothing that could be understood otherwise', () => {
    for (const text of ['rules: [a]\n', 'rules:\n  - a\n', 'rules: off\n', '- a\n', 'rules: {\n', '"'])
      assert.equal(off(text), undefined, text);
  });

  it('nothing at all, in a new one', () => {
    assert.equal(newConfiguration(id, 'off'), off(''));
  });
});
