import assert from 'node:assert/strict';
import { onTypeFormatting } from '../../server/src/features/onTypeFormatting.ts';
import { projectWith, sampleFiles, sampleNames } from '../samples.ts';
import { appliedTo } from './apply.ts';
import { cursorIn, lineStarts, offsetAt } from './cursor.ts';

/** The text after Enter was pressed before the cursor, as an editor leaves it. */
function formatted(fixture: string, tabSize = 2): string {
  const { project, uri, position, files } = cursorIn(fixture);
  const edits = onTypeFormatting(project, uri, position, '\n', { tabSize }) ?? [];
  return appliedTo(files.get(uri) ?? '', edits);
}

function becomes(fixture: string, expected: string, tabSize?: number): void {
  assert.equal(formatted(fixture, tabSize), expected);
}

describe('a new line', () => {
  it('is indented below a section', () => {
    becomes('CsUser:\n$0\n', 'CsUser:\n  \n');
    becomes('CsUser: # people\n$0', 'CsUser: # people\n  ');
    becomes('CsUser:\n$0', 'CsUser:\n    ', 4);
  });

  it('stands at the column of the items that a section has already', () => {
    becomes('CsSite:\n  $0\n- Identity: Redmond\n', 'CsSite:\n\n- Identity: Redmond\n');
    becomes('CsSite:\n$0\n\n    - Identity: Redmond\n', 'CsSite:\n    \n\n    - Identity: Redmond\n');
  });

  it('stands at the column of the item that it goes on', () => {
    becomes(
      'CsUser:\n  - SipAddress: sip:ken@contoso.com\n  $0\n',
      'CsUser:\n  - SipAddress: sip:ken@contoso.com\n    \n',
    );
    becomes(
      'CsUser:\n-   SipAddress: "sip:ken: a" # - x: y\n$0',
      'CsUser:\n-   SipAddress: "sip:ken: a" # - x: y\n    ',
    );
    becomes('CsUser:\n  -\n$0', 'CsUser:\n  -\n    ');
  });

  it('stands below the property in front of it', () => {
    becomes(
      'CsUser:\n  - SipAddress: sip:ken@contoso.com\n    Enabled: true\n$0',
      'CsUser:\n  - SipAddress: sip:ken@contoso.com\n    Enabled: true\n    ',
    );
  });

  it('is deeper behind a key without a value', () => {
    becomes(
      'CsSite:\n  - Identity: Redmond\n    Pools:\n    $0',
      'CsSite:\n  - Identity: Redmond\n    Pools:\n      ',
    );
    becomes('CsSite:\n  - Pools: &all\n$0', 'CsSite:\n  - Pools: &all\n      ');
    becomes('CsSite:\n  - Pools:\n$0- a\n', 'CsSite:\n  - Pools:\n      - a\n');
  });

  it('stands at the column of a key that is empty, where its value is no list and no mapping', () => {
    for (const [section, key] of [
      ['CsUser', 'ClientPolicy'],
      ['CsUser', 'Enabled'],
      ['CsUser', '"LineURI"'],
      ['CsUser', 'clientpolicy'],
      ['CsClientPolicy', 'DisplayPhoto'],
    ] as const) {
      becomes(`${section}:\n  - ${key}:\n$0`, `${section}:\n  - ${key}:\n    `);
      becomes(
        `${section}:\n- x: 1\n  ${key}:  # why\n      $0\n  y: 2\n`,
        `${section}:\n- x: 1\n  ${key}:  # why\n  \n  y: 2\n`,
      );
    }
    becomes(
      '\uFEFFCsOAuthConfiguration:\r\n  Identity:\r\n$0\r\n',
      '\uFEFFCsOAuthConfiguration:\r\n  Identity:\r\n  \r\n',
    );
  });

  it('is deeper behind a key whose value is on its way, or that nobody knows', () => {
    for (const [key, rest] of [
      ['ClientPolicy:', 'SmartCard'],
      ['ClientPolicy: &card', ''],
      ['Clientpolice:', ''],
      ['x-note:', ''],
    ] as const)
      becomes(`CsUser:\n  - ${key}\n$0${rest}`, `CsUser:\n  - ${key}\n      ${rest}`);
    becomes('CsDialPlan:\n  - Identity:\n$0', 'CsDialPlan:\n  - Identity:\n      ');
    becomes('CsSite:\n  - x-a:\n      Identity:\n$0', 'CsSite:\n  - x-a:\n      Identity:\n        ');
    becomes(
      'CsUser:\n  - ClientPolicy:\n$0\n        FriendlyName: A\n',
      'CsUser:\n  - ClientPolicy:\n        \n        FriendlyName: A\n',
    );
  });

  it('goes on a list with the dash below the one before', () => {
    becomes('CsSite:\n  - Pools:\n      - a\n        $0', 'CsSite:\n  - Pools:\n      - a\n      ');
  });

  it('is deeper in brackets, and then like its neighbours', () => {
    becomes('CsPool:\n  - Computers: [\n$0\n', 'CsPool:\n  - Computers: [\n      \n');
    becomes(
      'CsPool:\n  - Computers: [\n       a,\n$0\n       ]\n',
      'CsPool:\n  - Computers: [\n       a,\n       \n       ]\n',
    );
    becomes(
      '{\n  "CsUser": [\n    { "a": 1,\n      "b": 2 },\n$0\n  ]\n}\n',
      '{\n  "CsUser": [\n    { "a": 1,\n      "b": 2 },\n    \n  ]\n}\n',
    );
    becomes('CsPool:\n  - Computers: [\n      a\n$0]\n', 'CsPool:\n  - Computers: [\n      a\n    ]\n');
  });

  it('goes on with the next key behind a value of several lines', () => {
    becomes(
      'CsPool:\n  - Computers: [a,\n      b]\n      $0\n',
      'CsPool:\n  - Computers: [a,\n      b]\n    \n',
    );
    becomes('CsPool:\n  - x-note: "a\n      b"\n      $0\n', 'CsPool:\n  - x-note: "a\n      b"\n    \n');
  });

  it('goes on with the next key behind plain text of several lines', () => {
    becomes('CsPool:\n  - x-note: one\n      two\n$0', 'CsPool:\n  - x-note: one\n      two\n    ');
  });

  it('has blanks for tabs', () => {
    becomes('CsUser:\n\t$0', 'CsUser:\n  ');
  });

  it('keeps CRLF and a byte-order mark', () => {
    becomes('\uFEFFCsUser:\r\n$0\r\n', '\uFEFFCsUser:\r\n  \r\n');
    becomes('\uFEFFx-a: {b: c}\n  $0', '\uFEFFx-a: {b: c}\n');
  });

  it('is deeper behind the mark of a block scalar', () => {
    becomes('CsPool:\n  - x-note: |\n$0', 'CsPool:\n  - x-note: |\n      ');
  });

  it('is indented in the configuration, too', () => {
    becomes('#- lync.config.yaml\ntwoFactor:\n$0', 'twoFactor:\n  ');
  });

  for (const [where, fixture] of Object.entries({
    'behind a blank line': 'CsUser:\n  - SipAddress: sip:ken@contoso.com\n\n$0',
    'in a block scalar': 'CsPool:\n  - x-note: |\n      a:\n $0',
    'in quotes': 'CsPool:\n  - x-note: "a:\n $0 b"\n',
    'in quotes that do not end': 'CsPool:\n  - x-note: "a:\n $0',
    'in front of a comment': 'CsUser:\n$0# people\n',
    'behind a comment': '# people\n  $0\n',
    'behind a document marker': '---\n  $0',
    'in a line that was split': 'CsUser:\n  - SipAddress: sip:ken\n $0@contoso.com\n',
    'in the first line': '$0CsUser:\n',
    'in a file that is none of ours': '#- values.yaml\na:\n$0',
  }))
    it(`stays where it is ${where}`, () => {
      const { files, uri } = cursorIn(fixture);
      becomes(fixture, files.get(uri) ?? '');
    });

  it('is answered for nothing but a line end', () => {
    const { project, uri, position } = cursorIn('CsUser:\n$0');
    assert.equal(onTypeFormatting(project, uri, position, ':', { tabSize: 2 }), undefined);
  });

  it('takes odd options and positions', () => {
    const { project, uri } = cursorIn('CsUser:\n$0');
    for (const tabSize of [NaN, -1, 0, 1e9, 2.5])
      assert.equal(
        onTypeFormatting(project, uri, { line: 1, character: 0 }, '\n', { tabSize })?.[0]?.newText,
        '  ',
      );
    for (const line of [-1, 2, 99])
      assert.equal(onTypeFormatting(project, uri, { line, character: 0 }, '\n', { tabSize: 2 }), undefined);
  });

  for (const name of sampleNames)
    it(`touches nothing but the white space in front of a line of samples/${name}`, () => {
      const files = sampleFiles(name);
      const project = projectWith(files);
      for (const [uri, text] of files) {
        const starts = lineStarts(text);
        for (const line of starts.keys()) {
          const edits = onTypeFormatting(project, uri, { line, character: 0 }, '\n', { tabSize: 2 }) ?? [];
          for (const { range, newText } of edits) {
            assert.equal(range.start.line, line);
            const written = text.slice(
              offsetAt(text, range.start, starts),
              offsetAt(text, range.end, starts),
            );
            assert.match(written + newText, /^[ \t]*$/);
          }
        }
      }
    });
});
