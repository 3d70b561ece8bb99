/** The code action `source.fixAll.lync`: what can be fixed in a file without anybody looking, on saving, say. */
import { CodeActionKind, type CodeAction } from 'vscode-languageserver-types';
import { safeFix } from '../../linter/bulk.ts';
import type { Change } from '../../linter/change.ts';
import { editsOf, homeOf, type TextEdit } from '../../linter/edits.ts';
import type { Deployment } from '../../model/deployment.ts';
import type { SourceFile } from '../../parser/sourceFile.ts';
import type { Project } from '../../project.ts';
import { composed } from '../../linter/compose.ts';
import { toWorkspaceEdit, type VersionOf } from '../lsp/workspaceEdit.ts';

export const fixAllKind = `${CodeActionKind.SourceFixAll}.lync`;

/** A fix may bring an object that another rule has something to say about: three rounds are enough for that. */
const mostRounds = 3;

/** With more people than these, what a fix brings is left to the next time: to find out takes a copy of the deployment. */
const mostPeople = 5000;

/** Whether the kinds that are asked for have it among them. It is never offered to those who ask for nothing particular. */
export function asksForFixAll(only: readonly string[] | undefined): boolean {
  return (
    only?.some((kind) => kind !== '' && (fixAllKind === kind || fixAllKind.startsWith(`${kind}.`))) ?? false
  );
}

/**
 * Makes the safe fixes of all that is found in a file, as far as they are in that file: nobody sees what happens in others.
 * @returns `undefined` where there is nothing to fix
 */
export function fixAll(project: Project, uri: string, versionOf: VersionOf): CodeAction | undefined {
  const file = project.file(uri)?.file;
  const deployment = project.workspaceOf(uri)?.deployment;
  if (!file || !deployment) return undefined;
  let edits = editsIn(project, uri);
  if (edits.length === 0) return undefined;
  if (deployment.count('CsUser') <= mostPeople) {
    const trial = project.fork(uri);
    let next = edits;
    for (let round = 1; round < mostRounds && next.length > 0; round++) {
      for (const edit of next.toReversed()) trial.editAt(uri, edit);
      next = editsIn(trial, uri);
      edits = composed(edits, next);
    }
  }
  return {
    title: 'Fix all that is safe to fix in this file',
    kind: fixAllKind,
    edit: toWorkspaceEdit([[file, edits]], versionOf),
  };
}

function editsIn(project: Project, uri: string): readonly TextEdit[] {
  const deployment = project.workspaceOf(uri)?.deployment;
  const file = project.file(uri)?.file;
  if (!deployment || !file) return [];
  const changes = project.findings(uri).flatMap(({ finding }) => {
    const fix = safeFix(finding, deployment);
    return fix?.changes.every((change) => isIn(file, change, deployment)) === true ? fix.changes : [];
  });
  return editsOf(changes, deployment).get(file) ?? [];
}

function isIn(file: SourceFile, change: Change, deployment: Deployment): boolean {
  switch (change.kind) {
    case 'set':
      return change.object.file === file;
    case 'add':
      return homeOf(change, deployment) === file;
    case 'replace':
      return change.at.file === file;
  }
}
