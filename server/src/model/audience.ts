/** Who is homed on each pool, and whom each policy and configuration applies to, of whatever section. */
import { sectionTypes } from '../schema/schema.ts';
import type { Deployment } from './deployment.ts';
import type { LyncObject } from './object.ts';
import type { Standing } from './standing.ts';
import { counted, grouped } from './wording.ts';

/** Users as their standings: a few hundred where there are a hundred thousand users. */
export interface Audience {
  readonly users: number;
  readonly twoFactorUsers: number;
  readonly standings: readonly Standing[];
}

export interface Audiences {
  readonly ofObject: ReadonlyMap<LyncObject, Audience>;
  /** By the FQDN in lower case. */
  readonly ofPool: ReadonlyMap<string, Audience>;
}

/** The audience of every object that is effective for somebody, and of every pool that homes somebody. */
export function audiencesOfAll(deployment: Deployment): Audiences {
  const sections = Array.from(sectionTypes())
    .filter(({ kind, scopes }) => (kind === 'policy' || kind === 'configuration') && scopes.length > 0)
    .map(({ name }) => name)
    .filter((name) => deployment.has(name));
  const ofObject = new Map<LyncObject, Standing[]>();
  const ofPool = new Map<string, Standing[]>();
  for (const standing of deployment.populated()) {
    if (standing.size === 0) continue;
    if (standing.pool !== undefined) add(ofPool, standing.pool.toLowerCase(), standing);
    for (const section of sections) {
      const object = standing.effective(section)?.object;
      if (object) add(ofObject, object, standing);
    }
  }
  return { ofObject: summed(ofObject), ofPool: summed(ofPool) };
}

/** Those who have one of some standings. */
export function audienceOf(standings: readonly Standing[]): Audience {
  let [users, twoFactorUsers] = [0, 0];
  for (const { size, twoFactor } of standings) {
    users += size;
    if (twoFactor.on) twoFactorUsers += size;
  }
  return { users, twoFactorUsers, standings };
}

/** `3 users, 2 of them with two factors`, for audiences that have users. */
export function describeAudience({
  users,
  twoFactorUsers,
}: Pick<Audience, 'users' | 'twoFactorUsers'>): string {
  if (users === twoFactorUsers) return counted(users, 'two-factor user');
  if (users === 1) return '1 user without a second factor';
  return `${counted(users, 'user')}, ${twoFactorUsers === 0 ? 'none' : grouped(twoFactorUsers)} of them with two factors`;
}

/** The users who have one of some standings, without reading any of them. */
export function* usersOf(standings: Iterable<Standing>): Generator<LyncObject> {
  for (const { users } of standings) yield* users;
}

/** An audience by pool, the largest first; those who have no pool are in none. */
export function byPool({ standings }: Audience): { readonly pool: string; readonly audience: Audience }[] {
  const pools = new Map<string, Standing[]>();
  const names = new Map<string, string>();
  for (const standing of standings) {
    if (standing.pool === undefined) continue;
    const key = standing.pool.toLowerCase();
    if (!names.has(key)) names.set(key, standing.pool);
    add(pools, key, standing);
  }
  return Array.from(pools, ([key, own]) => ({ pool: names.get(key) ?? key, audience: audienceOf(own) })).sort(
    (a, b) => b.audience.users - a.audience.users || (a.pool < b.pool ? -1 : 1),
  );
}

function add<K>(lists: Map<K, Standing[]>, key: K, standing: Standing): void {
  const list = lists.get(key);
  if (list) list.push(standing);
  else lists.set(key, [standing]);
}

function summed<K>(lists: ReadonlyMap<K, readonly Standing[]>): Map<K, Audience> {
  return new Map(Array.from(lists, ([key, standings]) => [key, audienceOf(standings)]));
}
