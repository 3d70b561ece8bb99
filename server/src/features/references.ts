/** textDocument/references: everywhere in the deployment that a name stands. */
import type * as lsp from 'vscode-languageserver-types';
import { usesOf } from '../model/anchorPoint.ts';
import { occurrencesOf } from '../model/search.ts';
import type { Project } from '../project.ts';
import { anchorIn, pointedIn } from './lsp/pointed.ts';
import { inOrder, toLocation } from './lsp/positions.ts';

/**
 * Every place that names what the position names, by file and place; of names in each other the innermost counts, and on an
 * anchor or alias that alone. `undefined` where nothing is named.
 */
export function references(
  project: Project,
  uri: string,
  position: lsp.Position,
  includeDeclaration: boolean,
): lsp.Location[] | undefined {
  const anchor = anchorIn(project, uri, position);
  if (anchor)
    return usesOf(anchor.contents, anchor.target)
      .filter(({ isAlias }) => isAlias || includeDeclaration)
      .flatMap(({ at }) => toLocation(at) ?? []);
  const pointed = pointedIn(project, uri, position);
  if (!pointed) return undefined;
  const found: lsp.Location[] = [];
  for (const { at, defines } of occurrencesOf(pointed.workspace.deployment, pointed.occurrences[0])) {
    const location = defines && !includeDeclaration ? undefined : toLocation(at);
    if (location) found.push(location);
  }
  return found.sort((a, b) => (a.uri === b.uri ? inOrder(a.range, b.range) : a.uri < b.uri ? -1 : 1));
}
