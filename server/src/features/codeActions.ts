/** textDocument/codeAction: the fixes of what is found at a place, for it alone and for all of its kind. */
import {
  CodeActionKind,
  type CodeAction,
  type Command,
  type Diagnostic,
  type Range,
} from 'vscode-languageserver-types';
import { fixesOf, safeChanges } from '../linter/bulk.ts';
import { editsOf } from '../linter/edits.ts';
import type { Finding } from '../linter/finding.ts';
import type { Fix } from '../linter/rule.ts';
import type { Deployment } from '../model/deployment.ts';
import type { Judged } from '../linter/judge.ts';
import type { Project } from '../project.ts';
import { toDiagnostics } from './diagnostics.ts';
import { isBefore, toLocation } from './positions.ts';
import { toWorkspaceEdit, type VersionOf } from './workspaceEdit.ts';

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
  readonly versionOf: VersionOf;
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
  const here = findingsAt(project, uri, range);
  const fixes = here.map((judged) => ({ judged, fixes: fixesOf(judged.finding, workspace.deployment) }));
  const actions = fixes.flatMap(({ judged, fixes: ofFinding }) =>
    ofFinding.map((fix, index) => toAction(judged, fix, index === 0, workspace.deployment, versionOf)),
  );
  const withSafeFix = fixes.filter(({ fixes: ofFinding }) => ofFinding.some(({ onlyByHand }) => !onlyByHand));
  const rules = new Set(withSafeFix.map(({ judged }) => judged.finding.rule.id));
  if (rules.size === 0) return actions;
  // An editor asks at every move of the cursor: counts are at hand, findings would have to be looked up.
  const inFile = project.counts(uri);
  const elsewhere = urisOf(project, workspace)
    .filter((other) => other !== uri)
    .map((other) => project.counts(other));
  for (const rule of rules) {
    const offer = (scope: ActionData['scope'], where: string): void => {
      const data: ActionData = { uri, rule, scope };
      actions.push({ title: `Fix all of '${rule}' in ${where}`, kind: CodeActionKind.QuickFix, data });
    };
    if ((inFile.get(rule) ?? 0) > 1) offer('file', 'this file');
    if (elsewhere.some((counts) => counts.has(rule))) offer('deployment', 'the deployment');
  }
  return actions;
}

/** Completes an action for all of a kind. @returns `undefined` where `data` names nothing that is known */
export function resolveCodeAction(
  project: Project,
  action: CodeAction,
  versionOf: VersionOf,
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
  const edits = editsOf(safeChanges(findings, workspace.deployment), workspace.deployment);
  const edit = toWorkspaceEdit(edits, versionOf);
  return edit.documentChanges?.length ? { ...action, edit } : undefined;
}

function toAction(
  judged: Judged,
  fix: Fix,
  isFirst: boolean,
  deployment: Deployment,
  versionOf: VersionOf,
): CodeAction {
  const diagnostics: Diagnostic[] = toDiagnostics(judged);
  return {
    title: fix.title,
    kind: CodeActionKind.QuickFix,
    diagnostics,
    ...(isFirst && !fix.onlyByHand ? { isPreferred: true } : {}),
    edit: toWorkspaceEdit(editsOf(fix.changes, deployment), versionOf),
  };
}

/** What is found where a range is, as much of it as anybody would fix one by one. */
function findingsAt(project: Project, uri: string, range: Range): Judged[] {
  const file = project.file(uri)?.file;
  if (!file) return project.findings(uri).filter(({ finding }) => meets(finding, range));
  const found: Judged[] = [];
  for (const block of file.blocksOfLines(range.start.line, range.end.line)) {
    found.push(...project.findingsIn(uri, [block]).filter(({ finding }) => meets(finding, range)));
    if (found.length >= mostHere) break;
  }
  return found;
}

/** What a rule finds in a file, or in the deployment that the file is part of. */
function judgedOf(project: Project, { uri, rule, scope }: ActionData): Judged[] {
  const uris = scope === 'file' ? [uri] : urisOf(project, project.workspaceOf(uri));
  return uris.flatMap((other) => project.findings(other)).filter(({ finding }) => finding.rule.id === rule);
}

function urisOf(project: Project, workspace: ReturnType<Project['workspaceOf']>): string[] {
  return [...project.uris].filter((uri) => project.workspaceOf(uri) === workspace);
}

function meets({ at }: Finding, { start, end }: Range): boolean {
  const range = toLocation(at)?.range;
  return range !== undefined && !isBefore(range.end, start) && !isBefore(end, range.start);
}

/** Of a selection that holds thousands of findings nobody reads every fix; those of a whole file have an action of their own. */
const mostHere = 100;
