/** The topology that is in force, as Get-CsTopology -AsXml prints it. */
import type { Format } from './imported.ts';
import type { Attributes } from './topology.ts';
import { beginsWith, readTopology, type Rules } from './topologyReader.ts';
import {
  commonRules,
  internalDomains,
  numbered,
  openSite,
  parentAttributes,
  serviceId,
} from './topologyRules.ts';

export const publishedTopology: Format = {
  name: 'a published topology',
  recognises: (head) => beginsWith('Topology', head),
  read: (text, file) => readTopology(shape, text, file),
};

const structure = {};

const rules: Rules = {
  ...commonRules,
  'Topology/InternalDomains': internalDomains,
  'Topology/Sites': structure,
  'Topology/Clusters': structure,
  'Topology/SqlInstances': structure,
  'Topology/Services': structure,
  'Sites/CentralSite': {
    open: (draft, attributes, line) => {
      openSite(draft, 'CentralSite', attributes, line);
    },
    close: ({ sites }) => sites.pop(),
  },
  // No saved document had one: where its central site is named is taken from whatever attribute or element says so.
  'Sites/RemoteSite': {
    open: (draft, attributes, line) => {
      openSite(draft, 'RemoteSite', attributes, line, parentOf(attributes));
    },
    close: ({ sites }) => sites.pop(),
  },
  'CentralSite/RemoteSites': structure,
  'RemoteSites/RemoteSite': {
    open: (draft, attributes, line) => {
      openSite(draft, 'RemoteSite', attributes, line);
    },
    close: ({ sites }) => sites.pop(),
  },
  ...Object.fromEntries(
    parentAttributes.map((name) => [
      `RemoteSite/${name}`,
      {
        open({ site }, attributes) {
          if (site) site.parent ??= attributes.get('SiteId');
        },
      } satisfies Rules[string],
    ]),
  ),
  'Clusters/Cluster': {
    open(draft, attributes, line) {
      draft.cluster = { key: '', site: '', fqdn: attributes.get('Fqdn') ?? '', machines: [], line };
      draft.leaveOut('pools', attributes, ['Fqdn'], line);
    },
    close(draft) {
      if (draft.cluster) draft.topology.clusters.push(draft.cluster);
      draft.cluster = undefined;
    },
  },
  'Cluster/ClusterId': {
    open({ cluster }, attributes) {
      if (!cluster) return;
      cluster.key = clusterKey(attributes);
      cluster.site = attributes.get('SiteId') ?? '';
    },
  },
  'Cluster/Machine': {
    open(draft, attributes, line) {
      draft.cluster?.machines.push({ fqdn: attributes.get('Fqdn') ?? '', line });
      draft.leaveOut('computers', attributes, ['Fqdn'], line);
    },
  },
  'SqlInstances/SqlInstance': {
    open(draft, attributes, line) {
      draft.sqlInstance = { key: '', name: '', cluster: '', line };
      draft.leaveOut('instances of SQL Server', attributes, [], line);
    },
    close(draft) {
      if (draft.sqlInstance) draft.topology.sqlInstances.push(draft.sqlInstance);
      draft.sqlInstance = undefined;
    },
  },
  // Of an instance it is the name, of a service the place: the cluster that makes it whole is in it.
  'SqlInstance/SqlInstanceId': {
    open({ sqlInstance }, attributes) {
      if (sqlInstance) sqlInstance.name = attributes.get('Name') ?? '';
    },
  },
  'InstalledOn/SqlInstanceId': {
    open({ service }, attributes) {
      if (service) service.installedOn = `\\${attributes.get('Name') ?? ''}`;
    },
  },
  'SqlInstanceId/ClusterId': {
    open({ sqlInstance, service }, attributes) {
      if (service) service.installedOn = clusterKey(attributes) + service.installedOn.toLowerCase();
      if (!sqlInstance) return;
      sqlInstance.cluster = clusterKey(attributes);
      sqlInstance.key = `${sqlInstance.cluster}\\${sqlInstance.name.toLowerCase()}`;
    },
  },
  'Service/ServiceId': {
    open({ service }, attributes) {
      if (!service) return;
      service.role = attributes.get('RoleName') ?? '';
      service.id = serviceId(attributes);
      service.key = service.id ?? '';
    },
  },
  'Service/InstalledOn': structure,
  'InstalledOn/ClusterId': {
    open({ service }, attributes) {
      if (service) service.installedOn = clusterKey(attributes);
    },
  },
  'Dependency/ServiceId': {
    open({ service }, attributes) {
      const dependency = service?.dependencies.at(-1);
      if (dependency) dependency.service = serviceId(attributes) ?? '';
    },
  },
  'Backup/ServiceId': {
    open({ service }, attributes) {
      if (service?.backup) service.backup.service = serviceId(attributes) ?? '';
    },
  },
};

const shape = {
  root: 'Topology',
  rules,
  parts: ['InternalDomains', 'Sites', 'Clusters', 'SqlInstances', 'Services'],
};

/** `1:1`: the site and the number, as Lync prints it. */
function clusterKey(attributes: Attributes): string {
  return numbered(attributes.get('SiteId'), attributes.get('Number'))?.replace('-', ':') ?? '';
}

function parentOf(attributes: Attributes): string | undefined {
  return parentAttributes.map((name) => attributes.get(name)).find((value) => value !== undefined);
}
