/** What the cmdlets call the things of a topology, and what refers to what. */
import type { Remarks } from './remarks.ts';
import type { Cluster, Dependency, Service, Site, SqlInstance, Topology } from './topology.ts';

export interface NamedService {
  readonly service: Service;
  /** `Registrar:pool01.contoso.com`. */
  readonly identity: string;
  /** As Get-CsService prints it: `UserServer`. */
  readonly role: string;
  readonly cluster: Cluster;
  /** The instance of SQL Server that a store is on. */
  readonly instance: SqlInstance | undefined;
}

/** Roles that the cmdlets call otherwise than the document does. A Registrar can be a Director, too. */
const cmdletRoles: ReadonlyMap<string, string> = new Map([
  ['UserServices', 'UserServer'],
  ['WebServices', 'WebServer'],
  ['ConfServices', 'ConferencingServer'],
  ['ManagementServices', 'ManagementServer'],
  ['CentralMgmt', 'CentralManagement'],
  ['CentralMgmtStore', 'CentralManagementDatabase'],
  ['UserStore', 'UserDatabase'],
  ['ApplicationStore', 'ApplicationDatabase'],
  ['MonitoringStore', 'MonitoringDatabase'],
  ['ArchivingStore', 'ArchivingDatabase'],
  ['PersistentChatStore', 'PersistentChatDatabase'],
  ['PersistentChatComplianceStore', 'PersistentChatComplianceDatabase'],
  ['PersistentChatService', 'PersistentChatServer'],
  ['ExternalServer', 'TrustedApplicationPool'],
]);

export class Names {
  /** The services that run somewhere, in the order of the file. */
  readonly named: readonly NamedService[];
  readonly #remarks: Remarks;
  readonly #isWhole: boolean;
  readonly #sites: ReadonlyMap<string, Site>;
  readonly #clusters: ReadonlyMap<string, Cluster>;
  readonly #instances: ReadonlyMap<string, SqlInstance>;
  readonly #services = new Map<string, NamedService>();
  readonly #references = new Map<NamedService, readonly (readonly [Dependency, NamedService])[]>();
  readonly #dependents = new Map<NamedService, Set<string>>();

  /** @param isWhole what is referred to and not there is missing, and not cut off */
  constructor(topology: Topology, remarks: Remarks, isWhole: boolean) {
    this.#remarks = remarks;
    this.#isWhole = isWhole;
    this.#sites = this.#byKey('site', topology.sites);
    this.#clusters = this.#byKey('pool', topology.clusters);
    this.#instances = this.#byKey('SQL Server instance', topology.sqlInstances);
    const services = this.#byKey('service', topology.services);
    this.named = topology.services.flatMap((service) => this.#name(service) ?? []);
    this.#sayTwice();
    // An id comes after the keys: where Topology Builder has made a key of its own, old references still have the id.
    for (const named of this.named)
      if (services.get(named.service.key) === named.service) this.#services.set(named.service.key, named);
    for (const named of this.named) {
      const { id } = named.service;
      if (id !== undefined && !this.#services.has(id)) this.#services.set(id, named);
    }
    for (const named of this.named) this.#connect(named, services);
    for (const cluster of topology.clusters) this.#checkSite(cluster);
    this.#sayUnused(topology.sqlInstances);
  }

  site(key: string): Site | undefined {
    return this.#sites.get(key);
  }

  /** `Site:Redmond`; `undefined` where the file does not have the site. */
  siteOf(cluster: Cluster): string | undefined {
    const site = this.#sites.get(cluster.site);
    return site && siteIdentity(site);
  }

  find(key: string): NamedService | undefined {
    return this.#services.get(key);
  }

  /** What a service depends on, and how. */
  references(named: NamedService): readonly (readonly [Dependency, NamedService])[] {
    return this.#references.get(named) ?? [];
  }

  /** The services that depend on this one, as DependentServiceList has them. */
  dependents(named: NamedService): string[] {
    return [...(this.#dependents.get(named) ?? [])];
  }

  /** Says that something is referred to and not there. Of a file that is cut off nobody can say it. */
  sayMissing(message: string, line: number): void {
    if (this.#isWhole) this.#remarks.add('missing', message, line);
  }

  #name(service: Service): NamedService | undefined {
    const instance = this.#instances.get(service.installedOn);
    const cluster = this.#clusters.get(instance?.cluster ?? service.installedOn);
    const { line } = service;
    if (service.role === '') {
      this.#remarks.add('left out', 'A service without a RoleName is left out.', line);
      return undefined;
    }
    if (!cluster?.fqdn) {
      const where = service.installedOn === '' ? 'nothing' : `'${service.installedOn}'`;
      this.#remarks.add(
        'left out',
        `Service '${labelOf(service)}' is installed on ${where}, which is no pool of the file: without one it has no name, and is left out.`,
        line,
      );
      return undefined;
    }
    const role = roleOf(service);
    return { service, identity: `${role}:${cluster.fqdn}`, role, cluster, instance };
  }

  #connect(named: NamedService, all: ReadonlyMap<string, Service>): void {
    const references: (readonly [Dependency, NamedService])[] = [];
    for (const dependency of named.service.dependencies) {
      const target = this.find(dependency.service);
      if (!target) {
        const why = all.has(dependency.service) ? 'is left out' : 'the file does not have';
        this.sayMissing(
          `'${named.identity}' depends on service '${dependency.service}', which ${why}: the reference is left out.`,
          dependency.line,
        );
        continue;
      }
      references.push([dependency, target]);
      const dependents = this.#dependents.get(target) ?? new Set();
      this.#dependents.set(target, dependents.add(named.identity));
    }
    this.#references.set(named, references);
  }

  #checkSite(cluster: Cluster): void {
    if (cluster.fqdn === '')
      this.#remarks.add('left out', 'A pool without Fqdn is left out: it has no name.', cluster.line);
    else if (!this.#sites.has(cluster.site))
      this.sayMissing(
        `Pool '${cluster.fqdn}' is in site '${cluster.site}', which the file does not have.`,
        cluster.line,
      );
  }

  /** An instance of SQL Server is printed with the databases that are on it, and nowhere else. */
  #sayUnused(instances: readonly SqlInstance[]): void {
    const used = new Set(this.named.map(({ instance }) => instance));
    for (const instance of instances) {
      if (used.has(instance)) continue;
      const name = instance.name === '' ? 'The default instance' : `The instance '${instance.name}'`;
      const server = this.#clusters.get(instance.cluster)?.fqdn ?? instance.cluster;
      this.#remarks.add(
        'left out',
        `${name} of SQL Server on '${server}' is left out: no database is on it.`,
        instance.line,
      );
    }
  }

  /** Of several with one key what refers to it means the first. */
  #byKey<Item extends { readonly key: string; readonly line: number }>(
    what: string,
    items: readonly Item[],
  ): Map<string, Item> {
    const byKey = new Map<string, Item>();
    for (const item of items) {
      const first = byKey.get(item.key);
      if (!first) byKey.set(item.key, item);
      else if (item.key !== '')
        this.#remarks.add(
          'changed',
          `The ${what} id '${item.key}' is in the file twice, first in line ${first.line}: whatever refers to it is taken to mean that one.`,
          item.line,
        );
    }
    return byKey;
  }

  /** Two databases of a kind on different instances of one server have one name for the cmdlets, too. */
  #sayTwice(): void {
    const first = new Map<string, NamedService>();
    for (const named of this.named) {
      const other = first.get(named.identity.toLowerCase());
      if (!other) first.set(named.identity.toLowerCase(), named);
      else
        this.#remarks.add(
          'changed',
          `Two services are called '${named.identity}', first in line ${other.service.line}: references do not tell which of them is meant.`,
          named.service.line,
        );
    }
  }
}

export function siteIdentity({ name, key }: Site): string {
  return `Site:${name.trim() || key}`;
}

/** Whether a Registrar is a Director: it signs people in and is home to none. */
export function isDirector({ role, details }: Service): boolean {
  return role === 'Registrar' && details.some(({ attributes }) => attributes.get('IsDirector') === 'true');
}

function roleOf(service: Service): string {
  return isDirector(service) ? 'Director' : (cmdletRoles.get(service.role) ?? service.role);
}

function labelOf({ id, key, role }: Service): string {
  return id ?? (key === '' ? role : `${role} ${key}`);
}
