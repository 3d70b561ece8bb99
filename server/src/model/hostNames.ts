/** The names of hosts, and what is wrong with one. */
import type { Deployment } from './deployment.ts';
import type { LyncObject } from './object.ts';
import { place, type Place } from './place.ts';
import { rolesOfPool } from './poolKind.ts';
import { fqdnOf, poolOf } from './topology.ts';
import { referenceNode } from './values.ts';
import { enumerated, quoted } from './wording.ts';

/** The names under which a service is reached from outside, or by another name than its pool's. */
export const interfaceNames = [
  'ExternalFqdn',
  'InternalFqdn',
  'ExternalHost',
  'InternalHost',
  'AccessEdgeExternalFqdn',
  'DataEdgeExternalFqdn',
  'AVEdgeExternalFqdn',
  'ExternalMrasFqdn',
  'InternalInterfaceFqdn',
];

/** Roles of servers on which no Lync Server is installed: what they are called Lync does not decide. */
const foreign =
  /database$|^(?:filestore|pstngateway|videogateway|wacservice|wacserver|externalserver|trustedapplicationpool)$/;

export interface HostName {
  readonly name: string;
  /** What it is the name of: a pool, a computer, or the property of a service. */
  readonly of: string;
  readonly at: Place | undefined;
}

/** The names that are said here and nowhere before: of a pool, its servers where they have no entry of their own, and so on. */
export function* hostNamesIn(object: LyncObject, deployment: Deployment): Generator<HostName> {
  const { name: section } = object.section;
  if (section === 'CsService') {
    yield* namesOfService(object, deployment);
    return;
  }
  const own = fqdnOf(object)?.trim();
  if (section === 'CsComputer') {
    if (own && !deployment.find('CsPool', own)) yield { name: own, of: 'computer', at: nameAt(object) };
    return;
  }
  if (own) yield { name: own, of: 'pool', at: nameAt(object) };
  const computers = object.setProperty('Computers');
  if (computers?.value.type !== 'sequence') return;
  for (const item of computers.value.items) {
    const node = referenceNode(item);
    if (node?.type !== 'scalar') continue;
    const name = node.text.trim();
    if (name === '' || isSame(name, own) || deployment.find('CsComputer', name)) continue;
    yield { name, of: 'computer', at: place(object.file, computers.valueBlock, node) };
  }
}

function* namesOfService(service: LyncObject, deployment: Deployment): Generator<HostName> {
  const pool = poolOf(service)?.trim();
  if (pool && !deployment.find('CsPool', pool) && deployment.topology.servicesOf(pool)[0] === service)
    yield { name: pool, of: 'pool', at: nameAt(service) };
  const seen: string[] = [];
  for (const property of interfaceNames) {
    const found = service.setProperty(property);
    const name = service.text(property)?.trim();
    if (!found || !name || isSame(name, pool) || seen.includes(name.toLowerCase())) continue;
    seen.push(name.toLowerCase());
    yield { name, of: property, at: service.placeOf(found) };
  }
}

function nameAt(object: LyncObject): Place | undefined {
  const property = object.setProperty('Identity') ?? object.setProperty('Fqdn');
  return property && object.placeOf(property);
}

/** Whether a pool or a computer is none of those on which Lync is installed. `false` where the files do not say. */
export function isForeignHost(name: string, deployment: Deployment): boolean {
  const pool = deployment.topology.poolOfComputer(name) ?? name;
  const roles = [...rolesOfPool(pool, deployment).keys()];
  return roles.length > 0 && roles.every((role) => foreign.test(role));
}

function isSame(name: string, other: string | undefined): boolean {
  return name.toLowerCase() === other?.toLowerCase();
}

/** As almost every name is. */
const right =
  /^(?=.{1,255}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)*$/i;

/**
 * What is wrong with the name of a server, a pool or an interface, in words that follow the name: `it has a space, and …`.
 * A short name is a name, too, and case does not matter.
 * Source: "Define your edge topology in Lync Server 2013": letters, digits and hyphens; for lengths and hyphens, RFC 1123.
 * @param foreign whether Lync only calls it: a database server or a gateway may have a name with an underscore
 * @returns `undefined` where nothing is wrong
 */
export function hostNameProblem(name: string, { foreign = false } = {}): string | undefined {
  if (right.test(name) || isIPv6(name)) return undefined;
  const allowed = foreign ? /[^a-z0-9.\-_]/giu : /[^a-z0-9.-]/giu;
  const characters = Array.from(
    new Set(name.match(allowed)),
    (character) => words.get(character) ?? `'${character}'`,
  );
  const labels = name.split('.');
  const ofHyphens = labels.filter((label) => /^-|-$/.test(label));
  const long = labels.filter((label) => label.length > 63);
  const problems: string[] = [];
  if (characters.length > 0) problems.push(`has ${enumerated(characters)} in it`);
  if (labels.includes('')) problems.push('has a dot with nothing before or behind it');
  if (ofHyphens.length > 0) problems.push(`has a hyphen at an end of ${quoted(ofHyphens)}`);
  if (long.length > 0) problems.push('has more than 63 characters between two dots');
  if (name.length > 255) problems.push('has more than 255 characters');
  return problems.length > 0 ? `it ${problems.join(', and ')}` : undefined;
}

const words = new Map([
  [' ', 'a space'],
  ['_', 'an underscore'],
  ["'", 'a quotation mark'],
]);

/** A gateway may be there by its address. */
function isIPv6(name: string): boolean {
  return /^[0-9a-f:.]+$/i.test(name) && name.split(':').length > 2;
}
