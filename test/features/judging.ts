/** What every valid answer has in common: it is inside its document, in order, and says something. */
import assert from 'node:assert/strict';
import type {
  CompletionItem,
  DocumentSymbol,
  Location,
  Position,
  WorkspaceEdit,
} from 'vscode-languageserver-types';
import type { Desk } from './answers.ts';
import { areApart, contains, Page, words, type Stretch } from './page.ts';

export function pageOf({ pages }: Desk, uri: string): Page {
  const page = pages.get(uri);
  assert.ok(page, `'${uri}' is a document of the project.`);
  return page;
}

export function isIn({ start, end }: Stretch, offset: number): boolean {
  return start <= offset && offset <= end;
}

export function checkLocation(desk: Desk, { uri, range }: Location): void {
  pageOf(desk, uri).stretch(range);
}

/** Checks that places are in order and do not overlap. */
export function checkApart(desk: Desk, locations: readonly Location[], inOrder = true): void {
  const byUri = new Map<string, Stretch[]>();
  for (const { uri, range } of locations) {
    const ofUri = byUri.get(uri) ?? [];
    ofUri.push(pageOf(desk, uri).stretch(range));
    byUri.set(uri, ofUri);
  }
  for (const stretches of byUri.values()) {
    if (!inOrder) stretches.sort((a, b) => a.start - b.start);
    assert.ok(areApart(stretches), `Places overlap, or are in no order: ${JSON.stringify(locations)}`);
  }
}

export function isSentence(text: string): boolean {
  return /[.?!]$/.test(text) && !text.includes('[object ');
}

export function checkMarkdown(text: string): void {
  assert.ok(text.trim() !== '');
  assert.ok(!text.includes('[object '), text);
}

export function checkItem(item: CompletionItem, page: Page, { line }: Position, offset: number): void {
  assert.ok(item.label.trim() !== '' && item.textEdit && 'range' in item.textEdit);
  assert.equal(item.additionalTextEdits, undefined);
  const { range } = item.textEdit;
  const stretch = page.stretch(range);
  assert.ok(range.start.line === line && range.end.line === line, `On another line: ${words(range)}`);
  assert.ok(isIn(stretch, offset), `Elsewhere than the cursor: ${words(range)}`);
}

export function checkEdit(desk: Desk, { documentChanges = [], changes }: WorkspaceEdit): void {
  assert.equal(changes, undefined);
  assert.ok(documentChanges.length > 0, 'An edit does nothing.');
  const seen = new Set<string>();
  for (const change of documentChanges) {
    if (!('textDocument' in change)) {
      assert.equal(change.kind, 'create', 'Nothing is deleted or moved.');
      assert.ok(!desk.pages.has(change.uri));
      continue;
    }
    const { uri } = change.textDocument;
    assert.ok(!seen.has(uri), `'${uri}' is edited twice.`);
    seen.add(uri);
    const page = desk.pages.get(uri) ?? new Page(uri, '');
    page.edited(
      change.edits.map((edit) => {
        assert.ok('newText' in edit);
        return edit;
      }),
    );
  }
}

export function checkSymbols(symbols: readonly DocumentSymbol[], page: Page, around: Stretch): void {
  let last = around.start;
  for (const { name, range, selectionRange, children = [] } of symbols) {
    assert.ok(name.trim() !== '');
    const stretch = page.stretch(range);
    assert.ok(contains(around, stretch), `'${name}' is outside of what it is in: ${words(range)}`);
    assert.ok(contains(stretch, page.stretch(selectionRange)), `The name of '${name}' is elsewhere.`);
    assert.ok(stretch.start >= last, `'${name}' overlaps the one in front of it: ${words(range)}`);
    last = stretch.end;
    checkSymbols(children, page, stretch);
  }
}
