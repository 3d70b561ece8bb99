// Writes a topology document: as Get-CsTopology -AsXml prints it, or as Topology Builder saves it.
import {
  domainsOf,
  deploy,
  element,
  failover,
  guid,
  instancesOf,
  interfaces,
  internalDomains,
  isServer,
  none,
  original,
  portsElement,
  referencesIn,
  roleChild,
  roleVersion,
  serviceId,
  simpleUrlConfiguration,
  textOf,
  topology,
} from './topologyElements.mjs';
import { portsOf } from './topologyPorts.mjs';

/** @typedef {import('./yaml.mjs').Item} Item */
/** @typedef {import('./servers.mjs').Site} Site */
/** @typedef {import('./servers.mjs').Pool} Pool */
/** `design`: made with Topology Builder and never published. @typedef {'published' | 'design' | 'downloaded'} Shape */
/** A service and where it is. @typedef {{ item: Item, pool: Pool, role: string, id: readonly [string, string, string], key: string, ports: readonly import('./topologyPorts.mjs').Port[] }} Placed */

/** Writes a document, and knows what everything in it is called. */
export class Document {
  /** By the name that the cmdlets have. @type {Map<string, Placed>} */
  services = new Map();
  #shape;
  #sites;
  #pools;
  /** @type {Map<Pool, number>} */
  #numbers = new Map();

  /** @param {Shape} shape @param {readonly Site[]} sites @param {readonly Pool[]} pools */
  constructor(shape, sites, pools) {
    this.#shape = shape;
    this.#sites = sites;
    this.#pools = pools;
    for (const site of sites)
      pools.filter((pool) => pool.site === site).forEach((pool, index) => this.#numbers.set(pool, index + 1));
    for (const pool of pools)
      for (const item of pool.services) {
        const [site = '', role = '', instance = ''] = textOf(item.ServiceId).split('-');
        this.services.set(textOf(item.Identity), {
          item,
          pool,
          role,
          id: [site, role, instance],
          key:
            shape === 'design'
              ? guid(0x1000 + this.services.size)
              : `${site}${role.toLowerCase()}${instance}`,
          ports: portsOf(role, item),
        });
      }
  }

  text() {
    if (this.#shape === 'published')
      return `${element('Topology', { xmlns: topology, Signature: guid(1) }, [
        internalDomains({}),
        element(
          'Sites',
          {},
          this.#sites.map((site) => this.#site(site)),
        ),
        element(
          'Clusters',
          {},
          this.#pools.map((pool) => this.#cluster(pool)),
        ),
        element(
          'SqlInstances',
          {},
          this.#pools.flatMap((pool) =>
            instancesOf(pool).map((name) => element('SqlInstance', {}, [this.#instanceId(pool, name)])),
          ),
        ),
        element(
          'Services',
          {},
          Array.from(this.services.values(), (placed) => this.#service(placed)),
        ),
      ])}\n`;
    const isDownloaded = this.#shape === 'downloaded';
    const attributes = { IsFreeFromChanges: 'true', FileName: 'C:\\Topologies\\contoso.tbxml' };
    return `<?xml version="1.0" encoding="utf-8"?>\n${element(
      'TopologyBuilder',
      { ...attributes, xmlns: `${deploy}.TopologyBuilder.2008` },
      [
        ...(isDownloaded ? [original()] : []),
        element('NewTopology', {}, [
          element(
            'PartialTopology',
            {
              IsPublished: String(isDownloaded),
              Signature: isDownloaded ? guid(1) : none,
              ...(isDownloaded ? { LastSiteId: String(this.#sites.length) } : {}),
              xmlns: `${deploy}.WritableTopology.2008`,
            },
            [
              internalDomains({ xmlns: topology }),
              simpleUrlConfiguration(),
              element(
                'CentralSites',
                {},
                this.#sites.filter(({ parent }) => !parent).map((site) => this.#builderSite(site)),
              ),
              element(
                'Services',
                {},
                Array.from(this.services.values(), (placed) => this.#builderService(placed)),
              ),
            ],
          ),
        ]),
      ],
    )}`;
  }

  /** How a saved document names the central site of a branch site is not known: an attribute is the likeliest. @type {(site: Site) => string} */
  #site(site) {
    const edge = this.#federationRoute(site);
    const [SiteId = '', RoleName = '', Instance = ''] = edge?.id ?? [];
    return element(
      site.parent ? 'RemoteSite' : 'CentralSite',
      { SiteId: String(site.number), ...(site.parent ? { ParentSiteId: String(site.parent.number) } : {}) },
      [
        element('Name', {}, site.name),
        element('Location', {}),
        ...(edge
          ? [
              element('SiteConfiguration', { Type: 'OCSSiteConfiguration' }, [
                element('OCSSiteConfiguration', { xmlns: `${deploy}.SiteConfigurations.2008` }, [
                  element('FederationRoute', {}, [
                    element('ServiceId', { SiteId, RoleName, Instance, xmlns: topology }),
                  ]),
                ]),
              ]),
            ]
          : []),
      ],
    );
  }

  /** @type {(site: Site) => string} */
  #builderSite(site) {
    const edge = this.#federationRoute(site);
    const inside = this.#sites.filter(({ parent }) => parent === site);
    return element(
      site.parent ? 'RemoteSite' : 'CentralSite',
      {
        SiteId: String(site.number),
        ...(this.#shape === 'downloaded' ? { OriginalSiteId: String(site.number) } : {}),
        ...(edge ? { FederationRouteServiceUniqueId: edge.key } : {}),
      },
      [
        element('Name', { xmlns: topology }, site.name),
        element('Location', { xmlns: topology }),
        element(
          'Clusters',
          {},
          this.#pools.filter((pool) => pool.site === site).map((pool) => this.#builderCluster(pool)),
        ),
        ...(site.parent
          ? []
          : [
              element(
                'RemoteSites',
                {},
                inside.map((branch) => this.#builderSite(branch)),
              ),
            ]),
      ],
    );
  }

  /** The first Edge pool of the central site. @type {(site: Site) => Placed | undefined} */
  #federationRoute(site) {
    const central = site.parent ?? site;
    return [...this.services.values()].find(
      ({ pool, role }) => role === 'EdgeServer' && pool.site === central,
    );
  }

  /** @type {(pool: Pool) => string} */
  #cluster(pool) {
    return element(
      'Cluster',
      { RequiresReplication: isServer(pool), RequiresSetup: isServer(pool), Fqdn: pool.fqdn },
      [
        this.#clusterId(pool),
        ...pool.computers.map((Fqdn, index) =>
          element(
            'Machine',
            { OrdinalInCluster: String(index + 1), Fqdn, ...domainsOf(pool, index) },
            interfaces({}),
          ),
        ),
      ],
    );
  }

  /** A machine that is a pool of its own has no name. @type {(pool: Pool) => string} */
  #builderCluster(pool) {
    const isSingle = pool.computers.length === 1 && pool.computers[0] === pool.fqdn;
    const isDownloaded = this.#shape === 'downloaded';
    const from = {
      OriginalSiteId: String(pool.site.number),
      OriginalNumber: String(this.#numbers.get(pool)),
    };
    return element(
      'Cluster',
      {
        IsSingleMachineOnly: String(isSingle),
        UniqueId: this.#poolKey(pool),
        RequiresReplication: isServer(pool),
        RequiresSetup: isServer(pool),
        Fqdn: pool.fqdn,
        ...(isDownloaded ? from : {}),
      },
      [
        element(
          'Machines',
          {},
          pool.computers.map((Fqdn, index) =>
            isSingle
              ? element('Machine', {})
              : element('Machine', { Fqdn, ...domainsOf(pool, index) }, interfaces({ xmlns: topology })),
          ),
        ),
        element(
          'SqlInstances',
          {},
          instancesOf(pool).map((Name) =>
            element('SqlInstance', { UniqueId: this.#instanceKey(pool, Name), Name }),
          ),
        ),
      ],
    );
  }

  /** @type {(placed: Placed) => string} */
  #service({ item, pool, role, id: [SiteId, RoleName, Instance], ports }) {
    const instance = item.SqlInstanceName;
    const backup = this.#named(item.BackupRegistrar);
    return element('Service', { RoleVersion: roleVersion(role), ServiceVersion: textOf(item.Version) }, [
      element('ServiceId', { SiteId, RoleName, Instance }),
      element(
        'DependsOn',
        {},
        this.#dependencies(item).map((target) =>
          element('Dependency', { Usage: 'Default' }, [serviceId(target)]),
        ),
      ),
      ...(backup ? [element('Backup', failover, [serviceId(backup)])] : []),
      element('InstalledOn', {}, [
        typeof instance === 'string' ? this.#instanceId(pool, instance) : this.#clusterId(pool),
      ]),
      portsElement(ports),
      ...roleChild(role, item),
    ]);
  }

  /** @type {(placed: Placed) => string} */
  #builderService({ item, pool, role, id: [OriginalSiteId, , OriginalInstance], key, ports }) {
    const instance = item.SqlInstanceName;
    const backup = this.#named(item.BackupRegistrar);
    return element(
      'Service',
      {
        UniqueId: key,
        RoleName: role,
        RoleVersion: roleVersion(role),
        InstalledOn: typeof instance === 'string' ? this.#instanceKey(pool, instance) : this.#poolKey(pool),
        ServiceVersion: textOf(item.Version),
        ...(this.#shape === 'downloaded' ? { OriginalSiteId, OriginalInstance } : {}),
      },
      [
        element(
          'DependsOn',
          {},
          this.#dependencies(item).map((target) =>
            element('Dependency', { ServiceUniqueId: target.key, Usage: 'Default' }),
          ),
        ),
        ...(backup ? [element('Backup', { ServiceUniqueId: backup.key, ...failover })] : []),
        portsElement(ports),
        ...roleChild(role, item),
      ],
    );
  }

  /** @type {(item: Item) => Placed[]} */
  #dependencies(item) {
    return referencesIn(item)
      .map((name) => this.#named(name))
      .filter((target) => target !== undefined);
  }

  /** @type {(name: unknown) => Placed | undefined} */
  #named(name) {
    if (typeof name !== 'string') return undefined;
    // The user services name the conferencing service in a word of their own.
    return this.services.get(name) ?? this.services.get(name.replace(/^Registrar:/, 'Director:'));
  }

  /** @type {(pool: Pool) => string} */
  #poolKey(pool) {
    if (this.#shape === 'design') return guid(0x100000 + this.#pools.indexOf(pool));
    return `${pool.site.number}-${this.#numbers.get(pool) ?? 0}`;
  }

  /** @type {(pool: Pool, name: string) => string} */
  #instanceKey(pool, name) {
    if (this.#shape === 'design')
      return guid(0x200000 + this.#pools.indexOf(pool) * 16 + instancesOf(pool).indexOf(name));
    return `sql${this.#poolKey(pool)}${name.toLowerCase()}`;
  }

  /** @type {(pool: Pool) => string} */
  #clusterId(pool) {
    return element('ClusterId', {
      SiteId: String(pool.site.number),
      Number: String(this.#numbers.get(pool)),
    });
  }

  /** @type {(pool: Pool, name: string) => string} */
  #instanceId(pool, Name) {
    return element('SqlInstanceId', { Name }, [this.#clusterId(pool)]);
  }
}
