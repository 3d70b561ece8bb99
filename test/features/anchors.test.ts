import assert from 'node:assert/strict';
import fc from 'fast-check';
import { LocationLink, MarkupContent, type Location } from 'vscode-languageserver-types';
import { definition } from '../../server/src/features/definition.ts';
import { documentHighlight } from '../../server/src/features/documentHighlight.ts';
import { hover } from '../../server/src/features/hover/hover.ts';
import { references } from '../../server/src/features/references.ts';
import { prepareRename, rename } from '../../server/src/features/rename.ts';
import { readYaml } from '../../server/src/parser/read.ts';
import { applied } from './apply.ts';
import { cursorIn, textIn } from './cursor.ts';
import { bracketed, words } from './navigation.ts';

const text = `x-base: &base # see &base
  DisplayPhoto: NoPhoto
  EnableIMAutoArchiving: false
x-more: &more
  <<: *base
  displayphoto: AllPhotos
  MaxPhotoSizeKB: 30
CsClientPolicy:
  - &card
    Identity: &name SmartCard
    <<: [*more, *base]
    EnableIMAutoArchiving:
  - *card
  - { Identity: Tag:Last, <<: *base }
CsUser:
  - SipAddress: sip:ken@contoso.com
    ClientPolicy: *name
---
x-base: &base {}
CsClientPolicy:
  - <<: *base
`;

/** The document with the cursor at a piece of it that it has once. */
function at(marked: string): string {
  const piece = marked.replace('$0', '');
  assert.equal(text.split(piece).length, 2, `'${piece}' is in the document once`);
  return text.replace(piece, () => marked);
}

function leads(fixture: string, ...expected: string[]): void {
  const { project, uri, position, files } = cursorIn(fixture);
  const found = definition(project, uri, position, false) as Location[] | undefined;
  assert.deepEqual(found && words(files, found), expected);
}

function uses(fixture: string, includeDeclaration = true): string[] | undefined {
  const { project, uri, position, files } = cursorIn(fixture);
  const found = references(project, uri, position, includeDeclaration);
  return found && words(files, found);
}

function renamed(fixture: string, newName: string): string {
  const { project, uri, position, files } = cursorIn(fixture);
  const edit = rename(project, uri, position, newName, () => 1);
  return 'problem' in edit ? edit.problem : (applied(files, edit).get(uri) ?? '');
}

function shown(fixture: string): string | undefined {
  const { project, uri, position, files } = cursorIn(fixture);
  const found = hover(project, uri, position);
  if (!found?.range) return undefined;
  assert.ok(MarkupContent.is(found.contents));
  return `[${textIn(files.get(uri) ?? '', found.range)}]\n${found.contents.value}`;
}

describe('an alias', () => {
  it('leads to its anchor: as a value, behind a merge key and in lists', () => {
    leads(at('ClientPolicy: *na$0me'), 'deployment:10 &name');
    leads(at('Last, <<: $0*base'), 'deployment:1 &base');
    leads(at('[*more, *base$0]'), 'deployment:1 &base');
    leads(at('- *ca$0rd'), 'deployment:9 &card');
  });

  it('leads to the anchor of its own document, and to the nearest above of two', () => {
    leads(at('- <<: *b$0ase'), 'deployment:19 &base');
    leads('x-a: [&a 1, &a 2, *$0a, &a 3]\nCsSite: []\n', 'deployment:1 &a');
    const { project, uri, position } = cursorIn('x-a: &a 1\nx-b: &a 2\nCsSite:\n  - x-c: *$0a\n');
    const [link] = definition(project, uri, position, true) ?? [];
    assert.ok(LocationLink.is(link));
    assert.deepEqual(link.targetSelectionRange.start, { line: 1, character: 5 });
    assert.deepEqual(link.targetRange.end, { line: 1, character: 9 });
  });

  it('leads nowhere without an anchor', () => {
    for (const fixture of ['CsSite:\n  - Identity: *$0no\n', 'CsSite:\n  - x: *a$0\n  - x: &a 1\n']) {
      const { project, uri, position } = cursorIn(fixture);
      assert.equal(definition(project, uri, position, true), undefined);
      assert.equal(references(project, uri, position, true), undefined);
      assert.equal(prepareRename(project, uri, position), undefined);
    }
  });

  it('shows what it stands for, and what that means', () => {
    assert.equal(
      shown(at('- *ca$0rd')),
      `[*card]
**\`*card\`** stands for a mapping of 3 keys, from line 9.

- Identity: \`SmartCard\`
- \\<\\<: a list of 2
- EnableIMAutoArchiving: nothing`,
    );
    assert.match(
      shown(at('ClientPolicy: *na$0me')) ?? '',
      /^\[\*name\]\n\*\*`\*name`\*\* stands for `SmartCard`, from line 10\.\n\n\*\*`SmartCard`\*\* \(CsClientPolicy\)/,
    );
  });
});

describe('an anchor', () => {
  it('is named by all aliases that mean it', () => {
    const expected = [
      'deployment:1 &base',
      'deployment:5 *base',
      'deployment:11 *base',
      'deployment:14 *base',
    ];
    assert.deepEqual(uses(at('&b$0ase # see')), expected);
    assert.deepEqual(uses(at('Last, <<: *ba$0se')), expected);
    assert.deepEqual(uses(at('$0&base # see'), false), expected.slice(1));
    assert.deepEqual(uses('x-a: [&a 1, *a, &$0a 2, *a]\nCsSite:\n  - x: *a\n'), [
      'deployment:1 &a',
      'deployment:1 *a',
      'deployment:3 *a',
    ]);
  });

  it('is highlighted with its aliases', () => {
    const { project, uri, position, files } = cursorIn(at('- &card$0\n'));
    const found = documentHighlight(project, uri, position) ?? [];
    assert.deepEqual(
      bracketed(
        files.get(uri) ?? '',
        found.map(({ range }) => range),
      ),
      ['- [&card]', '- [*card]'],
    );
    assert.deepEqual(
      found.map(({ kind }) => kind),
      [3, 2],
    );
  });

  it('counts on its own characters only: behind it stands a name', () => {
    assert.deepEqual(uses(at('&name Smart$0Card')), ['deployment:10 SmartCard']);
    assert.deepEqual(uses(at('&name $0SmartCard')), ['deployment:10 SmartCard']);
    assert.deepEqual(uses(at('&name$0 SmartCard')), ['deployment:10 &name', 'deployment:17 *name']);
  });

  it('is found behind tags, in flow style, on keys, without a value and behind a byte-order mark', () => {
    for (const [fixture, expected] of [
      ['CsSite:\n  - Identity: !!str &a$0 A\n    x: *a\n', '&a'],
      ['CsSite:\n  - Identity: &a$0 !!str A\n    x: *a\n', '&a'],
      ['CsSite: [{Identity: &$0a A,x: [&b B,*a]}]\n', '&a'],
      ['CsSite:\n  - x: &a$0\n    y: *a\n', '&a'],
      ['CsSite:\n  - &a\n    &b$0 Identity: *a\n    y: *b\n', '&b'],
      ['CsSite:\n  - "x": &\u{1f600}$0\n      - 1\n    y: *\u{1f600}\n', '&\u{1f600}'],
      ['\uFEFFx: &a$0 1\r\nCsSite:\r\n  - y: *a\r\n', '&a'],
      ['{"x": &a$0 "1", "CsSite": [{"y": *a }]}', '&a'],
    ] as const) {
      const found = uses(fixture);
      assert.equal(found?.length, 2, fixture);
      assert.match(found[0] ?? '', new RegExp(`${expected}$`, 'u'));
    }
  });

  it('says how often it is used', () => {
    assert.equal(shown(at('&ba$0se #')), '[&base]\n**`&base`** is used by 3 aliases in this document.');
    assert.match(shown('CsSite:\n  - &a$0 Identity: A\n') ?? '', /by no aliases/);
  });

  it('is renamed with its aliases, from either', () => {
    const expected = text
      .replace('&base # see', '&new # see')
      .replace('[*more, *base]', '[*more, *new]')
      .replace('*base\n  displayphoto', '*new\n  displayphoto')
      .replace('Last, <<: *base', 'Last, <<: *new');
    assert.equal(renamed(at('&ba$0se #'), 'new'), expected);
    assert.equal(renamed(at('Last, <<: *base$0'), ' new '), expected);
    assert.equal(
      renamed('x-a: [&a 1, *a, &a 2, *$0a]\nCsSite: []\n', 'b'),
      'x-a: [&a 1, *a, &b 2, *b]\nCsSite: []\n',
    );
  });

  it('is offered for a rename without its indicator', () => {
    const { project, uri, position, files } = cursorIn(at('- *ca$0rd'));
    const found = prepareRename(project, uri, position);
    assert.ok(found && !('problem' in found));
    assert.equal(textIn(files.get(uri) ?? '', found.range), 'card');
    assert.equal(found.placeholder, 'card');
  });

  it('takes no name that YAML does not, and none that is taken', () => {
    for (const [newName, problem] of [
      ['', 'The new name of the anchor is empty.'],
      ['a b', 'The name of an anchor cannot contain white space.'],
      ['a,', "The name of an anchor cannot contain ','."],
      ['[', "The name of an anchor cannot contain '['."],
      ['a:', 'The name of an anchor cannot end with a colon, because it would look like a key.'],
      ['more', "Another anchor of this document is called 'more' already."],
    ] as const)
      assert.equal(renamed(at('&ba$0se #'), newName), problem);
    assert.equal(renamed(at('&ba$0se #'), 'base'), text);
    assert.match(
      renamed(at('<<: *base\n`'.slice(0, 9).replace('*', '*$0') + '\n  displayphoto'), 'BASE'),
      /&BASE # see/,
    );
  });

  it('means the same under any name that is accepted', () => {
    const values = (written: string): unknown =>
      JSON.parse(
        JSON.stringify(readYaml(written), (key, value: unknown) =>
          key === 'anchor' || key === 'name' || key === 'start' || key === 'end' ? undefined : value,
        ),
      );
    const fixture = 'x-a: &a$0 { x: [*a, &b 1] }\nCsSite:\n  - <<: *a\n    y: [*a, *b]\n    &c z: *a\n';
    const before = values(fixture.replace('$0', ''));
    const name = fc.string({ minLength: 1, maxLength: 4, unit: 'binary' });
    fc.assert(
      fc.property(name, (newName) => {
        const after = renamed(fixture, newName);
        if (after.startsWith('x-a')) assert.deepEqual(values(after), before);
      }),
      { numRuns: 500 },
    );
  });
});

describe('hover on a merge', () => {
  it('says what it brings, and what of that is overridden', () => {
    assert.equal(
      shown(at('<$0<: [*more')),
      `[<<]
\`<<\` brings 2 properties; 2 more are overridden:

- displayphoto: \`AllPhotos\`
- MaxPhotoSizeKB: \`30\`
- ~~DisplayPhoto: \`NoPhoto\`~~, overridden by a mapping that is merged before, with \`AllPhotos\`
- ~~EnableIMAutoArchiving: \`false\`~~, overridden by the object's own nothing`,
    );
  });

  it('says of one of several mappings what that one brings', () => {
    assert.equal(shown(at('[*more, *b$0ase]')), '[*base]\n`*base` brings nothing.');
    assert.equal(
      shown(at('Last, <<: *b$0ase')),
      '[*base]\n`*base` brings 2 properties:\n\n- DisplayPhoto: `NoPhoto`\n- EnableIMAutoArchiving: `false`',
    );
  });

  it('ends where mappings merge each other', () => {
    assert.match(
      shown('x-a: &a\n  <<: [*a, *a]\n  k: 1\nCsSite:\n  - $0<<: *a\n') ?? '',
      /brings 1 property:\n\n- k: `1`$/,
    );
  });
});
