/**
 * Identities: where an object applies, or whom it names.
 * Source: domain of the `-Identity` parameter of the Lync Server 2013 cmdlets; both forms of a service identity
 * (`Service:WebServer:pool.fqdn` and `WebServer:pool.fqdn`) occur in their output.
 */
import type { Scope, SectionType } from './schema.ts';

export interface Identity {
  readonly scope: Scope;
  /** Of a service identity: `WebServer`, `Registrar` … as written. */
  readonly role: string | undefined;
  /** The site, the pool's FQDN, or the per-user policy's name, as written and without prefix; empty for Global. */
  readonly name: string;
}

/** Takes an Identity of a scoped section apart. Names compare without case, so the result keeps the writer's. */
export function parseIdentity(text: string): Identity {
  const trimmed = text.trim();
  if (trimmed.toLowerCase() === 'global') return { scope: 'Global', role: undefined, name: '' };
  const [, prefix = '', rest = ''] = /^([^:]*):(.*)$/s.exec(trimmed) ?? [];
  switch (prefix.toLowerCase()) {
    case '':
      return { scope: 'User', role: undefined, name: trimmed };
    case 'tag':
      return { scope: 'User', role: undefined, name: rest };
    case 'site':
      return { scope: 'Site', role: undefined, name: rest };
    case 'service': {
      const colon = rest.indexOf(':');
      return { scope: 'Service', role: colon < 0 ? '' : rest.slice(0, colon), name: rest.slice(colon + 1) };
    }
    default:
      return { scope: 'Service', role: prefix, name: rest };
  }
}

/**
 * The one spelling under which an object is found: prefix written out, all in lower case.
 * `WebServer:Pool01` and `service:webserver:pool01` have the same.
 */
export function identityKey(section: SectionType, text: string): string {
  let known = keys.get(section);
  if (!known) keys.set(section, (known = new Map<string, string>()));
  let key = known.get(text);
  if (key === undefined) {
    key = section.scopes.length === 0 ? plainKey(section, text) : scopeKey(parseIdentity(text));
    // Policies and pools are named again and again; people are not.
    if (known.size < mostKeys) known.set(text, key);
  }
  return key;
}

const keys = new Map<SectionType, Map<string, string>>();
const mostKeys = 4096;

function scopeKey({ scope, role, name }: Identity): string {
  switch (scope) {
    case 'Global':
      return 'global';
    case 'Site':
      return `site:${name.toLowerCase()}`;
    case 'Service':
      return `service:${(role ?? '').toLowerCase()}:${name.toLowerCase()}`;
    case 'User':
      return `tag:${name.toLowerCase()}`;
  }
}

/** How an identity is usually written. */
export function identityText({ scope, role, name }: Identity): string {
  switch (scope) {
    case 'Global':
      return 'Global';
    case 'Site':
      return `Site:${name}`;
    case 'Service':
      return `Service:${role ?? ''}:${name}`;
    case 'User':
      return `Tag:${name}`;
  }
}

/** Objects without scopes have plain names; sites and services may be named with or without their prefix. */
function plainKey(section: SectionType, text: string): string {
  const key = text.trim().toLowerCase();
  if (section.name === 'CsSite') return key.replace(/^site:/, '');
  if (section.name === 'CsService') return key.replace(/^service:/, '');
  if (section.key === 'SipAddress' || section.key === 'SipUri') return key.replace(/^sip:/, '');
  return key;
}
