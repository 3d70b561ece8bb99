import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createContext, runInContext } from 'node:vm';
import {
  AbstractMessageReader,
  AbstractMessageWriter,
  createMessageConnection,
  StreamMessageReader,
  StreamMessageWriter,
  type DataCallback,
  type Disposable,
  type Message,
} from 'vscode-languageserver/node';
import { toUri } from '../../server/src/disk.ts';
import { ended, ensureBuilt, programs, startServer } from '../programs.ts';
import { Editor } from './editor.ts';

const users = 'CsUser:\n  - { SipAddress: sip:ken@contoso.com, Nonsense: 1 }\n';

describe('the bundled server', () => {
  let folder: string;

  before(async () => {
    ensureBuilt();
    folder = await mkdtemp(join(tmpdir(), 'lync-server-'));
    await writeFile(join(folder, 'users.lync.yaml'), users);
  });
  after(() => rm(folder, { recursive: true }));

  it('serves over stdio, survives what it cannot read, and ends with 0', async () => {
    const child = startServer('--stdio');
    const end = ended(child);
    const connection = createMessageConnection(
      new StreamMessageReader(child.stdout),
      new StreamMessageWriter(child.stdin),
    );
    const editor = await Editor.connect(connection, { folders: [toUri(folder), 'file:///nowhere'] });
    assert.match(editor.initialized?.serverInfo?.version ?? '', /^\d+\.\d+\.\d+$/);
    const uri = toUri(join(folder, 'users.lync.yaml'));
    await editor.finds(uri, 'no-unknown-property');
    await editor.open(uri, '['.repeat(50_000));
    await editor.until(() => editor.diagnostics(uri).some(({ code }) => code === 'yaml-syntax'));
    await editor.rewrite(uri, users);
    await editor.finds(uri, 'no-unknown-property Nonsense');
    assert.notEqual(await editor.hover(uri, { line: 1, character: 8 }), null);
    await connection.sendRequest('shutdown');
    await connection.sendNotification('exit');
    const { code, error } = await end;
    assert.deepEqual([code, error], [0, '']);
  });

  it('says its version and how to start it', async () => {
    const [version, help, nothing] = await Promise.all(
      [['--version'], ['--help'], []].map((args) => ended(startServer(...args))),
    );
    assert.match(version?.out ?? '', /^\d+\.\d+\.\d+\n$/);
    assert.deepEqual([help?.code, nothing?.code], [0, 2]);
    assert.match(nothing?.error ?? '', /^Usage: lync-language-server --stdio\n/);
  });

  it('serves in a web worker, where there is nothing of Node, the files that the editor reads for it', async () => {
    const worker = await startWorker();
    const folder = 'vscode-vfs://github/contoso/lync';
    const editor = await Editor.connect(createMessageConnection(worker.reader, worker.writer), {
      folders: [folder],
      virtual: new Map([[`${folder}/users.lync.yaml`, users]]),
    });
    const uri = `${folder}/users.lync.yaml`;
    await editor.finds(uri, 'no-unknown-property');
    await editor.open(uri, `# more\n${users}`);
    await editor.finds(uri, 'no-unknown-property Nonsense');
    assert.notEqual(await editor.hover(uri, { line: 2, character: 8 }), null);
    await editor.stop();
  });
});

/** Runs the bundle for browsers with what a worker has, and no more. */
async function startWorker(): Promise<{ reader: FromWorker; writer: ToWorker }> {
  const reader = new FromWorker();
  const scope: WorkerScope & Record<string, unknown> = {
    ...{ setTimeout, clearTimeout, setInterval, clearInterval, queueMicrotask },
    ...{ console, crypto, performance, TextDecoder, TextEncoder, URL },
    // Errors of the worker itself: there are none to be told of.
    addEventListener: () => undefined,
    onmessage: undefined,
    postMessage: (data) => {
      const message = structuredClone(data);
      setImmediate(() => reader.callback?.(message));
    },
  };
  scope.self = scope;
  createContext(scope);
  runInContext(await readFile(programs.worker, 'utf8'), scope);
  return { reader, writer: new ToWorker(scope) };
}

interface WorkerScope {
  onmessage: ((event: { data: Message }) => void) | undefined;
  postMessage: (data: Message) => void;
}

class FromWorker extends AbstractMessageReader {
  callback: DataCallback | undefined;

  override listen(callback: DataCallback): Disposable {
    this.callback = callback;
    return { dispose: () => (this.callback = undefined) };
  }
}

class ToWorker extends AbstractMessageWriter {
  readonly #scope: WorkerScope;

  constructor(scope: WorkerScope) {
    super();
    this.#scope = scope;
  }

  write(message: Message): Promise<void> {
    const data = structuredClone(message);
    setImmediate(() => this.#scope.onmessage?.({ data }));
    return Promise.resolve();
  }

  end(): void {
    this.#scope.onmessage = undefined;
  }
}
