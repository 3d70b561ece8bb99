/** What the rules about Kerberos and NTLM on the way in have in common. */
import type { Deployment } from '../model/deployment.ts';
import { describeValue } from '../model/describe.ts';
import { ownValue } from '../model/effective.ts';
import type { LyncObject } from '../model/object.ts';
import type { Place } from '../model/place.ts';
import type { Fix, ShellStep } from './rule.ts';

const methods = ['UseKerberosForClientToProxyAuth', 'UseNtlmForClientToProxyAuth'] as const;
const certificate = 'UseCertificateForClientToProxyAuth';

/** The methods that a proxy configuration leaves on, by default or because it says so. */
export function openMethods(configuration: LyncObject): string[] {
  return methods.filter((method) => ownValue(configuration, method).value === true);
}

export function describeOpen(configuration: LyncObject): string {
  return openMethods(configuration)
    .map((method) => describeValue(ownValue(configuration, method), method))
    .join('; ');
}

/** Where a proxy configuration leaves a method on: the setting, or the object that leaves it out. */
export function placeOfOpen(configuration: LyncObject): Place | undefined {
  for (const method of openMethods(configuration)) {
    const property = configuration.setProperty(method);
    if (property) return configuration.placeOf(property);
  }
  return undefined;
}

/** Switches both methods off: in the proxy configuration that leaves them on, or in new ones for pools that have none. */
export function* lockdownFix(
  object: LyncObject,
  role: 'Registrar' | 'EdgeServer',
  pools: readonly string[],
  deployment: Deployment,
): Generator<Fix> {
  if (object.section.name === 'CsProxyConfiguration') {
    const values = new Map<string, boolean>(openMethods(object).map((method) => [method, false]));
    // Without the other two methods the certificate is the only one left.
    if (ownValue(object, certificate).value === false) values.set(certificate, true);
    yield {
      title: `Set ${Array.from(values, ([method, value]) => `${method} ${String(value)}`).join(', ')}`,
      changes: Array.from(values, ([property, value]) => ({ kind: 'set', object, property, value })),
    };
    return;
  }
  const identities = pools.map((pool) => `Service:${role}:${pool}`);
  const without = identities.filter((identity) => !deployment.find('CsProxyConfiguration', identity));
  if (without.length === 0) return;
  const like = deployment.find('CsProxyConfiguration', 'Global');
  const kept = like && ownValue(like, certificate).value === false ? ([[certificate, true]] as const) : [];
  yield {
    title: `Add a CsProxyConfiguration for ${without.join(', ')} without Kerberos and NTLM`,
    changes: without.map((identity) => ({
      kind: 'add',
      section: 'CsProxyConfiguration',
      like,
      near: object,
      properties: [['Identity', identity], ...methods.map((method) => [method, false] as const), ...kept],
    })),
  };
}

/** The commands that switch both methods off for a service. */
export function lockdownShell(identity: string): ShellStep[] {
  const command = (verb: string): string =>
    `${verb}-CsProxyConfiguration -Identity '${identity}' ${methods.map((method) => `-${method} $false`).join(' ')}`;
  return [
    { text: 'Where there is no configuration of its own, make one:', commands: [command('New')] },
    { text: 'Where there is one, set it:', commands: [command('Set')] },
  ];
}
