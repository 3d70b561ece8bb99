/** Edits of a text that has been edited, as edits of the text before. */
import type { TextEdit } from './edits.ts';

/** A piece of the text between two lists of edits: of the first text, from `start` to `end`, or new. */
interface Piece {
  readonly start: number;
  readonly end: number;
  readonly text: string | undefined;
}

/**
 * Two lists of edits as one.
 * @param first in order, without overlap
 * @param second edits of the text that the first leave, in order, without overlap
 */
export function composed(first: readonly TextEdit[], second: readonly TextEdit[]): readonly TextEdit[] {
  if (second.length === 0) return first;
  const result: TextEdit[] = [];
  const put = ({ start, end, text }: TextEdit): void => {
    const last = result.at(-1);
    if (last?.end === start) result[result.length - 1] = { start: last.start, end, text: last.text + text };
    else if (text !== '' || end > start) result.push({ start, end, text });
  };
  let pieces = piecesOf(first);
  let at = 0;
  for (const edit of second) {
    pieces = take(pieces, edit.start - at, ({ start, end, text }) => {
      if (text !== undefined) put({ start, end, text });
    });
    // What is taken out of new text was never there; the rest of it goes.
    const [head] = pieces;
    const from = head?.start ?? 0;
    let to = from;
    pieces = take(pieces, edit.end - edit.start, ({ end }) => (to = end));
    put({ start: from, end: to, text: edit.text });
    at = edit.end;
  }
  take(pieces, Infinity, ({ start, end, text }) => {
    if (text !== undefined) put({ start, end, text });
  });
  return result;
}

function piecesOf(edits: readonly TextEdit[]): readonly Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  for (const { start, end, text } of edits) {
    if (start > at) pieces.push({ start: at, end: start, text: undefined });
    pieces.push({ start, end, text });
    at = end;
  }
  return [...pieces, { start: at, end: Infinity, text: undefined }];
}

/** Hands out the first pieces, `length` units of the text between long. @returns what is left */
function take(pieces: readonly Piece[], length: number, use: (piece: Piece) => void): readonly Piece[] {
  let [index, left] = [0, length];
  for (; index < pieces.length; index++) {
    const piece = pieces[index];
    if (!piece) break;
    const size = piece.text?.length ?? piece.end - piece.start;
    if (size <= left) {
      use(piece);
      left -= size;
      continue;
    }
    if (left === 0) break;
    const [head, tail] = split(piece, left);
    use(head);
    return [tail, ...pieces.slice(index + 1)];
  }
  return pieces.slice(index);
}

function split({ start, end, text }: Piece, at: number): [Piece, Piece] {
  if (text === undefined)
    return [
      { start, end: start + at, text },
      { start: start + at, end, text },
    ];
  return [
    { start, end, text: text.slice(0, at) },
    { start: end, end, text: text.slice(at) },
  ];
}
