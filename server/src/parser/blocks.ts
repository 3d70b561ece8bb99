/** The blocks of a file in order, with the offset and line of each: found, and replaced, at a cost that hardly grows with the file. */
import type { Block } from './block.ts';

/** Where a block starts: a UTF-16 offset and a line, both from 0. */
export interface BlockStart {
  readonly offset: number;
  readonly line: number;
}

/** A run of neighbouring blocks, with their sums, so that nobody adds up a whole file. */
interface Chunk {
  readonly list: BlockList;
  readonly blocks: readonly Block[];
  length: number;
  lines: number;
  /** Its number in the list, when that was counted last. */
  index: number;
}

const chunkSize = 256;

export class BlockList {
  #chunks: Chunk[] = [];
  /** The start of each chunk, made anew when somebody asks after a change. */
  #starts: BlockStart[] | undefined;

  constructor(blocks: readonly Block[]) {
    this.#chunks = this.#chunked(blocks);
  }

  *[Symbol.iterator](): Iterator<Block> {
    for (const chunk of this.#chunks) yield* chunk.blocks;
  }

  get first(): Block | undefined {
    return this.#chunks[0]?.blocks[0];
  }

  get length(): number {
    return this.#end().offset;
  }

  /** The number of line ends. */
  get lines(): number {
    return this.#end().line;
  }

  has(block: Block): boolean {
    return this.#chunkOf(block) !== undefined;
  }

  /** Where `block` starts. It must be in the list. */
  startOf(block: Block): BlockStart {
    const chunk = this.#chunkOf(block);
    if (!chunk) throw new Error('The block is not in this file any more.');
    const starts = this.#chunkStarts();
    let { offset, line } = starts[chunk.index] ?? origin;
    for (const other of chunk.blocks) {
      if (other === block) break;
      offset += other.length;
      line += other.lines;
    }
    return { offset, line };
  }

  /** The block that holds the character at `offset`; the last one for the end of the text, none for an empty text. */
  at(offset: number): { block: Block; start: BlockStart } | undefined {
    return this.#find((start) => start <= offset);
  }

  /** The block in which `line` begins. */
  atLine(line: number): { block: Block; start: BlockStart } | undefined {
    return this.#find((_, start) => start <= line);
  }

  /** The blocks from the one on in which `line` begins, each with its first line. */
  *fromLine(line: number): Generator<[block: Block, line: number]> {
    const found = this.atLine(line);
    const chunk = found && this.#chunkOf(found.block);
    if (!chunk) return;
    let at = found.start.line;
    for (const block of chunk.blocks.slice(chunk.blocks.indexOf(found.block))) {
      yield [block, at];
      at += block.lines;
    }
    for (let index = chunk.index + 1; index < this.#chunks.length; index++) {
      for (const block of this.#chunks[index]?.blocks ?? []) {
        yield [block, at];
        at += block.lines;
      }
    }
  }

  before(block: Block): Block | undefined {
    return this.#neighbour(block, -1);
  }

  after(block: Block): Block | undefined {
    return this.#neighbour(block, 1);
  }

  /** Replaces `removed`, which must be neighbours, by `added`. Where `removed` is empty, `added` becomes the whole list. */
  replace(removed: readonly Block[], added: readonly Block[]): void {
    this.#starts = undefined;
    const [first] = removed;
    const last = removed.at(-1);
    const firstChunk = first && this.#chunkOf(first);
    const lastChunk = last && this.#chunkOf(last);
    if (!first || !last || !firstChunk || !lastChunk) {
      for (const block of this) block.chunk = undefined;
      this.#chunks = this.#chunked(added);
      return;
    }
    const index = this.#chunks.indexOf(firstChunk);
    const lastIndex = this.#chunks.indexOf(lastChunk);
    const before = firstChunk.blocks.slice(0, firstChunk.blocks.indexOf(first));
    const after = lastChunk.blocks.slice(lastChunk.blocks.indexOf(last) + 1);
    for (const block of removed) block.chunk = undefined;
    this.#chunks.splice(index, lastIndex - index + 1, ...this.#chunked([...before, ...added, ...after]));
  }

  #chunkOf(block: Block): Chunk | undefined {
    const chunk = block.chunk as Chunk | undefined;
    return chunk?.list === this ? chunk : undefined;
  }

  #chunked(blocks: readonly Block[]): Chunk[] {
    const chunks: Chunk[] = [];
    for (let i = 0; i < blocks.length; i += chunkSize) {
      const run = blocks.slice(i, i + chunkSize);
      const chunk: Chunk = { list: this, blocks: run, length: 0, lines: 0, index: 0 };
      for (const block of chunk.blocks) {
        chunk.length += block.length;
        chunk.lines += block.lines;
        block.chunk = chunk;
      }
      chunks.push(chunk);
    }
    return chunks;
  }

  #chunkStarts(): BlockStart[] {
    if (this.#starts) return this.#starts;
    const starts: BlockStart[] = [];
    let [offset, line] = [0, 0];
    for (const chunk of this.#chunks) {
      chunk.index = starts.length;
      starts.push({ offset, line });
      offset += chunk.length;
      line += chunk.lines;
    }
    return (this.#starts = starts);
  }

  /** The last block whose start fulfils `precedes`, which must hold for a stretch from the beginning. */
  #find(
    precedes: (offset: number, line: number) => boolean,
  ): { block: Block; start: BlockStart } | undefined {
    const starts = this.#chunkStarts();
    let low = 0;
    let high = starts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const start = starts[middle] ?? origin;
      if (precedes(start.offset, start.line)) low = middle + 1;
      else high = middle;
    }
    const chunk = this.#chunks[Math.max(0, low - 1)];
    let { offset, line } = starts[Math.max(0, low - 1)] ?? origin;
    let found: Block | undefined;
    for (const block of chunk?.blocks ?? []) {
      if (found) {
        if (!precedes(offset + found.length, line + found.lines)) break;
        offset += found.length;
        line += found.lines;
      }
      found = block;
    }
    return found && { block: found, start: { offset, line } };
  }

  #neighbour(block: Block, step: 1 | -1): Block | undefined {
    const chunk = this.#chunkOf(block);
    if (!chunk) return undefined;
    const inside = chunk.blocks[chunk.blocks.indexOf(block) + step];
    if (inside) return inside;
    this.#chunkStarts();
    const neighbour = this.#chunks[chunk.index + step];
    return step > 0 ? neighbour?.blocks[0] : neighbour?.blocks.at(-1);
  }

  #end(): BlockStart {
    const chunk = this.#chunks.at(-1);
    const start = this.#chunkStarts().at(-1) ?? origin;
    return { offset: start.offset + (chunk?.length ?? 0), line: start.line + (chunk?.lines ?? 0) };
  }
}

const origin: BlockStart = { offset: 0, line: 0 };
