/** What an editor does with a WorkspaceEdit. */
import assert from 'node:assert/strict';
import { CreateFile, TextDocumentEdit, type TextEdit, type WorkspaceEdit } from 'vscode-languageserver-types';
import { offsetAt } from './cursor.ts';

/** The texts after an edit; what an editor would refuse fails. */
export function applied(
  files: ReadonlyMap<string, string>,
  edit: WorkspaceEdit | undefined,
): Map<string, string> {
  const after = new Map(files);
  for (const change of edit?.documentChanges ?? []) {
    if (CreateFile.is(change)) {
      if (!after.has(change.uri)) after.set(change.uri, '');
      continue;
    }
    assert.ok(TextDocumentEdit.is(change));
    const { uri } = change.textDocument;
    const text = after.get(uri);
    assert.ok(text !== undefined, `'${uri}' is there to be edited`);
    after.set(uri, appliedTo(text, change.edits as TextEdit[]));
  }
  return after;
}

/** Applies edits that all speak of the text before. They may touch, but not overlap. */
export function appliedTo(text: string, edits: readonly TextEdit[]): string {
  let result = '';
  let end = 0;
  for (const { range, newText } of edits) {
    const from = offsetAt(text, range.start);
    const to = offsetAt(text, range.end);
    assert.ok(from <= to, 'an edit ends where it starts or behind');
    assert.ok(from >= end, 'edits stand in the order of the text and do not overlap');
    result += text.slice(end, from) + newText;
    end = to;
  }
  return result + text.slice(end);
}
