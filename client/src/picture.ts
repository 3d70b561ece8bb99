/** "Show Topology": the sites and pools of the deployment that a file belongs to, as a picture beside it. */
import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import { openPage, placeCommand, type Page } from './page.ts';

interface TopologyPicture {
  readonly title: string;
  readonly svg: string;
}

export async function showTopology(client: BaseLanguageClient, changed: vscode.Event<void>): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  if (!editor) {
    void vscode.window.showInformationMessage('Open a file of the deployment that the picture is of.');
    return;
  }
  const subject = { textDocument: { uri: client.code2ProtocolConverter.asUri(editor.document.uri) } };
  const ask = async (): Promise<Page | undefined> => {
    const found = await client.sendRequest<TopologyPicture | null>('lync/topologyPicture', subject);
    return found ? { title: found.title, body: withCommands(found.svg) } : undefined;
  };
  const page = await ask();
  if (page) openPage(changed, 'lync.topology', page, ask);
  else
    void vscode.window.showInformationMessage('The files of this deployment name neither a site nor a pool.');
}

/** Links to lines of files as commands that open them. */
function withCommands(svg: string): string {
  return svg.replaceAll(
    /<a href="([a-z][a-z\d+.-]*:[^"#]*)#L(\d+)">/gi,
    (_, uri: string, line: string) => `<a href="${placeCommand(uri, line)}">`,
  );
}
