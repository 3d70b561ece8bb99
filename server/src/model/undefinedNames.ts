/** Names that the files refer to and that nothing in them defines: what somebody is about to add. */
import { identityKey, parseIdentity } from '../schema/identity.ts';
import { sectionType, sectionTypes, type SectionType } from '../schema/schema.ts';
import type { Deployment } from './deployment.ts';
import type { LyncObject } from './object.ts';
import { referenceName } from './values.ts';
import { counted } from './wording.ts';

/** For each section the names that its objects would have. */
export type UndefinedNames = ReadonlyMap<SectionType, ReadonlyMap<string, number>>;

/**
 * Each name that something refers to and that is defined nowhere, as it is written first, with how many objects name it. Of users
 * only the pool and the policies count: those are known without reading each.
 */
export function undefinedNamesOfAll(deployment: Deployment): UndefinedNames {
  const names = new Map(Array.from(sectionTypes(), (section) => [section, new Names(deployment, section)]));
  const add = (target: SectionType | undefined, name: string | undefined, count = 1): void => {
    if (target && name !== undefined) names.get(target)?.add(name.trim(), count);
  };
  for (const section of sectionTypes()) {
    if (section.kind === 'user') continue;
    const properties = [...section.properties.values()].flatMap(({ name, target, items }) => {
      const named = sectionType(target ?? items?.target ?? '');
      return named ? [{ name, target: named }] : [];
    });
    // One object after the other, for all that it may name: what was read of it is soon forgotten.
    for (const object of deployment.all(section.name)) {
      for (const { name, target } of properties)
        for (const named of namesIn(object, name)) add(target, named);
      for (const target of namedByName) add(target, nameInName(object, target.name));
    }
  }
  const pools = sectionType('CsPool');
  for (const standing of deployment.populated()) {
    add(pools, standing.pool, standing.size);
    for (const [section, policy] of standing.assigned)
      add(sectionType(section), `Tag:${policy}`, standing.size);
  }
  return new Map(Array.from(names, ([section, { found }]) => [section, found]));
}

/** The names of one section. */
class Names {
  /** By the name as it is written first. */
  readonly found = new Map<string, number>();
  readonly #deployment: Deployment;
  readonly #section: SectionType;
  /** For each spelling the first one of the same name; `undefined` where that is defined. */
  readonly #first = new Map<string, string | undefined>();
  readonly #firstOfKey = new Map<string, string>();

  constructor(deployment: Deployment, section: SectionType) {
    this.#deployment = deployment;
    this.#section = section;
  }

  add(name: string, count: number): void {
    if (name === '') return;
    if (!this.#first.has(name)) this.#first.set(name, this.#firstOf(name));
    const first = this.#first.get(name);
    if (first !== undefined) this.found.set(first, (this.found.get(first) ?? 0) + count);
  }

  #firstOf(name: string): string | undefined {
    if (this.#deployment.find(this.#section.name, name)) return undefined;
    const key = identityKey(this.#section, name);
    const first = this.#firstOfKey.get(key) ?? name;
    this.#firstOfKey.set(key, first);
    return first;
  }
}

/** The sections whose names stand in the names of others. */
const namedByName = ['CsSite', 'CsComputer', 'CsPool'].flatMap((name) => sectionType(name) ?? []);

function* namesIn(object: LyncObject, property: string): Generator<string | undefined> {
  const value = object.setProperty(property)?.value;
  if (value?.type === 'sequence') for (const item of value.items) yield referenceName(item);
  else if (value) yield referenceName(value);
}

/** What an object's own name says of others: its site, its pool, its computer. */
function nameInName(object: LyncObject, target: string): string | undefined {
  const { section } = object;
  if (target === 'CsComputer')
    return section.name === 'CsServerPatchVersion' ? object.text('PSComputerName') : undefined;
  const isService = section.name === 'CsService';
  if (section.scopes.length === 0 && !isService) return undefined;
  const [key = ''] = object.keys;
  // Most are policies with plain names: their keys are at hand, their texts are not.
  if (target === 'CsSite' && !key.startsWith('site:')) return undefined;
  if (target === 'CsPool' && !isService && !key.startsWith('service:')) return undefined;
  const { scope, name } = parseIdentity(object.subject);
  if (target === 'CsSite') return scope === 'Site' ? `Site:${name}` : undefined;
  return target === 'CsPool' && scope === 'Service' ? name : undefined;
}

/** In how many words: `named by 3 objects, defined nowhere`. */
export function describeUndefined(target: string, count: number): string {
  const who = sectionType(target)?.grantCmdlet ? 'user' : 'object';
  return `named by ${counted(count, who)}, defined nowhere`;
}
