/** What both hosts of the extension share: the client's options, the files it reads for the server, the commands. */
import * as vscode from 'vscode';
import type { BaseLanguageClient, LanguageClientOptions } from 'vscode-languageclient';

export const clientId = 'lync';
export const clientName = 'Lync Topology';

export function clientOptions(): LanguageClientOptions {
  return {
    // Plain YAML is offered, too: the server looks at documents with a section that it knows, and leaves the others alone.
    documentSelector: [{ language: 'lync-yaml' }, { language: 'yaml' }],
    initializationOptions: { servesFiles: true },
    outputChannelName: clientName,
  };
}

/** Starts the client, and answers what only the editor can know: the files of a virtual workspace. */
export async function start(context: vscode.ExtensionContext, client: BaseLanguageClient): Promise<void> {
  context.subscriptions.push(
    client.onRequest('lync/listFiles', ({ folder }: { folder: string }) => listFiles(folder)),
    client.onRequest('lync/readFile', ({ uri }: { uri: string }) => readFile(uri)),
    vscode.commands.registerCommand('lync.restartServer', async () => {
      await client.stop();
      await client.start();
    }),
    vscode.commands.registerCommand('lync.showOutput', () => {
      client.outputChannel.show();
    }),
  );
  await client.start();
}

/**
 * The YAML files below a folder. It walks the folders itself: a search finds nothing where the file system of a virtual
 * workspace brings no search, or brings it late.
 */
async function listFiles(folder: string): Promise<string[]> {
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

async function readFile(uri: string): Promise<string | null> {
  try {
    return new TextDecoder().decode(await vscode.workspace.fs.readFile(vscode.Uri.parse(uri)));
  } catch {
    return null;
  }
}
