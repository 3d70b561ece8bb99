/** The pools whose own configuration makes two-factor users of their users, with what stands around them. */
import { parseIdentity } from '../schema/identity.ts';
import { textOf } from '../parser/nodes.ts';
import type { Deployment } from './deployment.ts';
import { effectiveOfPool, effectiveValue, type EffectiveValue } from './effective.ts';
import type { LyncObject } from './object.ts';
import { poolOf, roleOf } from './topology.ts';

export interface TwoFactorPool {
  readonly pool: string;
  /** UseWsFedPassiveAuth of its effective web service configuration: true. */
  readonly passive: EffectiveValue;
}

/**
 * Every registrar pool with passive authentication: pools that home users, that have a Registrar, or that a web service
 * configuration names and the topology does not know to be something else (a Director, say).
 */
export function findTwoFactorPools(deployment: Deployment): TwoFactorPool[] {
  const candidates = new Map<string, string>();
  const add = (pool: string): void => {
    if (!candidates.has(pool.toLowerCase())) candidates.set(pool.toLowerCase(), pool);
  };
  for (const configuration of deployment.all('CsWebServiceConfiguration')) {
    const { scope, name } = parseIdentity(configuration.text('Identity') ?? '');
    if (scope === 'Service' && isRegistrarPool(deployment, name)) add(name);
  }
  for (const service of deployment.all('CsService')) {
    if (roleOf(service)?.toLowerCase() !== 'registrar') continue;
    const pool = poolOf(service);
    if (pool !== undefined && isRegistrarPool(deployment, pool)) add(pool);
  }
  for (const pool of deployment.peopledPools()) add(pool);
  const found: TwoFactorPool[] = [];
  for (const pool of candidates.values()) {
    const effective = effectiveOfPool(deployment, 'CsWebServiceConfiguration', pool);
    const passive = effective && effectiveValue(effective, 'UseWsFedPassiveAuth');
    if (passive?.value === true) found.push({ pool, passive });
  }
  return found;
}

/** The names of all two-factor pools, in lower case. */
export function namesOfTwoFactorPools(deployment: Deployment): ReadonlySet<string> {
  return new Set(deployment.twoFactorPools().map(({ pool }) => pool.toLowerCase()));
}

/** The two-factor pools whose passive authentication a web service configuration decides. */
export function poolsDecidedBy(configuration: LyncObject, deployment: Deployment): string[] {
  return deployment
    .twoFactorPools()
    .filter(({ passive }) => passive.effective.object === configuration)
    .map(({ pool }) => pool);
}

/** A Director has a Registrar, too, but homes nobody; a pool that the topology does not hold may be one of ours. */
export function isRegistrarPool(deployment: Deployment, pool: string): boolean {
  const { topology } = deployment;
  if (topology.servicesOf(pool).length === 0) return mayHaveRegistrar(deployment, pool);
  const registrar = topology.service(pool, 'Registrar');
  return registrar !== undefined && registrar.text('IsDirector')?.toLowerCase() !== 'true';
}

/** Whether a pool of whose services none is in the files may have a Registrar, by the services that it names itself. */
function mayHaveRegistrar(deployment: Deployment, pool: string): boolean {
  const named = deployment.find('CsPool', pool)?.setProperty('Services')?.value;
  const services = named?.type === 'sequence' ? named.items : [];
  const roles = services.flatMap((item) => parseIdentity(textOf(item) ?? '').role?.toLowerCase() ?? []);
  return roles.length === 0 || roles.includes('registrar');
}
