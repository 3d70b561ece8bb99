import { Block } from './block.ts';
import { BlockList } from './blocks.ts';
import { atStart, cut, type Cut, type Mode } from './cut.ts';
import type { Span } from './span.ts';

/** A line and a character (UTF-16 units), both from 0, as the Language Server Protocol counts them. */
export interface Position {
  readonly line: number;
  readonly character: number;
}

/** What an edit did to a file's blocks. */
export interface BlockChange {
  /** The block in front of the change; `undefined` at the start of the file. */
  readonly before: Block | undefined;
  readonly removed: readonly Block[];
  readonly added: readonly Block[];
}

/** A file's text as blocks. An edit costs what the edited blocks cost. */
export class SourceFile {
  readonly uri: string;
  readonly blocks: BlockList;

  /** @param text the text, or its blocks, some of which may be elided: then the file can be read but not edited */
  constructor(uri: string, text: string | readonly Block[]) {
    this.uri = uri;
    this.blocks = new BlockList(typeof text === 'string' ? cutAll(text) : text);
  }

  get text(): string {
    return [...this.blocks].map((block) => block.text).join('');
  }

  get length(): number {
    return this.blocks.length;
  }

  /** Replaces the characters from `start` to `end` (UTF-16 offsets) by `text`. */
  edit(start: number, end: number, text: string): BlockChange {
    const first = this.blocks.at(start);
    if (!first) return this.#replaceAll(text);
    // What was the start of a block may now go on with the block before, so cutting starts there.
    const from = this.blocks.before(first.block) ?? first.block;
    const fromOffset = this.blocks.startOf(from).offset;
    const last = this.blocks.at(end)?.block ?? first.block;
    const removed = this.#run(from, last);
    const before = removed.map((block) => block.text).join('');
    const edited = before.slice(0, start - fromOffset) + text + before.slice(end - fromOffset);
    return this.#recut(removed, edited);
  }

  /** Takes a new text for the whole file; blocks at its two ends that stayed the same keep their identity. */
  update(text: string): BlockChange {
    const old = this.text;
    let start = 0;
    const shorter = Math.min(old.length, text.length);
    while (start < shorter && old.charCodeAt(start) === text.charCodeAt(start)) start++;
    if (start === old.length && start === text.length) return { before: undefined, removed: [], added: [] };
    let same = 0;
    while (
      same < shorter - start &&
      old.charCodeAt(old.length - 1 - same) === text.charCodeAt(text.length - 1 - same)
    )
      same++;
    return this.edit(start, old.length - same, text.slice(start, text.length - same));
  }

  /** The offset of a position; a position outside of the text is taken as the nearest inside. */
  offsetAt({ line, character }: Position): number {
    const found = this.blocks.atLine(line);
    if (!found) return 0;
    if (line > this.blocks.lines) return this.length;
    const { text } = found.block;
    let at = 0;
    for (let current = found.start.line; current < line; current++) at = nextLine(text, at);
    return found.start.offset + Math.min(at + Math.max(0, character), contentEnd(text, at));
  }

  positionAt(offset: number): Position {
    const found = this.blocks.at(Math.max(0, Math.min(offset, this.length)));
    return found
      ? positionIn(found.block, found.start.line, offset - found.start.offset)
      : { line: 0, character: 0 };
  }

  /**
   * The position of an offset inside a block.
   * @param line the block's first line, for those who know it
   */
  positionInBlock(block: Block, offset: number, line = this.blocks.startOf(block).line): Position {
    return positionIn(block, line, offset);
  }

  /** The span of something in a block, counted from the start of the file. */
  absolute(block: Block, span: Span): Span {
    const { offset } = this.blocks.startOf(block);
    return { start: offset + span.start, end: offset + span.end };
  }

  /** The blocks that have a part of the lines from `first` to `last`, or end where those begin. */
  *blocksOfLines(first: number, last: number): Generator<Block> {
    const found = this.blocks.atLine(first);
    let block = found && (this.blocks.before(found.block) ?? found.block);
    let line = block ? this.blocks.startOf(block).line : 0;
    while (block && line <= last) {
      yield block;
      line += block.lines;
      block = this.blocks.after(block);
    }
  }

  #run(from: Block, to: Block): Block[] {
    const run = [from];
    for (let block: Block | undefined = from; block && block !== to;) {
      block = this.blocks.after(block);
      if (block) run.push(block);
    }
    return run;
  }

  /** Cuts `text`, which stands where `removed` stood, and goes on into the blocks behind until old and new cuts agree. */
  #recut(removed: Block[], text: string): BlockChange {
    const [first] = removed;
    if (!first) return this.#replaceAll(text);
    if (isBinary(text)) return this.#replaceAll(this.#textWith(removed, text));
    for (;;) {
      const follower = this.blocks.after(removed[removed.length - 1] ?? first);
      // The next block need not be cut anew if it begins where the new text ends, in the mode that it was cut in.
      let agreed = !follower;
      const result = cut(follower ? text + follower.text : text, 0, first.mode, (offset, mode) => {
        agreed ||= offset === text.length && mode === follower?.mode;
        return offset >= text.length;
      });
      if (result.irregular !== undefined) return this.#replaceAll(this.#textWith(removed, text));
      if (agreed)
        return this.#swap(
          removed,
          result.cuts.map((piece) => toBlock(piece, text)),
        );
      // Taking twice as many blocks each time keeps the work linear in what really changes.
      for (let more = removed.length, next = follower; more > 0 && next; more--) {
        removed.push(next);
        text += next.text;
        next = this.blocks.after(next);
      }
    }
  }

  #swap(removed: readonly Block[], added: Block[]): BlockChange {
    // Blocks at both ends that came out the same keep their identity, and with it all that is known of them.
    let head = 0;
    while (head < removed.length && head < added.length && same(removed[head], added[head])) head++;
    let tail = 0;
    while (
      tail < removed.length - head &&
      tail < added.length - head &&
      same(removed[removed.length - 1 - tail], added[added.length - 1 - tail])
    )
      tail++;
    const change = {
      before: head > 0 ? removed[head - 1] : removed[0] && this.blocks.before(removed[0]),
      removed: removed.slice(head, removed.length - tail),
      added: added.slice(head, added.length - tail),
    };
    const kept = [...removed.slice(0, head), ...change.added, ...removed.slice(removed.length - tail)];
    this.blocks.replace(removed, kept);
    return change;
  }

  #replaceAll(text: string): BlockChange {
    const removed = [...this.blocks];
    const added = cutAll(text);
    if (removed.length > 0) return this.#swap(removed, added);
    this.blocks.replace([], added);
    return { before: undefined, removed, added };
  }

  #textWith(removed: readonly Block[], text: string): string {
    const gone = new Set(removed);
    let whole = '';
    for (const block of this.blocks) {
      if (block === removed[0]) whole += text;
      if (!gone.has(block)) whole += block.text;
    }
    return whole;
  }
}

function cutAll(text: string): Block[] {
  if (isBinary(text)) return [new Block('document', text, atStart)];
  const blocks: Block[] = [];
  let from: { offset: number; mode: Mode } = { offset: 0, mode: atStart };
  for (let whole = false; ; whole = true) {
    const { cuts, irregular } = cut(text, from.offset, from.mode, () => false, whole);
    const end = irregular?.offset ?? text.length;
    for (const piece of cuts) if (piece.end <= end) blocks.push(toBlock(piece, text));
    if (!irregular) return blocks;
    from = irregular;
  }
}

/** Text has no NUL; what has one is a picture, an archive, or in an encoding that was not recognised. */
function isBinary(text: string): boolean {
  return text.includes('\0');
}

function toBlock(piece: Cut, text: string): Block {
  return new Block(piece.kind, text.slice(piece.start, piece.end), piece.mode);
}

function same(a: Block | undefined, b: Block | undefined): boolean {
  return a?.text === b?.text && a?.kind === b?.kind && a?.mode === b?.mode;
}

function positionIn(block: Block, firstLine: number, offset: number): Position {
  const { text } = block;
  let line = firstLine;
  let start = 0;
  for (
    let next = nextLine(text, start);
    next <= offset && next > start && endsLine(text, next);
    next = nextLine(text, start)
  ) {
    start = next;
    line++;
  }
  return { line, character: offset - start };
}

/** The offset behind the line end that follows `from`; the text's length where none follows. */
function nextLine(text: string, from: number): number {
  const feed = text.indexOf('\n', from);
  const carriage = text.indexOf('\r', from);
  if (carriage >= 0 && (feed < 0 || carriage < feed))
    return text[carriage + 1] === '\n' ? carriage + 2 : carriage + 1;
  return feed < 0 ? text.length : feed + 1;
}

function endsLine(text: string, at: number): boolean {
  const last = text[at - 1];
  return last === '\n' || last === '\r';
}

function contentEnd(text: string, from: number): number {
  const next = nextLine(text, from);
  let end = next;
  while (end > from && (text[end - 1] === '\n' || text[end - 1] === '\r')) end--;
  return end;
}
