import assert from 'node:assert/strict';
import type { SelectionRange } from 'vscode-languageserver-types';
import { selectionRanges } from '../../server/src/features/selectionRange.ts';
import { isConfiguration } from '../../server/src/project.ts';
import { projectWith, sampleFiles, sampleNames } from '../samples.ts';
import { cursorIn, lineStarts, offsetAt, textIn } from './cursor.ts';

/** The texts that a selection grows to, from the cursor on. */
function growth(fixture: string): string[] {
  const { project, uri, position, files } = cursorIn(fixture);
  const text = files.get(uri) ?? '';
  const [found] = selectionRanges(project, uri, [position]) ?? [];
  return [...chain(found)].map(({ range }) => textIn(text, range));
}

function* chain(range: SelectionRange | undefined): Generator<SelectionRange> {
  for (let at = range; at; at = at.parent) yield at;
}

/** Each range holds the position and lies in the next, which is larger. */
function areNested(
  text: string,
  starts: readonly number[],
  offset: number,
  range: SelectionRange | undefined,
): void {
  assert.ok(range);
  let inner: { start: number; end: number } | undefined;
  for (const at of chain(range)) {
    const start = offsetAt(text, at.range.start, [...starts]);
    const end = offsetAt(text, at.range.end, [...starts]);
    assert.ok(start <= offset && offset <= end, `${start} to ${end} at ${offset}`);
    assert.ok(!inner || (start <= inner.start && inner.end <= end && end - start > inner.end - inner.start));
    inner = { start, end };
  }
}

describe('a selection', () => {
  it('grows from a word behind a quote that is not closed, whatever ends the line', () => {
    const [word, inside] = growth('CsSipDomain:\r\n  - Identity: "north$0wind.de\r\n');
    assert.deepEqual([word, inside], ['northwind', 'northwind.de\r\n']);
  });

  it('grows from the word in quotes to the file', () => {
    const item = '- SipAddress: "sip:ken@contoso.com" # smart card\n    RegistrarPool: pool01.contoso.com';
    const section = `CsUser: # all\n  # Ken\n  ${item}`;
    assert.deepEqual(growth(`${section.replace('ken', 'k$0en')}\n\n# Pools\nCsPool: []\n`), [
      'ken',
      'sip:ken@contoso.com',
      '"sip:ken@contoso.com"',
      'SipAddress: "sip:ken@contoso.com"',
      item.slice(2),
      item,
      section,
      `${section}\n\n# Pools\nCsPool: []`,
      `${section}\n\n# Pools\nCsPool: []\n`,
    ]);
  });

  it('grows from a key', () => {
    assert.deepEqual(growth('CsPool:\n- Identity: a\n  Comp$0uters: [b]\n').slice(0, 3), [
      'Computers',
      'Computers: [b]',
      'Identity: a\n  Computers: [b]',
    ]);
  });

  it('grows through brackets and to the document', () => {
    assert.deepEqual(growth('---\nCsPool: [{ Identity: a, Computers: [b, $0c] }]\n---\nCsUser: []\n'), [
      'c',
      '[b, c]',
      'Computers: [b, c]',
      '{ Identity: a, Computers: [b, c] }',
      '[{ Identity: a, Computers: [b, c] }]',
      'CsPool: [{ Identity: a, Computers: [b, c] }]',
      '---\nCsPool: [{ Identity: a, Computers: [b, c] }]',
      '---\nCsPool: [{ Identity: a, Computers: [b, c] }]\n---\nCsUser: []\n',
    ]);
  });

  it('grows from a section to the next', () => {
    assert.deepEqual(growth('CsS$0ite:\n  - Identity: a\nCsPool:\n  - Identity: b'), [
      'CsSite',
      'CsSite:\n  - Identity: a',
      'CsSite:\n  - Identity: a\nCsPool:\n  - Identity: b',
    ]);
  });

  it('grows from a comment to what it stands in', () => {
    assert.deepEqual(growth('CsUser:\n  - SipAddress: a\n    # not$0 yet\n    Enabled: true\n').slice(0, 2), [
      '# not yet',
      'SipAddress: a\n    # not yet\n    Enabled: true',
    ]);
  });

  it('is answered for each position, be it outside of the text, and in the configuration', () => {
    const { project, uri } = cursorIn('#- lync.config.yaml\nrules:\n  no-ucs-with-2fa: o$0ff\n');
    const positions = [-1, 0, 1, 2, 99].map((line) => ({ line, character: 6 }));
    assert.equal(selectionRanges(project, uri, positions)?.length, 5);
    const empty = cursorIn('$0');
    empty.project.setFile(`${uri}.lync.yaml`, '');
    assert.deepEqual(selectionRanges(empty.project, `${uri}.lync.yaml`, [{ line: 0, character: 0 }]), [
      { range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } } },
    ]);
  });

  it('is not answered for files that are none of ours', () => {
    const { project, uri, position } = cursorIn('#- values.yaml\na: $0b\n');
    assert.equal(selectionRanges(project, uri, [position]), undefined);
  });

  for (const name of sampleNames)
    it(`grows by ranges in each other in samples/${name}, wherever the text ends`, () => {
      for (const [uri, text] of sampleFiles(name)) {
        const project = projectWith(new Map());
        for (const length of [text.length, Math.floor(text.length / 2), Math.floor(text.length / 3)]) {
          const cut = text.slice(0, length);
          if (isConfiguration(uri)) project.setConfiguration(uri, cut);
          else project.setFile(uri, cut);
          const starts = lineStarts(cut);
          let line = 0;
          for (let offset = 0; offset <= length; offset += 7) {
            while ((starts[line + 1] ?? Infinity) <= offset) line++;
            const position = { line, character: offset - (starts[line] ?? 0) };
            areNested(cut, starts, offset, selectionRanges(project, uri, [position])?.[0]);
          }
        }
      }
    });
});
