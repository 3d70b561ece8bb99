/** What a new policy takes over from the one that it is to be like, as parameters of its `New-` cmdlet. */
import { isUnchecked, type LyncObject, type Property } from '../model/object.ts';
import { readValue } from '../model/values.ts';
import { isNull, textOf } from '../parser/nodes.ts';
import type { Literal } from './powershell.ts';

export interface Copied {
  readonly values: ReadonlyMap<string, Literal>;
  /** What cannot be taken over, each in a sentence. */
  readonly omitted: readonly string[];
}

/**
 * A parameter has its property's name. What is not set, what only Lync can write, and what PowerShell adds to everything that it
 * prints, a new object needs not.
 * @param given what the new object is given anyway
 */
export function copiedFrom(like: LyncObject, given: { has: (name: string) => boolean }): Copied {
  const values = new Map<string, Literal>();
  const omitted: string[] = [];
  for (const { name } of like.properties) {
    const property = like.property(name);
    if (!property || values.has(name) || given.has(name) || isLeftOut(like, property)) continue;
    const value = literalOf(property);
    if (value === undefined)
      omitted.push(`${name} of '${like.subject}' is not copied: ${reasonFor(property)}.`);
    else values.set(name, value);
  }
  return { values, omitted };
}

function isLeftOut({ section }: LyncObject, property: Property): boolean {
  const { name, type, value } = property;
  if (name === section.key || type?.readOnly === true || isNull(value)) return true;
  // Nothing in it is nothing set.
  if (value.type === 'sequence' && value.items.length === 0) return true;
  if (value.type === 'mapping' && value.pairs.length === 0) return true;
  return isUnchecked(section, property);
}

/** `undefined` where it cannot be written as a parameter. */
function literalOf({ type, value }: Property): Literal | undefined {
  if (!type || type.type === 'object') return undefined;
  if (type.type !== 'list') return readValue(type, value);
  const texts = value.type === 'sequence' ? value.items.map(textOf) : [textOf(value)];
  const list = texts.filter((text) => text !== undefined);
  return list.length === texts.length ? list : undefined;
}

/** Why no parameter can be given what stands there. */
export function reasonFor({ type }: Pick<Property, 'type'>): string {
  if (!type) return 'no parameter of that name is known';
  if (type.type === 'list' || type.type === 'object')
    return 'it holds objects, which need cmdlets of their own';
  return 'its value is none that it can have';
}
