/** Everything that is imported at once: files and zip files of any kind, to objects and what there is to say about them. */
import { decode } from './encoding.ts';
import {
  headLength,
  ImportError,
  type Format,
  type ImportedObject,
  type Intake,
  type Remark,
  type TextChunks,
} from './imported.ts';
import { Merging } from './merging.ts';
import { Tally } from './tally.ts';
import { whyUnrecognised } from './unrecognised.ts';
import { isZip, readZip } from './zip.ts';

export interface ImportInput {
  /** As messages name it. */
  readonly file: string;
  readonly chunks: AsyncIterable<Uint8Array>;
}

export interface Imported {
  /** In the order in which they came, each once. */
  readonly objects: readonly ImportedObject[];
  readonly remarks: readonly Remark[];
  /** Files that could not be read, or not to their end. What they held in front of that is in `objects`. */
  readonly failures: readonly ImportError[];
  /** How many files gave objects, those in zip files counted one by one. */
  readonly files: number;
  /** How often an object came again, as it was. */
  readonly repeated: number;
}

/** @param formats in the order in which they are tried */
export async function importFiles(
  inputs: AsyncIterable<ImportInput> | Iterable<ImportInput>,
  formats: readonly Format[],
): Promise<Imported> {
  const intake = new Gathering(formats);
  for await (const input of inputs) await intake.take(input, 0);
  return intake.result();
}

class Gathering {
  readonly #formats: readonly Format[];
  readonly #remarks: Remark[] = [];
  readonly #failures: ImportError[] = [];
  readonly #tally = new Tally();
  readonly #merging = new Merging(this.#tally);
  #files = 0;

  constructor(formats: readonly Format[]) {
    this.#formats = formats;
  }

  result(): Imported {
    const { objects, same: repeated } = this.#merging;
    const remarks = [...this.#remarks, ...this.#tally.remarks()];
    return { objects, remarks, failures: this.#failures, files: this.#files, repeated };
  }

  /** @param depth in how many zip files the file is */
  async take({ file, chunks }: ImportInput, depth: number): Promise<void> {
    try {
      const { head, all } = await peek(bounded(chunks, file));
      if (!isZip(head)) await this.#read(file, all);
      else if (depth > 1)
        throw new ImportError(
          'Zip files in a zip file in a zip file are not read. Unpack them, and import the folder.',
          {
            file,
          },
        );
      else
        for await (const { name, chunks: inside } of readZip(all, file))
          await this.take({ file: `${file}!${name}`, chunks: inside }, depth + 1);
    } catch (error) {
      if (!(error instanceof ImportError)) throw error;
      this.#failures.push(error);
    }
  }

  async #read(file: string, bytes: AsyncIterable<Uint8Array>): Promise<void> {
    const damage: string[] = [];
    const text = decode(bytes, file, (message) => damage.push(message));
    const { head, all } = await peekText(text);
    const format = head.includes('\0') ? undefined : this.#formats.find(({ recognises }) => recognises(head));
    if (!format) {
      const message = whyUnrecognised(head, this.#formats);
      this.#remarks.push({ kind: 'left out', message, origin: { file } });
      return;
    }
    try {
      await this.#readBy(format, file, all);
    } finally {
      for (const message of damage) this.#remarks.push({ kind: 'changed', message, origin: { file } });
    }
  }

  async #readBy(format: Format, file: string, text: TextChunks): Promise<void> {
    let found: 'nothing' | 'remarks' | 'objects' = 'nothing';
    for await (const intake of format.read(text, file)) {
      this.#enter(intake);
      if ('remark' in intake) {
        if (found === 'nothing') found = 'remarks';
      } else if (found !== 'objects') {
        found = 'objects';
        this.#files++;
      }
    }
    if (found !== 'nothing') return;
    this.#remarks.push({
      kind: 'left out',
      message: `The file is ${format.name}, and holds no object: the cmdlet printed nothing.`,
      origin: { file },
    });
  }

  #enter(intake: Intake): void {
    if ('remark' in intake) {
      this.#remarks.push(intake.remark);
      return;
    }
    this.#merging.add(intake.object);
  }
}

/** More than a deployment of any size comes to. Bytes. */
const longestFile = 0x8000_0000;

/** @throws ImportError where a file, or what comes instead of one, does not end */
async function* bounded(
  chunks: AsyncIterable<Uint8Array>,
  file: string,
): AsyncGenerator<Uint8Array, void, undefined> {
  let length = 0;
  for await (const chunk of chunks) {
    length += chunk.length;
    if (length > longestFile)
      throw new ImportError(
        `The file has more than ${Math.round(longestFile / 1_000_000)} MB. Export in several files.`,
        { file },
      );
    yield chunk;
  }
}

/** The first bytes, and all of them. */
async function peek(
  chunks: AsyncIterable<Uint8Array>,
): Promise<{ head: Uint8Array; all: AsyncIterable<Uint8Array> }> {
  const iterator = chunks[Symbol.asyncIterator]();
  const first: Uint8Array[] = [];
  const head: number[] = [];
  while (head.length < 4) {
    const next = await iterator.next();
    if (next.done === true) break;
    first.push(next.value);
    head.push(...next.value.subarray(0, 4));
  }
  return { head: Uint8Array.from(head.slice(0, 4)), all: behind(first, iterator) };
}

async function peekText(text: TextChunks): Promise<{ head: string; all: TextChunks }> {
  const iterator = text[Symbol.asyncIterator]();
  const first: string[] = [];
  let head = '';
  while (head.length < headLength) {
    const next = await iterator.next();
    if (next.done === true) break;
    first.push(next.value);
    head += next.value;
  }
  return { head: head.slice(0, headLength), all: behind(first, iterator) };
}

async function* behind<Chunk>(
  first: readonly Chunk[],
  rest: AsyncIterator<Chunk>,
): AsyncGenerator<Chunk, void, undefined> {
  try {
    yield* first;
    for (let next = await rest.next(); next.done !== true; next = await rest.next()) yield next.value;
  } finally {
    // Whoever stops reading closes the file.
    await rest.return?.();
  }
}
