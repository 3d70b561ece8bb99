/** What is to be imported, as bytes that go to the server: it may not see the files. */
import * as vscode from 'vscode';

export interface ImportedFile {
  readonly name: string;
  /** Base64. */
  readonly content: string;
}

export class TooLarge extends Error {
  override readonly name = 'TooLarge';
}

/** All goes through the editor's memory, several times. Bytes. */
const most = 64 * 1024 * 1024;

/**
 * The files at some places: those named, and all below folders.
 * @throws TooLarge, vscode.FileSystemError
 */
export async function bytesAt(
  places: readonly vscode.Uri[],
  token: vscode.CancellationToken,
): Promise<ImportedFile[]> {
  const files: ImportedFile[] = [];
  let size = 0;
  for (const place of places) {
    for await (const { uri, name } of filesBelow(place, nameOf(place), token)) {
      size += (await vscode.workspace.fs.stat(uri)).size;
      if (size > most)
        throw new TooLarge(
          "the files have more than 64 MB, which an editor does not take in. On the command line 'lync-lint import' reads files of any size.",
        );
      files.push({ name, content: base64(await vscode.workspace.fs.readFile(uri)) });
    }
  }
  return files;
}

async function* filesBelow(
  uri: vscode.Uri,
  name: string,
  token: vscode.CancellationToken,
): AsyncGenerator<{ readonly uri: vscode.Uri; readonly name: string }> {
  if (((await vscode.workspace.fs.stat(uri)).type & vscode.FileType.Directory) === 0) {
    yield { uri, name };
    return;
  }
  const entries = await vscode.workspace.fs.readDirectory(uri);
  for (const [child, type] of entries.sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (token.isCancellationRequested) return;
    // A link may lead in a circle.
    if ((type & vscode.FileType.SymbolicLink) !== 0) continue;
    if (type === vscode.FileType.Directory && child.startsWith('.')) continue;
    yield* filesBelow(vscode.Uri.joinPath(uri, child), `${name}/${child}`, token);
  }
}

function nameOf({ path }: vscode.Uri): string {
  return path.replace(/\/+$/, '').split('/').at(-1) ?? path;
}

/** What is encoded at once: three bytes are four characters. */
const slice = 3 * 0x2000;

function base64(bytes: Uint8Array): string {
  const parts: string[] = [];
  for (let from = 0; from < bytes.length; from += slice)
    parts.push(btoa(String.fromCharCode(...bytes.subarray(from, from + slice))));
  return parts.join('');
}
