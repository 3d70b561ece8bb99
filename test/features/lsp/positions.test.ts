import assert from 'node:assert/strict';
import { toFileRange, toLocation } from '../../../server/src/features/lsp/positions.ts';
import { place } from '../../../server/src/model/place.ts';
import { SourceFile } from '../../../server/src/parser/sourceFile.ts';
import { sampleFiles, sampleNames } from '../../samples.ts';
import { lineStarts } from '../cursor.ts';

const uri = 'file:///contoso/users.lync.yaml';

/** Asserts of every offset that it becomes the position at which an editor counts it, and comes back. */
function roundTrips(text: string): void {
  const file = new SourceFile(uri, text);
  const starts = lineStarts(text);
  let line = 0;
  for (let offset = 0; offset <= text.length; offset++) {
    while ((starts[line + 1] ?? Infinity) <= offset) line++;
    const position = { line, character: offset - (starts[line] ?? 0) };
    assert.deepEqual(
      toFileRange(file, { start: offset, end: offset }),
      { start: position, end: position },
      `offset ${offset}`,
    );
    // Between \r and \n there is no position to come back to.
    const betweenLineEnds = text[offset - 1] === '\r' && text[offset] === '\n';
    assert.equal(file.offsetAt(position), betweenLineEnds ? offset - 1 : offset);
  }
}

const users = 'CsUser:\n  - SipAddress: sip:ken@contoso.com # 🔑 長田\n    DisplayName: "👩‍🔬 é"\n\n# end\n';

describe('positions', () => {
  it('count UTF-16 units: an emoji is two', () => {
    const text = 'CsUser:\n  - DisplayName: 🔑 Ken\n';
    const file = new SourceFile(uri, text);
    const start = text.indexOf('Ken');
    assert.deepEqual(toFileRange(file, { start, end: start + 3 }), {
      start: { line: 1, character: 20 },
      end: { line: 1, character: 23 },
    });
  });

  for (const [ends, eol] of Object.entries({ LF: '\n', CRLF: '\r\n', CR: '\r' }))
    it(`come back as the offset that they were, with ${ends}`, () => {
      roundTrips(users.replaceAll('\n', eol));
      roundTrips(users.replaceAll('\n', eol).trimEnd());
    });

  it('exist in an empty text', () => {
    roundTrips('');
    roundTrips('\n');
    roundTrips('\uFEFF');
  });

  for (const name of sampleNames)
    it(`come back in samples/${name}`, () => {
      for (const text of sampleFiles(name).values()) roundTrips(text.slice(0, 6000));
    });

  it('outside of the text are the nearest inside', () => {
    const text = 'CsUser:\r\n  - SipAddress: sip:ken@contoso.com';
    const file = new SourceFile(uri, text);
    assert.equal(file.offsetAt({ line: 0, character: 99 }), 7);
    assert.equal(file.offsetAt({ line: 0, character: -1 }), 0);
    assert.equal(file.offsetAt({ line: -5, character: 3 }), 3);
    assert.equal(file.offsetAt({ line: 99, character: 0 }), text.length);
  });

  it('follow the text when lines come above it', () => {
    const file = new SourceFile(uri, 'CsUser:\n  - SipAddress: sip:ken@contoso.com\n');
    const block = [...file.blocks].at(-1);
    assert.ok(block);
    const at = place(file, block, { start: 4, end: 14 });
    file.edit(0, 0, '# one\n# two\n');
    assert.deepEqual(toLocation(at), {
      uri,
      range: { start: { line: 3, character: 4 }, end: { line: 3, character: 14 } },
    });
  });

  it('are none where the text has changed since', () => {
    const file = new SourceFile(uri, 'CsUser:\n  - SipAddress: sip:ken@contoso.com\n');
    const block = [...file.blocks].at(-1);
    assert.ok(block);
    const at = place(file, block, { start: 4, end: 14 });
    file.edit(file.length - 2, file.length - 1, 'org');
    assert.equal(toLocation(at), undefined);
  });
});
