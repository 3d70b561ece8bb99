/** Where anchors are written: a node knows the name of its anchor, but its span begins behind it. */
import type { Node } from './nodes.ts';
import type { Span } from './span.ts';

/** A node with an anchor, and where that stands, from its `&` to the end of its name. */
export interface Anchored {
  readonly node: Exclude<Node, { type: 'alias' }>;
  readonly at: Span;
}

/** What may stand between two nodes: tags, comments, anchors, indicators. */
const between = /!<[^>\s]*>|![^\s,[\]{}]*|#[^\r\n]*|&([^\s,[\]{}]+)|\S/g;

/** The anchors of a text in their order. @param root what was read of it */
export function* anchorsIn(text: string, root: Node): Generator<Anchored> {
  let last = 0;
  for (const node of nodesIn(root)) {
    if (node.type !== 'alias' && node.anchor !== undefined) {
      for (const found of text.slice(last, node.start).matchAll(between)) {
        if (found[1] !== node.anchor) continue;
        const start = last + found.index;
        last = start + found[0].length;
        yield { node, at: { start, end: last } };
        break;
      }
    }
    if (node.type === 'scalar' || node.type === 'alias') last = Math.max(last, node.end);
  }
}

/** A node and all that is in it, in the order of the text, without recursion. */
export function* nodesIn(root: Node): Generator<Node> {
  const open: Node[] = [root];
  for (let node = open.pop(); node; node = open.pop()) {
    yield node;
    if (node.type === 'sequence') for (const item of node.items.toReversed()) open.push(item);
    if (node.type === 'mapping') for (const { key, value } of node.pairs.toReversed()) open.push(value, key);
  }
}
