// Topology documents of any size: as Get-CsTopology -AsXml prints them, and as Topology Builder saves them. They are made from the
// same servers as the large deployment in YAML, so that what is imported can be held against it.
//   node scripts/generators/topologyXml.mjs published|design|downloaded 1|20|620
import { isProgram, main, Stop } from '../command.mjs';
import { branches, centralSites, edgeOf, fqdn, frontEnds } from './landscape.mjs';
import { Maker } from './maker.mjs';
import { servers } from './servers.mjs';
import { domains } from './settings.mjs';
import { Document } from './topologyDocument.mjs';

/** @typedef {import('./servers.mjs').Site} Site */
/** @typedef {import('./servers.mjs').Pool} Pool */
/** @typedef {import('./topologyDocument.mjs').Shape} Shape */
/** @typedef {{ sites: number, pools: number, computers: number, services: number, ports: number, sipDomains: number }} Counts */

/**
 * @param {Shape} shape
 * @param {1 | 20 | 620} count how many pools
 * @returns {{ text: string, counts: Counts, sites: readonly Site[], pools: readonly Pool[] }} the document, and what is in it
 */
export function topologyXml(shape, count) {
  const { sites, pools } = count === 1 ? alone() : count === 20 ? few() : servers();
  const document = new Document(shape, sites, pools);
  const services = [...document.services.values()];
  return {
    text: document.text(),
    sites,
    pools,
    counts: {
      sites: sites.length,
      pools: pools.length,
      computers: pools.flatMap(({ computers }) => computers).length,
      services: services.length,
      ports: services.flatMap(({ ports }) => ports).length,
      sipDomains: domains.length,
    },
  };
}

/** A Standard Edition server with everything on it. @returns {{ sites: Site[], pools: Pool[] }} */
function alone() {
  const [name = '', code = ''] = centralSites[0] ?? [];
  const sites = [{ name, code, number: 1, pools: [] }];
  const maker = new Maker(sites);
  const pool = maker.pool(code, 'se-rdg-01', { product: 'Front End Server' });
  const own = (/** @type {string} */ role) => `${role}:${pool.fqdn}`;
  const FileStore = own('FileStore');
  maker.service(pool, 'UserServer', {
    UserDatabase: own('UserDatabase'),
    FileStore,
    ConferenceServer: own('ConferencingServer'),
  });
  maker.service(pool, 'Registrar', { UserServer: own('UserServer'), WebServer: own('WebServer') });
  maker.service(pool, 'UserDatabase', { SqlInstanceName: 'rtc' });
  maker.service(pool, 'FileStore', { ShareName: 'lyncshare' });
  maker.service(pool, 'WebServer', {
    FileStore,
    UserServer: own('UserServer'),
    ExternalFqdn: 'web-se-rdg-01.contoso.com',
  });
  maker.service(pool, 'ConferencingServer', { FileStore, WebServer: own('WebServer') });
  maker.service(pool, 'CentralManagement', {
    Active: true,
    CentralManagementDatabase: own('CentralManagementDatabase'),
    FileStore,
  });
  maker.service(pool, 'CentralManagementDatabase', { SqlInstanceName: 'rtc' });
  return { sites, pools: maker.pools };
}

/** Two pairs of sites, the central ones with an Enterprise pool each, the branches with an appliance each. @returns {{ sites: Site[], pools: Pool[] }} */
function few() {
  /** @type {Site[]} */
  const sites = [];
  for (const [name = '', code = ''] of centralSites.slice(0, 2))
    sites.push({ name, code, number: sites.length + 1, pools: [] });
  branches.slice(0, 2).forEach((name, index) => {
    const parent = sites[index];
    if (parent) sites.push({ name, code: name.toLowerCase(), number: sites.length + 1, pools: [], parent });
  });
  const maker = new Maker(sites);
  const office = maker.pool('rdg', 'RDGWAC01');
  const web = maker.service(
    office,
    'WacService',
    { DiscoveryUrl: 'https://rdgwac01/hosting/discovery', IsExternal: false },
    6,
  );
  const made = frontEnds.slice(0, 2).map(([code, name, size, version], index) =>
    maker.frontEnd({
      code,
      name,
      size,
      version,
      isTwoFactor: false,
      edge: edgeOf(code, ''),
      fileStore: maker.fileStores(code)[0] ?? '',
      reports: maker.reports(code),
      web,
      hasMediation: true,
      backup: fqdn(frontEnds[1 - index]?.[1] ?? ''),
    }),
  );
  const home = (/** @type {string} */ code) =>
    made.find(({ pool }) => pool.site.code === code)?.pool.fqdn ?? '';
  for (const code of ['rdg', 'fra'])
    maker.edge(code, edgeOf(code, '').replace(/\..*/, ''), 2, `Registrar:${home(code)}`);
  maker.centralManagement(made);
  maker.branches(home);
  for (const number of ['01', '02', '03']) {
    const gateway = maker.pool('rdg', `GW-RDG-${number}`);
    maker.service(gateway, 'PstnGateway', {
      MediationServer: `MediationServer:${home('rdg')}`,
      GatewaySipClientTlsPort: 5067,
    });
  }
  return { sites, pools: maker.pools };
}

if (isProgram(import.meta.url))
  await main(() => {
    const [shape = '', count = '', ...rest] = process.argv.slice(2);
    if (!/^(?:published|design|downloaded)$/.test(shape) || !/^(?:1|20|620)$/.test(count) || rest.length > 0)
      throw new Stop(
        'Usage: node scripts/generators/topologyXml.mjs published|design|downloaded 1|20|620',
        2,
      );
    process.stdout.write(
      topologyXml(/** @type {Shape} */ (shape), /** @type {1 | 20 | 620} */ (Number(count))).text,
    );
    return Promise.resolve();
  });
