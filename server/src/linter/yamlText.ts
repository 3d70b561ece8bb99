/** Values as YAML text that reads back as the same value. */
import type { Node, Scalar } from '../parser/nodes.ts';
import { readYaml } from '../parser/read.ts';
import type { PropertyValue } from './change.ts';

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

/** Any node on one line, in flow style. */
export function yamlText(node: Node): string {
  switch (node.type) {
    case 'scalar':
      return typeof node.value === 'string'
        ? scalarText(node.value, 'plain')
        : node.text === ''
          ? 'null'
          : node.text;
    case 'sequence':
      return `[${node.items.map(yamlText).join(', ')}]`;
    case 'mapping':
      return `{ ${node.pairs.map(({ key, value }) => `${yamlText(key)}: ${yamlText(value)}`).join(', ')} }`;
    case 'alias':
      return `*${node.name}`;
  }
}

/** Whether a string needs no quotes, in a block or inside brackets. */
function isPlain(value: string): boolean {
  if (!/^[^\s,[\]{}#&*!|>'"%@`:?-][^\r\n,[\]{}#]*$|^[-?:][^\s,[\]{}#][^\r\n,[\]{}#]*$/.test(value))
    return false;
  if (/:\s|:$|\s$|\s#/.test(value)) return false;
  const { root, problems } = readYaml(value);
  return problems.length === 0 && root?.type === 'scalar' && root.value === value;
}
