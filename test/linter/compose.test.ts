import assert from 'node:assert/strict';
import fc from 'fast-check';
import { composed } from '../../server/src/linter/compose.ts';
import type { TextEdit } from '../../server/src/linter/edits.ts';

const before = 'abcdefghijklmnopqrstuvwxyz';

/** Edits of a text of some length, in order, without overlap. */
function editsOf(length: number, numbers: readonly number[], letters: string): TextEdit[] {
  const offsets = numbers.map((number) => number % (length + 1)).sort((a, b) => a - b);
  const edits: TextEdit[] = [];
  for (let index = 0; index + 1 < offsets.length; index += 2) {
    const [start = 0, end = 0] = offsets.slice(index, index + 2);
    edits.push({ start, end, text: letters.slice(0, (numbers[index] ?? 0) % 4) });
  }
  return edits;
}

function applied(text: string, edits: readonly TextEdit[]): string {
  let result = '';
  let at = 0;
  for (const { start, end, text: inserted } of edits) {
    assert.ok(start >= at && end >= start, 'Edits come in order and without overlap.');
    result += text.slice(at, start) + inserted;
    at = end;
  }
  return result + text.slice(at);
}

describe('two lists of edits as one', () => {
  it('do what they do one after the other', () => {
    const numbers = fc.array(fc.nat(1000), { maxLength: 10 });
    fc.assert(
      fc.property(numbers, numbers, (one, two) => {
        const first = editsOf(before.length, one, 'ABCD');
        const between = applied(before, first);
        const second = editsOf(between.length, two, '1234');
        assert.equal(applied(before, composed(first, second)), applied(between, second));
      }),
      { numRuns: Number(process.env.RUNS ?? 1000) },
    );
  });

  it('leave alone what neither of them touches', () => {
    const first = [{ start: 2, end: 3, text: 'C' }];
    const second = [{ start: 20, end: 20, text: '!' }];
    assert.deepEqual(composed(first, second), [...first, ...second]);
  });
});
