/** What importers make of texts, in a form that can be compared. */
import { importFiles, type Imported } from '../../server/src/importers/intake.ts';
import { formats } from '../../server/src/importers/formats.ts';
import {
  ImportError,
  type Format,
  type ImportedObject,
  type ImportedValue,
  type Intake,
  type Remark,
} from '../../server/src/importers/imported.ts';

export interface Found {
  readonly objects: readonly ImportedObject[];
  readonly remarks: readonly Remark[];
  readonly failure: ImportError | undefined;
}

/** What a format finds in a text that comes in pieces. Any other error than an ImportError is thrown. */
export async function read(format: Format, text: string, { file = 'test', size = 7 } = {}): Promise<Found> {
  const objects: ImportedObject[] = [];
  const remarks: Remark[] = [];
  let failure: ImportError | undefined;
  try {
    for await (const intake of format.read(pieces(text, size), file)) sort(intake, objects, remarks);
  } catch (error) {
    if (!(error instanceof ImportError)) throw error;
    failure = error;
  }
  return { objects, remarks, failure };
}

/** What is imported from files by their names. */
export function importTexts(
  files: Readonly<Record<string, string | Uint8Array>>,
  known: readonly Format[] = formats,
): Promise<Imported> {
  const inputs = Object.entries(files).map(([file, content]) => ({
    file,
    chunks: bytePieces(typeof content === 'string' ? new TextEncoder().encode(content) : content),
  }));
  return importFiles(inputs, known);
}

/** An object as its section and properties. */
export function plain({ section, properties }: ImportedObject): Record<string, ImportedValue> {
  return { $: section, ...Object.fromEntries(properties) };
}

export async function* pieces(text: string, size: number): AsyncGenerator<string> {
  for (let at = 0; at < text.length; at += size) {
    await Promise.resolve();
    yield text.slice(at, at + size);
  }
}

export async function* bytePieces(bytes: Uint8Array, size = 1000): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) {
    await Promise.resolve();
    yield bytes.slice(at, at + size);
  }
}

function sort(intake: Intake, objects: ImportedObject[], remarks: Remark[]): void {
  if ('object' in intake) objects.push(intake.object);
  else remarks.push(intake.remark);
}
