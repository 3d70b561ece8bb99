/**
 * The list of what is in a zip file, from its end. Everything is known from it before anything is unpacked: names, sizes, and
 * whether there is a password. Source: APPNOTE.TXT of PKWARE, 4.3.
 */
import { ImportError } from './imported.ts';

export interface ZipEntry {
  /** With `/` between folders. */
  readonly name: string;
  /** Packed and unpacked, as the list says. */
  readonly packed: number;
  readonly size: number;
  /** 0 is none, 8 is deflate. */
  readonly method: number;
  readonly checksum: number;
  readonly isEncrypted: boolean;
  /** Where its bytes begin in the file. */
  readonly start: number;
}

/** @throws ImportError where the file is cut off or damaged, or has more entries than `most` */
export function zipEntries(bytes: Uint8Array, file: string, most: number): ZipEntry[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    return readDirectory(bytes, view, file, most);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new ImportError(damaged, { file });
  }
}

const damaged = 'The zip file is damaged: its list of files does not fit its contents. Make it anew.';

function readDirectory(bytes: Uint8Array, view: DataView, file: string, most: number): ZipEntry[] {
  const end = findEnd(view);
  if (end === undefined)
    throw new ImportError('The zip file is cut off: its end, with the list of its files, is missing.', {
      file,
    });
  let count = view.getUint16(end + 10, true);
  let at = view.getUint32(end + 16, true);
  // Where a number does not fit, a longer record in front says it.
  const locator = end - 20;
  if (locator >= 0 && view.getUint32(locator, true) === 0x0706_4b50) {
    const record = number64(view, locator + 8);
    if (view.getUint32(record, true) !== 0x0606_4b50) throw new RangeError();
    count = number64(view, record + 32);
    at = number64(view, record + 48);
  }
  if (count > most)
    throw new ImportError(
      `The zip file holds ${count} files, more than the ${most} that are read from one. Take out what is no export.`,
      { file },
    );
  const entries: ZipEntry[] = [];
  for (let index = 0; index < count; index++) {
    if (view.getUint32(at, true) !== 0x0201_4b50) throw new RangeError();
    const [nameLength, extraLength] = [view.getUint16(at + 28, true), view.getUint16(at + 30, true)];
    entries.push(readEntry(bytes, view, at, nameLength, extraLength));
    at += 46 + nameLength + extraLength + view.getUint16(at + 32, true);
  }
  return entries;
}

function readEntry(
  bytes: Uint8Array,
  view: DataView,
  at: number,
  nameLength: number,
  extraLength: number,
): ZipEntry {
  const flags = view.getUint16(at + 8, true);
  const long = longNumbers(view, at + 46 + nameLength, extraLength);
  const longOr = (value: number): number => (value === 0xffff_ffff ? (long.shift() ?? value) : value);
  const size = longOr(view.getUint32(at + 24, true));
  const packed = longOr(view.getUint32(at + 20, true));
  const header = longOr(view.getUint32(at + 42, true));
  if (view.getUint32(header, true) !== 0x0403_4b50) throw new RangeError();
  const start = header + 30 + view.getUint16(header + 26, true) + view.getUint16(header + 28, true);
  if (start + packed > bytes.length) throw new RangeError();
  return {
    name: nameOf(bytes.subarray(at + 46, at + 46 + nameLength)),
    packed,
    size,
    method: view.getUint16(at + 10, true),
    checksum: view.getUint32(at + 16, true),
    isEncrypted: (flags & 1) !== 0,
    start,
  };
}

/** The record at the end stands in front of a comment of at most 65,535 bytes. */
function findEnd(view: DataView): number | undefined {
  for (let at = view.byteLength - 22; at >= Math.max(0, view.byteLength - 22 - 0xffff); at--)
    if (view.getUint32(at, true) === 0x0605_4b50) return at;
  return undefined;
}

/** The numbers of an entry that need 64 bits, in their order. */
function longNumbers(view: DataView, from: number, length: number): number[] {
  for (let at = from; at + 4 <= from + length; at += 4 + view.getUint16(at + 2, true)) {
    if (view.getUint16(at, true) !== 1) continue;
    const count = Math.floor(view.getUint16(at + 2, true) / 8);
    return Array.from({ length: Math.min(count, 3) }, (_, index) => number64(view, at + 4 + index * 8));
  }
  return [];
}

function number64(view: DataView, at: number): number {
  return Number(view.getBigUint64(at, true));
}

/** Zip files say whether a name is in UTF-8, but often wrongly. Windows PowerShell writes backslashes between folders. */
function nameOf(bytes: Uint8Array): string {
  let name: string;
  try {
    name = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    name = new TextDecoder('windows-1252').decode(bytes);
  }
  return name.replaceAll('\\', '/');
}
