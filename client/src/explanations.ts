/** "Explain Effective Policy": what the server says of a user, a pool or a policy, as a page beside the file. */
import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import { openPage, placeCommand, type Page } from './page.ts';

interface Explanation {
  readonly title: string;
  readonly markdown: string;
}

/** Explains what stands at the cursor. */
export async function explain(client: BaseLanguageClient, changed: vscode.Event<void>): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  if (!editor) return;
  const subject = {
    textDocument: { uri: client.code2ProtocolConverter.asUri(editor.document.uri) },
    position: client.code2ProtocolConverter.asPosition(editor.selection.active),
  };
  const ask = async (): Promise<Page | undefined> => {
    const found = await client.sendRequest<Explanation | null>('lync/explain', subject);
    return found ? { title: found.title, body: await rendered(found.markdown) } : undefined;
  };
  const page = await ask();
  if (page) openPage(changed, 'lync.explanation', page, ask);
  else void vscode.window.showInformationMessage('Put the cursor on a user, a pool or a policy.');
}

/** Markdown as HTML, with links to lines of files as commands that open them. */
async function rendered(markdown: string): Promise<string> {
  const linked = markdown.replaceAll(
    /\]\(([a-z][a-z\d+.-]*:[^()\s]*)#L(\d+)\)/gi,
    (_, uri: string, line: string) => `](${placeCommand(uri, line)})`,
  );
  return vscode.commands.executeCommand<string>('markdown.api.render', linked);
}
