import { rule } from '../linter/rule.ts';
import type { Deployment } from '../model/deployment.ts';
import type { LyncObject, Property } from '../model/object.ts';
import { poolOf, roleOf } from '../model/topology.ts';
import { readValue } from '../model/values.ts';

export default rule({
  id: 'one-active-central-management',
  severity: 'error',
  group: 'files',
  summary: 'No active Central Management service, or more than one.',
  why: 'Only the active one takes changes of topology, policies and settings, and passes them on to all servers. Without one nothing can be changed; two mean a move or a fail-over that was not finished, or exports of different days. A paired pool may have another one that is not active. Source: "Central Management store failover in Lync Server 2013"; help of Move-CsManagementServer.',
  remedy:
    'See which one is active, finish the move or the fail-over, and export again what Get-CsService prints.',
  sections: ['CsService'],
  object: function* (service, deployment) {
    if (!isCentralManagement(service)) return;
    const services = centralManagements(deployment);
    const active = services.filter((other) => isActive(other) === true);
    const [first] = active;
    const property = activeProperty(service);
    const at = property && service.placeOf(property);
    if (!first) {
      // One that does not say whether it is active may be the one.
      if (services[0] !== service || services.some((other) => isActive(other) === undefined)) return;
      yield {
        at,
        message: `${services.length === 1 ? 'The only Central Management service is not active' : `None of the ${services.length} Central Management services is active`}, so no change of topology, policies and settings reaches the servers. Run Get-CsManagementStoreReplicationStatus -CentralManagementStoreStatus to see which one should be, and fail over or move to it.`,
      };
      return;
    }
    if (!active.slice(1).includes(service)) return;
    const other = activeProperty(first);
    yield {
      at,
      message: `Central Management is active on '${poolOf(service) ?? service.subject}' and on '${poolOf(first) ?? first.subject}', but only one service can hold the settings of the deployment. Run Get-CsManagementStoreReplicationStatus -CentralManagementStoreStatus to see which one does, and finish the move from the other.`,
      related: [
        other && { at: first.placeOf(other), message: `Active on '${poolOf(first) ?? first.subject}', too` },
      ],
    };
  },
  shell: [
    {
      text: 'See which one is active (`ActiveMasterFqdn`), and what the topology says:',
      commands: [
        'Get-CsManagementStoreReplicationStatus -CentralManagementStoreStatus',
        'Get-CsService -CentralManagement',
      ],
    },
    {
      text: 'See first what a fail-over to the paired pool would do; it is run on a server of that pool:',
      commands: ['Invoke-CsManagementServerFailover -WhatIf'],
    },
  ],
  examples: {
    bad: [
      `CsService:
  - { Identity: CentralManagement:pool01.contoso.com, Role: CentralManagement, Active: true }
  - Identity: CentralManagement:pool02.contoso.com
    Role: CentralManagement
    Active: true
    #       ^^^^ one-active-central-management
`,
      `CsService:
  - Identity: CentralManagement:pool01.contoso.com
    Active: false
    #       ^^^^^ one-active-central-management
  - { Identity: CentralManagement:pool02.contoso.com, Active: false }
`,
      `# As the topology document has it.
CsService:
  - Identity: CentralManagement:pool01.contoso.com
    IsActive: false
    #         ^^^^^ one-active-central-management
`,
    ],
    good: [
      `CsService:
  - { Identity: CentralManagement:pool01.contoso.com, Active: true }
`,
    ],
    near: [
      `# The paired pool stands by.
CsPool:
  - { Identity: pool01.contoso.com, BackupPoolFqdn: pool02.contoso.com }
  - { Identity: pool02.contoso.com, BackupPoolFqdn: pool01.contoso.com }
CsService:
  - { Identity: CentralManagement:pool01.contoso.com, Active: true }
  - { Identity: CentralManagement:pool02.contoso.com, Active: false }
`,
      `# Whether the service is active was not exported.
CsService:
  - { Identity: CentralManagement:pool01.contoso.com, Role: CentralManagement }
`,
    ],
  },
});

/** The Central Management services, each once however often it is written. */
function centralManagements(deployment: Deployment): readonly LyncObject[] {
  const answers = deployment.scratch('CsService') as Map<string, readonly LyncObject[]>;
  let services = answers.get('central management');
  if (!services) {
    services = deployment
      .all('CsService')
      .filter(
        (service) =>
          isCentralManagement(service) && deployment.find('CsService', service.subject) === service,
      );
    answers.set('central management', services);
  }
  return services;
}

function isCentralManagement(service: LyncObject): boolean {
  return roleOf(service)?.toLowerCase() === 'centralmanagement';
}

function activeProperty(service: LyncObject): Property | undefined {
  return service.setProperty('Active') ?? service.setProperty('IsActive');
}

function isActive(service: LyncObject): boolean | undefined {
  const property = activeProperty(service);
  const value = property?.type && readValue(property.type, property.value);
  return typeof value === 'boolean' ? value : undefined;
}
