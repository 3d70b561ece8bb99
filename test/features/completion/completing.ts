/** Completion as an editor does it: asks, filters by what is typed, applies an item. */
import assert from 'node:assert/strict';
import { InsertTextFormat, TextEdit, type CompletionItem, type Position } from 'vscode-languageserver-types';
import { completion } from '../../../server/src/features/completion/completion.ts';
import type { CompletionOptions } from '../../../server/src/features/completion/completionItems.ts';
import type { Project } from '../../../server/src/project.ts';
import { cursorIn, offsetAt } from '../cursor.ts';

export const withSnippets: CompletionOptions = { snippets: true, retrigger: true };

export interface Completed {
  readonly project: Project;
  readonly uri: string;
  readonly position: Position;
  readonly text: string;
  readonly items: readonly CompletionItem[];
  readonly isIncomplete: boolean;
}

/** What is on offer at the cursor of a fixture. */
export function complete(fixture: string, options = withSnippets): Completed {
  const { project, uri, position, files } = cursorIn(fixture);
  const list = completion(project, uri, position, options);
  const text = files.get(uri) ?? '';
  return {
    project,
    uri,
    position,
    text,
    items: list?.items ?? [],
    isIncomplete: list?.isIncomplete ?? false,
  };
}

export function labels(fixture: string): string[] {
  return complete(fixture).items.map(({ label }) => label);
}

/** `label: detail`. */
export function details(fixture: string): string[] {
  return complete(fixture).items.map(({ label, detail = '' }) => `${label}: ${detail}`);
}

export function itemAt(fixture: string, label: string, options = withSnippets): CompletionItem {
  const { items } = complete(fixture, options);
  const found = items.find((item) => item.label === label);
  assert.ok(found, `'${label}' is among ${items.map((item) => item.label).join(', ')}`);
  return found;
}

/** The document after an item was picked; `$0` where the cursor ends, if the item says where. */
export function accept(fixture: string, label: string, options = withSnippets): string {
  const { text } = complete(fixture, options);
  return applyItem(text, itemAt(fixture, label, options));
}

/** The text after an item, with the words that its tab stops hold. */
export function applyItem(text: string, { textEdit, insertTextFormat }: CompletionItem): string {
  assert.ok(textEdit && TextEdit.is(textEdit));
  const { range, newText } = textEdit;
  const inserted = insertTextFormat === InsertTextFormat.Snippet ? expanded(newText) : newText;
  return text.slice(0, offsetAt(text, range.start)) + inserted + text.slice(offsetAt(text, range.end));
}

/** A snippet as an editor shows it first. Written anew here, to judge the server's own. */
export function expanded(snippet: string): string {
  let text = '';
  for (let at = 0; at < snippet.length; at++) {
    const rest = snippet.slice(at);
    const stop = /^\$\{\d+:((?:\\[\\$}]|[^\\}])*)\}/.exec(rest);
    if (rest.startsWith('\\') && /^[\\$}]/.test(rest.slice(1))) text += rest.charAt(1);
    else if (stop) text += (stop[1] ?? '').replaceAll(/\\([\\$}])/g, '$1');
    else text += rest.startsWith('$0') ? '$0' : rest.charAt(0);
    if (rest.startsWith('\\')) at++;
    else if (stop) at += stop[0].length - 1;
    else if (rest.startsWith('$0')) at++;
  }
  return text;
}

/** Whether an editor would show an item for what is typed: its letters in order, without case. */
export function fits({ filterText, label }: CompletionItem, typed: string): boolean {
  const letters = (filterText ?? label).toLowerCase();
  let from = 0;
  for (const letter of typed.toLowerCase()) {
    const found = letters.indexOf(letter, from);
    if (found < 0) return false;
    from = found + 1;
  }
  return true;
}
