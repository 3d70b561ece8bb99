/** textDocument/rename and prepareRename: another name for what a position names, in all files of its deployment. */
import type { Position, Range, WorkspaceEdit } from 'vscode-languageserver-types';
import { editsOf } from '../linter/edits.ts';
import { fixedName, renamingOf } from '../linter/renaming.ts';
import type { Project } from '../project.ts';
import { pointedIn } from './pointed.ts';
import { toRange } from './positions.ts';
import { toWorkspaceEdit, type VersionOf } from './workspaceEdit.ts';

/** A sentence for the user. */
export interface Refusal {
  readonly problem: string;
}

/** What is to be renamed, and its name without prefix; `undefined` where nothing is named. */
export function prepareRename(
  project: Project,
  uri: string,
  position: Position,
): { readonly range: Range; readonly placeholder: string } | Refusal | undefined {
  const pointed = pointedIn(project, uri, position);
  if (!pointed) return undefined;
  if (pointed.alias) return { problem: atAlias };
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
  const pointed = pointedIn(project, uri, position);
  if (!pointed) return { problem: 'There is no name here that could be changed.' };
  if (pointed.alias) return { problem: atAlias };
  const { deployment } = pointed.workspace;
  const renaming = renamingOf(pointed.occurrences[0], newName, deployment);
  return 'problem' in renaming ? renaming : toWorkspaceEdit(editsOf(renaming.changes, deployment), versionOf);
}

const atAlias = 'An alias stands here: rename where its anchor is, and the alias follows.';
