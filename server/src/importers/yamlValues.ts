/** YAML nodes as foreign values, with their aliases resolved. */
import type { Mapping, Node } from '../parser/nodes.ts';
import type { Foreign } from './foreign.ts';

/** Reads nodes in the order in which they stand: an alias means the last anchor of its name in front of it. */
export class YamlValues {
  readonly #anchors = new Map<string, Foreign>();

  /** Anchors mean nothing in the next document. */
  nextDocument(): void {
    this.#anchors.clear();
  }

  /** @param line on which the node's text begins, from 1 */
  value(node: Node, line: number): Foreign {
    if (node.type === 'alias') return this.#anchors.get(node.name) ?? null;
    const value = this.#content(node, line);
    if (node.anchor !== undefined) this.#anchors.set(node.anchor, value);
    return value;
  }

  #content(node: Exclude<Node, { type: 'alias' }>, line: number): Foreign {
    switch (node.type) {
      case 'sequence':
        return node.items.map((item) => this.value(item, line));
      case 'mapping':
        return { types: [], text: undefined, members: this.#members(node, line), line };
      case 'scalar': {
        const { value } = node;
        if (typeof value === 'bigint') return value.toString();
        // What would lose digits as a number is a name that looks like one.
        return typeof value === 'number' && String(value) !== node.text ? node.text : value;
      }
    }
  }

  #members({ pairs }: Mapping, line: number): Map<string, Foreign> {
    const members = new Map<string, Foreign>();
    for (const { key, value } of pairs) {
      const read = this.value(value, line);
      const name = key.type === 'scalar' ? key.text : '';
      if (name === '<<' && key.type === 'scalar' && key.style === 'plain') merge(members, read);
      else members.set(name, read);
    }
    return members;
  }
}

/** A merge key brings what is not there already. */
function merge(members: Map<string, Foreign>, source: Foreign): void {
  for (const one of Array.isArray(source) ? (source as readonly Foreign[]) : [source]) {
    if (typeof one !== 'object' || one === null || !('members' in one)) continue;
    for (const [name, value] of one.members) if (!members.has(name)) members.set(name, value);
  }
}
