import * as vscode from 'vscode';
import { eventually, ok } from './expect.ts';

describe('activation', () => {
  it('happens when a .lync.yaml file is opened', async () => {
    const extension = vscode.extensions.getExtension('lync-topology.lync-topology');
    ok(extension, 'the extension is not there');

    const [file] = await vscode.workspace.findFiles('**/*.lync.yaml', undefined, 1);
    ok(file, 'the folder has no .lync.yaml file');
    const document = await vscode.workspace.openTextDocument(file);
    await vscode.window.showTextDocument(document);

    await eventually('activation', () => extension.isActive || undefined);
    // An extension whose activation failed counts as active too; asking once more tells the difference.
    await extension.activate();
  });

  it('brings the export script along', async () => {
    const extension = vscode.extensions.getExtension('lync-topology.lync-topology');
    ok(extension, 'the extension is not there');
    const path = vscode.Uri.joinPath(extension.extensionUri, 'client', 'assets', 'Export-LyncDeployment.ps1');
    const script = new TextDecoder().decode(await vscode.workspace.fs.readFile(path));
    ok(script.startsWith('#Requires -Version 3.0'), script.slice(0, 100));
    const commands = await vscode.commands.getCommands(true);
    ok(commands.includes('lync.saveExportScript'), 'nothing saves it');
  });
});
