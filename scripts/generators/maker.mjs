// Makes the pools of a deployment, one kind after the other, with their computers and services.
import {
  appliances,
  applications,
  edgeOf,
  fqdn,
  gateways,
  internal,
  mediationPools,
  serverOf,
  two,
  usual,
} from './landscape.mjs';

/** @typedef {import('./yaml.mjs').Item} Item */
/** @typedef {import('./servers.mjs').Site} Site */
/** @typedef {import('./servers.mjs').Pool} Pool */
/** @typedef {import('./servers.mjs').FrontEnd} FrontEnd */

/** What the topology document calls roles that Get-CsService calls otherwise. */
const documentRoles = new Map([
  ['UserServer', 'UserServices'],
  ['WebServer', 'WebServices'],
  ['ConferencingServer', 'ConfServices'],
  ['Director', 'Registrar'],
  ['CentralManagement', 'CentralMgmt'],
  ['CentralManagementDatabase', 'CentralMgmtStore'],
  ['TrustedApplicationPool', 'ExternalServer'],
  ['PersistentChatServer', 'PersistentChatService'],
]);

/** Makes pools, and numbers their services as Lync does: site, role, instance. */
export class Maker {
  /** @type {Pool[]} */
  pools = [];
  #sites;
  /** @type {Map<string, number>} */
  #instances = new Map();

  constructor(/** @type {readonly Site[]} */ sites) {
    this.#sites = sites;
  }

  /** @type {(code: string, name: string, options?: { size?: number, version?: number, product?: string }) => Pool} */
  pool(code, name, { size = 1, version = usual, product } = {}) {
    const site = this.#sites.find((candidate) => candidate.code === code);
    if (!site) throw new Error(`There is no site '${code}'.`);
    const full = fqdn(name);
    const computers =
      size === 1 ? [full] : Array.from({ length: size }, (_, index) => serverOf(name, index + 1));
    /** @type {Pool} */
    const pool = {
      fqdn: full,
      site,
      computers,
      services: [],
      version,
      ...(product === undefined ? {} : { product }),
    };
    site.pools.push(full);
    this.pools.push(pool);
    return pool;
  }

  /** @type {(pool: Pool, role: string, properties?: Item, version?: number) => string} the service's name */
  service(pool, role, properties = {}, version = pool.version) {
    const identity = `${role}:${pool.fqdn}`;
    const numbered = `${pool.site.number}-${documentRoles.get(role) ?? role.replace(/Database$/, 'Store')}`;
    const instance = (this.#instances.get(numbered) ?? 0) + 1;
    this.#instances.set(numbered, instance);
    const dependencies = Object.values(properties).flatMap((value) =>
      typeof value === 'string' && /^[A-Z]\w+:/.test(value) ? [value] : [],
    );
    pool.services.push({
      Identity: identity,
      ...properties,
      DependentServiceList: dependencies,
      ServiceId: `${numbered}-${instance}`,
      SiteId: `Site:${pool.site.name}`,
      PoolFqdn: pool.fqdn,
      Version: version,
      Role: role,
    });
    return identity;
  }

  /** Two file servers in a site; the oldest of all is from the time of Lync Server 2013. */
  fileStores(/** @type {string} */ code) {
    const count = code === 'rdg' || code === 'fra' ? 3 : 2;
    return Array.from({ length: count }, (_, index) => {
      const old = code === 'rdg' && index === 0;
      const store = this.pool(code, `files-${code}-0${index + 1}`);
      return this.service(store, 'FileStore', { ShareName: 'lyncshare' }, old ? 6 : usual);
    });
  }

  /** The database server for monitoring and archiving of a site. @returns {string} its name */
  reports(/** @type {string} */ code) {
    const pool = this.pool(code, `sql-${code}-reports`);
    this.service(pool, 'MonitoringDatabase', { SqlInstanceName: 'mon' });
    this.service(pool, 'ArchivingDatabase', { SqlInstanceName: 'arch' });
    return pool.fqdn;
  }

  /** Office Web Apps: short names, and never upgraded. */
  officeServers() {
    return ['RDGWAC01', 'REDWAC01'].map((name) => {
      const pool = this.pool(name.slice(0, 3).toLowerCase(), name);
      const properties = {
        DiscoveryUrl: `https://${name.toLowerCase()}.contoso.com/hosting/discovery`,
        IsExternal: false,
      };
      return this.service(pool, 'WacService', properties, 6);
    });
  }

  /**
   * @param {{ code: string, name: string, size: number, version: number, isTwoFactor: boolean, edge: string, fileStore: string, reports: string, web: string, hasMediation: boolean, backup?: string }} wanted
   * @returns {FrontEnd}
   */
  frontEnd({ code, name, size, version, isTwoFactor, edge, fileStore, reports, web, hasMediation, backup }) {
    const isEnterprise = size > 1;
    const pool = this.pool(code, name, { size, version, product: 'Front End Server' });
    const store = isEnterprise ? this.pool(code, `sql-${name}`) : pool;
    const own = (/** @type {string} */ role) => `${role}:${pool.fqdn}`;
    const EdgeServer = `EdgeServer:${edge}`;
    this.service(pool, 'Registrar', {
      UserServer: own('UserServer'),
      WebServer: own('WebServer'),
      EdgeServer,
      MonitoringDatabase: `MonitoringDatabase:${reports}`,
      ArchivingDatabase: `ArchivingDatabase:${reports}`,
      BackupRegistrar: backup === undefined ? null : `Registrar:${backup}`,
    });
    const UserDatabase = this.service(store, 'UserDatabase', { SqlInstanceName: 'rtc' }, version);
    this.service(pool, 'UserServer', { UserDatabase, ConferenceServer: own('ConferencingServer') });
    this.service(pool, 'WebServer', {
      FileStore: fileStore,
      UserServer: own('UserServer'),
      ExternalFqdn: `web-${name.toLowerCase()}.contoso.com`,
      InternalFqdn: isEnterprise ? `webint-${name.toLowerCase()}.${internal}` : null,
    });
    this.service(pool, 'ConferencingServer', { FileStore: fileStore, EdgeServer, WacService: web });
    this.service(pool, 'ApplicationServer', { Registrar: own('Registrar'), FileStore: fileStore });
    if (hasMediation) this.service(pool, 'MediationServer', { Registrar: own('Registrar'), EdgeServer });
    if (backup !== undefined) pool.backup = backup;
    return { pool, isEnterprise, isTwoFactor, edge, fileStore };
  }

  director(/** @type {string} */ code, /** @type {string} */ FileStore) {
    const pool = this.pool(code, `dir-${code}-card`, { size: 2, product: 'Front End Server' });
    const WebServer = `WebServer:${pool.fqdn}`;
    this.service(pool, 'Director', { WebServer, EdgeServer: `EdgeServer:${edgeOf(code, 'card')}` });
    this.service(pool, 'WebServer', {
      FileStore,
      ExternalFqdn: `web-dir-${code}.contoso.com`,
      InternalFqdn: null,
    });
    return pool;
  }

  /** @type {(code: string, name: string, size: number, nextHop: string) => void} */
  edge(code, name, size, nextHop) {
    const pool = this.pool(code, name, { size, product: 'Edge Server' });
    const outside = name.toLowerCase().replace('edge-', '');
    this.service(pool, 'EdgeServer', {
      Registrar: nextHop,
      AccessEdgeExternalFqdn: `sip-${outside}.contoso.com`,
      DataEdgeExternalFqdn: `webconf-${outside}.contoso.com`,
      AVEdgeExternalFqdn: `av-${outside}.contoso.com`,
      InternalInterfaceFqdn: pool.fqdn,
      AccessEdgeExternalSipPort: 5061,
      AccessEdgeClientSipPort: 443,
    });
  }

  /** On the first pair, active on one of them; its stores are older than all pools. */
  centralManagement(/** @type {readonly FrontEnd[]} */ made) {
    made.slice(0, 2).forEach(({ pool, fileStore }, index) => {
      const store = this.pools.find((candidate) => candidate.fqdn === `sql-${pool.fqdn}`) ?? pool;
      const database = this.service(store, 'CentralManagementDatabase', { SqlInstanceName: 'rtc' }, 6);
      const properties = { Active: index === 0, CentralManagementDatabase: database, FileStore: fileStore };
      this.service(pool, 'CentralManagement', properties);
    });
  }

  /** Survivable Branch Appliances: Registrar and Mediation Server only, everything else is at the central pool. */
  branches(/** @type {(code: string, kind: string) => string} */ home) {
    return this.#branchSites()
      .slice(0, appliances)
      .map((site) => {
        const code = site.parent?.code ?? '';
        const central = home(code, '');
        const pool = this.pool(site.code, `sba-${site.code}`, { product: 'Front End Server' });
        const EdgeServer = `EdgeServer:${edgeOf(code, '')}`;
        this.service(pool, 'Registrar', {
          UserServer: `UserServer:${central}`,
          WebServer: `WebServer:${central}`,
          EdgeServer,
          BackupRegistrar: `Registrar:${central}`,
        });
        this.service(pool, 'MediationServer', { Registrar: `Registrar:${pool.fqdn}`, EdgeServer });
        return pool;
      });
  }

  /** @type {(home: (code: string, kind: string) => string, fileStores: ReadonlyMap<string, string[]>) => void} */
  chat(home, fileStores) {
    for (const code of ['rdg', 'red']) {
      const pool = this.pool(code, `chat-${code}-01`, { size: 2, product: 'Persistent Chat Server' });
      const store = this.pool(code, `sql-chat-${code}`);
      this.service(pool, 'PersistentChatServer', {
        Registrar: `Registrar:${home(code, '')}`,
        FileStore: fileStores.get(code)?.[0] ?? '',
        PersistentChatDatabase: this.service(store, 'PersistentChatDatabase', { SqlInstanceName: 'chat' }),
        DisplayName: `Chat ${pool.site.name}`,
        ActiveServers: pool.computers,
      });
    }
  }

  /** Mediation Servers of their own, two at most sites. @returns {Pool[]} every pool with gateways, those of the branches, too */
  mediation(/** @type {(code: string, kind: string) => string} */ home) {
    for (let index = 0; index < mediationPools; index++) {
      const site = this.#sites[index % this.#sites.length];
      if (!site) continue;
      const code = site.parent?.code ?? site.code;
      const name = `med-${site.code}-0${Math.floor(index / this.#sites.length) + 1}`;
      const pool = this.pool(site.code, name, { size: index < 41 ? 2 : 1, product: 'Mediation Server' });
      this.service(pool, 'MediationServer', {
        Registrar: `Registrar:${home(code, '')}`,
        EdgeServer: `EdgeServer:${edgeOf(code, '')}`,
      });
    }
    return this.pools.filter(
      ({ fqdn: name, services }) =>
        /^(?:med|sba)-/.test(name) && services.some(({ Role }) => Role === 'MediationServer'),
    );
  }

  /** Every eighth gateway is there by its address; the others have names in whatever case the vendor liked. */
  gateways(/** @type {readonly Pool[]} */ served) {
    for (let index = 0; index < gateways; index++) {
      const by = served[index % served.length];
      if (!by) continue;
      const name = `gw-${by.site.code}-${two(Math.floor(index / served.length) + 1)}${by.fqdn.startsWith('sba') ? 's' : by.fqdn.includes('-02.') ? 'b' : 'a'}`;
      const named = index % 3 === 0 ? name.toUpperCase() : name;
      const pool = this.pool(
        by.site.code,
        index % 8 === 7 ? `10.${by.site.number}.20.${(index % 240) + 10}` : named,
      );
      this.service(pool, 'PstnGateway', {
        MediationServer: `MediationServer:${by.fqdn}`,
        GatewaySipClientTlsPort: 5067,
      });
    }
  }

  /** Contact centres, Exchange, recorders: some with a short name, most on one server. */
  applications(/** @type {readonly FrontEnd[]} */ made) {
    const homes = made.filter(({ isTwoFactor }) => !isTwoFactor);
    for (let index = 0; index < applications; index++) {
      const next = homes[index % homes.length]?.pool;
      if (!next) continue;
      const name = index % 13 === 12 ? `RECORDER${two(index)}` : `app-${next.site.code}-${two(index + 1)}`;
      const pool = this.pool(next.site.code, name, { size: index < 30 ? 3 : 1 });
      this.service(pool, 'TrustedApplicationPool', {
        Registrar: `Registrar:${next.fqdn}`,
        ThrottleAsServer: true,
        TreatAsAuthenticated: true,
        OutboundOnly: index % 5 === 0,
      });
    }
  }

  #branchSites() {
    return this.#sites.filter(({ parent }) => parent);
  }
}
