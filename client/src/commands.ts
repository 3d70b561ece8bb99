/** The commands: those in the palette, and those that the server puts behind lenses and actions. */
import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import type * as lsp from 'vscode-languageserver-types';
import { explain } from './explanations.ts';
import { saveExportScript } from './exportScript.ts';
import { saveScript } from './files.ts';
import { importInto, type ImportOptions } from './importing.ts';
import { showTopology } from './picture.ts';
import { planChanges } from './plans.ts';
import { showRule, showRulePage } from './rulePages.ts';

/** What the server may put behind a code lens or an action, because it is answered here. */
export const commandsOfServer = [
  'lync.showUsers',
  'lync.openRuleSetting',
  showRule,
  'editor.action.triggerSuggest',
];

/**
 * @param changed when what the server says of documents may be another
 * @param extension where the extension's own files are
 */
export function registerCommands(
  client: BaseLanguageClient,
  changed: vscode.Event<void>,
  extension: vscode.Uri,
): vscode.Disposable[] {
  const commands: Readonly<Record<string, (...args: never[]) => unknown>> = {
    'lync.restartServer': async () => {
      await client.stop();
      await client.start();
    },
    'lync.showOutput': () => {
      client.outputChannel.show();
    },
    'lync.explainEffectivePolicy': () => explain(client, changed),
    'lync.showTopology': () => showTopology(client, changed),
    'lync.createRemediationScript': () => createRemediationScript(client),
    'lync.planChanges': () => planChanges(client),
    'lync.saveExportScript': () => saveExportScript(extension),
    'lync.import': (uris?: readonly vscode.Uri[], options?: ImportOptions) =>
      importInto(client, uris, options),
    'lync.showUsers': (target: unknown) => showUsers(client, target),
    'lync.openRuleSetting': openRuleSetting,
    [showRule]: (id?: string) => showRulePage(client, changed, id),
  };
  return Object.entries(commands).map(([name, run]) => vscode.commands.registerCommand(name, run));
}

/** What the server says of the users behind a lens. */
interface Users {
  readonly title: string;
  readonly locations: readonly lsp.Location[];
  readonly total: number;
}

interface UsersTarget {
  readonly uri: string;
  readonly position: lsp.Position;
}

async function showUsers(client: BaseLanguageClient, target: unknown): Promise<void> {
  const users = await client.sendRequest<Users | null>('lync/usersOf', target);
  if (!users || users.locations.length === 0) {
    void vscode.window.showInformationMessage('Nobody is left there: the files have changed meanwhile.');
    return;
  }
  const { uri, position } = target as UsersTarget;
  await vscode.commands.executeCommand(
    'editor.action.showReferences',
    client.protocol2CodeConverter.asUri(uri),
    client.protocol2CodeConverter.asPosition(position),
    users.locations.map((location) => client.protocol2CodeConverter.asLocation(location)),
  );
  if (users.total > users.locations.length)
    void vscode.window.showInformationMessage(
      `The list shows the first ${users.locations.length} of ${users.total}.`,
    );
}

/** Opens `lync.config.yaml` where a rule is set; at its start where it is not. */
async function openRuleSetting(uri: string, rule: string): Promise<void> {
  const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(uri, true));
  const at = document.getText().indexOf(`${rule}:`);
  const place = document.positionAt(Math.max(0, at));
  const end = at < 0 ? place : document.positionAt(at + rule.length);
  await vscode.window.showTextDocument(document, { selection: new vscode.Range(place, end) });
}

/** What the server answers when a script is asked for. */
interface RemediationScript {
  readonly script: string;
  readonly summary: string;
}

type Scope = 'file' | 'selection' | 'deployment';

async function createRemediationScript(client: BaseLanguageClient): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  if (!editor) {
    void vscode.window.showInformationMessage('Open a file of the deployment that the script is for.');
    return;
  }
  const scope = await chooseScope(editor);
  if (!scope) return;
  const answer = await client.sendRequest<RemediationScript | null>('lync/remediationScript', {
    textDocument: { uri: client.code2ProtocolConverter.asUri(editor.document.uri) },
    scope: {
      kind: scope,
      ...(scope === 'selection' ? { range: client.code2ProtocolConverter.asRange(editor.selection) } : {}),
    },
  });
  if (!answer) {
    void vscode.window.showInformationMessage('Nothing was found here that a script can put right.');
    return;
  }
  const { script, summary } = answer;
  const title = 'Save the remediation script';
  if (await saveScript(editor.document.uri, { name: 'Lync-Remediation.ps1', title, script }))
    void vscode.window.showInformationMessage(summary);
}

async function chooseScope(editor: vscode.TextEditor): Promise<Scope | undefined> {
  const scopes: (vscode.QuickPickItem & { scope: Scope })[] = [
    { scope: 'deployment', label: 'The whole deployment', description: 'all files, open or not' },
    { scope: 'file', label: 'This file', description: vscode.workspace.asRelativePath(editor.document.uri) },
  ];
  if (!editor.selection.isEmpty)
    scopes.unshift({ scope: 'selection', label: 'The selection', description: 'the objects in it' });
  const chosen = await vscode.window.showQuickPick(scopes, {
    title: 'Create Remediation Script',
    placeHolder: 'For the findings of …',
  });
  return chosen?.scope;
}
