/** Roles that cannot share a pool's computers, and why. */
import type { Deployment } from '../model/deployment.ts';
import { editionOf, poolKind, rolesOfPool } from '../model/poolKind.ts';
import { enumerated } from '../model/wording.ts';

/** What an Edge Server has: itself, and what the topology is replicated to. */
const ofEdge = ['edgeserver', 'managementserver'];
/** What a Director has. It may be printed as a Registrar, and a file share beside it is no role. */
const ofDirector = [
  ...['director', 'registrar', 'webserver', 'applicationserver', 'managementserver', 'filestore'],
];
/** As Get-CsService names it, and as the topology document does. */
const ofOfficeWebApps = ['wacserver', 'wacservice'];
const ofLync = [
  ...['registrar', 'director', 'userserver', 'webserver', 'conferencingserver', 'applicationserver'],
  ...['mediationserver', 'edgeserver', 'persistentchatserver', 'centralmanagement'],
];

export interface Conflict {
  /** The roles that must go elsewhere, in lower case. */
  readonly roles: readonly string[];
  readonly message: string;
}

/** The roles of a pool that cannot be together; of several reasons the first. */
export function conflictOn(pool: string, deployment: Deployment): Conflict | undefined {
  const roles = rolesOfPool(pool, deployment);
  if (roles.size < 2) return undefined;
  const others = (own: readonly string[]): string[] =>
    [...roles.keys()].filter((role) => !own.includes(role));
  const conflict = (found: readonly string[], what: string, why: string): Conflict | undefined => {
    const names = enumerated(found.map((role) => `'${roles.get(role) ?? role}'`));
    const end = `Give ${found.length === 1 ? 'it a pool of its own' : 'them pools of their own'}.`;
    return found.length > 0 ? { roles: found, message: `${what} ${names}. ${why} ${end}` } : undefined;
  };
  const kind = poolKind(pool, deployment);
  if (kind === 'edge')
    return conflict(
      others(ofEdge),
      `The Edge pool '${pool}' also has`,
      'An Edge Server stands in the perimeter network, and no other role may be there with it.',
    );
  if (kind === 'director')
    return conflict(
      others(ofDirector),
      `The Director '${pool}' also has`,
      'A Director cannot share its computers with any other role.',
    );
  if (ofLync.some((role) => roles.has(role))) {
    const webApps = ofOfficeWebApps.filter((role) => roles.has(role));
    const why = 'An Office Web Apps Server cannot be on a computer that has a role of Lync Server.';
    if (webApps.length > 0) return conflict(webApps, `'${pool}' also has`, why);
  }
  if (!roles.has('persistentchatserver') || editionOf(pool, deployment) !== 'Enterprise') return undefined;
  const why = 'Persistent Chat can share computers only with a Standard Edition server.';
  return conflict(['persistentchatserver'], `The Enterprise pool '${pool}' also has`, why);
}
