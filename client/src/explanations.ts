/** "Explain Effective Policy": what the server says of a user, a pool or a policy, as a page beside the file. */
import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import type * as lsp from 'vscode-languageserver-types';

interface Explanation {
  readonly title: string;
  readonly markdown: string;
}

/** What an explanation is about. */
interface Subject {
  readonly uri: string;
  readonly position: lsp.Position;
}

/** The command behind the places in a page: a link to a file would not be one in Markdown that VS Code renders. */
const openPlace = 'lync.openPlace';

/** Explains what stands at the cursor. */
export async function explain(client: BaseLanguageClient): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  if (!editor) return;
  const subject: Subject = {
    uri: client.code2ProtocolConverter.asUri(editor.document.uri),
    position: client.code2ProtocolConverter.asPosition(editor.selection.active),
  };
  const found = await request(client, subject);
  if (!found) {
    void vscode.window.showInformationMessage('Put the cursor on a user, a pool or a policy.');
    return;
  }
  const panel = vscode.window.createWebviewPanel(
    'lync.explanation',
    found.title,
    { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true },
    { enableScripts: false, enableCommandUris: [openPlace], localResourceRoots: [] },
  );
  panel.webview.html = await page(found);
  // The page follows the files that it is about.
  const followed = client.onNotification('lync/statusChanged', () => {
    void request(client, subject).then(async (now) => {
      if (now) panel.webview.html = await page(now);
    });
  });
  panel.onDidDispose(() => {
    followed.dispose();
  });
}

/** Shows a place of a page in an editor. */
export function registerOpenPlace(): vscode.Disposable {
  return vscode.commands.registerCommand(openPlace, async (uri: string, line: number) => {
    const place = new vscode.Range(line, 0, line, 0);
    await vscode.window.showTextDocument(vscode.Uri.parse(uri, true), {
      selection: place,
      viewColumn: vscode.ViewColumn.One,
    });
  });
}

function request(client: BaseLanguageClient, { uri, position }: Subject): Promise<Explanation | null> {
  return client.sendRequest<Explanation | null>('lync/explain', { textDocument: { uri }, position });
}

/** A page without scripts, pictures or anything else that would be fetched. */
async function page({ markdown }: Explanation): Promise<string> {
  const body = await vscode.commands.executeCommand<string>('markdown.api.render', withCommands(markdown));
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<style>
body { max-width: 60em; line-height: 1.5; overflow-wrap: break-word; }
h1 { font-size: 1.6em; }
h2 { font-size: 1.25em; margin-top: 1.6em; }
code { font-family: var(--vscode-editor-font-family); }
table { border-collapse: collapse; }
th, td { text-align: left; vertical-align: top; padding: 0.3em 1em 0.3em 0; border-bottom: 1px solid var(--vscode-widget-border, #8884); }
</style>
</head>
<body>${body}</body>
</html>`;
}

/** Links to lines of files as commands that open them. */
function withCommands(markdown: string): string {
  return markdown.replaceAll(
    /\]\(([a-z][a-z\d+.-]*:[^()\s]*)#L(\d+)\)/gi,
    (_, uri: string, line: string) =>
      `](command:${openPlace}?${encodeURIComponent(JSON.stringify([uri, Number(line) - 1]))})`,
  );
}
