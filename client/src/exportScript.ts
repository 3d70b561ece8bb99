/** "Save Export Script": the PowerShell script that writes a deployment's files on a server. It comes with the extension. */
import * as vscode from 'vscode';
import { readFile, saveScript } from './files.ts';

const name = 'Export-LyncDeployment.ps1';

/** Saves it where somebody wants it: nothing is run. */
export async function saveExportScript(extension: vscode.Uri): Promise<void> {
  const script = await readFile(vscode.Uri.joinPath(extension, 'client', 'assets', name).toString());
  if (script === null) throw new Error(`The extension has come without ${name}: install it anew.`);
  const document = vscode.window.activeTextEditor?.document;
  const near = document?.uri.scheme === 'untitled' ? undefined : document?.uri;
  if (!(await saveScript(near, { name, title: 'Save the export script', script }))) return;
  void vscode.window.showInformationMessage(
    'Run the script in the Management Shell of a server: it reads the deployment, and writes its files to a folder. It changes nothing on any server.',
  );
}
