/** Edits of files as a WorkspaceEdit. */
import type { TextDocumentEdit, WorkspaceEdit } from 'vscode-languageserver-types';
import type { TextEdit } from '../linter/edits.ts';
import type { SourceFile } from '../parser/sourceFile.ts';
import { toFileRange } from './positions.ts';

/** The version of a document that is open; `undefined` for a file that is not. */
export type VersionOf = (uri: string) => number | undefined;

/** @param versionOf the versions that the edits are for: a client refuses them when it has another by then */
export function toWorkspaceEdit(
  edits: Iterable<readonly [SourceFile, readonly TextEdit[]]>,
  versionOf: VersionOf,
): WorkspaceEdit {
  const documentChanges: TextDocumentEdit[] = [];
  for (const [file, ofFile] of edits) {
    documentChanges.push({
      textDocument: { uri: file.uri, version: versionOf(file.uri) ?? null },
      edits: ofFile.map((edit) => ({ range: toFileRange(file, edit), newText: edit.text })),
    });
  }
  return { documentChanges };
}
