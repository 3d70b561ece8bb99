/** textDocument/definition: from a name to what it names. */
import type * as lsp from 'vscode-languageserver-types';
import { anchorOf } from '../model/anchorPoint.ts';
import type { Occurrence } from '../model/occurrences.ts';
import { place } from '../model/place.ts';
import { definitionsOf } from '../model/search.ts';
import type { Project } from '../project.ts';
import { anchorIn, pointedIn, type AnchorIn } from './lsp/pointed.ts';
import { toLocation, toRange } from './lsp/positions.ts';

/**
 * Where that is defined which a position names; `undefined` where nothing is named or nothing defines it. Of names in each other
 * the innermost that somebody defines counts: of `Registrar:pool01.contoso.com` the pool, and without it the service. An alias
 * leads to its anchor.
 * @param linkSupport whether the client takes links, which also say what the name stands for as a whole
 */
export function definition(
  project: Project,
  uri: string,
  position: lsp.Position,
  linkSupport: boolean,
): lsp.Location[] | lsp.LocationLink[] | undefined {
  const anchor = anchorIn(project, uri, position);
  if (anchor) return definitionOfAnchor(anchor, linkSupport);
  const pointed = pointedIn(project, uri, position);
  if (!pointed) return undefined;
  const { occurrences, origin, workspace } = pointed;
  for (const named of occurrences) {
    const found = definitionsOf(workspace.deployment, named);
    if (found.length === 0) continue;
    if (!linkSupport) return found.flatMap(({ at }) => toLocation(at) ?? []);
    const originSelectionRange = toRange(origin.file, origin.block, origin);
    return found.flatMap((target) => toLink(target, originSelectionRange));
  }
  return undefined;
}

function definitionOfAnchor(
  { at, contents: { file }, target }: AnchorIn,
  linkSupport: boolean,
): lsp.Location[] | lsp.LocationLink[] | undefined {
  const anchor = anchorOf(target);
  const name = anchor && toLocation(place(file, target.block, anchor));
  if (!name) return undefined;
  if (!linkSupport) return [name];
  const { uri: targetUri, range: targetSelectionRange } = name;
  const targetRange = toRange(file, target.block, { start: anchor.start, end: target.node.end });
  return [
    { originSelectionRange: toRange(file, at.block, at), targetUri, targetRange, targetSelectionRange },
  ];
}

function toLink({ at, object }: Occurrence, originSelectionRange: lsp.Range): lsp.LocationLink[] {
  const name = toLocation(at);
  if (!name) return [];
  const { uri: targetUri, range: targetSelectionRange } = name;
  const whole = object?.mapping;
  // A name may stand behind an alias, outside of the object that has it.
  const surrounds =
    whole && object.mappingBlock === at.block && whole.start <= at.start && at.end <= whole.end;
  const targetRange = surrounds ? toRange(at.file, at.block, whole) : targetSelectionRange;
  return [{ originSelectionRange, targetUri, targetRange, targetSelectionRange }];
}
