/** What the schema says of a section, a property and its values, in Markdown. */
import { productName } from '../../schema/products.ts';
import type { PropertyType, SectionType } from '../../schema/schema.ts';
import { code, plain } from '../markdown.ts';

/** The scopes of a section's objects, in words. */
export function scopesOf({ scopes, serviceRoles }: SectionType): string {
  const words = scopes.map((scope) =>
    scope === 'Service' ? `Service (${serviceRoles.join(', ')})` : scope === 'User' ? 'per user' : scope,
  );
  return words.join(', ');
}

/** A property: what it is, then its type, values, range, default and products. Paragraphs. */
export function* describeProperty(type: PropertyType, section: SectionType): Generator<string> {
  yield `**${type.name}** (${section.name})`;
  if (type.description !== undefined) yield plain(type.description);
  const facts = [...factsOf(type)];
  if (facts.length > 0) yield facts.map((fact) => `- ${fact}`).join('\n');
  if (type.note !== undefined) yield `_${plain(type.note)}_`;
}

function* factsOf(type: PropertyType): Generator<string> {
  yield `Type: ${typeWords(type)}${type.readOnly ? ', read-only' : ''}`;
  if (type.values) {
    const values = type.values.map((value) => {
      const meaning = type.valueDescriptions?.[value];
      return meaning === undefined ? code(value) : `${code(value)} (${plain(meaning)})`;
    });
    yield `Values: ${values.join(', ')}`;
  }
  const range = rangeWords(type);
  if (range !== undefined) yield range;
  const usual = defaultWords(type);
  if (usual !== undefined) yield usual;
  if (type.deprecated !== undefined) yield `Deprecated: ${plain(type.deprecated)}`;
  if (type.products) yield `Products: ${type.products.map(productName).join(', ')}`;
}

function typeWords({ type, items, target, nullable }: PropertyType): string {
  const base =
    type === 'list'
      ? `list${items?.target ? ` of ${items.target}` : ''}`
      : type === 'reference'
        ? `name of a ${target ?? ''}`
        : type;
  return nullable ? `${base}, or empty` : base;
}

function rangeWords({ minimum, maximum, unit }: PropertyType): string | undefined {
  const words = unit === undefined ? '' : ` (${unit})`;
  if (minimum !== undefined && maximum !== undefined) return `Range: ${minimum} to ${maximum}${words}`;
  if (minimum !== undefined) return `At least ${minimum}${words}`;
  if (maximum !== undefined) return `At most ${maximum}${words}`;
  return unit === undefined ? undefined : `Unit: ${unit}`;
}

function defaultWords({ default: value, defaultKind }: PropertyType): string | undefined {
  if (defaultKind === 'unset') return 'Default: not set, and the client decides';
  if (defaultKind === undefined || defaultKind === 'n/a' || defaultKind === 'unknown') return undefined;
  const text =
    value === null || value === undefined
      ? 'not set'
      : typeof value === 'object'
        ? 'empty list'
        : code(String(value));
  const certainty =
    defaultKind === 'memory'
      ? ' (not documented by Microsoft)'
      : defaultKind === 'conflict'
        ? ' (the documentation contradicts itself)'
        : '';
  return `Default: ${text}${certainty}`;
}
