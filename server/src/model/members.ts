/** What stands in the mappings inside an object: the rules of a client version policy, simple URLs. */
import type { Placed } from '../parser/anchors.ts';
import { isNull, textOf, type Node } from '../parser/nodes.ts';
import { isMergeKey, type LyncObject } from './object.ts';

/** A value of a mapping inside an object. */
export interface Member {
  /** Of a scalar, behind aliases. */
  readonly text: string | undefined;
  /** As it is written where the key stands. */
  readonly node: Node;
  readonly block: Placed['block'];
}

/** The values of a mapping by their keys in lower case, with those that its merge keys bring. */
export function membersOf(
  object: LyncObject,
  { node, block }: Placed,
  taken = new Set<Node>(),
): Map<string, Member> {
  const members = new Map<string, Member>();
  if (node.type !== 'mapping' || taken.has(node)) return members;
  // A merge may name a mapping that contains it, or the same one a thousand times: each is taken once.
  taken.add(node);
  for (const { key, value } of node.pairs) {
    if (isMergeKey(key)) continue;
    const target = object.resolve(block, value);
    const name = textOf(key)?.toLowerCase();
    if (target && name !== undefined && !isNull(target.node))
      members.set(name, { text: textOf(target.node), node: value, block });
  }
  for (const { key, value } of node.pairs) {
    const source = isMergeKey(key) ? object.resolve(block, value) : undefined;
    const sources = source?.node.type === 'sequence' ? source.node.items : source ? [source.node] : [];
    for (const item of sources) {
      const target = source && object.resolve(source.block, item);
      for (const [name, member] of target ? membersOf(object, target, taken) : [])
        if (!members.has(name)) members.set(name, member);
    }
  }
  return members;
}
