/** Imported objects as our YAML, the same text for the same objects. */
import { sectionType, sectionTypes } from '../schema/schema.ts';
import type { ImportedObject, ImportedValue } from './imported.ts';
import { yamlScalar, yamlString } from './yamlScalars.ts';

/** Lists and mappings that fit on a line of this length stand on one. */
const lineLength = 100;

/** The text of a file: its sections in the order of the schema, the objects of each as given. */
export function yamlOf(objects: Iterable<ImportedObject>): string {
  const bySection = new Map<string, ImportedObject[]>();
  for (const object of objects) {
    const name = sectionType(object.section)?.name ?? object.section;
    const known = bySection.get(name);
    if (known) known.push(object);
    else bySection.set(name, [object]);
  }
  const order = [...sectionTypes()].map(({ name }) => name);
  const others = [...bySection.keys()].filter((name) => !order.includes(name)).sort();
  const parts: string[] = [];
  for (const name of [...order, ...others]) {
    const found = bySection.get(name);
    if (!found) continue;
    const items = found.map(({ properties }) => item(properties, 2)).join('');
    parts.push(`${name}:\n${items}`);
  }
  return parts.join('\n');
}

/** An item of a list, with line ends. */
function item(properties: Iterable<readonly [string, ImportedValue]>, indent: number): string {
  let text = '';
  for (const [name, value] of properties)
    text += `${' '.repeat(indent)}${text === '' ? '- ' : '  '}${pair(name, value, indent + 2)}\n`;
  return text === '' ? `${' '.repeat(indent)}- {}\n` : text;
}

/** `Key: value`, without the last line end; what does not fit on the line stands below it, deeper than `indent`. */
function pair(name: string, value: ImportedValue, indent: number): string {
  const key = yamlString(name, true);
  if (isScalar(value)) return `${key}:${spaced(yamlScalar(value, false))}`;
  const line = onOneLine(value);
  if (line !== undefined && indent + key.length + 2 + line.length <= lineLength) return `${key}: ${line}`;
  if (isList(value)) return `${key}:\n${value.map((one) => listItem(one, indent + 2)).join('')}`.trimEnd();
  const members = Object.entries(value).map(
    ([member, inner]) => `${' '.repeat(indent + 2)}${pair(member, inner, indent + 2)}`,
  );
  return `${key}:\n${members.join('\n')}`;
}

function listItem(value: ImportedValue, indent: number): string {
  const lead = `${' '.repeat(indent)}-`;
  if (isScalar(value)) return `${lead}${spaced(yamlScalar(value, true))}\n`;
  const line = onOneLine(value);
  if (line !== undefined && (indent + 2 + line.length <= lineLength || isEmpty(value)))
    return `${lead} ${line}\n`;
  if (!isList(value)) return item(Object.entries(value), indent);
  return `${lead}\n${value.map((one) => listItem(one, indent + 2)).join('')}`;
}

/** A list or mapping of scalars in brackets. */
function onOneLine(value: ImportedValue): string | undefined {
  if (isList(value))
    return value.every(isScalar) ? `[${value.map((one) => yamlScalar(one, true)).join(', ')}]` : undefined;
  if (isScalar(value)) return undefined;
  const entries = Object.entries(value);
  if (entries.length === 0) return '{}';
  const texts = entries.map(([name, member]) =>
    isScalar(member) ? `${yamlString(name, true)}: ${yamlScalar(member, true)}` : undefined,
  );
  return texts.includes(undefined) ? undefined : `{ ${texts.join(', ')} }`;
}

function spaced(text: string): string {
  return text === '' ? '' : ` ${text}`;
}

function isEmpty(value: ImportedValue): boolean {
  return isList(value) ? value.length === 0 : !isScalar(value) && Object.keys(value).length === 0;
}

function isScalar(value: ImportedValue): value is null | boolean | number | string {
  return typeof value !== 'object' || value === null;
}

function isList(value: ImportedValue): value is readonly ImportedValue[] {
  return Array.isArray(value);
}
