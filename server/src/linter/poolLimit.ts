/** How many computers a pool can have. */
import { productOfPool } from '../model/builds.ts';
import type { Deployment } from '../model/deployment.ts';
import { poolKind, rolesOfPool } from '../model/poolKind.ts';
import { productOfVersion } from '../model/topology.ts';
import { productName } from '../schema/products.ts';

/** The most Front End Servers of a pool, from Skype for Business Server 2019 on and before. */
const [mostOf2019, mostBefore] = [16, 12];
const mostDirectors = 10;

export interface Limit {
  readonly most: number;
  readonly message: string;
  /** Whether another version of the pool, which no file tells, would allow as many. */
  readonly isUnsure?: boolean;
}

/** How many computers a pool can have, and what to say of one that has more; `undefined` where nothing limits it. */
export function limitOf(pool: string, computers: number, deployment: Deployment): Limit | undefined {
  const has = `'${pool}' has ${computers} computers`;
  // Who is homed on a pool says nothing of its size.
  switch (rolesOfPool(pool, deployment).size > 0 ? poolKind(pool, deployment) : undefined) {
    case 'standardEdition':
      return {
        most: 1,
        message: `${has} and keeps its user database itself, as a Standard Edition server does: that is one computer. Leave it one, or give the pool a back end on a SQL Server of its own.`,
      };
    case 'director':
      return {
        most: mostDirectors,
        message: `${has}, and a Director pool can have ${mostDirectors}. Divide it in two, or correct the list.`,
      };
    case 'frontEnd':
    case 'registrar':
      return frontEndLimit(pool, computers, has, deployment);
    default:
      return undefined;
  }
}

function frontEndLimit(pool: string, computers: number, has: string, deployment: Deployment): Limit {
  const product = productOfPool(pool, deployment);
  const name = product === undefined ? undefined : productOfVersion.get(product);
  if (name === undefined) {
    const isUnsure = computers <= mostOf2019;
    const end = isUnsure ? ` (${mostOf2019} in ${productName('SfB2019')}; no file tells its version)` : '';
    const most = isUnsure ? mostBefore : mostOf2019;
    const message = `${has}, and a Front End pool can have ${most}${end}. Divide it in two, or correct the list.`;
    return { most: mostBefore, isUnsure, message };
  }
  const most = name === 'SfB2019' ? mostOf2019 : mostBefore;
  return {
    most,
    message: `${has}, and a Front End pool of ${productName(name)} can have ${most}. Divide it in two, or correct the list.`,
  };
}
