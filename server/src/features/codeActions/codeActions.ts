/** textDocument/codeAction: the fixes of what is found at a place, for it alone and for all of its kind; then what silences it. */
import {
  CodeActionKind,
  type CodeAction,
  type Command,
  type Diagnostic,
  type Range,
  type WorkspaceEdit,
} from 'vscode-languageserver-types';
import { fixesOf, safeChanges } from '../../linter/bulk.ts';
import type { Change } from '../../linter/change.ts';
import { editsOf } from '../../linter/edits.ts';
import type { Finding } from '../../linter/finding.ts';
import type { Fix } from '../../linter/rule.ts';
import type { Deployment } from '../../model/deployment.ts';
import type { Judged } from '../../linter/judge.ts';
import type { Project } from '../../project.ts';
import { toDiagnostics } from '../diagnostics.ts';
import { asksForFixAll, fixAll, fixAllKind } from './fixAll.ts';
import { isBefore, toLocation } from '../lsp/positions.ts';
import { previewOf } from './preview.ts';
import { suppressionActions } from './suppressionActions.ts';
import { toWorkspaceEdit, type ClientAbilities, type VersionOf } from '../lsp/workspaceEdit.ts';

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
  readonly versionOf: VersionOf;
  /** What the client can do; nothing special if left out. */
  readonly client?: ClientAbilities;
}

/** The kinds of actions that there are. */
export const codeActionKinds: readonly string[] = [CodeActionKind.QuickFix, fixAllKind];

export function codeActions(
  project: Project,
  { uri, range, only, versionOf, client = {} }: ActionRequest,
): (CodeAction | Command)[] {
  const workspace = project.workspaceOf(uri);
  if (!workspace) return [];
  const all = asksForFixAll(only) ? fixAll(project, uri, versionOf) : undefined;
  const actions: (CodeAction | Command)[] = all ? [all] : [];
  if (!asksForQuickFixes(only)) return actions;
  const { deployment } = workspace;
  const here = findingsAt(project, uri, range);
  const fixes = here.map((judged) => ({ judged, fixes: fixesOf(judged.finding, deployment) }));
  for (const { judged, fixes: ofFinding } of fixes) {
    for (const [index, fix] of ofFinding.entries())
      actions.push(toAction(judged, fix, index === 0, toEdit(fix.changes, deployment, versionOf, client)));
  }
  const withSafeFix = fixes.filter(({ fixes: ofFinding }) => ofFinding.some(({ onlyByHand }) => !onlyByHand));
  actions.push(
    ...actionsForAll(
      project,
      uri,
      withSafeFix.map(({ judged }) => judged),
    ),
  );
  actions.push(...suppressionActions(project, uri, here, { versionOf, client }));
  return actions;
}

function asksForQuickFixes(only: readonly string[] | undefined): boolean {
  const { QuickFix } = CodeActionKind;
  return only?.some((kind) => kind === '' || kind === QuickFix || kind.startsWith(`${QuickFix}.`)) ?? true;
}

/** For each rule an action that fixes all of its findings, where there are more; what it does is worked out when it is picked. */
function* actionsForAll(project: Project, uri: string, here: readonly Judged[]): Generator<CodeAction> {
  if (here.length === 0) return;
  // An editor asks at every move of the cursor: counts are at hand, findings would have to be looked up.
  const inFile = project.counts(uri);
  const elsewhere = project
    .deploymentUris(uri)
    .filter((other) => other !== uri)
    .map((other) => project.counts(other));
  for (const rule of new Set(here.map(({ finding }) => finding.rule.id))) {
    // An editor puts what is about a finding in front of what is not.
    const diagnostics = here.filter(({ finding }) => finding.rule.id === rule).flatMap(toDiagnostics);
    const offer = (scope: ActionData['scope'], where: string): CodeAction => {
      const data: ActionData = { uri, rule, scope };
      return { title: `Fix all of '${rule}' in ${where}`, kind: CodeActionKind.QuickFix, diagnostics, data };
    };
    if ((inFile.get(rule) ?? 0) > 1) yield offer('file', 'this file');
    if (elsewhere.some((counts) => counts.has(rule))) yield offer('deployment', 'the deployment');
  }
}

/** Completes an action for all of a kind. @returns `undefined` where `data` names nothing that is known */
export function resolveCodeAction(
  project: Project,
  action: CodeAction,
  versionOf: VersionOf,
  client: ClientAbilities = {},
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
  const { deployment } = workspace;
  const edit = toEdit([...safeChanges(findings, deployment)], deployment, versionOf, client);
  return edit.documentChanges?.length ? { ...action, edit } : undefined;
}

function toAction(judged: Judged, fix: Fix, isFirst: boolean, edit: WorkspaceEdit): CodeAction {
  const diagnostics: Diagnostic[] = toDiagnostics(judged);
  return {
    title: fix.title,
    kind: CodeActionKind.QuickFix,
    diagnostics,
    ...(isFirst && !fix.onlyByHand ? { isPreferred: true } : {}),
    edit,
  };
}

function toEdit(
  changes: readonly Change[],
  deployment: Deployment,
  versionOf: VersionOf,
  client: ClientAbilities,
): WorkspaceEdit {
  const edits = editsOf(changes, deployment);
  const preview = client.annotates === true ? previewOf(changes, edits.size, deployment) : undefined;
  return toWorkspaceEdit(edits, versionOf, preview);
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
  const uris = scope === 'file' ? [uri] : project.deploymentUris(uri);
  return uris.flatMap((other) => project.findings(other)).filter(({ finding }) => finding.rule.id === rule);
}

function meets({ at }: Finding, { start, end }: Range): boolean {
  const range = toLocation(at)?.range;
  return range !== undefined && !isBefore(range.end, start) && !isBefore(end, range.start);
}

/** Of a selection that holds thousands of findings nobody reads every fix; those of a whole file have an action of their own. */
const mostHere = 100;
