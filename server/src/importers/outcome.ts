/** What an import does to a deployment, whoever makes it so: the command line, or an editor. */
import type { TextEdit } from '../linter/edits.ts';
import type { Deployment } from '../model/deployment.ts';
import { counted } from '../model/wording.ts';
import type { SourceFile } from '../parser/sourceFile.ts';
import { filesOf } from './fileNames.ts';
import type { Format, ImportedObject, Origin, Remark } from './imported.ts';
import { importFiles } from './intake.ts';
import { missingExports } from './missingExports.ts';
import { psYaml } from './psYaml.ts';
import { updateOf } from './updating.ts';

export interface Outcome {
  /** What changes in files that are there, in the order of their texts; only of those that change. */
  readonly edits: ReadonlyMap<SourceFile, readonly TextEdit[]>;
  /** Texts of new files, by their paths with `/` between folders. */
  readonly created: ReadonlyMap<string, string>;
  readonly remarks: readonly Remark[];
  /** `Imported 2 CsUser`, or `2 objects added, 1 changed, none removed`. */
  readonly summary: string;
}

export interface OutcomeOptions {
  /** As people name a file of the deployment. */
  readonly nameOf: (file: SourceFile) => string;
  /** Whether objects that the import does not have go, of the sections that it has. */
  readonly prune?: boolean;
}

/** An import into a folder without files of ours. */
export function outcomeInNew(objects: readonly ImportedObject[]): Outcome {
  const counts = new Map<string, number>();
  for (const { section } of objects) counts.set(section, (counts.get(section) ?? 0) + 1);
  const parts = Array.from(counts, ([section, count]) => `${count} ${section}`);
  return {
    edits: new Map(),
    created: filesOf(objects),
    remarks: [...toExport(objects, [])],
    summary: `Imported ${parts.join(', ')}`,
  };
}

/**
 * An import into a deployment that is there: only what differs changes.
 * @throws ImportError where a file of the deployment cannot be read: what it has would be added again
 */
export async function outcomeIn(
  objects: readonly ImportedObject[],
  deployment: Deployment,
  { nameOf, prune = false }: OutcomeOptions,
): Promise<Outcome> {
  const encoder = new TextEncoder();
  const inputs = deployment.files.map(({ file }) => ({
    file: nameOf(file),
    chunks: once(encoder.encode(file.text)),
  }));
  const present = await importFiles(inputs, [ours]);
  const [failure] = present.failures;
  if (failure) throw failure;
  const update = updateOf(deployment, present.objects, objects, { prune });
  const number = (count: number): string => (count === 0 ? 'none' : String(count));
  const added = counted(update.added, 'object').replace(/^no objects/, 'No objects');
  return {
    edits: update.edits,
    created: filesOf(update.homeless),
    remarks: [...update.remarks, ...toExport(objects, present.objects)],
    summary: `${added} added, ${number(update.altered)} changed, ${number(update.removed)} removed`,
  };
}

/** What is missing, with the import and what was there before. */
function* toExport(
  imported: readonly ImportedObject[],
  present: readonly ImportedObject[],
): Generator<Remark> {
  const message = missingExports([...imported, ...present]);
  const file = imported.at(-1)?.origin.file;
  if (message !== undefined && file !== undefined) yield { kind: 'hint', message, origin: { file } };
}

/** Files of the deployment are ours, however they begin. */
const ours: Format = { ...psYaml, recognises: () => true };

/** A text with edits made that are in its order. */
export function edited(text: string, edits: readonly TextEdit[]): string {
  const pieces: string[] = [];
  let from = 0;
  for (const { start, end, text: put } of edits) {
    pieces.push(text.slice(from, start), put);
    from = end;
  }
  return pieces.join('') + text.slice(from);
}

/** What weighs most first. */
export function inOrder(remarks: readonly Remark[]): Remark[] {
  return [...remarks].sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind));
}

const order: readonly Remark['kind'][] = ['missing', 'left out', 'changed', 'hint'];

/** `users.csv:12` */
export function placeOf({ file, line }: Origin): string {
  return line === undefined ? file : `${file}:${line}`;
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(bytes);
}
