import assert from 'node:assert/strict';
import fc from 'fast-check';
import { decode } from '../../server/src/importers/encoding.ts';
import { ImportError } from '../../server/src/importers/imported.ts';
import { bytePieces } from './texts.ts';

describe('the encoding of a file', () => {
  it('is told by its mark, or by where its zeros are', async () => {
    const text = `CsUser:\n  - DisplayName: Zoë 郑牧 😀\n${'# more\n'.repeat(100)}`;
    for (const size of [1, 3, 100, 10_000])
      for (const [name, bytes] of Object.entries(encodings(text)))
        assert.deepEqual(await decoded(bytes, size), { text, remarks: [] }, `${name} by ${size}`);
  });

  it('gives every text back, however it is cut', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: 'grapheme' }),
        fc.integer({ min: 1, max: 9 }),
        async (made, size) => {
          const text = `a${made.replace(/[\0\uFEFF]/g, '')}`;
          const {
            'UTF-8': plain,
            'UTF-8 with a mark': marked,
            'UTF-16LE with a mark': wide,
          } = encodings(text);
          for (const bytes of [plain, marked, wide])
            if (bytes) assert.deepEqual(await decoded(bytes, size), { text, remarks: [] });
        },
      ),
    );
  });

  it('is Windows-1252 where bytes cannot be UTF-8, with a remark', async () => {
    const ascii = 'x'.repeat(300);
    for (const size of [1, 7, 1000]) {
      const bytes = Uint8Array.from([...new TextEncoder().encode(ascii), 0x5a, 0x6f, 0xeb, 0x0a]);
      const { text, remarks } = await decoded(bytes, size);
      assert.equal(text, `${ascii}Zoë\n`);
      assert.match(remarks.join(), /Windows-1252/);
      assert.equal((await decoded(bytes.slice(0, -1), size)).text, `${ascii}Zoë`);
    }
  });

  it('is UTF-8 with a remark where some bytes of it are damaged', async () => {
    const bytes = Uint8Array.from([...new TextEncoder().encode('é'.repeat(200)), 0xc3, 0x20]);
    const { text, remarks } = await decoded(bytes, 1000);
    assert.equal(text, `${'é'.repeat(200)}\uFFFD `);
    assert.match(remarks.join(), /damaged/);
  });

  it('is refused where it is UTF-32', async () => {
    await assert.rejects(decoded(Uint8Array.from([0xff, 0xfe, 0, 0, 0x41, 0, 0, 0]), 10), ImportError);
  });

  it('never throws anything but an ImportError', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ maxLength: 600 }),
        fc.integer({ min: 1, max: 300 }),
        async (bytes, size) => {
          try {
            await decoded(bytes, size);
          } catch (error) {
            assert.ok(error instanceof ImportError);
          }
        },
      ),
    );
  });
});

async function decoded(bytes: Uint8Array, size: number): Promise<{ text: string; remarks: string[] }> {
  const remarks: string[] = [];
  let text = '';
  for await (const chunk of decode(bytePieces(bytes, size), 'test', (remark) => remarks.push(remark)))
    text += chunk;
  return { text, remarks };
}

function encodings(text: string): Record<string, Uint8Array> {
  const utf8 = new TextEncoder().encode(text);
  return {
    'UTF-8': utf8,
    'UTF-8 with a mark': Uint8Array.from([0xef, 0xbb, 0xbf, ...utf8]),
    'UTF-16LE': wide(text, true),
    'UTF-16BE': wide(text, false),
    'UTF-16LE with a mark': wide(`\uFEFF${text}`, true),
    'UTF-16BE with a mark': wide(`\uFEFF${text}`, false),
  };
}

function wide(text: string, isLittle: boolean): Uint8Array {
  const view = new DataView(new ArrayBuffer(text.length * 2));
  for (let at = 0; at < text.length; at++) view.setUint16(at * 2, text.charCodeAt(at), isLittle);
  return new Uint8Array(view.buffer);
}
