/** What a merge key brings into its mapping, and what of that counts. */
import type { Placed } from '../parser/anchors.ts';
import type { Block } from '../parser/block.ts';
import type { Mapping, Node } from '../parser/nodes.ts';
import { touches } from '../parser/span.ts';
import type { FileContents } from './contents.ts';
import { isMergeKey } from './object.ts';

export interface Merge {
  readonly block: Block;
  /** The mapping that takes what others have. */
  readonly into: Mapping;
  /** What the cursor is on: the merge key, for all that it brings, or one of the aliases that it names. */
  readonly by: Node;
}

export interface Brought {
  readonly key: string;
  readonly value: Node;
  /** What has the same key and goes before: the mapping itself, with its own value, or another that it merges first. */
  readonly overriddenBy: 'own' | 'earlier' | undefined;
  /** The value that counts then. */
  readonly counts: Node;
}

/** The merge key, or the alias behind one, at an offset of a block. */
export function mergeAt(block: Block, at: number): Merge | undefined {
  for (let node = block.root; node;) {
    if (node.type === 'mapping') {
      for (const { key, value } of node.pairs) {
        if (!isMergeKey(key)) continue;
        const named = value.type === 'sequence' ? value.items : [value];
        const by = touches(key, at) ? key : named.find((item) => item.type === 'alias' && touches(item, at));
        if (by) return { block, into: node, by };
      }
    }
    node = childrenOf(node).find((child) => touches(child, at));
  }
  return undefined;
}

/** What a merge brings, in the order of the text. Names compare without case. */
export function broughtBy({ anchors }: FileContents, { block, into, by }: Merge): Brought[] {
  const counting = new Map<string, { readonly value: Node; readonly isOwn: boolean }>();
  const found: Brought[] = [];
  for (const { key, value } of into.pairs)
    if (key.type === 'scalar' && !isMergeKey(key))
      counting.set(key.text.toLowerCase(), { value: behind(block, value), isOwn: true });
  // A merge may name a mapping that contains it, or the same one a thousand times: each is taken once.
  const taken = new Set<Node>([into]);
  for (const { key, value } of into.pairs) {
    if (!isMergeKey(key)) continue;
    for (const [item, source] of sourcesOf(block, value)) take(source, key === by || item === by);
  }
  return found;

  function take({ block: home, node }: Placed, isAsked: boolean): void {
    if (node.type !== 'mapping' || taken.has(node)) return;
    taken.add(node);
    for (const { key, value } of node.pairs) {
      if (key.type !== 'scalar' || isMergeKey(key)) continue;
      const name = key.text.toLowerCase();
      const resolved = behind(home, value);
      const before = counting.get(name);
      if (!before) counting.set(name, { value: resolved, isOwn: false });
      if (isAsked)
        found.push({
          key: key.text,
          value: resolved,
          overriddenBy: before && (before.isOwn ? 'own' : 'earlier'),
          counts: before?.value ?? resolved,
        });
    }
    for (const { key, value } of node.pairs)
      if (isMergeKey(key)) for (const [, source] of sourcesOf(home, value)) take(source, isAsked);
  }

  function* sourcesOf(home: Block, value: Node): Generator<[Node, Placed]> {
    const source = anchors.resolve(home, value);
    if (source?.node.type !== 'sequence') {
      if (source) yield [value, source];
      return;
    }
    for (const item of source.node.items) {
      const one = anchors.resolve(source.block, item);
      if (one) yield [value.type === 'alias' ? value : item, one];
    }
  }

  function behind(home: Block, value: Node): Node {
    return anchors.resolve(home, value)?.node ?? value;
  }
}

function childrenOf(node: Node): readonly Node[] {
  if (node.type === 'sequence') return node.items;
  return node.type === 'mapping' ? node.pairs.flatMap(({ key, value }) => [key, value]) : [];
}
