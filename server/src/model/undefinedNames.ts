/** Names that the files refer to and that nothing in them defines: what somebody is about to add. */
import { identityKey, parseIdentity } from '../schema/identity.ts';
import { sectionType, sectionTypes, type SectionType } from '../schema/schema.ts';
import type { Deployment } from './deployment.ts';
import type { LyncObject } from './object.ts';
import { referenceName } from './values.ts';

/**
 * Each name of an object of `target` that something refers to and that is defined nowhere, as it is written first, with how many
 * objects name it. Of users only the pool and the policies count: those are known without reading each.
 */
export function undefinedNames(deployment: Deployment, target: SectionType): Map<string, number> {
  const found = new Map<string, { name: string; count: number }>();
  const add = (name: string | undefined, count = 1): void => {
    const trimmed = name?.trim();
    if (trimmed === undefined || trimmed === '' || deployment.find(target.name, trimmed)) return;
    const key = identityKey(target, trimmed);
    const known = found.get(key);
    if (known) known.count += count;
    else found.set(key, { name: trimmed, count });
  };
  for (const section of sectionTypes()) {
    if (section.kind === 'user') continue;
    const properties = [...section.properties.values()]
      .filter((type) => type.target === target.name || type.items?.target === target.name)
      .map(({ name }) => name);
    const isNaming = target.name === 'CsSite' || target.name === 'CsComputer' || target.name === 'CsPool';
    if (properties.length === 0 && !isNaming) continue;
    for (const object of deployment.all(section.name)) {
      for (const property of properties) for (const name of namesIn(object, property)) add(name);
      add(nameInName(object, target.name));
    }
  }
  for (const standing of deployment.populated()) {
    if (target.name === 'CsPool') add(standing.pool, standing.size);
    const policy = standing.assigned.get(target.name);
    if (policy !== undefined) add(`Tag:${policy}`, standing.size);
  }
  return new Map(Array.from(found.values(), ({ name, count }) => [name, count]));
}

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
  return `named by ${count} ${who}${count === 1 ? '' : 's'}, defined nowhere`;
}
