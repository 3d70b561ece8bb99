/** The simple URLs of a deployment: where people join meetings, look up dial-in numbers, and administer. */
import { textOf } from '../parser/nodes.ts';
import { parseIdentity } from '../schema/identity.ts';
import type { Deployment } from './deployment.ts';
import { membersOf } from './members.ts';
import type { LyncObject } from './object.ts';
import { place, type Place } from './place.ts';
import { quoted } from './wording.ts';

export interface SimpleUrl {
  /** `meet`, `dialin` or `cscp`; `admin` is the cmdlets' other word for `cscp`. */
  readonly component: string;
  /** The SIP domain in lower case, or `*`. */
  readonly domain: string;
  readonly configuration: LyncObject;
  /** The one in use first. */
  readonly addresses: readonly Address[];
}

export interface Address {
  /** As the file writes it. */
  readonly url: string;
  /** Of two that mean the same it is the same: `meet.contoso.com/meet`; the port is left out. */
  readonly key: string;
  readonly hasPort: boolean;
  readonly at: Place;
}

/**
 * The simple URLs of one configuration, `Global` or a site's.
 * @returns `undefined` where they are not written or one of them cannot be read: then nobody can say what is missing
 */
export function simpleUrls(configuration: LyncObject): readonly SimpleUrl[] | undefined {
  const property = configuration.setProperty('SimpleUrl');
  if (!property) return undefined;
  const { value, valueBlock } = property;
  const urls: SimpleUrl[] = [];
  // PowerShell prints a single one without list.
  for (const item of value.type === 'sequence' ? value.items : [value]) {
    const placed = configuration.resolve(valueBlock, item);
    const members = placed && membersOf(configuration, placed);
    const component = members?.get('component')?.text?.trim().toLowerCase();
    if (!members || component === undefined) return undefined;
    const addresses: Address[] = [];
    const add = (text: string | undefined, at: Place): void => {
      const url = text?.trim() ?? '';
      const [host, path] = partsOf(url);
      const key = (host.replace(/:\d*$/, '') + path).replace(/\/+$/, '');
      if (url === '' || addresses.some((other) => other.key === key)) return;
      addresses.push({ url, key, hasPort: /:\d*$/.test(host), at });
    };
    const active = members.get('activeurl');
    if (active) add(active.text, place(configuration.file, active.block, active.node));
    const entries = members.get('simpleurlentry');
    const list = entries && configuration.resolve(entries.block, entries.node);
    for (const entry of list?.node.type === 'sequence' ? list.node.items : list ? [list.node] : []) {
      const found = list && configuration.resolve(list.block, entry);
      if (!found) continue;
      const url = membersOf(configuration, found).get('url');
      if (url) add(url.text, place(configuration.file, url.block, url.node));
      else add(textOf(found.node), place(configuration.file, found.block, found.node));
    }
    const domain = members.get('domain')?.text?.trim().toLowerCase() ?? '*';
    urls.push({ component: component === 'admin' ? 'cscp' : component, domain, configuration, addresses });
  }
  return urls;
}

/** The simple URLs of all configurations that can be read, in the order of the files. */
export function allSimpleUrls(deployment: Deployment): readonly SimpleUrl[] {
  return remembered(deployment, 'all', () =>
    deployment.all('CsSimpleUrl').flatMap((configuration) => simpleUrls(configuration) ?? []),
  );
}

/** What a configuration needs and has not, in words: `no Dialin URL`. */
export function missingSimpleUrls(
  configuration: LyncObject,
  urls: readonly SimpleUrl[],
  deployment: Deployment,
): readonly string[] {
  const site = siteOfConfiguration(configuration);
  // Of a site that has none the simple URLs of Global are still meant.
  if (site !== undefined && urls.length === 0) return [];
  // What some site has, its people have: Global need not have it, too.
  const there = site === undefined ? allSimpleUrls(deployment) : urls;
  const has = (component: string, domain?: string): boolean =>
    there.some(
      (url) => url.component === component && (!domain || url.domain === domain || url.domain === '*'),
    );
  const domains = domainsFor(site, deployment).filter((domain) => !has('meet', domain.toLowerCase()));
  const missing: string[] = [];
  if (domains.length > 0) missing.push(`no Meet URL for ${quoted(domains)}`);
  else if (!has('meet')) missing.push('no Meet URL');
  if (!has('dialin')) missing.push('no Dialin URL');
  return missing;
}

/** The SIP domains that need a Meet URL: all; at a site those for which Global has one, if that is in the files. */
function domainsFor(site: string | undefined, deployment: Deployment): readonly string[] {
  const domains = deployment.all('CsSipDomain').map(({ subject }) => subject);
  if (site === undefined) return domains;
  const global = deployment.find('CsSimpleUrl', 'Global');
  const urls = (global && simpleUrls(global)) ?? [];
  return urls
    .filter(({ component, domain }) => component === 'meet' && domain !== '*')
    .map(({ domain }) => domain);
}

/** A simple URL with one of its addresses. */
export interface UsedAddress {
  readonly simpleUrl: SimpleUrl;
  readonly address: Address;
}

/** Another simple URL with the same address, or with one that this one begins with, segment by segment. */
export function clashing(
  simpleUrl: SimpleUrl,
  { key }: Address,
  deployment: Deployment,
): UsedAddress | undefined {
  const used = remembered(deployment, 'used', () => {
    const found = new Map<string, UsedAddress[]>();
    for (const other of allSimpleUrls(deployment))
      for (const address of other.addresses)
        found.set(address.key, [...(found.get(address.key) ?? []), { simpleUrl: other, address }]);
    return found;
  });
  for (let beginning = key; beginning !== ''; beginning = beginning.replace(/\/?[^/]*$/, '')) {
    const users = (used.get(beginning) ?? []).filter((user) => !isSame(user.simpleUrl, simpleUrl));
    const [first] = users;
    if (!first) continue;
    // Of two that are the same it is said of the second.
    const all = allSimpleUrls(deployment);
    if (beginning !== key || all.indexOf(first.simpleUrl) < all.indexOf(simpleUrl)) return first;
  }
  return undefined;
}

/** The site that a configuration is for; `undefined` for Global. */
export function siteOfConfiguration(configuration: LyncObject): string | undefined {
  const { scope, name } = parseIdentity(configuration.subject);
  return scope === 'Site' ? name : undefined;
}

/** A site that has its own simple URLs may have one of them as Global has it: no two of them are ever in use side by side. */
function isSame(a: SimpleUrl, b: SimpleUrl): boolean {
  return (
    a === b || (a.component === b.component && a.domain === b.domain && a.configuration !== b.configuration)
  );
}

/** Host, with a port if there is one, and path. */
function partsOf(url: string): [host: string, path: string] {
  const [, host = '', path = ''] = /^([^/]*)(.*)$/s.exec(url.toLowerCase().replace(/^[a-z]+:\/\//, '')) ?? [];
  return [host, path];
}

function remembered<T>(deployment: Deployment, name: string, find: () => T): T {
  const answers = deployment.scratch('CsSimpleUrl') as Map<string, T>;
  const known = answers.get(name);
  if (known !== undefined) return known;
  const found = find();
  answers.set(name, found);
  return found;
}
