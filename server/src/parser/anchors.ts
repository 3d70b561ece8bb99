/** Which node an alias means: the last anchor of its name in front of it, in the same document. */
import { nodesIn } from './anchorText.ts';
import type { Block } from './block.ts';
import type { Alias, Node } from './nodes.ts';
import type { BlockChange, SourceFile } from './sourceFile.ts';

/** A node with the block that its span counts from. */
export interface Placed {
  readonly block: Block;
  readonly node: Node;
}

/** The anchors and aliases of one block. */
interface References {
  /** The last node of each anchor: what the blocks behind may mean. */
  readonly anchors: ReadonlyMap<string, Node>;
  /** What aliases mean whose anchor stands in front of them in the same block. */
  readonly inside: ReadonlyMap<Alias, Node>;
  /** The others. */
  readonly outside: readonly Alias[];
}

/** The anchors of one file. An edit costs what the names cost that stand in the edited blocks. */
export class Anchors {
  readonly #file: SourceFile;
  readonly #references = new Map<Block, References>();
  /** For each name the blocks that have an anchor of it, in the order of the file. */
  readonly #anchoring = new Map<string, Block[]>();
  /** For each name the blocks with an alias of it whose anchor, if there is one, stands in another block. */
  readonly #aliasing = new Map<string, Set<Block>>();
  /** The blocks that begin documents, in the order of the file. No alias means an anchor of another document. */
  #separators: Block[] = [];

  constructor(file: SourceFile) {
    this.#file = file;
    for (const block of file.blocks) {
      if (separates(block)) this.#separators.push(block);
      this.#enter(block, (blocks) => blocks.length);
    }
  }

  /** What `node` stands for: itself, or the node that its alias names. `undefined` where there is no such anchor. */
  resolve(block: Block, node: Node): Placed | undefined {
    if (node.type !== 'alias') return { block, node };
    const inside = this.#references.get(block)?.inside.get(node);
    if (inside) return { block, node: inside };
    const anchoring = this.#anchoring.get(node.name);
    const before = anchoring?.[this.#countBefore(anchoring, block) - 1];
    if (!before || this.#documentOf(before) !== this.#documentOf(block)) return undefined;
    const target = this.#references.get(before)?.anchors.get(node.name);
    return target && { block: before, node: target };
  }

  /** Whether something holds for a block with an anchor in it. */
  any(holds: (block: Block) => boolean): boolean {
    for (const blocks of this.#anchoring.values()) if (blocks.some(holds)) return true;
    return false;
  }

  /** The aliases of a block that name no anchor. */
  unknownIn(block: Block): readonly Alias[] {
    const outside = this.#references.get(block)?.outside ?? [];
    return outside.filter((alias) => !this.resolve(block, alias));
  }

  /** The aliases that mean a node with an anchor. */
  *aliasesOf({ block, node }: Placed): Generator<Placed> {
    const references = this.#references.get(block);
    if (!references || node.type === 'alias' || node.anchor === undefined) return;
    for (const [alias, target] of references.inside) if (target === node) yield { block, node: alias };
    if (references.anchors.get(node.anchor) !== node) return;
    for (const other of this.#aliasing.get(node.anchor) ?? [])
      for (const alias of this.#references.get(other)?.outside ?? [])
        if (alias.name === node.anchor && this.resolve(other, alias)?.node === node)
          yield { block: other, node: alias };
  }

  /** The anchors of the document that a block stands in, those of one name in the order of the file; of a block the last of each. */
  *inDocument(block: Block): Generator<Placed> {
    const document = this.#documentOf(block);
    for (const [name, blocks] of this.#anchoring) {
      for (const other of blocks) {
        const node = this.#documentOf(other) === document && this.#references.get(other)?.anchors.get(name);
        if (node) yield { block: other, node };
      }
    }
  }

  /** Follows an edit of the file. @returns other blocks, with an alias that may mean something else now */
  change({ removed, added }: BlockChange): Set<Block> {
    const names = new Set<string>();
    const separated = removed.some(separates) || added.some(separates);
    for (const block of removed) {
      for (const name of this.#anchorsOf(block)) names.add(name);
      this.#leave(block);
    }
    if (separated) {
      this.#separators = [...this.#file.blocks].filter(separates);
      for (const name of this.#aliasing.keys()) names.add(name);
    }
    for (const block of added) {
      this.#enter(block, (blocks) => this.#countBefore(blocks, block));
      for (const name of this.#anchorsOf(block)) names.add(name);
    }
    const affected = new Set<Block>();
    // The set grows while it is walked: what an alias brings may be anchored where it stands.
    for (const name of names) {
      for (const block of this.#aliasing.get(name) ?? []) {
        affected.add(block);
        for (const other of this.#anchorsOf(block)) names.add(other);
      }
    }
    for (const block of added) affected.delete(block);
    return affected;
  }

  #anchorsOf(block: Block): Iterable<string> {
    return this.#references.get(block)?.anchors.keys() ?? [];
  }

  #enter(block: Block, indexIn: (blocks: readonly Block[]) => number): void {
    if (!block.references || !block.root) return;
    const references = referencesIn(block.root);
    this.#references.set(block, references);
    for (const name of references.anchors.keys()) {
      const blocks = this.#anchoring.get(name);
      if (blocks) blocks.splice(indexIn(blocks), 0, block);
      else this.#anchoring.set(name, [block]);
    }
    for (const { name } of references.outside) {
      const blocks = this.#aliasing.get(name);
      if (blocks) blocks.add(block);
      else this.#aliasing.set(name, new Set([block]));
    }
  }

  #leave(block: Block): void {
    const references = this.#references.get(block);
    if (!references) return;
    this.#references.delete(block);
    for (const name of references.anchors.keys()) {
      const blocks = this.#anchoring.get(name) ?? [];
      blocks.splice(blocks.indexOf(block), 1);
      if (blocks.length === 0) this.#anchoring.delete(name);
    }
    for (const { name } of references.outside) {
      const blocks = this.#aliasing.get(name);
      blocks?.delete(block);
      if (blocks?.size === 0) this.#aliasing.delete(name);
    }
  }

  /** The number of the document that a block stands in. */
  #documentOf(block: Block): number {
    return this.#countBefore(this.#separators, block) + (separates(block) ? 1 : 0);
  }

  /** How many of `blocks`, which are in the order of the file, stand in front of `block`. */
  #countBefore(blocks: readonly Block[], block: Block): number {
    const list = this.#file.blocks;
    const { offset } = list.startOf(block);
    let [low, high] = [0, blocks.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      const other = blocks[middle];
      if (other && list.startOf(other).offset < offset) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** Whether a document begins with a block, and with it the reach of anchors. */
function separates({ kind }: Block): boolean {
  return kind === 'document' || kind === 'trivia';
}

function referencesIn(root: Node): References {
  const anchors = new Map<string, Node>();
  const inside = new Map<Alias, Node>();
  const outside: Alias[] = [];
  // In the order of the text: an alias inside the node that carries its anchor is found too.
  for (const node of nodesIn(root)) {
    if (node.type !== 'alias') {
      if (node.anchor !== undefined) anchors.set(node.anchor, node);
      continue;
    }
    const target = anchors.get(node.name);
    if (target) inside.set(node, target);
    else outside.push(node);
  }
  return { anchors, inside, outside };
}

/** Whether an anchor or an alias stands anywhere in `root`. */
export function hasReferences(root: Node): boolean {
  const { anchors, inside, outside } = referencesIn(root);
  return anchors.size > 0 || inside.size > 0 || outside.length > 0;
}
