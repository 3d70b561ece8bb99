/** What git has of a folder at a revision, by the extension that comes with VS Code. A browser has none. */
import * as vscode from 'vscode';
import { listFiles, pathBelow } from './files.ts';

/** The part of the extension's API, version 1, that is used here. */
interface GitExtension {
  getAPI(version: 1): { getRepository(uri: vscode.Uri): Repository | null };
}

export interface Repository {
  getCommit(revision: string): Promise<{ readonly hash: string }>;
  diffWith(revision: string): Promise<readonly Change[]>;
  show(revision: string, path: string): Promise<string>;
}

interface Change {
  readonly uri: vscode.Uri;
  readonly originalUri: vscode.Uri;
  readonly renameUri: vscode.Uri | undefined;
  readonly status: number;
}

/** The number that the API has for a file that is there only now. */
const added = 1;

export interface StateFile {
  readonly path: string;
  readonly text: string;
}

/** The repository that a file is in; `undefined` where there is none, or no git. */
export async function repositoryOf(uri: vscode.Uri): Promise<Repository | undefined> {
  const extension = vscode.extensions.getExtension<GitExtension>('vscode.git');
  if (!extension) return undefined;
  try {
    return (await extension.activate()).getAPI(1).getRepository(uri) ?? undefined;
  } catch {
    // Git is switched off, or not installed.
    return undefined;
  }
}

/** The YAML files of a folder as they were at a revision. @throws Error where git cannot say */
export async function filesAt(
  repository: Repository,
  folder: vscode.Uri,
  revision: string,
): Promise<StateFile[]> {
  const { hash } = await repository.getCommit(revision);
  const changed = new Map<string, vscode.Uri>();
  const fresh = new Set<string>();
  for (const { status, uri, originalUri, renameUri } of await repository.diffWith(hash)) {
    if (renameUri) fresh.add(renameUri.toString());
    if (status === added) fresh.add(uri.toString());
    else if (/\.ya?ml$/i.test(originalUri.path)) changed.set(originalUri.toString(), originalUri);
  }
  const files: StateFile[] = [];
  const add = (file: vscode.Uri, text: string): void => {
    const path = pathBelow(folder, file);
    if (path === undefined || path.split('/').some((part) => part.startsWith('.') || part === 'node_modules'))
      return;
    if (text.startsWith('version https://git-lfs.github.com/'))
      throw new Error(`'${path}' is in Git LFS at '${revision}', so git has only a note of it.`);
    files.push({ path, text });
  };
  for (const file of changed.values())
    if (pathBelow(folder, file) !== undefined) add(file, await repository.show(hash, file.fsPath));
  for (const name of await listFiles(folder.toString())) {
    if (fresh.has(name) || changed.has(name)) continue;
    const file = vscode.Uri.parse(name);
    // What differs in nothing and is not there is no part of the repository.
    const text = await repository.show(hash, file.fsPath).catch(() => undefined);
    if (text !== undefined) add(file, text);
  }
  return files;
}
