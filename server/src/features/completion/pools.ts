/** The names of pools, as their files write them. */
import type { Deployment } from '../../model/deployment.ts';
import { poolOf, roleOf } from '../../model/topology.ts';
import { isRegistrarPool } from '../../model/twoFactorPools.ts';

/** The pools that have a service of a role, as CsService names them. */
export function poolsWith(deployment: Deployment, role: string): string[] {
  const pools: string[] = [];
  for (const service of deployment.all('CsService')) {
    if (roleOf(service)?.toLowerCase() !== role.toLowerCase()) continue;
    const pool = poolOf(service);
    if (pool !== undefined && pool !== '') pools.push(pool);
  }
  return pools;
}

/** The pools that home users, or may: each once, those that are defined first. */
export function registrarPools(deployment: Deployment): string[] {
  const names = new Map<string, string>();
  const add = (name: string): void => {
    if (name !== '' && !names.has(name.toLowerCase())) names.set(name.toLowerCase(), name);
  };
  for (const { subject } of deployment.all('CsPool')) if (isRegistrarPool(deployment, subject)) add(subject);
  for (const pool of poolsWith(deployment, 'Registrar')) if (isRegistrarPool(deployment, pool)) add(pool);
  for (const pool of deployment.peopledPools()) add(pool);
  return [...names.values()];
}
