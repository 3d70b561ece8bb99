/** What Topology Builder saves: a design of its own, or what it has downloaded, with the changes that are to be published. */
import type { Format } from './imported.ts';
import { beginsWith, readTopology, type Rules } from './topologyReader.ts';
import { commonRules, internalDomains, openSite } from './topologyRules.ts';

export const topologyBuilder: Format = {
  name: 'a Topology Builder file',
  recognises: (head) => beginsWith('TopologyBuilder', head),
  read: (text, file) => readTopology(shape, text, file),
};

const structure = {};

const rules: Rules = {
  ...commonRules,
  // What was downloaded, before the changes.
  'TopologyBuilder/OriginalTopology': { isIgnored: true },
  'TopologyBuilder/NewTopology': structure,
  'NewTopology/PartialTopology': {
    open({ remarks }, attributes, line) {
      if (attributes.get('IsPublished') === 'false')
        remarks.add(
          'hint',
          'This topology has not been published: it says what is planned, which need not be what is running.',
          line,
        );
    },
  },
  'PartialTopology/InternalDomains': internalDomains,
  'PartialTopology/SimpleUrlConfiguration': {
    open({ topology }, attributes, line) {
      topology.simpleUrls.push({ useBackendDatabase: attributes.get('UseBackendDatabase'), urls: [], line });
    },
  },
  'SimpleUrlConfiguration/SimpleUrl': {
    open({ topology }, attributes) {
      topology.simpleUrls.at(-1)?.urls.push({
        component: attributes.get('Component') ?? '',
        domain: attributes.get('Domain') ?? '',
        activeUrl: attributes.get('ActiveUrl') ?? '',
        entries: [],
      });
    },
  },
  'SimpleUrl/SimpleUrlEntry': {
    open({ topology }, attributes) {
      topology.simpleUrls
        .at(-1)
        ?.urls.at(-1)
        ?.entries.push(attributes.get('Url') ?? '');
    },
  },
  'PartialTopology/CentralSites': structure,
  'CentralSites/CentralSite': {
    open: (draft, attributes, line) => {
      openSite(draft, 'CentralSite', attributes, line);
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
  'CentralSite/Clusters': structure,
  'RemoteSite/Clusters': structure,
  'Clusters/Cluster': {
    open(draft, attributes, line) {
      draft.cluster = {
        key: attributes.get('UniqueId') ?? '',
        site: draft.sites.at(-1) ?? '',
        fqdn: attributes.get('Fqdn') ?? '',
        machines: [],
        line,
      };
      draft.leaveOut('pools', attributes, ['Fqdn'], line);
    },
    close(draft) {
      if (draft.cluster) draft.topology.clusters.push(draft.cluster);
      draft.cluster = undefined;
    },
  },
  'Cluster/Machines': structure,
  'Machines/Machine': {
    open(draft, attributes, line) {
      draft.cluster?.machines.push({ fqdn: attributes.get('Fqdn') ?? '', line });
      draft.leaveOut('computers', attributes, ['Fqdn'], line);
    },
  },
  'Cluster/SqlInstances': structure,
  'SqlInstances/SqlInstance': {
    open(draft, attributes, line) {
      draft.topology.sqlInstances.push({
        key: attributes.get('UniqueId') ?? '',
        name: attributes.get('Name') ?? '',
        cluster: draft.cluster?.key ?? '',
        line,
      });
      draft.leaveOut('instances of SQL Server', attributes, ['Name'], line);
    },
  },
  'PartialTopology/Services': structure,
};

const shape = {
  root: 'TopologyBuilder',
  rules,
  parts: ['NewTopology', 'InternalDomains', 'SimpleUrlConfiguration', 'CentralSites', 'Services'],
};
