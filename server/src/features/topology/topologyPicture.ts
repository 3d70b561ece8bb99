/** lync/topologyPicture, a request of our own: the sites and pools of a deployment as a picture, with who signs in where and how. */
import { landscapeOf, type LandscapePool, type LandscapeSite } from '../../model/landscape.ts';
import type { Project } from '../../project.ts';
import { counted, grouped } from '../../model/wording.ts';
import type { Column, Shelf } from './pictureLayout.ts';
import { drawn, type FrameCard } from './pictureSvg.ts';
import { answersOf } from './pictureAnswers.ts';
import { findingKey, homesUsers, isOnTheWayIn, poolCard, type PoolCard } from './poolCard.ts';
import { status } from '../status.ts';

export interface TopologyPicture {
  /** Plain text, in one line. */
  readonly title: string;
  /** A whole SVG document without scripts; its links are addresses of files with `#L` and a line. */
  readonly svg: string;
}

/** More than these nobody can look at. */
export const mostSites = 24;
export const mostPools = 40;

/** The picture of the deployment that a file belongs to; `undefined` where its files name neither a site nor a pool. */
export function topologyPicture(project: Project, uri: string): TopologyPicture | undefined {
  const workspace = project.workspaceOf(uri);
  const state = status(project, uri);
  if (!workspace || !state) return undefined;
  const { sites, links } = landscapeOf(workspace.deployment);
  if (sites.length === 0) return undefined;
  const names = new Map(sites.flatMap(({ pools }) => pools.map(({ key, name }) => [key, name])));
  const nameOf = (key: string): string => names.get(key) ?? key;
  const cards = new Map<string, PoolCard>();
  for (const { pools } of sites)
    for (const pool of pools) cards.set(pool.key, poolCard(pool, nameOf, project, workspace));

  const frames: FrameCard[] = [];
  const shelves: Shelf[] = [];
  for (const site of sites.slice(0, mostSites)) {
    const own = site.pools.flatMap(({ key }) => cards.get(key) ?? []).sort(byWeight);
    const shown = own.slice(0, mostPools);
    const more = own.length - shown.length;
    frames.push({ ...headOf(site, own), object: site.object, more });
    shelves.push({ columns: columnsOf(shown), more });
  }
  const title = `Topology of ${oneLine(state.deployment)}`;
  return {
    title,
    svg: drawn({
      title,
      totals: totalsOf(sites, [...cards.values()], state),
      answers: answersOf([...cards.values()], links, nameOf, workspace.deployment),
      moreSites: sites.length - frames.length,
      frames,
      shelves,
      cards,
      links,
      nameOf,
    }),
  };
}

/** What matters most comes first, and is left out last. */
function byWeight(a: PoolCard, b: PoolCard): number {
  return (
    Number(isOnTheWayIn(b.pool)) - Number(isOnTheWayIn(a.pool)) ||
    (b.lockdown?.length ?? 0) - (a.lockdown?.length ?? 0) ||
    Number(b.factor?.asked === 'all') - Number(a.factor?.asked === 'all') ||
    b.users - a.users ||
    (a.pool.key < b.pool.key ? -1 : 1)
  );
}

const mostRows = 8;

/** Pools by column, in the order in which somebody who comes in from outside meets them. */
function columnsOf(cards: readonly PoolCard[]): Column[] {
  const kinds: readonly ((pool: LandscapePool) => boolean)[] = [
    ({ kind }) => kind === 'edge',
    ({ kind }) => kind === 'director',
    ({ kind }) => homesUsers(kind),
  ];
  const columns: Column[] = [];
  const add = (keys: readonly string[], isSmall: boolean): void => {
    const most = isSmall ? 2 * mostRows : mostRows;
    for (let from = 0; from < keys.length; from += most)
      columns.push({ isSmall, keys: keys.slice(from, from + most) });
  };
  const keysOf = (fits: (pool: LandscapePool) => boolean): string[] =>
    cards.filter(({ pool }) => fits(pool)).map(({ pool }) => pool.key);
  for (const fits of kinds) add(keysOf(fits), false);
  add(
    keysOf((pool) => !kinds.some((fits) => fits(pool))),
    true,
  );
  return columns;
}

function headOf(
  { name, displayName, parent }: LandscapeSite,
  cards: readonly PoolCard[],
): Pick<FrameCard, 'name' | 'about'> {
  const about = `${counted(cards.length, 'pool')}, ${peopleOf(cards)}`;
  if (name === undefined) return { name: 'Site not in these files', about };
  const shown = displayName !== undefined && displayName !== name ? ` (${displayName})` : '';
  return {
    name: `${name}${shown}`,
    about: `${parent === undefined ? '' : `branch site of ${parent}, `}${about}`,
  };
}

function peopleOf(cards: readonly PoolCard[]): string {
  const users = cards.reduce((sum, card) => sum + card.users, 0);
  const withTwo = cards.reduce((sum, card) => sum + card.twoFactorUsers, 0);
  return `${counted(users, 'user')}${withTwo > 0 ? `, ${withTwo === users ? 'all' : grouped(withTwo)} with two factors` : ''}`;
}

function totalsOf(
  sites: readonly LandscapeSite[],
  cards: readonly PoolCard[],
  { users, twoFactorUsers, limitedUsers }: { users: number; twoFactorUsers: number; limitedUsers: number },
): string {
  const named = sites.filter(({ name }) => name !== undefined).length;
  const findings = new Set(cards.flatMap(({ lockdown }) => (lockdown ?? []).map(findingKey)));
  const parts = [
    named > 0 ? counted(named, 'site') : '',
    counted(cards.length, 'pool'),
    counted(users, 'user'),
    `${grouped(twoFactorUsers)} with two factors`,
    limitedUsers > 0
      ? `${limitedUsers === twoFactorUsers ? 'all' : grouped(limitedUsers)} of them cut off from Exchange Web Services`
      : '',
    findings.size > 0 ? counted(findings.size, 'finding on the lockdown', 'findings on the lockdown') : '',
  ];
  return `${parts.filter((part) => part !== '').join(', ')}.`;
}

function oneLine(text: string): string {
  return text.replaceAll(/[\p{Cc}\u2028-\u202E\u2066-\u2069]+/gu, ' ').trim();
}
