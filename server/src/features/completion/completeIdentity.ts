/** Names of objects: the scopes that a section still lacks, what others refer to already, addresses of people. */
import { CompletionItemKind } from 'vscode-languageserver-types';
import type { ValueCursor } from '../../model/cursor.ts';
import type { Deployment } from '../../model/deployment.ts';
import { roleOf } from '../../model/topology.ts';
import { namesOfTwoFactorPools } from '../../model/twoFactorPools.ts';
import { describeUndefined } from '../../model/undefinedNames.ts';
import { parseIdentity } from '../../schema/identity.ts';
import { mostItems, snippetInsertion, valueInsertion, type Draft } from './completionItems.ts';
import { poolsWith } from './pools.ts';

/** The names that an object at the cursor may have. */
export function* identityDrafts(cursor: ValueCursor, deployment: Deployment): Generator<Draft> {
  const { section } = cursor;
  if (section.name === 'CsUser') yield* addressDrafts(cursor, deployment);
  else if (section.name === 'CsUnifiedContactStore') yield* personDrafts(cursor, deployment);
  else if (section.scopes.length > 0) yield* scopeDrafts(cursor, deployment);
  else yield* topologyDrafts(cursor, deployment);
}

function draft(cursor: ValueCursor, label: string, detail?: string): Draft {
  return {
    label,
    kind: CompletionItemKind.Value,
    insert: valueInsertion(cursor.place, label),
    ...(detail === undefined ? {} : { detail }),
  };
}

function* undefinedDrafts(cursor: ValueCursor, deployment: Deployment): Generator<Draft> {
  const { section } = cursor;
  const names = [...deployment.undefinedNames(section)].sort(([, a], [, b]) => b - a);
  for (const [name, count] of names) {
    const label = section.name === 'CsSite' && !/^site:/i.test(name) ? `Site:${name}` : name;
    yield draft(cursor, label, describeUndefined(section.name, count));
  }
}

function* scopeDrafts(cursor: ValueCursor, deployment: Deployment): Generator<Draft> {
  const { section, object } = cursor;
  const isFree = (identity: string): boolean => {
    const known = deployment.find(section.name, identity);
    return !known || known === object;
  };
  yield* undefinedDrafts(cursor, deployment);
  if (section.scopes.includes('Global') && isFree('Global'))
    yield draft(cursor, 'Global', 'everybody who has no nearer one');
  const limited = namesOfTwoFactorPools(deployment);
  if (section.scopes.includes('Service')) {
    for (const role of section.serviceRoles) {
      for (const pool of poolsWith(deployment, role)) {
        const identity = `Service:${role}:${pool}`;
        const suffix = limited.has(pool.toLowerCase()) ? ', two-factor' : '';
        if (isFree(identity)) yield draft(cursor, identity, `${siteOf(pool, deployment)}${suffix}`);
      }
    }
  }
  if (section.scopes.includes('Site')) {
    for (const site of deployment.all('CsSite')) {
      const identity = `Site:${site.subject.replace(/^site:/i, '')}`;
      if (isFree(identity)) yield draft(cursor, identity, 'everybody whose pool is in the site');
    }
  }
  if (!section.scopes.includes('User')) return;
  yield {
    label: 'Tag:',
    kind: CompletionItemKind.Value,
    insert: snippetInsertion(cursor.place, { snippet: 'Tag:${1:Name}' }),
    detail: `granted to users by ${section.grantCmdlet ?? 'name'}`,
  };
}

function siteOf(pool: string, deployment: Deployment): string {
  return deployment.topology.siteOf(pool) ?? 'no site';
}

function* topologyDrafts(cursor: ValueCursor, deployment: Deployment): Generator<Draft> {
  const { section, place } = cursor;
  yield* undefinedDrafts(cursor, deployment);
  if (section.name === 'CsSite')
    yield {
      label: 'Site:',
      kind: CompletionItemKind.Value,
      insert: snippetInsertion(place, { snippet: 'Site:${1:Name}' }),
      detail: 'a new site',
    };
  if (section.name === 'CsServerPatchVersion')
    for (const computer of deployment.all('CsComputer')) yield draft(cursor, computer.subject);
  if (section.name !== 'CsService') return;
  for (const pool of deployment.all('CsPool')) {
    const has = new Set(
      deployment.topology.servicesOf(pool.subject).map((service) => roleOf(service)?.toLowerCase()),
    );
    // Edge Servers and Directors share a pool with nothing.
    const roles = has.size === 0 ? usualRoles : has.has('registrar') ? frontEndRoles : [];
    for (const role of roles) {
      const identity = `${role}:${pool.subject}`;
      if (!has.has(role.toLowerCase()) && pool.subject !== '')
        yield draft(cursor, identity, siteOf(pool.subject, deployment));
    }
  }
}

/** The services that the rules ask about. */
const frontEndRoles = ['Registrar', 'UserServer', 'WebServer'];
const usualRoles = [...frontEndRoles, 'EdgeServer', 'Director'];

/** `sip:`, and the domains behind the `@`. */
function* addressDrafts(cursor: ValueCursor, deployment: Deployment): Generator<Draft> {
  const { place } = cursor;
  const name = place.typed.replace(/^sip:/i, '').replace(/@.*$/s, '');
  const domains = deployment.all('CsSipDomain').map((domain) => ({
    subject: domain.subject,
    detail: `${domain.text('IsDefault')?.toLowerCase() === 'true' ? 'default ' : ''}SIP domain`,
  }));
  if (name === '') {
    const snippets = domains.length > 0 ? domains : [{ subject: 'contoso.com', detail: 'an address' }];
    for (const { subject, detail } of snippets)
      yield {
        label: `sip:…@${subject}`,
        kind: CompletionItemKind.Value,
        insert: snippetInsertion(place, { snippet: `sip:\${1:name}@${subject}` }),
        filter: `sip:@${subject}`,
        detail,
      };
    return;
  }
  for (const { subject, detail } of domains) {
    const address = `sip:${name}@${subject}`;
    const filter = /^sip:/i.test(place.typed) ? address : address.slice('sip:'.length);
    yield { ...draft(cursor, address, detail), filter };
  }
}

/** People whose contact list has no entry yet. A deployment may have a hundred thousand: only those who fit are read. */
function* personDrafts(cursor: ValueCursor, deployment: Deployment): Generator<Draft> {
  const typed = cursor.place.typed.toLowerCase();
  const prefix = typed.replace(/^sip?:?/, '');
  let count = 0;
  for (const standing of deployment.populated()) {
    for (const user of standing.users) {
      const [key = ''] = user.keys;
      if (!key.startsWith(prefix) || deployment.find('CsUnifiedContactStore', key)) continue;
      const { limited } = standing;
      const { subject } = user;
      const filter =
        typed.startsWith('s') && !subject.toLowerCase().startsWith('sip:') ? `sip:${subject}` : subject;
      yield {
        ...draft(cursor, subject, limited ? 'two-factor user' : 'user'),
        filter: typed.startsWith('sip:') || typed === '' ? filter : filter.replace(/^sip:/i, ''),
      };
      // One more than is shown says that there are others.
      if (++count > mostItems) return;
    }
  }
}

/** Whether a property gives an object its name. */
export function isName({ section, property }: ValueCursor): boolean {
  return property === section.key;
}

/** The prefix that a name of a policy is typed with. */
export function isTagged(typed: string): boolean {
  return parseIdentity(typed).scope === 'User' && /^tag:/i.test(typed);
}
