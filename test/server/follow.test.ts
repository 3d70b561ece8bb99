import assert from 'node:assert/strict';
import type { Status } from '../../server/src/features/status.ts';
import { Editor, pullingCapabilities, usualCapabilities, type EditorOptions } from './editor.ts';

const folder = 'file:///nowhere';
const uri = `${folder}/users.lync.yaml`;
const ken = 'CsUser:\n  - { SipAddress: sip:ken@contoso.com, RegistrarPool: pool01.contoso.com }\n';
const ann = '  - { SipAddress: sip:ann@contoso.com, RegistrarPool: pool01.contoso.com }\n';

const running: Editor[] = [];

async function start(options: EditorOptions = {}): Promise<Editor> {
  const editor = await Editor.start({ folders: [folder], ...options });
  running.push(editor);
  return editor;
}

afterEach(async () => {
  await Promise.all(running.splice(0).map((editor) => editor.stop()));
});

function statusOf(editor: Editor, of = uri): Promise<Status | null> {
  return editor.connection.sendRequest('lync/status', { textDocument: { uri: of } });
}

describe('a client that follows the status', () => {
  it('hears when it may have changed, and gets what it is now', async () => {
    const editor = await start({ initializationOptions: { followsStatus: true } });
    await editor.open(uri, ken);
    await editor.until(() => editor.heard('lync/statusChanged') > 0);
    assert.equal((await statusOf(editor))?.users, 1);

    const before = editor.heard('lync/statusChanged');
    await editor.edit(uri, ken.length, ken.length, ann);
    await editor.until(() => editor.heard('lync/statusChanged') > before);
    assert.equal((await statusOf(editor))?.users, 2);
  });

  it('gets nothing for a document that is none of ours', async () => {
    const editor = await start();
    await editor.open('untitled:Untitled-1', 'name: build\n', 'yaml');
    assert.equal(await statusOf(editor, 'untitled:Untitled-1'), null);
  });
});

describe('a code lens', () => {
  interface Lens {
    readonly command?: { readonly title: string; readonly command: string; readonly arguments?: unknown[] };
  }

  async function lensOf(editor: Editor): Promise<Lens> {
    const [lens] = await editor.connection.sendRequest<Lens[]>('textDocument/codeLens', {
      textDocument: { uri },
    });
    return editor.connection.sendRequest('codeLens/resolve', lens);
  }

  const passive = `CsWebServiceConfiguration:
  - { Identity: Global, UseWsFedPassiveAuth: true }
`;

  it('lists the people whom it counts, in a client that can', async () => {
    const editor = await start({ initializationOptions: { commands: ['lync.showUsers'] } });
    await editor.open(uri, ken + ann + passive);
    await editor.settled();
    const { command } = await lensOf(editor);
    assert.equal(command?.title, '2 users, all with two factors');
    assert.equal(command.command, 'lync.showUsers');
    const users = await editor.connection.sendRequest<{ total: number }>(
      'lync/usersOf',
      command.arguments?.[0],
    );
    assert.equal(users.total, 2);
  });

  it('is text in any other', async () => {
    const editor = await start();
    await editor.open(uri, ken + ann);
    await editor.settled();
    const { command } = await lensOf(editor);
    assert.deepEqual(command, { title: '2 users', command: '' });
  });

  it('is not there when lenses are switched off', async () => {
    const editor = await start({ settings: { codeLens: false } });
    await editor.open(uri, ken);
    await editor.settled();
    assert.equal(
      await editor.connection.sendRequest('textDocument/codeLens', { textDocument: { uri } }),
      null,
    );
  });
});

describe('code lenses and inlay hints', () => {
  it('are asked for again when another file may have changed them', async () => {
    const { workspace, ...others } = pullingCapabilities;
    const refreshing = { codeLens: { refreshSupport: true }, inlayHint: { refreshSupport: true } };
    const editor = await start({ capabilities: { ...others, workspace: { ...workspace, ...refreshing } } });
    await editor.open(uri, ken);
    for (const what of ['workspace/codeLens/refresh', 'workspace/inlayHint/refresh'])
      await editor.until(() => editor.heard(what) > 0);
  });

  it('are left alone in a client that cannot', async () => {
    const editor = await start();
    await editor.open(uri, ken.replace(' }', ', Nonsense: 1 }'));
    await editor.finds(uri, 'no-unknown-property Nonsense');
    assert.equal(editor.heard('workspace/codeLens/refresh'), 0);
  });
});

describe('what takes long', () => {
  it('shows its progress, and can be stopped', async () => {
    const { workspace } = usualCapabilities;
    // A file that comes late: somebody is told that files are being read, and does not want to wait.
    let letGo = (): void => undefined;
    const late = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    const virtual = new Map([
      ['memfs:/contoso/a.lync.yaml', ken],
      ['memfs:/contoso/b.lync.yaml', `CsUser:\n${ann}`],
    ]);
    const read: string[] = [];
    const editor = await start({
      folders: ['memfs:/contoso'],
      capabilities: { workspace: workspace ?? {}, window: { workDoneProgress: true } },
      virtual,
      answers: {
        'lync/readFile': async ({ uri: asked }: { uri: string }) => {
          read.push(asked);
          await late;
          return virtual.get(asked) ?? null;
        },
      },
    });
    await editor.until(() => editor.progress.length > 0);
    const [shown] = editor.progress;
    assert.equal(shown?.title, 'Reading Lync files');
    await editor.connection.sendNotification('window/workDoneProgress/cancel', { token: shown.token });
    letGo();
    await editor.until(() => editor.progress[0]?.isDone === true);
    assert.equal(read.length, 1);
  });
});
