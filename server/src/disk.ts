/** The only file that reads or writes the disk. Files are named by URI everywhere else. */
import { isUtf8 } from 'node:buffer';
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import {
  access,
  chmod,
  constants,
  mkdir,
  open,
  readdir,
  readFile,
  realpath,
  rename,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises';
import { basename, delimiter, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { URI } from 'vscode-uri';

/** How a file's bytes become text. `broken`: not all of them do, so the text must not be written over them. */
export type Encoding = 'utf8' | 'utf8-bom' | 'utf16le' | 'utf16be' | 'broken';

export interface TextFile {
  readonly text: string;
  readonly encoding: Encoding;
}

/** Something about the disk, in a sentence for whoever named the path. */
export class DiskError extends Error {}

export function toUri(path: string): string {
  return URI.file(resolve(path)).toString();
}

export function toPath(uri: string): string {
  return URI.parse(uri).fsPath;
}

/** A file's path for a reader in `folder`, with forward slashes. */
export function displayPath(uri: string, folder: string): string {
  const path = relative(folder, toPath(uri));
  return (path === '' ? '.' : path).split(sep).join('/');
}

/** Whether a path is a folder. @throws DiskError where there is nothing */
export async function isFolder(path: string): Promise<boolean> {
  try {
    // Resolved first: for the system, 'file/..' is nothing.
    return (await stat(resolve(path))).isDirectory();
  } catch (error) {
    throw new DiskError(`'${path}' cannot be read: ${reason(error)}.`);
  }
}

/** Whether there is something at a path, even if it cannot be read. */
export async function isThere(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (error) {
    return !(error instanceof Error && 'code' in error && error.code === 'ENOENT');
  }
}

/** A file's size in bytes; 0 where it cannot be read. */
export async function sizeOf(path: string): Promise<number> {
  try {
    await access(path, constants.R_OK);
    return (await stat(path)).size;
  } catch {
    return 0;
  }
}

/**
 * Every YAML file below a folder, as URIs in the order of their names. Folders of version control and packages, and links
 * that lead out of the folder, are left out.
 * @param unreadable told of each folder that cannot be listed
 */
export async function yamlFilesBelow(
  folder: string,
  unreadable: (message: string) => void,
): Promise<string[]> {
  const root = await realpath(folder);
  const found: string[] = [];
  const visit = async (path: string): Promise<void> => {
    let entries;
    try {
      entries = await readdir(path, { withFileTypes: true });
    } catch (error) {
      unreadable(`'${path}' cannot be listed: ${reason(error)}.`);
      return;
    }
    for (const entry of entries) {
      const child = join(path, entry.name);
      if (entry.isDirectory()) {
        if (!entry.name.startsWith('.') && entry.name !== 'node_modules') await visit(child);
      } else if (
        /\.ya?ml$/i.test(entry.name) &&
        (entry.isFile() || (entry.isSymbolicLink() && (await leadsInto(child, root))))
      ) {
        found.push(toUri(child));
      }
    }
  };
  await visit(resolve(folder));
  return found.sort();
}

/**
 * Every file below a folder, as paths in the order of their names. Folders whose names begin with a dot, and links, are left out.
 * @throws DiskError where a folder cannot be listed
 */
export async function filesBelow(folder: string): Promise<string[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    const found: string[] = [];
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const child = join(folder, entry.name);
      if (entry.isDirectory() && !entry.name.startsWith('.')) found.push(...(await filesBelow(child)));
      else if (entry.isFile()) found.push(child);
    }
    return found;
  } catch (error) {
    if (error instanceof DiskError) throw error;
    throw new DiskError(`'${folder}' cannot be listed: ${reason(error)}.`);
  }
}

/** A file's bytes, piece by piece. @throws DiskError, when they are read */
export async function* readChunks(path: string): AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of createReadStream(path)) yield chunk as Uint8Array;
  } catch (error) {
    throw new DiskError(`'${path}' cannot be read: ${reason(error)}.`);
  }
}

/** Makes a folder, and those above it that are not there. @throws DiskError */
export async function makeFolder(path: string): Promise<void> {
  try {
    await mkdir(path, { recursive: true });
  } catch (error) {
    throw new DiskError(`The folder '${path}' cannot be made: ${reason(error)}.`);
  }
}

async function leadsInto(link: string, root: string): Promise<boolean> {
  try {
    const target = await realpath(link);
    return target.startsWith(root + sep) && (await stat(target)).isFile();
  } catch {
    return false;
  }
}

/** The nearest folder from `folder` upwards that holds a file of that name; that file's path. */
export async function findUpwards(folder: string, name: string): Promise<string | undefined> {
  for (let current = resolve(folder); ; current = dirname(current)) {
    const candidate = join(current, name);
    try {
      if ((await stat(candidate)).isFile()) return candidate;
    } catch {
      // Not here: look above.
    }
    if (dirname(current) === current) return undefined;
  }
}

/** Reads a text file; a byte-order mark tells its encoding, and is no part of the text. @throws DiskError */
export async function readText(path: string): Promise<TextFile> {
  try {
    return decode(await readFile(path));
  } catch (error) {
    throw new DiskError(`'${path}' cannot be read: ${reason(error)}.`);
  }
}

export function decode(bytes: Buffer): TextFile {
  // Windows PowerShell's > and Out-File write UTF-16.
  const half = bytes.length % 2 !== 0;
  if (bytes[0] === 0xff && bytes[1] === 0xfe)
    return { text: bytes.toString('utf16le', 2), encoding: half ? 'broken' : 'utf16le' };
  if (bytes[0] === 0xfe && bytes[1] === 0xff) {
    return {
      text: bytes
        .subarray(2, bytes.length & ~1)
        .swap16()
        .toString('utf16le'),
      encoding: half ? 'broken' : 'utf16be',
    };
  }
  const whole = isUtf8(bytes);
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf)
    return { text: bytes.toString('utf8', 3), encoding: whole ? 'utf8-bom' : 'broken' };
  return { text: bytes.toString('utf8'), encoding: whole ? 'utf8' : 'broken' };
}

/** Replaces a file in one step, in the encoding that it had: a reader sees the old text or the new. @throws DiskError */
export async function writeText(path: string, text: string, encoding: Encoding = 'utf8'): Promise<void> {
  try {
    const target = await realpath(path).catch(() => resolve(path));
    const content = encode(text, encoding);
    if (await isDevice(path)) {
      await writeFile(path, content);
      return;
    }
    const beside = join(dirname(target), `.${basename(target)}.${randomBytes(6).toString('hex')}.tmp`);
    try {
      const file = await open(beside, 'wx');
      try {
        await file.writeFile(content);
        await file.sync();
      } finally {
        await file.close();
      }
      const mode = await stat(target).then(
        (stats) => stats.mode,
        () => undefined,
      );
      if (mode !== undefined) await chmod(beside, mode);
      await rename(beside, target);
    } catch (error) {
      await rm(beside, { force: true });
      throw error;
    }
  } catch (error) {
    throw new DiskError(`'${path}' cannot be written: ${reason(error)}.`);
  }
}

/**
 * What `git` prints. It reads only: nothing that a repository configures is run, nothing is fetched, and nobody is asked.
 * @throws DiskError where there is no git, or it fails
 */
export async function git(folder: string, args: readonly string[], input = ''): Promise<Buffer> {
  const program = await findProgram('git');
  const safe = ['-c', 'core.fsmonitor=false', '-c', 'core.hooksPath=/dev/null', '--no-pager', '-C', folder];
  return new Promise((found, failed) => {
    const child = spawn(program, [...safe, ...args], {
      env: { ...process.env, GIT_OPTIONAL_LOCKS: '0', GIT_TERMINAL_PROMPT: '0', GIT_NO_LAZY_FETCH: '1' },
      windowsHide: true,
    });
    const [out, errors]: [Buffer[], Buffer[]] = [[], []];
    child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => errors.push(chunk));
    child.on('error', (error) => {
      const isMissing = 'code' in error && error.code === 'ENOENT';
      failed(new DiskError(isMissing ? noGit : `git cannot be run: ${reason(error)}.`));
    });
    child.on('close', (code) => {
      const [line = ''] = Buffer.concat(errors).toString().split('\n');
      if (code === 0) found(Buffer.concat(out));
      else failed(new DiskError(`git cannot read it: ${line.replace(/^fatal: /, '').replace(/\.$/, '')}.`));
    });
    // Git may have ended before it has read all.
    child.stdin.on('error', () => undefined);
    child.stdin.end(input);
  });
}

const noGit = 'There is no git here, so no revision can be read. Name a folder with the files of that state.';

/** Windows would look in the current folder first, and what lies there may be anybody's. */
async function findProgram(name: string): Promise<string> {
  if (process.platform !== 'win32') return name;
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    const path = join(folder, `${name}.exe`);
    if (isAbsolute(folder) && (await isThere(path))) return path;
  }
  throw new DiskError(noGit);
}

/** Whether there is something that is written to and not replaced: a pipe, `/dev/null`, a terminal. */
async function isDevice(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => undefined);
  return found !== undefined && !found.isFile() && !found.isDirectory();
}

function encode(text: string, encoding: Encoding): Buffer {
  switch (encoding) {
    case 'utf8':
      return Buffer.from(text);
    case 'utf8-bom':
      return Buffer.from(`\uFEFF${text}`);
    case 'utf16le':
      return Buffer.from(`\uFEFF${text}`, 'utf16le');
    case 'utf16be':
      return Buffer.from(`\uFEFF${text}`, 'utf16le').swap16();
    case 'broken':
      throw new Error('its bytes are no text in UTF-8 or UTF-16');
  }
}

/** What the system says, in words. */
export function reason(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return reasons[code] ?? (error instanceof Error ? error.message : String(error));
}

const reasons: Partial<Record<string, string>> = {
  ENOENT: 'there is no such file or folder',
  EACCES: 'access is denied',
  EPERM: 'access is denied',
  EISDIR: 'it is a folder',
  ENOTDIR: 'a part of the path is no folder',
  ENOSPC: 'the disk is full',
  EMFILE: 'too many files are open',
  ELOOP: 'its links lead in a circle',
  ERR_STRING_TOO_LONG: 'it is too large for one text',
};
