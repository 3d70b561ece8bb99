/** What has changed in a deployment since another state of its files, and the scripts for it: what `lync-lint plan` writes. */
import { withMark } from '../emitters/layout.ts';
import { planBetween, planScript } from '../emitters/plan.ts';
import { planLines, sumOf } from '../emitters/planWords.ts';
import { stateOf, type StateFile } from '../emitters/state.ts';
import type { Deployment } from '../model/deployment.ts';
import { unreadPlaces } from '../model/difference.ts';
import type { Project } from '../project.ts';
import { nameOfFile, pathIn } from '../workspace.ts';
import type { Refusal } from './rename.ts';

/** The other state, as a client sends it. */
export interface FirstState {
  /** For the reader: a folder, a revision. */
  readonly name: string;
  /** Paths are relative to the deployment's folder, with `/`. */
  readonly files: readonly { readonly path: string; readonly text: string }[];
}

export interface PlanAnswer {
  /** For people to read. */
  readonly text: string;
  /** As they are to be written to files; empty where there is nothing that cmdlets could do. */
  readonly script: string;
  readonly undo: string;
  /** How much there is, in a sentence. */
  readonly summary: string;
}

/**
 * @param first a {@link FirstState} that came over the wire: nothing of it is believed
 * @param now when the scripts are written; not said in them if left out
 * @returns `undefined` where the file is part of no deployment, or `first` is none
 */
export function planAnswer(
  project: Project,
  uri: string,
  first: unknown,
  now?: Date,
): PlanAnswer | Refusal | undefined {
  const workspace = project.workspaceOf(uri);
  if (!workspace || !isState(first)) return undefined;
  const { root, deployment } = workspace;
  const files = first.files.map(({ path, text }): StateFile => ({ uri: `${root}/${encoded(path)}`, text }));
  const before = stateOf(root, files);
  if (!before) return { problem: `There is no Lync file of this deployment in '${first.name}'.` };
  const names = { from: first.name, to: nameOfFile(root) };
  const problem = problemIn(before, root, names.from) ?? problemIn(deployment, root, names.to);
  if (problem !== undefined) return { problem };
  const plan = planBetween(before, deployment);
  const options = { notes: plan.comparison.remarks, ...(now ? { now } : {}) };
  return {
    text: `${planLines(plan, names).join('\n')}\n`,
    script: withMark(planScript(plan.there, { ...names, ...options })),
    undo: withMark(planScript(plan.back, { from: names.to, to: names.from, isUndo: true, ...options })),
    summary: `From '${names.from}' to '${names.to}': ${sumOf(plan.there)}.`,
  };
}

function problemIn(deployment: Deployment, root: string, name: string): string | undefined {
  const [broken] = unreadPlaces(deployment);
  return (
    broken &&
    `No plan is made, because '${pathIn(root, broken.uri)}' of '${name}' is not right in line ${broken.line + 1}: what cannot be read would look as if it were gone.`
  );
}

function encoded(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/');
}

function isState(state: unknown): state is FirstState {
  if (typeof state !== 'object' || state === null) return false;
  const { name, files } = state as Partial<Record<keyof FirstState, unknown>>;
  return typeof name === 'string' && Array.isArray(files) && files.every(isFile);
}

function isFile(file: unknown): boolean {
  if (typeof file !== 'object' || file === null) return false;
  const { path, text } = file as Partial<Record<'path' | 'text', unknown>>;
  return typeof path === 'string' && isWellFormed(path) && typeof text === 'string';
}

/** Half a pair of UTF-16 cannot be part of a URI. */
function isWellFormed(text: string): boolean {
  return !/\p{Cs}/u.test(text);
}
