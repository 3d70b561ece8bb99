/** What published topologies and those of Topology Builder have in common. */
import type { Attributes, Route, Site } from './topology.ts';
import { type Draft, noticeName, type Rule, type Rules } from './topologyReader.ts';

const structure = {};

/** What Topology Builder has of a site beside its elements. */
const routeAttributes = new Map<string, Route>([
  ['FederationRouteServiceUniqueId', 'FederationRoute'],
  ['XmppFederationRouteServiceUniqueId', 'XmppFederationRoute'],
  ['DefaultPersistentChatServiceUniqueId', 'DefaultPersistentChatPool'],
]);
export const parentAttributes = ['ParentSite', 'ParentSiteId', 'CentralSite', 'CentralSiteId'];

export const commonRules: Rules = {
  'InternalDomains/InternalDomain': {
    open({ topology, remarks }, attributes, line) {
      const name = attributes.get('Name') ?? '';
      if (name === '') remarks.add('left out', 'A SIP domain without a name is left out.', line);
      else topology.sipDomains.push({ name, line });
      for (const [property, value] of attributes)
        if (property !== 'Name' && value === 'true')
          remarks.add('left out', `${property} of SIP domains is left out: no cmdlet prints it.`, line);
    },
  },
  'Machine/NetInterface': {
    open(draft, attributes, line) {
      draft.leaveOut('network interfaces', attributes, ['InterfaceSide', 'InterfaceNumber'], line);
    },
  },
  'Service/DependsOn': structure,
  'Service/Ports': structure,
  'Ports/Port': { open: ({ service }, attributes) => service?.ports.push(attributes) },
  'Services/Service': {
    open(draft, attributes, line) {
      draft.service = {
        key: attributes.get('UniqueId') ?? '',
        id: numbered(
          attributes.get('OriginalSiteId'),
          attributes.get('RoleName'),
          attributes.get('OriginalInstance'),
        ),
        role: attributes.get('RoleName') ?? '',
        installedOn: attributes.get('InstalledOn') ?? '',
        version: attributes.get('ServiceVersion'),
        roleVersion: attributes.get('RoleVersion'),
        dependencies: [],
        backup: undefined,
        ports: [],
        details: [],
        line,
      };
      draft.leaveOut(
        'services',
        attributes,
        ['RoleName', 'RoleVersion', 'InstalledOn', 'ServiceVersion'],
        line,
      );
    },
    close(draft) {
      if (draft.service) draft.topology.services.push(draft.service);
      draft.service = undefined;
    },
  },
  'Service/Backup': {
    open({ service }, attributes, line) {
      if (service) service.backup = { service: attributes.get('ServiceUniqueId') ?? '', attributes, line };
    },
  },
  'DependsOn/Dependency': {
    open({ service }, attributes, line) {
      service?.dependencies.push({
        service: attributes.get('ServiceUniqueId') ?? '',
        usage: attributes.get('Usage') ?? 'Default',
        line,
      });
    },
  },
  ...siteRules('CentralSite'),
  ...siteRules('RemoteSite'),
  'SiteConfiguration/OCSSiteConfiguration': structure,
  ...routeRules('FederationRoute'),
  ...routeRules('XmppFederationRoute'),
  ...routeRules('DefaultPersistentChatPool'),
};

/** The SIP domains, under the root of each shape. */
export const internalDomains: Rule = {
  open(draft, attributes, line) {
    draft.topology.defaultSipDomain = attributes.get('DefaultDomain') ?? '';
    if (attributes.get('AllowAllDomains') === 'true')
      draft.remarks.add('left out', 'AllowAllDomains of SIP domains is left out: no cmdlet prints it.', line);
  },
};

/** `1-Registrar-1`; `undefined` where one of them is not there. */
export function numbered(...parts: readonly (string | undefined)[]): string | undefined {
  return parts.every((part) => part !== undefined && part !== '') ? parts.join('-') : undefined;
}

/** @param parent of a branch site, where it is not the site around it */
export function openSite(
  draft: Draft,
  type: Site['type'],
  attributes: Attributes,
  line: number,
  parent?: string,
) {
  const key = attributes.get('SiteId') ?? '';
  const site: Site = {
    key,
    type,
    parent: type === 'RemoteSite' ? (parent ?? draft.sites.at(-1)) : undefined,
    name: '',
    description: '',
    routes: new Map(),
    line,
  };
  for (const [attribute, route] of routeAttributes) {
    const service = attributes.get(attribute);
    if (service) site.routes.set(route, service);
  }
  draft.topology.sites.push(site);
  draft.sites.push(key);
  draft.leaveOut('sites', attributes, ['SiteId', ...parentAttributes, ...routeAttributes.keys()], line);
}

function siteRules(type: Site['type']): Rules {
  return {
    [`${type}/Name`]: {
      text({ site }, text) {
        if (site) site.name += text;
      },
      close(draft) {
        const { site } = draft;
        if (site) noticeName(draft, site.name, site.line);
      },
    },
    [`${type}/Description`]: {
      text({ site }, text) {
        if (site) site.description += text;
      },
    },
    [`${type}/Location`]: {
      open: (draft, attributes, line) => {
        draft.leaveOut('sites', attributes, [], line);
      },
    },
    [`${type}/SiteConfiguration`]: structure,
  };
}

/** Where a route names a service by its number, and no attribute of the site has named it already. */
function routeRules(route: Route): Rules {
  return {
    [`OCSSiteConfiguration/${route}`]: structure,
    [`${route}/ServiceId`]: {
      open({ site }, attributes) {
        const id = serviceId(attributes);
        if (site && id !== undefined && !site.routes.has(route)) site.routes.set(route, id);
      },
    },
  };
}

export function serviceId(attributes: Attributes): string | undefined {
  return numbered(attributes.get('SiteId'), attributes.get('RoleName'), attributes.get('Instance'));
}
