/** What both hosts of the extension share: the client's options, what it adds to the editor, the files it reads for the server. */
import * as vscode from 'vscode';
import type { BaseLanguageClient, LanguageClientOptions } from 'vscode-languageclient';
import { commandsOfServer, registerCommands } from './commands.ts';
import { listFiles, readFile } from './files.ts';
import { registerOpenPlace } from './page.ts';
import { showStatus } from './status.ts';

export const clientId = 'lync';
export const clientName = 'Lync Topology';

/** Plain YAML is offered, too: the server looks at documents with a section that it knows, and leaves the others alone. */
export const languages = [{ language: 'lync-yaml' }, { language: 'yaml' }];

export function clientOptions(): LanguageClientOptions {
  return {
    documentSelector: languages,
    initializationOptions: {
      servesFiles: true,
      followsStatus: true,
      commands: commandsOfServer,
      hasYamlExtension: hasYamlExtension(),
    },
    outputChannelName: clientName,
    // Findings are asked for when something is typed, and when a tab comes to the front.
    diagnosticPullOptions: { onChange: true, onTabs: true },
  };
}

/** Starts the client, and answers what only the editor can know: the files of a virtual workspace. */
export async function start(context: vscode.ExtensionContext, client: BaseLanguageClient): Promise<void> {
  // The client keeps one handler for each notification, and several want to know of this one.
  const changes = new vscode.EventEmitter<void>();
  context.subscriptions.push(
    changes,
    client.onNotification('lync/statusChanged', () => {
      changes.fire();
    }),
    client.onRequest('lync/listFiles', ({ folder }: { folder: string }) => listFiles(folder)),
    client.onRequest('lync/readFile', ({ uri }: { uri: string }) => readFile(uri)),
    vscode.extensions.onDidChange(() => {
      void client.sendNotification('lync/yamlExtension', { isThere: hasYamlExtension() });
    }),
    ...registerCommands(client, changes.event, context.extensionUri),
    registerOpenPlace(),
    showStatus(client, changes.event, languages),
  );
  await client.start();
}

/** Whether Red Hat's extension for YAML is there: it checks documents of the language `yaml`. */
function hasYamlExtension(): boolean {
  return vscode.extensions.getExtension('redhat.vscode-yaml') !== undefined;
}
