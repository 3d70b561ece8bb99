/** What a property's text means, by the type that the schema gives it. */
import { isNull, textOf, type Node } from '../parser/nodes.ts';
import type { PropertyType } from '../schema/schema.ts';

/** `null` where nothing is set; `undefined` where something is written that the type does not allow. */
export type Value = boolean | number | string | null | undefined;

export function readValue(type: PropertyType, node: Node): Value {
  if (isNull(node)) return null;
  switch (type.type) {
    case 'boolean':
      return readBoolean(node);
    case 'enum':
      return readEnum(type.values ?? [], node);
    case 'integer':
      return node.type === 'scalar' && /^[-+]?\d+$/.test(node.text) ? Number(node.text) : undefined;
    case 'reference':
    case 'identity':
      return referenceName(node);
    default:
      return textOf(node);
  }
}

/** `true` and `false`, and those two as strings in any case, which PowerShell converts without a word. */
function readBoolean(node: Node): boolean | undefined {
  if (node.type !== 'scalar') return undefined;
  if (typeof node.value === 'boolean') return node.value;
  const lower = node.text.toLowerCase();
  return lower === 'true' ? true : lower === 'false' ? false : undefined;
}

/** A value by its name in any case, or by the number that ConvertTo-Json writes for it. */
export function readEnum(values: readonly string[], node: Node): string | undefined {
  if (node.type !== 'scalar') return undefined;
  if (typeof node.value === 'number') return values[node.value];
  const lower = node.text.toLowerCase();
  return values.find((value) => value.toLowerCase() === lower);
}

/**
 * The name in a reference. PowerShell prints one as a string, with or without prefix, or as an object with the name in
 * `FriendlyName`, `Name` or `Value`.
 */
export function referenceName(node: Node): string | undefined {
  return textOf(referenceNode(node));
}

/** The scalar that holds the name of a reference. */
export function referenceNode(node: Node): Node | undefined {
  if (node.type !== 'mapping') return node.type === 'scalar' ? node : undefined;
  for (const member of ['friendlyname', 'name', 'value']) {
    const pair = node.pairs.find(({ key }) => textOf(key)?.toLowerCase() === member);
    if (pair && !isNull(pair.value)) return pair.value;
  }
  return undefined;
}
