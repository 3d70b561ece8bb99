/** The lines of a block as a reader sees them, found by their first characters. */
import type { Block } from '../parser/block.ts';
import type { Node } from '../parser/nodes.ts';

/** `text` goes on a quoted or block scalar; `marker` is `---` or `...`. */
export type LineKind = 'content' | 'comment' | 'text' | 'marker';

/**
 * Takes a line: a large file has hundreds of thousands, so none becomes an object.
 * @param number from 0, counted from the block's first
 * @param column of its first character that is no white space
 * @param isDash whether it begins with a dash
 * @param text of the block
 * @param at where its first character stands in `text`
 */
export type TakeLine = (
  number: number,
  kind: LineKind,
  column: number,
  isDash: boolean,
  text: string,
  at: number,
) => void;

/** Hands over every line of a block that is not blank. Nodes are read only where text may go on over lines. */
export function readLines(block: Block, take: TakeLine): void {
  const { text } = block;
  const masks = mayGoOn(text) ? multiLineScalars(block.root, text) : [];
  const ends = text.includes('\r') ? behindAnyLineEnd : behindLineFeed;
  let mask = 0;
  let number = 0;
  for (let start = 0, next = 0; start < text.length; start = next, number++) {
    next = ends(text, start);
    const zero = start === 0 && text.charCodeAt(0) === byteOrderMark ? 1 : start;
    let at = zero;
    while (at < next && isBlank(text.charCodeAt(at))) at++;
    if (at >= next) continue;
    const column = at - zero;
    const first = text.charCodeAt(at);
    while ((masks[mask]?.end ?? Infinity) <= at) mask++;
    const isDash = first === dash && (at + 1 >= text.length || isBlank(text.charCodeAt(at + 1)));
    if ((masks[mask]?.start ?? Infinity) < start) take(number, 'text', column, false, text, at);
    else if (first === hash) take(number, 'comment', column, false, text, at);
    else if (column === 0 && marker.test(text.slice(at, at + 4)))
      take(number, 'marker', column, first === dash, text, at);
    else take(number, 'content', column, isDash, text, at);
  }
}

/** Whether a scalar in a text may have several lines and look like something else: it is quoted, or stands behind `|` or `>`. */
function mayGoOn(text: string): boolean {
  return (
    (text.includes('"') && oddDouble.test(text)) ||
    (text.includes("'") && oddSingle.test(text)) ||
    ((text.includes('|') || text.includes('>')) && blockHeader.test(text))
  );
}

const oddDouble = /^[^"\r\n]*"(?:[^"\r\n]*"[^"\r\n]*")*[^"\r\n]*$/m;
const oddSingle = /^[^'\r\n]*'(?:[^'\r\n]*'[^'\r\n]*')*[^'\r\n]*$/m;
const blockHeader = /[|>][-+0-9]*[ \t]*(?:#[^\r\n]*)?$/m;

function multiLineScalars(node: Node | undefined, text: string): Node[] {
  switch (node?.type) {
    case 'scalar':
      return node.style !== 'plain' && /[\r\n]/.test(text.slice(node.start, node.end)) ? [node] : [];
    case 'mapping':
      return node.pairs.flatMap(({ key, value }) => [
        ...multiLineScalars(key, text),
        ...multiLineScalars(value, text),
      ]);
    case 'sequence':
      return node.items.flatMap((item) => multiLineScalars(item, text));
    default:
      return [];
  }
}

const marker = /^(?:---|\.\.\.)(?=[ \t\r\n]|$)/;

/** Whether the comment at an offset begins or ends a region. */
export function regionAt(text: string, at: number): 'start' | 'end' | undefined {
  const found = /^#[ \t]*(end)?region\b/.exec(text.slice(at, at + 80));
  return found ? (found[1] === undefined ? 'start' : 'end') : undefined;
}

function behindLineFeed(text: string, from: number): number {
  const feed = text.indexOf('\n', from);
  return feed < 0 ? text.length : feed + 1;
}

function behindAnyLineEnd(text: string, from: number): number {
  const end = behindLineFeed(text, from);
  const carriage = text.indexOf('\r', from);
  return carriage < 0 || carriage + 1 >= end || text[carriage + 1] === '\n' ? end : carriage + 1;
}

function isBlank(code: number): boolean {
  return code === space || code === tab || code === newline || code === carriageReturn;
}

const [tab, newline, carriageReturn, space, hash, dash, byteOrderMark] = [
  9, 10, 13, 32, 35, 45, 0xfeff,
] as const;
