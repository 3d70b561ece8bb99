/** Giving something another name, everywhere that it is named. */
import type { Deployment } from '../model/deployment.ts';
import type { Occurrence, Thing } from '../model/occurrences.ts';
import { place } from '../model/place.ts';
import { occurrencesOf } from '../model/search.ts';
import { parseIdentity } from '../schema/identity.ts';
import { sectionType } from '../schema/schema.ts';
import type { ReplaceText } from './change.ts';
import { readNewName } from './newName.ts';
import { scalarText } from './yamlText.ts';

/**
 * The changes that give what is named a new name, with or without its prefix; or a sentence that says why it cannot have it.
 * Each place keeps its prefix, its quotes and its form.
 */
export function renamingOf(
  named: Occurrence,
  typed: string,
  deployment: Deployment,
): { readonly changes: ReplaceText[] } | { readonly problem: string } {
  const problem = fixedName(named);
  if (problem !== undefined) return { problem };
  const read = readNewName(typed, named, deployment);
  if ('problem' in read) return read;
  const changes: ReplaceText[] = [];
  for (const thing of sameMachine(named, deployment)) {
    for (const found of occurrencesOf(deployment, thing)) {
      const change = renamed(found, read.name);
      if (change) changes.push(change);
    }
  }
  return { changes };
}

/** Why what is named cannot have another name; `undefined` if it can. */
export function fixedName({ section, name }: Occurrence): string | undefined {
  const identity = parseIdentity(name);
  if (section === 'CsService')
    return `A service has the name of its pool${identity.name === '' ? '' : ` '${identity.name}'`}: rename the pool, and the service follows.`;
  if (!sectionType(section)?.scopes.length) return undefined;
  switch (identity.scope) {
    case 'Global':
      return `'Global' is the scope of everybody who has no nearer one: ${section} has no other name for it.`;
    case 'Site':
      return `This ${section} has the name of its site: rename the site '${identity.name}'.`;
    case 'Service':
      return `This ${section} has the name of its service: rename the pool '${identity.name}'.`;
    case 'User':
      return undefined;
  }
}

/**
 * The things that have a name together. A server that is a pool by itself (Standard Edition, say) has one FQDN as pool and as
 * computer: it is one machine, so both are renamed. In a pool of several the computers keep their names.
 */
function sameMachine({ section, key }: Occurrence, deployment: Deployment): Thing[] {
  if (section !== 'CsPool' && section !== 'CsComputer') return [{ section, key }];
  const isOne = deployment.topology
    .computersOf(key)
    .every((computer) => computer.trim().toLowerCase() === key);
  return isOne
    ? [
        { section: 'CsPool', key },
        { section: 'CsComputer', key },
      ]
    : [{ section, key }];
}

/** One place with another name in it; `undefined` where it has it already. */
function renamed(
  { at, scalar, from, name, whole, keyStyle }: Occurrence,
  newName: string,
): ReplaceText | undefined {
  if (name === newName) return undefined;
  const text = scalar.text.slice(0, from) + newName + scalar.text.slice(from + name.length);
  // JSON has numbers without quotes, but no names.
  const isJson = scalar.style === 'plain' && typeof scalar.value !== 'string' && keyStyle === 'double';
  const style = isJson ? 'double' : scalar.style;
  const isReadable = style !== 'plain' || scalarText(text, 'plain') === text;
  if (!whole && !isJson && isReadable)
    return { kind: 'replace', at, text: insideQuotes(newName, scalar.style) };
  return { kind: 'replace', at: place(at.file, at.block, scalar), text: scalarText(text, style) };
}

function insideQuotes(text: string, style: Occurrence['scalar']['style']): string {
  if (style === 'single') return text.replaceAll("'", "''");
  return style === 'double' ? JSON.stringify(text).slice(1, -1) : text;
}
