/** Every place in an object that names something: the object itself, or what it refers to. */
import type { Block } from '../parser/block.ts';
import type { Scalar } from '../parser/nodes.ts';
import type { Span } from '../parser/span.ts';
import { sectionType } from '../schema/schema.ts';
import type { Configuration } from './configuration.ts';
import { nodeAt } from './locate.ts';
import { partsOf, type NamePart } from './names.ts';
import type { LyncObject } from './object.ts';
import { place, type Place } from './place.ts';
import { namesOf, referencesOf, type Reference } from './references.ts';

/** Something that has a name: which section defines it, and what {@link identityKey} makes of its name. */
export interface Thing {
  readonly section: string;
  readonly key: string;
}

export interface Occurrence extends Thing {
  /** As written, without the prefix that may be left out. */
  readonly name: string;
  /** Where the text stands, be it behind an alias: exactly the name's characters, or the whole scalar. */
  readonly at: Place;
  /** The name's characters do not stand there as they are: quotes, escapes or line ends are in between. */
  readonly whole: boolean;
  /** Whether something is defined under the name here; else it is referred to. */
  readonly defines: boolean;
  /** `undefined` in a configuration. */
  readonly object: LyncObject | undefined;
  readonly scalar: Scalar;
  /** Where the name begins in the scalar's text. UTF-16 units. */
  readonly from: number;
  /** How the key is written that the scalar belongs to: in JSON all strings are in double quotes. */
  readonly keyStyle: Scalar['style'];
}

/** Properties that the schema takes for text, and that name something. */
const besides: Partial<Record<string, Readonly<Partial<Record<string, string>>>>> = {
  CsSipDomain: { Name: 'CsSipDomain' },
  CsSite: { DefaultPersistentChatPool: 'CsPool' },
  CsPool: { Fqdn: 'CsPool' },
  CsComputer: { Fqdn: 'CsComputer' },
  CsService: { ServiceId: 'CsService', DependentServiceList: 'CsService' },
  CsServerPatchVersion: { PSComputerName: 'CsComputer' },
  CsUnifiedContactStore: { SipUri: 'CsUser' },
  CsOAuthConfiguration: { ClientAuthorizationOAuthServerIdentity: 'CsOAuthServer' },
  CsAuthConfig: { Pool: 'CsPool' },
};

/**
 * The names in an object. Several may stand in one scalar, each inside the one before.
 * @param may leaves out all names in scalars of whose text it says that nothing in them is wanted
 */
export function* occurrencesIn(
  object: LyncObject,
  may: (text: string) => boolean = anything,
): Generator<Occurrence> {
  const { section } = object;
  const others = besides[section.name];
  const named = object.setProperty(section.key);
  // Of several the last is the name; the others name nothing.
  if (named?.value.type === 'scalar' && others?.[section.key] === undefined)
    for (const reference of namesOf(object, named, section.name))
      yield* partsIn(object, reference, may, true);
  for (const reference of referencesOf(object))
    if (may(reference.node.text)) yield* partsIn(object, reference, may, false);
  if (section.name === 'CsSimpleUrl') yield* simpleUrlDomains(object);
  if (!others) return;
  for (const property of object.properties) {
    const target = others[property.name];
    if (target === undefined || (property.name === section.key && property !== named)) continue;
    // PowerShell prints the name of a pool or computer twice; where somebody has left out the first, the second defines it.
    const isName = !named && (property.name === 'Fqdn' || property.name === 'Name');
    for (const reference of namesOf(object, property, target)) {
      const isService = reference.node.text.includes(':');
      // A service's number, or its role alone, is no name of a service.
      if (target === 'CsService' && !isService) continue;
      const inPool = target === 'CsPool' && isService;
      yield* partsIn(object, inPool ? { ...reference, section: 'CsService' } : reference, may, isName);
    }
  }
}

const anything = (): boolean => true;

/** The pools that a configuration names. */
export function* occurrencesInConfiguration({ twoFactorPools }: Configuration): Generator<Occurrence> {
  const type = sectionType('CsPool');
  for (const { at } of twoFactorPools) {
    const node = at?.block.root && nodeAt(at.block.root, at.start);
    if (!type || !at || node?.type !== 'scalar') continue;
    // The settings of a configuration are read as written; nobody writes them in JSON.
    for (const part of partsOf(type, node.text)) yield occurrence(part, at, node, 'plain');
  }
}

function* partsIn(
  object: LyncObject,
  { property, section, node, block }: Reference,
  may: (text: string) => boolean,
  defines: boolean,
): Generator<Occurrence> {
  const type = may(node.text) ? sectionType(section) : undefined;
  if (!type) return;
  const parts = partsOf(type, node.text);
  for (const part of parts)
    yield occurrence(
      part,
      place(object.file, block, node),
      node,
      property.key.style,
      object,
      defines && part === parts[0],
    );
}

/** Each simple URL is for one SIP domain, or with `*` for all. */
function* simpleUrlDomains(object: LyncObject): Generator<Occurrence> {
  const type = sectionType('CsSipDomain');
  for (const { value, valueBlock } of object.properties.filter(({ name }) => name === 'SimpleUrl')) {
    for (const item of value.type === 'sequence' ? value.items : [value]) {
      const entry = object.resolve(valueBlock, item);
      if (!type || entry?.node.type !== 'mapping') continue;
      for (const { key, value: domain } of entry.node.pairs) {
        if (key.type !== 'scalar' || key.text.toLowerCase() !== 'domain') continue;
        const target = object.resolve(entry.block, domain);
        if (target?.node.type !== 'scalar' || target.node.value === null || target.node.text === '*')
          continue;
        for (const part of partsOf(type, target.node.text))
          yield occurrence(
            part,
            place(object.file, target.block, target.node),
            target.node,
            key.style,
            object,
          );
      }
    }
  }
}

function occurrence(
  { section, key, name, start, end }: NamePart,
  at: Place,
  scalar: Scalar,
  keyStyle: Scalar['style'],
  object?: LyncObject,
  defines = false,
): Occurrence {
  const literal = literalIn(at.block, scalar, start, end);
  return {
    section,
    key,
    name,
    at: literal ? { ...at, ...literal } : at,
    whole: !literal,
    defines,
    object,
    scalar,
    from: start,
    keyStyle,
  };
}

/** Where the characters from `start` to `end` of a scalar's text stand in its block; `undefined` where they do not. */
function literalIn({ text }: Block, scalar: Scalar, start: number, end: number): Span | undefined {
  const source = text.slice(scalar.start, scalar.end);
  const quote = scalar.style === 'single' || scalar.style === 'double' ? 1 : 0;
  const from = scalar.start + quote + start;
  if (source.slice(quote, source.length - quote) === scalar.text)
    return { start: from, end: from + end - start };
  const name = scalar.text.slice(start, end);
  if ((scalar.style === 'double' && source.includes('\\')) || /[\r\n'"]/.test(name)) return undefined;
  // Without escapes only line ends, indentation and quotes differ, so what has none stands there as often as in the text; but a
  // comment may follow the indicator of a block scalar.
  const content = scalar.style === 'block' ? source.indexOf('\n') + 1 : 0;
  const inText = [...placesOf(name, scalar.text)];
  const inSource = [...placesOf(name, source.slice(content))];
  const found = inSource[inText.indexOf(start)];
  if (found === undefined || inText.length !== inSource.length) return undefined;
  const at = scalar.start + content + found;
  return { start: at, end: at + name.length };
}

function* placesOf(name: string, text: string): Generator<number> {
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) yield at;
}
