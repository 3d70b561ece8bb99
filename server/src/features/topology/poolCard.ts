/** What the picture says of one pool. */
import { audienceOf } from '../../model/audience.ts';
import { effectiveIn, effectiveValue } from '../../model/effective.ts';
import type { LandscapePool, PoolKind } from '../../model/landscape.ts';
import type { LyncObject } from '../../model/object.ts';
import { twoFactorOfPool } from '../../model/twoFactor.ts';
import type { Finding } from '../../linter/finding.ts';
import type { Judged } from '../../linter/judge.ts';
import type { Project } from '../../project.ts';
import type { Workspace } from '../../workspace.ts';
import { judgedOf, productOf } from '../explain/explaining.ts';
import { objectsOfPool } from '../explain/explainPool.ts';
import { counted, grouped } from '../../model/wording.ts';
import { toLocation } from '../lsp/positions.ts';

export interface PoolCard {
  readonly pool: LandscapePool;
  readonly users: number;
  readonly twoFactorUsers: number;
  /** Short lines: what it is, who is there, how they come in. */
  readonly lines: readonly string[];
  /** How the second factor is asked for; `undefined` where none is, as far as the files say. */
  readonly twoFactor: string | undefined;
  /** What is found of its lockdown; `undefined` where no second factor depends on it, or the files do not say. */
  readonly lockdown: readonly Judged[] | undefined;
  /** Everything in full, one thing a line. */
  readonly tooltip: string;
  /** A line of a file; `undefined` where no file defines the pool. */
  readonly href: string | undefined;
}

/** What each kind of pool is called, in Topology Builder's words. */
export const kindWords: Readonly<Record<PoolKind, string>> = {
  edge: 'Edge',
  director: 'Director',
  frontEnd: 'Front End',
  standardEdition: 'Standard Edition',
  branch: 'Survivable branch',
  registrar: 'Registrar',
  mediation: 'Mediation',
  gateway: 'PSTN gateway',
  database: 'SQL store',
  fileStore: 'File share',
  other: 'Other',
};

/** Products as administrators abbreviate them: a box is small. */
const shortProducts = new Map([
  [5, 'Lync 2010'],
  [6, 'Lync 2013'],
  [7, 'SfB 2015'],
  [8, 'SfB 2019'],
]);

/** Pools at which people sign in, or through which they come in. */
export function isOnTheWayIn({ kind }: LandscapePool): boolean {
  return kind === 'edge' || kind === 'director' || homesUsers(kind);
}

export function homesUsers(kind: PoolKind): boolean {
  return kind === 'frontEnd' || kind === 'standardEdition' || kind === 'branch' || kind === 'registrar';
}

export function poolCard(
  pool: LandscapePool,
  nameOf: (key: string) => string,
  project: Project,
  workspace: Workspace,
): PoolCard {
  const { deployment } = workspace;
  const { topology } = deployment;
  const { users, twoFactorUsers } = deployment.audienceOfPool(pool.name) ?? audienceOf([]);
  const version = topology.versionOf(pool.name);
  const what = kindOf(pool);
  const factor = isOnTheWayIn(pool) ? factorOf(pool, twoFactorUsers, workspace) : undefined;
  const lockdown = factor?.isLocked === true ? lockdownOf(pool, project, workspace) : undefined;
  const place = pool.object && toLocation(pool.object.at);
  const middle = [...linesOf(pool, users, twoFactorUsers, nameOf, workspace)];
  const short = shortProducts.get(version ?? 0);
  return {
    pool,
    users,
    twoFactorUsers,
    lines: [short === undefined ? what : `${what} · ${short}`, ...middle],
    twoFactor: factor?.on === true ? factor.short : undefined,
    lockdown,
    href: place && `${place.uri}#L${place.range.start.line + 1}`,
    tooltip: [
      pool.name,
      [what, productOf(version)].filter((word) => word !== undefined).join(', '),
      ...(pool.roles.length > 0 ? [`Services: ${pool.roles.join(', ')}`] : []),
      ...middle,
      ...(factor ? [factor.words] : []),
      ...(lockdown ?? []).map(({ finding }) => `${finding.rule.id}: ${finding.message}`),
      ...(pool.object ? [] : ['No file defines it.']),
    ].join('\n'),
  };
}

function kindOf({ kind, roles }: LandscapePool): string {
  if (kind !== 'other') return kindWords[kind];
  return roles[0] ?? 'Services not in these files';
}

function* linesOf(
  pool: LandscapePool,
  users: number,
  twoFactorUsers: number,
  nameOf: (key: string) => string,
  workspace: Workspace,
): Generator<string> {
  if (homesUsers(pool.kind)) {
    const some =
      twoFactorUsers === 0 ? '' : `, ${twoFactorUsers === users ? 'all' : grouped(twoFactorUsers)} with 2FA`;
    yield `${capital(counted(users, 'user'))}${some}`;
  } else if (users > 0) yield `${counted(users, 'user')} named here`;
  if (pool.kind === 'director') yield 'Homes nobody, signs people in';
  if (pool.kind === 'edge') yield sipMethods(pool, workspace) ?? 'SIP methods: not in these files';
  if (pool.usedBy.size > 0) yield `of ${[...pool.usedBy].map((key) => hostOf(nameOf(key))).join(', ')}`;
}

function hostOf(name: string): string {
  return name.split('.')[0] ?? name;
}

/** How an Edge pool takes those who come in: what its effective proxy configuration leaves on. */
function sipMethods({ name }: LandscapePool, { deployment }: Workspace): string | undefined {
  const effective = effectiveIn(deployment, 'CsProxyConfiguration', name, [
    { scope: 'Service', role: 'EdgeServer', name },
  ]);
  if (!effective) return undefined;
  const methods = [
    ['UseKerberosForClientToProxyAuth', 'Kerberos'],
    ['UseNtlmForClientToProxyAuth', 'NTLM'],
    ['UseCertificateForClientToProxyAuth', 'certificate'],
  ] as const;
  const on = methods.filter(([property]) => effectiveValue(effective, property).value === true);
  return `SIP: ${on.length === 0 ? 'nothing' : on.map(([, word]) => word).join(', ')}`;
}

interface Factor {
  readonly on: boolean;
  readonly short: string;
  readonly words: string;
  /** Whether passive authentication is what asks for it: only that needs everything else off. */
  readonly isLocked: boolean;
}

function factorOf(pool: LandscapePool, twoFactorUsers: number, workspace: Workspace): Factor {
  const { deployment } = workspace;
  if (pool.kind === 'edge') return factorOfEdge(pool, workspace);
  const { named, passive } = twoFactorOfPool(deployment, pool.name);
  const isPassive = passive?.value === true;
  const method = named?.method === undefined ? '' : ` (${named.method})`;
  if (named && named.method !== 'None') {
    const short = `${isPassive ? 'passive + ' : ''}lync.config.yaml`;
    const words = `Second factor: lync.config.yaml names the pool${method}${isPassive ? ', and it uses passive authentication' : ''}`;
    return { on: true, short, words, isLocked: isPassive };
  }
  if (isPassive && !named)
    return {
      on: true,
      short: 'passive authentication',
      words: 'Second factor: passive authentication',
      isLocked: true,
    };
  if (twoFactorUsers > 0) {
    const short = `set at ${counted(twoFactorUsers, 'user')}`;
    return { on: true, short, words: `Second factor: ${short}`, isLocked: false };
  }
  const words = named
    ? 'No second factor, as lync.config.yaml says'
    : passive
      ? 'No second factor: no passive authentication'
      : 'The files do not say how people sign in here';
  return { on: false, short: '', words, isLocked: false };
}

/** An Edge pool asks nobody itself: what matters is whom it leads to. */
function factorOfEdge({ name }: LandscapePool, { deployment }: Workspace): Factor {
  const behind = deployment.topology.poolsBehindEdge(name);
  const withTwo = behind.filter((pool) => {
    const { named, passive } = twoFactorOfPool(deployment, pool);
    if (named) return named.method !== 'None';
    return passive?.value === true || (deployment.audienceOfPool(pool)?.twoFactorUsers ?? 0) > 0;
  });
  const isLocked = behind.some((pool) => twoFactorOfPool(deployment, pool).passive?.value === true);
  const all = withTwo.length === behind.length;
  const short = all
    ? `leads to ${counted(behind.length, '2FA pool')} only`
    : `${withTwo.length} of ${behind.length} pools behind it`;
  const words =
    withTwo.length === 0
      ? `Leads to ${counted(behind.length, 'pool')}, none of them with a second factor`
      : `Leads to ${counted(behind.length, 'pool')}, ${all ? 'all' : withTwo.length} of them with a second factor`;
  return { on: withTwo.length > 0, short, words, isLocked };
}

/** The findings about passive authentication at a pool; `undefined` where the files lack what would have to be closed. */
function lockdownOf(pool: LandscapePool, project: Project, workspace: Workspace): Judged[] | undefined {
  const { deployment } = workspace;
  const isEdge = pool.kind === 'edge';
  const objects = new Set(isEdge ? edgeObjects(pool, workspace) : objectsOfPool(pool.name, deployment));
  const found = judgedOf(objects, project).filter(({ finding }) => finding.rule.group === 'passive');
  const own = found.filter(({ finding }) => !isEdge || isAboutEdge(finding));
  if (own.length === 0 && !deployment.has('CsProxyConfiguration')) return undefined;
  return [...new Map(own.map((judged) => [findingKey(judged), judged])).values()];
}

/** The same for the same finding, at however many pools it is met. */
export function findingKey({ finding: { rule, at, message } }: Judged): string {
  return [rule.id, at.file.uri, at.start, message].join(' ');
}

/** What decides how an Edge pool takes people: its own proxy configuration, or, without one, what its pools say. */
function* edgeObjects({ name }: LandscapePool, { deployment }: Workspace): Generator<LyncObject> {
  const { topology } = deployment;
  yield* topology.servicesOf(name);
  for (const computer of topology.computersOf(name))
    yield* deployment.namesakes('CsServerPatchVersion', computer);
  const own = deployment.namesakes('CsProxyConfiguration', `Service:EdgeServer:${name}`);
  yield* own;
  if (own.length > 0) return;
  for (const pool of topology.poolsBehindEdge(name)) {
    const { passive } = twoFactorOfPool(deployment, pool);
    if (passive?.value === true && passive.effective.object) yield passive.effective.object;
  }
}

/** The web services of the pools behind an Edge pool are no matter of it. */
function isAboutEdge({ rule, object }: Finding): boolean {
  return object?.section.name !== 'CsWebServiceConfiguration' || rule.id === 'require-edge-lockdown';
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
