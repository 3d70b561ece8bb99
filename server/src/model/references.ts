/** What an object refers to by the properties of which the schema says which section defines their names. */
import type { Block } from '../parser/block.ts';
import { textOf, type Node, type Scalar } from '../parser/nodes.ts';
import type { LyncObject, Property } from './object.ts';
import { referenceNode } from './values.ts';

export interface Reference {
  readonly property: Property;
  /** The section that should define the name. */
  readonly section: string;
  /** The scalar that holds the name, behind aliases, and the block that its span counts from. */
  readonly node: Scalar;
  readonly block: Block;
  /** What stands in the list, where the name is one of several; it may be an alias, or an object with the name in it. */
  readonly item: Node | undefined;
}

/** Every name that is no blank, in the order of the object's properties; those that merge keys bring are among them. */
export function* referencesOf(object: LyncObject): Generator<Reference> {
  for (const property of object.properties) {
    const { type, value, valueBlock } = property;
    const section = type?.target ?? type?.items?.target;
    if (section === undefined) continue;
    if (value.type !== 'scalar') yield* namesOf(object, property, section);
    else if (textOf(value)?.trim())
      yield { property, section, node: value, block: valueBlock, item: undefined };
  }
}

/** The names in a property whose names `section` defines: one, or those of a list. */
export function* namesOf(object: LyncObject, property: Property, section: string): Generator<Reference> {
  const { value, valueBlock } = property;
  if (value.type !== 'sequence') {
    const found = nameNode(object, valueBlock, value);
    if (found) yield { property, section, ...found, item: undefined };
    return;
  }
  for (const item of value.items) {
    const found = nameNode(object, valueBlock, item);
    if (found) yield { property, section, ...found, item };
  }
}

/** The scalar with the name in a node that may be an alias, or an object as PowerShell prints it. */
function nameNode(
  object: LyncObject,
  block: Block,
  node: Node,
): { readonly node: Scalar; readonly block: Block } | undefined {
  const target = object.resolve(block, node);
  const inside = target && referenceNode(target.node);
  const named = inside && object.resolve(target.block, inside);
  if (named?.node.type !== 'scalar' || !textOf(named.node)?.trim()) return undefined;
  return { node: named.node, block: named.block };
}
