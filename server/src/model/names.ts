/** What a name says: a service's names its pool, a policy's the site that it is for, an address its SIP domain. */
import { identityKey, parseIdentity } from '../schema/identity.ts';
import { sectionType, type SectionType } from '../schema/schema.ts';

/** A stretch of a name that names something itself. */
export interface NamePart {
  /** The section that defines such names. */
  readonly section: string;
  /** What {@link identityKey} makes of it. */
  readonly key: string;
  /** As written, without the prefix that may be left out: `SmartCard` of `Tag:SmartCard`. */
  readonly name: string;
  /** Where it stands in the text. UTF-16 offsets. */
  readonly start: number;
  readonly end: number;
}

/**
 * What a name of a section names: first what the whole is, then what stands in it, each inside the one before.
 * `Service:WebServer:pool01.contoso.com` of a configuration: the configuration, `WebServer:pool01.contoso.com`, and the pool.
 */
export function partsOf(section: SectionType, text: string): NamePart[] {
  const end = text.trimEnd().length;
  const start = text.length - text.trimStart().length;
  const parts: NamePart[] = [];
  const add = (name: string, from: number, key?: string): void => {
    const type = sectionType(name);
    if (from >= end || !type) return;
    const part = text.slice(from, end);
    parts.push({ section: name, key: key ?? identityKey(type, part), name: part, start: from, end });
  };
  const isScoped = section.scopes.length > 0;
  if (!isScoped && section.name !== 'CsService') {
    const prefix = prefixes[section.name];
    add(section.name, prefix?.test(text.slice(start, end)) ? text.indexOf(':') + 1 : start);
    const domain = section.name === 'CsUser' ? domainOf(text.slice(start, end)) : undefined;
    if (domain !== undefined) add('CsSipDomain', end - domain.length);
    return parts;
  }
  const { scope, role, name } = parseIdentity(text);
  const service = end - name.length - 1 - (role ?? '').length;
  const isService = scope === 'Service' && role !== '' && name !== '';
  if (!isScoped) {
    add('CsService', isService ? service : start, identityKey(section, text));
    if (isService) add('CsPool', end - name.length);
    return parts;
  }
  add(section.name, scope === 'User' ? end - name.length : start, identityKey(section, text));
  if (scope === 'Site') add('CsSite', end - name.length);
  if (!isService || !section.scopes.includes('Service')) return parts;
  add('CsService', service);
  add('CsPool', end - name.length);
  return parts;
}

/** Prefixes that names of sections without scopes may have. */
const prefixes: Partial<Record<string, RegExp>> = { CsSite: /^site:/i, CsUser: /^sip:/i };

/** The domain of a SIP address that has no port and no parameters. */
export function domainOf(address: string): string | undefined {
  const domain = address.slice(address.lastIndexOf('@') + 1);
  return domain === '' || domain === address || /[;?]/.test(domain) ? undefined : domain;
}
