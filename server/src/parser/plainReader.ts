/**
 * Reads a block of the plain shape, which nearly all blocks of an export have: one item, a mapping with a key on each line,
 * its values plain or quoted on one line, lists and mappings of such on one line, and comments; or all of it in braces on one line. It reads nothing else: on anything unusual it
 * gives up, and the `yaml` package reads the block. What it does read, it must read as that package does; a test holds the
 * two against each other.
 */
import type { Mapping, Node, Pair, Scalar, Sequence } from './nodes.ts';
import { resolvePlain } from './scalars.ts';

/** The mapping of an item's block `- Key: value …`; `undefined` where the block is not of the plain shape. */
export function readPlainItem(text: string): Mapping | undefined {
  const reader = new PlainReader(text);
  return reader.item();
}

/**
 * For a key the one that followed it last: in an export nearly always the one that follows it next. Where it does, the key need
 * not be looked for, and all items share one text for it.
 */
const likelyAfter = new Map<string, string>();
const mostLikely = 1024;

class PlainReader {
  readonly #text: string;
  #at = 0;
  /** The key that was read last. */
  #before = '';

  constructor(text: string) {
    this.#text = text;
  }

  item(): Mapping | undefined {
    const text = this.#text;
    let at = 0;
    while (text.charCodeAt(at) === space) at++;
    if (text.charCodeAt(at) !== dash || text.charCodeAt(at + 1) !== space) return undefined;
    at++;
    while (text.charCodeAt(at) === space) at++;
    this.#at = at;
    return text.charCodeAt(at) === openBrace ? this.#flowItem() : this.#mapping(at);
  }

  /** A mapping in braces that is all of the item. */
  #flowItem(): Mapping | undefined {
    const mapping = this.#flowMapping();
    return mapping && this.#endLine() && this.#nextLine() < 0 && this.#at >= this.#text.length
      ? mapping
      : undefined;
  }

  /** The keys that stand in `column`, the first of them here; the block must end with them. */
  #mapping(column: number): Mapping | undefined {
    const text = this.#text;
    const pairs: Pair[] = [];
    const start = this.#at;
    for (;;) {
      const pair = this.#pair(column);
      if (!pair) return undefined;
      pairs.push(pair);
      const next = this.#nextLine();
      if (next < 0) break;
      if (next !== column) return undefined;
    }
    const end = pairs.at(-1)?.value.end ?? start;
    return this.#at >= text.length
      ? { type: 'mapping', pairs, flow: false, anchor: undefined, start, end }
      : undefined;
  }

  #pair(column: number): Pair | undefined {
    const key = this.#key();
    if (!key) return undefined;
    const text = this.#text;
    const behindColon = this.#at;
    while (text.charCodeAt(this.#at) === space) this.#at++;
    if (this.#atLineEnd(behindColon)) {
      // Empty, or a list on the lines below. A comment needs the white space in front of it.
      this.#at = behindColon;
      if (!this.#endLine()) return undefined;
      const value = this.#listBelow(column, behindColon);
      return value && { key, value };
    }
    const value = this.#value(noEnd);
    return value && this.#endLine() ? { key, value } : undefined;
  }

  #key(): Scalar | undefined {
    const text = this.#text;
    const start = this.#at;
    const first = text.charCodeAt(start);
    if (first === singleQuote || first === doubleQuote) {
      const key = this.#quoted(first);
      if (!key || text.charCodeAt(this.#at) !== colon || !this.#isGap(this.#at + 1)) return undefined;
      this.#at++;
      return key;
    }
    if (!startsPlain(first)) return undefined;
    const expected = likelyAfter.get(this.#before);
    if (expected !== undefined && text.startsWith(expected, start)) {
      const end = start + expected.length;
      if (text.charCodeAt(end) === colon && this.#isGap(end + 1)) {
        this.#at = end + 1;
        this.#before = expected;
        return plainScalar(expected, start);
      }
    }
    let at = start;
    for (; ; at++) {
      const code = text.charCodeAt(at);
      if (code === colon && this.#isGap(at + 1)) break;
      if (
        !(code >= space && code < 0xd800) ||
        code === del ||
        (code === hash && text.charCodeAt(at - 1) === space)
      )
        return undefined;
    }
    // `yaml` refuses keys of more than 1,024 characters, and takes << for a merge.
    if (at === start || at - start > 1000 || text.charCodeAt(at - 1) === space) return undefined;
    this.#at = at + 1;
    const key = text.slice(start, at);
    if (likelyAfter.size === mostLikely) likelyAfter.clear();
    likelyAfter.set(this.#before, key);
    this.#before = key;
    return plainScalar(key, start);
  }

  /** A scalar on one line; in a flow collection up to a comma or `closing`. */
  #scalar(closing: number): Scalar | undefined {
    const text = this.#text;
    const start = this.#at;
    const first = text.charCodeAt(start);
    if (first === singleQuote || first === doubleQuote) return this.#quoted(first);
    if (!startsPlain(first)) return undefined;
    const inFlow = closing !== noEnd;
    let at = start;
    let end = start;
    for (; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (code === newline || code === carriageReturn) break;
      if (code === space) continue;
      if (code === hash && text.charCodeAt(at - 1) === space) break;
      if (code === colon && (this.#isGap(at + 1) || (inFlow && endsInFlow(text.charCodeAt(at + 1)))))
        return undefined;
      if (inFlow && endsInFlow(code)) {
        if (code === comma || code === closing) break;
        return undefined;
      }
      if (code < space || code >= 0xd800 || (code >= del && code < 0xa0)) return undefined;
      end = at + 1;
    }
    this.#at = end;
    return plainScalar(text.slice(start, end), start);
  }

  #quoted(quote: number): Scalar | undefined {
    const text = this.#text;
    const start = this.#at;
    let doubled = false;
    let at = start + 1;
    for (; ; at++) {
      const code = text.charCodeAt(at);
      if (code === quote) {
        if (quote !== singleQuote || text.charCodeAt(at + 1) !== singleQuote) break;
        doubled = true;
        at++;
      } else if (
        !(code >= space && code < 0xd800) ||
        (code === backslash && quote === doubleQuote) ||
        (code >= del && code < 0xa0)
      ) {
        return undefined;
      }
    }
    this.#at = at + 1;
    const inside = text.slice(start + 1, at);
    const content = doubled ? inside.replaceAll("''", "'") : inside;
    const style = quote === singleQuote ? 'single' : 'double';
    return { type: 'scalar', value: content, text: content, style, anchor: undefined, start, end: at + 1 };
  }

  /** A list or a mapping in brackets or braces, or a scalar, on one line. */
  #value(closing: number): Node | undefined {
    const code = this.#text.charCodeAt(this.#at);
    if (code === openBracket) return this.#flowList();
    return code === openBrace ? this.#flowMapping() : this.#scalar(closing);
  }

  /** `{ Key: a, Other: [b] }` on one line. */
  #flowMapping(): Mapping | undefined {
    const text = this.#text;
    const start = this.#at++;
    const pairs: Pair[] = [];
    this.#skipSpaces();
    while (text.charCodeAt(this.#at) !== closeBrace) {
      const key = this.#flowKey();
      if (!key) return undefined;
      this.#skipSpaces();
      const value = this.#value(closeBrace);
      if (!value) return undefined;
      pairs.push({ key, value });
      this.#skipSpaces();
      const code = text.charCodeAt(this.#at);
      if (code === closeBrace) break;
      if (code !== comma) return undefined;
      this.#at++;
      this.#skipSpaces();
      // A comma in front of the brace is allowed, but rare.
      if (text.charCodeAt(this.#at) === closeBrace) return undefined;
    }
    this.#at++;
    return { type: 'mapping', pairs, flow: true, anchor: undefined, start, end: this.#at };
  }

  #flowKey(): Scalar | undefined {
    const text = this.#text;
    const start = this.#at;
    const first = text.charCodeAt(start);
    const isQuoted = first === singleQuote || first === doubleQuote;
    let key: Scalar | undefined;
    if (isQuoted) {
      key = this.#quoted(first);
    } else if (startsPlain(first)) {
      let at = start;
      for (; text.charCodeAt(at) !== colon; at++) {
        const code = text.charCodeAt(at);
        const isUsual = code > space && code < del && code !== hash && !endsInFlow(code);
        if (!isUsual || at - start > 1000) return undefined;
      }
      this.#at = at;
      key = plainScalar(text.slice(start, at), start);
    }
    if (!key || text.charCodeAt(this.#at) !== colon || text.charCodeAt(this.#at + 1) !== space)
      return undefined;
    this.#at++;
    return key;
  }

  #skipSpaces(): void {
    while (this.#text.charCodeAt(this.#at) === space) this.#at++;
  }

  /** `[a, 'b', c]` on one line. */
  #flowList(): Sequence | undefined {
    const text = this.#text;
    const start = this.#at++;
    const items: Node[] = [];
    for (;;) {
      while (text.charCodeAt(this.#at) === space) this.#at++;
      if (text.charCodeAt(this.#at) === closeBracket) {
        // A comma in front of the bracket is allowed, but rare.
        if (items.length > 0) return undefined;
        break;
      }
      const item = this.#scalar(closeBracket);
      if (!item) return undefined;
      items.push(item);
      while (text.charCodeAt(this.#at) === space) this.#at++;
      const code = text.charCodeAt(this.#at);
      if (code === closeBracket) break;
      if (code !== comma) return undefined;
      this.#at++;
    }
    this.#at++;
    return { type: 'sequence', items, flow: true, anchor: undefined, start, end: this.#at };
  }

  /** Lines `- scalar` below a key in `column`; an empty value where the next line is a key again. */
  #listBelow(column: number, behindColon: number): Node | undefined {
    const text = this.#text;
    const items: Node[] = [];
    let start = 0;
    let listColumn = -1;
    for (;;) {
      const before = this.#at;
      const at = this.#nextLine();
      const isItem = at >= column && text.charCodeAt(this.#at) === dash && this.#isGap(this.#at + 1);
      if (!isItem || (listColumn >= 0 && at !== listColumn)) {
        // Deeper, and no item: a nested mapping, or a value on a line of its own.
        if (at > column || (isItem && listColumn >= 0)) return undefined;
        this.#at = before;
        break;
      }
      listColumn = at;
      if (items.length === 0) start = this.#at;
      this.#at++;
      while (text.charCodeAt(this.#at) === space) this.#at++;
      const item = this.#scalar(noEnd);
      if (!item || !this.#endLine()) return undefined;
      items.push(item);
    }
    const last = items.at(-1);
    if (!last) return plainScalar('', behindColon);
    return { type: 'sequence', items, flow: false, anchor: undefined, start, end: last.end };
  }

  /** Goes to the first character of the next line that has something on it. @returns its column, or -1 at the end */
  #nextLine(): number {
    const text = this.#text;
    for (;;) {
      const line = this.#at;
      let at = line;
      while (text.charCodeAt(at) === space) at++;
      const code = text.charCodeAt(at);
      if (code === hash) {
        const end = text.indexOf('\n', at);
        this.#at = end < 0 ? text.length : end + 1;
      } else if (code === newline) {
        this.#at = at + 1;
      } else if (code === carriageReturn && text.charCodeAt(at + 1) === newline) {
        this.#at = at + 2;
      } else {
        this.#at = at;
        return at >= text.length ? -1 : at - line;
      }
    }
  }

  /** Goes behind the line end that must follow, over blanks and a comment. */
  #endLine(): boolean {
    const text = this.#text;
    const from = this.#at;
    let at = from;
    while (text.charCodeAt(at) === space) at++;
    let code = text.charCodeAt(at);
    if (code === hash && at > from) {
      const end = text.indexOf('\n', at);
      at = end < 0 ? text.length : end;
      code = text.charCodeAt(at);
    }
    if (code === carriageReturn && text.charCodeAt(at + 1) === newline) at++;
    else if (code !== newline && at < text.length) return false;
    this.#at = Math.min(at + 1, text.length);
    return true;
  }

  #atLineEnd(from: number): boolean {
    const code = this.#text.charCodeAt(this.#at);
    if (code === hash) return this.#at > from;
    return (
      this.#at >= this.#text.length ||
      code === newline ||
      (code === carriageReturn && this.#text.charCodeAt(this.#at + 1) === newline)
    );
  }

  /** Whether white space or the end stands at an offset: then a colon or dash in front of it means something. */
  #isGap(at: number): boolean {
    const code = this.#text.charCodeAt(at);
    return code === space || code === newline || code === carriageReturn || at >= this.#text.length;
  }
}

/** Letters, digits and what else may begin a plain scalar without looking at the next character. */
function startsPlain(code: number): boolean {
  return (
    (code >= 97 && code <= 122) ||
    (code >= 65 && code <= 90) ||
    (code >= 48 && code <= 57) ||
    code === 95 || // _
    code === 43 || // +
    code === 46 || // .
    code === 47 || // /
    code === 40 || // (
    code === 36 || // $
    (code >= 0xa1 && code < 0xd800)
  );
}

function endsInFlow(code: number): boolean {
  return (
    code === comma ||
    code === openBracket ||
    code === closeBracket ||
    code === openBrace ||
    code === closeBrace
  );
}

function plainScalar(text: string, start: number): Scalar {
  return {
    type: 'scalar',
    value: resolvePlain(text),
    text,
    style: 'plain',
    anchor: undefined,
    start,
    end: start + text.length,
  };
}

const [newline, carriageReturn, space, doubleQuote, hash, singleQuote, comma, dash] = [
  10, 13, 32, 34, 35, 39, 44, 45,
] as const;
const [colon, openBracket, backslash, closeBracket, openBrace, closeBrace, del] = [
  58, 91, 92, 93, 123, 125, 127,
] as const;
/** A scalar that ends with its line. */
const noEnd = -1;
