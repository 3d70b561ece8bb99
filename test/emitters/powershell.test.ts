import assert from 'node:assert/strict';
import fc from 'fast-check';
import { commentLines, inComment, literal, type Literal } from '../../server/src/emitters/powershell.ts';
import { descendants, nasty, parseScript, skeletonOf, tableIn } from './script.ts';

function read(expression: string): unknown {
  return tableIn(parseScript(`$x = ${expression}`), 'x');
}

describe('a value as a PowerShell literal', () => {
  const values: readonly [Literal, string][] = [
    [true, '$true'],
    [false, '$false'],
    [null, '$null'],
    [30, '30'],
    [-1, '-1'],
    [1e21, "'1e+21'"],
    ['PhotosFromADOnly', "'PhotosFromADOnly'"],
    ["O'Brien", "'O''Brien'"],
    ['', "''"],
    ['Jörg', "(-join ('J', [char]0x00F6, 'rg'))"],
    ['é', '(-join ([char]0x00E9))'],
    ['a\r\nb', "(-join ('a', [char]0x000D, [char]0x000A, 'b'))"],
    ['😀', '(-join ([char]0xD83D, [char]0xDE00))'],
    [['Internal', 'Local'], "@('Internal', 'Local')"],
    [[], '@()'],
  ];
  for (const [value, expected] of values)
    it(`is ${expected}`, () => {
      assert.equal(literal(value), expected);
    });

  it('is the text again, whatever the text', () => {
    const texts = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(fc.integer({ min: 0, max: 0xffff })).map((codes) => String.fromCharCode(...codes)),
      fc
        .array(fc.constantFrom("'", '’', '$', '(', ')', '`', '"', '\n', ';', '#', '@', 'a'))
        .map((c) => c.join('')),
    );
    fc.assert(
      fc.property(texts, (text) => {
        const expression = literal(text);
        assert.match(expression, /^[\x20-\x7E]+$/);
        assert.equal(read(expression), text);
      }),
      { numRuns: 300, examples: nasty.map((text): [string] => [text]) },
    );
  });

  it('is the list again, whatever is in it', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' }), { minLength: 1 }), (texts) => {
        assert.deepEqual(read(literal(texts)), texts);
      }),
    );
  });
});

describe('a text in a PowerShell comment', () => {
  it('stays on its line and in the comment', () => {
    const plain = skeletonOf(
      parseScript(['<#', '.NOTES', "'name'", '#>', '# From name', "$x = 'y'"].join('\r\n')),
    );
    const texts = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom(...nasty));
    fc.assert(
      fc.property(texts, (text) => {
        const name = inComment(text);
        const lines = ['<#', '.NOTES', `'${name}'`, '#>', `# From ${name}`, "$x = 'y'"];
        const root = parseScript(lines.join('\r\n'));
        assert.equal(skeletonOf(root), plain);
        assert.equal([...descendants(root)].filter(({ type }) => type === 'comment').length, 2);
      }),
      { numRuns: 300, examples: nasty.map((text): [string] => [text]) },
    );
  });

  it('is cut at spaces where the line is full', () => {
    assert.deepEqual(commentLines('one two three four', 10), ['# one two', '# three', '# four']);
  });

  it('begins no signature, behind which PowerShell reads nothing', () => {
    assert.doesNotMatch(
      commentLines('x # SIG # Begin signature block', 12).join('\n'),
      /begin signature block/i,
    );
  });
});
