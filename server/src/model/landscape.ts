/** What a picture of a deployment shows: its sites, the pools in them, and which pool leads to which. Pure data. */
import { parseIdentity } from '../schema/identity.ts';
import type { Deployment } from './deployment.ts';
import type { LyncObject } from './object.ts';
import { poolKind, rolesOfPool, type PoolKind } from './poolKind.ts';
import { poolOf, roleOf } from './topology.ts';
import { referenceName } from './values.ts';

export interface LandscapePool {
  /** The FQDN in lower case: links name pools by it. */
  readonly key: string;
  /** The FQDN as the files write it first. */
  readonly name: string;
  readonly kind: PoolKind;
  /** Its services' roles as the files write them, each once. */
  readonly roles: readonly string[];
  /** What the pool is defined by, or one of its services where no CsPool is there; `undefined` where it is only named. */
  readonly object: LyncObject | undefined;
  /** Of a database, a file store or a gateway: the pools that use it, as keys. */
  readonly usedBy: ReadonlySet<string>;
}

export interface LandscapeSite {
  /** Without prefix; `undefined` for the pools of which the files name no site. */
  readonly name: string | undefined;
  readonly displayName: string | undefined;
  /** The central site of a branch site. */
  readonly parent: string | undefined;
  readonly object: LyncObject | undefined;
  readonly pools: readonly LandscapePool[];
}

/**
 * - `nextHop`: to what an Edge pool hands those who come in from outside.
 * - `edge`: the Edge pool that a pool uses, for media and on the way out.
 * - `backup`: a pool, and the one that stands in for it.
 * - `branch`: a survivable branch appliance or server, and the pool that has its people's contacts and meetings.
 */
export type LinkKind = 'nextHop' | 'edge' | 'backup' | 'branch';

export interface Link {
  readonly kind: LinkKind;
  readonly from: string;
  readonly to: string;
  /** Whether the other end says the same of this one. */
  readonly mutual: boolean;
}

export interface Landscape {
  /** Central sites by name, each with its branch sites behind it; last what has no site. None is there without pools and object. */
  readonly sites: readonly LandscapeSite[];
  readonly links: readonly Link[];
}

/** Everything of a deployment that a picture can show. */
export function landscapeOf(deployment: Deployment): Landscape {
  const links = [...linksOf(deployment)];
  const names = poolsOfAll(deployment);
  // An Edge pool that a Registrar names is how people come in, whether or not a file defines it.
  for (const { from, to } of links)
    for (const name of [from, to]) if (!names.has(name.toLowerCase())) names.set(name.toLowerCase(), name);
  const usedBy = usersOfStores(deployment);
  const edges = new Set(links.filter(({ kind }) => kind === 'edge').map(({ to }) => to.toLowerCase()));
  const sites = new Map<string, Open>();
  for (const object of deployment.all('CsSite')) {
    const name = withoutPrefix(object.subject);
    if (name !== '' && !sites.has(name.toLowerCase()))
      sites.set(name.toLowerCase(), { name, object, pools: [] });
  }
  const nowhere: LandscapePool[] = [];
  for (const [key, name] of names) {
    const pool = describe(key, name, edges.has(key), usedBy.get(key) ?? new Set(), deployment);
    const site = deployment.topology.siteOf(name);
    if (site === undefined) {
      nowhere.push(pool);
      continue;
    }
    let open = sites.get(site.toLowerCase());
    if (!open) sites.set(site.toLowerCase(), (open = { name: site, object: undefined, pools: [] }));
    open.pools.push(pool);
  }
  const closed = Array.from(sites.values(), close);
  if (nowhere.length > 0)
    closed.push({
      name: undefined,
      displayName: undefined,
      parent: undefined,
      object: undefined,
      pools: nowhere,
    });
  return { sites: inFamilies(closed), links: merged(links) };
}

/** Every pool that the files define or name, by its FQDN in lower case, as it is written first. */
export function poolsOfAll(deployment: Deployment): Map<string, string> {
  const named = new Map<string, string>();
  const add = (pool: string | undefined): void => {
    if (pool !== undefined && pool !== '' && !named.has(pool.toLowerCase()))
      named.set(pool.toLowerCase(), pool);
  };
  for (const pool of deployment.all('CsPool')) add(pool.text('Identity') ?? pool.text('Fqdn'));
  for (const site of deployment.all('CsSite')) {
    const pools = site.property('Pools')?.value;
    for (const pool of pools?.type === 'sequence' ? pools.items : []) add(referenceName(pool));
  }
  for (const service of deployment.all('CsService')) add(poolOf(service));
  for (const pool of deployment.peopledPools()) add(pool);
  return named;
}

interface Open {
  readonly name: string;
  readonly object: LyncObject | undefined;
  readonly pools: LandscapePool[];
}

function close({ name, object, pools }: Open): LandscapeSite {
  const parent = object && targetOf(object, 'ParentSite');
  return { name, displayName: object?.text('DisplayName'), parent, object, pools };
}

function describe(
  key: string,
  name: string,
  isNamedEdge: boolean,
  usedBy: ReadonlySet<string>,
  deployment: Deployment,
): LandscapePool {
  const object = deployment.find('CsPool', name);
  const [service] = deployment.topology.servicesOf(name);
  const roles = rolesOfPool(name, deployment);
  const kind = poolKind(name, deployment) ?? (isNamedEdge && roles.size === 0 ? 'edge' : 'other');
  return { key, name, kind, roles: [...roles.values()], object: object ?? service, usedBy };
}

function* linksOf(deployment: Deployment): Generator<Omit<Link, 'mutual'>> {
  for (const service of deployment.all('CsService')) {
    const from = poolOf(service);
    const role = roleOf(service)?.toLowerCase();
    if (from === undefined || from === '') continue;
    const to = (kind: LinkKind, property: string): Omit<Link, 'mutual'>[] => {
      const target = targetOf(service, property);
      return target === undefined || target.toLowerCase() === from.toLowerCase()
        ? []
        : [{ kind, from, to: target }];
    };
    if (role === 'edgeserver') yield* to('nextHop', 'Registrar');
    if (role !== 'registrar' && role !== 'director') continue;
    yield* to('edge', 'EdgeServer');
    const branch = to('branch', 'UserServer');
    yield* branch;
    // The central pool backs up its branch: one line says both.
    const [own] = branch;
    yield* to('backup', 'BackupRegistrar').filter((link) => link.to.toLowerCase() !== own?.to.toLowerCase());
  }
  for (const pool of deployment.all('CsPool')) {
    const from = pool.text('Identity') ?? pool.text('Fqdn');
    const to = targetOf(pool, 'BackupPoolFqdn');
    if (from && to && from.toLowerCase() !== to.toLowerCase()) yield { kind: 'backup', from, to };
  }
}

/** Links between the same two pools as one, with keys for names. A pool's Edge pool that leads to it says nothing new. */
function merged(links: readonly Omit<Link, 'mutual'>[]): Link[] {
  const found = new Map<string, Link>();
  for (const link of links) {
    const [from, to] = [link.from.toLowerCase(), link.to.toLowerCase()];
    const there = `${link.kind} ${from} ${to}`;
    const back = `${link.kind === 'edge' ? 'nextHop' : link.kind} ${to} ${from}`;
    const other = found.get(back);
    if (other) found.set(back, { ...other, mutual: true });
    else if (!found.has(there)) found.set(there, { kind: link.kind, from, to, mutual: false });
  }
  // An Edge pool may come behind those who use it.
  for (const [key, { kind, from, to }] of found) {
    const hop = kind === 'edge' ? found.get(`nextHop ${to} ${from}`) : undefined;
    if (!hop) continue;
    found.set(`nextHop ${to} ${from}`, { ...hop, mutual: true });
    found.delete(key);
  }
  return [...found.values()];
}

/** The properties by which a service says which store it keeps things in, or which server a gateway belongs to. */
const stores = [
  ...['UserDatabase', 'CentralManagementDatabase', 'ApplicationDatabase', 'FileStore', 'ArchivingDatabase'],
  ...['MonitoringDatabase', 'PersistentChatDatabase', 'PersistentChatComplianceDatabase'],
];

/** Who uses a database, a file store or a gateway, by the key of its pool. */
function usersOfStores(deployment: Deployment): Map<string, Set<string>> {
  const users = new Map<string, Set<string>>();
  const add = (store: string | undefined, user: string | undefined): void => {
    if (store === undefined || user === undefined || store.toLowerCase() === user.toLowerCase()) return;
    const known = users.get(store.toLowerCase());
    if (known) known.add(user.toLowerCase());
    else users.set(store.toLowerCase(), new Set([user.toLowerCase()]));
  };
  for (const service of deployment.all('CsService')) {
    const pool = poolOf(service);
    for (const property of stores) add(targetOf(service, property), pool);
    if (roleOf(service)?.toLowerCase() === 'pstngateway') add(pool, targetOf(service, 'MediationServer'));
  }
  return users;
}

/** The pool or site that a property names. */
function targetOf(object: LyncObject, property: string): string | undefined {
  const node = object.setProperty(property)?.value;
  const text = node && referenceName(node);
  if (text === undefined || text.trim() === '') return undefined;
  return parseIdentity(text).name || undefined;
}

function withoutPrefix(site: string): string {
  return site.replace(/^site:/i, '').trim();
}

/** Branch sites right behind their central site, everything else by name, and last what has no site. */
function inFamilies(sites: readonly LandscapeSite[]): LandscapeSite[] {
  const byName = sites
    .filter(({ name }) => name !== undefined)
    .sort((a, b) => compare(a.name ?? '', b.name ?? ''));
  const known = new Set(byName.map(({ name }) => name?.toLowerCase()));
  const children = new Map<string, LandscapeSite[]>();
  const tops: LandscapeSite[] = [];
  for (const site of byName) {
    const parent = site.parent?.toLowerCase();
    if (parent === undefined || parent === site.name?.toLowerCase() || !known.has(parent)) tops.push(site);
    else children.set(parent, [...(children.get(parent) ?? []), site]);
  }
  const ordered = new Set<LandscapeSite>();
  for (const top of tops)
    for (const site of [top, ...(children.get(top.name?.toLowerCase() ?? '') ?? [])]) ordered.add(site);
  // Sites that are each other's branches have no top.
  return [...ordered, ...sites.filter((site) => !ordered.has(site))];
}

function compare(a: string, b: string): number {
  return a.toLowerCase() < b.toLowerCase() ? -1 : 1;
}
