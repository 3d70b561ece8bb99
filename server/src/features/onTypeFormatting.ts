/** textDocument/onTypeFormatting: after a new line, the indentation that YAML needs there. */
import type { Position, TextEdit } from 'vscode-languageserver-types';
import type { FileContents } from '../model/contents.ts';
import { cursorAt } from '../model/cursor.ts';
import { keyColon } from '../parser/cut.ts';
import type { Node, Scalar } from '../parser/nodes.ts';
import type { SourceFile } from '../parser/sourceFile.ts';
import type { Project } from '../project.ts';
import { sourceOf } from './lsp/source.ts';

interface Line {
  /** Without its end. */
  readonly text: string;
  /** Where it starts in the file. */
  readonly start: number;
  /** The column of its first character that is no blank. */
  readonly column: number;
}

/**
 * What to do about the white space in front of the line that has just begun; nothing else is touched.
 * @param typed the character that was typed: only a line end is answered
 * @returns none where it stands right, or where nobody can say: in text over several lines, behind a blank line
 */
export function onTypeFormatting(
  project: Project,
  uri: string,
  position: Position,
  typed: string,
  { tabSize }: { readonly tabSize: number },
): TextEdit[] | undefined {
  const file = sourceOf(project, uri);
  if (!file || typed !== '\n' || position.line < 1 || position.line > file.blocks.lines) return undefined;
  const line = lineAt(file, position.line);
  if (position.character > line.column) return undefined;
  const step = Number.isInteger(tabSize) && tabSize >= 1 && tabSize <= 16 ? tabSize : 2;
  const contents = project.file(uri);
  const takesText = (offset: number): boolean => contents !== undefined && isOfText(contents, offset);
  const column = columnFor(file, position.line, line, step, takesText);
  const blanks = column === undefined ? undefined : ' '.repeat(column);
  if (blanks === undefined || line.text.slice(0, line.column) === blanks) return undefined;
  const { line: number } = position;
  return [
    {
      range: { start: { line: number, character: 0 }, end: { line: number, character: line.column } },
      newText: blanks,
    },
  ];
}

/** Whether the key around `offset` has a value on its own line or none: exports leave many empty, and the next key follows. */
function isOfText(contents: FileContents, offset: number): boolean {
  const cursor = cursorAt(contents, offset);
  if (cursor?.kind !== 'property') return false;
  const { file } = contents;
  const found = file.blocks.at(cursor.place.start);
  const from = cursor.place.start - (found?.start.offset ?? 0);
  const name = found?.block.text.slice(from, from + cursor.place.end - cursor.place.start) ?? '';
  const type = cursor.section.property(name)?.type;
  return type !== undefined && type !== 'list' && type !== 'object';
}

/**
 * The column at which the line should begin; `undefined`: leave it where it is.
 * @param takesText whether the value of the key around an offset of the file is no list and no mapping
 */
function columnFor(
  file: SourceFile,
  number: number,
  line: Line,
  step: number,
  takesText: (offset: number) => boolean,
): number | undefined {
  const before = lineAt(file, number - 1);
  const rest = line.text.slice(line.column);
  if (rest.startsWith('#') || before.text.startsWith('\t')) return undefined;
  const code = codeOf(before.text);
  if (code.trim() === '' || /^(?:---|\.\.\.|%)/.test(code)) return undefined;
  const context = contextAt(file, number, code.length);
  if (context.inText) return undefined;
  if (context.flow !== undefined) return columnInFlow(file, number, context.flow, rest, step);
  if (/^[\]}]/.test(rest)) return undefined;
  const own = ownColumn(code);
  const content = code.slice(own);
  const colon = keyColon(content, 0, content.length);
  const isPair = colon >= 0;
  if (isPair && content.replace(/(?:[ \t]+[&!]\S*)+$/, '').endsWith(':')) {
    const isEmpty = rest === '' && colon === content.length - 1 && takesText(before.start + own + 1);
    return childColumn(file, number, own) ?? (isEmpty ? own : own + step);
  }
  // Whatever else was split into two lines is the writer's to arrange.
  if (rest !== '') return undefined;
  if (blockHeader.test(content)) return isPair ? own + step : own;
  if (context.ends) return context.key;
  if (isPair || content === '') return own;
  // An entry of a list of plain values: the next one begins with a dash below.
  return own > before.column ? before.column : undefined;
}

const blockHeader = /(?:^|[ \t])[|>][-+0-9]*$/;

/** Where children of the key above already stand, if it has some: a key has one column for all. */
function childColumn(file: SourceFile, number: number, parent: number): number | undefined {
  for (let next = number + 1; next <= file.blocks.lines && next < number + nearby; next++) {
    const { text, column } = lineAt(file, next);
    const code = text.slice(column);
    if (code === '' || code.startsWith('#')) continue;
    const isDash = /^-(?:[ \t]|$)/.test(code);
    return column > parent || (isDash && column === parent) ? column : undefined;
  }
  return undefined;
}

const nearby = 50;

/** In brackets: like the line above if that is in the same ones, else deeper than the line that opens them. */
function columnInFlow(
  file: SourceFile,
  number: number,
  opening: number,
  rest: string,
  step: number,
): number | undefined {
  const { text, column } = lineAt(file, opening);
  if (/^[\]}]/.test(rest)) return ownColumn(text);
  if (opening === number - 1) return ownColumn(text) + step;
  const before = lineAt(file, number - 1);
  const isSame = contextAt(file, number - 1, codeOf(lineAt(file, number - 2).text).length).flow === opening;
  const child = isSame ? before.column : lineAt(file, opening + 1).column;
  return child > column ? child : undefined;
}

/** What a line begins in, by what could be read of the text in front of it. */
interface Context {
  /** It goes on a quoted or block scalar. */
  readonly inText: boolean;
  /** The line that opens the innermost brackets that are open. */
  readonly flow: number | undefined;
  /** A value of several lines ends on the line above. */
  readonly ends: boolean;
  /** The column of that value's key. */
  readonly key: number | undefined;
}

/** @param length how much of the line above is neither comment nor white space at its end */
function contextAt(file: SourceFile, number: number, length: number): Context {
  const end = lineAt(file, number - 1).start + length;
  const found = file.blocks.at(Math.max(0, end - 1));
  let context: Context = { inText: false, flow: undefined, ends: false, key: undefined };
  if (!found?.block.root) return context;
  const { block, start } = found;
  const last = end - start.offset;
  const lineStart = last - length;
  let key: Node | undefined;
  for (let node: Node | undefined = block.root; node;) {
    let inner: Node | undefined;
    if (node.type === 'mapping') {
      const pair = node.pairs.findLast((candidate) => candidate.key.start < last);
      key = pair?.key;
      inner = pair && (pair.value.start < last ? pair.value : pair.key);
    } else if (node.type === 'sequence') {
      inner = node.items.findLast((item) => item.start < last);
      if (!node.flow) key = undefined;
    }
    const closed = isClosed(node, block.text) && node.end <= last;
    if (isFlow(node)) {
      if (!closed) context = { ...context, flow: file.positionInBlock(block, node.start).line };
      else inner = undefined;
    }
    if (node.type === 'scalar') context = { ...context, inText: goesOn(node, closed, lineStart) };
    const isWhole = isFlow(node) || node.type === 'scalar';
    if (isWhole && closed && node.end === last && node.start < lineStart && context.flow === undefined)
      context = { ...context, ends: true, key: key && file.positionInBlock(block, key.start).character };
    node = inner;
  }
  return context;
}

function isFlow(node: Node): boolean {
  return (node.type === 'mapping' || node.type === 'sequence') && node.flow;
}

/** Whether a scalar goes on behind the line that starts at `lineStart`. */
function goesOn({ style, start }: Scalar, closed: boolean, lineStart: number): boolean {
  // Behind the line with its `|` the text of a block scalar has yet to begin.
  return style === 'block' ? start < lineStart : style !== 'plain' && !closed;
}

/** Whether brackets and quotes have their other end. */
function isClosed(node: Node, text: string): boolean {
  if (node.type === 'scalar' && (node.style === 'single' || node.style === 'double'))
    return node.end - node.start >= 2 && text[node.end - 1] === text[node.start];
  return !isFlow(node) || /[\]}]/.test(text.charAt(node.end - 1));
}

/** The column of what stands on a line behind its dashes. */
function ownColumn(code: string): number {
  const [lead = ''] = /^[ \t]*(?:-[ \t]+)*/.exec(code) ?? [];
  return code.slice(lead.length) === '-' ? lead.length + 2 : lead.length;
}

/** A line without its comment and the white space behind. */
function codeOf(text: string): string {
  let quote = '';
  for (let at = 0; at < text.length; at++) {
    const character = text.charAt(at);
    const begins = at === 0 || /[\s,[{:-]/.test(text.charAt(at - 1));
    if (quote !== '') {
      if (character === '\\' && quote === '"') at++;
      else if (character === quote) quote = '';
    } else if ((character === '"' || character === "'") && begins) quote = character;
    else if (character === '#' && (at === 0 || /\s/.test(text.charAt(at - 1))))
      return text.slice(0, at).trimEnd();
  }
  return text.trimEnd();
}

function lineAt(file: SourceFile, number: number): Line {
  const start = file.offsetAt({ line: number, character: 0 });
  const end = file.offsetAt({ line: number, character: Infinity });
  const found = file.blocks.at(start);
  const written = found?.block.text.slice(start - found.start.offset, end - found.start.offset) ?? '';
  const text = written.replace(/^\uFEFF/, '');
  return { text, start: end - text.length, column: text.length - text.trimStart().length };
}
