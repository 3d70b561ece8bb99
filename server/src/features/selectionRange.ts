/** textDocument/selectionRange: what stands around a position, from the word to the whole file. */
import type { Position, SelectionRange } from 'vscode-languageserver-types';
import type { Block } from '../parser/block.ts';
import type { Node, Scalar } from '../parser/nodes.ts';
import type { SourceFile } from '../parser/sourceFile.ts';
import { touches, type Span } from '../parser/span.ts';
import type { Project } from '../project.ts';
import { toFileRange } from './lsp/positions.ts';
import { sourceOf } from './lsp/source.ts';

/** A document or a section, and the blocks it has. Spans count from the start of the file. */
interface Stretch extends Span {
  readonly last: Block;
}

/** For each position the ranges around it, each in the next; `undefined` for a file that is none of ours. */
export function selectionRanges(
  project: Project,
  uri: string,
  positions: readonly Position[],
): SelectionRange[] | undefined {
  const file = sourceOf(project, uri);
  if (!file) return undefined;
  const stretches = [...stretchesOf(file)];
  return positions.map((position) => selectionRange(file, stretches, file.offsetAt(position)));
}

function selectionRange(file: SourceFile, stretches: readonly Stretch[], offset: number): SelectionRange {
  const spans: Span[] = [{ start: 0, end: file.length }];
  for (const stretch of stretches) if (touches(stretch, offset)) spans.push(trimmed(stretch));
  const found = file.blocks.at(offset);
  if (found) {
    const { block, start } = found;
    for (const span of spansIn(block, offset - start.offset))
      spans.push({ start: span.start + start.offset, end: span.end + start.offset });
  }
  const around = spans.filter((span) => touches(span, offset));
  around.sort((a, b) => a.end - a.start - (b.end - b.start));
  const chain: Span[] = [];
  for (const span of around) {
    const inner = chain.at(-1);
    const grows = inner === undefined || span.end - span.start > inner.end - inner.start;
    if (grows && (inner === undefined || (span.start <= inner.start && inner.end <= span.end)))
      chain.push(span);
  }
  let range: SelectionRange | undefined;
  for (const span of chain.reverse())
    range = range ? { range: toFileRange(file, span), parent: range } : { range: toFileRange(file, span) };
  return range ?? { range: toFileRange(file, { start: offset, end: offset }) };
}

/** The documents of a file and the sections in them: those without nodes of their own. */
function* stretchesOf(file: SourceFile): Generator<Stretch> {
  let [document, section]: (Stretch | undefined)[] = [];
  let offset = 0;
  for (const block of file.blocks) {
    const [start, end] = [offset, offset + block.length];
    offset = end;
    const { kind } = block;
    const begins = (kind === 'trivia' || kind === 'document') && /^\uFEFF?---/.test(block.text);
    if (begins && document) yield document;
    document = { start: document && !begins ? document.start : start, end, last: block };
    const goesOn = kind === 'item' || kind === 'aside' || kind === 'elided';
    if (!goesOn && section) yield section;
    if (goesOn || kind === 'header')
      section = { start: goesOn && section ? section.start : start, end, last: block };
    else section = undefined;
  }
  if (section) yield section;
  if (document) yield document;
}

/** A stretch without the blank lines and comments at its end, which are about what follows. */
function trimmed({ start, end, last }: Stretch): Span {
  return { start, end: end - last.length + contentEnd(last) };
}

/** The offset in a block behind its content. */
function contentEnd({ text, root }: Block): number {
  let end = text.length;
  for (let start = end; end > 0; end = Math.max(0, start - 1)) {
    for (start = end; start > 0 && !isLineEnd(text.charCodeAt(start - 1));) start--;
    if (!/^[ \t\uFEFF]*(?:#|$)/.test(text.slice(start, end))) break;
  }
  return Math.max(root?.end ?? 0, end);
}

function isLineEnd(code: number): boolean {
  return code === 10 || code === 13;
}

/** What stands around an offset of a block, in no order. */
function* spansIn(block: Block, offset: number): Generator<Span> {
  const { text, root } = block;
  if (block.kind === 'item') {
    // An item with its dash.
    const dash = text.search(/[^ \t\uFEFF]/);
    if (dash >= 0) yield { start: dash, end: contentEnd(block) };
  }
  const key = block.kind === 'header' ? block.sectionKey : undefined;
  const innermost = yield* spansOf(root ?? key, offset);
  if (innermost) yield* spansInScalar(innermost, text, offset);
  else yield* comment(text, offset);
}

function* spansOf(node: Node | undefined, offset: number): Generator<Span, Scalar | undefined> {
  if (!node || !touches(node, offset)) return undefined;
  yield node;
  if (node.type === 'scalar') return node;
  if (node.type === 'sequence') {
    for (const item of node.items) {
      const found = yield* spansOf(item, offset);
      if (found) return found;
    }
  }
  if (node.type === 'mapping') {
    for (const { key, value } of node.pairs) {
      const pair = { start: key.start, end: Math.max(key.end, value.end) };
      if (!touches(pair, offset)) continue;
      yield pair;
      const found = (yield* spansOf(key, offset)) ?? (yield* spansOf(value, offset));
      if (found) return found;
    }
  }
  return undefined;
}

function* spansInScalar({ start, end, style }: Scalar, text: string, offset: number): Generator<Span> {
  const isQuoted = style === 'single' || style === 'double';
  // While somebody types, the second quote may be missing.
  const isClosed = end - start >= 2 && text.charAt(end - 1) === text.charAt(start);
  const inside = isQuoted ? { start: start + 1, end: isClosed ? end - 1 : end } : { start, end };
  yield inside;
  // Words are found near the offset: a scalar may be a whole page.
  const from = Math.max(inside.start, offset - longestWord);
  for (const match of text
    .slice(from, Math.min(inside.end, offset + longestWord))
    .matchAll(/[\p{L}\p{N}_]+/gu)) {
    const word = { start: from + match.index, end: from + match.index + match[0].length };
    if (touches(word, offset)) yield word;
  }
}

const longestWord = 256;

/** The comment that an offset is in, where it is in no value. */
function* comment(text: string, offset: number): Generator<Span> {
  const lineStart = Math.max(text.lastIndexOf('\n', offset - 1), text.lastIndexOf('\r', offset - 1)) + 1;
  const line = /^[^\r\n]*/.exec(text.slice(lineStart))?.[0] ?? '';
  const hash = /(?:^|[ \t])#/.exec(line);
  if (!hash) return;
  const start = lineStart + hash.index + hash[0].length - 1;
  if (offset >= start) yield { start, end: lineStart + line.trimEnd().length };
}
