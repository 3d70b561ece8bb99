/** What somebody has typed as a new name: whether it can be one, and why not. */
import type { Deployment } from '../model/deployment.ts';
import { domainOf } from '../model/names.ts';
import type { Thing } from '../model/occurrences.ts';
import { occurrencesOf } from '../model/search.ts';
import { identityKey } from '../schema/identity.ts';
import { nouns } from '../schema/nouns.ts';
import { sectionType } from '../schema/schema.ts';

export type NewName = { readonly name: string } | { readonly problem: string };

/**
 * Takes a new name for a thing, with or without its prefix.
 * @returns the name without prefix and without the blanks around it, or a sentence that says why it cannot be the name
 */
export function readNewName(typed: string, thing: Thing, deployment: Deployment): NewName {
  const { section, key } = thing;
  const type = sectionType(section);
  const name = typed.trim().replace(prefixOf(section), '').trim();
  if (name === '') return { problem: `The new name of the ${nounOf(section)} is empty.` };
  const problem = problemOf(name, thing, deployment);
  if (problem !== undefined) return { problem };
  const newKey = type ? identityKey(type, name) : name;
  // Another spelling of the same name is the same name.
  if (newKey === key) return { name };
  for (const other of sharing(section)) {
    const taken: Thing = { section: other, key: newKey };
    if (deployment.namesakes(other, newKey).length > 0)
      return { problem: `There is a ${nounOf(other)} '${name}' already.` };
    const [named] = occurrencesOf(deployment, taken);
    if (named)
      return {
        problem: `'${name}' is named in these files already, although no ${nounOf(other)} has that name: afterwards the two could not be told apart.`,
      };
  }
  return { name };
}

/** What somebody calls an object of a section. */
export function nounOf(section: string): string {
  return nouns[section]?.[0] ?? section;
}

function prefixOf(section: string): RegExp {
  if (section === 'CsSite') return /^site:/i;
  return section === 'CsUser' ? /^sip:/i : /^tag:/i;
}

function problemOf(name: string, { section, key }: Thing, deployment: Deployment): string | undefined {
  switch (section) {
    case 'CsSipDomain':
    case 'CsPool':
    case 'CsComputer':
      return fqdn.test(name) && name.length <= longestFqdn
        ? undefined
        : `'${name}' is no fully qualified domain name: a ${nounOf(section)} has one, for example '${examples[section]}'.`;
    case 'CsUser': {
      if (!/^[^\s\p{Cc}:;?@"<>]+@[^@]+$/u.test(name) || !fqdn.test(domainOf(name) ?? ''))
        return `'${name}' is no SIP address: one is a name without blanks, an '@' and a SIP domain, for example 'sip:ken@contoso.com'.`;
      const domain = domainOf(name) ?? '';
      return deployment.resolves('CsSipDomain', domain) || domain.toLowerCase() === domainOf(key)
        ? undefined
        : `No CsSipDomain defines '${domain}', so nobody can have an address there.`;
    }
  }
  if (/^global$/i.test(name)) return "'Global' is the name of a scope, and nothing else can have it.";
  if (name.includes(':')) return `'${name}' has a colon: in Lync the colon ends a name's prefix.`;
  return /\p{Cc}/u.test(name) ? 'The new name has a control character, such as a tab, in it.' : undefined;
}

/** Source: RFC 1035, section 2.3; a pool, computer or SIP domain is named by its full name, with a dot in it. */
const fqdn = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/i;
const longestFqdn = 253;
const examples = { CsSipDomain: 'contoso.com', CsPool: 'pool01.contoso.com', CsComputer: 'fe01.contoso.com' };

/** The sections that have their names together: a computer with the name of a pool is the pool's only one. */
function sharing(section: string): readonly string[] {
  return section === 'CsPool' || section === 'CsComputer' ? ['CsPool', 'CsComputer'] : [section];
}
