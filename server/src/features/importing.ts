/** What `lync-lint import` does, for the editor: exports, as an edit that makes files of ours of them, or changes those that are there. */
import type { ChangeAnnotation, WorkspaceEdit } from 'vscode-languageserver-types';
import { formats } from '../importers/formats.ts';
import { ImportError, type ImportedObject } from '../importers/imported.ts';
import { importFiles, type Imported, type ImportInput } from '../importers/intake.ts';
import { inOrder, outcomeIn, outcomeInNew, placeOf, type Outcome } from '../importers/outcome.ts';
import type { Deployment } from '../model/deployment.ts';
import { counted } from '../model/wording.ts';
import type { Project } from '../project.ts';
import { nameOfFile, pathIn } from '../workspace.ts';
import { remarksPage } from './importRemarks.ts';
import { toWorkspaceEdit, type VersionOf } from './lsp/workspaceEdit.ts';

export interface ImportParams {
  readonly files: readonly ImportedFile[];
  /** The folder that is open. A deployment in it is changed; where there is none the files are made in it. */
  readonly folder: string;
  /** A file of the deployment that is meant: a folder may have several. */
  readonly near?: string | undefined;
  /** Takes what could be read where not all could. */
  readonly partial?: boolean;
}

interface ImportedFile {
  /** As remarks name it. */
  readonly name: string;
  /** Its bytes in Base64. */
  readonly content: string;
}

export type ImportAnswer = ImportEdit | ImportProblem;

export interface ImportEdit {
  /** To be confirmed by whoever asked; left out where all is there already. */
  readonly edit?: WorkspaceEdit;
  /** A sentence. */
  readonly summary: string;
  /** What has become of everything that is not in the files as it was. */
  readonly remarks?: { readonly title: string; readonly markdown: string };
}

/** Why nothing is imported. */
export interface ImportProblem {
  /** A sentence. */
  readonly problem: string;
  /** Which files it is about, and why, a line each. */
  readonly reasons: readonly string[];
  /** With `partial` there is something to import. */
  readonly allowsPartial: boolean;
}

export interface ImportContext {
  readonly versionOf: VersionOf;
  /** Called now and then, to let others have their turn. Throws where nobody waits for the answer any more. */
  readonly pause: () => Promise<void>;
}

/** @returns `undefined` where the files are none: they came over the wire */
export async function importing(
  project: Project,
  { files, folder, near, partial = false }: ImportParams,
  { versionOf, pause }: ImportContext,
): Promise<ImportAnswer | undefined> {
  if (!areFiles(files)) return undefined;
  const imported = await importFiles(inputs(files, pause), formats);
  const problem = problemOf(imported, partial);
  if (problem) return problem;
  // From here on nobody else has a turn: the texts stay what the edits are about.
  const target = targetOf(project, folder, near);
  if ('problem' in target) return target;
  const outcome = await outcomeFor(imported.objects, target);
  if ('problem' in outcome) return outcome;
  const { root } = target;
  const taken = [...outcome.created.keys()].find((name) => project.file(`${root}/${name}`));
  if (taken !== undefined)
    return because(
      `Nothing is imported: '${taken}' is there already, and has no object beside which the new ones could go.`,
    );
  const isNew = outcome.edits.size > 0 || outcome.created.size > 0;
  const place = nameOfFile(root);
  const summary = isNew ? `${outcome.summary} in '${place}'.` : `'${place}' has all of it: nothing changes.`;
  const failures = imported.failures.map(({ message, origin }) => ({ message, origin }));
  const title = `Import into ${place}`;
  const markdown = remarksPage(title, failures, inOrder([...imported.remarks, ...outcome.remarks]));
  return {
    ...(isNew ? { edit: editOf(outcome, root, versionOf) } : {}),
    summary,
    ...(markdown === undefined ? {} : { remarks: { title, markdown } }),
  };
}

function areFiles(files: unknown): files is readonly ImportedFile[] {
  if (!Array.isArray(files)) return false;
  return files.every((file: unknown) => {
    if (typeof file !== 'object' || file === null) return false;
    const { name, content } = file as Partial<Record<keyof ImportedFile, unknown>>;
    return typeof name === 'string' && typeof content === 'string';
  });
}

function* inputs(files: readonly ImportedFile[], pause: () => Promise<void>): Generator<ImportInput> {
  for (const { name, content } of files) yield { file: name, chunks: chunksOf(content, pause) };
}

/** How much Base64 is decoded at once: four characters are three bytes. */
const slice = 4 * 0x4_0000;

async function* chunksOf(content: string, pause: () => Promise<void>): AsyncGenerator<Uint8Array> {
  for (let from = 0; from < content.length; from += slice) {
    await pause();
    const text = atob(content.slice(from, from + slice));
    const bytes = new Uint8Array(text.length);
    for (let at = 0; at < text.length; at++) bytes[at] = text.charCodeAt(at);
    yield bytes;
  }
}

function problemOf({ objects, failures, remarks }: Imported, partial: boolean): ImportProblem | undefined {
  if (objects.length === 0)
    return because('Nothing is imported: no object could be read.', [...failures, ...inOrder(remarks)]);
  if (failures.length === 0 || partial) return undefined;
  const what = failures.length === 1 ? 'A file' : counted(failures.length, 'file');
  return { ...because(`${what} could not be read to the end.`, failures), allowsPartial: true };
}

/** So many reasons are given: people have to read them. */
const mostReasons = 5;

function because(
  problem: string,
  reasons: readonly Pick<ImportError, 'message' | 'origin'>[] = [],
): ImportProblem {
  const lines = reasons.slice(0, mostReasons).map(({ message, origin }) => `${placeOf(origin)}: ${message}`);
  const more = reasons.length - lines.length;
  return { problem, reasons: more > 0 ? [...lines, `… and ${more} more.`] : lines, allowsPartial: false };
}

interface Target {
  readonly root: string;
  /** Left out where there is no file yet. */
  readonly deployment?: Deployment;
}

function targetOf(project: Project, folder: string, near: string | undefined): Target | ImportProblem {
  const inside = project.workspaces.filter(({ root }) => root === folder || root.startsWith(`${folder}/`));
  const home = near === undefined ? undefined : project.workspaceOf(near);
  const meant = home && inside.includes(home) ? home : inside.find(({ root }) => root === folder);
  const [found, ...others] = inside.filter(({ deployment }) => deployment.files.length > 0);
  if (!meant && others.length > 0)
    return because(
      `Nothing is imported: '${nameOfFile(folder)}' has several deployments. Open a file of the one that is meant.`,
    );
  const { root, deployment } = meant ?? found ?? { root: folder };
  return { root, ...(deployment && deployment.files.length > 0 ? { deployment } : {}) };
}

async function outcomeFor(
  objects: readonly ImportedObject[],
  { root, deployment }: Target,
): Promise<Outcome | ImportProblem> {
  if (!deployment) return outcomeInNew(objects);
  try {
    return await outcomeIn(objects, deployment, { nameOf: ({ uri }) => pathIn(root, uri) });
  } catch (error) {
    if (!(error instanceof ImportError)) throw error;
    return because('Nothing is imported: a file of the deployment cannot be read. Repair it first.', [error]);
  }
}

function editOf({ edits, created, summary }: Outcome, root: string, versionOf: VersionOf): WorkspaceEdit {
  const { documentChanges = [], changeAnnotations = {} } = toWorkspaceEdit(
    edits,
    versionOf,
    edits.size > 0 ? annotation(summary) : undefined,
  );
  const start = { line: 0, character: 0 };
  for (const [name, newText] of created) {
    const uri = `${root}/${name}`;
    changeAnnotations[name] = annotation(contentOf(name));
    documentChanges.push(
      { kind: 'create', uri, annotationId: name },
      {
        textDocument: { uri, version: null },
        edits: [{ range: { start, end: start }, newText, annotationId: name }],
      },
    );
  }
  return { documentChanges, changeAnnotations };
}

function annotation(what: string): ChangeAnnotation {
  return { label: `Import: ${what}`, needsConfirmation: true };
}

/** `users of pool01.contoso.com` */
function contentOf(name: string): string {
  return name
    .replace(/\.lync\.yaml$/, '')
    .replace(/^users\//, 'users of ')
    .replace(/ no-pool$/, ' no pool');
}
