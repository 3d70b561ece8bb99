/** Every feature of the server, and what a valid answer of it is, wherever it is asked. */
import assert from 'node:assert/strict';
import type { Position, SelectionRange } from 'vscode-languageserver-types';
import { codeActions, resolveCodeAction } from '../../server/src/features/codeActions/codeActions.ts';
import { codeLenses, resolveCodeLens } from '../../server/src/features/codeLens/codeLens.ts';
import { completion } from '../../server/src/features/completion/completion.ts';
import { definition } from '../../server/src/features/definition.ts';
import { diagnostics } from '../../server/src/features/diagnostics.ts';
import { documentHighlight } from '../../server/src/features/documentHighlight.ts';
import { documentLinks } from '../../server/src/features/documentLink.ts';
import { documentSymbols } from '../../server/src/features/symbols/documentSymbol.ts';
import { explain } from '../../server/src/features/explain/explain.ts';
import { foldingRanges } from '../../server/src/features/foldingRange.ts';
import { hover } from '../../server/src/features/hover/hover.ts';
import { inlayHints } from '../../server/src/features/inlayHints.ts';
import { onTypeFormatting } from '../../server/src/features/onTypeFormatting.ts';
import { references } from '../../server/src/features/references.ts';
import { listedRules, rulePageOf } from '../../server/src/features/rulePages.ts';
import { scriptAnswer } from '../../server/src/features/remediationScript.ts';
import { planAnswer } from '../../server/src/features/plan.ts';
import { prepareRename, rename } from '../../server/src/features/rename.ts';
import { selectionRanges } from '../../server/src/features/selectionRange.ts';
import { usersOf } from '../../server/src/features/codeLens/showUsers.ts';
import { status } from '../../server/src/features/status.ts';
import { workspaceSymbols } from '../../server/src/features/symbols/workspaceSymbol.ts';
import { topologyPicture } from '../../server/src/features/topology/topologyPicture.ts';
import { editsOf } from '../../server/src/linter/edits.ts';
import type { Project } from '../../server/src/project.ts';
import {
  checkApart,
  checkEdit,
  checkItem,
  checkLocation,
  checkMarkdown,
  checkSymbols,
  isIn,
  isSentence,
  pageOf,
} from './judging.ts';
import { readPicture } from './topology/picture.ts';
import { areApart, contains, type Page, words, type Stretch } from './page.ts';

/** What is asked about: a document of a project. */
export interface Desk {
  readonly project: Project;
  readonly page: Page;
  /** All documents of the project by URI, this one among them. */
  readonly pages: ReadonlyMap<string, Page>;
}

/** A feature, and what it must be true of. Each throws at an answer that is not valid. */
export interface Feature {
  /** What the server says that it can do, or the request of our own. */
  readonly capabilities: readonly string[];
  /** Asked once of a document. */
  readonly ofDocument?: (desk: Desk) => void;
  /** Asked at a cursor: on every move of it. */
  readonly atPosition?: (desk: Desk, position: Position, offset: number) => void;
  /** Asked at a cursor when somebody wants it: once for each word is enough. */
  readonly atWord?: (desk: Desk, position: Position, offset: number) => void;
}

const versionOf = (): number => 1;

export const features: readonly Feature[] = [
  {
    capabilities: ['diagnosticProvider'],
    ofDocument: (desk) => {
      const { project, page } = desk;
      const judged = project.findings(page.uri);
      const found = diagnostics(project, page.uri, { limit: Infinity });
      assert.equal(found.length, judged.length, 'Each finding has a place.');
      for (const { range, message, code, relatedInformation = [] } of found) {
        assert.ok(typeof message === 'string');
        assert.notEqual(code, 'internal-error', message);
        assert.ok(isSentence(message), message);
        page.stretch(range);
        for (const { location } of relatedInformation) checkLocation(desk, location);
      }
      const deployment = project.workspaceOf(page.uri)?.deployment;
      for (const { finding } of judged) {
        // Not through fixesOf, which hides what a rule throws.
        for (const { title, changes } of (deployment && finding.rule.fixes?.(finding, deployment)) ?? []) {
          assert.ok(title.trim() !== '');
          for (const [file, edits] of deployment ? editsOf(changes, deployment) : [])
            pageOf(desk, file.uri).edited(
              edits.map(({ start, end, text }) => ({
                range: { start: file.positionAt(start), end: file.positionAt(end) },
                newText: text,
              })),
            );
        }
      }
    },
  },
  {
    capabilities: ['completionProvider'],
    atPosition: ({ project, page }, position, offset) => {
      for (const snippets of offset % 2 === 0 ? [true] : [false]) {
        const list = completion(project, page.uri, position, { snippets, retrigger: snippets });
        for (const item of list?.items ?? []) checkItem(item, page, position, offset);
      }
    },
  },
  {
    capabilities: ['hoverProvider'],
    atPosition: ({ project, page }, position, offset) => {
      const found = hover(project, page.uri, position);
      if (!found) return;
      assert.ok(found.range && isIn(page.stretch(found.range), offset), 'It is about what the cursor is on.');
      assert.ok(typeof found.contents === 'object' && 'value' in found.contents);
      checkMarkdown(found.contents.value);
    },
  },
  {
    capabilities: ['definitionProvider'],
    atPosition: (desk, position, offset) => {
      const { project, page } = desk;
      for (const found of definition(project, page.uri, position, true) ?? []) {
        assert.ok('targetUri' in found && found.originSelectionRange);
        const { targetUri, targetRange, targetSelectionRange, originSelectionRange } = found;
        assert.ok(isIn(page.stretch(originSelectionRange), offset));
        const target = pageOf(desk, targetUri);
        assert.ok(contains(target.stretch(targetRange), target.stretch(targetSelectionRange)));
      }
    },
    atWord: (desk, position) => {
      for (const found of definition(desk.project, desk.page.uri, position, false) ?? []) {
        assert.ok('uri' in found);
        checkLocation(desk, found);
      }
    },
  },
  {
    capabilities: ['referencesProvider'],
    atWord: (desk, position) => {
      const all = references(desk.project, desk.page.uri, position, true) ?? [];
      checkApart(desk, all);
      const others = references(desk.project, desk.page.uri, position, false) ?? [];
      assert.ok(others.length <= all.length);
    },
  },
  {
    capabilities: ['documentHighlightProvider'],
    atPosition: ({ project, page }, position) => {
      const found = documentHighlight(project, page.uri, position) ?? [];
      assert.ok(areApart(found.map(({ range }) => page.stretch(range))), 'Highlights overlap.');
    },
  },
  {
    capabilities: ['renameProvider', 'renameProvider.prepareProvider'],
    atPosition: ({ project, page }, position, offset) => {
      const found = prepareRename(project, page.uri, position);
      if (!found) return;
      if ('problem' in found) assert.ok(isSentence(found.problem), found.problem);
      else assert.ok(isIn(page.stretch(found.range), offset), 'It is about what the cursor is on.');
    },
    atWord: (desk, position) => {
      const { project, page } = desk;
      const asked = prepareRename(project, page.uri, position);
      for (const name of ['New name', 'new.fabrikam.com', 'sip:new@contoso.com', '"', '']) {
        const found = rename(project, page.uri, position, name, versionOf);
        if ('problem' in found) assert.ok(isSentence(found.problem), found.problem);
        else {
          assert.ok(asked && !('problem' in asked), 'What can be renamed can be asked for.');
          checkEdit(desk, found);
        }
      }
    },
  },
  {
    capabilities: ['codeActionProvider', 'codeActionProvider.resolveProvider'],
    ofDocument: (desk) => {
      const { text } = desk.page;
      const range = { start: { line: 0, character: 0 }, end: desk.page.position(text.length) };
      checkActions(desk, range);
    },
    atPosition: (desk, position) => {
      checkActions(desk, { start: position, end: position });
    },
  },
  {
    capabilities: ['documentSymbolProvider'],
    ofDocument: ({ project, page }) => {
      const found = documentSymbols(project, page.uri);
      checkSymbols(found, page, { start: 0, end: page.text.length });
      checkSymbols(documentSymbols(project, page.uri, 2), page, { start: 0, end: page.text.length });
    },
  },
  {
    capabilities: ['workspaceSymbolProvider'],
    ofDocument: (desk) => {
      // It is no question about one document: one is enough to ask it.
      if (desk.page !== [...desk.pages.values()][0]) return;
      for (const query of ['', 'co', 'sip:a']) {
        for (const { name, location } of workspaceSymbols(desk.project, query)) {
          assert.ok(name.trim() !== '');
          assert.ok('range' in location);
          checkLocation(desk, location);
        }
      }
    },
  },
  {
    capabilities: ['inlayHintProvider'],
    ofDocument: (desk) => {
      const { project, page } = desk;
      const range = { start: { line: 0, character: 0 }, end: page.position(page.text.length) };
      let last = 0;
      for (const hint of inlayHints(project, page.uri, range, { policies: true, defaults: true }) ?? []) {
        const offset = page.offset(hint.position);
        assert.ok(offset >= last, 'Hints come in the order of the text.');
        last = offset;
        assert.ok(typeof hint.label === 'object' && hint.label.length > 0);
        for (const { value, location } of hint.label) {
          assert.ok(value !== '');
          if (location) checkLocation(desk, location);
        }
      }
    },
  },
  {
    capabilities: ['codeLensProvider', 'codeLensProvider.resolveProvider', 'lync/usersOf'],
    ofDocument: (desk) => {
      const { project, page } = desk;
      for (const lens of codeLenses(project, page.uri) ?? []) {
        page.stretch(lens.range);
        const resolved = resolveCodeLens(project, lens);
        assert.ok(resolved?.command, `What a lens was given for is still there: ${words(lens.range)}`);
        assert.deepEqual(resolved.range, lens.range);
        assert.ok(resolved.command.title.trim() !== '');
        const users = usersOf(project, lens.data);
        if (resolved.command.command !== '') assert.ok(users && users.total > 0, resolved.command.title);
        checkApart(desk, users?.locations ?? [], false);
      }
    },
  },
  {
    capabilities: ['foldingRangeProvider'],
    ofDocument: ({ project, page }) => {
      const around: { readonly endLine: number }[] = [];
      let last = -1;
      for (const { startLine, endLine } of foldingRanges(project, page.uri) ?? []) {
        assert.ok(startLine > last && startLine < endLine && endLine < page.lines, `${startLine}-${endLine}`);
        last = startLine;
        while ((around.at(-1)?.endLine ?? Infinity) < startLine) around.pop();
        assert.ok(
          endLine <= (around.at(-1)?.endLine ?? Infinity),
          `${startLine}-${endLine} crosses another.`,
        );
        around.push({ endLine });
      }
    },
  },
  {
    capabilities: ['selectionRangeProvider'],
    atPosition: ({ project, page }, position, offset) => {
      const found = selectionRanges(project, page.uri, [position]);
      if (!found) return;
      assert.equal(found.length, 1);
      let inner: Stretch = { start: offset, end: offset };
      for (let range: SelectionRange | undefined = found[0]; range; range = range.parent) {
        const stretch = page.stretch(range.range);
        assert.ok(contains(stretch, inner), `A selection shrinks: ${words(range.range)}`);
        const grows = stretch.end - stretch.start > inner.end - inner.start;
        assert.ok(grows || range === found[0], `A selection stays: ${words(range.range)}`);
        inner = stretch;
      }
      assert.deepEqual(inner, { start: 0, end: page.text.length }, 'The last selection is the document.');
    },
  },
  {
    capabilities: ['documentLinkProvider'],
    ofDocument: ({ project, page }) => {
      const found = documentLinks(project, page.uri) ?? [];
      assert.ok(areApart(found.map(({ range }) => page.stretch(range))), 'Links overlap.');
      for (const { target = '' } of found) assert.match(target, /^https?:\/\/\S+$/i);
    },
  },
  {
    capabilities: ['documentOnTypeFormattingProvider'],
    atPosition: ({ project, page }, position) => {
      const found = onTypeFormatting(project, page.uri, position, '\n', { tabSize: 2 });
      if (!found) return;
      page.edited(found);
      for (const { range, newText } of found) {
        const { start, end } = page.stretch(range);
        assert.equal(range.start.line, position.line);
        assert.equal(range.end.line, position.line);
        assert.match(page.text.slice(start, end) + newText, /^[ \t\uFEFF]*$/, 'Only white space changes.');
      }
    },
  },
  {
    capabilities: ['lync/status'],
    ofDocument: ({ project, page }) => {
      const found = status(project, page.uri);
      assert.ok(found && found.deployment !== '');
      assert.ok(found.limitedUsers <= found.twoFactorUsers && found.twoFactorUsers <= found.users);
    },
  },
  {
    capabilities: ['lync/explain'],
    atWord: ({ project, page }, position) => {
      const found = explain(project, page.uri, position);
      if (!found) return;
      assert.match(found.title, /^\S(?:.*\S)?$/u);
      checkMarkdown(found.markdown);
    },
  },
  {
    capabilities: ['lync/rules', 'lync/rulePage'],
    ofDocument: ({ project, page }) => {
      const known = new Set(listedRules(project).map(({ id }) => id));
      for (const { finding } of project.findings(page.uri)) {
        assert.ok(known.has(finding.rule.id));
        const found = rulePageOf(project, finding.rule.id);
        assert.match(found?.markdown ?? '', new RegExp(`^# ${finding.rule.id}\n`));
      }
    },
  },
  {
    capabilities: ['lync/topologyPicture'],
    ofDocument: (desk) => {
      const found = topologyPicture(desk.project, desk.page.uri);
      if (!found) return;
      assert.match(found.title, /^\S(?:.*\S)?$/u);
      for (const { uri, line } of readPicture(found.svg).places) {
        const page = pageOf(desk, uri);
        page.position(page.offset({ line, character: 0 }));
      }
    },
  },
  {
    capabilities: ['lync/remediationScript'],
    ofDocument: ({ project, page }) => {
      for (const kind of ['file', 'deployment']) {
        const answer = scriptAnswer(project, page.uri, { kind });
        if (!answer) continue;
        assert.match(answer.script, /^\uFEFF?#Requires -Version 3\.0\r\n/);
        assert.ok(isSentence(answer.summary), answer.summary);
      }
    },
  },
  {
    capabilities: ['lync/plan'],
    ofDocument: ({ project, page }) => {
      const { root = '' } = project.workspaceOf(page.uri) ?? {};
      const path = decodeURIComponent(page.uri.slice(root.length + 1));
      const answer = planAnswer(project, page.uri, { name: 'itself', files: [{ path, text: page.text }] });
      if (!answer) return;
      const sentence = 'problem' in answer ? answer.problem : answer.summary;
      assert.ok(isSentence(sentence), sentence);
    },
  },
  // About no document: importing.test.ts asks it.
  { capabilities: ['lync/import'] },
];

function checkActions(desk: Desk, range: { readonly start: Position; readonly end: Position }): void {
  const { project, page } = desk;
  for (const action of codeActions(project, { uri: page.uri, range, versionOf })) {
    assert.ok(action.title.trim() !== '');
    const whole = 'data' in action ? (resolveCodeAction(project, action, versionOf) ?? action) : action;
    for (const diagnostic of ('diagnostics' in whole ? whole.diagnostics : undefined) ?? [])
      page.stretch(diagnostic.range);
    const edit = 'edit' in whole ? whole.edit : undefined;
    assert.ok(edit ?? whole.command, `'${whole.title}' does something.`);
    if (edit) checkEdit(desk, edit);
  }
}
