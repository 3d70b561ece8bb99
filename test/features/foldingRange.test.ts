import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { FoldingRange } from 'vscode-languageserver-types';
import { foldingRanges } from '../../server/src/features/foldingRange.ts';
import { root } from '../fixture.ts';
import { projectWith, sampleFiles, sampleNames } from '../samples.ts';
import { lineStarts } from './cursor.ts';

const uri = `${root}/users.lync.yaml`;

function foldsOf(text: string, most?: number, name = uri): FoldingRange[] {
  return foldingRanges(projectWith(new Map([[name, text]])), name, most) ?? [];
}

/** The text with, in front of each line, the folds that start there. */
function shown(text: string, most?: number, name?: string): string {
  const folds = foldsOf(text, most, name);
  return text
    .split('\n')
    .map((line, index) => {
      const here = folds.filter(({ startLine }) => startLine === index);
      const words = here.map(({ endLine, kind }) => `${endLine}${kind === undefined ? '' : ` ${kind}`}`);
      return `${words.join(', ').padEnd(10)}|${line}`;
    })
    .join('\n');
}

/** Two folds lie in each other or apart, and each has a line of its own to stand at. */
function areValid(folds: readonly FoldingRange[], lines: number): void {
  const around: FoldingRange[] = [];
  let last = -1;
  for (const fold of folds) {
    assert.ok(
      fold.startLine > last && fold.startLine < fold.endLine && fold.endLine < lines,
      JSON.stringify(fold),
    );
    last = fold.startLine;
    while ((around.at(-1)?.endLine ?? Infinity) < fold.startLine) around.pop();
    const parent = around.at(-1);
    assert.ok(!parent || fold.endLine <= parent.endLine, JSON.stringify([parent, fold]));
    around.push(fold);
  }
}

describe('folding', () => {
  it('takes sections, objects, lists and comments', () => {
    const text = `# Contoso
# People
CsUser: # all
  # Smart cards
  - SipAddress: sip:ken@contoso.com
    RegistrarPool: pool01.contoso.com

  # Ann has
  # none
  - SipAddress: sip:ann@contoso.com

# Pools
CsPool:
- Identity: pool01.contoso.com
  Computers:
  - fe01.contoso.com
  - fe02.contoso.com
  # - fe03.contoso.com
`;
    assert.equal(
      shown(text),
      `1 comment |# Contoso
          |# People
9         |CsUser: # all
          |  # Smart cards
5         |  - SipAddress: sip:ken@contoso.com
          |    RegistrarPool: pool01.contoso.com
          |
8 comment |  # Ann has
          |  # none
          |  - SipAddress: sip:ann@contoso.com
          |
          |# Pools
17        |CsPool:
17        |- Identity: pool01.contoso.com
16        |  Computers:
          |  - fe01.contoso.com
          |  - fe02.contoso.com
          |  # - fe03.contoso.com
          |`,
    );
  });

  it('takes documents, and brackets without their last line', () => {
    assert.equal(
      shown(`---
CsPool: [
  a,
]
---
{
  "CsUser": [
    { "a": 1 }
  ],
  "b": {
    "c": 1
  }
}
...`),
      `3         |---
2         |CsPool: [
          |  a,
          |]
12        |---
11        |{
7         |  "CsUser": [
          |    { "a": 1 }
          |  ],
10        |  "b": {
          |    "c": 1
          |  }
          |}
          |...`,
    );
  });

  it('takes regions, and none that crosses something else', () => {
    assert.equal(
      shown(`# region pools
CsPool:
  #region one
  - Identity: a
    # region
    # about this
  - Identity: b
  # endregion
  # endregion
# endregion of pools
# endregion
`),
      `9 region  |# region pools
8         |CsPool:
8 region  |  #region one
5         |  - Identity: a
          |    # region
          |    # about this
          |  - Identity: b
          |  # endregion
          |  # endregion
          |# endregion of pools
          |# endregion
          |`,
    );
  });

  it('takes text for text, whatever it looks like', () => {
    assert.equal(
      shown(`CsPool:
  - x-note: |
      # one
      # region
        - a:
            b
      # endregion
    x-more: "
      # one

      # two"
    x-plain: 'it''s'
`),
      `11        |CsPool:
11        |  - x-note: |
          |      # one
          |      # region
          |        - a:
          |            b
          |      # endregion
10        |    x-more: "
          |      # one
          |
          |      # two"
          |    x-plain: 'it''s'
          |`,
    );
  });

  it('takes the configuration, and nothing of files that are none of ours', () => {
    assert.equal(
      shown('rules:\n  no-ucs-with-2fa: off\n', undefined, `${root}/lync.config.yaml`),
      '1         |rules:\n          |  no-ucs-with-2fa: off\n          |',
    );
    assert.deepEqual(foldsOf('a:\n  b: c\n', undefined, `${root}/values.yaml`), []);
  });

  it('leaves inner ranges out where there are too many', () => {
    const text = 'CsUser:\n  - a:\n      b: c\n  - d: e\n    f: g\nCsPool:\n  - h: i\n    j: k\n';
    const lines = (most: number): number[] => foldsOf(text, most).map(({ startLine }) => startLine);
    assert.deepEqual(lines(5), [0, 1, 3, 5, 6]);
    assert.deepEqual(lines(4), [0, 1, 3, 5]);
    assert.deepEqual(lines(2), [0, 5]);
    assert.deepEqual(lines(1), [0]);
    for (const none of [0, -1, NaN]) assert.deepEqual(lines(none), []);
  });

  for (const [ends, eol] of Object.entries({ CRLF: '\r\n', LF: '\n' }))
    it(`counts lines that end in ${ends}`, () => {
      const text = 'CsUser:\n  # one\n  # two\n\n  - a: b\n    c: d\n'.replaceAll('\n', eol);
      assert.deepEqual(
        foldsOf(text).map(({ startLine, endLine }) => [startLine, endLine]),
        [
          [0, 5],
          [1, 2],
          [4, 5],
        ],
      );
    });

  for (const name of sampleNames)
    it(`is sound in samples/${name}, wherever the text ends`, () => {
      for (const [file, text] of sampleFiles(name)) {
        const project = projectWith(new Map([[file, '']]));
        for (let length = 0; length <= text.length; length += 997) {
          project.setFile(file, text.slice(0, length));
          areValid(foldingRanges(project, file) ?? [], lineStarts(text.slice(0, length)).length);
        }
      }
    });

  it('is sound in any text', () => {
    const piece = fc.constantFrom(
      'CsUser:',
      '\n',
      '\n  ',
      '- ',
      'a: b',
      '# c',
      '# region',
      '# endregion',
      '---',
      '|',
      '"',
      "'",
      '{',
      ']',
      '\r',
      '\t',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), fc.nat(8), (pieces, most) => {
        const text = pieces.join('');
        areValid(foldsOf(text), lineStarts(text).length);
        const few = foldsOf(text, most);
        areValid(few, lineStarts(text).length);
        assert.equal(few.length, Math.min(most, foldsOf(text).length));
      }),
      { numRuns: 500 },
    );
  });
});
