/** "Import…": what other programs write, as files of ours. Nothing changes before its preview is confirmed. */
import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import type * as lsp from 'vscode-languageserver-types';
import { bytesAt, TooLarge, type ImportedFile } from './importedFiles.ts';
import { openPage } from './page.ts';

export interface ImportOptions {
  /** Left out: the changes are shown, and made when somebody says so. */
  readonly confirm?: boolean;
}

/** What the server answers. */
type ImportAnswer =
  | { readonly problem: string; readonly reasons: readonly string[]; readonly allowsPartial: boolean }
  | {
      readonly edit?: lsp.WorkspaceEdit;
      readonly summary: string;
      readonly remarks?: { readonly title: string; readonly markdown: string };
    };

interface Target {
  readonly folder: vscode.Uri;
  /** A file that may be of the deployment that is meant. */
  readonly near?: vscode.Uri;
}

/**
 * @param given files and folders; somebody is asked for them if they are left out
 * @returns whether anything has changed
 */
export async function importInto(
  client: BaseLanguageClient,
  given?: readonly vscode.Uri[],
  { confirm = true }: ImportOptions = {},
): Promise<boolean> {
  const target = await chooseTarget();
  if (!target) return false;
  const chosen = given ?? (await chooseFiles());
  if (!chosen || chosen.length === 0) return false;
  const answer = await answerFor(client, chosen, target);
  if (!answer) return false;
  if ('problem' in answer) {
    const detail = answer.reasons.join('\n');
    void vscode.window.showErrorMessage(answer.problem, { modal: true, detail });
    return false;
  }
  const { edit, summary, remarks } = answer;
  if (edit) {
    const problem = await obstacleTo(client, edit);
    if (problem !== undefined) {
      void vscode.window.showErrorMessage(problem);
      return false;
    }
    const changes = editOf(client, edit, confirm ? target.folder : undefined);
    if (!(await vscode.workspace.applyEdit(changes, { isRefactoring: true }))) return false;
  }
  if (remarks) await showRemarks(remarks);
  void vscode.window.showInformationMessage(summary);
  return edit !== undefined;
}

/** Where the files go: the folder of the document in front, the only one that is open, or the one that somebody picks. */
async function chooseTarget(): Promise<Target | undefined> {
  const document = vscode.window.activeTextEditor?.document;
  const own = document && vscode.workspace.getWorkspaceFolder(document.uri);
  if (own) return { folder: own.uri, near: document.uri };
  const [first, ...others] = vscode.workspace.workspaceFolders ?? [];
  if (first) {
    const picked =
      others.length === 0
        ? first
        : await vscode.window.showWorkspaceFolderPick({ placeHolder: 'Import into …' });
    return picked && { folder: picked.uri };
  }
  if (document && !document.isUntitled)
    return { folder: vscode.Uri.joinPath(document.uri, '..'), near: document.uri };
  const open = 'Open Folder';
  const message = 'Open the folder that the imported files are to go to.';
  if ((await vscode.window.showInformationMessage(message, open)) === open)
    await vscode.commands.executeCommand('vscode.openFolder');
  return undefined;
}

/** Windows and Linux have no dialog for files and folders at once. */
async function chooseFiles(): Promise<vscode.Uri[] | undefined> {
  const kinds = [
    { label: 'Files', description: 'topologies, exports, or zip files of them', isFolder: false },
    { label: 'A folder', description: 'with all that is in it', isFolder: true },
  ];
  const kind = await vscode.window.showQuickPick(kinds, { title: 'Import', placeHolder: 'Import …' });
  if (!kind) return undefined;
  return vscode.window.showOpenDialog({
    canSelectFiles: !kind.isFolder,
    canSelectFolders: kind.isFolder,
    canSelectMany: true,
    title: 'Import',
    openLabel: 'Import',
  });
}

/** @returns `undefined` where nothing is to be done: something was said, or somebody has thought better of it */
async function answerFor(
  client: BaseLanguageClient,
  chosen: readonly vscode.Uri[],
  target: Target,
): Promise<ImportAnswer | undefined> {
  let files: readonly ImportedFile[] | undefined;
  const ask = (partial: boolean): Promise<ImportAnswer | undefined> =>
    whileShown(async (token) => {
      const isOver = (): boolean => token.isCancellationRequested;
      files ??= await bytesAt(chosen, token);
      if (isOver()) return undefined;
      const { folder, near } = target;
      const to = client.code2ProtocolConverter;
      const params = { files, folder: to.asUri(folder), near: near && to.asUri(near), partial };
      try {
        return (await client.sendRequest<ImportAnswer | null>('lync/import', params, token)) ?? undefined;
      } catch (error) {
        if (isOver()) return undefined;
        throw error;
      }
    });
  try {
    const answer = await ask(false);
    if (!answer || !('problem' in answer) || !answer.allowsPartial) return answer;
    const take = 'Import What Could Be Read';
    const detail = answer.reasons.join('\n');
    const taken = await vscode.window.showWarningMessage(answer.problem, { modal: true, detail }, take);
    return taken === take ? await ask(true) : undefined;
  } catch (error) {
    if (!(error instanceof TooLarge) && !(error instanceof vscode.FileSystemError)) throw error;
    void vscode.window.showErrorMessage(`Nothing is imported: ${error.message}`);
    return undefined;
  }
}

function whileShown<T>(work: (token: vscode.CancellationToken) => Promise<T>): Promise<T> {
  const options = { location: vscode.ProgressLocation.Notification, title: 'Importing', cancellable: true };
  return Promise.resolve(vscode.window.withProgress(options, (_, token) => work(token)));
}

/** What has come in the way since the server has answered, or what it could not know of. */
async function obstacleTo(
  client: BaseLanguageClient,
  { documentChanges = [] }: lsp.WorkspaceEdit,
): Promise<string | undefined> {
  const uriOf = (uri: string): vscode.Uri => client.protocol2CodeConverter.asUri(uri);
  for (const change of documentChanges) {
    if ('kind' in change) {
      if (change.kind === 'create' && (await isThere(uriOf(change.uri))))
        return `Nothing is imported: '${vscode.workspace.asRelativePath(uriOf(change.uri))}' is there already, and is not part of the deployment.`;
      continue;
    }
    const { uri, version } = change.textDocument;
    const document = vscode.workspace.textDocuments.find(
      (open) => open.uri.toString() === uriOf(uri).toString(),
    );
    if (document && version !== null && document.version !== version)
      return 'Nothing is imported: the files have changed meanwhile. Import again.';
  }
  return undefined;
}

async function isThere(uri: vscode.Uri): Promise<boolean> {
  return vscode.workspace.fs.stat(uri).then(
    () => true,
    () => false,
  );
}

/** @param confirmedIn the folder of the files, where a preview is to come first */
function editOf(
  client: BaseLanguageClient,
  { documentChanges = [], changeAnnotations = {} }: lsp.WorkspaceEdit,
  confirmedIn: vscode.Uri | undefined,
): vscode.WorkspaceEdit {
  const from = client.protocol2CodeConverter;
  const edit = new vscode.WorkspaceEdit();
  const meaning = (id = ''): vscode.WorkspaceEditEntryMetadata => ({
    label: changeAnnotations[id]?.label ?? 'Import',
    needsConfirmation: false,
  });
  // VS Code shows a preview when anything is to be confirmed, and there what is to be confirmed is not marked: each file would
  // have to be. So all is marked but this, which the preview does not show, because the folder is there.
  if (confirmedIn)
    edit.createFile(confirmedIn, { ignoreIfExists: true }, { label: 'Import', needsConfirmation: true });
  const created = new Map<string, string | undefined>();
  for (const change of documentChanges)
    if ('kind' in change && change.kind === 'create') created.set(change.uri, change.annotationId);
  for (const change of documentChanges) {
    if ('kind' in change) continue;
    const { uri } = change.textDocument;
    const edits = change.edits.filter((one) => 'newText' in one);
    // A new file is written with its text: nobody need save it.
    if (created.has(uri)) {
      const contents = new TextEncoder().encode(edits.map(({ newText }) => newText).join(''));
      edit.createFile(from.asUri(uri), { contents }, meaning(created.get(uri)));
      continue;
    }
    edit.set(
      from.asUri(uri),
      edits.map((one): [vscode.TextEdit, vscode.WorkspaceEditEntryMetadata] => [
        vscode.TextEdit.replace(from.asRange(one.range), one.newText),
        meaning('annotationId' in one ? one.annotationId : undefined),
      ]),
    );
  }
  return edit;
}

async function showRemarks({ title, markdown }: { title: string; markdown: string }): Promise<void> {
  const body = await vscode.commands.executeCommand<string>('markdown.api.render', markdown);
  const never: vscode.Event<void> = () => new vscode.Disposable(() => undefined);
  openPage(never, 'lync.import', { title, body }, () => Promise.resolve(undefined));
}
