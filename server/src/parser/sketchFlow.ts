import { closingQuote, isDeeper, lineEnd, mark, touchesMark, wordOf } from './sketchWords.ts';
import type { Collection, Entry, SketchCursor, Word } from './sketchWords.ts';

/** Reads brackets and braces that may not be closed: then they end where a line is not below the key that they belong to. */
export class Flow {
  readonly #text: string;
  readonly #offset: number;
  readonly #column: number;
  readonly #meet: (cursor: SketchCursor) => void;
  readonly #open: { collection: Collection; current: Entry | undefined }[] = [];

  /**
   * @param text the text with the mark at `offset`
   * @param column of the key or dash that the brackets belong to
   * @param meet is told where the cursor is
   */
  constructor(text: string, offset: number, column: number, meet: (cursor: SketchCursor) => void) {
    this.#text = text;
    this.#offset = offset;
    this.#column = column;
    this.#meet = meet;
  }

  /** Reads the value of `entry` from `start` on. @returns where it ends */
  read(entry: Entry, start: number): number {
    const text = this.#text;
    let at = start;
    this.#begin(entry, text[at++] ?? '');
    while (at < text.length && this.#open.length > 0) {
      const character = text.charAt(at);
      if (character === '\n') {
        if (!this.#goesOn(at + 1)) return at;
        at++;
      } else if (/\s/.test(character)) {
        at++;
      } else if (character === '#' && /\s/.test(text.charAt(at - 1))) {
        at = this.#comment(at);
      } else if (character === ',') {
        this.#endEntry();
        at++;
      } else if (character === '{' || character === '[') {
        this.#begin(this.#slot(), character);
        at++;
      } else if (character === '}' || character === ']') {
        this.#open.pop();
        at++;
      } else if (character === ':' && this.#takesColon(at)) {
        const current = this.#open.at(-1)?.current;
        if (current) current.colon = true;
        at++;
      } else {
        at = this.#word(at);
      }
    }
    return at;
  }

  #begin(holder: Entry, bracket: string): void {
    const kind = bracket === '{' ? 'mapping' : 'sequence';
    const collection: Collection = { kind, flow: true, column: -1, holder, entries: [] };
    holder.value ??= collection;
    this.#open.push({ collection, current: undefined });
  }

  /** The entry that the next value belongs to. */
  #slot(): Entry {
    const top = this.#open.at(-1);
    if (top?.current) return top.current;
    return this.#add(undefined);
  }

  #add(key: Word | undefined): Entry {
    const top = this.#open.at(-1);
    const of = top?.collection;
    const entry: Entry = { of, key, colon: of?.kind === 'sequence', value: undefined };
    of?.entries.push(entry);
    if (top) top.current = entry;
    return entry;
  }

  #endEntry(): void {
    const top = this.#open.at(-1);
    if (top) top.current = undefined;
  }

  #takesColon(at: number): boolean {
    const top = this.#open.at(-1);
    const key = top?.current?.key;
    if (top?.collection.kind !== 'mapping' || !key || top.current?.colon) return false;
    return key.quote !== '' || /[\s,{}[\]\0]|^$/.test(this.#text.charAt(at + 1));
  }

  #word(start: number): number {
    const { entry, isKey } = this.#place();
    const end = this.#endOf(start, isKey);
    const isAlias = !isKey && this.#text[start] === '*';
    const word = wordOf(this.#text, this.#offset, isAlias ? start + 1 : start, end);
    const isOneLine = !this.#text.slice(start, end).includes('\n');
    const meets = isOneLine && touchesMark(word, this.#offset);
    if (isKey) {
      const added = this.#add(word);
      if (meets) this.#meet({ at: 'key', word, entry: added });
    } else if (entry?.value === undefined && entry?.colon !== false) {
      const target = entry ?? this.#add(undefined);
      target.value = isAlias ? { ...word, text: '' } : word;
      if (meets) this.#meet({ at: isAlias ? 'alias' : 'value', word, entry: target });
    }
    return end;
  }

  #place(): { entry: Entry | undefined; isKey: boolean } {
    const top = this.#open.at(-1);
    const isKey = top?.collection.kind === 'mapping' && !top.current;
    return { entry: top?.current, isKey };
  }

  #endOf(start: number, isKey: boolean): number {
    const text = this.#text;
    const first = text[start];
    const isQuoted = first === '"' || first === "'";
    const close = isQuoted ? closingQuote(text, start, this.#column) : -1;
    if (close >= 0) return close + 1;
    let at = start + 1;
    for (; at < text.length; at++) {
      const character = text.charAt(at);
      if (/[\n,[\]{}]/.test(character)) break;
      if (character === '#' && /\s/.test(text.charAt(at - 1))) break;
      if (character === ':' && isKey && /[\s,{}[\]\0]|^$/.test(text.charAt(at + 1))) break;
    }
    return at;
  }

  #goesOn(line: number): boolean {
    const rest = /^\s*[}\]]/.exec(this.#text.slice(line, line + 200));
    return rest !== null || isDeeper(this.#text, line, this.#column);
  }

  #comment(at: number): number {
    const end = lineEnd(this.#text, at);
    const cursor = this.#text.indexOf(mark, at);
    if (cursor >= 0 && cursor < end) this.#meet({ at: 'comment', start: at });
    return end;
  }
}
