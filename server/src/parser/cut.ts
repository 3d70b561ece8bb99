/**
 * Cuts YAML text into blocks by the indentation of its lines, without parsing it: a header `CsUser:`, then one block for
 * each `- ` item below it. What does not have this shape becomes one block for the section, or for the document.
 *
 * That this is right needs one fact: a line that starts at the column of a block sequence or of a top-level key ends
 * everything that was open below it, quoted text and flow collections included (`yaml` unwinds there too). Only a closing
 * bracket may stand at its parent's column, and the cut honours that. A test holds it against whole documents.
 */

/** What a block's text is. */
export type BlockKind =
  /** White space, comments, and document markers: nothing to read. */
  | 'trivia'
  /** A section's key, its items follow. */
  | 'header'
  /** One item of the section above. */
  | 'item'
  /** A section's key with its value, or a stray line that looks like neither. */
  | 'section'
  /** The same between items of a section that go on behind it, which YAML forbids: somebody is typing there. */
  | 'aside'
  /** A whole document that cannot be cut. */
  | 'document'
  /** Items that are not here: only how long they are is known. */
  | 'elided';

/**
 * Where in a document a line stands, as far as cutting needs to know: one of the constants below, or the column of the
 * items of the section at hand.
 */
export type Mode = number;
export const atStart: Mode = -1;
/** Behind `---`, where no directive can follow. */
const behindMarker: Mode = -6;
const awaitingItem: Mode = -2;
const inSection: Mode = -3;
/** In a line without a colon: a key that is being typed. */
const inStray: Mode = -7;
const inDirectives: Mode = -4;
const inDocument: Mode = -5;
/**
 * From here down: in a stray line, or (the odd ones) in a key with a plain value, between items of a column. In YAML what follows
 * would belong to it, and be wrong; but nobody means that, and a file of thousands would have to be read anew at every key.
 */
const inAside: Mode = -100;

function aside(column: number, hasValue: boolean): Mode {
  return inAside - 2 * column - (hasValue ? 1 : 0);
}

/** The column of the items that a mode is among. */
function itemColumn(mode: Mode): number | undefined {
  if (mode >= 0) return mode;
  return mode <= inAside ? (inAside - mode) >> 1 : undefined;
}

function asideHasValue(mode: Mode): boolean {
  return mode <= inAside && (inAside - mode) % 2 === 1;
}

export interface Cut {
  readonly kind: BlockKind;
  readonly start: number;
  readonly end: number;
  /** The mode in front of the block: two cuts that agree on it agree on all that follows. */
  readonly mode: Mode;
}

/**
 * Cuts `text` from `offset` on, which must be the start of a block (or of the text).
 * @param mode the mode that the text at `offset` stands in
 * @param stopAt asked at every start of a block behind the first; when it says yes, the cut ends there
 * @param whole the first document met is taken whole
 * @returns the cuts, without gaps, and the offset where they end. `irregular` is the start of a document that turned out
 * not to be of the usual shape after some of it had been cut: it must be cut again from there, whole.
 */
export function cut(text: string, offset: number, mode: Mode, stopAt: StopAt, whole = false): CutResult {
  const cuts: Cut[] = [];
  let kind: BlockKind = 'trivia';
  let start = offset;
  let before = mode;
  let documentStart = { offset, mode };

  for (let line = offset, next = 0; line < text.length; line = next) {
    const newline = text.indexOf('\n', line);
    next = newline < 0 ? text.length : newline + 1;
    let what = classify(text, line, next, mode);
    if (what === 'continues') continue;
    if (what === 'value') {
      // The header's value is no block sequence: header and value are one block.
      kind = 'section';
      mode = inSection;
      continue;
    }
    if (what === 'marker' && mode === inDirectives) {
      mode = inDocument;
      continue;
    }
    if (line > offset && stopAt(line, mode))
      return { cuts: [...cuts, { kind, start, end: line, mode: before }], end: line };
    const starts = mode === atStart || mode === behindMarker;
    if (what === 'irregular' && !starts) return { cuts, end: line, irregular: documentStart };
    if (whole && starts && what !== 'marker' && what !== 'directive') what = 'irregular';
    if (line > start) cuts.push({ kind, start, end: line, mode: before });
    start = line;
    before = mode;
    switch (what) {
      case 'marker':
        whole &&= line === offset;
        documentStart = { offset: line, mode: before };
        [kind, mode] = isBareMarker(text, line, next)
          ? ['trivia', text.startsWith('.', lineStart(text, line)) ? atStart : behindMarker]
          : ['document', inDocument];
        break;
      case 'directive':
        [kind, mode] = ['document', inDirectives];
        break;
      case 'irregular':
        [kind, mode] = ['document', inDocument];
        break;
      case 'item':
        [kind, mode] = ['item', columnOf(text, line)];
        break;
      case 'header':
        [kind, mode] = ['header', awaitingItem];
        break;
      case 'section': {
        const colon = keyColon(text, lineStart(text, line), next);
        const column = itemColumn(mode);
        const isAside = column !== undefined && (colon < 0 || isPlainFrom(text, colon + 1, next));
        if (isAside) [kind, mode] = ['aside', aside(column, colon >= 0)];
        else [kind, mode] = ['section', colon < 0 ? inStray : inSection];
        break;
      }
    }
  }
  if (text.length > start) cuts.push({ kind, start, end: text.length, mode: before });
  return { cuts, end: text.length };
}

export type StopAt = (offset: number, mode: Mode) => boolean;

export interface CutResult {
  readonly cuts: Cut[];
  readonly end: number;
  readonly irregular?: { readonly offset: number; readonly mode: Mode };
}

type Line = 'continues' | 'value' | 'marker' | 'directive' | 'item' | 'header' | 'section' | 'irregular';

/** What the line from `line` to `next` means to the cut. */
function classify(text: string, line: number, next: number, mode: Mode): Line {
  const zero = lineStart(text, line);
  let at = zero;
  while (at < next && text.charCodeAt(at) === space) at++;
  const column = at - zero;
  const first = text.charCodeAt(at);
  if (first === hash || isBlankOrComment(text, at, next)) return 'continues';
  const starts = mode === atStart || mode === behindMarker;
  if (first === tab) return starts ? 'irregular' : mode === awaitingItem ? 'value' : 'continues';
  if (column === 0 && isMarker(text, at, next)) return 'marker';
  if (mode === inDocument || mode === inDirectives) return 'continues';
  const item = first === dash && isSpaceOrEnd(text, at + 1, next);
  if (mode <= inAside && item && column === itemColumn(mode)) {
    // Text with a dash may go on a plain value; a key may not.
    return asideHasValue(mode) && keyColon(text, at + 2, next) < 0 ? 'continues' : 'item';
  }
  if (column > 0) {
    if (mode === awaitingItem) return item ? 'item' : 'value';
    if (starts) return 'irregular';
    // `yaml` takes a colon on a line behind its key, but only inside a mapping.
    if ((isStray(mode) || column === mode) && first === colonCode && isSpaceOrEnd(text, at + 1, next))
      return 'irregular';
    return item && column === mode ? 'item' : 'continues';
  }
  if (mode === atStart && first === percent) return 'directive';
  if (item) {
    if (starts) return 'irregular';
    return mode === awaitingItem || mode === 0 ? 'item' : 'continues';
  }
  if (first === closingBracket || first === closingBrace) {
    if (starts) return 'irregular';
    return mode === awaitingItem ? 'value' : 'continues';
  }
  if (unusualAtTop.has(first)) return 'irregular';
  return isHeader(text, at, next) ? 'header' : 'section';
}

function isStray(mode: Mode): boolean {
  return mode === inStray || (mode <= inAside && !asideHasValue(mode));
}

/** Whether the value from `at` on begins like a word. */
function isPlainFrom(text: string, at: number, next: number): boolean {
  while (at < next && isSpaceOrEnd(text, at, next)) at++;
  return at < next && /[A-Za-z0-9_]/.test(text.charAt(at));
}

/** Whether a line is a key and its colon with nothing but a comment behind it. */
function isHeader(text: string, at: number, next: number): boolean {
  const colon = keyColon(text, at, next);
  if (colon < 0) return false;
  let behind = colon + 1;
  while (behind < next && isSpaceOrEnd(text, behind, next)) behind++;
  return behind >= next || text.charCodeAt(behind) === hash;
}

/**
 * Where the colon stands that makes a key of the text from `at` on: a plain or quoted key within one line.
 * @returns its offset, or -1
 */
export function keyColon(text: string, at: number, lineEnd: number): number {
  const first = text.charCodeAt(at);
  if (first === doubleQuote || first === singleQuote) {
    let end = at + 1;
    for (; end < lineEnd && text.charCodeAt(end) !== first; end++)
      if (text.charCodeAt(end) === backslash && first === doubleQuote) end++;
    do end++;
    while (end < lineEnd && (text.charCodeAt(end) === space || text.charCodeAt(end) === tab));
    const found = end < lineEnd && text.charCodeAt(end) === colonCode && isSpaceOrEnd(text, end + 1, lineEnd);
    return found ? end : -1;
  }
  for (let i = at; i < lineEnd; i++) {
    const code = text.charCodeAt(i);
    if (code === colonCode && isSpaceOrEnd(text, i + 1, lineEnd)) return i;
    if (code === hash && i > at && isSpaceOrEnd(text, i - 1, lineEnd)) return -1;
  }
  return -1;
}

function isMarker(text: string, at: number, next: number): boolean {
  return (text.startsWith('---', at) || text.startsWith('...', at)) && isSpaceOrEnd(text, at + 3, next);
}

function isBareMarker(text: string, line: number, next: number): boolean {
  const behind = lineStart(text, line) + 3;
  return isBlankOrComment(text, behind, next);
}

function isBlankOrComment(text: string, at: number, next: number): boolean {
  const from = at;
  while (at < next && isSpaceOrEnd(text, at, next)) at++;
  return at >= next || (at > from && text.charCodeAt(at) === hash);
}

function isSpaceOrEnd(text: string, at: number, next: number): boolean {
  if (at >= next) return true;
  const code = text.charCodeAt(at);
  return code === space || code === tab || code === newlineCode || code === carriageReturn;
}

function columnOf(text: string, line: number): number {
  const zero = lineStart(text, line);
  let at = zero;
  while (text.charCodeAt(at) === space) at++;
  return at - zero;
}

/** A byte-order mark in front of the text is no part of its first line. */
function lineStart(text: string, line: number): number {
  return line === 0 && text.charCodeAt(0) === byteOrderMark ? 1 : line;
}

const [tab, newlineCode, carriageReturn, space, doubleQuote, hash, percent, singleQuote, dash] = [
  9, 10, 13, 32, 34, 35, 37, 39, 45,
] as const;
const [colonCode, backslash, closingBracket, closingBrace, byteOrderMark] = [
  58, 92, 93, 125, 0xfeff,
] as const;
/** What starts something else than a plain or quoted key. */
const unusualAtTop = new Set(Array.from('?[{&*!|>@:,`', (character) => character.charCodeAt(0)));
