/** "Explain Effective Policy": what the server says of a user or a policy, as a document beside the file. */
import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import type * as lsp from 'vscode-languageserver-types';

const scheme = 'lync-explanation';

interface Explanation {
  readonly title: string;
  readonly markdown: string;
}

/** What an explanation is about; it stands in the document's address, and is asked for anew when files change. */
interface Subject {
  readonly uri: string;
  readonly position: lsp.Position;
}

/** Shows explanations as documents, which follow the files that they are about. */
export function showExplanations(client: BaseLanguageClient): vscode.Disposable {
  const changed = new vscode.EventEmitter<vscode.Uri>();
  const provider = vscode.workspace.registerTextDocumentContentProvider(scheme, {
    onDidChange: changed.event,
    provideTextDocumentContent: async (uri) => {
      const subject = JSON.parse(uri.query) as Subject;
      const found = await request(client, subject);
      return found?.markdown ?? 'What this was about is not in the files any more.';
    },
  });
  const followed = client.onNotification('lync/statusChanged', () => {
    for (const { uri } of vscode.workspace.textDocuments) if (uri.scheme === scheme) changed.fire(uri);
  });
  return vscode.Disposable.from(provider, followed, changed);
}

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
  const uri = vscode.Uri.from({
    scheme,
    // A name may hold what ends a path.
    path: `/${found.title.replaceAll(/[/\\?#]/g, ' ')}.md`,
    query: JSON.stringify(subject),
  });
  await vscode.commands.executeCommand('markdown.showPreviewToSide', uri);
}

function request(client: BaseLanguageClient, { uri, position }: Subject): Promise<Explanation | null> {
  return client.sendRequest<Explanation | null>('lync/explain', { textDocument: { uri }, position });
}
