import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { readPlainItem } from '../../server/src/parser/plainReader.ts';
import { readYaml } from '../../server/src/parser/read.ts';
import { SourceFile } from '../../server/src/parser/sourceFile.ts';

/** Asserts that what the small reader reads, the `yaml` package reads in the same way. @returns whether it read it */
function agrees(text: string): boolean {
  const ours = readPlainItem(text);
  if (!ours) return false;
  const { root, problems } = readYaml(text);
  const label = JSON.stringify(text);
  assert.deepEqual(problems, [], label);
  assert.ok(root?.type === 'sequence', label);
  assert.equal(root.items.length, 1, label);
  assert.deepEqual(ours, root.items[0], label);
  return true;
}

describe('the reader of plain blocks', () => {
  const runs = Number(process.env.RUNS ?? 500_000);

  it('reads what exports are made of', () => {
    const texts = [
      '- A: b\n',
      '  - SipAddress: sip:ken@contoso.com\n    LineURI: tel:+14255550100;ext=7 # desk\n\n# next\n',
      "- Name: 'O''Brien'\n  DisplayName: \"Ken, Malcolm\"\n  Count: 42\n  Enabled: true\n  Policy:\n",
      '  - Identity: x\n    Pools: [a.contoso.com, \'b\', "c"]\n    Empty: []\n',
      '- Proxies:\n  - smtp:ken@contoso.com\n  - sip:ken@contoso.com\n  Version: 5.0.8308.420\n',
      '- A: b\r\n  C:\r\n    - d\r\n    # e\r\n    - f\r\n',
      '  - { SipUri: sip:ken@contoso.com, UcsMode: Migrated, \'Note\': [a, "b"] } # one\n\n',
      '- {}\n',
      '- A: { FriendlyName: TwoFactor, Anchor: { TagId: 2 } }\n  B: {}\n  C: [a]\n',
      '- A: # nothing\n  B: c\n',
    ];
    for (const text of texts) assert.ok(agrees(text), text);
  });

  it('leaves to yaml what is unusual', () => {
    const texts = [
      '- A: |\n    text\n',
      '- A: &x b\n',
      '- A: *x\n',
      '- A: !!str 1\n',
      '- { A: b,\n    C: d }\n',
      '- { A: , C: d }\n',
      '- { A }\n',
      '- { A: b, }\n',
      '- { A: &x b }\n',
      '- { A: b } C\n',
      '- A: "\\u00e9"\n',
      '- A: b\n   c\n',
      '- A:\n    B: c\n',
      '- A: b: c\n',
      '- A: "open\n',
      '- A: [open\n',
      '-\tA: b\n',
      '- A: b\n C: d\n',
      '- just text\n',
      '- ? A\n  : b\n',
    ];
    for (const text of texts) assert.equal(readPlainItem(text), undefined, text);
  });

  it('reads every item of the samples as yaml does, and most of them itself', () => {
    const names = [
      'contoso/users/redmond',
      'contoso/users/dublin',
      'exported/users-by-remoting',
      'exported/policies',
    ];
    let [read, all] = [0, 0];
    for (const name of names) {
      const text = readFileSync(new URL(`../../samples/${name}.lync.yaml`, import.meta.url), 'utf8');
      for (const block of new SourceFile('file:///t', text).blocks) {
        if (block.kind !== 'item') continue;
        all++;
        if (agrees(block.text)) read++;
        // Broken as people break it: cut off, a character lost, a character typed.
        for (let at = 0; at < block.text.length; at += 7) {
          agrees(block.text.slice(0, at));
          agrees(block.text.slice(0, at) + block.text.slice(at + 1));
          for (const typed of ':#\'"[],-&* \n')
            agrees(block.text.slice(0, at) + typed + block.text.slice(at));
        }
      }
    }
    assert.ok(read > all * 0.6, `${read} of ${all}`);
  });

  it('agrees with yaml on every block that it reads', () => {
    fc.assert(
      fc.property(block, (text) => {
        agrees(text);
      }),
      { numRuns: runs },
    );
  });

  it('agrees with yaml on every text that it reads', () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 25 }), (pieces) => {
        agrees(`- ${pieces.join('')}`);
      }),
      { numRuns: runs },
    );
  });
});

const word = fc.constantFrom(
  ...[
    'a',
    'Key',
    'sip:ken@contoso.com',
    'tel:+1425',
    '5.0.8308.420',
    '6',
    '-1',
    '+2',
    '0x1F',
    '0o17',
    '1e3',
    '.5',
    '1.',
    '.inf',
    '-.INF',
    '.nan',
  ],
  ...[
    'true',
    'False',
    'TRUE',
    'null',
    'Null',
    '~',
    'yes',
    'no',
    '00012',
    '1_000',
    '08',
    '0b1',
    'é',
    '😀',
    'a b',
    'a#b',
    'a:b',
    "it's",
    '(x)',
    '$x',
    '/a',
    '\\',
  ],
  ...[
    'x,y',
    'x]',
    '{',
    '-',
    '- ',
    '--',
    '?',
    ':',
    '::',
    '%',
    '@',
    '`',
    '|',
    '>',
    '!',
    '&a',
    '*a',
    '=',
    '<<',
    '---',
    '...',
    '123456789012345678901234567890',
    '\u00a0',
    '\u2028',
    '\u0085',
    '\ufeff',
  ],
);
const quoted = fc.oneof(
  word.map((text) => `'${text.replaceAll("'", "''")}'`),
  word.map((text) => `"${text.replaceAll(/["\\]/g, '')}"`),
  fc.constantFrom("''", '""', "''''", '"a\\"b"', "'a", '"a', `'a'b`, '"a" b'),
);
const scalar = fc.oneof({ weight: 3, arbitrary: word }, quoted, fc.constant(''));
const list = fc.array(scalar, { maxLength: 3 }).map((items) => `[${items.join(', ')}]`);
const flow = fc.letrec<{ value: string; mapping: string }>((tie) => ({
  value: fc.oneof({ depthSize: 'small' }, scalar, list, tie('mapping')),
  mapping: fc
    .array(
      fc.tuple(
        fc.oneof(word, quoted),
        fc.constantFrom(': ', ': ', ': ', ':', ' : '),
        tie('value'),
        fc.constantFrom('', '', ' ', '  '),
      ),
      { maxLength: 3 },
    )
    .map((pairs) => `{${pairs.map((pair) => ` ${pair.join('')}`).join(',')} }`),
})).mapping;
const below = fc
  .tuple(fc.constantFrom('', '  ', '    '), fc.array(scalar, { minLength: 1, maxLength: 3 }))
  .map(([indent, items]) => items.map((item) => `\n${indent}- ${item}`).join(''));
const comment = fc.constantFrom('', '', '', ' # note', '#no', ' #', '  ', '\t');
const end = fc.constantFrom('\n', '\n', '\n', '\r\n', '\n\n', '\n# c\n', '\n      # c\n', '\r', ' \n');
const pair = fc
  .tuple(
    fc.oneof(word, quoted),
    fc.constantFrom(': ', ': ', ': ', ':', ':  ', ' : '),
    fc.oneof({ weight: 4, arbitrary: scalar }, list, flow, below),
    comment,
    end,
  )
  .map((parts) => parts.join(''));
const flowItem = fc
  .tuple(fc.constantFrom('', '  '), flow, comment, end)
  .map(([indent, mapping, note, close]) => `${indent}- ${mapping}${note}${close}`);
const block = fc.oneof({ weight: 4, arbitrary: blockItem() }, flowItem);
function blockItem(): fc.Arbitrary<string> {
  return fc
    .tuple(
      fc.constantFrom('', '  ', ' '),
      fc.constantFrom('- ', '-  ', '-\t'),
      fc.array(pair, { minLength: 1, maxLength: 4 }),
      fc.constantFrom('', '  ', ' '),
    )
    .map(([indent, mark, pairs, slip]) => {
      // Every line of a pair in the column of the first; now and then one slips.
      const column = ' '.repeat(indent.length + mark.length);
      const [first = '', ...rest] = pairs.map((text) => text.replaceAll(/\n(?=[^\n])/g, `\n${column}`));
      return (
        indent + mark + first + rest.map((text, index) => (index === 1 ? slip : '') + column + text).join('')
      );
    });
}
const piece = fc.oneof(
  word,
  fc.constantFrom(
    ': ',
    '\n  ',
    '\n',
    ' #',
    '"',
    "'",
    '[',
    ']',
    ', ',
    '\r\n  ',
    '\n    - ',
    '\n  - ',
    '{ ',
    ' }',
    '{',
    '}',
  ),
);
