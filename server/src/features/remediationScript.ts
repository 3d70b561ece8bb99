/** The script for what is found in a file, a selection or a deployment: what `lync-lint remediate` writes, for the editor. */
import type { Range } from 'vscode-languageserver-types';
import { contactFindings } from '../emitters/contacts.ts';
import { withMark } from '../emitters/layout.ts';
import { remediation, summaryOf, type Remediation } from '../emitters/remediation.ts';
import type { Judged } from '../linter/judge.ts';
import type { LyncObject } from '../model/object.ts';
import type { Block } from '../parser/block.ts';
import type { SourceFile } from '../parser/sourceFile.ts';
import type { Project } from '../project.ts';
import { pathIn } from '../workspace.ts';
import { isRange } from './lsp/received.ts';

export type RemediationScope =
  | { readonly kind: 'file' }
  | { readonly kind: 'deployment' }
  | { readonly kind: 'selection'; readonly range: Range };

export interface ScriptAnswer {
  /** As it is to be written to a file. */
  readonly script: string;
  /** What is in it, and how to go on, in a sentence. */
  readonly summary: string;
}

/**
 * What the editor writes to a file. Parameters are those of {@link remediationScript}.
 * @returns `undefined` where nothing is to be done, too
 */
export function scriptAnswer(
  project: Project,
  uri: string,
  scope: unknown,
  now?: Date,
): ScriptAnswer | undefined {
  const made = remediationScript(project, uri, scope, now);
  return made && made.script !== '' ? { script: withMark(made.script), summary: summaryOf(made) } : undefined;
}

/**
 * Of a file or a selection the findings of its users' contacts count, too, wherever those stand.
 * @param scope a {@link RemediationScope} that came over the wire: nothing of it is believed
 * @param now when the script is written; not said in it if left out
 * @returns `undefined` where the file is part of no deployment, or `scope` is none; an empty script where nothing is to be done
 */
export function remediationScript(
  project: Project,
  uri: string,
  scope: unknown,
  now?: Date,
): Remediation | undefined {
  const workspace = project.workspaceOf(uri);
  if (!workspace || !isScope(scope)) return undefined;
  // The rest asks what is known.
  workspace.check();
  const { root } = workspace;
  const nameOf = (file: SourceFile): string => pathIn(root, file.uri);
  const findings = Array.from(judgedIn(project, uri, scope), ({ finding }) => finding);
  return remediation(findings, workspace.deployment, {
    title: pathIn(root, scope.kind === 'deployment' ? root : uri),
    nameOf,
    ...(now ? { now } : {}),
  });
}

function* judgedIn(project: Project, uri: string, scope: RemediationScope): Generator<Judged> {
  if (scope.kind === 'deployment') {
    for (const other of project.deploymentUris(uri)) yield* project.findings(other);
    return;
  }
  const file = project.file(uri)?.file;
  if (!file) {
    yield* project.findings(uri);
    return;
  }
  if (scope.kind === 'file') {
    yield* project.findings(uri);
    yield* contactFindings(project, uri, file.blocks, (object) => object.file === file);
    return;
  }
  const blocks = new Set(selected(file, scope.range));
  const isIn = (object: LyncObject): boolean => object.file === file && blocks.has(object.block);
  yield* project.findingsIn(uri, blocks);
  yield* contactFindings(project, uri, blocks, isIn);
}

/** The blocks of which a range has lines. A range that ends in front of a line has none of it. */
function* selected(file: SourceFile, { start, end }: Range): Generator<Block> {
  const last = end.character === 0 && end.line > start.line ? end.line - 1 : end.line;
  for (const block of file.blocksOfLines(start.line, last)) {
    const { line } = file.blocks.startOf(block);
    if (line <= last && line + Math.max(block.lines, 1) > start.line) yield block;
  }
}

function isScope(scope: unknown): scope is RemediationScope {
  if (typeof scope !== 'object' || scope === null || !('kind' in scope)) return false;
  if (scope.kind === 'file' || scope.kind === 'deployment') return true;
  return scope.kind === 'selection' && 'range' in scope && isRange(scope.range);
}
