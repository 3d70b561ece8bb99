/** A topology as the cmdlets print it: Get-CsSite, Get-CsPool, Get-CsComputer, Get-CsService and their like. */
import type { ImportedObject, ImportedValue } from './imported.ts';
import type { Remarks } from './remarks.ts';
import type { Cluster, Site, SimpleUrls, Topology } from './topology.ts';
import { Names, siteIdentity, type NamedService } from './topologyNames.ts';
import { numberIn } from './topologyPorts.ts';
import { serviceProperties } from './topologyServices.ts';

type Properties = Iterable<readonly [name: string, value: ImportedValue | undefined]>;

/** @param isWhole the document was read to its end: what it refers to and does not have is missing, and not cut off */
export function* topologyObjects(
  topology: Topology,
  remarks: Remarks,
  file: string,
  isWhole: boolean,
): Generator<ImportedObject> {
  const names = new Names(topology, remarks, isWhole);
  const clusters = topology.clusters.filter(({ fqdn }) => fqdn !== '');
  const clustersOf = grouped(clusters, ({ site }) => names.site(site));
  const servicesOf = grouped(names.named, ({ cluster }) => cluster);
  const object = (section: string, line: number, properties: Properties): ImportedObject => ({
    section,
    properties: whatIsSet(properties),
    origin: { file, line },
  });

  for (const { name, line } of topology.sipDomains) {
    const isDefault = name.toLowerCase() === topology.defaultSipDomain?.toLowerCase();
    yield object('CsSipDomain', line, Object.entries({ Identity: name, Name: name, IsDefault: isDefault }));
  }
  checkDefault(topology, names);
  for (const site of topology.sites) {
    const pools = clustersOf.get(site) ?? [];
    const services = pools.flatMap((cluster) => servicesOf.get(cluster) ?? []);
    yield object('CsSite', site.line, siteProperties(site, pools, services, names));
  }
  for (const cluster of clusters)
    yield object('CsPool', cluster.line, poolProperties(cluster, servicesOf.get(cluster) ?? [], names));
  for (const { fqdn, machines } of clusters)
    for (const machine of machines) {
      const name = machine.fqdn || fqdn;
      yield object('CsComputer', machine.line, Object.entries({ Identity: name, Pool: fqdn, Fqdn: name }));
    }
  for (const named of names.named)
    yield object('CsService', named.service.line, serviceProperties(named, names, remarks));
  for (const urls of topology.simpleUrls) yield object('CsSimpleUrl', urls.line, simpleUrlProperties(urls));
}

function* siteProperties(
  site: Site,
  pools: readonly Cluster[],
  services: readonly NamedService[],
  names: Names,
): Properties {
  yield ['Identity', siteIdentity(site)];
  if (site.name.trim() === '')
    names.sayMissing(`Site '${site.key}' has no name: it is called by its number.`, site.line);
  yield ['SiteId', site.key === '' ? undefined : numberIn(site.key)];
  yield ['Services', services.map(({ identity }) => identity)];
  yield ['Pools', pools.map(({ fqdn }) => fqdn)];
  for (const [route, key] of site.routes) {
    const service = names.find(key);
    if (service) yield [route, service.identity];
    else
      names.sayMissing(
        `${route} of '${siteIdentity(site)}' is service '${key}', which the file does not have: it is left out.`,
        site.line,
      );
  }
  yield ['DisplayName', site.name.trim() || undefined];
  yield ['Description', site.description.trim() || undefined];
  yield ['SiteType', site.type];
  if (site.type === 'CentralSite') return;
  const parent = site.parent === undefined ? undefined : names.site(site.parent);
  if (parent) yield ['ParentSite', siteIdentity(parent)];
  else
    names.sayMissing(
      `The file does not say which central site the branch site '${siteIdentity(site)}' belongs to, or does not have it.`,
      site.line,
    );
}

function* poolProperties(
  { fqdn, machines, ...cluster }: Cluster,
  services: readonly NamedService[],
  names: Names,
): Properties {
  yield ['Identity', fqdn];
  yield ['Services', services.map(({ identity }) => identity)];
  yield ['Computers', machines.map((machine) => machine.fqdn || fqdn)];
  yield ['BackupPoolFqdn', backupOf(services, names)];
  yield ['Site', names.siteOf({ fqdn, machines, ...cluster })];
  yield ['Fqdn', fqdn];
}

/**
 * The pool with which another is paired: their backup services copy to one another, or each has the other's Registrar as its backup.
 * A branch appliance has a backup Registrar as well, and is paired with nothing.
 */
function backupOf(services: readonly NamedService[], names: Names): string | undefined {
  for (const named of services) {
    const partner = names
      .references(named)
      .find(([, { role }]) => named.role === 'BackupService' && role === named.role);
    if (partner) return partner[1].cluster.fqdn;
  }
  for (const { service } of services) {
    const other = service.backup && names.find(service.backup.service);
    if (other?.service.backup && names.find(other.service.backup.service)?.service === service)
      return other.cluster.fqdn;
  }
  return undefined;
}

function* simpleUrlProperties({ useBackendDatabase, urls }: SimpleUrls): Properties {
  yield ['Identity', 'Global'];
  yield [
    'SimpleUrl',
    urls.map(({ component, domain, activeUrl, entries }) => ({
      SimpleUrlEntry: entries.map((url) => ({ Url: url })),
      Component: component,
      Domain: domain,
      ActiveUrl: activeUrl,
    })),
  ];
  yield ['UseBackendDatabase', useBackendDatabase === undefined ? undefined : useBackendDatabase === 'true'];
}

function checkDefault({ sipDomains, defaultSipDomain }: Topology, names: Names): void {
  if (sipDomains.length === 0) return;
  if (!sipDomains.some(({ name }) => name.toLowerCase() === defaultSipDomain?.toLowerCase()))
    names.sayMissing(
      `The default SIP domain '${defaultSipDomain ?? ''}' is none of the file's SIP domains.`,
      sipDomains[0]?.line ?? 1,
    );
}

function grouped<Item, Key>(items: readonly Item[], keyOf: (item: Item) => Key): Map<Key, Item[]> {
  const groups = new Map<Key, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}

/** Without what is not set; of what comes twice, the first. */
function whatIsSet(properties: Properties): ReadonlyMap<string, ImportedValue> {
  const set = new Map<string, ImportedValue>();
  for (const [name, value] of properties) if (value !== undefined && !set.has(name)) set.set(name, value);
  return set;
}
