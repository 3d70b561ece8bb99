/** What pools lack, in words. */
import type { Deployment } from '../model/deployment.ts';
import { poolKind, rolesOfPool, type PoolKind } from '../model/poolKind.ts';
import { isLostBranch, missingServices, type Needed } from '../model/poolServices.ts';
import { enumerated } from '../model/wording.ts';

const words: Readonly<Record<Needed, string>> = {
  Registrar: 'a Registrar',
  UserServer: 'user services (UserServer)',
  WebServer: 'web services (WebServer)',
  UserDatabase: 'a user database',
  FileStore: 'a file store',
};

/** The kinds of pool that home nobody of a branch. */
const withoutUsers: Readonly<Partial<Record<PoolKind, string>>> = {
  edge: 'an Edge pool',
  director: 'a Director',
  branch: 'a branch appliance, too',
};

/** What a Front End pool lacks, in sentences; `undefined` where the files show nothing of the kind. */
export function incompleteness(pool: string, deployment: Deployment): string | undefined {
  const missing = missingServices(pool, deployment);
  if (missing.length === 0) return undefined;
  const lacks = enumerated(missing.map((need) => words[need]));
  return `The pool '${pool}' lacks ${lacks}. A Front End pool or Standard Edition server cannot do without ${missing.length === 1 ? 'it' : 'them'}. Complete it in Topology Builder, or export what the files leave out.`;
}

/** What is wrong with the pool that a branch appliance has its user services on. */
export function branchProblem(pool: string, deployment: Deployment): string | undefined {
  const end = 'Let it belong to a Front End pool or Standard Edition server of its central site.';
  if (isLostBranch(pool, deployment))
    return `'${pool}' signs people in and names no pool that has user services for them, so they have no contacts and no meetings. ${end}`;
  if (rolesOfPool(pool, deployment).size === 0 || poolKind(pool, deployment) !== 'branch') return undefined;
  const named = deployment.topology.service(pool, 'Registrar')?.text('UserServer')?.trim() ?? '';
  const central = deployment.topology.servingPool(pool, 'UserServer') ?? pool;
  if (!deployment.resolves('CsService', named) || rolesOfPool(central, deployment).size === 0)
    return undefined;
  const what = withoutUsers[poolKind(central, deployment) ?? 'other'];
  return (
    what && `'${pool}' has its user services on '${central}', which is ${what}, not a Front End pool. ${end}`
  );
}
