import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Highlighted, highlighter } from './highlight.ts';

const at = (path: string) => new URL(path, import.meta.url);
const highlight = await highlighter('source.yaml.lync');
const highlightYaml = await highlighter('source.yaml');
const fixtures = readdirSync(at('fixtures')).map((file) => ({
  file,
  ...readFixture(readFileSync(at(`fixtures/${file}`), 'utf8')),
}));

describe('the grammar', () => {
  for (const { file, text, lines } of fixtures) {
    describe(file, () => {
      const highlighted = highlight(text);
      for (const { index, content, claims } of lines) {
        if (claims.length === 0) continue;
        it(content.trim(), () => {
          const scopes = highlighted[index] ?? [];
          const picture = (marks: string[]) => [content, ...marks].join('\n');
          assert.equal(
            picture(claims.map((claim) => `${underline(scopes, claim)} ${claim.scope}`)),
            picture(claims.map(({ start, end, scope }) => `${carets(start, end)} ${scope}`)),
          );
        });
      }
    });
  }

  it('knows every section and every property of the schema', () => {
    const schema = JSON.parse(readFileSync(at('../../server/src/schema/sections.json'), 'utf8')) as Schema;
    for (const [section, { properties }] of Object.entries(schema)) {
      const names = Object.keys(properties);
      const [top, ...rest] = highlight([`${section}:`, ...names.map((name) => `  ${name}: x`)].join('\n'));
      assert(top?.[0]?.includes('entity.name.type.section.lync'), section);
      for (const [index, name] of names.entries()) {
        const scopes = rest[index]?.[2]?.join(' ') ?? '';
        assert.match(scopes, /support\.type\.property-name(\.own)?\.lync/, name);
      }
    }
  });

  it('adds to what YAML says, and takes nothing away', () => {
    for (const { file, text } of fixtures) {
      for (const broken of [text, ...halfTyped(text)]) {
        assert.deepEqual(
          withoutOurs(highlight(broken)),
          withoutOurs(highlightYaml(broken)),
          `${file}\n${broken}`,
        );
      }
    }
  });

  it('is what generate.mjs writes', () => {
    execFileSync(process.execPath, [fileURLToPath(at('../../syntaxes/generate.mjs')), '--check'], {
      stdio: 'pipe',
    });
  });
});

type Schema = Readonly<Record<string, { properties: Readonly<Record<string, unknown>> }>>;

/**
 * What a fixture says of a piece of a line: a scope of ours (`….lync`) begins and ends there, one of YAML's is all
 * over it, and one with `!` is nowhere in it.
 */
interface Claim {
  readonly start: number;
  readonly end: number;
  readonly scope: string;
}

interface Line {
  readonly index: number;
  readonly content: string;
  readonly claims: Claim[];
}

/**
 * A fixture is a document with marks below the lines that they are about; a `#` that touches the carets is one.
 *
 *     CsPool:
 *     #^^^^^ entity.name.type.section.lync
 *       - Site: Site:Redmond
 *     #         ^^^^ storage.type.identity.lync !constant.other.fqdn.lync
 */
function readFixture(source: string): { text: string; lines: readonly Line[] } {
  const lines: Line[] = [];
  for (const content of source.split('\n')) {
    const [, before, marks, scopes] = /^(#\s*)(\^+) (.+)$/.exec(content) ?? [];
    if (before === undefined || marks === undefined || scopes === undefined) {
      lines.push({ index: lines.length, content, claims: [] });
      continue;
    }
    const start = before === '#' ? 0 : before.length;
    const end = before.length + marks.length;
    lines.at(-1)?.claims.push(...scopes.split(' ').map((scope) => ({ start, end, scope })));
  }
  return { text: lines.map((line) => line.content).join('\n'), lines };
}

/** Where the claimed scope really is, drawn as the fixture draws it. */
function underline(line: Highlighted[number], { start, end, scope }: Claim): string {
  const has = (column: number, name: string) =>
    line[column]?.some((one) => one === name || one.startsWith(`${name}.`)) ?? false;
  if (scope.startsWith('!')) {
    const columns = Array.from({ length: end - start }, (_, index) => start + index);
    return columns.some((column) => has(column, scope.slice(1))) ? 'not' : carets(start, end);
  }
  let [first, last] = [start, start];
  while (has(last, scope) && (last < end || scope.endsWith('.lync'))) last += 1;
  while (has(first - 1, scope) && scope.endsWith('.lync')) first -= 1;
  return carets(first, last);
}

function carets(start: number, end: number): string {
  return ' '.repeat(start) + '^'.repeat(end - start);
}

/** The text as it is while somebody types: each line cut in the middle, and each value with a quote or a bracket before it. */
function* halfTyped(text: string): Generator<string> {
  const lines = text.split('\n');
  for (const [index, line] of lines.entries()) {
    if (line.trim() === '') continue;
    yield lines.with(index, line.slice(0, line.length / 2)).join('\n');
    for (const opening of ['"', "'", '{']) {
      yield lines.with(index, line.replace(/: |- |$/, `$&${opening}`)).join('\n');
    }
  }
}

/** One line of text a line, for each run of characters its scopes, less the grammar's own name and ours. */
function withoutOurs(highlighted: Highlighted): string[] {
  const named = new Map<readonly string[], string>();
  const name = (scopes: readonly string[]) => {
    const known =
      named.get(scopes) ??
      scopes
        .slice(1)
        .filter((scope) => !scope.endsWith('.lync'))
        .join(' ');
    named.set(scopes, known);
    return known;
  };
  return highlighted.map((line) => line.map(name).join('\n'));
}
