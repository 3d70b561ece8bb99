/**
 * Bytes to text. PowerShell writes UTF-16 with a byte-order mark (`>`, Out-File, Export-Clixml in Windows PowerShell), UTF-8
 * with one (Topology Builder, -Encoding utf8) and without (PowerShell 7), and editors write what Windows calls ANSI.
 */
import { ImportError, type TextChunks } from './imported.ts';

/**
 * @param file as messages name it
 * @param remark told when a letter may not be what it was, with a sentence about it
 * @returns the text without its byte-order mark
 * @throws ImportError where the encoding is none that is read
 */
export async function* decode(
  bytes: AsyncIterable<Uint8Array>,
  file: string,
  remark: (message: string) => void,
): TextChunks {
  let decoder: Decoder | undefined;
  let head = new Uint8Array(0);
  for await (const chunk of bytes) {
    if (decoder) {
      yield decoder.write(chunk);
      continue;
    }
    head = joined(head, chunk);
    if (head.length < enough) continue;
    decoder = decoderFor(head, file, remark);
    yield decoder.write(head);
  }
  decoder ??= decoderFor(head, file, remark);
  const rest = head.length < enough ? decoder.write(head) : '';
  yield rest + decoder.end();
}

interface Decoder {
  write(chunk: Uint8Array): string;
  end(): string;
}

/** So many bytes tell UTF-16 from UTF-8 where no mark does. */
const enough = 256;

function decoderFor(head: Uint8Array, file: string, remark: (message: string) => void): Decoder {
  const [a, b, c, d] = head;
  if ((a === 0xff && b === 0xfe && c === 0 && d === 0) || (a === 0 && b === 0 && c === 0xfe && d === 0xff))
    throw new ImportError('The file is in UTF-32, which is not read. Save it in UTF-8.', { file, line: 1 });
  if (a === 0xef && b === 0xbb && c === 0xbf) return withoutMark(new Utf8(remark));
  if (a === 0xff && b === 0xfe) return withoutMark(new Utf16('utf-16le'));
  if (a === 0xfe && b === 0xff) return withoutMark(new Utf16('utf-16be'));
  const order = utf16Order(head);
  return order ? new Utf16(order) : new Utf8(remark);
}

/** In UTF-16 nearly every second byte of what exports begin with is 0, and hardly any other is. */
function utf16Order(head: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  const zeros = [0, 0];
  const length = Math.min(head.length, enough) & ~1;
  for (let at = 0; at < length; at++) if (head[at] === 0) zeros[at & 1] = (zeros[at & 1] ?? 0) + 1;
  const [even = 0, odd = 0] = zeros;
  if (odd > length / 4 && even < odd / 8) return 'utf-16le';
  return even > length / 4 && odd < even / 8 ? 'utf-16be' : undefined;
}

class Utf16 implements Decoder {
  readonly #decoder: TextDecoder;

  constructor(encoding: string) {
    this.#decoder = new TextDecoder(encoding, { ignoreBOM: true });
  }

  write(chunk: Uint8Array): string {
    return this.#decoder.decode(chunk, { stream: true });
  }

  end(): string {
    return this.#decoder.decode();
  }
}

/**
 * UTF-8, until a byte cannot be. If nothing beyond ASCII came before, the text is in the code page of western Windows, which is
 * what editors there wrote for decades; otherwise it is UTF-8 that was damaged.
 */
class Utf8 implements Decoder {
  readonly #remark: (message: string) => void;
  readonly #strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  /** What reads the rest after a byte that is no UTF-8. */
  #lenient: TextDecoder | undefined;
  #isAscii = true;
  /** The beginning of a character whose end is in the next chunk. */
  #open = new Uint8Array(0);

  constructor(remark: (message: string) => void) {
    this.#remark = remark;
  }

  write(chunk: Uint8Array): string {
    if (this.#lenient) return this.#lenient.decode(chunk, { stream: true });
    const bytes = joined(this.#open, chunk);
    const end = bytes.length - openLength(bytes);
    this.#open = bytes.slice(end);
    return this.#decode(bytes.subarray(0, end));
  }

  end(): string {
    if (this.#lenient) return this.#lenient.decode();
    const rest = this.#open;
    this.#open = new Uint8Array(0);
    return this.#decode(rest) + ((this.#lenient as TextDecoder | undefined) ? this.end() : '');
  }

  #decode(bytes: Uint8Array): string {
    try {
      const text = this.#strict.decode(bytes);
      this.#isAscii &&= text.length === bytes.length && isAscii(bytes);
      return text;
    } catch {
      // As far as the decoders agree, the text in front of the bad byte comes out the same.
      const ansi = this.#isAscii && isAnsi(bytes);
      this.#remark(
        ansi
          ? 'The file is not in UTF-8 or UTF-16, so it was read as Windows-1252: look whether letters with accents in it are right.'
          : 'Some characters of the file are damaged, and stand as \uFFFD in the result. Export it again with -Encoding utf8.',
      );
      this.#lenient = new TextDecoder(ansi ? 'windows-1252' : 'utf-8', { ignoreBOM: true });
      const open = this.#open;
      this.#open = new Uint8Array(0);
      return this.#lenient.decode(joined(bytes, open), { stream: true });
    }
  }
}

function withoutMark(decoder: Decoder): Decoder {
  let isFirst = true;
  return {
    write: (chunk) => {
      const text = decoder.write(chunk);
      if (!isFirst || text === '') return text;
      isFirst = false;
      return text.startsWith('\uFEFF') ? text.slice(1) : text;
    },
    end: () => decoder.end(),
  };
}

/** Whether none of the bytes beyond ASCII could be UTF-8: no two of them in the order that it takes. */
function isAnsi(bytes: Uint8Array): boolean {
  for (let at = 0; at + 1 < bytes.length; at++) {
    const [lead = 0, next = 0] = [bytes[at], bytes[at + 1]];
    if (lead >= 0xc3 && lead <= 0xf4 && next >= 0x80 && next <= 0xbf) return false;
  }
  return true;
}

function isAscii(bytes: Uint8Array): boolean {
  for (const byte of bytes) if (byte >= 0x80) return false;
  return true;
}

/** How many bytes at the end begin a character that does not end there. */
function openLength(bytes: Uint8Array): number {
  for (let back = 1; back <= 3 && back <= bytes.length; back++) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) return 0;
    if (byte < 0xc0) continue;
    const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
    return length > back ? back : 0;
  }
  return 0;
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array<ArrayBuffer> {
  const both = new Uint8Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}
