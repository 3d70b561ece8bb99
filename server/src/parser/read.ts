/** YAML text to nodes, by the `yaml` package. This is the only file that knows it. */
import * as yaml from 'yaml';
import type { Node, Pair, SyntaxProblem } from './nodes.ts';

export interface Reading {
  /** `undefined` where the text holds nothing but white space and comments. */
  readonly root: Node | undefined;
  readonly problems: readonly SyntaxProblem[];
}

/** One unterminated quote can give an error for every character that follows: these are enough to act on. */
const mostProblems = 5;

/**
 * Reads one YAML document, or a piece of one that stands for itself.
 * Never throws: what cannot be read is in `problems`, beside what could.
 */
export function readYaml(text: string): Reading {
  const deep = tooDeepAt(text);
  if (deep !== undefined) {
    const message = 'This is nested too deeply to be read.';
    return {
      root: undefined,
      problems: [{ code: 'UNREADABLE', message, start: deep, end: Math.min(deep + 1, text.length) }],
    };
  }
  try {
    const document = yaml.parseDocument(text, options);
    const root = document.contents ? convert(document.contents, text) : undefined;
    return {
      root,
      problems: document.errors.slice(0, mostProblems).map((error) => problem(error, text, document)),
    };
  } catch (error) {
    const message = `This cannot be read: ${String(error)}.`;
    return {
      root: undefined,
      problems: [{ code: 'UNREADABLE', message, start: 0, end: firstLineEnd(text) }],
    };
  }
}

/** How deep collections may be in each other: more than anybody writes, and far from what exhausts the stack. */
const deepest = 100;

/**
 * Where a text is nested more deeply than can be read. The package recurses, and a stack that runs out inside of a regular
 * expression cannot be caught: it ends the process.
 */
function tooDeepAt(text: string): number | undefined {
  if (!mayBeDeep(text)) return undefined;
  const parser = new yaml.Parser();
  for (const lexeme of new yaml.Lexer().lex(text)) {
    const { offset } = parser;
    const tokens = parser.next(lexeme);
    while (!tokens.next().done) if (parser.stack.length > deepest) return offset;
    if (parser.stack.length > deepest) return offset;
  }
  return undefined;
}

/** Whether a text has the brackets, the indentation or the row of indicators that deep nesting takes. */
function mayBeDeep(text: string): boolean {
  if (text.length < deepest) return false;
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === openBracket || code === openBrace) {
      if (++depth > deepest / 2) return true;
    } else if (depth > 0 && (code === closeBracket || code === closeBrace)) depth--;
  }
  return deepIndentation.test(text) || rowOfIndicators.test(text);
}

const [openBracket, closeBracket, openBrace, closeBrace] = [0x5b, 0x5d, 0x7b, 0x7d];
const deepIndentation = new RegExp(`^ {${deepest / 2}}`, 'm');
const rowOfIndicators = new RegExp(`(?:[-?:][ \\t]+){${deepest / 4}}`);

const options: yaml.ParseOptions & yaml.DocumentOptions & yaml.SchemaOptions = {
  // The package's own check is quadratic; duplicate keys are found in duplicates.ts.
  uniqueKeys: false,
  prettyErrors: false,
  // Not 'silent': that would also hide that a second document begins.
  logLevel: 'error',
};

function convert(node: yaml.ParsedNode, text: string): Node {
  const [start, end] = node.range;
  if (yaml.isAlias(node)) return { type: 'alias', name: node.source, start, end };
  if (yaml.isMap(node)) {
    const pairs = node.items.map((pair) => convertPair(pair, text));
    const flow = node.flow === true;
    return {
      type: 'mapping',
      pairs,
      flow,
      anchor: node.anchor,
      start,
      end: flow ? end : endOf(pairs.at(-1)?.value, end),
    };
  }
  if (yaml.isSeq(node)) {
    const items = node.items.map((item) =>
      // A one-pair mapping in a flow list, `[a: b]`, comes as a bare pair.
      yaml.isPair(item)
        ? inlineMapping(item as yaml.Pair<yaml.ParsedNode, yaml.ParsedNode | null>, text)
        : convert(item, text),
    );
    const flow = node.flow === true;
    return {
      type: 'sequence',
      items,
      flow,
      anchor: node.anchor,
      start,
      end: flow ? end : endOf(items.at(-1), end),
    };
  }
  return convertScalar(node, start, end);
}

/** A block collection ends where its last child does; the package counts the white space and comments behind it. */
function endOf(last: Node | undefined, end: number): number {
  return last ? last.end : end;
}

function convertScalar(node: yaml.Scalar, start: number, end: number): Node {
  const value = node.value;
  const primitive =
    typeof value === 'string' ||
    typeof value === 'number' ||
    typeof value === 'boolean' ||
    typeof value === 'bigint'
      ? value
      : null;
  const content = typeof primitive === 'string' ? primitive : (node.source ?? '');
  return {
    type: 'scalar',
    value: primitive,
    text: content,
    style: styles[node.type ?? 'PLAIN'] ?? 'plain',
    anchor: node.anchor,
    start,
    end,
  };
}

const styles: Partial<Record<string, 'plain' | 'single' | 'double' | 'block'>> = {
  QUOTE_SINGLE: 'single',
  QUOTE_DOUBLE: 'double',
  BLOCK_LITERAL: 'block',
  BLOCK_FOLDED: 'block',
};

function convertPair(pair: yaml.Pair<yaml.ParsedNode, yaml.ParsedNode | null>, text: string): Pair {
  const key = convert(pair.key, text);
  const value = pair.value ? convert(pair.value, text) : nothingAt(key.end);
  if (value.type !== 'scalar' || value.end > value.start || value.anchor !== undefined) return { key, value };
  // The package puts nothing in front of a comment: `Key: # why`. What is written there would become part of it.
  const at = behindColon(text, key.end) ?? value.start;
  return { key, value: { ...value, start: at, end: at } };
}

function inlineMapping(item: yaml.Pair<yaml.ParsedNode, yaml.ParsedNode | null>, text: string): Node {
  const pair = convertPair(item, text);
  return {
    type: 'mapping',
    pairs: [pair],
    flow: true,
    anchor: undefined,
    start: pair.key.start,
    end: pair.value.end,
  };
}

function nothingAt(offset: number): Node {
  return {
    type: 'scalar',
    value: null,
    text: '',
    style: 'plain',
    anchor: undefined,
    start: offset,
    end: offset,
  };
}

function behindColon(text: string, keyEnd: number): number | undefined {
  const colon = /^[ \t]*:/.exec(text.slice(keyEnd, keyEnd + 64));
  return colon ? keyEnd + colon[0].length : undefined;
}

function problem(error: yaml.YAMLParseError, text: string, document: yaml.Document.Parsed): SyntaxProblem {
  const message = sentences[error.code] ?? sentence(error.message);
  const quoted = /closing ["']quote/.test(error.message) ? openQuote(document, error.pos[0]) : undefined;
  if (quoted !== undefined)
    return { code: error.code, message, start: quoted, end: quoted + firstLineEnd(text.slice(quoted)) };
  // What is missing at the end is pointed out where the text ends, not on the empty line behind it.
  const last = text.trimEnd().length;
  const start = Math.min(error.pos[0], Math.max(0, last - 1));
  const end = Math.max(start + 1, Math.min(error.pos[1], last));
  return { code: error.code, message, start, end: Math.min(end, text.length) };
}

/** Where the quoted text begins that goes on to `end` without being closed. */
function openQuote(document: yaml.Document.Parsed, end: number): number | undefined {
  let start: number | undefined;
  yaml.visit(document, {
    Scalar: (_, { type, range }) => {
      if (type?.startsWith('QUOTE') && range && range[1] >= end) start ??= range[0];
    },
  });
  return start;
}

/** What the package's commonest errors mean to somebody who never heard of indicators and scalars. */
const sentences: Partial<Record<string, string>> = {
  TAB_AS_INDENT: 'YAML does not allow tabs for indentation: use spaces.',
  BAD_ALIAS: 'This is not the name of an anchor: write *name, with the name that stands behind & elsewhere.',
  MULTILINE_IMPLICIT_KEY: 'A key and its colon must stand on one line: is a colon missing here?',
  UNEXPECTED_TOKEN: 'YAML does not allow this here.',
  BAD_INDENT: 'This line is not indented like the lines that it belongs to.',
};

function sentence(message: string): string {
  const quote = /^Missing closing (["'])quote/.exec(message)?.[1];
  if (quote) return `The text in quotes does not end: a closing ${quote} is missing.`;
  const text = message.split('\n', 1)[0]?.trim() ?? '';
  return text.endsWith('.') ? text : `${text}.`;
}

function firstLineEnd(text: string): number {
  const end = text.search(/[\r\n]/);
  return end < 0 ? text.length : end;
}
