/** An editor without a window: it speaks the protocol with a server, keeps the texts, and waits for what it is told. */
import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import {
  createConnection,
  createMessageConnection,
  StreamMessageReader,
  StreamMessageWriter,
  type ClientCapabilities,
  type CodeAction,
  type Diagnostic,
  type DocumentDiagnosticReport,
  type FileChangeType,
  type Hover,
  type InitializeResult,
  type MessageConnection,
  type Position,
  type PreviousResultId,
  type PublishDiagnosticsParams,
  type Range,
  type TextEdit,
  type WorkspaceDiagnosticReport,
} from 'vscode-languageserver/node';
import { clientFiles } from '../../server/src/clientFiles.ts';
import { readText, toPath, yamlFilesBelow } from '../../server/src/disk.ts';
import type { InitializationOptions } from '../../server/src/client.ts';
import type { Files } from '../../server/src/documents.ts';
import { serve } from '../../server/src/server.ts';
import { appliedTo } from '../features/apply.ts';
import { offsetAt, positionAt } from '../features/cursor.ts';

/** What VS Code says that it can do, as far as it matters here. */
export const usualCapabilities: ClientCapabilities = {
  workspace: {
    configuration: true,
    didChangeConfiguration: { dynamicRegistration: true },
    didChangeWatchedFiles: { dynamicRegistration: true },
    workspaceFolders: true,
    workspaceEdit: { documentChanges: true },
  },
};

/** An editor that asks for findings, and can do all that the server offers. */
export const pullingCapabilities: ClientCapabilities = {
  workspace: { ...usualCapabilities.workspace, diagnostics: { refreshSupport: true } },
  textDocument: { diagnostic: {} },
  window: { workDoneProgress: true },
};

export interface EditorOptions {
  readonly folders?: readonly string[] | null;
  readonly rootUri?: string | null;
  readonly capabilities?: ClientCapabilities;
  /** What it says at initialization beyond the protocol. */
  readonly initializationOptions?: InitializationOptions;
  /** The settings below `lync`. */
  readonly settings?: Record<string, unknown>;
  /** Files that only the editor can reach: texts by URI. */
  readonly virtual?: Map<string, string>;
  /** Requests of the server that the editor answers in its own way. */
  readonly answers?: Readonly<Record<string, (params: never) => unknown>>;
}

/** After this many ms without the expected, a test has failed. */
const patience = Number(process.env.LYNC_TEST_PATIENCE ?? 20_000);

/** How long, in ms, the server collects changes: nobody types here. */
const publishDelay = 5;

interface Waiting {
  readonly isMet: () => boolean;
  readonly go: () => void;
}

export class Editor {
  readonly connection: MessageConnection;
  /** What the server has published last, by URI. */
  readonly published = new Map<string, PublishDiagnosticsParams>();
  readonly texts = new Map<string, string>();
  readonly registered: unknown[] = [];
  /** How often the server has sent something, by method. */
  readonly #heard = new Map<string, number>();
  /** The progress that the server has shown. */
  readonly progress: { readonly token: string | number; title: string; isDone: boolean }[] = [];
  readonly log: string[] = [];
  readonly settings: Record<string, unknown>;
  readonly virtual: Map<string, string>;
  initialized: InitializeResult | undefined;
  readonly #versions = new Map<string, number>();
  readonly #options: EditorOptions;
  #waiting: Waiting[] = [];
  #barriers = 0;

  private constructor(connection: MessageConnection, options: EditorOptions) {
    this.connection = connection;
    this.#options = options;
    this.settings = { ...options.settings };
    this.virtual = options.virtual ?? new Map<string, string>();
  }

  /** Starts a server in this process and initializes it. */
  static async start(options: EditorOptions = {}): Promise<Editor> {
    const [toServer, toClient] = [new PassThrough(), new PassThrough()];
    serve(
      createConnection(new StreamMessageReader(toServer), new StreamMessageWriter(toClient)),
      (connection, params) => {
        const remote = clientFiles(
          connection,
          params.initializationOptions as InitializationOptions | undefined,
        );
        const filesFor = (uri: string): Files => (uri.startsWith('file:') ? diskFiles : remote);
        return { list: (folder) => filesFor(folder).list(folder), read: (uri) => filesFor(uri).read(uri) };
      },
      { publishDelay },
    );
    return Editor.connect(
      createMessageConnection(new StreamMessageReader(toClient), new StreamMessageWriter(toServer)),
      options,
    );
  }

  /** Initializes a server that runs somewhere. */
  static async connect(connection: MessageConnection, options: EditorOptions = {}): Promise<Editor> {
    const editor = new Editor(connection, options);
    editor.#listen();
    connection.listen();
    const { folders = [], rootUri = null, capabilities = usualCapabilities } = options;
    editor.initialized = await connection.sendRequest<InitializeResult>('initialize', {
      processId: null,
      rootUri,
      capabilities,
      workspaceFolders: folders?.map((uri) => ({ uri, name: uri })),
      initializationOptions: {
        servesFiles: options.virtual !== undefined,
        ...options.initializationOptions,
      },
    });
    await connection.sendNotification('initialized', {});
    return editor;
  }

  #listen(): void {
    const { connection } = this;
    connection.onNotification('textDocument/publishDiagnostics', (params: PublishDiagnosticsParams) => {
      this.published.set(params.uri, params);
      this.#check();
    });
    connection.onNotification('window/logMessage', ({ message }: { message: string }) => {
      this.log.push(message);
    });
    connection.onNotification('lync/statusChanged', () => void this.#hear('lync/statusChanged')());
    connection.onNotification(
      '$/progress',
      ({ token, value }: { token: string | number; value: { kind: string; title?: string } }) => {
        if (value.kind === 'begin') this.progress.push({ token, title: value.title ?? '', isDone: false });
        const shown = this.progress.find((one) => one.token === token);
        if (value.kind === 'end' && shown) shown.isDone = true;
        this.#check();
      },
    );
    const answers: Record<string, (params: never) => unknown> = {
      'client/registerCapability': ({ registrations }: { registrations: unknown[] }) => {
        this.registered.push(...registrations);
        return null;
      },
      'workspace/configuration': ({ items }: { items: { section: string }[] }) =>
        items.map(({ section }) => (section === 'lync' ? this.settings : null)),
      'workspace/diagnostic/refresh': this.#hear('workspace/diagnostic/refresh'),
      'workspace/codeLens/refresh': this.#hear('workspace/codeLens/refresh'),
      'workspace/inlayHint/refresh': this.#hear('workspace/inlayHint/refresh'),
      'window/workDoneProgress/create': () => null,
      'lync/listFiles': ({ folder }: { folder: string }) =>
        [...this.virtual.keys()].filter((uri) => uri.startsWith(`${folder}/`)),
      'lync/readFile': ({ uri }: { uri: string }) => this.virtual.get(uri) ?? null,
      ...this.#options.answers,
    };
    for (const [method, answer] of Object.entries(answers)) connection.onRequest(method, answer);
  }

  #hear(method: string): () => null {
    return () => {
      this.#heard.set(method, this.heard(method) + 1);
      this.#check();
      return null;
    };
  }

  /** How often the server has sent a notification, or asked to be asked again. */
  heard(method: string): number {
    return this.#heard.get(method) ?? 0;
  }

  #check(): void {
    const met = this.#waiting.filter(({ isMet }) => isMet());
    this.#waiting = this.#waiting.filter((waiting) => !met.includes(waiting));
    for (const { go } of met) go();
  }

  async open(uri: string, text: string, languageId = 'lync-yaml'): Promise<void> {
    this.texts.set(uri, text);
    this.#versions.set(uri, 1);
    await this.connection.sendNotification('textDocument/didOpen', {
      textDocument: { uri, languageId, version: 1, text },
    });
  }

  /** Replaces a stretch of an open text, as typing does. */
  async edit(uri: string, start: number, end: number, text: string): Promise<void> {
    const before = this.texts.get(uri);
    assert.ok(before !== undefined);
    const range = { start: positionAt(before, start), end: positionAt(before, end) };
    this.texts.set(uri, before.slice(0, start) + text + before.slice(end));
    await this.#changed(uri, [{ range, text }]);
  }

  /** Replaces the first occurrence of a piece of an open text. */
  async replace(uri: string, old: string, text: string): Promise<void> {
    const start = this.texts.get(uri)?.indexOf(old) ?? -1;
    assert.ok(start >= 0, `'${old}' is in the text`);
    await this.edit(uri, start, start + old.length, text);
  }

  /** Replaces an open text as a whole. */
  async rewrite(uri: string, text: string): Promise<void> {
    this.texts.set(uri, text);
    await this.#changed(uri, [{ text }]);
  }

  async #changed(uri: string, contentChanges: readonly unknown[]): Promise<void> {
    const version = (this.#versions.get(uri) ?? 0) + 1;
    this.#versions.set(uri, version);
    await this.connection.sendNotification('textDocument/didChange', {
      textDocument: { uri, version },
      contentChanges,
    });
  }

  async close(uri: string): Promise<void> {
    this.texts.delete(uri);
    await this.connection.sendNotification('textDocument/didClose', { textDocument: { uri } });
  }

  async filesChanged(type: FileChangeType, ...uris: readonly string[]): Promise<void> {
    await this.connection.sendNotification('workspace/didChangeWatchedFiles', {
      changes: uris.map((uri) => ({ uri, type })),
    });
  }

  async foldersChanged(added: readonly string[], removed: readonly string[]): Promise<void> {
    const named = (uri: string): { uri: string; name: string } => ({ uri, name: uri });
    await this.connection.sendNotification('workspace/didChangeWorkspaceFolders', {
      event: { added: added.map(named), removed: removed.map(named) },
    });
  }

  async configure(settings: Record<string, unknown>): Promise<void> {
    Object.assign(this.settings, settings);
    await this.connection.sendNotification('workspace/didChangeConfiguration', { settings: null });
  }

  /** Asks for the findings of a file. */
  pull(uri: string, previousResultId?: string): Promise<DocumentDiagnosticReport> {
    return this.connection.sendRequest('textDocument/diagnostic', {
      textDocument: { uri },
      ...(previousResultId === undefined ? {} : { previousResultId }),
    });
  }

  /** Asks for the findings of all files of which others are known than `previous`. */
  pullAll(previous: readonly PreviousResultId[] = []): Promise<WorkspaceDiagnosticReport> {
    return this.connection.sendRequest('workspace/diagnostic', { previousResultIds: previous });
  }

  hover(uri: string, position: Position): Promise<Hover | null> {
    return this.connection.sendRequest('textDocument/hover', { textDocument: { uri }, position });
  }

  async actions(uri: string, range: Range): Promise<CodeAction[]> {
    const context = { diagnostics: this.diagnostics(uri) };
    const found = await this.connection.sendRequest<CodeAction[] | null>('textDocument/codeAction', {
      textDocument: { uri },
      range,
      context,
    });
    return found ?? [];
  }

  resolve(action: CodeAction): Promise<CodeAction> {
    return this.connection.sendRequest('codeAction/resolve', action);
  }

  /** Does what an editor does with a code action; files that are not open are virtual ones. */
  async apply(action: CodeAction): Promise<void> {
    const { edit } = action.edit ? action : await this.resolve(action);
    assert.ok(edit?.documentChanges && edit.documentChanges.length > 0, `'${action.title}' has an edit`);
    for (const change of edit.documentChanges) {
      assert.ok('edits' in change);
      const { uri, version } = change.textDocument;
      assert.equal(version, this.#versions.get(uri) ?? null, 'the edit is for the version that is open');
      const text = this.texts.get(uri);
      assert.ok(text !== undefined, `'${uri}' is open`);
      await this.rewrite(uri, appliedTo(text, change.edits as TextEdit[]));
    }
  }

  diagnostics(uri: string): Diagnostic[] {
    return this.published.get(uri)?.diagnostics ?? [];
  }

  /** The rules that a file's diagnostics are of, in their order, each with the text that it marks if that is open. */
  found(uri: string): string[] {
    const current = this.published.get(uri)?.version === this.#versions.get(uri);
    const text = current ? this.texts.get(uri) : undefined;
    return this.diagnostics(uri)
      .filter(({ code }) => code !== 'incomplete-deployment')
      .map(({ code, range }) => {
        const marked = text?.slice(offsetAt(text, range.start), offsetAt(text, range.end));
        return marked === undefined ? String(code) : `${String(code)} ${marked}`;
      });
  }

  /** Waits until something holds of what is published. It takes as long as it takes, but not for ever. */
  async until(isMet: () => boolean, describe = (): string => ''): Promise<void> {
    if (isMet()) return;
    await new Promise<void>((go, fail) => {
      const limit = setTimeout(() => {
        fail(new Error(`This has not come about. ${describe()} ${this.log.join('\n')}`));
      }, patience);
      this.#waiting.push({
        isMet,
        go: () => {
          clearTimeout(limit);
          go();
        },
      });
    });
  }

  /** Waits until a file has these findings and no other. */
  async finds(uri: string, ...expected: readonly string[]): Promise<void> {
    await this.until(
      () => JSON.stringify(this.found(uri)) === JSON.stringify(expected),
      () => `${uri} has ${JSON.stringify(this.found(uri))} instead of ${JSON.stringify(expected)}.`,
    );
  }

  /** Waits until everything that was sent so far is published: what comes last in the queue has been. */
  async settled(): Promise<void> {
    const uri = `untitled:barrier-${++this.#barriers}`;
    await this.open(uri, 'CsUser: 1\n');
    await this.until(() => this.diagnostics(uri).length > 0);
    await this.close(uri);
    await this.until(() => this.diagnostics(uri).length === 0);
    this.published.delete(uri);
  }

  async stop(): Promise<void> {
    await this.connection.sendRequest('shutdown');
    this.connection.dispose();
  }
}

const diskFiles: Files = {
  list: (folder) => yamlFilesBelow(toPath(folder), () => undefined).catch(() => []),
  read: (uri) =>
    readText(toPath(uri)).then(
      ({ text }) => text,
      () => undefined,
    ),
};
