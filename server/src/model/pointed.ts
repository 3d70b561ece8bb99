/** What a cursor points at, by name. */
import type { Block } from '../parser/block.ts';
import type { SourceFile } from '../parser/sourceFile.ts';
import { touches } from '../parser/span.ts';
import type { FileContents } from './contents.ts';
import type { Deployment } from './deployment.ts';
import { occurrencesIn, occurrencesInConfiguration, type Occurrence } from './occurrences.ts';

export interface Pointed {
  /** The names under the cursor, from the innermost to the whole. */
  readonly occurrences: readonly [Occurrence, ...Occurrence[]];
}

/** The names at `offset` (UTF-16, from the start of the file); `undefined` where nothing is named. */
export function pointedAt(contents: FileContents, offset: number): Pointed | undefined {
  for (const [block, at] of blocksAt(contents.file, offset)) {
    const here = innermostFirst(touchingIn(contents, block, block, at));
    const found = here ?? (block.references ? fromElsewhere(contents, block, at) : undefined);
    if (found) return { occurrences: found };
  }
  return undefined;
}

/** The same in the configuration of a deployment. */
export function pointedAtInConfiguration(
  { configuration }: Deployment,
  file: SourceFile,
  offset: number,
): Pointed | undefined {
  for (const [block, at] of blocksAt(file, offset)) {
    const touching = [...occurrencesInConfiguration(configuration)].filter(
      (found) => found.at.block === block && touches(found.at, at),
    );
    const occurrences = innermostFirst(touching);
    if (occurrences) return { occurrences };
  }
  return undefined;
}

/** The block at an offset with the offset in it; at its start the cursor may still be behind the block before, too. */
export function* blocksAt({ blocks }: SourceFile, offset: number): Generator<[Block, number]> {
  const found = blocks.at(offset);
  if (!found) return;
  yield [found.block, offset - found.start.offset];
  const before = offset === found.start.offset ? blocks.before(found.block) : undefined;
  if (before) yield [before, before.length];
}

/** The occurrences of the objects of `from` that stand in `block` and touch an offset of it. */
function touchingIn(contents: FileContents, from: Block, block: Block, at: number): Occurrence[] {
  const touching: Occurrence[] = [];
  for (const object of contents.of(from).objects)
    for (const found of occurrencesIn(object))
      if (found.at.block === block && touches(found.at, at)) touching.push(found);
  return touching;
}

/** What text means that objects of other blocks take from here by an alias or a merge key. */
function fromElsewhere(
  contents: FileContents,
  block: Block,
  at: number,
): readonly [Occurrence, ...Occurrence[]] | undefined {
  for (const other of contents.file.blocks) {
    if (other === block || !other.text.includes('*')) continue;
    const found = innermostFirst(touchingIn(contents, other, block, at));
    if (found) return found;
  }
  return undefined;
}

/** Occurrences by their length, and of those with the same place first one that defines, then the inner one. */
function innermostFirst(found: readonly Occurrence[]): readonly [Occurrence, ...Occurrence[]] | undefined {
  const [first, ...others] = found
    .toReversed()
    .toSorted(
      (a, b) => a.at.end - a.at.start - (b.at.end - b.at.start) || Number(b.defines) - Number(a.defines),
    );
  return first && [first, ...others];
}
