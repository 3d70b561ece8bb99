import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DocumentDiagnosticReport } from 'vscode-languageserver/node';
import { toUri } from '../../server/src/disk.ts';
import { Editor, pullingCapabilities, type EditorOptions } from './editor.ts';

const folder = 'file:///nowhere';
const users = `${folder}/users.lync.yaml`;
const policies = `${folder}/policies.lync.yaml`;
const pools = `CsWebServiceConfiguration:
  - Identity: Service:WebServer:pool01.contoso.com
    UseWsFedPassiveAuth: true
    WsFedPassiveMetadataUri: https://sts.contoso.com/federationmetadata/2007-06/federationmetadata.xml
    UseWindowsAuth: None
    DefaultValidityPeriodHours: 24
    UseCertificateAuth: false
    UsePinAuth: false
CsUserServicesPolicy:
  - { Identity: Global, UcsAllowed: true }
`;
const ken = `CsUser:
  - SipAddress: sip:ken@contoso.com
    RegistrarPool: pool01.contoso.com
`;

const running: Editor[] = [];

async function start(options: EditorOptions = {}): Promise<Editor> {
  const editor = await Editor.start({ folders: [folder], capabilities: pullingCapabilities, ...options });
  running.push(editor);
  return editor;
}

afterEach(async () => {
  await Promise.all(running.splice(0).map((editor) => editor.stop()));
});

/** The rules that a report has something from. */
function rulesIn(report: DocumentDiagnosticReport): string[] {
  assert.equal(report.kind, 'full');
  return report.items.map(({ code }) => String(code)).filter((code) => code !== 'incomplete-deployment');
}

/** Asks until a file has these findings: what another file changes takes a moment to be known. */
async function pullsFinally(editor: Editor, uri: string, ...expected: string[]): Promise<void> {
  for (;;) {
    const found = rulesIn(await editor.pull(uri));
    if (JSON.stringify(found) === JSON.stringify(expected)) return;
    const before = editor.heard('workspace/diagnostic/refresh');
    await editor.until(
      () => editor.heard('workspace/diagnostic/refresh') > before,
      () => `${uri} has ${found.join(', ')}.`,
    );
  }
}

describe('a client that asks for findings', () => {
  it('is told that it can, and that files depend on each other', async () => {
    const editor = await start();
    assert.deepEqual(editor.initialized?.capabilities.diagnosticProvider, {
      identifier: 'lync',
      interFileDependencies: true,
      workspaceDiagnostics: true,
    });
  });

  it('gets them with a number, and hears that nothing has changed', async () => {
    const editor = await start();
    await editor.open(users, pools + ken);
    await pullsFinally(editor, users, 'policy-reaches-2fa-users', 'no-ucs-with-2fa');
    const { resultId } = await editor.pull(users);
    assert.ok(resultId !== undefined);
    assert.deepEqual(await editor.pull(users, resultId), { kind: 'unchanged', resultId });
  });

  it('gets those of the text as it is now, right behind an edit', async () => {
    const editor = await start();
    await editor.open(users, pools + ken);
    await pullsFinally(editor, users, 'policy-reaches-2fa-users', 'no-ucs-with-2fa');
    const { resultId } = await editor.pull(users);
    await editor.replace(users, 'UcsAllowed: true', 'UcsAllowed: false');
    assert.deepEqual(rulesIn(await editor.pull(users, resultId)), []);
  });

  it('is told to ask again when another file has changed what is found', async () => {
    const editor = await start();
    await editor.open(users, ken);
    await editor.open(policies, pools);
    await pullsFinally(editor, users, 'no-ucs-with-2fa');
    await editor.replace(policies, 'UcsAllowed: true', 'UcsAllowed: false');
    await pullsFinally(editor, users);
  });

  it('is never sent any', async () => {
    const editor = await start();
    await editor.open(users, pools + ken);
    await pullsFinally(editor, users, 'policy-reaches-2fa-users', 'no-ucs-with-2fa');
    assert.equal(editor.published.size, 0);
  });

  it('gets nothing for a document that is none of ours', async () => {
    const editor = await start();
    await editor.open('untitled:Untitled-1', 'name: build\n', 'yaml');
    assert.deepEqual(rulesIn(await editor.pull('untitled:Untitled-1')), []);
  });
});

describe('a client that asks for the findings of all files', () => {
  let disk: string;
  before(async () => {
    disk = await mkdtemp(join(tmpdir(), 'lync-pull-'));
    await writeFile(join(disk, 'users.lync.yaml'), ken);
    await writeFile(join(disk, 'policies.lync.yaml'), pools);
  });
  after(() => rm(disk, { recursive: true }));

  it('gets those of files that nobody has opened, and later what has changed', async () => {
    const editor = await start({ folders: [toUri(disk)] });
    const first = await editor.pullAll();
    const reported = first.items.map(({ uri }) => uri.split('/').at(-1));
    assert.deepEqual(reported.sort(), ['policies.lync.yaml', 'users.lync.yaml']);

    const known = first.items.map(({ uri, resultId }) => ({ uri, value: resultId ?? '' }));
    const later = editor.pullAll(known);
    await editor.open(toUri(join(disk, 'policies.lync.yaml')), pools.replace('true }', 'false }'));
    const news = new Map((await later).items.map((item) => [item.uri.split('/').at(-1), item]));
    const changed = news.get('users.lync.yaml');
    assert.deepEqual(changed && rulesIn(changed), []);
  });

  it('may take the question back', async () => {
    const editor = await start({ folders: [toUri(disk)] });
    const { items } = await editor.pullAll();
    const known = items.map(({ uri, resultId }) => ({ uri, value: resultId ?? '' }));
    const waiting = editor.pullAll(known);
    const another = editor.pullAll(known);
    assert.deepEqual(await waiting, { items: [] });
    await editor.open(toUri(join(disk, 'more.lync.yaml')), 'CsUser:\n  - { Nonsense: 1 }\n');
    assert.ok((await another).items.length > 0);
  });

  it('gets only those of open files, if that is what is set', async () => {
    const editor = await start({ folders: [toUri(disk)], settings: { checkedFiles: 'open' } });
    await editor.open(toUri(join(disk, 'users.lync.yaml')), ken);
    const { items } = await editor.pullAll();
    assert.deepEqual(
      items.map(({ uri }) => uri.split('/').at(-1)),
      ['users.lync.yaml'],
    );
  });
});

describe('mistakes in the YAML itself', () => {
  const broken = `${ken}  - SipAddress: "sip:half\n`;
  const shared = { hasYamlExtension: true };

  async function reports(languageId: string, settings: Record<string, unknown>): Promise<boolean> {
    const editor = await start({ settings, initializationOptions: shared });
    await editor.open(users, broken, languageId);
    const found = await editor.pull(users);
    assert.equal(found.kind, 'full');
    return found.items.some(({ code }) => code === 'yaml-syntax');
  }

  it('are left to the extension that checks plain YAML', async () => {
    assert.equal(await reports('yaml', {}), false);
  });

  it('are left to it with what our schema finds, where it has that', async () => {
    const editor = await start({ initializationOptions: shared });
    const text = 'CsUser:\n  - { SipAddress: sip:ken@contoso.com, Nonsense: 1 }\nCsUzer: []\n';
    await editor.open(users, text, 'yaml');
    await editor.open(`${folder}/export.yaml`, text.replace('ken', 'ann'), 'yaml');
    await pullsFinally(editor, users);
    await pullsFinally(editor, `${folder}/export.yaml`, 'no-unknown-property', 'no-unknown-section');
  });

  it('are reported in documents of our own language, whoever else is there', async () => {
    assert.equal(await reports('lync-yaml', {}), true);
  });

  it('are reported or not as is set', async () => {
    assert.equal(await reports('yaml', { yamlSyntaxErrors: 'on' }), true);
    assert.equal(await reports('lync-yaml', { yamlSyntaxErrors: 'off' }), false);
  });
});
