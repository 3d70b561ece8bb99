/** PowerShell scripts, read by the grammar that VS Code has for them: there is no PowerShell where the tests run. */
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import treeSitter from '@vscode/tree-sitter-wasm';

const require = createRequire(import.meta.url);
await treeSitter.Parser.init();
const language = await treeSitter.Language.load(
  require.resolve('@vscode/tree-sitter-wasm/wasm/tree-sitter-powershell.wasm'),
);
const parser = new treeSitter.Parser();
parser.setLanguage(language);

/** Names that would do harm if they were more than names. */
export const nasty = [
  "O'Brien",
  'x; Remove-Item C:\\ -Recurse',
  '$(Get-Process)',
  '`n',
  '"@',
  "'@",
  '‘left’ ‚low‛ “double” „low',
  'two\nlines',
  'carriage\r\nreturn',
  '#>',
  '<# comment',
  '# SIG # Begin signature block',
  '👩‍👩‍👧 family',
  'tab\tbell\u0007escape\u001b[2J',
  'turned \u202E round',
  'next\u0085line\u2028separator\u2029',
  '\uFEFFmark',
  '\uD800 half',
  'Jörg Müller',
  '$env:USERNAME',
  "''; exit; ''",
  '@{}',
  '--%',
  'Ò; exit',
  '/',
];

/** A node of the grammar, with what is below it. */
export interface Node {
  readonly type: string;
  readonly text: string;
  readonly isNamed: boolean;
  readonly parent: Node | undefined;
  readonly children: readonly Node[];
}

/** Parses a script, which must be without a mistake. */
export function parseScript(script: string): Node {
  if (script !== last?.script) last = { script, root: parse(script) };
  return last.root;
}

/** What was parsed last: most scripts are asked several questions. */
let last: { readonly script: string; readonly root: Node } | undefined;

function parse(script: string): Node {
  const tree = parser.parse(script);
  assert.ok(tree);
  // Node by node from the library takes ten times as long.
  const cursor = tree.walk();
  const read = (parent: Node | undefined): Node => {
    const children: Node[] = [];
    const node = {
      type: cursor.nodeType,
      text: script.slice(cursor.startIndex, cursor.endIndex),
      isNamed: cursor.nodeIsNamed,
      parent,
      children,
    };
    const isWrong = cursor.nodeType === 'ERROR' || cursor.nodeIsMissing;
    assert.ok(!isWrong, `line ${cursor.startPosition.row + 1}: ${node.text}\n${isWrong ? script : ''}`);
    if (cursor.gotoFirstChild()) {
      do children.push(read(node));
      while (cursor.gotoNextSibling());
      cursor.gotoParent();
    }
    return node;
  };
  const root = read(undefined);
  cursor.delete();
  tree.delete();
  return root;
}

export function* descendants(node: Node): Generator<Node> {
  yield node;
  for (const child of node.children) yield* descendants(child);
}

/** The first node in the order of the text. */
export function find(node: Node, isWanted: (node: Node) => boolean): Node | undefined {
  for (const candidate of descendants(node)) if (isWanted(candidate)) return candidate;
  return undefined;
}

export interface Command {
  readonly node: Node;
  readonly name: string;
}

export function commandsIn(root: Node): Command[] {
  return [...descendants(root)]
    .filter(({ type }) => type === 'command')
    .map((node) => ({ node, name: /^\S+/.exec(node.text)?.[0] ?? '' }));
}

/** Whether something is done only if a condition says yes that asks PowerShell's ShouldProcess. */
export function isAskedFor(node: Node): boolean {
  for (let inner = node, outer = node.parent; outer; inner = outer, outer = outer.parent) {
    if (outer.type !== 'if_statement' || inner.type !== 'statement_block') continue;
    const condition = outer.children.find(({ type }) => type === 'pipeline')?.text ?? '';
    const first = outer.children.find(({ type }) => type === 'statement_block');
    if (condition.startsWith('$PSCmdlet.ShouldProcess(') && first === inner) return true;
  }
  return false;
}

export function isTried(node: Node): boolean {
  for (let outer = node.parent; outer; outer = outer.parent) if (outer.type === 'try_statement') return true;
  return false;
}

/**
 * The tokens of a script, with every value in the place of which another may stand as `value`. Scripts that differ in names
 * alone have the same.
 */
export function skeletonOf(root: Node): string {
  const tokens: string[] = [];
  const visit = (node: Node): void => {
    if (node.type === 'comment') return;
    const isCoded = node.type === 'parenthesized_expression' && node.text.startsWith('(-join (');
    if (isCoded || node.type === 'string_literal') tokens.push('value');
    else if (node.children.length === 0) tokens.push(node.text);
    else for (const child of node.children) visit(child);
  };
  visit(root);
  return tokens.join(' ');
}

/** What a table of the script holds: `$name = @(…)`. */
export function tableIn(root: Node, name: string): unknown {
  const assignment = find(
    root,
    ({ type, text }) => type === 'assignment_expression' && text.startsWith(`$${name} = `),
  );
  return assignment && valueOf(partsOf(assignment).at(-1));
}

/** The value of an expression that is one: no variable and no command takes part. */
export function valueOf(node: Node | undefined): unknown {
  assert.ok(node);
  const parts = partsOf(node);
  switch (node.type) {
    case 'verbatim_string_characters':
      return node.text.slice(1, -1).replaceAll("''", "'");
    case 'decimal_integer_literal':
    case 'hexadecimal_integer_literal':
      return Number(node.text);
    case 'variable':
      assert.ok(node.text in constants, node.text);
      return constants[node.text];
    case 'hash_literal_expression': {
      const entries = parts.flatMap(partsOf).map(partsOf);
      return Object.fromEntries(entries.map((entry) => [entry[0]?.text ?? '', valueOf(entry.at(-1))]));
    }
    case 'array_expression':
      return parts.flatMap(partsOf).flatMap(valueOf);
    case 'array_literal_expression':
      return parts.length > 1 ? parts.map(valueOf) : valueOf(parts[0]);
    case 'cast_expression': {
      const value = valueOf(parts.at(-1));
      if (parts[0]?.text === '[ordered]') return value;
      assert.equal(parts[0]?.text, '[char]');
      return String.fromCharCode(Number(value));
    }
    case 'expression_with_unary_operator': {
      const [operator] = node.children;
      const value = valueOf(parts.at(-1));
      if (operator?.text === '-join') return [value].flat().join('');
      if (operator?.text === '-') return -Number(value);
      assert.equal(operator?.type, 'cast_expression', node.text);
      return value;
    }
    default:
      assert.equal(parts.length, 1, `${node.type} ${node.text}`);
      return valueOf(parts[0]);
  }
}

function partsOf({ children }: Node): Node[] {
  return children.filter(({ type, isNamed }) => isNamed && type !== 'comment');
}

const constants: Readonly<Record<string, unknown>> = { $true: true, $false: false, $null: null };
