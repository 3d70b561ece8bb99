/** "Plan Changes": what has changed since a revision or in comparison with a folder, and the scripts for the servers. */
import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import { listFiles, pathBelow, readFile, saveScript } from './files.ts';
import { filesAt, repositoryOf, type Repository, type StateFile } from './revisions.ts';

/** What the server answers. */
interface Plan {
  readonly text: string;
  readonly script: string;
  readonly undo: string;
  readonly summary: string;
}

interface FirstState {
  readonly name: string;
  readonly files: readonly StateFile[];
}

export async function planChanges(client: BaseLanguageClient): Promise<void> {
  const document = vscode.window.activeTextEditor?.document;
  if (!document) {
    void vscode.window.showInformationMessage('Open a file of the deployment that the plan is for.');
    return;
  }
  const textDocument = { uri: client.code2ProtocolConverter.asUri(document.uri) };
  const status = await client.sendRequest<{ configuration?: string } | null>('lync/status', { textDocument });
  if (!status) {
    void vscode.window.showInformationMessage(
      'This file is part of no deployment, so there is nothing to compare.',
    );
    return;
  }
  try {
    const first = await chooseState(folderOf(document.uri, status.configuration));
    if (!first) return;
    const plan = await vscode.window.withProgress(
      { location: vscode.ProgressLocation.Window, title: 'Comparing the two states' },
      () => client.sendRequest<Plan | null>('lync/plan', { textDocument, first }),
    );
    if (plan) await show(document.uri, plan);
  } catch (error) {
    void vscode.window.showErrorMessage(error instanceof Error ? error.message : String(error));
  }
}

/** The deployment's folder: that of its configuration, or the one that was opened. */
function folderOf(document: vscode.Uri, configuration: string | undefined): vscode.Uri {
  if (configuration !== undefined) return vscode.Uri.joinPath(vscode.Uri.parse(configuration), '..');
  return vscode.workspace.getWorkspaceFolder(document)?.uri ?? vscode.Uri.joinPath(document, '..');
}

async function chooseState(folder: vscode.Uri): Promise<FirstState | undefined> {
  const repository = await repositoryOf(folder);
  if (!repository) return chooseFolder();
  const revision = {
    label: 'A revision',
    description: 'what git has of this deployment at a commit, a branch or a tag',
  };
  const other = { label: 'A folder', description: 'the last export, say' };
  const chosen = await vscode.window.showQuickPick([revision, other], {
    title: 'Plan Changes',
    placeHolder: 'From …',
  });
  if (!chosen) return undefined;
  return chosen === revision ? chooseRevision(repository, folder) : chooseFolder();
}

async function chooseRevision(repository: Repository, folder: vscode.Uri): Promise<FirstState | undefined> {
  const name = await vscode.window.showInputBox({
    title: 'Plan Changes',
    prompt: 'The commit, branch or tag that the servers are at',
    value: 'HEAD',
    validateInput: (text) =>
      /^[A-Za-z0-9_@][\w./@^~{}+-]*$/.test(text)
        ? undefined
        : 'This is no name of a revision: main, v1, HEAD~1.',
  });
  if (name === undefined) return undefined;
  const files = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Window, title: `Reading '${name}'` },
    () => filesAt(repository, folder, name),
  );
  return { name, files };
}

async function chooseFolder(): Promise<FirstState | undefined> {
  const [folder] =
    (await vscode.window.showOpenDialog({
      canSelectFolders: true,
      canSelectFiles: false,
      title: 'The folder with the files that the servers are at',
      openLabel: 'Compare',
    })) ?? [];
  if (!folder) return undefined;
  const files: StateFile[] = [];
  for (const uri of await listFiles(folder.toString())) {
    const path = pathBelow(folder, vscode.Uri.parse(uri));
    const text = await readFile(uri);
    // What is not known would look as if it were gone.
    if (path === undefined || text === null) throw new Error(`'${uri}' cannot be read, so no plan is made.`);
    files.push({ path, text });
  }
  return { name: vscode.workspace.asRelativePath(folder), files };
}

/** Shows the plan, and saves the scripts that somebody wants. */
async function show(near: vscode.Uri, { text, script, undo, summary }: Plan): Promise<void> {
  await vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ content: text }));
  const offers = new Map([
    ['Save Script', { name: 'Lync-Plan.ps1', title: 'Save the script', script }],
    ['Save Undo Script', { name: 'Lync-Undo.ps1', title: 'Save the script that undoes it', script: undo }],
  ]);
  for (const [label, offer] of offers) if (offer.script === '') offers.delete(label);
  while (offers.size > 0) {
    const chosen = await vscode.window.showInformationMessage(summary, ...offers.keys());
    const offer = chosen === undefined ? undefined : offers.get(chosen);
    if (chosen === undefined || !offer) return;
    if (await saveScript(near, offer)) offers.delete(chosen);
  }
}
