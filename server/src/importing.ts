/** `lync-lint import`: what other programs write, to files of ours in a folder. */
import { createTwoFilesPatch } from 'diff';
import {
  DiskError,
  displayPath,
  filesBelow,
  isFolder,
  isThere,
  makeFolder,
  readChunks,
  toPath,
  toUri,
  writeText,
  yamlFilesBelow,
  type Encoding,
} from './disk.ts';
import { formats } from './importers/formats.ts';
import { ImportError, type ImportedObject, type Remark } from './importers/imported.ts';
import { importFiles, type Imported, type ImportInput } from './importers/intake.ts';
import { edited, inOrder, outcomeIn, outcomeInNew, placeOf, type Outcome } from './importers/outcome.ts';
import { load, UsageError, type Surroundings } from './inputs.ts';
import type { Deployment } from './model/deployment.ts';
import { counted } from './model/wording.ts';
import { isConfiguration, Project } from './project.ts';
import { rules } from './rules/index.ts';

export interface ImportOptions extends Surroundings {
  /** The folder that the files go to. */
  readonly target: string;
  /** Writes into a folder that has files of ours; else what would change is shown. */
  readonly update: boolean;
  /** Takes out what the import does not have any more. */
  readonly prune: boolean;
  /** Takes what could be read where not all could. */
  readonly partial: boolean;
  readonly out: (text: string) => void;
}

/**
 * Reads exports, and writes them as files of ours.
 * @returns whether all is as in the import now; `false` where what would change was shown only
 * @throws DiskError, UsageError where nothing can be read, or not all of it, or something is in the way
 */
export async function importInto(paths: readonly string[], options: ImportOptions): Promise<boolean> {
  const { target, partial, error } = options;
  const imported = await importFiles(inputsAt(paths, options), formats);
  tell(imported, options);
  if (imported.objects.length === 0) throw new DiskError('Nothing is imported: no object could be read.');
  if (imported.failures.length > 0 && !partial)
    throw new DiskError(
      `Nothing is imported, because ${imported.failures.length === 1 ? 'a file' : counted(imported.failures.length, 'file')} could not be read to the end. --partial imports what could be read.`,
    );
  const isPresent = (await isThere(target)) && (await hasFiles(target));
  if (!isPresent) {
    const { created, summary, remarks } = outcomeInNew(imported.objects);
    tellRemarks(remarks, options);
    await writeFiles(created, options);
    error(`${summary} in '${displayPath(toUri(target), options.folder)}'.`);
    return true;
  }
  return updateFolder(imported.objects, options);
}

async function* inputsAt(paths: readonly string[], { folder }: ImportOptions): AsyncGenerator<ImportInput> {
  if (paths.length === 0)
    throw new UsageError("Name what is to be imported: 'lync-lint import FILE… --output FOLDER'.");
  for (const path of paths) {
    const found = (await isFolder(path)) ? await filesBelow(path) : [path];
    for (const file of found) yield { file: displayPath(toUri(file), folder), chunks: readChunks(file) };
  }
}

/** Says what has become of everything that is not in the result as it was. */
function tell({ remarks, failures }: Imported, options: ImportOptions): void {
  for (const { message, origin } of failures) options.error(`${placeOf(origin)}: error: ${message}`);
  tellRemarks(remarks, options);
}

function tellRemarks(remarks: readonly Remark[], { error }: ImportOptions): void {
  for (const { kind, message, origin } of inOrder(remarks)) error(`${placeOf(origin)}: ${kind}: ${message}`);
}

async function hasFiles(target: string): Promise<boolean> {
  if (!(await isFolder(target))) throw new DiskError(`'${target}' is a file: name a folder to import into.`);
  return (await yamlFilesBelow(target, () => undefined)).some((uri) => /\.lync\.ya?ml$/i.test(uri));
}

/** Writes files that are not there yet; where one is, none is written. */
async function writeFiles(files: ReadonlyMap<string, string>, { target }: ImportOptions): Promise<void> {
  for (const name of files.keys())
    if (await isThere(`${target}/${name}`))
      throw new DiskError(`'${target}/${name}' is there already, so nothing is written.`);
  await makeFolder(target);
  for (const [name, text] of files) {
    const folders = name.split('/').slice(0, -1);
    if (folders.length > 0) await makeFolder(`${target}/${folders.join('/')}`);
    await writeText(`${target}/${name}`, text);
  }
}

async function updateFolder(objects: readonly ImportedObject[], options: ImportOptions): Promise<boolean> {
  const { target, folder, out, error } = options;
  const project = new Project(rules, new Map(), { once: true });
  const { encodings, unread } = await load(project, [target], options);
  if (unread.length > 0)
    throw new DiskError('Nothing is changed, because not all that is in the folder could be read.');
  const [workspace, ...others] = project.workspaces.filter(({ deployment }) => deployment.files.length > 0);
  if (!workspace || others.length > 0)
    throw new UsageError(`'${target}' has several deployments: name the folder of one.`);
  const outcome = await outcomeFor(objects, workspace.deployment, options);
  const { edits, created, summary, remarks } = outcome;
  tellRemarks(remarks, options);
  if (edits.size === 0 && created.size === 0) {
    error(`'${target}' has all of it: nothing changes.`);
    return true;
  }
  if (options.update) {
    await write(outcome, encodings, options);
    await writeFiles(created, options);
    error(`${summary} in '${target}'.`);
    return true;
  }
  for (const [file, made] of edits) {
    const name = displayPath(file.uri, folder);
    out(patch(name, name, file.text, edited(file.text, made)));
  }
  for (const [name, text] of created) out(patch('/dev/null', `${target}/${name}`, '', text));
  error(`${summary}: nothing is written yet. --update writes it.`);
  return false;
}

async function outcomeFor(
  objects: readonly ImportedObject[],
  deployment: Deployment,
  { folder, prune }: ImportOptions,
): Promise<Outcome> {
  try {
    return await outcomeIn(objects, deployment, { nameOf: ({ uri }) => displayPath(uri, folder), prune });
  } catch (error) {
    if (!(error instanceof ImportError)) throw error;
    throw new DiskError(`Nothing is changed: ${placeOf(error.origin)}: ${error.message}`);
  }
}

/** A unified diff, or a line in its place where it would take too long to find. */
function patch(from: string, to: string, before: string, after: string): string {
  const found = createTwoFilesPatch(from, to, before, after, undefined, undefined, { timeout: longestDiff });
  return found ?? `${to}: too much differs to be shown.\n`;
}

/** ms. */
const longestDiff = 5000;

async function write(
  { edits }: Outcome,
  encodings: ReadonlyMap<string, Encoding>,
  { folder }: ImportOptions,
): Promise<void> {
  const uris = Array.from(edits.keys(), ({ uri }) => uri);
  const broken = uris.find((uri) => isConfiguration(uri) || encodings.get(uri) === 'broken');
  if (broken !== undefined)
    throw new DiskError(
      `Nothing is changed: '${displayPath(broken, folder)}' is no text in UTF-8 or UTF-16. Save it as UTF-8 first.`,
    );
  for (const [{ uri, text }, made] of edits)
    await writeText(toPath(uri), edited(text, made), encodings.get(uri));
}
