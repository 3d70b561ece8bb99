/** "Save Export Script": the PowerShell script that writes a deployment's files on a server. It comes with the extension. */
import * as vscode from 'vscode';

const name = 'Export-LyncDeployment.ps1';

/** Saves it where somebody wants it: nothing is run. */
export async function saveExportScript(extension: vscode.Uri): Promise<void> {
  const folder = workspaceFolder();
  const target = await vscode.window.showSaveDialog({
    ...(folder ? { defaultUri: vscode.Uri.joinPath(folder, name) } : {}),
    filters: { PowerShell: ['ps1'] },
    title: 'Save the export script',
    saveLabel: 'Save Script',
  });
  if (!target) return;
  // Read and written, not copied: in a browser the two are on different file systems.
  const script = await vscode.workspace.fs.readFile(vscode.Uri.joinPath(extension, 'client', 'assets', name));
  await vscode.workspace.fs.writeFile(target, script);
  const open = 'Open Script';
  const answer = await vscode.window.showInformationMessage(
    'Run the script in the Management Shell of a server: it reads the deployment, and writes its files to a folder. It changes nothing on any server.',
    open,
  );
  if (answer === open) await vscode.window.showTextDocument(target);
}

/** The folder of the document in front, or the only one there is. */
function workspaceFolder(): vscode.Uri | undefined {
  const document = vscode.window.activeTextEditor?.document;
  const folder = document && vscode.workspace.getWorkspaceFolder(document.uri);
  return (folder ?? vscode.workspace.workspaceFolders?.[0])?.uri;
}
