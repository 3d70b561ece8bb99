/** Values as YAML text that reads back as the same value. */
import type { Place } from '../model/place.ts';
import type { Node, Scalar } from '../parser/nodes.ts';
import { readYaml } from '../parser/read.ts';
import { resolvePlain } from '../parser/scalars.ts';
import type { PropertyValue, WrittenValue } from './change.ts';

/** A scalar, in the quotes that its place had before; plain where that reads back as the same string. */
export function scalarText(value: PropertyValue, style: Scalar['style']): string {
  if (typeof value !== 'string') return String(value);
  if (style === 'single' && !/[\r\n]/.test(value)) return `'${value.replaceAll("'", "''")}'`;
  if (style === 'double') return JSON.stringify(value);
  return isPlain(value)
    ? value
    : value.includes("'") || /[\p{Cc}]/u.test(value)
      ? JSON.stringify(value)
      : `'${value}'`;
}

/** Any value on one line, in flow style where it is no scalar. */
export function valueText(value: WrittenValue, style: Scalar['style']): string {
  if (typeof value !== 'object' || value === null) return scalarText(value, style);
  if (isList(value)) return `[${value.map((item) => valueText(item, style)).join(', ')}]`;
  const members = Object.entries(value).map(
    ([name, member]) => `${scalarText(name, style)}: ${valueText(member, style)}`,
  );
  return members.length > 0 ? `{ ${members.join(', ')} }` : '{}';
}

function isList(value: object): value is readonly WrittenValue[] {
  return Array.isArray(value);
}

/** A string in the quotes of the text whose place it takes. */
export function textInPlaceOf({ block, start }: Place, value: string): string {
  const quote = block.text[start];
  return scalarText(value, quote === '"' ? 'double' : quote === "'" ? 'single' : 'plain');
}

/** Any node on one line, in flow style, with its strings in `style` where that can be. */
export function yamlText(node: Node, style: Scalar['style'] = 'plain'): string {
  switch (node.type) {
    case 'scalar':
      return typeof node.value === 'string'
        ? scalarText(node.value, style)
        : node.text === ''
          ? 'null'
          : node.text;
    case 'sequence':
      return `[${node.items.map((item) => yamlText(item, style)).join(', ')}]`;
    case 'mapping':
      return `{ ${node.pairs.map(({ key, value }) => `${yamlText(key, style)}: ${yamlText(value, style)}`).join(', ')} }`;
    case 'alias':
      return `*${node.name}`;
  }
}

/** Whether a string needs no quotes, in a block or inside brackets. */
function isPlain(value: string): boolean {
  // Nearly all are names and addresses, and those that are words of YAML are known.
  if (/^[A-Za-z](?:[\w.@:/-]*[\w/-])?$/.test(value)) return resolvePlain(value) === value;
  if (!/^[^\s,[\]{}#&*!|>'"%@`:?-][^\r\n,[\]{}#]*$|^[-?:][^\s,[\]{}#][^\r\n,[\]{}#]*$/.test(value))
    return false;
  if (/:\s|:$|\s$|\s#/.test(value)) return false;
  // Names are nearly always of this kind, and there may be a hundred thousand.
  if (/^[A-Za-z][\w.@:+-]*$/.test(value)) return resolvePlain(value) === value;
  const { root, problems } = readYaml(value);
  return problems.length === 0 && root?.type === 'scalar' && root.value === value;
}
