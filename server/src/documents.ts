/** What comes in: the documents that an editor has open, and the files below its folders that it has not. */
import {
  DidChangeWatchedFilesNotification,
  FileChangeType,
  WatchKind,
  type Connection,
  type FileEvent,
  type WorkspaceFoldersChangeEvent,
} from 'vscode-languageserver';
import type { Client } from './client.ts';
import { isConfiguration, type Project } from './project.ts';
import { canonical } from './uri.ts';

/** How the server comes by files that no editor has open. */
export interface Files {
  /** The YAML files below a folder, as URIs. */
  list(folder: string): Promise<readonly string[]>;
  /** A file's text; `undefined` where there is none, or none that can be read. */
  read(uri: string): Promise<string | undefined>;
}

/** A document that an editor has open. */
interface OpenDocument {
  readonly version: number;
  readonly languageId: string;
}

export interface DocumentEvents {
  /** A file has another text, or is gone. */
  changed(uri: string): void;
  /** All files below the folders are read. */
  loaded(): void;
  /** Runs what may fail, and logs it if it does. */
  readonly guarded: <T extends unknown[]>(
    handle: (...params: T) => void | Promise<void>,
  ) => (...params: T) => Promise<void>;
  /** Shows that files are read, where that takes long. @returns what ends it */
  showProgress(title: string): Progress;
}

export interface Progress {
  /** Somebody does not want to wait. */
  readonly isCancelled: boolean;
  report(message: string): void;
  done(): void;
}

/** How long, in ms, findings wait for the files of the deployment: a slow disk must not keep them back for ever. */
const loadingPatience = 2000;

export class Documents {
  /** How much text, in UTF-16 units, has come in so far. */
  textTaken = 0;
  readonly #connection: Connection;
  readonly #project: Project;
  readonly #events: DocumentEvents;
  readonly #open = new Map<string, OpenDocument>();
  /** The files that were read from the disk. */
  readonly #known = new Set<string>();
  #files: Files | undefined;
  #folders: readonly string[] = [];
  /** Ends the wait of those who want all files, when they have been read for the first time. */
  #begun: () => void = () => undefined;
  readonly #first = new Promise<void>((resolve) => {
    this.#begun = resolve;
  });
  #loading = Promise.resolve();
  #nextLoad: Promise<void> | undefined;
  /** Until when, as `performance.now()` counts, nothing is said because files are being read. */
  #loadingUntil = performance.now() + loadingPatience;

  constructor(connection: Connection, project: Project, events: DocumentEvents) {
    this.#connection = connection;
    this.#project = project;
    this.#events = events;
    const { guarded } = events;
    connection.onDidOpenTextDocument(
      guarded(({ textDocument: { uri, version, languageId, text } }) => {
        this.#opened(canonical(uri), { version, languageId }, text);
      }),
    );
    connection.onDidChangeTextDocument(
      guarded(({ textDocument: { uri: given, version }, contentChanges }) => {
        const uri = canonical(given);
        this.#open.set(uri, { version, languageId: this.#open.get(uri)?.languageId ?? '' });
        project.editFile(uri, contentChanges);
        events.changed(uri);
        if (isConfiguration(uri)) void this.load();
      }),
    );
    connection.onDidCloseTextDocument(
      guarded(async ({ textDocument }) => {
        const uri = canonical(textDocument.uri);
        this.#open.delete(uri);
        await this.#takeFromDisk(uri);
        if (isConfiguration(uri)) await this.load();
      }),
    );
    connection.onDidChangeWatchedFiles(guarded(({ changes }) => this.#watched(changes)));
  }

  /** The number that the editor gives the text of an open document. */
  readonly versionOf = (uri: string): number | undefined => this.#open.get(uri)?.version;

  /** The language that the editor takes an open document for. */
  languageOf(uri: string): string | undefined {
    return this.#open.get(uri)?.languageId;
  }

  isOpen(uri: string): boolean {
    return this.#open.has(uri);
  }

  /** How long, in ms, it makes sense to wait for files that are being read; 0 or less: all are there. */
  get patience(): number {
    return this.#loadingUntil - performance.now();
  }

  /** Resolves when all files below the folders are read. */
  async whole(): Promise<void> {
    await this.#first;
    while (this.#nextLoad) await this.#nextLoad;
    await this.#loading;
  }

  /** Takes the folders, before the first document comes: it must not move to another deployment when they are read. */
  begin(folders: readonly string[], files: Files): void {
    this.#folders = folders;
    this.#files = files;
    this.#project.setFolders(folders);
  }

  /** Follows the folders and files from now on; as soon as the client listens, or changes would be missed. */
  async follow({ changesFolders, registersFiles }: Client): Promise<void> {
    if (changesFolders)
      this.#connection.workspace.onDidChangeWorkspaceFolders((event) => {
        this.#changeFolders(event);
      });
    if (registersFiles)
      await this.#connection.client.register(DidChangeWatchedFilesNotification.type, {
        watchers: [{ globPattern: '**/*.{yaml,yml}' }, { globPattern: '**', kind: WatchKind.Delete }],
      });
  }

  /** Reads the disk anew, once at a time: a slow reading must not undo what a later one has found. It never rejects. */
  load(): Promise<void> {
    this.#loadingUntil = performance.now() + loadingPatience;
    this.#nextLoad ??= this.#loading.then(() => {
      this.#nextLoad = undefined;
      this.#loading = this.#events
        .guarded(() => this.#loadNow())()
        .then(() => {
          this.#begun();
          if (this.#nextLoad) return;
          this.#loadingUntil = 0;
          this.#events.loaded();
        });
      return this.#loading;
    });
    return this.#nextLoad;
  }

  #opened(uri: string, document: OpenDocument, text: string): void {
    this.#open.set(uri, document);
    this.textTaken += text.length;
    // Who says that a document is of our language wants it looked at before it has its first section.
    const named = document.languageId === 'lync-yaml';
    if (isConfiguration(uri)) this.#project.setConfiguration(uri, text);
    else this.#project.setFile(uri, text, { open: true, named });
    this.#events.changed(uri);
    if (isConfiguration(uri)) void this.load();
  }

  async #watched(changes: readonly FileEvent[]): Promise<void> {
    let configurations = false;
    for (const { uri: given, type } of changes) {
      const uri = canonical(given);
      if (this.isOpen(uri)) continue;
      configurations ||= isConfiguration(uri);
      if (type === FileChangeType.Deleted) {
        // Of a folder that is deleted with all in it, only the folder is reported.
        const below = [...this.#known].filter((other) => other.startsWith(`${uri}/`) && !this.isOpen(other));
        configurations ||= below.some(isConfiguration);
        for (const gone of [uri, ...below]) if (this.#known.has(gone)) this.#drop(gone);
      } else await this.#takeFromDisk(uri);
    }
    if (configurations) await this.load();
  }

  #changeFolders({ added, removed }: WorkspaceFoldersChangeEvent): void {
    const gone = new Set(removed.map(({ uri }) => canonical(uri)));
    this.#folders = [
      ...this.#folders.filter((folder) => !gone.has(folder)),
      ...added.map(({ uri }) => canonical(uri)),
    ];
    void this.load();
  }

  /** Reads what is on the disk below the folders, but for what is open. */
  async #loadNow(): Promise<void> {
    this.#project.setFolders(this.#folders);
    const progress = this.#events.showProgress('Reading Lync files');
    try {
      const found = new Set<string>();
      for (const folder of this.#folders)
        for (const uri of (await this.#files?.list(folder)) ?? []) found.add(canonical(uri));
      const inOrder = [...found].sort((a, b) => Number(isConfiguration(b)) - Number(isConfiguration(a)));
      let read = 0;
      for (const uri of inOrder) {
        if (progress.isCancelled) break;
        progress.report(`${++read} of ${inOrder.length}`);
        await this.#takeFromDisk(uri);
      }
      for (const uri of [...this.#known]) if (!found.has(uri) && !this.isOpen(uri)) this.#drop(uri);
    } finally {
      progress.done();
    }
  }

  /** Takes a file as it is on the disk, unless an editor has it open. */
  async #takeFromDisk(uri: string): Promise<void> {
    if (this.isOpen(uri)) return;
    const wanted = isConfiguration(uri) || this.#project.wants(uri);
    const text = wanted ? await this.#files?.read(uri) : undefined;
    // It may have been opened while it was read.
    if (this.isOpen(uri)) return;
    if (text === undefined) {
      this.#drop(uri);
      return;
    }
    this.#known.add(uri);
    this.textTaken += text.length;
    if (isConfiguration(uri)) this.#project.setConfiguration(uri, text);
    else this.#project.setFile(uri, text);
    this.#events.changed(uri);
  }

  #drop(uri: string): void {
    this.#known.delete(uri);
    if (isConfiguration(uri)) this.#project.setConfiguration(uri, undefined);
    else this.#project.removeFile(uri);
    this.#events.changed(uri);
  }
}
