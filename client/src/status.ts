/** What the open file belongs to, in the language status. */
import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';

interface Status {
  readonly deployment: string;
  readonly configuration?: string;
  readonly files: number;
  readonly users: number;
  readonly twoFactorUsers: number;
}

/**
 * @param changed when what the server says of documents may be another
 * @param languages the documents that the server looks at
 */
export function showStatus(
  client: BaseLanguageClient,
  changed: vscode.Event<void>,
  languages: readonly { readonly language: string }[],
): vscode.Disposable {
  const item = vscode.languages.createLanguageStatusItem('lync.status', []);
  item.name = 'Lync Topology';
  const update = async (): Promise<void> => {
    const document = vscode.window.activeTextEditor?.document;
    if (
      !document ||
      !client.isRunning() ||
      !languages.some(({ language }) => language === document.languageId)
    )
      return;
    const uri = client.code2ProtocolConverter.asUri(document.uri);
    const status = await client.sendRequest<Status | null>('lync/status', { textDocument: { uri } });
    if (vscode.window.activeTextEditor?.document !== document) return;
    // Plain YAML that is none of ours is left alone, without a word.
    item.selector = status ? { language: document.languageId, scheme: document.uri.scheme } : [];
    if (status) describe(item, status);
  };
  const follow = (): void => {
    update().catch((error: unknown) => {
      client.outputChannel.appendLine(`The status could not be shown: ${String(error)}`);
    });
  };
  return vscode.Disposable.from(item, vscode.window.onDidChangeActiveTextEditor(follow), changed(follow));
}

function describe(
  item: vscode.LanguageStatusItem,
  { deployment, configuration, files, users, twoFactorUsers }: Status,
): void {
  const number = (value: number): string => value.toLocaleString('en');
  item.text = `${deployment}: ${number(users)} users, ${number(twoFactorUsers)} with two factors`;
  item.detail = `Lync deployment of ${number(files)} ${files === 1 ? 'file' : 'files'}`;
  item.command =
    configuration === undefined
      ? undefined
      : {
          command: 'vscode.open',
          title: 'Open lync.config.yaml',
          arguments: [vscode.Uri.parse(configuration)],
        };
}
