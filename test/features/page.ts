/** A document as an editor counts it. Written anew here, to judge the server's own counting. */
import assert from 'node:assert/strict';
import type { Position, Range, TextEdit } from 'vscode-languageserver-types';
import { lineStarts } from './cursor.ts';

export interface Stretch {
  readonly start: number;
  readonly end: number;
}

export class Page {
  readonly uri: string;
  readonly text: string;
  readonly #starts: readonly number[];

  constructor(uri: string, text: string) {
    this.uri = uri;
    this.text = text;
    this.#starts = lineStarts(text);
  }

  get lines(): number {
    return this.#starts.length;
  }

  /** The offset of a position that a cursor could have: on a line, not behind its end, not in the middle of a character. */
  offset({ line, character }: Position): number {
    const start = this.#starts[line];
    if (start === undefined) assert.fail(`The document has no line ${line}.`);
    const offset = start + character;
    const isThere = Number.isInteger(character) && character >= 0 && offset <= this.#endOf(line);
    if (!isThere) assert.fail(`Line ${line} has no character ${character}.`);
    if (this.isInside(offset)) assert.fail(`Character ${character} of line ${line} is half a character.`);
    return offset;
  }

  position(offset: number): Position {
    let [low, high] = [0, this.#starts.length - 1];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((this.#starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low, character: offset - (this.#starts[low] ?? 0) };
  }

  /** Whether an offset is in the middle of a character or of a line end, where no cursor can be. */
  isInside(offset: number): boolean {
    const [before, after] = [this.text.charCodeAt(offset - 1), this.text.charCodeAt(offset)];
    return (before === 13 && after === 10) || (before >> 10 === 0x36 && after >> 10 === 0x37);
  }

  stretch({ start, end }: Range): Stretch {
    const stretch = { start: this.offset(start), end: this.offset(end) };
    if (stretch.start > stretch.end)
      assert.fail(`A range ends in front of its start: ${words({ start, end })}`);
    return stretch;
  }

  /** The text after edits, which come in the order of the text, do not overlap, and change something. */
  edited(edits: readonly TextEdit[]): string {
    assert.ok(edits.length > 0, 'An edit of a document is none.');
    let [result, end] = ['', 0];
    for (const { range, newText } of edits) {
      const { start: from, end: to } = this.stretch(range);
      if (from < end) assert.fail(`Edits overlap, or are in no order: ${JSON.stringify(edits)}`);
      result += this.text.slice(end, from) + newText;
      end = to;
    }
    result += this.text.slice(end);
    assert.notEqual(result, this.text, 'An edit changes nothing.');
    const [crlf, lf] = [this.text.includes('\r\n'), /(?<!\r)\n/.test(this.text)];
    if (crlf && !lf)
      assert.doesNotMatch(result, /(?<!\r)\n/, 'A line end is of another kind than all others.');
    return result;
  }

  #endOf(line: number): number {
    let end = this.#starts[line + 1] ?? this.text.length;
    const start = this.#starts[line] ?? 0;
    while (line + 1 < this.#starts.length && end > start && /[\r\n]/.test(this.text.charAt(end - 1))) end--;
    return end;
  }
}

/** Whether each stretch begins where the one in front ends, or behind. */
export function areApart(stretches: readonly Stretch[]): boolean {
  return stretches.every(({ start }, index) => index === 0 || start >= (stretches[index - 1]?.end ?? 0));
}

export function contains(outer: Stretch, inner: Stretch): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

export function words({ start, end }: Range): string {
  return `${start.line}:${start.character}-${end.line}:${end.character}`;
}
