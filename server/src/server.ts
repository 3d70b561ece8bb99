/** The language server: which feature answers which request, and when findings are published. */
import {
  CodeActionKind,
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  FileChangeType,
  TextDocumentSyncKind,
  WatchKind,
  type CodeAction,
  type Connection,
  type Diagnostic,
  type InitializeParams,
  type InitializeResult,
  type WorkspaceFoldersChangeEvent,
} from 'vscode-languageserver';
import { URI } from 'vscode-uri';
import { settings } from './config.ts';
import { codeActions, resolveCodeAction } from './features/codeActions.ts';
import { areSame, diagnostics } from './features/diagnostics.ts';
import { hover } from './features/hover.ts';
import { isConfiguration, Project } from './project.ts';
import { rules } from './rules/index.ts';
import { version } from './version.ts';

/** What a client may say at initialization. */
export interface InitializationOptions {
  /** It answers the requests of clientFiles.ts. */
  readonly servesFiles?: boolean;
  /** How long, in ms, to wait before findings are published: for who measures what comes after the wait. */
  readonly publishDelay?: number;
}

/** How the server comes by files that no editor has open. */
export interface Files {
  /** The YAML files below a folder, as URIs. */
  list(folder: string): Promise<readonly string[]>;
  /** A file's text; `undefined` where there is none, or none that can be read. */
  read(uri: string): Promise<string | undefined>;
}

/** How long to wait, in ms, before findings are published: people type several keys in that time. */
const usualDelay = 120;

/** How long, in ms, findings wait for the files of the deployment: a slow disk must not keep them back for ever. */
const loadingPatience = 2000;

/** How long, in ms, the server looks at what may have changed before it looks for messages. */
const slice = 10;

export interface ServeOptions {
  /** How long, in ms, to wait before findings are published. */
  readonly publishDelay?: number;
  /** Gives back the memory that reading a large text has left behind. */
  readonly collectGarbage?: (() => void) | undefined;
}

/** How often, and after how many ms in which nothing was looked at, memory is given back. */
const collections = 5;
const collectionDelay = 700;

/** How much text, in UTF-16 units, leaves enough behind to be worth a collection. */
const muchText = 1_000_000;

/** Serves one client until the connection ends. */
export function serve(
  connection: Connection,
  filesOf: (connection: Connection, params: InitializeParams) => Files,
  { publishDelay = usualDelay, collectGarbage }: ServeOptions = {},
): void {
  const project = new Project(rules);
  /** The versions of the documents that an editor has open. */
  const versions = new Map<string, number>();
  /** What was published last. */
  const published = new Map<string, readonly Diagnostic[]>();
  /** Files whose findings may have moved or changed since they were published. */
  const stale = new Set<string>();
  const known = new Set<string>();
  let folders: readonly string[] = [];
  let delay = publishDelay;
  let files: Files | undefined;
  let client: InitializeParams['capabilities']['workspace'];
  let enabled: boolean = settings['lync.enable'].default;
  let limit: number = settings['lync.maxFindingsPerFile'].default;
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** When, as `performance.now()` counts, what is found is published although there is more to look at. */
  let nextPublish = 0;
  let collection: ReturnType<typeof setTimeout> | undefined;
  /** How much text has come since the last collection. */
  let textTaken = 0;
  let loading = Promise.resolve();
  let nextLoad: Promise<void> | undefined;
  /** Until when, as `performance.now()` counts, nothing is published because files are being read. */
  let loadingUntil = performance.now() + loadingPatience;

  connection.onInitialize((params): InitializeResult => {
    files = filesOf(connection, params);
    client = params.capabilities.workspace;
    folders = foldersOf(params);
    // Documents may be opened before the folders are read, and must not move to another deployment then.
    project.setFolders(folders);
    const options = params.initializationOptions as InitializationOptions | undefined;
    delay = options?.publishDelay ?? publishDelay;
    return {
      serverInfo: { name: 'lync-language-server', version },
      capabilities: {
        textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
        hoverProvider: true,
        codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix], resolveProvider: true },
        workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
      },
    };
  });

  connection.onInitialized(
    guarded(async () => {
      if (client?.workspaceFolders === true) connection.workspace.onDidChangeWorkspaceFolders(changeFolders);
      await guarded(register)();
      await guarded(configure)();
      await load();
    }),
  );

  connection.onDidChangeConfiguration(guarded(configure));

  connection.onDidOpenTextDocument(
    guarded(({ textDocument: { uri: given, version: number, text } }) => {
      const uri = canonical(given);
      versions.set(uri, number);
      textTaken += text.length;
      if (isConfiguration(uri)) project.setConfiguration(uri, text);
      else project.setFile(uri, text, { open: true });
      publishSoon(uri);
      if (isConfiguration(uri)) void load();
    }),
  );

  connection.onDidChangeTextDocument(
    guarded(({ textDocument: { uri: given, version: number }, contentChanges }) => {
      const uri = canonical(given);
      versions.set(uri, number);
      project.editFile(uri, contentChanges);
      publishSoon(uri);
      if (isConfiguration(uri)) void load();
    }),
  );

  connection.onDidCloseTextDocument(
    guarded(async ({ textDocument }) => {
      const uri = canonical(textDocument.uri);
      versions.delete(uri);
      await takeFromDisk(uri);
      if (isConfiguration(uri)) await load();
    }),
  );

  connection.onDidChangeWatchedFiles(
    guarded(async ({ changes }) => {
      let configurations = false;
      for (const { uri: given, type } of changes) {
        const uri = canonical(given);
        if (versions.has(uri)) continue;
        configurations ||= isConfiguration(uri);
        if (type === FileChangeType.Deleted) {
          // Of a folder that is deleted with all in it, only the folder is reported.
          const below = [...known].filter((other) => other.startsWith(`${uri}/`) && !versions.has(other));
          configurations ||= below.some(isConfiguration);
          for (const gone of [uri, ...below]) if (known.has(gone)) drop(gone);
        } else await takeFromDisk(uri);
      }
      if (configurations) await load();
    }),
  );

  connection.onHover(({ textDocument, position }) =>
    answering(() => hover(project, canonical(textDocument.uri), position) ?? null),
  );

  connection.onCodeAction(({ textDocument, range, context }) =>
    answering(() => {
      if (!enabled) return null;
      return codeActions(project, { uri: canonical(textDocument.uri), range, only: context.only, versionOf });
    }),
  );

  connection.onCodeActionResolve(
    (action: CodeAction) =>
      answering(() => (enabled ? resolveCodeAction(project, action, versionOf) : undefined)) ?? action,
  );

  connection.onShutdown(() => {
    clearTimeout(timer);
    clearTimeout(collection);
  });

  function versionOf(uri: string): number | undefined {
    return versions.get(uri);
  }

  async function register(): Promise<void> {
    if (client?.didChangeWatchedFiles?.dynamicRegistration === true) {
      await connection.client.register(DidChangeWatchedFilesNotification.type, {
        watchers: [{ globPattern: '**/*.{yaml,yml}' }, { globPattern: '**', kind: WatchKind.Delete }],
      });
    }
    if (client?.didChangeConfiguration?.dynamicRegistration === true)
      await connection.client.register(DidChangeConfigurationNotification.type, { section: 'lync' });
  }

  function changeFolders({ added, removed }: WorkspaceFoldersChangeEvent): void {
    const gone = new Set(removed.map(({ uri }) => canonical(uri)));
    folders = [...folders.filter((folder) => !gone.has(folder)), ...added.map(({ uri }) => canonical(uri))];
    void load();
  }

  /** Reads the disk anew, once at a time: a slow reading must not undo what a later one has found. It never rejects. */
  function load(): Promise<void> {
    loadingUntil = performance.now() + loadingPatience;
    nextLoad ??= loading.then(() => {
      nextLoad = undefined;
      return (loading = guarded(loadNow)().then(endLoading));
    });
    return nextLoad;
  }

  function endLoading(): void {
    if (nextLoad) return;
    loadingUntil = 0;
    if (stale.size === 0) return;
    clearTimeout(timer);
    timer = setTimeout(work, 0, undefined);
  }

  /** Reads what is on the disk below the folders, but for what is open. */
  async function loadNow(): Promise<void> {
    project.setFolders(folders);
    const found = new Set<string>();
    for (const folder of folders)
      for (const uri of (await files?.list(folder)) ?? []) found.add(canonical(uri));
    for (const uri of found) if (isConfiguration(uri)) await takeFromDisk(uri);
    for (const uri of found) if (!isConfiguration(uri)) await takeFromDisk(uri);
    for (const uri of [...known]) if (!found.has(uri) && !versions.has(uri)) drop(uri);
  }

  /** Takes a file as it is on the disk, unless an editor has it open. */
  async function takeFromDisk(uri: string): Promise<void> {
    if (versions.has(uri)) return;
    const wanted = isConfiguration(uri) || project.wants(uri);
    const text = wanted ? await files?.read(uri) : undefined;
    // It may have been opened while it was read.
    if (versions.has(uri)) return;
    if (text === undefined) {
      drop(uri);
      return;
    }
    known.add(uri);
    textTaken += text.length;
    if (isConfiguration(uri)) project.setConfiguration(uri, text);
    else project.setFile(uri, text);
    publishSoon(uri);
  }

  function drop(uri: string): void {
    known.delete(uri);
    if (isConfiguration(uri)) project.setConfiguration(uri, undefined);
    else project.removeFile(uri);
    publishSoon(uri);
  }

  async function configure(): Promise<void> {
    if (client?.configuration === true) {
      const given = (await connection.workspace.getConfiguration('lync')) as Partial<
        Record<string, unknown>
      > | null;
      enabled = typeof given?.enable === 'boolean' ? given.enable : settings['lync.enable'].default;
      const most = given?.maxFindingsPerFile;
      limit =
        typeof most === 'number' && most >= 1
          ? Math.floor(most)
          : settings['lync.maxFindingsPerFile'].default;
    }
    for (const uri of project.uris) publishSoon(uri);
    for (const uri of published.keys()) publishSoon(uri);
  }

  function publishSoon(uri: string): void {
    stale.add(uri);
    nextPublish = 0;
    timer ??= setTimeout(work, delay, undefined);
  }

  /**
   * Looks again at what may have changed, slice by slice, so that no message waits long. What has changed is published after
   * the first slice, each time that the work has taken twice as long, and when all is done.
   * @param started when the work began; `undefined`: now
   */
  function work(started = performance.now()): void {
    timer = undefined;
    // What is still on the disk may be what a finding says is missing.
    const wait = loadingUntil - performance.now();
    if (wait > 0) {
      timer = setTimeout(work, wait, undefined);
      return;
    }
    // It runs in a timer, where a throw would end the server.
    try {
      const end = performance.now() + slice;
      const isDone = project.check(() => performance.now() >= end);
      for (const uri of project.takeTouched()) stale.add(uri);
      const now = performance.now();
      if (isDone || now >= nextPublish) {
        const uris = [...stale];
        stale.clear();
        for (const uri of uris) publishFile(uri);
        nextPublish = now + (now - started);
      }
      if (!isDone) timer = setTimeout(work, 0, started);
      else if (textTaken > muchText) collectSoon();
    } catch (error) {
      complain(error);
    }
  }

  /** Gives memory back when nothing has happened for a moment: a collection takes a tenth of a second, and each frees a part. */
  function collectSoon(left = collections): void {
    clearTimeout(collection);
    if (left === 0) return;
    collection = setTimeout(() => {
      textTaken = 0;
      collectGarbage?.();
      collectSoon(left - 1);
    }, collectionDelay);
  }

  function publishFile(uri: string): void {
    const found: Diagnostic[] = enabled ? diagnostics(project, uri, limit) : [];
    if (areSame(found, published.get(uri) ?? [])) return;
    if (found.length > 0) published.set(uri, found);
    else published.delete(uri);
    const number = versionOf(uri);
    void connection.sendDiagnostics({
      uri,
      ...(number === undefined ? {} : { version: number }),
      diagnostics: found,
    });
  }

  function answering<T>(answer: () => T): T | null {
    try {
      return answer();
    } catch (error) {
      complain(error);
      return null;
    }
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

function foldersOf(params: InitializeParams): string[] {
  if (params.workspaceFolders) return params.workspaceFolders.map(({ uri }) => canonical(uri));
  // What clients had before there could be several folders; some still have nothing else.
  // eslint-disable-next-line @typescript-eslint/no-deprecated
  return params.rootUri ? [canonical(params.rootUri)] : [];
}

/** The one spelling of a URI: editors and disks differ in the drive's case and in what they escape. */
function canonical(uri: string): string {
  return URI.parse(uri).toString().replace(/\/$/, '');
}
