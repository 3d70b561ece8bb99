// A deployment of the size and the shape of a large one in production: 5 central and 55 branch sites, 620 pools, three product
// versions at once. It is well kept, so that whatever is found in it is true. The same users give the same bytes.
//   node scripts/generators/topology.mjs FOLDER [USERS]
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isProgram, main, Stop } from '../command.mjs';
import { people } from './people.mjs';
import { patchVersions, servers, servicesOf } from './servers.mjs';
import { domains, policies, settings, simpleUrls } from './settings.mjs';
import { section } from './yaml.mjs';

/** @typedef {ReturnType<typeof servers>} Servers */
/** @typedef {Readonly<Record<string, readonly import('./yaml.mjs').Item[]>>} Sections */

const usersPerFile = 2500;

/**
 * The files of the deployment.
 *
 * @param {{ users?: number }} [size]
 * @returns {Map<string, string>} YAML text by the file's name
 */
export function largeTopology({ users: count = 20_000 } = {}) {
  const made = servers();
  const { users, contacts } = people(count, homesOf(made));
  /** @type {(sections: Sections) => string} */
  const file = (sections) =>
    Object.entries(sections)
      .map(([name, items]) => (items.length > 0 ? section(name, items) : `${name}: []\n`))
      .join('\n');
  const files = new Map([
    ['topology.lync.yaml', file(topologyOf(made))],
    ['policies.lync.yaml', file(policies)],
    ['settings.lync.yaml', file(settings(made.twoFactor))],
    ['contacts.lync.yaml', file({ CsUnifiedContactStore: contacts })],
  ]);
  for (let from = 0; from < users.length; from += usersPerFile) {
    const number = String(from / usersPerFile + 1).padStart(2, '0');
    files.set(`users/users-${number}.lync.yaml`, file({ CsUser: users.slice(from, from + usersPerFile) }));
  }
  return files;
}

/** @type {(made: Servers) => Sections} */
function topologyOf({ sites, pools }) {
  return {
    CsSipDomain: domains.map((domain, index) => ({ Identity: domain, Name: domain, IsDefault: index === 0 })),
    CsSite: sites.map(({ name, parent, pools: names }) => ({
      Identity: `Site:${name}`,
      Pools: names,
      FederationRoute: federationRoute(pools, parent?.name ?? name),
      DisplayName: name,
      SiteType: parent ? 'RemoteSite' : 'CentralSite',
      ParentSite: parent ? `Site:${parent.name}` : null,
    })),
    CsPool: pools.map(({ fqdn, services, computers, backup, site }) => ({
      Identity: fqdn,
      Services: services.map(({ Identity }) => (typeof Identity === 'string' ? Identity : '')),
      Computers: computers,
      BackupPoolFqdn: backup ?? null,
      Site: `Site:${site.name}`,
      Fqdn: fqdn,
    })),
    CsComputer: pools.flatMap(({ fqdn, computers }) =>
      computers.map((computer) => ({ Identity: computer, Pool: fqdn, Fqdn: computer })),
    ),
    CsService: servicesOf(pools),
    CsSimpleUrl: simpleUrls(),
    CsServerPatchVersion: patchVersions(pools),
  };
}

/** The first Edge pool of a central site. @type {(pools: Servers['pools'], site: string) => string} */
function federationRoute(pools, site) {
  const edge = pools.find((pool) => pool.site.name === site && pool.product === 'Edge Server');
  return edge ? `EdgeServer:${edge.fqdn}` : '';
}

/** Most people are on the Enterprise pools, few on each appliance. @type {(made: Servers) => import('./people.mjs').Home[]} */
function homesOf({ frontEnds, appliances }) {
  return [
    ...frontEnds.map(({ pool, isEnterprise, isTwoFactor }) => ({
      pool: pool.fqdn,
      site: pool.site.name,
      weight: isEnterprise ? 20 * pool.computers.length : 12,
      isTwoFactor,
    })),
    ...appliances.map(({ fqdn, site }) => ({ pool: fqdn, site: site.name, weight: 4, isTwoFactor: false })),
  ];
}

if (isProgram(import.meta.url))
  await main(() => {
    const [folder, users = '20000', ...rest] = process.argv.slice(2);
    if (folder === undefined || rest.length > 0 || !/^\d+$/.test(users))
      throw new Stop('Usage: node scripts/generators/topology.mjs FOLDER [USERS]', 2);
    for (const [name, text] of largeTopology({ users: Number(users) })) {
      const path = join(folder, name);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, text);
    }
    return Promise.resolve();
  });
