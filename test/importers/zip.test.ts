import assert from 'node:assert/strict';
import fc from 'fast-check';
import { zipSync, type Zippable } from 'fflate';
import { ImportError } from '../../server/src/importers/imported.ts';
import { isZip, readZip } from '../../server/src/importers/zip.ts';
import { bytePieces } from './texts.ts';

describe('a zip file', () => {
  it('gives its files, packed or not', async () => {
    const large = bytes(Array.from({ length: 50_000 }, (_, at) => `line ${at}`).join('\n'));
    const zip = zipSync({
      'a.xml': bytes('hello'),
      'config/b.xml': large,
      'empty.xml': bytes(''),
      'plain.xml': [large, { level: 0 }],
      'folder/': bytes(''),
    });
    assert.ok(isZip(zip));
    assert.deepEqual(await unzipped(zip), {
      'a.xml': 'hello',
      'config/b.xml': text(large),
      'empty.xml': '',
      'plain.xml': text(large),
    });
  });

  it('may have the backslashes of Windows PowerShell between folders', async () => {
    assert.deepEqual(Object.keys(await unzipped(zipSync({ 'config\\a.xml': bytes('a') }))), ['config/a.xml']);
  });

  it('cannot point out of its folder', async () => {
    for (const name of ['../a.xml', 'a/../../b', '/etc/passwd', 'C:\\a.xml', '..\\a.xml', 'a/..', 'a\0b'])
      await refused(zipSync({ [name]: bytes('a') }), /points out of its folder/);
  });

  it('is refused where it comes to too much', async () => {
    await refused(zipSync({ 'a.xml': new Uint8Array(20_000_000) }), /200 times its packed size/);
    const many = Object.fromEntries(
      Array.from({ length: 10_001 }, (_, at) => [`${at}.xml`, [new Uint8Array(0), { level: 0 }]]),
    ) as unknown as Zippable;
    await refused(zipSync(many), /holds 10001 files, more than the 10000/);
    const large = zipSync({ 'a.xml': bytes('a'), 'b.xml': bytes('b') });
    for (const at of directory(large)) new DataView(large.buffer).setUint32(at + 24, 0x7000_0000, true);
    await refused(large, /comes to 3758 MB unpacked, more than the 2147 MB/);
  });

  it('is refused where the list of its files lies', async () => {
    const small = zipSync({ 'a.xml': bytes('a'.repeat(100)) });
    for (const at of directory(small)) new DataView(small.buffer).setUint32(at + 24, 10, true);
    await refused(small, /larger than the list of the zip file says/);
    const shared = zipSync(
      { 'a.xml': bytes('a'.repeat(1000)), 'b.xml': bytes('b'.repeat(1000)) },
      { level: 0 },
    );
    const [first = 0, second = 0] = directory(shared);
    const view = new DataView(shared.buffer);
    view.setUint32(second + 42, view.getUint32(first + 42, true), true);
    view.setUint32(second + 20, 1990, true);
    view.setUint32(first + 20, 1990, true);
    await refused(shared, /share their bytes/);
  });

  it('is refused with a password, or another way of packing', async () => {
    const locked = zipSync({ 'a.xml': bytes('a') });
    for (const at of directory(locked)) new DataView(locked.buffer).setUint16(at + 8, 1, true);
    await refused(locked, /has a password/);
    const other = zipSync({ 'a.xml': bytes('a') });
    for (const at of directory(other)) new DataView(other.buffer).setUint16(at + 10, 14, true);
    await refused(other, /method 14/);
  });

  it('says where it is cut off or damaged', async () => {
    const zip = zipSync({ 'a.xml': bytes('hello '.repeat(100)), 'b.xml': [bytes('hello'), { level: 0 }] });
    for (let end = 4; end < zip.length; end++) await refused(zip.slice(0, end), /cut off/);
    const at = text(zip).indexOf('hello');
    zip[at] = 0x48;
    await refused(zip, /checksum is wrong/);
  });

  it('never throws anything but an ImportError', async () => {
    const zip = zipSync({ 'a.xml': bytes('hello '.repeat(100)), 'b.xml': [bytes('hello'), { level: 0 }] });
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(zip.length - 1), fc.nat(255)), { minLength: 1, maxLength: 8 }),
        async (changes) => {
          const damaged = zip.slice();
          for (const [place, byte] of changes) damaged[place] = byte;
          try {
            await unzipped(damaged);
          } catch (error) {
            assert.ok(error instanceof ImportError, String(error));
          }
        },
      ),
      { numRuns: 5000 },
    );
  });
});

async function unzipped(zip: Uint8Array): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for await (const { name, chunks } of readZip(bytePieces(zip), 'test.zip')) {
    const parts: Uint8Array[] = [];
    for await (const chunk of chunks) parts.push(chunk);
    found[name] = text(Buffer.concat(parts));
  }
  return found;
}

async function refused(zip: Uint8Array, message: RegExp): Promise<void> {
  await assert.rejects(unzipped(zip), (error) => {
    assert.ok(error instanceof ImportError, String(error));
    assert.match(error.message, message);
    assert.match(error.origin.file, /^test\.zip/);
    return true;
  });
}

/** Where the entries of the list begin. */
function directory(zip: Uint8Array): number[] {
  const places: number[] = [];
  for (let at = 0; at + 4 <= zip.length; at++)
    if (zip[at] === 0x50 && zip[at + 1] === 0x4b && zip[at + 2] === 1 && zip[at + 3] === 2) places.push(at);
  return places;
}

function bytes(content: string): Uint8Array {
  return new TextEncoder().encode(content);
}

function text(content: Uint8Array): string {
  return new TextDecoder('latin1').decode(content);
}
