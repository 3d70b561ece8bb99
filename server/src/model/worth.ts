/** What a property says, in a form in which two files that say the same are equal. */
import type { Placed } from '../parser/anchors.ts';
import { isNull, textOf, type Node } from '../parser/nodes.ts';
import { parseIdentity } from '../schema/identity.ts';
import { policyKey, sectionType, type PropertyType, type SectionType } from '../schema/schema.ts';
import { membersOf } from './members.ts';
import type { LyncObject, Property } from './object.ts';
import { readValue, referenceName } from './values.ts';

/** A value that one parameter of a cmdlet takes; `null`: not set. */
export type Setting = boolean | number | string | null | readonly string[];

export interface Worth {
  /** What is equal has the same key. Of what is not set it is that of the default, if there is one. */
  readonly key: string;
  /** Whether the file names the property; it may say that it is not set. */
  readonly isSaid: boolean;
  /** What a parameter would be given; `undefined` where no single parameter can be. */
  readonly value: Setting | undefined;
}

/** The properties that count, by name. Of two of a name the object's own last one counts; of merged ones the first. */
export function propertiesOf(object: LyncObject | undefined): Map<string, Property> {
  const found = new Map<string, Property>();
  for (const property of object?.properties ?? []) {
    const name = property.type ? property.name : property.name.toLowerCase();
    if (property.own || !found.has(name)) found.set(name, property);
  }
  return found;
}

/** What a property of that name says; what it says where no object, or none with it, is there. */
export function worthOf(
  section: SectionType,
  name: string,
  object: LyncObject | undefined,
  property: Property | undefined,
): Worth {
  const type = section.property(name);
  if (!property || !object || isEmpty(property.value))
    return { key: keyOfDefault(type), isSaid: property !== undefined, value: null };
  const { value: node, valueBlock: block } = property;
  const value = type && settingOf(section, type, node);
  if (!type || value === undefined)
    return { key: `? ${textBehind(object, { block, node })}`, isSaid: true, value: undefined };
  return { key: keyOf(type, value), isSaid: true, value };
}

/** The default that Microsoft documents, as a value of a property; `undefined` where none is known for sure. */
export function documentedDefault({
  type,
  default: value,
  defaultKind,
  nullable,
}: PropertyType): Setting | undefined {
  if (typeof value === 'boolean' || typeof value === 'number' || typeof value === 'string')
    return defaultKind === 'documented' ? value : undefined;
  const canBeCleared = value === null || nullable === true || Array.isArray(value);
  return canBeCleared || ['string', 'reference', 'list'].includes(type) ? null : undefined;
}

/** `08:00:00`, `1.00:00:00`: as .NET writes a time span. `undefined` for what is none. */
export function timeSpanText(text: string): string | undefined {
  const match = /^(?:(\d+)\.)?(\d{1,2}):(\d{1,2})(?::(\d{1,2}))?(?:\.0+)?$/.exec(text.trim());
  if (!match) return undefined;
  const [, days = '0', hours = '0', minutes = '0', seconds = '0'] = match;
  return fromSeconds(((Number(days) * 24 + Number(hours)) * 60 + Number(minutes)) * 60 + Number(seconds));
}

function fromSeconds(total: number): string {
  const two = (number: number): string => String(number).padStart(2, '0');
  const days = Math.floor(total / 86_400);
  const clock = [Math.floor(total / 3600) % 24, Math.floor(total / 60) % 60, total % 60].map(two).join(':');
  return days > 0 ? `${days}.${clock}` : clock;
}

/** Whether a property of a user names a policy of the user's own; `DialPlan` is one. */
export function isPolicyOfUser(section: SectionType, name: string): boolean {
  return (
    section.name === 'CsUser' &&
    (name.endsWith('Policy') ? name !== 'ExchangeArchivingPolicy' : name === 'DialPlan')
  );
}

function isEmpty(node: Node): boolean {
  switch (node.type) {
    case 'scalar':
      return isNull(node) || node.text === '';
    case 'sequence':
      return node.items.length === 0;
    case 'mapping':
      return node.pairs.length === 0;
    case 'alias':
      return false;
  }
}

function settingOf(section: SectionType, type: PropertyType, node: Node): Setting | undefined {
  if (isPolicyOfUser(section, type.name)) return policyName(node);
  switch (type.type) {
    case 'list': {
      if (type.items?.type !== 'string') return undefined;
      const texts = (node.type === 'sequence' ? node.items : [node]).map(textOf);
      const list = texts.filter((text) => text !== undefined);
      return list.length === texts.length ? list : undefined;
    }
    case 'timespan':
      return node.type === 'mapping' ? fromMembers(node) : timeSpanText(textOf(node) ?? '');
    case 'string':
    case 'reference':
    case 'identity':
      return referenceName(node);
    case 'boolean':
    case 'integer':
    case 'enum':
      return readValue(type, node) ?? undefined;
    // .NET writes dates by the rules of the country, and an object needs cmdlets of its own.
    case 'datetime':
    case 'guid':
    case 'object':
      return undefined;
  }
}

/** The name of a policy at per-user scope, without its prefix. */
function policyName(node: Node): string | undefined {
  const name = referenceName(node);
  const identity = name === undefined ? undefined : parseIdentity(name);
  return identity?.scope === 'User' && identity.name.trim() !== '' ? identity.name : undefined;
}

/** ConvertTo-Json writes a time span as an object. */
function fromMembers(node: Node): string | undefined {
  const pairs = node.type === 'mapping' ? node.pairs : [];
  const total = pairs.find(({ key }) => textOf(key)?.toLowerCase() === 'totalseconds');
  const seconds = Number(textOf(total?.value) ?? NaN);
  return Number.isSafeInteger(seconds) && seconds >= 0 ? fromSeconds(seconds) : undefined;
}

function keyOfDefault(type: PropertyType | undefined): string {
  const value = type?.default;
  if (!type || value === null || value === undefined || typeof value === 'object') return '';
  if (type.type === 'timespan') return keyOf(type, timeSpanText(String(value)) ?? String(value));
  return keyOf(type, value);
}

function keyOf(type: PropertyType, value: Setting): string {
  if (Array.isArray(value)) return JSON.stringify(value);
  const text = String(value);
  return isName(type) ? text.trim().toLowerCase() : text;
}

/** Whether a property names something: names compare without case, as PowerShell does, and other texts do not. */
export function isName({ name, type }: PropertyType): boolean {
  return type === 'reference' || type === 'identity' || /Policy$|^DialPlan$/.test(name);
}

/** All that stands in a value, behind aliases and merge keys, in one order. */
function textBehind(object: LyncObject, { node, block }: Placed, depth = 0): string {
  const target = object.resolve(block, node);
  // A mapping may hold itself.
  if (!target || depth > 20) return '';
  if (target.node.type === 'scalar') return JSON.stringify(target.node.text);
  if (target.node.type === 'sequence')
    return `[${target.node.items.map((item) => textBehind(object, { node: item, block: target.block }, depth + 1)).join()}]`;
  const members = [...membersOf(object, target)].sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([name, member]) => `${name}:${textBehind(object, member, depth + 1)}`).join()}}`;
}

/** The section of the policies that a user's property names, if its files can define them. */
export function sectionOfPolicy(name: string): SectionType | undefined {
  const section = sectionType(`Cs${name}`);
  return section && policyKey(section.name) === name ? section : undefined;
}
