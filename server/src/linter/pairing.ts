/** What is wrong with a pool and the one that stands in for it. */
import type { Backup } from '../model/backup.ts';
import { productOfPool } from '../model/builds.ts';
import type { Deployment } from '../model/deployment.ts';
import { editionOf, poolKind, rolesOfPool, type PoolKind } from '../model/poolKind.ts';
import { productOfVersion } from '../model/topology.ts';
import { quoted } from '../model/wording.ts';
import { productName } from '../schema/products.ts';

/** The kinds of pool that can be no backup, as messages name them; what makes one is on no Front End pool. */
const unfit: Readonly<Partial<Record<PoolKind, string>>> = {
  edge: 'an Edge pool',
  director: 'a Director',
  branch: 'a survivable branch appliance',
};

const inPairs = 'pools stand in for one another in pairs, each with one other';

/** The Front End pools of Lync Server 2010 are backed up many by one, and not in pairs. */
const lync2010 = 5;

/**
 * Whether a pool is a Front End pool or a Standard Edition server: appliances are backed up without being in a pair.
 * `undefined` where the files do not say. An appliance is one computer.
 */
export function isInPairs(pool: string, deployment: Deployment): boolean | undefined {
  const roles = rolesOfPool(pool, deployment);
  const kind = roles.size > 0 ? poolKind(pool, deployment) : undefined;
  if (kind === 'frontEnd' || kind === 'standardEdition') return true;
  if (kind !== undefined && kind !== 'registrar') return false;
  return deployment.topology.namedComputersOf(pool).length > 1 ? true : undefined;
}

/** Why a pool of a pair and its backup are no pair, in sentences: that one names another, or none, or is of another kind. */
export function* mismatches({ pool, by, object }: Backup, deployment: Deployment): Generator<string> {
  if (productOfPool(pool, deployment) === lync2010) return;
  const kind = rolesOfPool(by, deployment).size > 0 ? poolKind(by, deployment) : undefined;
  const what = kind && unfit[kind];
  if (what !== undefined) {
    yield `'${by}' is ${what} and cannot stand in for '${pool}'.`;
    return;
  }
  const back = deployment.backups().ofPool.get(by.toLowerCase())?.by;
  const others = pairedWith(by, deployment).filter((other) => !isSame(other, pool));
  if (back !== undefined && !isSame(back, pool)) {
    const instead = isSame(back, by) ? 'names itself' : `names '${back}' and not '${pool}'`;
    yield `'${pool}' names '${by}' as its backup, which ${instead}: ${inPairs}.`;
  } else if (back === undefined && isThere(by, object.section.name, deployment)) {
    const also = others.length > 0 ? ` and is the backup of ${quoted(others)}, too` : '';
    yield `'${pool}' names '${by}' as its backup, which names none in return${also}: ${inPairs}.`;
  } else if (back === undefined && others.length > 0) {
    yield `'${by}' is the backup of '${pool}' and also of ${quoted(others)}: ${inPairs}.`;
  }
  // Of two pools that name one another it is said once: where the smaller one is.
  const [edition, otherEdition] = [editionOf(pool, deployment), editionOf(by, deployment)];
  const isMutual = back !== undefined && isSame(back, pool);
  if (edition === undefined || otherEdition === undefined || edition === otherEdition) return;
  if (isMutual && edition === 'Enterprise') return;
  const server = (name: string, of: string): string =>
    of === 'Standard' ? `'${name}' is a Standard Edition server` : `'${name}' is an Enterprise pool`;
  yield `${server(pool, edition)} and ${server(by, otherEdition)}, and only two of the same edition can stand in for one another.`;
}

/** What to say of a pair of two products; of two that name one another it is said once, where the older one is. */
export function twoProducts({ pool, by }: Backup, deployment: Deployment): string | undefined {
  const [own, other] = [productOfPool(pool, deployment), productOfPool(by, deployment)];
  if (own === undefined || other === undefined || own === other || own === lync2010) return undefined;
  const back = deployment.backups().ofPool.get(by.toLowerCase())?.by;
  if (back !== undefined && isSame(back, pool) && own > other) return undefined;
  const [name, otherName] = [own, other].map((product) => productOfVersion.get(product));
  if (name === undefined || otherName === undefined) return undefined;
  return `'${pool}' runs ${productName(name)} and its backup '${by}' ${productName(otherName)}. In a disaster neither can be failed over to the other before both run the same: upgrade the older one right away.`;
}

/** The pools that a pool backs up and that must each have one of their own. */
function pairedWith(pool: string, deployment: Deployment): string[] {
  const backups = deployment.backups().byPool.get(pool.toLowerCase()) ?? [];
  return backups.map((backup) => backup.pool).filter((name) => isInPairs(name, deployment) === true);
}

/** Whether the files have of a pool what would name its backup. */
function isThere(pool: string, section: string, deployment: Deployment): boolean {
  if (section === 'CsPool') return deployment.find('CsPool', pool) !== undefined;
  return deployment.topology.service(pool, 'Registrar') !== undefined;
}

function isSame(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
