/** workspace/symbol: the objects of all deployments by their names. */
import type { WorkspaceSymbol } from 'vscode-languageserver-types';
import type { LyncObject } from '../../model/object.ts';
import type { Project } from '../../project.ts';
import { sectionTypes, type SectionType } from '../../schema/schema.ts';
import { pathIn, type Workspace } from '../../workspace.ts';
import { kinds } from './documentSymbol.ts';
import { toLocation } from '../lsp/positions.ts';

/** A name that a query may mean: the lower the rank the better. */
interface Candidate {
  readonly rank: number;
  readonly key: string;
  readonly section: SectionType;
  readonly workspace: Workspace;
}

/**
 * The objects with a name that has the characters of `query` in their order, in any case, at most `most` of them. First come names
 * that begin with the query, then those with a word that does, then those that contain it; of these the shortest. Without a query
 * whatever is no person comes first.
 */
export function workspaceSymbols(project: Project, query: string, most = 200): WorkspaceSymbol[] {
  const wanted = query
    .trim()
    .toLowerCase()
    .replace(/^(?:tag|sip):/, '');
  // What an object has besides its name makes no second object of it, but counts here.
  const enough = most * 2;
  let best: Candidate[] = [];
  let worst = Infinity;
  for (const [workspace, section] of sectionsOf(project)) {
    const peopleStart = section.kind === 'user' ? 10_000 : 0;
    for (const key of workspace.deployment.names(section.name)) {
      if (section.name === 'CsUser' && key.startsWith('line ')) continue;
      const rank = wanted === '' ? peopleStart : rankOf(key, section.scopes.length > 0 ? 'tag:' : '', wanted);
      if (rank === undefined || rank >= worst) continue;
      best.push({ rank, key, section, workspace });
      if (best.length < enough * 8) continue;
      // Letting some more in than are wanted keeps the sorting cheap.
      best = bestOf(best, enough);
      worst = best.at(-1)?.rank ?? worst;
    }
  }
  const symbols: WorkspaceSymbol[] = [];
  for (const { key, section, workspace } of bestOf(best, enough)) {
    for (const object of workspace.deployment.namesakes(section.name, key)) {
      if (symbols.length >= most) return symbols;
      if (object.keys[0] === key) symbols.push(...symbolOf(object, workspace));
    }
  }
  return symbols;
}

function* sectionsOf(project: Project): Generator<[Workspace, SectionType]> {
  for (const workspace of project.workspaces)
    for (const section of sectionTypes()) yield [workspace, section];
}

/** Of candidates of the same rank those that came first stay. */
function bestOf(candidates: readonly Candidate[], most: number): Candidate[] {
  return candidates.toSorted((a, b) => a.rank - b.rank).slice(0, most);
}

/**
 * Lower is better; `undefined` where the name does not have the query's characters. All in lower case.
 * @param prefix is no part of the names that people know: `smartcard` of `tag:smartcard`
 */
function rankOf(key: string, prefix: string, query: string): number | undefined {
  const start = prefix !== '' && key.startsWith(prefix) ? prefix.length : 0;
  const length = Math.min(key.length - start, 999);
  const at = key.indexOf(query, start);
  if (at === start) return length;
  if (at > start) {
    for (let next = at; next >= 0; next = key.indexOf(query, next + 1))
      if (!isLetterOrDigit(key.charCodeAt(next - 1))) return 1000 + length;
    return 2000 + length;
  }
  let from = start;
  for (let i = 0; i < query.length; i++) {
    const found = key.indexOf(query.charAt(i), from);
    if (found < 0) return undefined;
    from = found + 1;
  }
  return 3000 + length;
}

function isLetterOrDigit(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 48 && code <= 57) || code > 127;
}

function symbolOf(object: LyncObject, workspace: Workspace): WorkspaceSymbol[] {
  const { section, subject, file } = object;
  const location = toLocation(object.at);
  if (!location) return [];
  return [
    {
      name: subject.trim() || section.name,
      kind: kinds[section.kind],
      location,
      containerName: `${section.name} in ${pathIn(workspace.root, file.uri)}`,
    },
  ];
}
