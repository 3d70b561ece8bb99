/** What the picture says of one pool. */
import { audienceOf } from '../../model/audience.ts';
import { effectiveIn, effectiveValue } from '../../model/effective.ts';
import type { LandscapePool } from '../../model/landscape.ts';
import type { LyncObject } from '../../model/object.ts';
import type { PoolKind } from '../../model/poolKind.ts';
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
  /** `undefined` where nobody signs in. */
  readonly factor: Factor | undefined;
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
    factor,
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

/** The first part of an FQDN: how people name a pool. */
export function hostOf(name: string): string {
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

/** How people sign in at a pool, or at those that an Edge pool leads to. */
export interface Factor {
  /** Whether everybody there is asked for a second factor, some are who say so themselves, nobody is, or nobody knows. */
  readonly asked: 'all' | 'some' | 'none' | 'unknown';
  /** How, in a few words. */
  readonly short: string;
  /** The same in a sentence without full stop. */
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
    return { asked: 'all', short, words, isLocked: isPassive };
  }
  if (isPassive && !named) {
    const short = 'passive authentication';
    return { asked: 'all', short, words: `Second factor: ${short}`, isLocked: true };
  }
  if (twoFactorUsers > 0) {
    const short = `${counted(twoFactorUsers, 'user')} by own key`;
    const words = `Second factor: ${counted(twoFactorUsers, 'user')} by TwoFactorAuthentication of their own`;
    return { asked: 'some', short, words, isLocked: false };
  }
  if (!named && !passive) {
    const words = 'The files do not say how people sign in here';
    return { asked: 'unknown', short: 'sign-in: not in these files', words, isLocked: false };
  }
  const words = `No second factor: ${named ? 'lync.config.yaml says so' : 'no passive authentication'}`;
  return { asked: 'none', short: 'no second factor', words, isLocked: false };
}

/** An Edge pool asks nobody itself: what matters is whom it leads to. */
function factorOfEdge({ name }: LandscapePool, { deployment }: Workspace): Factor {
  const behind = deployment.topology.poolsBehindEdge(name);
  const decided = behind.map((pool) => twoFactorOfPool(deployment, pool));
  const asking = decided.filter(({ named, passive }) =>
    named ? named.method !== 'None' : passive?.value === true,
  ).length;
  const isLocked = decided.some(({ passive }) => passive?.value === true);
  const leads = `Leads to ${counted(behind.length, 'pool')}`;
  if (asking > 0) {
    const all = behind.length === 1 ? 'the pool behind it' : `all ${behind.length} pools behind it`;
    const short = asking === behind.length ? all : `${asking} of ${behind.length} pools behind it`;
    return { asked: 'all', short, words: `${leads}; second factor: ${short}`, isLocked };
  }
  const people = behind.flatMap((pool) => deployment.audienceOfPool(pool)?.standings ?? []);
  const { twoFactorUsers } = audienceOf(people);
  if (twoFactorUsers > 0) {
    const short = `${counted(twoFactorUsers, 'user')} by own key`;
    return { asked: 'some', short, words: `${leads}; second factor: ${short}`, isLocked };
  }
  const isKnown = decided.every(({ named, passive }) => named ?? passive);
  const short = `${counted(behind.length, 'pool')} behind it${isKnown && behind.length > 0 ? ', no 2FA' : ''}`;
  return { asked: isKnown ? 'none' : 'unknown', short, words: `${leads}, as far as the files say`, isLocked };
}

/** The findings about passive authentication at a pool; `undefined` where the files lack what would have to be closed. */
function lockdownOf(pool: LandscapePool, project: Project, workspace: Workspace): Judged[] | undefined {
  const { deployment } = workspace;
  const isEdge = pool.kind === 'edge';
  const objects = new Set(isEdge ? edgeObjects(pool, workspace) : objectsOfPool(pool.name, deployment));
  const found = judgedOf(objects, project).filter(({ finding }) => finding.rule.group === 'passive');
  // Advice leaves no way in open.
  const open = found.filter(({ severity }) => severity === 'error' || severity === 'warning');
  const own = open.filter(({ finding }) => !isEdge || isAboutEdge(finding));
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
