/** textDocument/codeAction: the fixes of what is found at a place, for it alone and for all of its kind. */
import {
  CodeActionKind,
  type CodeAction,
  type Command,
  type Diagnostic,
  type Range,
  type TextDocumentEdit,
  type WorkspaceEdit,
} from 'vscode-languageserver-types';
import { fixesOf, safeChanges, safeFix } from '../linter/bulk.ts';
import type { Change } from '../linter/change.ts';
import { editsOf } from '../linter/edits.ts';
import type { Finding } from '../linter/finding.ts';
import type { Deployment } from '../model/deployment.ts';
import type { Judged, Project } from '../project.ts';
import { toDiagnostics } from './diagnostics.ts';
import { toFileRange, toLocation } from './positions.ts';

/** What a code action needs to be completed later. It comes back over the wire: every field is looked up, none believed. */
export interface ActionData {
  readonly uri: string;
  readonly rule: string;
  readonly scope: 'file' | 'deployment';
}

export interface ActionRequest {
  readonly uri: string;
  readonly range: Range;
  /** The kinds that are asked for; all if left out. */
  readonly only?: readonly string[] | undefined;
  /** The versions of the open documents, which an edit must match. */
  readonly versionOf: (uri: string) => number | undefined;
}

export function codeActions(
  project: Project,
  { uri, range, only, versionOf }: ActionRequest,
): (CodeAction | Command)[] {
  if (
    only &&
    !only.some(
      (kind) =>
        kind === '' || kind === CodeActionKind.QuickFix || kind.startsWith(`${CodeActionKind.QuickFix}.`),
    )
  )
    return [];
  const workspace = project.workspaceOf(uri);
  if (!workspace) return [];
  const inFile = project.findings(uri);
  const here = inFile.filter(({ finding }) => meets(finding, range));
  const actions = here.flatMap((judged) => fixesHere(judged, workspace.deployment, versionOf));
  const withSafeFix = here.filter(({ finding }) => safeFix(finding, workspace.deployment));
  for (const rule of new Set(withSafeFix.map(({ finding }) => finding.rule.id))) {
    for (const scope of ['file', 'deployment'] as const) {
      const data: ActionData = { uri, rule, scope };
      const others = judgedOf(project, data).filter(
        ({ finding }) => scope === 'file' || finding.at.file.uri !== uri,
      );
      if (others.length < (scope === 'file' ? 2 : 1)) continue;
      const title = `Fix all of '${rule}' in ${scope === 'file' ? 'this file' : 'the deployment'}`;
      actions.push({ title, kind: CodeActionKind.QuickFix, data });
    }
  }
  return actions;
}

/** Completes an action for all of a kind. @returns `undefined` where `data` names nothing that is known */
export function resolveCodeAction(
  project: Project,
  action: CodeAction,
  versionOf: ActionRequest['versionOf'],
): CodeAction | undefined {
  const data = action.data as Partial<ActionData> | undefined;
  if (
    typeof data?.uri !== 'string' ||
    typeof data.rule !== 'string' ||
    (data.scope !== 'file' && data.scope !== 'deployment')
  )
    return undefined;
  const workspace = project.workspaceOf(data.uri);
  if (!workspace) return undefined;
  const findings = judgedOf(project, { uri: data.uri, rule: data.rule, scope: data.scope }).map(
    ({ finding }) => finding,
  );
  const edit = toWorkspaceEdit(safeChanges(findings, workspace.deployment), workspace.deployment, versionOf);
  return edit.documentChanges?.length ? { ...action, edit } : undefined;
}

function fixesHere(
  judged: Judged,
  deployment: Deployment,
  versionOf: ActionRequest['versionOf'],
): CodeAction[] {
  const diagnostics: Diagnostic[] = toDiagnostics(judged);
  return fixesOf(judged.finding, deployment).map((fix, index) => ({
    title: fix.title,
    kind: CodeActionKind.QuickFix,
    diagnostics,
    ...(index === 0 && !fix.onlyByHand ? { isPreferred: true } : {}),
    edit: toWorkspaceEdit(fix.changes, deployment, versionOf),
  }));
}

/** What a rule finds in a file, or in the deployment that the file is part of. */
function judgedOf(project: Project, { uri, rule, scope }: ActionData): Judged[] {
  const workspace = project.workspaceOf(uri);
  const uris =
    scope === 'file' ? [uri] : [...project.uris].filter((other) => project.workspaceOf(other) === workspace);
  return uris.flatMap((other) => project.findings(other)).filter(({ finding }) => finding.rule.id === rule);
}

function toWorkspaceEdit(
  changes: Iterable<Change>,
  deployment: Deployment,
  versionOf: ActionRequest['versionOf'],
): WorkspaceEdit {
  const documentChanges: TextDocumentEdit[] = [];
  for (const [file, edits] of editsOf(changes, deployment)) {
    documentChanges.push({
      textDocument: { uri: file.uri, version: versionOf(file.uri) ?? null },
      edits: edits.map((edit) => ({ range: toFileRange(file, edit), newText: edit.text })),
    });
  }
  return { documentChanges };
}

function meets({ at }: Finding, { start, end }: Range): boolean {
  const range = toLocation(at)?.range;
  return range !== undefined && !isBefore(range.end, start) && !isBefore(end, range.start);
}

function isBefore(a: Range['start'], b: Range['start']): boolean {
  return a.line < b.line || (a.line === b.line && a.character < b.character);
}
