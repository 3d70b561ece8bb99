/**
 * What goes out: findings, looked for in slices so that no message waits long. A client that asks for them is told when to ask
 * again; any other is sent them. Never both: it would show each finding twice.
 */
import type {
  CancellationToken,
  Connection,
  Diagnostic,
  DocumentDiagnosticReport,
  PreviousResultId,
  WorkspaceDiagnosticReport,
  WorkspaceDocumentDiagnosticReport,
} from 'vscode-languageserver';
import type { Client } from './client.ts';
import type { Settings } from './config.ts';
import type { Documents, Progress } from './documents.ts';
import { areSame, diagnostics } from './features/diagnostics.ts';
import type { Project } from './project.ts';
import { reportedByOthers, sharingOf } from './sharing.ts';
import { canonical } from './uri.ts';

/** How long to wait, in ms, before findings are published: people type several keys in that time. */
export const usualDelay = 120;

/** How long, in ms, the server looks at what may have changed before it looks for messages. */
const slice = 10;

/** How often, and after how many ms in which nothing was looked at, memory is given back. */
const collections = 5;
const collectionDelay = 700;

/** How much text, in UTF-16 units, leaves enough behind to be worth a collection. */
const muchText = 1_000_000;

export interface PublisherOptions {
  /** How long, in ms, to wait before findings are published. */
  readonly delay: number;
  /** Gives back the memory that reading a large text has left behind. */
  readonly collectGarbage?: (() => void) | undefined;
  readonly complain: (error: unknown) => void;
  /** Shows that there is much to look at, where that takes long. */
  readonly showProgress: (title: string, onCancel: () => void) => Progress;
  /** Called when findings, and what else follows from the files, may differ from what was said last. */
  readonly onPublished: () => void;
}

/** What was last said of a file. */
interface Report {
  readonly id: string;
  readonly items: readonly Diagnostic[];
}

const nothingSaid: Report = { id: '0', items: [] };

/** Somebody who waits for news of any file. */
interface Listener {
  readonly known: ReadonlyMap<string, string>;
  readonly answer: (report: WorkspaceDiagnosticReport) => void;
}

export class Publisher {
  delay: number;
  readonly #connection: Connection;
  readonly #project: Project;
  readonly #documents: Documents;
  readonly #settings: () => Settings;
  readonly #client: () => Client | undefined;
  readonly #options: PublisherOptions;
  readonly #reports = new Map<string, Report>();
  /** Files whose findings may have moved or changed since they were reported. */
  readonly #stale = new Set<string>();
  #listener: Listener | undefined;
  #lastId = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #collection: ReturnType<typeof setTimeout> | undefined;
  /** How much text had come at the last collection. */
  #textSeen = 0;
  /** When, as `performance.now()` counts, what is found is published although there is more to look at. */
  #nextPublish = 0;
  #progress: Progress | undefined;
  /** Somebody does not want to wait for the rest. */
  #isPaused = false;

  constructor(
    connection: Connection,
    project: Project,
    sources: { documents: Documents; settings: () => Settings; client: () => Client | undefined },
    options: PublisherOptions,
  ) {
    this.#connection = connection;
    this.#project = project;
    this.#documents = sources.documents;
    this.#settings = sources.settings;
    this.#client = sources.client;
    this.#options = options;
    this.delay = options.delay;
    connection.languages.diagnostics.on(({ textDocument: { uri }, previousResultId }) =>
      this.#pull(uri, previousResultId),
    );
    connection.languages.diagnostics.onWorkspace(({ previousResultIds }, token) =>
      this.#listen(previousResultIds, token),
    );
  }

  /** A file has another text. */
  changed(uri: string): void {
    this.#stale.add(uri);
    this.#nextPublish = 0;
    this.#isPaused = false;
    this.#timer ??= setTimeout(this.#work, this.delay, undefined);
  }

  /** What is shown of all files may differ now. */
  changedAll(): void {
    for (const uri of this.#project.uris) this.changed(uri);
    for (const uri of this.#reports.keys()) this.changed(uri);
  }

  /**
   * Looks at everything, so that an answer leaves out nobody; other messages are answered between.
   * @param token ends it early
   */
  async whole(token: CancellationToken): Promise<void> {
    await this.#documents.whole();
    while (!token.isCancellationRequested && !this.#look()) await pause(0);
    this.hurry();
  }

  /** Looks without further waiting. */
  hurry(): void {
    if (this.#stale.size === 0) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(this.#work, 0, undefined);
  }

  stop(): void {
    clearTimeout(this.#timer);
    clearTimeout(this.#collection);
    this.#progress?.done();
    this.#listener?.answer({ items: [] });
  }

  /**
   * Looks again at what may have changed, slice by slice. What has changed is published after the first slice, each time that
   * the work has taken twice as long, and when all is done.
   * @param started when the work began; `undefined`: now
   */
  readonly #work = (started = performance.now()): void => {
    this.#timer = undefined;
    // What is still on the disk may be what a finding says is missing.
    const wait = this.#documents.patience;
    if (wait > 0) {
      this.#timer = setTimeout(this.#work, wait, undefined);
      return;
    }
    // It runs in a timer, where a throw would end the server.
    try {
      const isDone = this.#look();
      const now = performance.now();
      if (isDone || now >= this.#nextPublish) {
        this.#publish();
        this.#nextPublish = now + (now - started);
      }
      if (!isDone && !this.#isPaused) {
        this.#progress ??= this.#options.showProgress('Checking Lync files', () => {
          this.#isPaused = true;
        });
        this.#timer = setTimeout(this.#work, 0, started);
        return;
      }
      this.#progress?.done();
      this.#progress = undefined;
      if (this.#documents.textTaken - this.#textSeen > muchText) this.#collectSoon();
    } catch (error) {
      this.#options.complain(error);
    }
  };

  /** Looks for one slice of time. @returns whether all is done */
  #look(): boolean {
    const end = performance.now() + slice;
    const isDone = this.#project.check(() => performance.now() >= end);
    for (const uri of this.#project.takeTouched()) this.#stale.add(uri);
    return isDone;
  }

  #publish(): void {
    const client = this.#client();
    const uris = [...this.#stale];
    this.#stale.clear();
    let hasNews = false;
    for (const uri of uris) {
      const before = this.#reports.get(uri);
      const now = this.#report(uri);
      if (now === (before ?? nothingSaid)) continue;
      hasNews = true;
      if (client?.pulls !== true) this.#send(uri, now);
    }
    if (hasNews && client?.pulls === true && client.refreshes.diagnostics)
      this.#connection.languages.diagnostics.refresh().catch(this.#options.complain);
    this.#tellListener();
    if (uris.length > 0) this.#options.onPublished();
  }

  #send(uri: string, { items }: Report): void {
    const version = this.#documents.versionOf(uri);
    void this.#connection.sendDiagnostics({
      uri,
      ...(version === undefined ? {} : { version }),
      diagnostics: [...items],
    });
  }

  /** What is known of a file; the report of before where that says the same. */
  #report(uri: string): Report {
    const before = this.#reports.get(uri) ?? nothingSaid;
    const items = this.#find(uri);
    if (areSame(items, before.items)) return before;
    const report = { id: String(++this.#lastId), items };
    // Nothing to say need not be remembered; but who asks by the number must get another one.
    if (items.length > 0 || this.#client()?.pulls === true) this.#reports.set(uri, report);
    else this.#reports.delete(uri);
    return report;
  }

  #find(uri: string): Diagnostic[] {
    const settings = this.#settings();
    const isShown = settings['lync.checkedFiles'] === 'deployment' || this.#documents.isOpen(uri);
    if (!settings['lync.enable'] || !isShown) return [];
    return diagnostics(this.#project, uri, {
      limit: settings['lync.maxFindingsPerFile'],
      without: this.#reportedByOthers(uri),
    });
  }

  /** The rules whose findings are left to another extension, or to nobody. */
  #reportedByOthers(uri: string): ReadonlySet<string> {
    const chosen = this.#settings()['lync.yamlSyntaxErrors'];
    if (chosen === 'on') return reportedByOthers.none;
    if (chosen === 'off') return reportedByOthers.yaml;
    const documents = this.#documents;
    return reportedByOthers[sharingOf(uri, { documents, client: this.#client(), project: this.#project })];
  }

  async #pull(given: string, previousResultId: string | undefined): Promise<DocumentDiagnosticReport> {
    const uri = canonical(given);
    if (this.#documents.patience > 0)
      await Promise.race([this.#documents.whole(), pause(Math.max(0, this.#documents.patience))]);
    try {
      const isDone = this.#look();
      this.#stale.delete(uri);
      if (!isDone || this.#stale.size > 0) this.#timer ??= setTimeout(this.#work, 0, undefined);
      const report = this.#report(uri);
      if (report.id === previousResultId) return { kind: 'unchanged', resultId: report.id };
      return { kind: 'full', resultId: report.id, items: [...report.items] };
    } catch (error) {
      this.#options.complain(error);
      return { kind: 'full', items: [] };
    }
  }

  /** Answers with all that the client does not know, as soon as there is something. */
  #listen(
    previous: readonly PreviousResultId[],
    token: CancellationToken,
  ): Promise<WorkspaceDiagnosticReport> {
    this.#listener?.answer({ items: [] });
    return new Promise((resolve) => {
      const listener: Listener = {
        known: new Map(previous.map(({ uri, value }) => [canonical(uri), value])),
        answer: (report) => {
          if (this.#listener === listener) this.#listener = undefined;
          resolve(report);
        },
      };
      this.#listener = listener;
      token.onCancellationRequested(() => {
        listener.answer({ items: [] });
      });
      if (this.#documents.patience <= 0 && this.#stale.size === 0) this.#tellListener();
    });
  }

  #tellListener(): void {
    const listener = this.#listener;
    if (!listener) return;
    const items: WorkspaceDocumentDiagnosticReport[] = [];
    for (const [uri, { id, items: found }] of this.#reports) {
      if ((listener.known.get(uri) ?? nothingSaid.id) === id) continue;
      const version = this.#documents.versionOf(uri) ?? null;
      items.push({ kind: 'full', uri, version, resultId: id, items: [...found] });
    }
    if (items.length > 0) listener.answer({ items });
  }

  /** Gives memory back when nothing has happened for a moment: a collection takes a tenth of a second, and each frees a part. */
  #collectSoon(left = collections): void {
    clearTimeout(this.#collection);
    if (left === 0) return;
    this.#collection = setTimeout(() => {
      this.#textSeen = this.#documents.textTaken;
      this.#options.collectGarbage?.();
      this.#collectSoon(left - 1);
    }, collectionDelay);
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
