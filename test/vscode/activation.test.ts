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
});
