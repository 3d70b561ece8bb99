import type { Block } from '../parser/block.ts';
import type { SourceFile } from '../parser/sourceFile.ts';
import type { Span } from '../parser/span.ts';

/** A stretch of a file that stays what it is when text above it changes: the span counts from the block's start. */
export interface Place extends Span {
  readonly file: SourceFile;
  readonly block: Block;
}

export function place(file: SourceFile, block: Block, { start, end }: Span): Place {
  return { file, block, start, end };
}
