/** The way in from outside: an Edge pool, its next hop, often a Director, and the pools whose people come in through them. */
import { parseIdentity } from '../schema/identity.ts';
import { audienceOf, type Audience } from './audience.ts';
import type { Deployment } from './deployment.ts';
import type { LyncObject } from './object.ts';
import { poolKind } from './poolKind.ts';
import { poolOf, roleOf } from './topology.ts';
import { twoFactorOfPool } from './twoFactor.ts';
import { namesOfTwoFactorPools } from './twoFactorPools.ts';
import { referenceName } from './values.ts';

/**
 * The pool that an Edge pool hands sign-ins on to: a Front End pool, a Standard Edition server or a Director.
 * `undefined` where the files do not say. Source: help of Set-CsEdgeServer, parameter Registrar.
 */
export function nextHopOf(edge: string, deployment: Deployment): string | undefined {
  const service = deployment.topology.service(edge, 'EdgeServer');
  return service && nextHop(service);
}

/** The Director in front of a pool: the next hop of the Edge pool that it uses, if that is a Director. */
export function directorOf(pool: string, deployment: Deployment): string | undefined {
  const edge = deployment.topology.servingPool(pool, 'EdgeServer');
  const hop = edge === undefined ? undefined : nextHopOf(edge, deployment);
  return hop !== undefined && poolKind(hop, deployment) === 'director' ? hop : undefined;
}

/** The service that makes a pool a Director; it is printed as `Director`, or as a Registrar with IsDirector. */
export function directorService(pool: string, deployment: Deployment): LyncObject | undefined {
  if (poolKind(pool, deployment) !== 'director') return undefined;
  const { topology } = deployment;
  return topology.service(pool, 'Director') ?? topology.service(pool, 'Registrar');
}

/** The Edge pools whose next hop is a pool. */
export function edgesInFrontOf(pool: string, deployment: Deployment): readonly string[] {
  const scratch = deployment.scratch('CsService');
  let edges = scratch.get('edges by next hop') as Map<string, string[]> | undefined;
  if (!edges) scratch.set('edges by next hop', (edges = edgesByNextHop(deployment)));
  return edges.get(pool.toLowerCase()) ?? [];
}

/** The pools, in lower case, whose people come in through an Edge pool or a Director. */
export function poolsBehind(pool: string, deployment: Deployment): readonly string[] {
  const edges = [pool, ...edgesInFrontOf(pool, deployment)];
  return [...new Set(edges.flatMap((edge) => deployment.topology.poolsBehindEdge(edge)))];
}

/**
 * The users of a policy or configuration who sign in with two factors, and whom their external access policy lets in from outside.
 * Where a pool's Registrar is in the files and names no Edge pool, nobody comes in from there.
 */
export function outsideTwoFactorUsers(object: LyncObject, deployment: Deployment): Audience {
  const comesIn = (pool: string): boolean =>
    deployment.topology.service(pool, 'Registrar') === undefined ||
    deployment.topology.servingPool(pool, 'EdgeServer') !== undefined;
  const standings = deployment.audience(object)?.standings ?? [];
  return audienceOf(
    standings.filter(
      (standing) =>
        standing.twoFactor.on &&
        standing.value('CsExternalAccessPolicy', 'EnableOutsideAccess')?.value === true &&
        standing.pool !== undefined &&
        comesIn(standing.pool),
    ),
  );
}

/**
 * Some pools, divided into those with passive authentication and those that are known to sign people in with a password,
 * as their Registrars are written.
 */
export function divided(
  pools: readonly string[],
  deployment: Deployment,
): { readonly twoFactor: readonly string[]; readonly password: readonly string[] } {
  const names = namesOfTwoFactorPools(deployment);
  const written = (pool: string): string => {
    const registrar = deployment.topology.service(pool, 'Registrar');
    return (registrar && poolOf(registrar)) ?? pool;
  };
  return {
    twoFactor: pools.filter((pool) => names.has(pool.toLowerCase())).map(written),
    password: pools.filter((pool) => signsInWithPassword(pool, deployment)).map(written),
  };
}

function signsInWithPassword(pool: string, deployment: Deployment): boolean {
  const { named, passive } = twoFactorOfPool(deployment, pool);
  return passive?.value === false && (named === undefined || named.method === 'None');
}

function edgesByNextHop(deployment: Deployment): Map<string, string[]> {
  const edges = new Map<string, string[]>();
  for (const service of deployment.all('CsService')) {
    if (roleOf(service)?.toLowerCase() !== 'edgeserver') continue;
    const hop = nextHop(service)?.toLowerCase();
    const edge = poolOf(service);
    if (hop === undefined || edge === undefined) continue;
    edges.set(hop, [...(edges.get(hop) ?? []), edge]);
  }
  return edges;
}

function nextHop(edge: LyncObject): string | undefined {
  const property = edge.setProperty('Registrar');
  const name = property && referenceName(property.value)?.trim();
  return name ? parseIdentity(name).name : undefined;
}
