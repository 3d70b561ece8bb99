/**
 * A rough reading of YAML that is being typed: which key, value or comment a cursor is in, and what stands beside it. It gives up
 * nothing because of an open quote or bracket, a key without colon or a line at a column of its own: where the `yaml` package
 * would read something else, this reads what somebody is about to write. Values of several lines are passed over.
 */
import { Flow } from './sketchFlow.ts';
import {
  closingQuote,
  lineEnd,
  mark,
  skip,
  touchesMark,
  wordOf,
  type Collection,
  type Entry,
  type SketchCursor,
  type Word,
} from './sketchWords.ts';

/**
 * What the cursor at `offset` of `text` is in; `undefined` where that is nothing that a word can be written in.
 * @param section the key that the whole text is the value of, if its own line is not in the text
 */
export function sketchAt(text: string, offset: number, section?: string): SketchCursor | undefined {
  if (text.includes(mark)) return undefined;
  return new Sketch(text, offset).read(section);
}

/** Reads lines in block style, and what they hold. */
class Sketch {
  readonly #text: string;
  readonly #offset: number;
  #root: Entry = { of: undefined, key: undefined, colon: true, value: undefined };
  /** The collections in block style that are open, the outermost first. */
  #open: Collection[] = [];
  #next = 0;
  #found: SketchCursor | undefined;

  constructor(text: string, offset: number) {
    this.#text = text.slice(0, offset) + mark + text.slice(offset);
    this.#offset = offset;
  }

  read(section: string | undefined): SketchCursor | undefined {
    if (section !== undefined) {
      const top: Entry = { of: undefined, key: undefined, colon: true, value: undefined };
      const of: Collection = { kind: 'mapping', flow: false, column: -1, holder: top, entries: [] };
      const key: Word = { start: 0, end: 0, text: section, quote: '', closed: true };
      this.#root = { of, key, colon: true, value: undefined };
    }
    for (let line = this.#text.startsWith('\uFEFF') ? 1 : 0; line < this.#text.length; line = this.#next) {
      const end = lineEnd(this.#text, line);
      this.#next = end + 1;
      let at = line;
      if (/^(?:---|\.\.\.)(?=[\s\0]|$)/.test(this.#text.slice(line, line + 4))) {
        this.#open = [];
        this.#root = { of: undefined, key: undefined, colon: true, value: undefined };
        at = skip(this.#text, line + 3, end);
        if (at < end && !this.#comment(at, end)) this.#inline(this.#root, at, end, -1);
        continue;
      }
      at = skip(this.#text, line, end);
      if (at < end && !this.#comment(at, end)) this.#line(at, at - line, end);
    }
    return this.#found;
  }

  /** What begins at `at`, in that column. */
  #line(at: number, column: number, end: number): void {
    const text = this.#text;
    while ((this.#open.at(-1)?.column ?? -1) > column) this.#open.pop();
    const isDash = text[at] === '-' && isGap(text, at + 1, end);
    const colon = isDash ? -1 : colonOf(text, at, end);
    let top = this.#open.at(-1);
    if (!isDash && top?.kind === 'sequence' && top.column === column) {
      // A sequence may stand at the column of the key that it belongs to: then this line is the next key.
      if (this.#open.at(-2)?.column !== column) {
        this.#stray(at, end, top);
        return;
      }
      this.#open.pop();
      top = this.#open.at(-1);
    }
    const slot = top ? top.entries.at(-1) : this.#root;
    const takes = slot?.colon === true && slot.value === undefined;
    if (isDash) {
      const sequence = this.#at('sequence', column, takes ? slot : undefined);
      if (!sequence) {
        this.#stray(at, end, undefined);
        return;
      }
      const entry: Entry = { of: sequence, key: undefined, colon: true, value: undefined };
      sequence.entries.push(entry);
      const rest = skip(text, at + 1, end);
      if (rest >= end || this.#comment(rest, end)) return;
      const nested = text[rest] === '-' && isGap(text, rest + 1, end);
      const isKey = colonOf(text, rest, end) >= 0 || this.#isFollowed(column + rest - at, end);
      if (nested || isKey) this.#line(rest, column + rest - at, end);
      else this.#inline(entry, rest, end, column);
      return;
    }
    const isWord =
      colon < 0 &&
      ((top?.kind === 'mapping' && top.column === column) || (takes && this.#isFollowed(column, end)));
    if (colon < 0 && !isWord) {
      if (takes && (!top || top.column < column)) this.#inline(slot, at, end, top?.column ?? -1);
      else this.#stray(at, end, undefined);
      return;
    }
    const mapping = this.#at('mapping', column, takes ? slot : undefined);
    if (!mapping) {
      this.#stray(at, end, undefined);
      return;
    }
    const key = this.#word(at, colon < 0 ? commentIn(text, at, end) : colon);
    const entry: Entry = { of: mapping, key, colon: colon >= 0, value: undefined };
    mapping.entries.push(entry);
    this.#meet({ at: 'key', word: key, entry }, key);
    const rest = colon < 0 ? commentIn(text, at, end) : skip(text, colon + 1, end);
    if (rest < end && !this.#comment(rest, end)) this.#inline(entry, rest, end, column);
  }

  /** Whether the next line has a key at that column: then a lone word at it will be one, too. */
  #isFollowed(column: number, end: number): boolean {
    const text = this.#text;
    for (let line = end + 1; line < text.length; line = lineEnd(text, line) + 1) {
      const behind = lineEnd(text, line);
      const at = skip(text, line, behind);
      if (at < behind) return at - line === column && colonOf(text, at, behind) >= 0;
    }
    return false;
  }

  /** The collection of a kind at a column: the one that is open there, or a new one as the value of `slot`. */
  #at(kind: Collection['kind'], column: number, slot: Entry | undefined): Collection | undefined {
    const top = this.#open.at(-1);
    if (top?.kind === kind && top.column === column) return top;
    // Only a sequence may stand at the column of its key.
    if (!slot || (top?.column === column && (kind === 'mapping' || top.kind === 'sequence')))
      return undefined;
    const collection: Collection = { kind, flow: false, column, holder: slot, entries: [] };
    slot.value = collection;
    this.#open.push(collection);
    return collection;
  }

  /** Reads a value that begins on this line, at `at`, below keys or dashes at `column`. */
  #inline(entry: Entry, from: number, end: number, column: number): void {
    const text = this.#text;
    let at = from;
    while (at < end && (text[at] === '&' || text[at] === '!')) {
      while (at < end && !/[ \t]/.test(text.charAt(at))) if (text[at++] === mark) return;
      at = skip(text, at, end);
    }
    if (at >= end || this.#comment(at, end)) return;
    const first = text.charAt(at);
    if (first === '*') {
      const behind = text.slice(at, end).search(/[ \t\r]/);
      const name = this.#word(at + 1, behind < 0 ? end : at + behind);
      entry.value = { ...name, text: '' };
      this.#meet({ at: 'alias', word: name, entry }, name);
    } else if (/^[|>][-+0-9]*\s*(?:#.*)?$/.test(text.slice(at, end))) {
      entry.value = { start: at, end, text: '', quote: '', closed: true };
      this.#next = behindDeeper(text, end + 1, column);
    } else if (first === '{' || first === '[') {
      const flow = new Flow(text, this.#offset, column, (cursor) => {
        this.#found ??= cursor;
      });
      const behind = flow.read(entry, at);
      this.#behind(behind);
    } else {
      const limit = first === '"' || first === "'" ? closingQuote(text, at, column) : -1;
      if (limit > end) {
        // A quoted text of several lines: nobody completes in it.
        entry.value = { start: at, end: limit, text: '', quote: '', closed: true };
        this.#behind(limit + 1);
        return;
      }
      const word = this.#word(at, limit >= 0 ? limit + 1 : commentIn(text, at, end));
      entry.value = word;
      this.#meet({ at: 'value', word, entry }, word);
      this.#behind(limit >= 0 ? limit + 1 : commentIn(text, at, end));
    }
  }

  /** What stands behind a value, on its last line: at most a comment. */
  #behind(at: number): void {
    const end = lineEnd(this.#text, at);
    this.#next = end + 1;
    const rest = skip(this.#text, at, end);
    if (rest < end) this.#comment(rest, end);
  }

  #comment(at: number, end: number): boolean {
    if (this.#text[at] !== '#') return false;
    const cursor = this.#text.indexOf(mark, at);
    if (cursor >= 0 && cursor < end) this.#found ??= { at: 'comment', start: at };
    return true;
  }

  #stray(at: number, end: number, sequence: Collection | undefined): void {
    if (colonOf(this.#text, at, end) >= 0) return;
    const word = this.#word(at, commentIn(this.#text, at, end));
    this.#meet({ at: 'stray', word, sequence }, word);
    const rest = commentIn(this.#text, at, end);
    if (rest < end) this.#comment(rest, end);
  }

  #word(start: number, end: number): Word {
    return wordOf(this.#text, this.#offset, start, end);
  }

  #meet(cursor: SketchCursor, word: Word): void {
    if (touchesMark(word, this.#offset)) this.#found ??= cursor;
  }
}

/** The start of the first line from `line` on that has text and is not indented by more than `column`. */
function behindDeeper(text: string, line: number, column: number): number {
  while (line < text.length) {
    const end = lineEnd(text, line);
    const at = skip(text, line, end);
    if (at < end && at - line <= column) break;
    line = end + 1;
  }
  return line;
}

/** The colon of a key that begins at `at`. The cursor right behind a colon counts as the space that must follow it. */
function colonOf(text: string, from: number, end: number): number {
  // In front of brackets and quotes an anchor or a tag changes nothing.
  const [properties = ''] = /^(?:[&!][^\s\0]*[ \t]+)*/.exec(text.slice(from, end)) ?? [];
  const at = from + properties.length;
  const first = text[at];
  if (first === '{' || first === '[' || first === '#') return -1;
  if (first === '"' || first === "'") {
    const close = closingQuote(text, at, Number.MAX_SAFE_INTEGER);
    const behind = close < 0 || close >= end ? end : skip(text, close + 1, end);
    return behind < end && text[behind] === ':' && isGap(text, behind + 1, end) ? behind : -1;
  }
  for (let i = text.indexOf(':', at); i >= 0 && i < end; i = text.indexOf(':', i + 1))
    if (isGap(text, i + 1, end)) return i < commentIn(text, at, end) ? i : -1;
  return -1;
}

/** Where a comment begins in what is otherwise plain text; the end of the line where there is none. */
function commentIn(text: string, at: number, end: number): number {
  for (let i = text.indexOf('#', at); i >= 0 && i < end; i = text.indexOf('#', i + 1))
    if (i > at && /[ \t]/.test(text.charAt(i - 1))) return i;
  return end;
}

/** Whether an indicator may end in front of `at`. */
function isGap(text: string, at: number, end: number): boolean {
  return at >= end || /[ \t\r\0]/.test(text.charAt(at));
}
