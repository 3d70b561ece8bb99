/** How suppressions come into a text, and go out of it. Everything else on their lines stays. */
import { place } from '../model/place.ts';
import type { Block } from '../parser/block.ts';
import type { Node } from '../parser/nodes.ts';
import type { SourceFile } from '../parser/sourceFile.ts';
import type { Span } from '../parser/span.ts';
import type { ReplaceText } from './change.ts';
import type { TextEdit } from './edits.ts';
import { isInScalar, names, suppressionsIn, type PlacedSuppression, type RuleName } from './suppressions.ts';

/** Takes out a comment with its reason, and its line if nothing else stands there. */
export function withoutComment(file: SourceFile, { block, start }: PlacedSuppression): ReplaceText {
  const { text } = block;
  const lineStart = lineStartBefore(text, start);
  const lineEnd = lineEndBehind(text, start);
  const before = text.slice(lineStart, start);
  if (before.trim() !== '') return removal({ start: lineStart + before.trimEnd().length, end: lineEnd });
  const next = lineEnd + (/^(?:\r\n|\r|\n)/.exec(text.slice(lineEnd, lineEnd + 2))?.[0].length ?? 0);
  // The last line goes with the line end in front of it, so that the text ends as it did.
  const previous = text.slice(0, lineStart).replace(/(?:\r\n|\r|\n)$/, '').length;
  return removal(
    next > lineEnd ? { start: lineStart, end: next } : { start: Math.min(previous, lineStart), end: lineEnd },
  );

  function removal(span: Span): ReplaceText {
    return { kind: 'replace', at: place(file, block, span), text: '' };
  }
}

/** Takes some of a comment's ids out, but not all: without any it would silence every rule. */
export function* withoutNames(
  file: SourceFile,
  { block, rules }: PlacedSuppression,
  gone: ReadonlySet<RuleName>,
): Generator<ReplaceText> {
  let isFirst = true;
  for (const [index, name] of rules.entries()) {
    if (!gone.has(name)) {
      isFirst = false;
      continue;
    }
    const [before, after] = [rules[index - 1], rules[index + 1]];
    const start = isFirst ? name.start : (before?.end ?? name.start);
    const end = isFirst ? (after?.start ?? name.end) : name.end;
    yield { kind: 'replace', at: place(file, block, { start, end }), text: '' };
  }
}

/** Where the line begins that `offset` is in; a byte-order mark is no part of it. */
function lineStartBefore(text: string, offset: number): number {
  const start = Math.max(text.lastIndexOf('\n', offset - 1), text.lastIndexOf('\r', offset - 1)) + 1;
  return start === 0 && text.startsWith('\uFEFF') ? 1 : start;
}

export function lineEndBehind(text: string, offset: number): number {
  const length = text.slice(offset).search(/[\r\n]/);
  return length < 0 ? text.length : offset + length;
}

/** Makes comments silence a rule on one line (from 0); `undefined` where no comment can stand that would. */
export function silencedOnLine(file: SourceFile, line: number, id: string): TextEdit | undefined {
  const found = file.blocks.atLine(line);
  if (!found) return undefined;
  const { block, start } = found;
  for (const suppression of suppressionsBeside(file, line)) {
    const last = suppression.rules.at(-1);
    if (last) return insertionAt(file, suppression.block, last.end, `, ${id}`);
  }
  const { text, root } = block;
  if (root && isJson(block)) return undefined;
  const lineStart = lineStartBefore(text, offsetOfLine(text, line - start.line));
  const lineEnd = lineEndBehind(text, lineStart);
  const content = text.slice(lineStart, lineEnd);
  if (content.trim() !== '' && !hasComment(block, lineStart, lineEnd) && !isInside(root, lineEnd)) {
    const end = lineStart + content.trimEnd().length;
    const { start: from } = file.absolute(block, { start: end, end });
    return { start: from, end: from + lineEnd - end, text: ` # lync-disable-line ${id}` };
  }
  if (isInside(root, lineStart)) return undefined;
  const indentation = /^[ \t]*/.exec(content)?.[0] ?? '';
  return insertionAt(
    file,
    block,
    lineStart,
    `${indentation}# lync-disable-next-line ${id}${lineEndOf(text, file)}`,
  );
}

/** Makes a comment at the top silence a rule in the whole file; `undefined` where none can, or another one would end it. */
export function silencedInFile(
  file: SourceFile,
  suppressions: readonly PlacedSuppression[],
  id: string,
): TextEdit | undefined {
  const first = file.blocks.first;
  if (!first || /^\uFEFF?\s*[{[]/.test(first.text)) return undefined;
  if (suppressions.some((suppression) => suppression.kind === 'enable' && names(suppression, id)))
    return undefined;
  const known = suppressions.find(({ kind, fileLine }) => kind === 'disable' && fileLine === 0);
  const last = known?.rules.at(-1);
  if (known && last) return insertionAt(file, known.block, last.end, `, ${id}`);
  return insertionAt(
    file,
    first,
    first.text.startsWith('\uFEFF') ? 1 : 0,
    `# lync-disable ${id}${lineEndOf(first.text, file)}`,
  );
}

/** The comments that are about one line and name rules. */
function* suppressionsBeside(file: SourceFile, line: number): Generator<PlacedSuppression> {
  for (const [kind, at] of [['disable-line', line] as const, ['disable-next-line', line - 1] as const]) {
    const found = at < 0 ? undefined : file.blocks.atLine(at);
    for (const suppression of found ? suppressionsIn(found.block) : []) {
      const fileLine = (found?.start.line ?? 0) + suppression.line;
      if (found && suppression.kind === kind && fileLine === at && suppression.rules.length > 0)
        yield { ...suppression, block: found.block, fileLine };
    }
  }
}

function insertionAt(file: SourceFile, block: Block, offset: number, text: string): TextEdit {
  return { ...file.absolute(block, { start: offset, end: offset }), text };
}

/** Other programs read a JSON document as such, and know no comments. */
function isJson({ kind, root }: Block): boolean {
  if (kind !== 'document') return false;
  if (root?.type === 'mapping') {
    const key = root.pairs[0]?.key;
    return root.flow && key?.type === 'scalar' && key.style === 'double';
  }
  return root?.type === 'sequence' && root.flow;
}

function hasComment({ text, root }: Block, from: number, to: number): boolean {
  for (let at = text.indexOf('#', from); at >= 0 && at < to; at = text.indexOf('#', at + 1)) {
    if (at > from && !/\s/.test(text.charAt(at - 1))) continue;
    if (!root || !isInScalar(root, at)) return true;
  }
  return false;
}

/** Whether a scalar begins in front of an offset and goes on behind it. */
function isInside(node: Node | undefined, offset: number): boolean {
  if (!node || offset <= node.start || offset >= node.end) return false;
  if (node.type === 'mapping')
    return node.pairs.some(({ key, value }) => isInside(key, offset) || isInside(value, offset));
  if (node.type === 'sequence') return node.items.some((item) => isInside(item, offset));
  return true;
}

/** The offset of a line of a text, from 0. */
function offsetOfLine(text: string, line: number): number {
  const lineEnd = /\r\n|\r|\n/g;
  for (let left = line; left > 0 && lineEnd.test(text); left--);
  return line > 0 ? lineEnd.lastIndex : 0;
}

/** The line end of a text, or of the file where the text has none. */
function lineEndOf(text: string, file: SourceFile): string {
  const sample = text.includes('\n') ? text : (file.blocks.first?.text ?? '');
  return sample.includes('\r\n') ? '\r\n' : '\n';
}
