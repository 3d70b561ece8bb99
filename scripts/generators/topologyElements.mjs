// The elements of topology documents, whichever shape they have.
import { domains, simpleUrls } from './settings.mjs';

/** @typedef {import('./yaml.mjs').Item} Item */
/** @typedef {import('./servers.mjs').Pool} Pool */
/** @typedef {import('./topologyDocument.mjs').Placed} Placed */

export const deploy = 'urn:schema:Microsoft.Rtc.Management.Deploy';
export const topology = `${deploy}.Topology.2008`;
const roles = `${deploy}.ServiceRoles.2008`;
export const none = '00000000-0000-0000-0000-000000000000';

/** Properties of Get-CsService that only some roles have: the element, the attribute, the property. @type {Readonly<Record<string, readonly (readonly [string, string])[]>>} */
const roleChildren = {
  WacService: [
    ['DiscoveryUrl', 'DiscoveryUrl'],
    ['IsExternal', 'IsExternal'],
  ],
  FileStoreService: [['ShareName', 'ShareName']],
  CentralMgmtService: [['IsActive', 'Active']],
  PstnGatewayService: [],
  ExternalApplicationService: [
    ['ThrottleAsServer', 'ThrottleAsServer'],
    ['TreatAsAuthenticated', 'TreatAsAuthenticated'],
    ['OutboundOnly', 'OutboundOnly'],
  ],
};
/** @type {Readonly<Record<string, string>>} */
const childOf = {
  WacService: 'WacService',
  FileStore: 'FileStoreService',
  CentralMgmt: 'CentralMgmtService',
  PstnGateway: 'PstnGatewayService',
  ExternalServer: 'ExternalApplicationService',
};

export const failover = {
  EnableAutomaticFailover: 'true',
  FailbackDetectionInterval: 'P0Y0M0DT0H10M0S',
  FailureDetectionInterval: 'P0Y0M0DT0H5M0S',
};

/** @type {(target: Placed) => string} */
export function serviceId({ id: [SiteId, RoleName, Instance] }) {
  return element('ServiceId', { SiteId, RoleName, Instance });
}

/** @type {(role: string) => string} */
export function roleVersion(role) {
  return ['UserServices', 'Registrar', 'EdgeServer'].includes(role) ? '2' : '1';
}

/** @type {(pool: Pool) => string} */
export function isServer({ product }) {
  return String(product !== undefined);
}

/** @type {(pool: Pool, index: number) => Record<string, string>} */
export function domainsOf({ product, computers }, index) {
  if (product !== 'Front End Server' || computers.length === 1) return {};
  return { FaultDomain: `FaultDomain${index + 1}`, UpgradeDomain: `UpgradeDomain${index + 1}` };
}

/** The instances of SQL Server on a pool. @type {(pool: Pool) => string[]} */
export function instancesOf({ services }) {
  return [
    ...new Set(services.flatMap(({ SqlInstanceName: name }) => (typeof name === 'string' ? [name] : []))),
  ];
}

/** @type {(attributes: Record<string, string>) => string[]} */
export function interfaces(attributes) {
  return [
    element('NetInterface', {
      InterfaceSide: 'Primary',
      InterfaceNumber: '1',
      IPAddress: '0.0.0.0',
      ...attributes,
    }),
  ];
}

/** @type {(ports: readonly import('./topologyPorts.mjs').Port[]) => string} */
export function portsElement(ports) {
  return element(
    'Ports',
    { xmlns: roles },
    ports.map(([owner, Usage, InterfaceSide, port, Protocol, more]) =>
      element('Port', {
        Owner: `urn:${owner}`,
        Usage,
        InterfaceSide,
        InterfaceNumber: '1',
        Port: String(port),
        Protocol,
        UrlPath: '/',
        AuthorizesRequests: 'false',
        ...more,
      }),
    ),
  );
}

/** What only services of a role have. @type {(role: string, item: Item) => string[]} */
export function roleChild(role, item) {
  if (role === 'Registrar')
    return [element('RegistrarService', { IsDirector: String(item.Role === 'Director'), xmlns: roles })];
  if (role === 'WebServices') {
    const host = (/** @type {string} */ name, /** @type {string} */ property) =>
      typeof item[property] === 'string'
        ? [element(name, { Host: item[property] }, [element('OverrideUrls', {})])]
        : [];
    return [
      element('WebService', { xmlns: roles }, [
        ...host('ExternalSettings', 'ExternalFqdn'),
        ...host('InternalSettings', 'InternalFqdn'),
        element('WebComponents', { xmlns: `${deploy}.WebServices.2011` }, [
          element('Component', { ComponentName: 'ABHandler' }),
          element('Component', { ComponentName: 'WebTicket' }),
        ]),
        element('UpaSeparator', { xmlns: 'urn:schema:Microsoft.Rtc.Management.BaseTypes.2008' }),
      ]),
    ];
  }
  if (role === 'PersistentChatService')
    return [
      element('PersistentChatService', { DisplayName: textOf(item.DisplayName), xmlns: roles }, [
        element(
          'ActiveServers',
          {},
          (Array.isArray(item.ActiveServers) ? item.ActiveServers : []).map((Fqdn) =>
            element('Server', { Fqdn }),
          ),
        ),
      ]),
    ];
  const child = childOf[role];
  if (child === undefined) return [];
  /** @type {Record<string, string>} */
  const attributes = {};
  for (const [attribute, property] of roleChildren[child] ?? [])
    attributes[attribute] = textOf(item[property]);
  return [element(child, { ...attributes, xmlns: roles })];
}

/** @type {(attributes: Record<string, string>) => string} */
export function internalDomains(attributes) {
  return element(
    'InternalDomains',
    { AllowAllDomains: 'false', DefaultDomain: domains[0] ?? '', ...attributes },
    domains.map((Name) =>
      element('InternalDomain', { Name, Authoritative: 'false', AllowSubDomains: 'false' }),
    ),
  );
}

export function simpleUrlConfiguration() {
  const urls = /** @type {readonly Item[]} */ (simpleUrls()[0]?.SimpleUrl ?? []);
  return element(
    'SimpleUrlConfiguration',
    { UseBackendDatabase: 'false', xmlns: 'urn:schema:Microsoft.Rtc.Management.Settings.SimpleUrl.2008' },
    urls.map((url) => {
      const ActiveUrl = textOf(url.ActiveUrl);
      return element(
        'SimpleUrl',
        { Component: textOf(url.Component), Domain: textOf(url.Domain), ActiveUrl },
        [element('SimpleUrlEntry', { Url: ActiveUrl })],
      );
    }),
  );
}

/** What was downloaded once, and has been changed since: nothing of it counts. */
export function original() {
  return element('OriginalTopology', { SignatureOfSimpleUrl: guid(2) }, [
    element('PartialTopology', { IsPublished: 'false', xmlns: `${deploy}.WritableTopology.2008` }, [
      element(
        'InternalDomains',
        { AllowAllDomains: 'false', DefaultDomain: 'old.contoso.com', xmlns: topology },
        [
          element('InternalDomain', {
            Name: 'old.contoso.com',
            Authoritative: 'false',
            AllowSubDomains: 'false',
          }),
        ],
      ),
      element('CentralSites', {}, [
        element('CentralSite', { SiteId: '1' }, [element('Name', { xmlns: topology }, 'Old')]),
      ]),
      element('Services', {}),
    ]),
  ]);
}

/** @type {(number: number) => string} */
export function guid(number) {
  return `${number.toString(16).padStart(8, '0')}-22c2-4816-abca-${(number * 7919).toString(16).padStart(12, '0')}`;
}

/** @type {(name: string, attributes: Record<string, string>, content?: string | readonly string[]) => string} */
export function element(name, attributes, content = []) {
  const start = `<${name}${Object.entries(attributes)
    .map(([key, value]) => ` ${key}="${escaped(value)}"`)
    .join('')}`;
  if (typeof content === 'string') return `${start}>${escaped(content)}</${name}>`;
  if (content.length === 0) return `${start} />`;
  return `${start}>\n${content.map((text) => text.replace(/^/gm, '  ')).join('\n')}\n</${name}>`;
}

/** @type {(text: string) => string} */
function escaped(text) {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}

/** What a service depends on, in the order of its properties. @type {(item: Item) => string[]} */
export function referencesIn(item) {
  return Object.entries(item).flatMap(([property, value]) =>
    typeof value === 'string' &&
    /^[A-Z]\w+:(?!\/)/.test(value) &&
    !['Identity', 'SiteId', 'BackupRegistrar'].includes(property)
      ? [value]
      : [],
  );
}

/** @type {(value: unknown) => string} */
export function textOf(value) {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : '';
}
