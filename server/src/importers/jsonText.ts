import { ImportError, type TextChunks } from './imported.ts';

/** A value as it stands in the file. */
export interface JsonPiece {
  readonly text: string;
  /** On which it begins, from 1. */
  readonly line: number;
}

/** Values nested deeper than this are no export, and would exhaust the stack of whoever walks them. */
const deepest = 100;
/** One object, or all that cannot be taken apart. Characters. */
const longest = 0x400_0000;

/** JSON text that comes in chunks, and is cut into values without being parsed. */
export class JsonText {
  readonly #chunks: AsyncIterator<string>;
  readonly #file: string;
  #text = '';
  #at = 0;
  #line = 1;

  constructor(chunks: TextChunks, file: string) {
    this.#chunks = chunks[Symbol.asyncIterator]();
    this.#file = file;
  }

  /** The next character that is no white space, which stays; `undefined` at the end. */
  async next(): Promise<string | undefined> {
    for (;;) {
      while (this.#at < this.#text.length) {
        const character = this.#text.charAt(this.#at);
        if (!/[ \t\r\n]/.test(character)) return character;
        if (character === '\n') this.#line++;
        this.#at++;
      }
      if (!(await this.#more())) return undefined;
    }
  }

  /** Goes over one character, if it is the next. */
  async skip(character: string): Promise<boolean> {
    if ((await this.next()) !== character) return false;
    this.#at++;
    return true;
  }

  /** Goes over the next value. @throws ImportError where it does not end, or is too large or too deep */
  async value(): Promise<JsonPiece> {
    const first = await this.next();
    const line = this.#line;
    if (first === undefined) this.fail(cutOff);
    const parts: string[] = [];
    let length = 0;
    const scan = new Scan();
    for (;;) {
      const from = this.#at;
      this.#at = scan.over(this.#text, from);
      const part = this.#text.slice(from, this.#at);
      parts.push(part);
      length += part.length;
      for (let at = part.indexOf('\n'); at >= 0; at = part.indexOf('\n', at + 1)) this.#line++;
      if (scan.depth > deepest) this.fail(`Values are nested more than ${deepest} deep, which no export is.`);
      if (length > longest)
        this.fail(
          'One value is too large to be read at once. Export with Export-Clixml, which is read object by object.',
          line,
        );
      if (scan.isDone) return { text: parts.join(''), line };
      if (await this.#more()) continue;
      if (scan.isBare) return { text: parts.join(''), line };
      this.fail(cutOff);
    }
  }

  /** Of what comes next. */
  get line(): number {
    return this.#line;
  }

  fail(message: string, line = this.#line): never {
    throw new ImportError(message, { file: this.#file, line });
  }

  async #more(): Promise<boolean> {
    for (;;) {
      const next = await this.#chunks.next();
      if (next.done === true) return false;
      if (next.value === '') continue;
      this.#text = next.value;
      this.#at = 0;
      return true;
    }
  }
}

const cutOff = 'The file ends too early: it is cut off. Make the export anew.';

/** Where one is in a value. */
class Scan {
  depth = 0;
  isDone = false;
  /** In a number or a word: it ends where something else begins, or the file. */
  isBare = false;
  #inString = false;
  #isEscaped = false;

  /** @returns how far the value goes in this text */
  over(text: string, from: number): number {
    for (let at = from; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (this.#inString) {
        if (this.#isEscaped) this.#isEscaped = false;
        else if (code === backslash) this.#isEscaped = true;
        else if (code === quote) {
          this.#inString = false;
          if (this.depth === 0) return this.#end(at + 1);
        }
        continue;
      }
      switch (code) {
        case quote:
          if (this.isBare) return this.#end(at);
          this.#inString = true;
          break;
        case openBracket:
        case openBrace:
          if (this.isBare) return this.#end(at);
          if (++this.depth > deepest) return at;
          break;
        case closeBracket:
        case closeBrace:
          if (this.depth === 0) return this.#end(at);
          if (--this.depth === 0) return this.#end(at + 1);
          break;
        case comma:
        case colon:
        case space:
        case tab:
        case newline:
        case carriageReturn:
          if (this.depth === 0) return this.#end(at);
          break;
        default:
          if (this.depth === 0) this.isBare = true;
      }
    }
    return text.length;
  }

  #end(at: number): number {
    this.isDone = true;
    return at;
  }
}

const [tab, newline, carriageReturn, space, quote, comma, colon] = [9, 10, 13, 32, 34, 44, 58] as const;
const [openBracket, backslash, closeBracket, openBrace, closeBrace] = [91, 92, 93, 123, 125] as const;
