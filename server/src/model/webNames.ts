/** The names under which clients find the web services of pools, outside and inside. */
import type { Deployment } from './deployment.ts';
import type { LyncObject, Property } from './object.ts';
import { roleOf } from './topology.ts';

export interface WebName {
  readonly name: string;
  readonly service: LyncObject;
  readonly property: Property;
}

/** All names of web services, in the order of the files, by the name in lower case. */
export function webNames(deployment: Deployment): ReadonlyMap<string, readonly WebName[]> {
  const answers = deployment.scratch('CsService') as Map<string, ReadonlyMap<string, readonly WebName[]>>;
  const known = answers.get('web names');
  if (known) return known;
  const names = new Map<string, WebName[]>();
  for (const service of deployment.all('CsService').filter(isWebServer)) {
    for (const side of ['external', 'internal'] as const) {
      const found = webName(service, side);
      if (!found) continue;
      const key = found.name.toLowerCase();
      const list = names.get(key);
      if (list) list.push(found);
      else names.set(key, [found]);
    }
  }
  answers.set('web names', names);
  return names;
}

export function webName(service: LyncObject, side: 'external' | 'internal'): WebName | undefined {
  const [fqdn, host] =
    side === 'external' ? ['ExternalFqdn', 'ExternalHost'] : ['InternalFqdn', 'InternalHost'];
  const property = service.setProperty(fqdn) ?? service.setProperty(host);
  const name = property && service.text(property.name)?.trim();
  return property && name ? { name, service, property } : undefined;
}

export function isWebServer(service: LyncObject): boolean {
  return roleOf(service)?.toLowerCase() === 'webserver';
}
