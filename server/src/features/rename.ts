/** textDocument/rename and prepareRename: another name for what a position names, in all files of its deployment. */
import type { Position, Range, WorkspaceEdit } from 'vscode-languageserver-types';
import { editsOf } from '../linter/edits.ts';
import { fixedName, renamingOf } from '../linter/renaming.ts';
import { usesOf } from '../model/anchorPoint.ts';
import type { Place } from '../model/place.ts';
import type { Span } from '../parser/span.ts';
import type { Project } from '../project.ts';
import { anchorIn, pointedIn, type AnchorIn } from './lsp/pointed.ts';
import { toRange } from './lsp/positions.ts';
import { toWorkspaceEdit, type VersionOf } from './lsp/workspaceEdit.ts';

/** A sentence for the user. */
export interface Refusal {
  readonly problem: string;
}

/** What is to be renamed, an anchor before what its value names, and the name without prefix; `undefined` where nothing is named. */
export function prepareRename(
  project: Project,
  uri: string,
  position: Position,
): { readonly range: Range; readonly placeholder: string } | Refusal | undefined {
  const anchor = anchorIn(project, uri, position);
  if (anchor) {
    const { at, contents, name } = anchor;
    const named = toRange(at.file, at.block, nameOf(anchor));
    // In front of the sign the cursor is not on the name yet, and an editor wants it in what it offers.
    const isInFront = contents.file.offsetAt(position) < contents.file.offsetAt(named.start);
    return { range: isInFront ? toRange(at.file, at.block, at) : named, placeholder: name };
  }
  const pointed = pointedIn(project, uri, position);
  if (!pointed) return undefined;
  const [named] = pointed.occurrences;
  const problem = fixedName(named);
  if (problem !== undefined) return { problem };
  return { range: toRange(named.at.file, named.at.block, named.at), placeholder: named.name };
}

/**
 * The edits that rename what the position names; of names in each other the innermost.
 * @param newName with or without its prefix
 */
export function rename(
  project: Project,
  uri: string,
  position: Position,
  newName: string,
  versionOf: VersionOf,
): WorkspaceEdit | Refusal {
  const anchor = anchorIn(project, uri, position);
  if (anchor) return renameAnchor(anchor, newName.trim(), versionOf);
  const pointed = pointedIn(project, uri, position);
  if (!pointed) return { problem: 'There is no name here that could be changed.' };
  const { deployment } = pointed.workspace;
  const renaming = renamingOf(pointed.occurrences[0], newName, deployment);
  return 'problem' in renaming ? renaming : toWorkspaceEdit(editsOf(renaming.changes, deployment), versionOf);
}

/** Gives an anchor and its aliases another name, in the one document in which they mean each other. */
function renameAnchor(
  { name, target, contents }: AnchorIn,
  newName: string,
  versionOf: VersionOf,
): WorkspaceEdit | Refusal {
  if (newName === name) return { documentChanges: [] };
  if (newName === '') return { problem: 'The new name of the anchor is empty.' };
  const forbidden = /[\s,[\]{}\p{Cc}\uFEFF]/u.exec(newName)?.[0];
  if (forbidden !== undefined)
    return {
      problem: `The name of an anchor cannot contain ${/[\s\p{Cc}\uFEFF]/u.test(forbidden) ? 'white space' : `'${forbidden}'`}.`,
    };
  if (newName.endsWith(':'))
    return { problem: 'The name of an anchor cannot end with a colon, because it would look like a key.' };
  for (const { node } of contents.anchors.inDocument(target.block))
    if (node.type !== 'alias' && node.anchor === newName)
      return { problem: `Another anchor of this document is called '${newName}' already.` };
  const { file } = contents;
  const edits = usesOf(contents, target).map(({ at }) => ({
    ...file.absolute(at.block, nameOf({ at })),
    text: newName,
  }));
  return toWorkspaceEdit([[file, edits]], versionOf);
}

/** The name of an anchor or alias, without its `&` or `*`. */
function nameOf({ at: { start, end } }: { readonly at: Place }): Span {
  return { start: start + 1, end };
}
