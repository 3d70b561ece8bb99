/** The language server: what comes in, what is answered, and what goes out. */
import {
  CodeLensRefreshRequest,
  DidChangeConfigurationNotification,
  TextDocumentSyncKind,
  type Connection,
  type InitializeParams,
  type InitializeResult,
} from 'vscode-languageserver';
import { clientOf, type Client } from './client.ts';
import { readSettings, type Settings } from './config.ts';
import { Documents, type Files } from './documents.ts';
import { progressOf } from './progress.ts';
import { Project } from './project.ts';
import { Publisher, usualDelay } from './publishing.ts';
import { answerRequests, features } from './requests.ts';
import { rules } from './rules/index.ts';
import { version } from './version.ts';

export interface ServeOptions {
  /** How long, in ms, to wait before findings are published. */
  readonly publishDelay?: number;
  /** Gives back the memory that reading a large text has left behind. */
  readonly collectGarbage?: (() => void) | undefined;
}

/** How long to wait, in ms, before lenses and the like are asked for again. */
const followersDelay = 300;

/** Serves one client until the connection ends. */
export function serve(
  connection: Connection,
  filesOf: (connection: Connection, params: InitializeParams) => Files,
  { publishDelay = usualDelay, collectGarbage }: ServeOptions = {},
): void {
  const project = new Project(rules);
  let client: Client | undefined;
  let followers: ReturnType<typeof setTimeout> | undefined;
  let settings: Settings = readSettings(undefined);
  const showProgress = (title: string, onCancel?: () => void): ReturnType<typeof progressOf> =>
    progressOf(connection, {
      isShown: client?.showsProgress === true,
      title,
      ...(onCancel ? { onCancel } : {}),
    });

  const documents = new Documents(connection, project, {
    changed: (uri) => {
      publisher.changed(uri);
    },
    loaded: () => {
      publisher.hurry();
    },
    guarded,
    showProgress,
  });
  const sources = { documents, settings: () => settings, client: () => client };
  const publisher = new Publisher(connection, project, sources, {
    delay: publishDelay,
    collectGarbage,
    complain,
    showProgress,
    onPublished: tellFollowers,
  });
  answerRequests(connection, { project, publisher, complain, ...sources });

  connection.onInitialize((params): InitializeResult => {
    client = clientOf(params);
    publisher.delay = client.options.publishDelay ?? publishDelay;
    documents.begin(client.folders, filesOf(connection, params));
    return {
      serverInfo: { name: 'lync-language-server', version },
      capabilities: {
        ...features,
        textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
        workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
        ...(client.pulls
          ? {
              diagnosticProvider: {
                identifier: 'lync',
                interFileDependencies: true,
                workspaceDiagnostics: true,
              },
            }
          : {}),
      },
    };
  });

  connection.onInitialized(
    guarded(async () => {
      if (client) await guarded(follow)(client);
      await guarded(configure)();
      await documents.load();
    }),
  );

  connection.onDidChangeConfiguration(guarded(configure));

  connection.onNotification('lync/yamlExtension', ({ isThere }: { isThere: unknown }) => {
    if (client) client = { ...client, options: { ...client.options, hasYamlExtension: isThere === true } };
    publisher.changedAll();
  });

  connection.onShutdown(() => {
    clearTimeout(followers);
    publisher.stop();
  });

  /** What follows from the findings and counts of all files is asked for again, and not at every keystroke. */
  function tellFollowers(): void {
    followers ??= setTimeout(() => {
      followers = undefined;
      const refreshes: Promise<void>[] = [];
      if (client?.refreshes.codeLenses === true)
        refreshes.push(connection.sendRequest(CodeLensRefreshRequest.type));
      if (client?.refreshes.inlayHints === true) refreshes.push(connection.languages.inlayHint.refresh());
      if (client?.options.followsStatus === true)
        refreshes.push(connection.sendNotification('lync/statusChanged'));
      Promise.all(refreshes).catch(complain);
    }, followersDelay);
  }

  async function follow(to: Client): Promise<void> {
    await documents.follow(to);
    if (to.registersSettings)
      await connection.client.register(DidChangeConfigurationNotification.type, { section: 'lync' });
  }

  async function configure(): Promise<void> {
    if (client?.configures === true)
      settings = readSettings(await connection.workspace.getConfiguration('lync'));
    publisher.changedAll();
  }

  function guarded<T extends unknown[]>(
    handle: (...params: T) => void | Promise<void>,
  ): (...params: T) => Promise<void> {
    return async (...params) => {
      try {
        await handle(...params);
      } catch (error) {
        complain(error);
      }
    };
  }

  /** For the log only: people see findings, not stack traces. */
  function complain(error: unknown): void {
    connection.console.error(error instanceof Error ? (error.stack ?? error.message) : String(error));
  }

  connection.listen();
}
