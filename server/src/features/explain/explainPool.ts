/** The explanation of a pool and of a site: who is there, how they sign in, and what two factors take away. */
import { audienceOf, describeAudience } from '../../model/audience.ts';
import { describeSteps, placeOfValue, valueWords } from '../../model/describe.ts';
import type { Deployment } from '../../model/deployment.ts';
import { effectiveOfPool, effectiveValue } from '../../model/effective.ts';
import { poolsOfAll } from '../../model/landscape.ts';
import { lostFeatures, stillOn } from '../../model/lostFeatures.ts';
import type { LyncObject } from '../../model/object.ts';
import type { Place } from '../../model/place.ts';
import type { Standing } from '../../model/standing.ts';
import { roleOf } from '../../model/topology.ts';
import { isRegistrarPool } from '../../model/twoFactorPools.ts';
import type { Project } from '../../project.ts';
import { parseIdentity } from '../../schema/identity.ts';
import { sectionTypes } from '../../schema/schema.ts';
import type { Workspace } from '../../workspace.ts';
import { findingsOf, productOf, whereOf } from './explaining.ts';
import { code, plain, table } from '../markdown.ts';
import { counted, grouped } from '../../model/wording.ts';

const unsaid = 'the files do not say';

/** What to tell of a pool, be it defined or only named. */
export function* explainPool(pool: string, project: Project, workspace: Workspace): Generator<string> {
  const { deployment } = workspace;
  const standings = deployment.audienceOfPool(pool)?.standings ?? [];
  yield `# ${code(pool)} (CsPool)`;
  yield factsOf(pool, workspace);
  yield* servicesOf(pool, workspace);
  yield '## Who is homed here';
  yield* homedAt(pool, standings, deployment);
  if (signsIn(pool, deployment)) {
    yield '## How its people sign in';
    for (const [section, names] of Object.entries(signInSettings))
      yield* signInOf(pool, section, names, workspace);
  }
  const limited = standings.filter((standing) => standing.limited);
  if (limited.length > 0) {
    yield '## What two factors take away';
    yield* leftOnFor(limited, workspace);
  }
  yield '## Findings';
  yield findingsOf(new Set(objectsOfPool(pool, deployment)), project, workspace);
}

/** What to tell of a site. */
export function* explainSite(site: LyncObject, project: Project, workspace: Workspace): Generator<string> {
  const { deployment } = workspace;
  const name = parseIdentity(site.subject).name || site.subject;
  const shown = site.text('DisplayName');
  yield `# ${code(site.subject)} (CsSite)${shown === undefined ? '' : `, ${plain(shown)}`}`;
  yield `Defined in ${whereOf(site.at, workspace)}.`;
  yield '## Pools';
  const pools = poolsIn(name, deployment);
  yield pools.length === 0
    ? 'The files name no pool of this site.'
    : table(
        ['Pool', 'Product', 'Users', 'With two factors', 'With something still on', 'Defined in'],
        pools.map((pool) => poolRow(pool, workspace)),
      );
  yield '## Policies and configurations of the site';
  const scoped = [...scopedTo(name, deployment)];
  yield scoped.length === 0
    ? 'No policy or configuration in these files is for this site.'
    : table(
        ['Section', 'Users', 'With two factors', 'Defined in'],
        scoped.map((object) => {
          const audience = deployment.audience(object);
          const numbers = [grouped(audience?.users ?? 0), grouped(audience?.twoFactorUsers ?? 0)];
          return [plain(object.section.name), ...numbers, whereOf(object.at, workspace)];
        }),
      );
  yield '## Findings';
  yield findingsOf([site, ...scoped], project, workspace);
}

/** Whether people sign in at a pool: they are homed there, or it is a Director. Of an Edge pool or a store no configuration says how. */
function signsIn(pool: string, deployment: Deployment): boolean {
  return (
    deployment.audienceOfPool(pool) !== undefined ||
    isRegistrarPool(deployment, pool) ||
    deployment.topology.service(pool, 'WebServer') !== undefined
  );
}

function factsOf(pool: string, workspace: Workspace): string {
  const { deployment } = workspace;
  const { topology } = deployment;
  const object = deployment.find('CsPool', pool);
  const site = topology.siteOf(pool);
  const edge = topology.servingPool(pool, 'EdgeServer');
  const backup = object?.text('BackupPoolFqdn');
  const behind = topology.poolsBehindEdge(pool);
  const facts = [
    ['Defined in', object ? whereOf(object.at, workspace) : 'no file'],
    ['Site', site === undefined ? unsaid : linked('CsSite', site, workspace)],
    ['Product', productOf(topology.versionOf(pool)) ?? unsaid],
    ['Edge pool', edge === undefined ? undefined : linked('CsPool', edge, workspace)],
    ['Backup pool', backup === undefined ? undefined : linked('CsPool', backup, workspace)],
    ['Is the Edge pool of', behind.length === 0 ? undefined : behind.map(code).join(', ')],
  ] as const;
  return facts.flatMap(([name, words]) => (words === undefined ? [] : [`- ${name}: ${words}`])).join('\n');
}

/** A name, with a link to what defines it. */
function linked(section: string, name: string, workspace: Workspace): string {
  const object = workspace.deployment.find(section, name);
  return object ? `${code(name)} (${whereOf(object.at, workspace)})` : `${code(name)} (no file defines it)`;
}

function* servicesOf(pool: string, workspace: Workspace): Generator<string> {
  const { deployment } = workspace;
  const services = deployment.topology.servicesOf(pool);
  if (services.length > 0)
    yield table(
      ['Service', 'Version', 'Defined in'],
      services.map((service) => [
        plain(roleOf(service) ?? service.subject),
        plain(service.text('Version') ?? ''),
        whereOf(service.at, workspace),
      ]),
    );
  const patches = deployment.topology.computersOf(pool).flatMap((computer) => {
    const found = deployment.namesakes('CsServerPatchVersion', computer);
    const versions = new Set(
      found.map((patch) => patch.text('Version')).filter((text) => text !== undefined),
    );
    const [first] = found;
    return first ? [[plain(computer), plain([...versions].join(', ')), whereOf(first.at, workspace)]] : [];
  });
  if (patches.length > 0) yield table(['Computer', 'Patch versions', 'Defined in'], patches);
}

function* homedAt(pool: string, standings: readonly Standing[], deployment: Deployment): Generator<string> {
  if (standings.length === 0) {
    yield isRegistrarPool(deployment, pool)
      ? 'No user in these files is homed here.'
      : 'Nobody is homed here: the pool has no Registrar that homes users.';
    return;
  }
  yield `${describeAudience(audienceOf(standings))}:`;
  const reasons = new Map<string, { readonly on: boolean; readonly reason: string; number: number }>();
  for (const { twoFactor, size } of standings) {
    const { on, reason } = twoFactor;
    // Users may write the pool in several spellings.
    const key = `${String(on)} ${reason.toLowerCase()}`;
    const alike = reasons.get(key) ?? { on, reason, number: 0 };
    alike.number += size;
    reasons.set(key, alike);
  }
  const rows = [...reasons.values()]
    .sort((a, b) => Number(b.on) - Number(a.on) || b.number - a.number)
    .map(({ on, reason, number }) => [grouped(number), on ? 'two factors' : 'one factor', plain(reason)]);
  yield table(['Users', 'Sign in with', 'Why'], rows);
}

/**
 * What decides how people sign in to a pool. Source: Microsoft's "Planning for and deploying two-factor authentication in Lync
 * Server 2013", which sets exactly these.
 */
const signInSettings: Readonly<Record<string, readonly string[]>> = {
  CsWebServiceConfiguration: [
    ...[
      'UseWsFedPassiveAuth',
      'WsFedPassiveMetadataUri',
      'UseWindowsAuth',
      'UseCertificateAuth',
      'UsePinAuth',
    ],
  ],
  CsProxyConfiguration: [
    ...['UseKerberosForClientToProxyAuth', 'UseNtlmForClientToProxyAuth'],
    'UseCertificateForClientToProxyAuth',
  ],
};

function* signInOf(
  pool: string,
  section: string,
  names: readonly string[],
  workspace: Workspace,
): Generator<string> {
  const { deployment } = workspace;
  const effective = effectiveOfPool(deployment, section, pool);
  if (!effective) {
    yield deployment.has(section)
      ? `**${section}**: the files do not say which applies, because they do not say in which site the pool is.`
      : `**${section}**: no file has it, so what applies is not known.`;
    return;
  }
  const applies = effective.object
    ? `${code(effective.identity ?? '')} (${whereOf(effective.object.at, workspace)})`
    : 'the built-in default';
  yield `**${section}**: ${applies} applies. Scopes looked at: ${plain(describeSteps(effective))}.`;
  yield table(
    ['Setting', 'Value', 'Comes from'],
    names.map((name) => {
      const value = effectiveValue(effective, name);
      const words = value.value === null ? 'not set' : valueWords(value);
      return [
        plain(name),
        plain(words),
        value.property ? whereOf(placeOfValue(value), workspace) : 'default',
      ];
    }),
  );
}

/** How many of some two-factor users have each feature still on, and where that comes from. */
function* leftOnFor(limited: readonly Standing[], workspace: Workspace): Generator<string> {
  const { deployment } = workspace;
  const users = audienceOf(limited).users;
  yield `For ${counted(users, 'two-factor user')} whose client cannot reach Exchange Web Services:`;
  const rows: string[][] = [];
  for (const feature of lostFeatures) {
    let number = 0;
    const places = new Map<LyncObject | undefined, Place | undefined>();
    for (const standing of limited) {
      const [first] = stillOn(feature, standing, deployment);
      if (!first) continue;
      number += standing.size;
      const { object } = first.value.effective;
      if (!places.has(object)) places.set(object, placeOfValue(first.value));
    }
    const shown = [...places.values()]
      .slice(0, mostPlaces)
      .map((at) => (at ? whereOf(at, workspace) : 'default'));
    if (places.size > mostPlaces) shown.push(`${grouped(places.size - mostPlaces)} more`);
    if (number > 0) rows.push([plain(feature.name), grouped(number), shown.join(', ')]);
  }
  yield rows.length === 0
    ? 'Nothing that they have lost is still on.'
    : table(['Feature', 'Users who have it still on', 'Comes from'], rows);
}

const mostPlaces = 5;

/** The objects that make up a pool, and the configurations that apply to it. */
export function* objectsOfPool(pool: string, deployment: Deployment): Generator<LyncObject> {
  const { topology } = deployment;
  yield* deployment.namesakes('CsPool', pool);
  yield* topology.servicesOf(pool);
  for (const computer of topology.computersOf(pool)) {
    yield* deployment.namesakes('CsComputer', computer);
    yield* deployment.namesakes('CsServerPatchVersion', computer);
  }
  const edge = topology.servingPool(pool, 'EdgeServer') ?? pool;
  yield* deployment.namesakes('CsProxyConfiguration', `Service:EdgeServer:${edge}`);
  if (!signsIn(pool, deployment)) return;
  for (const { kind, name, scopes } of sectionTypes()) {
    if (kind !== 'configuration' || scopes.length === 0) continue;
    const object = effectiveOfPool(deployment, name, pool)?.object;
    if (object) yield object;
  }
}

/** The pools of a site, each once: those that have objects, and those that are only named. */
function poolsIn(site: string, deployment: Deployment): string[] {
  const { topology } = deployment;
  return Array.from(poolsOfAll(deployment).values()).filter(
    (pool) => topology.siteOf(pool)?.toLowerCase() === site.toLowerCase(),
  );
}

function poolRow(pool: string, workspace: Workspace): string[] {
  const { deployment } = workspace;
  const object = deployment.find('CsPool', pool);
  const audience = deployment.audienceOfPool(pool);
  const affected = (audience?.standings ?? []).filter(
    (standing) =>
      standing.limited && lostFeatures.some((feature) => stillOn(feature, standing, deployment).length > 0),
  );
  return [
    plain(pool),
    productOf(deployment.topology.versionOf(pool)) ?? unsaid,
    grouped(audience?.users ?? 0),
    grouped(audience?.twoFactorUsers ?? 0),
    grouped(audienceOf(affected).users),
    object ? whereOf(object.at, workspace) : '',
  ];
}

function* scopedTo(site: string, deployment: Deployment): Generator<LyncObject> {
  for (const { name, scopes } of sectionTypes())
    if (scopes.includes('Site')) yield* deployment.namesakes(name, `Site:${site}`);
}
