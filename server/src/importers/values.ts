/** Foreign values to ours, by the type that the schema gives a property. */
import { powerShellNoise, type PropertyType } from '../schema/schema.ts';
import {
  isForeignList,
  isForeignObject,
  memberOf,
  nameOf,
  type Foreign,
  type ForeignObject,
} from './foreign.ts';
import type { ImportedValue } from './imported.ts';
import { fromDuration, fromJsonDate, fromTimeSpanObject } from './timespans.ts';

/** Why a value is not what it was. */
export type Loss =
  /** The file has the name of a .NET type where the value was: nothing can bring it back. */
  | 'type name'
  /** The value is an object that neither the schema knows nor its name can stand for. */
  | 'object'
  /** Mappings and lists in each other, deeper or more than can be meant. */
  | 'size';

export interface Converted {
  /** `undefined` where nothing is set, or nothing could be kept. */
  readonly value: ImportedValue | undefined;
  readonly loss?: Loss;
}

/**
 * @param type of the property; `undefined` where the schema does not know it
 * @param isText whether the file has nothing but text, as CSV
 */
export function convert(type: PropertyType | undefined, foreign: Foreign, isText = false): Converted {
  if (foreign === null) return unset;
  if (typeof foreign === 'string' && isTypeName(foreign)) return { value: undefined, loss: 'type name' };
  if (!type) return unknown(foreign, isText);
  switch (type.type) {
    case 'list':
      return list(type, foreign);
    case 'object':
      return anything(foreign);
    default:
      return single(type, foreign);
  }
}

const unset: Converted = { value: undefined };

/** `System.String[]`, `Microsoft.Rtc.Management.Xds.…`: what PowerShell prints of a value that it does not take apart. */
export function isTypeName(text: string): boolean {
  return /^(?:System|Microsoft\.Rtc)\.(?:[A-Za-z_]\w*[.+])*[A-Za-z_]\w*(?:`\d+)?(?:\[.*\])?$/.test(text);
}

/** One value where the schema wants one. */
function single(type: PropertyType, foreign: Foreign): Converted {
  if (isForeignList(foreign)) {
    const items = foreign.filter((item) => item !== null);
    if (items.length === 0) return unset;
    // PowerShell may have wrapped a single value in a collection.
    if (items.length === 1) return single(type, items[0] ?? null);
    return anything(foreign);
  }
  if (!isForeignObject(foreign)) return { value: scalar(type, foreign) };
  const span = fromTimeSpanObject(foreign);
  if (span !== undefined) return { value: span };
  const name = nameOf(foreign) ?? dateOf(foreign);
  if (name === undefined || isTypeName(name))
    return { value: undefined, ...(foreign.members.size > 0 ? { loss: 'object' } : {}) };
  return { value: scalar(type, name) };
}

function scalar(type: PropertyType, foreign: boolean | number | string | null): ImportedValue | undefined {
  if (foreign === null) return undefined;
  if (typeof foreign === 'string' && foreign === '' && type.type !== 'string') return undefined;
  switch (type.type) {
    case 'boolean':
      return /^true$/i.test(String(foreign)) ? true : /^false$/i.test(String(foreign)) ? false : foreign;
    case 'integer':
      return typeof foreign === 'string' && /^\s*[-+]?\d{1,15}\s*$/.test(foreign) ? Number(foreign) : foreign;
    case 'enum':
      return enumeration(type.values ?? [], foreign);
    case 'timespan':
      return typeof foreign === 'string' ? (fromDuration(foreign) ?? foreign) : foreign;
    case 'datetime':
      return typeof foreign === 'string' ? (fromJsonDate(foreign) ?? foreign) : foreign;
    default:
      return typeof foreign === 'boolean' ? (foreign ? 'True' : 'False') : String(foreign);
  }
}

/** ConvertTo-Json writes the number of a value, counted from 0 in the order of the documentation. */
function enumeration(values: readonly string[], foreign: boolean | number | string): ImportedValue {
  if (typeof foreign === 'number' || (typeof foreign === 'string' && /^\d{1,3}$/.test(foreign)))
    return values[Number(foreign)] ?? foreign;
  const lower = String(foreign).toLowerCase();
  return values.find((value) => value.toLowerCase() === lower) ?? foreign;
}

function list(type: PropertyType, foreign: Foreign): Converted {
  if (typeof foreign === 'string') return foreign === '' ? unset : splitList(type, foreign);
  const wrapped = isForeignObject(foreign) ? memberOf(foreign, 'value') : undefined;
  const items = isForeignList(foreign) ? foreign : isForeignList(wrapped) ? wrapped : [foreign];
  if (type.items?.type === 'object' || type.items === undefined) return anything(items);
  const itemType: PropertyType = { name: type.name, ...type.items };
  const values: ImportedValue[] = [];
  let loss: Loss | undefined;
  for (const item of items) {
    const converted = convert(itemType, item);
    loss ??= converted.loss;
    if (converted.value !== undefined) values.push(converted.value);
  }
  return { value: values, ...(loss ? { loss } : {}) };
}

/** `a; b`, `a,b` and `{a, b}`: how lists look that were joined for a column. */
function splitList(type: PropertyType, text: string): Converted {
  const inside = /^\{(.*)\}$/s.exec(text)?.[1] ?? text;
  const separator = inside.includes(';')
    ? ';'
    : type.items?.type === 'reference' || !inside.includes('=')
      ? ','
      : '\n';
  const parts = inside
    .split(separator)
    .map((part) => part.trim())
    .filter((part) => part !== '');
  if (parts.length === 0) return { value: [] };
  return { value: parts };
}

/** A property that the schema does not know stays as it is, if it is a value. */
function unknown(foreign: Foreign, isText: boolean): Converted {
  if (typeof foreign === 'string')
    return { value: isText ? typed(foreign) : (fromJsonDate(foreign) ?? foreign) };
  if (isForeignList(foreign)) {
    const isPlain = foreign.every((item) => !isForeignList(item) && !isForeignObject(item));
    return isPlain
      ? { value: foreign.filter((item) => item !== null) as ImportedValue[] }
      : { value: undefined, loss: 'object' };
  }
  if (!isForeignObject(foreign)) return { value: foreign ?? undefined };
  const name = fromTimeSpanObject(foreign) ?? nameOf(foreign) ?? dateOf(foreign);
  return name !== undefined && !isTypeName(name) ? { value: name } : { value: undefined, loss: 'object' };
}

/** What stands in a column, where that can be nothing else. */
function typed(text: string): ImportedValue | undefined {
  if (text === '') return undefined;
  return text === 'True' ? true : text === 'False' ? false : text;
}

/** Windows PowerShell wraps some dates: `{ "value": "/Date(…)/", "DateTime": "…" }`. */
function dateOf(object: ForeignObject): string | undefined {
  const value = memberOf(object, 'value');
  return typeof value === 'string' ? fromJsonDate(value) : undefined;
}

/** No object of Lync's holds as many values as this, nor in as many layers. */
const mostNodes = 10_000;
const deepest = 20;

/** Whatever it is, without PowerShell's noise. One that is shared or refers to itself is bounded. */
function anything(foreign: Foreign): Converted {
  let nodes = 0;
  const cut: Loss[] = [];
  const walk = (value: Foreign, depth: number): ImportedValue | undefined => {
    if (value === null) return undefined;
    if (++nodes > mostNodes || depth > deepest) {
      if (cut.length === 0) cut.push('size');
      return undefined;
    }
    if (isForeignList(value)) {
      const items: ImportedValue[] = [];
      for (const item of value) {
        if (nodes > mostNodes) break;
        const walked = walk(item, depth + 1);
        if (walked !== undefined) items.push(walked);
      }
      return items;
    }
    if (!isForeignObject(value)) return typeof value === 'string' ? (fromJsonDate(value) ?? value) : value;
    const span = fromTimeSpanObject(value);
    if (span !== undefined) return span;
    const members: Record<string, ImportedValue> = {};
    for (const [name, member] of value.members) {
      const walked = noise.has(name.toLowerCase()) ? undefined : walk(member, depth + 1);
      if (walked !== undefined) define(members, name, walked);
    }
    return Object.keys(members).length === 0 && value.text !== undefined ? value.text : members;
  };
  const value = walk(foreign, 0);
  const [loss] = cut;
  return { value, ...(loss ? { loss } : {}) };
}

/** A member may be called `__proto__`. */
function define(members: Record<string, ImportedValue>, name: string, value: ImportedValue): void {
  Object.defineProperty(members, name, { value, enumerable: true, configurable: true, writable: true });
}

const noise = new Set(powerShellNoise.map((name) => name.toLowerCase()).filter((name) => name !== 'key'));
