/** The extension in a browser: the server is a web worker. */
import * as vscode from 'vscode';
import { LanguageClient } from 'vscode-languageclient/browser';
import { clientId, clientName, clientOptions, start } from './client.ts';

let client: LanguageClient | undefined;

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const uri = vscode.Uri.joinPath(context.extensionUri, 'dist', 'server.browser.js');
  // A worker must come from the page's own origin, and extensions do not: its text does.
  const source = await vscode.workspace.fs.readFile(uri);
  const blob = new Blob([new Uint8Array(source)], { type: 'application/javascript' });
  const worker = new Worker(URL.createObjectURL(blob));
  client = new LanguageClient(clientId, clientName, worker, clientOptions());
  await start(context, client);
}

export async function deactivate(): Promise<void> {
  await client?.stop();
}
