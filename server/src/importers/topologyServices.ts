/** The services of a topology as Get-CsService prints them. */
import type { ImportedValue } from './imported.ts';
import type { Remarks } from './remarks.ts';
import type { Attributes, Dependency } from './topology.ts';
import { isDirector, type Names, type NamedService } from './topologyNames.ts';
import { numberIn, portProperties, truthIn, wholePort } from './topologyPorts.ts';

type Property = readonly [name: string, value: ImportedValue | undefined];

/** What Get-CsService calls what only services of one role have, where the document calls it otherwise. */
const detailNames: ReadonlyMap<string, string> = new Map([
  ['WebService/ExternalSettings@Host', 'ExternalFqdn'],
  ['WebService/InternalSettings@Host', 'InternalFqdn'],
  ['PstnGatewayService@AlternativeBypassId', 'AlternateByPassId'],
  ['CentralMgmtService@IsActive', 'Active'],
]);

/** Lists that no cmdlet prints. They are the same in all deployments of a version. */
const unprinted = /^(?:WebService\/WebComponents|ConfService\/MCUs|BackupService\/Modules)\//;

/** The properties of a service, in the order in which Get-CsService prints them. A property can come twice: the first counts. */
export function* serviceProperties(named: NamedService, names: Names, remarks: Remarks): Generator<Property> {
  const { service, identity, role, cluster, instance } = named;
  yield ['Identity', identity];
  yield* references(named, names, remarks);
  yield* backup(named, names);
  yield* portProperties(service.role, service.ports);
  yield* details(named, remarks);
  if (isDirector(service)) yield ['IsDirector', true];
  if (instance) yield ['SqlInstanceName', instance.name];
  if (service.ports.length > 0) yield ['Ports', service.ports.map(wholePort)];
  yield ['DependentServiceList', names.dependents(named)];
  yield ['ServiceId', service.id];
  yield ['SiteId', names.siteOf(cluster)];
  yield ['PoolFqdn', cluster.fqdn];
  if (service.version === undefined)
    names.sayMissing(`'${identity}' has no ServiceVersion: its product is not known.`, service.line);
  else yield ['Version', numberIn(service.version)];
  if (service.roleVersion !== undefined) yield ['RoleVersion', numberIn(service.roleVersion)];
  yield ['Role', role];
}

function* references(named: NamedService, names: Names, remarks: Remarks): Generator<Property> {
  const written = new Map<string, string>();
  for (const [dependency, target] of names.references(named)) {
    const property = referenceName(named, dependency, target);
    const other = written.get(property);
    if (other !== undefined && other !== target.identity)
      remarks.add(
        'left out',
        `'${named.identity}' depends on '${target.identity}' as well as on '${other}': ${property} holds the first of them only.`,
        dependency.line,
      );
    if (other !== undefined) continue;
    written.set(property, target.identity);
    yield [property, target.identity];
  }
}

/** `Usage` is Default, Trunk (of a gateway), or says which of several databases is meant: Mirror, Backup … */
function referenceName(named: NamedService, { usage }: Dependency, target: NamedService): string {
  const role = target.role === 'Director' ? 'Registrar' : target.role;
  const printed = role === 'ConferencingServer' && named.role === 'UserServer' ? 'ConferenceServer' : role;
  return usage === 'Default' || usage === 'Trunk' || usage === '' ? printed : `${usage}${printed}`;
}

function* backup({ identity, service }: NamedService, names: Names): Generator<Property> {
  if (!service.backup) return;
  const { attributes, line } = service.backup;
  const target = names.find(service.backup.service);
  if (target) yield ['BackupRegistrar', target.identity];
  else
    names.sayMissing(
      `The backup of '${identity}' is service '${service.backup.service}', which the file does not have: the reference is left out.`,
      line,
    );
  for (const [name, value] of attributes)
    if (name !== 'ServiceUniqueId')
      yield [name, name.endsWith('Interval') ? timeSpan(value) : truthIn(value)];
}

function* details({ identity, cluster, service }: NamedService, remarks: Remarks): Generator<Property> {
  const active: string[] = [];
  let share: Attributes | undefined;
  for (const { path, attributes, line } of service.details) {
    if (path === 'FileStoreService') share = attributes;
    if (unprinted.test(path)) {
      remarks.add(
        'left out',
        `<${/[^/]*$/.exec(path)?.[0] ?? path}> of services is left out: no cmdlet prints it.`,
        line,
      );
      continue;
    }
    if (path === 'PersistentChatService/ActiveServers/Server') {
      active.push(attributes.get('Fqdn') ?? '');
      continue;
    }
    for (const [name, value] of attributes) {
      if (name === 'IsDirector') continue;
      const isOwn = /^\w+$/.test(path) || /^WebService\/(?:Ex|In)ternalSettings$/.test(path);
      if (isOwn)
        yield [
          detailNames.get(`${path}@${name}`) ?? name,
          name.endsWith('Port') ? numberIn(value) : truthIn(value),
        ];
      else
        remarks.add(
          'left out',
          `${name} of <${path}> is left out of '${identity}': its meaning is not known.`,
          line,
        );
    }
  }
  if (active.length > 0) yield ['ActiveServers', active];
  const name = share?.get('ShareName');
  if (name === undefined) return;
  // Where a root of DFS is configured, clients reach the share by it.
  const root = share?.get('ConfiguredFqdn');
  yield ['UncPath', `\\\\${root ?? cluster.fqdn}\\${name}`];
  yield ['IsDfsShare', root !== undefined];
}

/** `P0Y0M0DT0H5M0S` as PowerShell prints it, `00:05:00`; as it is where a length of time has years, or is none. */
function timeSpan(text: string): string {
  const found = /^P(?:0+Y)?(?:0+M)?(?:(\d{1,4})D)?(?:T(?:(\d{1,2})H)?(?:(\d{1,2})M)?(?:(\d{1,2})S)?)?$/.exec(
    text,
  );
  if (!found) return text;
  const [days = 0, ...time] = found.slice(1).map((part) => Number((part as string | undefined) ?? 0));
  const clock = time.map((part) => String(part).padStart(2, '0')).join(':');
  return days > 0 ? `${days}.${clock}` : clock;
}
