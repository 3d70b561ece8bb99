/** What a cursor points at, by anchor: the anchor or the alias that it is on, and all that goes with it. */
import type { Placed } from '../parser/anchors.ts';
import { anchorsIn, nodesIn } from '../parser/anchorText.ts';
import type { Block } from '../parser/block.ts';
import { touches } from '../parser/span.ts';
import type { FileContents } from './contents.ts';
import { place, type Place } from './place.ts';
import { blocksAt } from './pointed.ts';

export interface AnchorPoint {
  readonly name: string;
  /** What the cursor is on, with its `&` or `*`. */
  readonly at: Place;
  readonly isAlias: boolean;
  /** What the anchor stands for: of two of the same name the nearest above the alias. */
  readonly target: Placed;
}

/** A place that names an anchor. */
export interface AnchorUse {
  /** With its `&` or `*`. */
  readonly at: Place;
  readonly isAlias: boolean;
}

/** The anchor or alias at `offset` (UTF-16, from the start of the file); `undefined` where none is, or nothing has its name. */
export function anchorAt(contents: FileContents, offset: number): AnchorPoint | undefined {
  for (const [block, at] of blocksAt(contents.file, offset)) {
    const { root } = block;
    if (!block.references || !root) continue;
    for (const { node, at: span } of anchorsIn(block.text, root)) {
      if (!touches(span, at)) continue;
      const name = block.text.slice(span.start + 1, span.end);
      return { name, at: place(contents.file, block, span), isAlias: false, target: { block, node } };
    }
    for (const node of nodesIn(root)) {
      if (node.type !== 'alias' || !touches(node, at)) continue;
      const target = contents.anchors.resolve(block, node);
      if (target) return { name: node.name, at: place(contents.file, block, node), isAlias: true, target };
    }
  }
  return undefined;
}

/** Where an anchor is written and where it is used, in the order of the text. */
export function usesOf({ file, anchors }: FileContents, target: Placed): AnchorUse[] {
  const uses: AnchorUse[] = [];
  const anchor = anchorOf(target);
  if (anchor) uses.push({ at: place(file, target.block, anchor), isAlias: false });
  for (const { block, node } of anchors.aliasesOf(target))
    uses.push({ at: place(file, block, node), isAlias: true });
  const offset = ({ at: { block, start } }: AnchorUse): number => file.blocks.startOf(block).offset + start;
  return uses.sort((a, b) => offset(a) - offset(b));
}

/** Where the anchor of a node stands in its block, with its `&`. */
export function anchorOf({ block, node }: Placed): { start: number; end: number } | undefined {
  const { root } = block;
  if (!root) return undefined;
  for (const anchored of anchorsIn(block.text, root)) if (anchored.node === node) return anchored.at;
  return undefined;
}

/** The anchors that an alias at an offset of a block may name: of each name the nearest in front of it, the nearest first. */
export function anchorsBefore({ file, anchors }: FileContents, block: Block, at: number): Placed[] {
  const found = new Map<string, Placed & { readonly offset: number }>();
  const { offset: here } = file.blocks.startOf(block);
  for (const target of anchors.inDocument(block)) {
    const { node } = target;
    const { offset } = file.blocks.startOf(target.block);
    if (node.type !== 'alias' && node.anchor !== undefined && offset < here)
      found.set(node.anchor, { ...target, offset: offset + node.start });
  }
  const { root } = block;
  for (const { node, at: span } of block.references && root ? anchorsIn(block.text, root) : []) {
    // What is around an alias it cannot stand for.
    if (node.end < at)
      found.set(block.text.slice(span.start + 1, span.end), { block, node, offset: here + node.start });
  }
  return [...found.values()].sort((a, b) => b.offset - a.offset);
}
