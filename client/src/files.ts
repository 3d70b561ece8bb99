/** Files of a deployment, wherever the editor has them. */
import * as vscode from 'vscode';

/**
 * The YAML files below a folder. It walks the folders itself: a search finds nothing where the file system of a virtual
 * workspace brings no search, or brings it late.
 */
export async function listFiles(folder: string): Promise<string[]> {
  const walk = async (at: vscode.Uri): Promise<string[]> => {
    const entries = await vscode.workspace.fs.readDirectory(at).then(
      (found) => found,
      () => [],
    );
    const found = entries.map(async ([name, type]): Promise<string[]> => {
      const child = vscode.Uri.joinPath(at, name);
      // A link is followed to a file only: a folder may lead out of the workspace, or in a circle.
      if (type === vscode.FileType.Directory)
        return name.startsWith('.') || name === 'node_modules' ? [] : walk(child);
      return (type & vscode.FileType.File) !== 0 && /\.ya?ml$/i.test(name) ? [child.toString()] : [];
    });
    return (await Promise.all(found)).flat();
  };
  return walk(vscode.Uri.parse(folder));
}

export async function readFile(uri: string): Promise<string | null> {
  try {
    return new TextDecoder().decode(await vscode.workspace.fs.readFile(vscode.Uri.parse(uri)));
  } catch {
    return null;
  }
}

/** A file's path in a folder; `undefined` where it is in another. */
export function pathBelow(folder: vscode.Uri, file: vscode.Uri): string | undefined {
  const start = `${folder.path.replace(/\/$/, '')}/`;
  return file.scheme === folder.scheme && file.authority === folder.authority && file.path.startsWith(start)
    ? file.path.slice(start.length)
    : undefined;
}

/**
 * Writes a script where somebody wants it, and shows it: nothing is run.
 * @param near a file in the folder that is proposed; without one it is the folder that is open
 * @returns whether it was written
 */
export async function saveScript(
  near: vscode.Uri | undefined,
  { name, title, script }: { readonly name: string; readonly title: string; readonly script: string },
): Promise<boolean> {
  const own = near && (vscode.workspace.getWorkspaceFolder(near)?.uri ?? vscode.Uri.joinPath(near, '..'));
  const folder = own ?? vscode.workspace.workspaceFolders?.[0]?.uri;
  const target = await vscode.window.showSaveDialog({
    ...(folder ? { defaultUri: vscode.Uri.joinPath(folder, name) } : {}),
    filters: { PowerShell: ['ps1'] },
    title,
    saveLabel: 'Save Script',
  });
  if (!target) return false;
  await vscode.workspace.fs.writeFile(target, new TextEncoder().encode(script));
  await vscode.window.showTextDocument(target);
  return true;
}
