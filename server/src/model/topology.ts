/** Which pool stands in which site, runs which services, and in which version. */
import { parseIdentity } from '../schema/identity.ts';
import type { Deployment } from './deployment.ts';
import type { LyncObject } from './object.ts';
import { Memo } from './tracking.ts';
import { referenceName } from './values.ts';

/**
 * `Version` of a service, and with it the product as the schema names it.
 * Source: Get-CsService of the products; Microsoft's own diagnostics count everything below 7 as Lync.
 */
export const productOfVersion: ReadonlyMap<number, string> = new Map([
  [5, 'Lync2010'],
  [6, 'Lync2013'],
  [7, 'SfB2015'],
  [8, 'SfB2019'],
]);

/** `Version` of the services of a product; `undefined` for what is installed nowhere. */
export function productVersion(product: string): number | undefined {
  for (const [version, name] of productOfVersion) if (name === product) return version;
  return undefined;
}

export class Topology {
  readonly #deployment: Deployment;
  readonly #siteOfPool: Memo<ReadonlyMap<string, string>>;
  readonly #poolsOfSite: Memo<ReadonlyMap<string, readonly string[]>>;
  readonly #poolOfComputer: Memo<ReadonlyMap<string, string>>;
  readonly #computersOfPool: Memo<ReadonlyMap<string, readonly string[]>>;
  readonly #poolsBehindEdges: Memo<ReadonlyMap<string, readonly string[]>>;
  readonly #servicesOfPool: Memo<ReadonlyMap<string, readonly LyncObject[]>>;

  constructor(deployment: Deployment) {
    this.#deployment = deployment;
    this.#siteOfPool = new Memo(() => this.#findSites());
    this.#servicesOfPool = new Memo(() => this.#findServices());
    this.#poolsBehindEdges = new Memo(() => this.#findPoolsBehindEdges());
    this.#poolOfComputer = new Memo(() => this.#findPoolsOfComputers());
    this.#computersOfPool = new Memo(() => this.#findComputersOfPools());
    this.#poolsOfSite = new Memo(() => this.#findPoolsOfSites());
  }

  /** The name of the site that a pool stands in, without prefix; `undefined` where the files do not say. */
  siteOf(pool: string): string | undefined {
    return this.#siteOfPool.get().get(pool.toLowerCase());
  }

  /** The pools that stand in a site, in lower case, in whichever way the files say so. */
  poolsOf(site: string): readonly string[] {
    return this.#poolsOfSite.get().get(withoutSite(site).toLowerCase()) ?? [];
  }

  servicesOf(pool: string): readonly LyncObject[] {
    return this.#servicesOfPool.get().get(pool.toLowerCase()) ?? [];
  }

  /** The service of a role on a pool. A Director's Registrar is printed as `Director` or as `Registrar`. */
  service(pool: string, role: string): LyncObject | undefined {
    const lower = role.toLowerCase();
    return this.servicesOf(pool).find((service) => roleOf(service)?.toLowerCase() === lower);
  }

  /**
   * The pool whose service of that role the users of `pool` have: their own, unless the Registrar names another.
   * A Survivable Branch Appliance has no user or web services; its central pool has them for it, also where the files name only
   * the one or the other. `undefined`: no Edge pool is named.
   */
  servingPool(pool: string, role: 'UserServer' | 'WebServer' | 'EdgeServer'): string | undefined {
    const named = this.#namedPool(pool, role);
    if (named !== undefined || role === 'EdgeServer') return named;
    const isThere = this.service(pool, 'WebServer') ?? this.service(pool, 'UserServer');
    return (
      (isThere ? undefined : (this.#namedPool(pool, 'UserServer') ?? this.#namedPool(pool, 'WebServer'))) ??
      pool
    );
  }

  /** The pool whose service a Registrar or Director names. */
  #namedPool(pool: string, role: string): string | undefined {
    const named = this.service(pool, 'Registrar')?.text(role) ?? this.service(pool, 'Director')?.text(role);
    return named ? parseIdentity(named).name || named : undefined;
  }

  /**
   * The product version of a pool, 5 to 8, from the services that make it one; its stores may be older.
   * `undefined` where the files do not say.
   */
  versionOf(pool: string): number | undefined {
    for (const role of ['Registrar', 'Director', 'UserServer', 'EdgeServer', 'WebServer']) {
      const version = Number(this.service(pool, role)?.text('Version'));
      if (Number.isInteger(version)) return version;
    }
    return undefined;
  }

  /** The pools whose people come in through an Edge pool. */
  poolsBehindEdge(edge: string): readonly string[] {
    return this.#poolsBehindEdges.get().get(edge.toLowerCase()) ?? [];
  }

  /** The pool that a computer belongs to; a server that is a pool of one is its own. */
  poolOfComputer(computer: string): string | undefined {
    return this.#poolOfComputer.get().get(computer.toLowerCase());
  }

  /** The computers of a pool; one of which the files name none is a pool of one. */
  computersOf(pool: string): readonly string[] {
    const named = this.namedComputersOf(pool);
    return named.length > 0 ? named : [pool];
  }

  /** The computers that a pool lists, else those that say that they belong to it; empty where the files name none. */
  namedComputersOf(pool: string): readonly string[] {
    const value = this.#deployment.find('CsPool', pool)?.property('Computers')?.value;
    const listed =
      value?.type === 'sequence' ? value.items.map(referenceName).filter((name) => name !== undefined) : [];
    return listed.length > 0 ? listed : (this.#computersOfPool.get().get(pool.toLowerCase()) ?? []);
  }

  #findPoolsBehindEdges(): Map<string, string[]> {
    const behind = new Map<string, Set<string>>();
    for (const service of this.#deployment.all('CsService')) {
      const pool = poolOf(service)?.toLowerCase();
      if (roleOf(service)?.toLowerCase() !== 'registrar' || pool === undefined) continue;
      // A Director homes nobody.
      if (service.text('IsDirector')?.toLowerCase() === 'true') continue;
      const edge = this.servingPool(pool, 'EdgeServer')?.toLowerCase();
      if (edge !== undefined) behind.set(edge, (behind.get(edge) ?? new Set()).add(pool));
    }
    return new Map(Array.from(behind, ([edge, pools]) => [edge, [...pools]]));
  }

  #findSites(): Map<string, string> {
    const sites = new Map<string, string>();
    for (const service of this.#deployment.all('CsService')) {
      const pool = poolOf(service);
      const site = service.text('SiteId');
      if (pool && site?.toLowerCase().startsWith('site:'))
        sites.set(pool.toLowerCase(), parseIdentity(site).name);
    }
    for (const site of this.#deployment.all('CsSite')) {
      const pools = site.property('Pools')?.value;
      const name = site.text('Identity');
      if (pools?.type !== 'sequence' || name === undefined) continue;
      for (const pool of pools.items) {
        const fqdn = referenceName(pool);
        if (fqdn) sites.set(fqdn.toLowerCase(), withoutSite(name));
      }
    }
    for (const pool of this.#deployment.all('CsPool')) {
      const site = pool.text('Site');
      const fqdn = fqdnOf(pool);
      if (site && fqdn) sites.set(fqdn.toLowerCase(), withoutSite(site));
    }
    return sites;
  }

  #findPoolsOfComputers(): Map<string, string> {
    const pools = new Map<string, string>();
    for (const pool of this.#deployment.all('CsPool')) {
      const fqdn = fqdnOf(pool);
      if (fqdn === undefined) continue;
      pools.set(fqdn.toLowerCase(), fqdn);
      for (const computer of this.computersOf(fqdn)) pools.set(computer.toLowerCase(), fqdn);
    }
    for (const computer of this.#deployment.all('CsComputer')) {
      const fqdn = fqdnOf(computer);
      const pool = computer.text('Pool');
      if (fqdn !== undefined && pool !== undefined) pools.set(fqdn.toLowerCase(), pool);
    }
    return pools;
  }

  #findComputersOfPools(): Map<string, string[]> {
    const computers = new Map<string, string[]>();
    for (const computer of this.#deployment.all('CsComputer')) {
      const fqdn = fqdnOf(computer);
      const pool = computer.text('Pool')?.toLowerCase();
      if (fqdn === undefined || pool === undefined) continue;
      const list = computers.get(pool);
      if (list) list.push(fqdn);
      else computers.set(pool, [fqdn]);
    }
    return computers;
  }

  #findPoolsOfSites(): Map<string, string[]> {
    const pools = new Map<string, string[]>();
    for (const [pool, site] of this.#siteOfPool.get()) {
      const list = pools.get(site.toLowerCase());
      if (list) list.push(pool);
      else pools.set(site.toLowerCase(), [pool]);
    }
    return pools;
  }

  #findServices(): Map<string, LyncObject[]> {
    const services = new Map<string, LyncObject[]>();
    for (const service of this.#deployment.all('CsService')) {
      const pool = poolOf(service)?.toLowerCase();
      if (pool === undefined) continue;
      const list = services.get(pool);
      if (list) list.push(service);
      else services.set(pool, [service]);
    }
    return services;
  }
}

/** The name of a pool or a computer. */
export function fqdnOf(object: LyncObject): string | undefined {
  return object.text('Identity') ?? object.text('Fqdn');
}

export function roleOf(service: LyncObject): string | undefined {
  return service.text('Role') ?? parseIdentity(service.text('Identity') ?? '').role;
}

/** The pool that a service runs on, as its file writes it. */
export function poolOf(service: LyncObject): string | undefined {
  const named = service.text('PoolFqdn');
  if (named) return named;
  const { scope, name } = parseIdentity(service.text('Identity') ?? '');
  return scope === 'Service' ? name : undefined;
}

function withoutSite(name: string): string {
  return name.replace(/^site:/i, '');
}
