// An editor without a window, for measuring: it starts a language server as a process, speaks to it over stdio as an editor
// would, and takes the time of what comes back.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import {
  createMessageConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';
import { pathToFileURL } from 'node:url';
import { atEnd } from '../cleanup.mjs';

/** @typedef {import('vscode-languageserver/node').PublishDiagnosticsParams} Published */
/** @typedef {import('vscode-languageserver/node').Position} Position */

/** After this many ms without an answer a measurement is given up. */
const patience = 120_000;

export class Client {
  /** @type {(published: Published) => void} */
  #onPublished = () => undefined;
  #version = 0;

  /**
   * @param {string} program a JavaScript file
   * @param {{ args?: readonly string[], nodeArgs?: readonly string[], cwd?: string }} [options]
   */
  constructor(program, { args = ['--stdio'], nodeArgs = [], cwd } = {}) {
    this.process = spawn(process.execPath, [...nodeArgs, program, ...args], {
      stdio: ['pipe', 'pipe', 'ignore'],
      cwd,
    });
    this.stopped = new Promise((resolve) => this.process.once('exit', resolve));
    this.end = atEnd(() => this.process.kill());
    this.connection = createMessageConnection(
      new StreamMessageReader(this.process.stdout),
      new StreamMessageWriter(this.process.stdin),
    );
    this.connection.onNotification('textDocument/publishDiagnostics', (params) => {
      /** @type {Published} */
      const published = params;
      this.#onPublished(published);
    });
    this.connection.onRequest(
      'workspace/configuration',
      (/** @type {{ items: { section: string }[] }} */ { items }) => items.map(() => null),
    );
    this.connection.onRequest('client/registerCapability', () => null);
    this.connection.onRequest('window/workDoneProgress/create', () => null);
    this.connection.listen();
  }

  /** @param {string | undefined} folder the workspace */
  async initialize(folder) {
    const uri = folder === undefined ? null : uriOf(folder);
    await this.connection.sendRequest('initialize', {
      processId: process.pid,
      rootUri: uri,
      capabilities: { workspace: { configuration: true, workspaceFolders: true } },
      workspaceFolders: uri === null ? null : [{ uri, name: 'bench' }],
      // What is measured begins when people have stopped typing.
      initializationOptions: { publishDelay: 0 },
    });
    await this.connection.sendNotification('initialized', {});
  }

  /** Calls `listener` with all findings that are published from now on. */
  listen(/** @type {(published: Published) => void} */ listener) {
    this.#onPublished = listener;
  }

  /**
   * Waits until findings are published that are as wanted.
   *
   * @param {(published: Published) => boolean} wanted
   * @returns {Promise<Published>}
   */
  published(wanted) {
    return new Promise((resolve, reject) => {
      const limit = setTimeout(() => {
        reject(new Error('The server has published nothing that was waited for.'));
      }, patience);
      this.#onPublished = (published) => {
        // What is late is about an earlier version; not every server says which.
        if ((published.version ?? this.#version) < this.#version || !wanted(published)) return;
        clearTimeout(limit);
        this.#onPublished = () => undefined;
        resolve(published);
      };
    });
  }

  /**
   * @param {string} path
   * @param {string} languageId
   */
  async open(path, languageId) {
    await this.connection.sendNotification('textDocument/didOpen', {
      textDocument: {
        uri: uriOf(path),
        languageId,
        version: (this.#version = 1),
        text: readFileSync(path, 'utf8'),
      },
    });
  }

  /**
   * Replaces a stretch of an open document.
   *
   * @param {string} path
   * @param {Position} start
   * @param {Position} end
   * @param {string} text
   */
  async change(path, start, end, text) {
    await this.connection.sendNotification('textDocument/didChange', {
      textDocument: { uri: uriOf(path), version: ++this.#version },
      contentChanges: [{ range: { start, end }, text }],
    });
  }

  /**
   * @param {string} method
   * @param {string} path
   * @param {Record<string, unknown>} params
   * @returns {Promise<unknown>}
   */
  ask(method, path, params) {
    return this.connection.sendRequest(method, { textDocument: { uri: uriOf(path) }, ...params });
  }

  /** What the process holds in memory now and held at most, in bytes; where the system does not say, undefined. */
  memory() {
    return memoryOf(this.process.pid);
  }

  async stop() {
    try {
      await this.connection.sendRequest('shutdown');
      await this.connection.sendNotification('exit');
      await this.stopped;
    } finally {
      this.connection.dispose();
      this.end();
    }
  }
}

/** The memory of a process as Linux counts it: what it holds now, and what it held at most, in bytes. */
export function memoryOf(/** @type {number | undefined} */ pid) {
  try {
    const status = readFileSync(`/proc/${pid ?? 'none'}/status`, 'utf8');
    const read = (/** @type {string} */ name) =>
      Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1]) * 1024;
    return { now: read('VmRSS'), peak: read('VmHWM') };
  } catch {
    return undefined;
  }
}

export function uriOf(/** @type {string} */ path) {
  return pathToFileURL(path).toString();
}
