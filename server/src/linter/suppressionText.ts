/** How suppressions are taken out of a text. Everything else on their lines stays. */
import { place } from '../model/place.ts';
import type { SourceFile } from '../parser/sourceFile.ts';
import type { Span } from '../parser/span.ts';
import type { ReplaceText } from './change.ts';
import type { PlacedSuppression, RuleName } from './suppressions.ts';

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
export function lineStartBefore(text: string, offset: number): number {
  const start = Math.max(text.lastIndexOf('\n', offset - 1), text.lastIndexOf('\r', offset - 1)) + 1;
  return start === 0 && text.startsWith('\uFEFF') ? Math.min(1, offset) : start;
}

export function lineEndBehind(text: string, offset: number): number {
  const length = text.slice(offset).search(/[\r\n]/);
  return length < 0 ? text.length : offset + length;
}
