/** What a sketch is made of: words, and the entries and collections that they stand in. */
import type { Span } from './span.ts';

/** A plain or quoted word, without its quotes. Spans count from the start of the text. */
export interface Word extends Span {
  readonly text: string;
  readonly quote: '' | '"' | "'";
  /** Whether the quote that opened it is closed on the same line. */
  readonly closed: boolean;
}

/** A mapping or a sequence, with what is known of it: all of its entries, in front of the cursor and behind. */
export interface Collection {
  readonly kind: 'mapping' | 'sequence';
  readonly flow: boolean;
  /** Of the keys or dashes; -1 in flow style. */
  readonly column: number;
  /** The entry that it is the value of. */
  readonly holder: Entry;
  readonly entries: Entry[];
}

/** A pair of a mapping, an item of a sequence, or the whole text. */
export interface Entry {
  readonly of: Collection | undefined;
  readonly key: Word | undefined;
  /** Whether a colon follows the key, or a dash precedes the item: only then a value may follow. */
  colon: boolean;
  value: Word | Collection | undefined;
}

export type SketchCursor =
  /** In a key, or in a word that may become one. */
  | { readonly at: 'key' | 'value'; readonly word: Word; readonly entry: Entry }
  /** In the name of an alias. */
  | { readonly at: 'alias'; readonly word: Word; readonly entry: Entry }
  /** In a comment that begins at `start`. */
  | { readonly at: 'comment'; readonly start: number }
  /** On a line of its own that belongs to nothing that is open. */
  | {
      readonly at: 'stray';
      readonly word: Word;
      /** The sequence whose dashes stand at its column. */
      readonly sequence: Collection | undefined;
    };

/** Stands for the cursor. Text that has it is no text, and read by nobody. */
export const mark = '\0';

/** Whether the cursor is in a word, or right behind it. */
export function touchesMark({ start, end }: Span, offset: number): boolean {
  return start <= offset && offset <= end;
}

/** The word from `start` to `end` of a text with a mark at `offset`, as a part of the text without it. */
export function wordOf(text: string, offset: number, start: number, end: number): Word {
  while (end > start && /[ \t\r\n]/.test(text.charAt(end - 1))) end--;
  const first = text.charAt(start);
  const quote = first === '"' || first === "'" ? first : '';
  const closed = quote === '' || (end > start + 1 && text.charAt(end - 1) === quote);
  const from = quote === '' ? start : start + 1;
  const to = quote !== '' && closed ? end - 1 : end;
  const without = (at: number): number => (at > offset ? at - 1 : at);
  const written = text.slice(from, to).replace(mark, '');
  const content =
    quote === "'"
      ? written.replaceAll("''", "'")
      : quote === '"'
        ? written.replaceAll(/\\(["\\/])/g, '$1')
        : written;
  return { start: without(from), end: without(to), text: content, quote, closed };
}

/** The offset of a quote that closes the one at `at`; -1 where a line comes first that is not below `column`. */
export function closingQuote(text: string, at: number, column: number): number {
  const quote = text[at];
  for (let i = at + 1; i < text.length; i++) {
    const character = text[i];
    if (character === '\\' && quote === '"') i++;
    else if (character === quote && text[i + 1] === quote && quote === "'") i++;
    else if (character === quote) return i;
    else if (character === '\n' && !isDeeper(text, i + 1, column)) return -1;
  }
  return -1;
}

/** Whether the next line with text, from `line` on, is indented by more than `column`. */
export function isDeeper(text: string, line: number, column: number): boolean {
  for (let start = line; start < text.length; start = lineEnd(text, start) + 1) {
    const end = lineEnd(text, start);
    const at = skip(text, start, end);
    if (at < end) return at - start > column;
  }
  return false;
}

/** The offset of what follows blanks, at most `end`. */
export function skip(text: string, at: number, end: number): number {
  while (at < end && /[ \t\r]/.test(text.charAt(at))) at++;
  return at;
}

/** The end of the line that `at` is on, its line feed excluded. */
export function lineEnd(text: string, at: number): number {
  const newline = text.indexOf('\n', at);
  return newline < 0 ? text.length : newline;
}
