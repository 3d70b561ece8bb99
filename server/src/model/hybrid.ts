/** Whether Hybrid Modern Authentication, which lets two-factor users reach Exchange, can be in use. */
import { compareBuilds, hybridBuild, isBaseBuild, productOfBuild, type Build } from './builds.ts';
import type { Deployment } from './deployment.ts';
import { poolOf, roleOf } from './topology.ts';
import { referenceName } from './values.ts';

/** What keeps the version with which it was published, whatever the servers around it have become. */
const notServers = /database$|^(?:filestore|wac|pstngateway|videogateway|externalserver|trustedapplication)/;

/**
 * Why Hybrid Modern Authentication is not in use although it is declared, in a sentence without full stop; `undefined` where
 * nothing in the files stands against it. It needs Skype for Business Server 2015 of May 2017 or later on every server but
 * branch appliances, no server of Lync, and clients that authenticate with Azure AD: with AD FS they do not reach Exchange.
 * Source: Microsoft 365 "Hybrid modern authentication overview"; "Skype for Business topologies supported with Modern
 * Authentication".
 */
export function findHybridObstacle(deployment: Deployment): string | undefined {
  return clientsObstacle(deployment) ?? serviceObstacle(deployment) ?? buildObstacle(deployment);
}

function clientsObstacle(deployment: Deployment): string | undefined {
  const configuration = deployment.find('CsOAuthConfiguration', 'Global');
  const property = configuration?.property('ClientAuthorizationOAuthServerIdentity');
  if (!property) return undefined;
  const named = referenceName(property.value)?.trim() ?? '';
  if (named === '') return 'ClientAuthorizationOAuthServerIdentity names no server for clients';
  const server = deployment.find('CsOAuthServer', named);
  if (server?.text('Type')?.trim().toLowerCase() !== 'adfs') return undefined;
  return `clients authenticate with AD FS ('${named}'), not with Azure AD`;
}

function serviceObstacle(deployment: Deployment): string | undefined {
  for (const service of deployment.all('CsService')) {
    const version = Number(service.text('Version'));
    if (!(version > 0 && version < 7) || notServers.test(roleOf(service)?.toLowerCase() ?? '')) continue;
    const pool = poolOf(service);
    if (version < 6 || !isBranch(pool, deployment)) return `'${pool ?? service.subject}' runs Lync Server`;
  }
  return undefined;
}

function buildObstacle(deployment: Deployment): string | undefined {
  for (const [computer, build] of deployment.patchLevels().ofComputer)
    if (isTooOld(build) && !isBranch(deployment.topology.poolOfComputer(computer), deployment))
      return `'${computer}' runs ${build.join('.')}`;
  return undefined;
}

function isTooOld(build: Build): boolean {
  const product = productOfBuild(build) ?? 7;
  return product < 7 || (product === 7 && !isBaseBuild(build) && compareBuilds(build, hybridBuild) < 0);
}

/** Not by `poolKind`: that asks who is homed on the pool, and so for their second factors, for which this is worked out. */
function isBranch(pool: string | undefined, { topology }: Deployment): boolean {
  if (pool === undefined || topology.service(pool, 'Registrar') === undefined) return false;
  return topology.servingPool(pool, 'UserServer')?.toLowerCase() !== pool.toLowerCase();
}
