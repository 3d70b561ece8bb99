/** What a pool is there for, as its services say. */
import { textOf } from '../parser/nodes.ts';
import { parseIdentity } from '../schema/identity.ts';
import type { Deployment } from './deployment.ts';
import { roleOf } from './topology.ts';
import { referenceName } from './values.ts';

/** A pool of one server is a pool, too, as Lync has it. `registrar`: it homes people, and the files do not say more. */
export type PoolKind =
  | 'edge'
  | 'director'
  | 'frontEnd'
  | 'standardEdition'
  | 'branch'
  | 'registrar'
  | 'mediation'
  | 'gateway'
  | 'database'
  | 'fileStore'
  | 'other';

/** `undefined` where the files do not say. */
export function poolKind(pool: string, deployment: Deployment): PoolKind | undefined {
  const { topology } = deployment;
  const roles = rolesOfPool(pool, deployment);
  if (roles.has('edgeserver')) return 'edge';
  if (roles.has('director') || isDirector(pool, deployment)) return 'director';
  if (roles.has('registrar')) {
    const users = topology.servingPool(pool, 'UserServer');
    if (users !== undefined && users.toLowerCase() !== pool.toLowerCase()) return 'branch';
    if (!roles.has('userserver')) return 'registrar';
    return editionOf(pool, deployment) === 'Standard' ? 'standardEdition' : 'frontEnd';
  }
  if (roles.size === 0) return deployment.audienceOfPool(pool) ? 'registrar' : undefined;
  if (roles.has('mediationserver')) return 'mediation';
  if (roles.has('pstngateway')) return 'gateway';
  if ([...roles.keys()].some((role) => role.endsWith('database'))) return 'database';
  return roles.has('filestore') ? 'fileStore' : undefined;
}

/** Whether the services of a pool make it a Director: one is printed as `Director`, or as a Registrar with IsDirector. */
export function isDirector(pool: string, { topology }: Deployment): boolean {
  if (topology.service(pool, 'Director')) return true;
  return topology.service(pool, 'Registrar')?.text('IsDirector')?.toLowerCase() === 'true';
}

/**
 * The edition of a pool with user services; `undefined` where the files do not say. The user database is on the server itself in
 * a Standard Edition, and never in an Enterprise pool, which has another name than its servers, be it one.
 * Source: "Supported topologies in Lync Server 2013"; published topologies.
 */
export function editionOf(pool: string, deployment: Deployment): 'Enterprise' | 'Standard' | undefined {
  const { topology } = deployment;
  const roles = rolesOfPool(pool, deployment);
  if (!roles.has('userserver')) return undefined;
  if (roles.has('userdatabase')) return 'Standard';
  const store = topology.service(pool, 'UserServer')?.setProperty('UserDatabase');
  const database = store && referenceName(store.value);
  if (database) return isSame(parseIdentity(database).name, pool) ? 'Standard' : 'Enterprise';
  const [computer, ...others] = topology.namedComputersOf(pool);
  if (computer === undefined) return undefined;
  return others.length === 0 && isSame(computer, pool) ? 'Standard' : 'Enterprise';
}

function isSame(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

/** The roles of a pool's services, in lower case, each as the files write it first. */
export function rolesOfPool(pool: string, deployment: Deployment): ReadonlyMap<string, string> {
  const roles = new Map<string, string>();
  for (const role of [...deployment.topology.servicesOf(pool).map(roleOf), ...rolesNamedBy(pool, deployment)])
    if (role !== undefined && role !== '' && !roles.has(role.toLowerCase()))
      roles.set(role.toLowerCase(), role);
  return roles;
}

/** The roles of the services that a pool itself names: an export may hold pools without their services. */
function rolesNamedBy(pool: string, deployment: Deployment): (string | undefined)[] {
  const services = deployment.find('CsPool', pool)?.setProperty('Services')?.value;
  const items = services?.type === 'sequence' ? services.items : [];
  return items.map((item) => parseIdentity(textOf(item) ?? referenceName(item) ?? '').role);
}
