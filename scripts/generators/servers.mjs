// The servers of a large deployment: sites, pools, computers and services, in the numbers of one that was in production.
import { buildOf } from './builds.mjs';
import { branches, centralSites, edgeOf, edges, fqdn, frontEnds, paired } from './landscape.mjs';
import { Maker } from './maker.mjs';

/** @typedef {import('./yaml.mjs').Item} Item */
/** @typedef {{ name: string, code: string, number: number, parent?: Site, pools: string[] }} Site */
/**
 * A pool, and what it runs. A pool of one server has its name.
 * @typedef {{ fqdn: string, site: Site, computers: string[], services: Item[], version: number, backup?: string, product?: string }} Pool
 */
/** @typedef {{ pool: Pool, isEnterprise: boolean, isTwoFactor: boolean, edge: string, fileStore: string }} FrontEnd */

/**
 * @returns {{ sites: Site[], pools: Pool[], frontEnds: FrontEnd[], appliances: Pool[], twoFactor: { pools: string[], directors: string[], edges: string[] } }}
 */
export function servers() {
  const sites = makeSites();
  const maker = new Maker(sites);
  const fileStores = new Map(centralSites.map(([, code = '']) => [code, maker.fileStores(code)]));
  const databases = new Map(centralSites.map(([, code = '']) => [code, maker.reports(code)]));
  const web = maker.officeServers();
  const made = frontEnds.map(([code, name, size, version, kind], index) => {
    const partner = index < paired ? frontEnds[index ^ 1]?.[1] : undefined;
    const backup = partner === undefined ? {} : { backup: fqdn(partner) };
    return maker.frontEnd({
      code,
      name,
      size,
      version,
      isTwoFactor: kind === 'card',
      edge: edgeOf(code, kind),
      fileStore: fileStores.get(code)?.[index % 2] ?? '',
      reports: databases.get(code) ?? '',
      web: web[index % web.length] ?? '',
      hasMediation: kind !== 'card',
      ...backup,
    });
  });
  const home = (/** @type {string} */ code, /** @type {string} */ kind) =>
    made.find(({ pool, edge }) => pool.site.code === code && edge === edgeOf(code, kind))?.pool.fqdn ?? '';
  const directors = ['rdg', 'fra'].map((code) => maker.director(code, fileStores.get(code)?.[0] ?? ''));
  for (const [code, name, size, kind] of edges)
    maker.edge(
      code,
      name,
      size,
      kind === 'card' ? `Director:${fqdn(`dir-${code}-card`)}` : `Registrar:${home(code, kind)}`,
    );
  maker.centralManagement(made);
  const branchPools = maker.branches(home);
  maker.chat(home, fileStores);
  maker.gateways(maker.mediation(home));
  maker.applications(made);
  return {
    sites,
    pools: maker.pools,
    frontEnds: made,
    appliances: branchPools,
    twoFactor: {
      pools: made.filter(({ isTwoFactor }) => isTwoFactor).map(({ pool }) => pool.fqdn),
      directors: directors.map((pool) => pool.fqdn),
      edges: edges.filter(([, , , kind]) => kind === 'card').map(([, name]) => fqdn(name)),
    },
  };
}

/** Every service by its pool's name, as Get-CsService prints it. @type {(pools: readonly Pool[]) => Item[]} */
export function servicesOf(pools) {
  return pools.flatMap(({ services }) => services);
}

function makeSites() {
  /** @type {Site[]} */
  const sites = centralSites.map(([name = '', code = ''], index) => ({
    name,
    code,
    number: index + 1,
    pools: [],
  }));
  branches.forEach((name, index) => {
    const parent = sites[index % centralSites.length];
    sites.push({
      name,
      code: name.toLowerCase(),
      number: sites.length + 1,
      pools: [],
      ...(parent ? { parent } : {}),
    });
  });
  return sites;
}

/** What Get-CsServerPatchVersion prints on the servers on which Lync or Skype for Business Server is installed. @type {(pools: readonly Pool[]) => Item[]} */
export function patchVersions(pools) {
  return pools.flatMap(({ computers, version, product }) =>
    product === undefined
      ? []
      : computers.map((computer) => {
          const { name, build } = buildOf(version);
          return { ComponentName: `${name}, ${product}`, Version: build, PSComputerName: computer };
        }),
  );
}
