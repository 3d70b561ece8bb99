/** Which node an alias means: the last anchor of its name in front of it, in the same document. */
import type { Block } from './block.ts';
import type { Alias, Node } from './nodes.ts';
import type { SourceFile } from './sourceFile.ts';

/** A node with the block that its span counts from. */
export interface Placed {
  readonly block: Block;
  readonly node: Node;
}

/** The anchors of one file, found in one pass over the blocks that may hold any. */
export class Anchors {
  readonly #targets = new Map<Alias, Placed>();
  readonly #unknown = new Map<Block, Alias[]>();

  constructor(file: SourceFile) {
    let anchors = new Map<string, Placed>();
    for (const block of file.blocks) {
      if (block.kind === 'trivia' || block.kind === 'document') anchors = new Map();
      if (block.mayReference && block.root) this.#collect(block, block.root, anchors);
    }
  }

  /** What `node` stands for: itself, or the node that its alias names. `undefined` where there is no such anchor. */
  resolve(block: Block, node: Node): Placed | undefined {
    return node.type === 'alias' ? this.#targets.get(node) : { block, node };
  }

  /** The aliases of a block that name no anchor. */
  unknownIn(block: Block): readonly Alias[] {
    return this.#unknown.get(block) ?? [];
  }

  #collect(block: Block, root: Node, anchors: Map<string, Placed>): void {
    // Depth first and in the order of the text, without recursion: an alias inside the node that carries its anchor is found too.
    const open: Node[] = [root];
    for (let node = open.pop(); node; node = open.pop()) {
      if (node.type === 'alias') {
        const target = anchors.get(node.name);
        if (target) this.#targets.set(node, target);
        else this.#unknown.set(block, [...(this.#unknown.get(block) ?? []), node]);
        continue;
      }
      if (node.anchor !== undefined) anchors.set(node.anchor, { block, node });
      if (node.type === 'sequence') open.push(...node.items.toReversed());
      if (node.type === 'mapping')
        for (const { key, value } of node.pairs.toReversed()) open.push(value, key);
    }
  }
}
