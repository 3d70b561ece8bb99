import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  DiskError,
  displayPath,
  findUpwards,
  isFolder,
  readText,
  toPath,
  toUri,
  writeText,
  yamlFilesBelow,
} from '../server/src/disk.ts';

const posix = process.platform !== 'win32';

describe('the disk', () => {
  let folder: string;
  let at: (name: string) => string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lync-disk-'));
    at = (name) => join(folder, name);
  });
  afterEach(() => rm(folder, { recursive: true }));

  async function listed(path = folder): Promise<string[]> {
    const complaints: string[] = [];
    const found = await yamlFilesBelow(path, (message) => complaints.push(message));
    assert.deepEqual(complaints, []);
    return found.map((uri) => displayPath(uri, folder));
  }

  describe('reads and writes text', () => {
    const text = 'CsUser:\r\n  - DisplayName: Zoë 🔑\n';
    const little = Buffer.from(text, 'utf16le');
    const encodings = {
      utf8: Buffer.from(text),
      'utf8-bom': Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from(text)]),
      utf16le: Buffer.concat([Buffer.from([0xff, 0xfe]), little]),
      utf16be: Buffer.concat([Buffer.from([0xfe, 0xff]), Buffer.from(little).swap16()]),
    } as const;
    for (const [encoding, bytes] of Object.entries(encodings))
      it(`in ${encoding}, without a mark in the text, and gives the same bytes back`, async () => {
        await writeFile(at('a.yaml'), bytes);
        const found = await readText(at('a.yaml'));
        assert.deepEqual(found, { text, encoding });
        await writeText(at('a.yaml'), found.text, found.encoding);
        assert.deepEqual(await readFile(at('a.yaml')), bytes);
      });

    for (const [name, bytes] of Object.entries({
      'Windows-1252': Buffer.from('CsUser:\n  - DisplayName: Zo\xeb\n', 'latin1'),
      'UTF-16 with half a character': Buffer.concat([encodings.utf16le, Buffer.from([0x41])]),
      'UTF-8 that ends in the middle': Buffer.from('CsUser: ë').subarray(0, -1),
    }))
      it(`but writes nothing over bytes that are no text: ${name}`, async () => {
        await writeFile(at('a.yaml'), bytes);
        const found = await readText(at('a.yaml'));
        assert.equal(found.encoding, 'broken');
        assert.match(found.text, /^CsUser:/);
        await assert.rejects(writeText(at('a.yaml'), found.text, found.encoding), DiskError);
        assert.deepEqual(await readFile(at('a.yaml')), bytes);
      });

    it('of no length', async () => {
      await writeFile(at('empty.yaml'), '');
      assert.deepEqual(await readText(at('empty.yaml')), { text: '', encoding: 'utf8' });
    });

    it('of the length of a mark', async () => {
      await writeFile(at('mark.yaml'), Buffer.from([0xff, 0xfe]));
      assert.deepEqual(await readText(at('mark.yaml')), { text: '', encoding: 'utf16le' });
    });
  });

  it('says in words what cannot be read', async () => {
    for (const [name, words] of [
      ['none.yaml', 'there is no such file or folder'],
      ['.', 'it is a folder'],
    ] as const)
      await assert.rejects(readText(at(name)), (error) => {
        assert.ok(error instanceof DiskError);
        assert.equal(error.message, `'${at(name)}' cannot be read: ${words}.`);
        return true;
      });
    await assert.rejects(isFolder(at('none')), /there is no such file or folder/);
  });

  it('replaces a file in one step: its mode stays, and nothing else is left', async () => {
    await writeFile(at('a.yaml'), 'old');
    if (posix) await chmod(at('a.yaml'), 0o640);
    const { mode } = await stat(at('a.yaml'));
    await writeText(at('a.yaml'), 'new');
    assert.equal(await readFile(at('a.yaml'), 'utf8'), 'new');
    assert.equal((await stat(at('a.yaml'))).mode, mode);
    assert.deepEqual(await readdir(folder), ['a.yaml']);
  });

  it('writes through a link, and leaves the link', async () => {
    await mkdir(at('real'));
    await writeFile(at('real/a.yaml'), 'old');
    await symlink(at('real/a.yaml'), at('link.yaml'));
    await writeText(at('link.yaml'), 'new');
    assert.equal(await readFile(at('real/a.yaml'), 'utf8'), 'new');
    assert.deepEqual((await readdir(folder)).sort(), ['link.yaml', 'real']);
    assert.deepEqual(await readdir(at('real')), ['a.yaml']);
  });

  it('leaves nothing behind when it cannot write', async () => {
    await mkdir(at('a.yaml'));
    await assert.rejects(writeText(at('a.yaml'), 'new'), /cannot be written: it is a folder\.$/);
    await assert.rejects(writeText(at('none/a.yaml'), 'new'), /cannot be written: there is no such/);
    await assert.rejects(writeText(at('a.yaml/b/c'), 'new'), DiskError);
    assert.deepEqual(await readdir(folder, { recursive: true }), ['a.yaml']);
  });

  if (posix) {
    it('writes into a pipe or a device, and does not put a file in its place', async () => {
      execFileSync('mkfifo', [at('pipe')]);
      const [text] = await Promise.all([readFile(at('pipe'), 'utf8'), writeText(at('pipe'), 'new')]);
      assert.equal(text, 'new');
      assert.ok((await stat(at('pipe'))).isFIFO());
    });

    it('waits for no pipe that only looks like a file', async () => {
      execFileSync('mkfifo', [at('pipe.lync.yaml')]);
      assert.deepEqual(await listed(), []);
    });
  }

  it('lists the YAML files below a folder in the order of their names', async () => {
    await mkdir(at('b/c'), { recursive: true });
    for (const name of ['z.yml', 'b/c/a.YAML', 'b/a.lync.yaml', 'a b%c.yaml', 'a.json', 'yaml'])
      await writeFile(at(name), '');
    assert.deepEqual(await listed(), ['a b%c.yaml', 'b/a.lync.yaml', 'b/c/a.YAML', 'z.yml']);
  });

  it('leaves out packages, version control and what is hidden like it', async () => {
    for (const name of ['node_modules/x', '.git', '.vscode']) {
      await mkdir(at(name), { recursive: true });
      await writeFile(at(`${name}/a.yaml`), '');
    }
    assert.deepEqual(await listed(), []);
  });

  it('follows links to files inside only: none that lead out, to folders, in circles or to nothing', async () => {
    await mkdir(at('root/deep'), { recursive: true });
    await mkdir(at('rooted'));
    await writeFile(at('outside.yaml'), '');
    await writeFile(at('rooted/outside.yaml'), '');
    await writeFile(at('root/deep/inside.txt'), '');
    await symlink(at('outside.yaml'), at('root/out.yaml'));
    await symlink(at('rooted/outside.yaml'), at('root/beside.yaml'));
    await symlink(at('root'), at('root/deep/circle'));
    await symlink(at('rooted'), at('root/folder.yaml'));
    await symlink(at('none.yaml'), at('root/nothing.yaml'));
    await symlink(at('root/self.yaml'), at('root/self.yaml'));
    await symlink(at('root/deep/inside.txt'), at('root/in.yaml'));
    assert.deepEqual(await listed(at('root')), ['root/in.yaml']);
  });

  it('finds a file in the nearest folder above', async () => {
    await mkdir(at('a/b/c'), { recursive: true });
    await writeFile(at('lync.config.yaml'), '');
    await writeFile(at('a/lync.config.yaml'), '');
    await mkdir(at('a/b/lync.config.yaml'));
    assert.equal(await findUpwards(at('a/b/c'), 'lync.config.yaml'), at('a/lync.config.yaml'));
    assert.equal(await findUpwards(at('x/y'), 'lync.config.yaml'), at('lync.config.yaml'));
    assert.equal(await findUpwards(folder, 'no such file'), undefined);
  });

  it('turns paths into URIs and back, whatever is in their names', () => {
    for (const name of ['a b', 'ä#?%41', "o'brien", '長田', 'a&b;c'])
      assert.equal(toPath(toUri(at(name))), at(name));
    assert.equal(displayPath(toUri(at('a/b c')), folder), 'a/b c');
    assert.equal(displayPath(toUri(at('../x')), folder), '../x');
    assert.equal(displayPath(toUri(folder), folder), '.');
  });
});
