/** Which services a pool must have, and which of them the files show that it has not. */
import { parseIdentity } from '../schema/identity.ts';
import type { Deployment } from './deployment.ts';
import type { LyncObject } from './object.ts';
import { poolKind, rolesOfPool } from './poolKind.ts';
import { namesOf, referencesOf } from './references.ts';
import { poolOf, roleOf } from './topology.ts';

const services = ['Registrar', 'UserServer', 'WebServer'] as const;
/** Each store with the service that names it. */
const stores = [
  ['UserDatabase', 'UserServer'],
  ['FileStore', 'WebServer'],
] as const;

export type Needed = (typeof services)[number] | (typeof stores)[number][0];

/** What all services of the files say of one another. Roles and pools are in lower case. */
interface Services {
  readonly roles: ReadonlySet<string>;
  /** Roles of the services that somebody names. */
  readonly named: ReadonlySet<string>;
  /** By pool: the services that its services name, or that name them, as `role:pool`, and their roles alone. */
  readonly aroundPool: ReadonlyMap<string, ReadonlySet<string>>;
  /** The pools of whose services the files have what they name: an export may leave that out. */
  readonly speaking: ReadonlySet<string>;
}

/**
 * Whether a pool is, or is meant to be, a Front End pool or a Standard Edition server; `undefined` where the files do not say:
 * it could be a Director, or an appliance.
 */
export function isFrontEnd(pool: string, deployment: Deployment): boolean | undefined {
  const roles = rolesOfPool(pool, deployment);
  if (roles.size === 0) return undefined;
  const kind = poolKind(pool, deployment);
  if (kind === 'edge' || kind === 'director' || kind === 'branch') return false;
  if (roles.has('userserver')) return true;
  if (!roles.has('registrar')) return false;
  if (roles.has('conferencingserver') || roles.has('userdatabase')) return true;
  // A Director has a Registrar and web services. An appliance has no web services.
  const registrar = deployment.topology.service(pool, 'Registrar');
  return registrar && (roles.has('webserver') || registrar.setProperty('UserServer') !== undefined)
    ? true
    : undefined;
}

/**
 * What a Front End pool needs and the files show that it has not. A role is missed where the pool lists its services, or where
 * the files have services of that role; a store where they have stores of its kind, and the service that would name it.
 */
export function missingServices(pool: string, deployment: Deployment): Needed[] {
  const known = servicesIn(deployment);
  const own = rolesOfPool(pool, deployment);
  const around = known.aroundPool.get(pool.toLowerCase());
  const has = (role: string, name: string): boolean => own.has(role) || around?.has(name) === true;
  const isListed = listsServices(pool, deployment);
  const missing: Needed[] = services.filter((service) => {
    const role = service.toLowerCase();
    return (isListed || known.roles.has(role)) && !has(role, `${role}:${pool.toLowerCase()}`);
  });
  if (!known.speaking.has(pool.toLowerCase())) return missing;
  for (const [store, service] of stores) {
    const key = store.toLowerCase();
    const isKnown = known.roles.has(key) || known.named.has(key) || isStoreListed(key, deployment);
    if (isKnown && !has(key, key) && deployment.topology.service(pool, service)) missing.push(store);
  }
  return missing;
}

/**
 * Whether a branch appliance or server names no pool for user services, although the files show that there are such and what its
 * Registrar names. It has a Registrar and Mediation Servers, and nothing else of a Front End pool.
 */
export function isLostBranch(pool: string, deployment: Deployment): boolean {
  const known = servicesIn(deployment);
  const roles = rolesOfPool(pool, deployment);
  const around = known.aroundPool.get(pool.toLowerCase());
  const registrar = deployment.topology.service(pool, 'Registrar');
  if (!registrar || !roles.has('mediationserver') || isFrontEnd(pool, deployment) !== undefined) return false;
  if (roles.has('webserver') || around?.has('userserver')) return false;
  const areKnown = known.roles.has('userserver') || known.named.has('userserver');
  return (
    registrar.property('UserServer') !== undefined || (areKnown && known.speaking.has(pool.toLowerCase()))
  );
}

/** Whether the files have what runs on each pool of a central site, and none is a Front End pool. */
export function isWithoutFrontEnd(site: LyncObject, deployment: Deployment): boolean {
  if (site.text('SiteType')?.toLowerCase() !== 'centralsite' || !site.setProperty('Pools')) return false;
  if (!deployment.has('CsPool') || !deployment.has('CsService')) return false;
  const { roles } = servicesIn(deployment);
  // An export may have the services of some roles only.
  const areKnown = roles.has('registrar') || roles.has('userserver');
  const isOther = (pool: string): boolean =>
    rolesOfPool(pool, deployment).size > 0 &&
    (areKnown || listsServices(pool, deployment)) &&
    (isFrontEnd(pool, deployment) === false || isLostBranch(pool, deployment));
  const pools = deployment.topology.poolsOf(site.subject);
  return pools.length > 0 && pools.every(isOther);
}

function servicesIn(deployment: Deployment): Services {
  const scratch = deployment.scratch('CsService');
  let known = scratch.get('services') as Services | undefined;
  if (!known) scratch.set('services', (known = readServices(deployment.all('CsService'))));
  return known;
}

function readServices(all: readonly LyncObject[]): Services {
  const roles = new Set<string>();
  const named = new Set<string>();
  const speaking = new Set<string>();
  const aroundPool = new Map<string, Set<string>>();
  const note = (pool: string | undefined, role: string | undefined, other: string | undefined): void => {
    if (pool === undefined || role === undefined || other === undefined) return;
    const known = aroundPool.get(pool.toLowerCase()) ?? new Set();
    aroundPool.set(pool.toLowerCase(), known.add(role).add(`${role}:${other.toLowerCase()}`));
  };
  for (const service of all) {
    const pool = poolOf(service);
    const role = roleOf(service)?.toLowerCase();
    if (role !== undefined) roles.add(role);
    if (pool !== undefined && service.properties.some(({ type }) => type?.target === 'CsService'))
      speaking.add(pool.toLowerCase());
    for (const name of namesIn(service)) {
      const other = parseIdentity(name.text);
      if (other.role === undefined) continue;
      named.add(other.role.toLowerCase());
      note(pool, other.role.toLowerCase(), other.name);
      // The list has those that need the service, as Lync prints it, or those that it needs.
      if (name.isListed) note(other.name, role, pool);
    }
  }
  return { roles, named, aroundPool, speaking };
}

/** The services that a service names, by properties of its own or in the list of those that depend on one another. */
function* namesIn(service: LyncObject): Generator<{ readonly text: string; readonly isListed: boolean }> {
  for (const { section, node } of referencesOf(service))
    if (section === 'CsService') yield { text: node.text, isListed: false };
  const list = service.setProperty('DependentServiceList');
  if (!list) return;
  for (const { node } of namesOf(service, list, 'CsService')) yield { text: node.text, isListed: true };
}

/** Whether some pool lists a service of that role. */
function isStoreListed(role: string, deployment: Deployment): boolean {
  const scratch = deployment.scratch('CsPool');
  let listed = scratch.get('listed roles') as Set<string> | undefined;
  if (!listed) scratch.set('listed roles', (listed = rolesListed(deployment.all('CsPool'))));
  return listed.has(role);
}

function rolesListed(pools: readonly LyncObject[]): Set<string> {
  const roles = new Set<string>();
  for (const pool of pools) {
    const services = pool.setProperty('Services');
    if (!services) continue;
    for (const { node } of namesOf(pool, services, 'CsService'))
      roles.add(parseIdentity(node.text).role?.toLowerCase() ?? '');
  }
  return roles;
}

/** Whether a pool lists its services: then it has no others. */
function listsServices(pool: string, deployment: Deployment): boolean {
  const services = deployment.find('CsPool', pool)?.setProperty('Services')?.value;
  return services?.type === 'sequence' && services.items.length > 0;
}
