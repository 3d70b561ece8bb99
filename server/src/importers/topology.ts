/**
 * What a topology document says, whichever of its shapes it has: sites, clusters (pools) with their machines, SQL Server
 * instances, services. Keys are opaque: published topologies and Topology Builder make them in different ways.
 */

/** Where something begins in the file, from 1. */
interface Placed {
  readonly line: number;
}

export interface Topology {
  readonly sipDomains: SipDomain[];
  readonly simpleUrls: SimpleUrls[];
  readonly sites: Site[];
  readonly clusters: Cluster[];
  readonly sqlInstances: SqlInstance[];
  readonly services: Service[];
  defaultSipDomain?: string;
}

export interface SipDomain extends Placed {
  readonly name: string;
}

/** One configuration of simple URLs. */
export interface SimpleUrls extends Placed {
  readonly useBackendDatabase: string | undefined;
  readonly urls: SimpleUrl[];
}

export interface SimpleUrl {
  readonly component: string;
  readonly domain: string;
  readonly activeUrl: string;
  readonly entries: string[];
}

export interface Site extends Placed {
  readonly key: string;
  readonly type: 'CentralSite' | 'RemoteSite';
  /** The central site of a branch site. */
  parent: string | undefined;
  name: string;
  description: string;
  /** Keys of services, by the property of Get-CsSite that has them. */
  readonly routes: Map<Route, string>;
}

export type Route = 'FederationRoute' | 'XmppFederationRoute' | 'DefaultPersistentChatPool';

export interface Cluster extends Placed {
  key: string;
  site: string;
  readonly fqdn: string;
  readonly machines: Machine[];
}

export interface Machine extends Placed {
  /** Empty in a cluster of a single machine: then it is the cluster's. */
  readonly fqdn: string;
}

export interface SqlInstance extends Placed {
  key: string;
  /** Empty: the default instance. */
  name: string;
  cluster: string;
}

export interface Service extends Placed {
  key: string;
  /** `1-Registrar-1`: site, role, instance. A service that has never been published has none. */
  id: string | undefined;
  /** As the document calls it: `UserServices`. */
  role: string;
  /** Of a cluster, or of an instance of SQL Server. */
  installedOn: string;
  readonly version: string | undefined;
  readonly roleVersion: string | undefined;
  readonly dependencies: Dependency[];
  backup: Backup | undefined;
  readonly ports: Attributes[];
  /** What only services of its role have: elements by their path, `WebService/ExternalSettings`. */
  readonly details: Detail[];
}

export interface Dependency extends Placed {
  service: string;
  readonly usage: string;
}

export interface Backup extends Placed {
  service: string;
  readonly attributes: Attributes;
}

export interface Detail extends Placed {
  readonly path: string;
  readonly attributes: Attributes;
}

export type Attributes = ReadonlyMap<string, string>;

export function emptyTopology(): Topology {
  return { sipDomains: [], simpleUrls: [], sites: [], clusters: [], sqlInstances: [], services: [] };
}
