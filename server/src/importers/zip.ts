/** Zip files of exports. Nothing of them is written to a disk; what could only be a trap is refused before it is unpacked. */
import { Inflate } from 'fflate';
import { Crc32 } from './crc32.ts';
import { ImportError } from './imported.ts';
import { zipEntries, type ZipEntry } from './zipDirectory.ts';

export interface Unzipped {
  /** Path in the zip, with `/` between folders. */
  readonly name: string;
  /** To be read, or not, before the next file is asked for. */
  readonly chunks: AsyncIterable<Uint8Array>;
}

/** What is read of a zip at most. Bytes, where not said otherwise. */
export const zipLimits = {
  /** Packed, for the whole file is held. */
  file: 0x1000_0000,
  entries: 10_000,
  /** All of it unpacked. */
  total: 0x8000_0000,
  /** Times its packed size that a file may have unpacked, if it is larger than `small`. Exports come to about 50. */
  ratio: 200,
  small: 10_000_000,
} as const;

export function isZip(head: Uint8Array): boolean {
  const [p, k, three, four] = head;
  return p === 0x50 && k === 0x4b && ((three === 3 && four === 4) || (three === 5 && four === 6));
}

/** @throws ImportError where it is cut off, has a password, or is built to fill memory or leave its folder */
export async function* readZip(bytes: AsyncIterable<Uint8Array>, file: string): AsyncGenerator<Unzipped> {
  const whole = await gather(bytes, file);
  const entries = zipEntries(whole, file, zipLimits.entries);
  const total = entries.reduce((sum, { size }) => sum + size, 0);
  if (total > zipLimits.total)
    throw new ImportError(
      `The zip file comes to ${Math.round(total / 1_000_000)} MB unpacked, more than the ${Math.round(zipLimits.total / 1_000_000)} MB that are read from one. Import its files one by one.`,
      { file },
    );
  const packed = entries.reduce((sum, entry) => sum + entry.packed, 0);
  if (packed > whole.length)
    throw new ImportError(
      'The files in the zip file share their bytes, as only a zip bomb has it. It is not read.',
      { file },
    );
  for (const entry of entries) refuse(entry, file);
  for (const entry of entries)
    if (!entry.name.endsWith('/')) yield { name: entry.name, chunks: unpack(whole, entry, file) };
}

/** @throws ImportError where an entry is not to be read */
function refuse({ name, packed, size, method, isEncrypted }: ZipEntry, file: string): void {
  const place = { file: `${file}!${name}` };
  if (/^\/|^[A-Za-z]:|(?:^|\/)\.\.(?:\/|$)|\0/.test(name))
    throw new ImportError(
      `The zip file has an entry '${name.replaceAll('\0', '\\0')}', which points out of its folder. It is not read.`,
      { file },
    );
  if (isEncrypted)
    throw new ImportError('The zip file has a password. Unpack it, and import the folder.', place);
  if (method !== 0 && method !== 8)
    throw new ImportError(
      `The file is packed by method ${method}, which is not read. Make the zip file anew with Compress-Archive.`,
      place,
    );
  if (size > zipLimits.small && size > packed * zipLimits.ratio)
    throw new ImportError(
      `The file would come to more than ${zipLimits.ratio} times its packed size, as only a zip bomb does. It is not read.`,
      place,
    );
}

/** So much goes into the unpacker at once; at most a thousand times as much comes out. */
const pieceLength = 0x4000;

async function* unpack(whole: Uint8Array, entry: ZipEntry, zip: string): AsyncGenerator<Uint8Array> {
  const file = `${zip}!${entry.name}`;
  const crc = new Crc32();
  let size = 0;
  for (const chunk of entry.method === 0 ? pieces(whole, entry) : inflated(whole, entry, file)) {
    size += chunk.length;
    if (size > entry.size)
      throw new ImportError(
        'The file is larger than the list of the zip file says, as only a zip bomb has it. It is not read further.',
        { file },
      );
    crc.add(chunk);
    if (chunk.length > 0) yield chunk;
    // Whoever waits for a large file wants to see, and stop, it.
    await Promise.resolve();
  }
  if (size !== entry.size || crc.value !== entry.checksum)
    throw new ImportError(
      'The file is damaged in the zip file: its checksum is wrong. Make the zip file anew.',
      {
        file,
      },
    );
}

function* inflated(whole: Uint8Array, entry: ZipEntry, file: string): Generator<Uint8Array> {
  const out: Uint8Array[] = [];
  const inflate = new Inflate((chunk) => out.push(chunk));
  let left = entry.packed;
  for (const piece of pieces(whole, entry)) {
    left -= piece.length;
    try {
      inflate.push(piece, left === 0);
    } catch {
      throw new ImportError(
        'The file is damaged in the zip file, and cannot be unpacked. Make the zip file anew.',
        {
          file,
        },
      );
    }
    yield* out.splice(0);
  }
}

function* pieces(whole: Uint8Array, { start, packed }: ZipEntry): Generator<Uint8Array> {
  for (let at = start; at < start + packed; at += pieceLength)
    yield whole.subarray(at, Math.min(at + pieceLength, start + packed));
}

async function gather(bytes: AsyncIterable<Uint8Array>, file: string): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of bytes) {
    length += chunk.length;
    if (length > zipLimits.file)
      throw new ImportError(
        `The zip file is larger than ${Math.round(zipLimits.file / 1_000_000)} MB. Unpack it, and import the folder.`,
        { file },
      );
    chunks.push(chunk);
  }
  const whole = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}
