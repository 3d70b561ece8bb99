import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DiagnosticSeverity, FileChangeType, type Diagnostic } from 'vscode-languageserver/node';
import { diagnostics } from '../../server/src/features/diagnostics.ts';
import { toUri } from '../../server/src/disk.ts';
import { positionAt } from '../features/cursor.ts';
import { projectWith } from '../samples.ts';
import { Editor, usualCapabilities, type EditorOptions } from './editor.ts';

const running: Editor[] = [];

async function start(options: EditorOptions = {}): Promise<Editor> {
  const editor = await Editor.start(options);
  running.push(editor);
  return editor;
}

const pools = `CsWebServiceConfiguration:
  - Identity: Service:WebServer:pool01.contoso.com
    UseWsFedPassiveAuth: true
    WsFedPassiveMetadataUri: https://sts.contoso.com/federationmetadata/2007-06/federationmetadata.xml
    UseWindowsAuth: None
    DefaultValidityPeriodHours: 24
    UseCertificateAuth: false
    UsePinAuth: false
`;
const policies = `CsUserServicesPolicy:
  - { Identity: Global, UcsAllowed: true }
  # lync-disable-next-line no-unused-policy
  - { Identity: Tag:SmartCard, UcsAllowed: false }
`;
const ken = `CsUser:
  - SipAddress: sip:ken@contoso.com
    RegistrarPool: pool01.contoso.com
`;
const kensContacts = 'no-ucs-with-2fa sip:ken@contoso.com';

/** A file with one error that depends on nothing else. */
const wrong = 'CsUser:\n  - { SipAddress: sip:ann@contoso.com, Nonsense: 1 }\n';

function messageOf(diagnostic: Diagnostic | undefined): string {
  return typeof diagnostic?.message === 'string' ? diagnostic.message : '';
}

function severityOf(editor: Editor, uri: string): DiagnosticSeverity | undefined {
  return editor.diagnostics(uri).find(({ code }) => code === 'no-unknown-property')?.severity;
}

afterEach(async () => {
  await Promise.all(running.splice(0).map((editor) => editor.stop()));
});

describe('the server', () => {
  it('says what it can do', async () => {
    const editor = await start();
    const { capabilities, serverInfo } = editor.initialized ?? {};
    assert.equal(serverInfo?.name, 'lync-language-server');
    assert.deepEqual(capabilities?.codeActionProvider, {
      codeActionKinds: ['quickfix', 'source.fixAll.lync'],
      resolveProvider: true,
    });
    assert.equal(capabilities.hoverProvider, true);
  });

  it('publishes the findings of an open file with its version, and follows edits', async () => {
    const editor = await start({ folders: ['file:///nowhere'] });
    const uri = 'file:///nowhere/users.lync.yaml';
    await editor.open(uri, pools + policies + ken);
    await editor.finds(uri, 'policy-reaches-2fa-users true', kensContacts);
    const [found] = editor.diagnostics(uri).filter(({ code }) => code === 'no-ucs-with-2fa');
    assert.equal(found?.severity, DiagnosticSeverity.Error);
    assert.match(found.codeDescription?.href ?? '', /\/no-ucs-with-2fa\.md$/);
    assert.equal(found.relatedInformation?.length, 2);

    await editor.replace(uri, 'UcsAllowed: true', 'UcsAllowed: false');
    await editor.finds(uri);
    assert.equal(editor.published.get(uri)?.version, 2);
  });

  it('reads edits with CRLF and emoji as the editor counts them', async () => {
    const editor = await start({ folders: ['file:///nowhere'] });
    const uri = 'file:///nowhere/users.lync.yaml';
    const text = `# 🔑 keys\n${pools}${policies}${ken}    DisplayName: '👩‍🔬 Ken' # 長田\n${wrong.slice(8)}`;
    await editor.open(uri, text.replaceAll('\n', '\r\n'));
    await editor.replace(uri, '🔑', '🗝️🔑');
    await editor.replace(uri, '👩‍🔬 Ken', '👩‍🔬🔬');
    await editor.replace(uri, 'Nonsense: 1', 'Nonsense: 1, MoreNonsense: 2');
    await editor.replace(uri, '\r\n    DisplayName', '\r\n    # 🔑\r\n    DisplayName');
    await editor.finds(uri, 'policy-reaches-2fa-users true', kensContacts, 'no-unknown-property Nonsense');
    assert.match(messageOf(editor.diagnostics(uri).at(-1)), /'Nonsense'.*'MoreNonsense'/);
    const fresh = projectWith(new Map([[uri, editor.texts.get(uri) ?? '']]));
    assert.deepEqual(editor.diagnostics(uri), diagnostics(fresh, uri, { limit: 1000 }));
  });

  it('answers hovers, in the text as it is', async () => {
    const editor = await start({ folders: ['file:///nowhere'] });
    const uri = 'file:///nowhere/users.lync.yaml';
    await editor.open(uri, ken);
    await editor.edit(uri, 0, 0, '# more\n');
    const position = positionAt(editor.texts.get(uri) ?? '', editor.texts.get(uri)?.indexOf('ken@') ?? 0);
    const found = await editor.hover(uri, position);
    assert.deepEqual(found?.range, {
      start: { line: 2, character: 16 },
      end: { line: 2, character: 35 },
    });
    assert.equal(await editor.hover(uri, { line: 0, character: 0 }), null);
    assert.equal(await editor.hover('file:///nowhere/none.lync.yaml', position), null);
  });

  it('fixes: what an editor applies makes the finding go away', async () => {
    const editor = await start({ folders: ['file:///nowhere'] });
    const [users, rest] = ['file:///nowhere/users.lync.yaml', 'file:///nowhere/policies.lync.yaml'];
    const more = `  - { SipAddress: sip:ann@contoso.com, RegistrarPool: pool01.contoso.com }
  - { SipAddress: sip:don@contoso.com, RegistrarPool: pool02.contoso.com }
`;
    await editor.open(rest, pools + policies);
    await editor.open(users, ken + more);
    await editor.finds(users, kensContacts, 'no-ucs-with-2fa sip:ann@contoso.com');
    const [first] = editor.diagnostics(users).filter(({ code }) => code === 'no-ucs-with-2fa');
    assert.ok(first);

    const actions = await editor.actions(users, first.range);
    const all = actions.find(({ title }) => title.startsWith('Fix all'));
    assert.ok(all && all.edit === undefined);
    const [one] = actions;
    assert.ok(one);
    await editor.apply(one);
    await editor.finds(users, 'no-ucs-with-2fa sip:ann@contoso.com');
    // Asked for before the other fix: it is worked out for the text as it is now.
    await editor.apply(all);
    await editor.finds(users);
  });

  it('looks up what comes back with a code action, and edits nothing for what it does not know', async () => {
    const editor = await start({ folders: ['file:///nowhere'] });
    await editor.open('file:///nowhere/users.lync.yaml', pools + policies + ken);
    const title = 'Fix all';
    for (const data of [
      null,
      1,
      'x',
      [],
      { uri: 1 },
      { uri: 'file:///etc/passwd', rule: 'x', scope: 'file' },
    ])
      assert.deepEqual(await editor.resolve({ title, data }), { title, data });
  });

  it('brings findings up to date in one file when another changes', async () => {
    const editor = await start({ folders: ['file:///nowhere'] });
    const [users, rest] = ['file:///nowhere/users.lync.yaml', 'file:///nowhere/policies.lync.yaml'];
    await editor.open(users, ken);
    await editor.open(rest, pools + policies);
    await editor.finds(users, kensContacts);
    await editor.replace(rest, 'UcsAllowed: true', 'UcsAllowed: false');
    await editor.finds(users);
    await editor.replace(rest, 'UcsAllowed: false', 'UcsAllowed: true');
    await editor.finds(users, kensContacts);
  });
});

describe('documents that are not files of a deployment', () => {
  it('are checked while they are untitled, if they hold a section that is known', async () => {
    const editor = await start();
    await editor.open('untitled:Untitled-1', '');
    await editor.edit('untitled:Untitled-1', 0, 0, wrong);
    await editor.finds('untitled:Untitled-1', 'no-unknown-property Nonsense');
    await editor.close('untitled:Untitled-1');
    await editor.finds('untitled:Untitled-1');
  });

  it('stand by themselves while they are untitled', async () => {
    const editor = await start({ folders: ['file:///nowhere'] });
    const copies = ['untitled:Untitled-1', 'untitled:Untitled-2', 'file:///nowhere/users.lync.yaml'];
    for (const uri of copies) await editor.open(uri, wrong);
    for (const uri of copies) await editor.finds(uri, 'no-unknown-property Nonsense');
  });

  it('are left alone, without a word, if they are plain YAML', async () => {
    const editor = await start({ folders: ['file:///nowhere'] });
    const plain = 'file:///nowhere/values.yaml';
    await editor.open(plain, 'services: {web: {image: [}\nCsDialPlan: 1\n\tx\n', 'yaml');
    await editor.settled();
    assert.equal(editor.published.has(plain), false);
    await editor.rewrite(plain, wrong);
    await editor.finds(plain, 'no-unknown-property Nonsense');
    await editor.rewrite(plain, 'services: [\n');
    await editor.finds(plain);
  });

  it('are one file, however a Windows path is written', async () => {
    const editor = await start({ folders: ['file:///C:/contoso'] });
    await editor.open('file:///c%3A/contoso/users.lync.yaml', ken);
    await editor.open('file:///C:/contoso/policies.lync.yaml', pools + policies);
    await editor.finds('file:///c%3A/contoso/users.lync.yaml', kensContacts);
    await editor.close('file:///C:/contoso/users.lync.yaml');
    await editor.finds('file:///c%3A/contoso/users.lync.yaml');
  });
});

describe('files on the disk', () => {
  let folder: string;
  let uriOf: (name: string) => string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lync-server-'));
    uriOf = (name) => toUri(join(folder, name));
  });
  afterEach(() => rm(folder, { recursive: true }));

  async function write(name: string, text: string): Promise<void> {
    await mkdir(join(folder, name, '..'), { recursive: true });
    await writeFile(join(folder, name), text);
  }

  const userRule = 'no-ucs-with-2fa';

  it('are read when the server starts, and checked though nobody opens them', async () => {
    await write('deep/users.lync.yaml', ken);
    await write('policies.lync.yaml', pools + policies);
    await write('node_modules/x/users.lync.yaml', wrong);
    await write('values.yaml', wrong);
    const editor = await start({ folders: [uriOf('.')] });
    await editor.finds(uriOf('deep/users.lync.yaml'), userRule);
    await editor.settled();
    assert.deepEqual(
      [...editor.published.keys()].sort(),
      [uriOf('deep/users.lync.yaml'), uriOf('policies.lync.yaml')].sort(),
    );
  });

  it('are as on the disk again when their document is closed', async () => {
    await write('users.lync.yaml', ken);
    await write('policies.lync.yaml', pools + policies);
    const editor = await start({ folders: [uriOf('.')] });
    const uri = uriOf('users.lync.yaml');
    await editor.finds(uri, userRule);
    await editor.open(uri, wrong);
    await editor.finds(uri, 'no-unknown-property Nonsense');
    await editor.close(uri);
    await editor.finds(uri, userRule);
  });

  it('are followed when they are created, changed and deleted', async () => {
    await write('policies.lync.yaml', pools + policies);
    const editor = await start({ folders: [uriOf('.')] });
    const [users, rest] = [uriOf('users.lync.yaml'), uriOf('policies.lync.yaml')];
    await editor.settled();
    await write('users.lync.yaml', ken);
    await editor.filesChanged(FileChangeType.Created, users);
    await editor.finds(users, userRule);
    await write('policies.lync.yaml', pools + policies.replace('true', 'false'));
    await editor.filesChanged(FileChangeType.Changed, rest);
    await editor.finds(users);
    await rm(join(folder, 'policies.lync.yaml'));
    await editor.filesChanged(FileChangeType.Deleted, rest);
    await write('users.lync.yaml', wrong);
    await editor.filesChanged(FileChangeType.Changed, users);
    await editor.finds(users, 'no-unknown-property');
    // It may be gone before the server comes to read it.
    await rm(join(folder, 'users.lync.yaml'));
    await editor.filesChanged(FileChangeType.Changed, users);
    await editor.finds(users);
  });

  it('are gone with the folder that they were in', async () => {
    await write('old/users.lync.yaml', wrong);
    await write('older/users.lync.yaml', wrong.replace('ann', 'bob'));
    const editor = await start({ folders: [uriOf('.')] });
    await editor.finds(uriOf('old/users.lync.yaml'), 'no-unknown-property');
    await rm(join(folder, 'old'), { recursive: true });
    await editor.filesChanged(FileChangeType.Deleted, uriOf('old'));
    await editor.finds(uriOf('old/users.lync.yaml'));
    assert.deepEqual(editor.found(uriOf('older/users.lync.yaml')), ['no-unknown-property']);
  });

  it('do not take the place of what is open', async () => {
    await write('users.lync.yaml', wrong);
    const editor = await start({ folders: [uriOf('.')] });
    const uri = uriOf('users.lync.yaml');
    await editor.open(uri, ken);
    await editor.finds(uri);
    await editor.filesChanged(FileChangeType.Changed, uri);
    await editor.filesChanged(FileChangeType.Deleted, uri);
    await editor.settled();
    assert.deepEqual(editor.found(uri), []);
  });

  it('belong to the deployment or not as lync.config.yaml says, while it is typed', async () => {
    await write('users.lync.yaml', wrong);
    await write('more.yaml', wrong.replace('ann', 'bob'));
    const editor = await start({ folders: [uriOf('.')] });
    const [users, more, config] = [uriOf('users.lync.yaml'), uriOf('more.yaml'), uriOf('lync.config.yaml')];
    await editor.finds(users, 'no-unknown-property');
    await editor.open(config, '');
    await editor.edit(config, 0, 0, "files: ['**/*.yaml']\n");
    await editor.finds(more, 'no-unknown-property');
    await editor.rewrite(config, 'exclude: [users.lync.yaml]\nrules: { no-such-rule: off }\n');
    await editor.finds(users);
    await editor.finds(more);
    await editor.finds(config, 'valid-configuration no-such-rule');
    await editor.rewrite(config, 'rules: { no-unknown-property: hint }\n');
    await editor.until(() => severityOf(editor, users) === DiagnosticSeverity.Hint);
    await editor.finds(config);
    // Closed without having been saved: there is no such file.
    await editor.rewrite(config, 'exclude: [users.lync.yaml]\n');
    await editor.finds(users);
    await editor.close(config);
    await editor.until(() => severityOf(editor, users) === DiagnosticSeverity.Error);
  });

  it('belong to the deployment as lync.config.yaml says when it is opened with changes that are not saved', async () => {
    await write('more.yaml', wrong);
    await write('lync.config.yaml', '');
    const editor = await start({ folders: [uriOf('.')] });
    await editor.settled();
    await editor.open(uriOf('lync.config.yaml'), 'files: [more.yaml]\n');
    await editor.finds(uriOf('more.yaml'), 'no-unknown-property');
  });

  it('make a deployment of their own below a lync.config.yaml, which may come and go', async () => {
    await write('policies.lync.yaml', pools + policies);
    await write('lab/users.lync.yaml', ken);
    const editor = await start({ folders: [uriOf('.')] });
    const users = uriOf('lab/users.lync.yaml');
    await editor.finds(users, userRule);
    await write('lab/lync.config.yaml', '');
    await editor.filesChanged(FileChangeType.Created, uriOf('lab/lync.config.yaml'));
    await editor.finds(users);
    await rm(join(folder, 'lab/lync.config.yaml'));
    await editor.filesChanged(FileChangeType.Deleted, uriOf('lab/lync.config.yaml'));
    await editor.finds(users, userRule);
  });

  it('make a deployment for each workspace folder; folders may be added and removed', async () => {
    await write('one/users.lync.yaml', ken);
    await write('two/policies.lync.yaml', pools + policies);
    await write('two/users.lync.yaml', ken);
    const editor = await start({ folders: [uriOf('one')] });
    const [one, two] = [uriOf('one/users.lync.yaml'), uriOf('two/users.lync.yaml')];
    await editor.foldersChanged([uriOf('two')], []);
    await editor.finds(two, userRule);
    assert.deepEqual(editor.found(one), []);
    await editor.foldersChanged([], [uriOf('two')]);
    await editor.finds(two);
  });

  it('are read for a client that names a root and no folders', async () => {
    await write('users.lync.yaml', wrong);
    const editor = await start({ folders: null, rootUri: uriOf('.'), capabilities: {} });
    await editor.finds(uriOf('users.lync.yaml'), 'no-unknown-property');
    assert.deepEqual(editor.registered, []);
    assert.deepEqual(editor.log, []);
  });

  it('are read though the client refuses to be registered with and to be configured', async () => {
    await write('users.lync.yaml', wrong);
    const refuse = (): never => {
      throw new Error('not supported');
    };
    const editor = await start({
      folders: [uriOf('.')],
      answers: { 'client/registerCapability': refuse, 'workspace/configuration': refuse },
    });
    await editor.finds(uriOf('users.lync.yaml'), 'no-unknown-property');
  });

  it('are watched where the client can, with what is deleted above them', async () => {
    const editor = await start({ folders: [uriOf('.')] });
    await editor.settled();
    const watched = JSON.stringify(editor.registered);
    assert.match(watched, /"globPattern":"\*\*\/\*\.\{yaml,yml\}"/);
    assert.match(watched, /"globPattern":"\*\*","kind":4/);
  });

  it('are not asked to be registered for by a client that cannot', async () => {
    await write('users.lync.yaml', wrong);
    const editor = await start({
      folders: [uriOf('.')],
      capabilities: { workspace: { configuration: true } },
      settings: { maxFindingsPerFile: 1 },
    });
    await editor.until(() => editor.diagnostics(uriOf('users.lync.yaml')).length === 2);
    assert.match(messageOf(editor.diagnostics(uriOf('users.lync.yaml'))[0]), /^1 more finding/);
    assert.deepEqual(editor.registered, []);
  });
});

describe('files that only the editor can reach', () => {
  const folder = 'vscode-vfs://github/contoso/lync';
  const files = (): Map<string, string> =>
    new Map([
      [`${folder}/policies.lync.yaml`, pools + policies],
      [`${folder}/users.lync.yaml`, ken],
    ]);

  it('are asked for', async () => {
    const editor = await start({ folders: [folder], virtual: files() });
    await editor.finds(`${folder}/users.lync.yaml`, 'no-ucs-with-2fa');
    editor.virtual.set(`${folder}/users.lync.yaml`, wrong);
    await editor.filesChanged(FileChangeType.Changed, `${folder}/users.lync.yaml`);
    await editor.finds(`${folder}/users.lync.yaml`, 'no-unknown-property');
  });

  it('are left out if the editor fails to read them, and the others are read', async () => {
    const virtual = files();
    const editor = await start({
      folders: [folder],
      virtual,
      answers: {
        'lync/readFile': ({ uri }: { uri: string }) => {
          if (uri.endsWith('/broken.lync.yaml')) throw new Error('no such file');
          return virtual.get(uri) ?? null;
        },
        'lync/listFiles': () => [`${folder}/broken.lync.yaml`, ...virtual.keys()],
      },
    });
    await editor.finds(`${folder}/users.lync.yaml`, 'no-ucs-with-2fa');
  });

  it('may fail to be listed, and the server stays up', async () => {
    const editor = await start({
      folders: [folder],
      virtual: files(),
      answers: {
        'lync/listFiles': () => {
          throw new Error('offline');
        },
      },
    });
    await editor.foldersChanged(['vscode-vfs://github/contoso/other'], []);
    await editor.open(`${folder}/lync.config.yaml`, 'rules: {}\n');
    await editor.edit(`${folder}/lync.config.yaml`, 0, 0, '# more\n');
    await editor.open(`${folder}/users.lync.yaml`, wrong);
    await editor.finds(`${folder}/users.lync.yaml`, 'no-unknown-property Nonsense');
  });

  it('stay, if an earlier list of them comes late', async () => {
    const other = 'vscode-vfs://github/contoso/other';
    const virtual = new Map([...files(), [`${other}/users.lync.yaml`, wrong]]);
    let release: (() => void) | undefined;
    const editor = await start({
      folders: [folder],
      virtual,
      answers: {
        'lync/listFiles': async ({ folder: asked }: { folder: string }) => {
          // The first list takes until the editor has a second folder.
          if (asked === folder && !release)
            await new Promise<void>((go) => {
              release = go;
            });
          return [...virtual.keys()].filter((uri) => uri.startsWith(`${asked}/`));
        },
      },
    });
    await editor.settled();
    await editor.foldersChanged([other], []);
    await editor.settled();
    release?.();
    await editor.finds(`${folder}/users.lync.yaml`, 'no-ucs-with-2fa');
    await editor.finds(`${other}/users.lync.yaml`, 'no-unknown-property');
    await editor.settled();
    assert.deepEqual(editor.found(`${other}/users.lync.yaml`), ['no-unknown-property']);
  });
});

describe('settings', () => {
  const uri = 'file:///nowhere/users.lync.yaml';
  const three = `CsUser:\n${[1, 2, 3].map((n) => `  - { SipAddress: sip:u${n}@contoso.com, Nonsense: 1 }\n`).join('')}`;

  it('limit the findings of a file, at once', async () => {
    const editor = await start({ folders: ['file:///nowhere'], settings: { maxFindingsPerFile: 2 } });
    await editor.open(uri, three);
    await editor.until(() => editor.diagnostics(uri).length === 3);
    assert.match(messageOf(editor.diagnostics(uri)[0]), /^\d more findings? in this file/);
    await editor.configure({ maxFindingsPerFile: 100 });
    await editor.finds(uri, ...Array<string>(3).fill('no-unknown-property Nonsense'));
    await editor.configure({ maxFindingsPerFile: 'many' });
    await editor.settled();
    assert.equal(editor.found(uri).length, 3);
  });

  it('switch everything off and on, at once', async () => {
    const editor = await start({ folders: ['file:///nowhere'] });
    await editor.open(uri, pools + policies + ken);
    await editor.finds(uri, 'policy-reaches-2fa-users true', kensContacts);
    const range = { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } };
    assert.ok((await editor.actions(uri, range)).length > 0);
    await editor.configure({ enable: false });
    await editor.until(() => editor.diagnostics(uri).length === 0);
    assert.deepEqual(await editor.actions(uri, range), []);
    await editor.configure({ enable: true });
    await editor.finds(uri, 'policy-reaches-2fa-users true', kensContacts);
  });
});

describe('a document that is broken', () => {
  const cases: Readonly<Record<string, string>> = {
    binary: `\u0000\u0001\u007FELF${'\uFFFD\u0000'.repeat(1000)}`,
    truncated: `${pools}CsUser:\n  - SipAddress: "sip:ke`,
    'full of tabs': `CsUser:\n\t- SipAddress: sip:ken@contoso.com\n\t  Enabled:\ttrue\n`,
    'nothing but 100,000 brackets': '['.repeat(100_000),
    'full of aliases to nothing': 'CsUser: [*a, *b, *c]\n<<: *d\n',
  };
  for (const [name, text] of Object.entries(cases))
    it(`leaves the server up, and is reported: ${name}`, async () => {
      const editor = await start({ folders: ['file:///nowhere'] });
      const uri = 'file:///nowhere/broken.lync.yaml';
      await editor.open(uri, text);
      await editor.until(() => editor.diagnostics(uri).some(({ code }) => code === 'yaml-syntax'));
      assert.ok(editor.diagnostics(uri).length < 50);
      const range = { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } };
      await editor.actions(uri, range);
      await editor.hover(uri, { line: 1, character: 5 });
      await editor.rewrite(uri, wrong);
      await editor.finds(uri, 'no-unknown-property Nonsense');
      assert.deepEqual(editor.log, []);
    });

  it('may be the configuration: what can be read of it applies', async () => {
    const editor = await start({ folders: ['file:///nowhere'] });
    const [users, config] = ['file:///nowhere/users.lync.yaml', 'file:///nowhere/lync.config.yaml'];
    await editor.open(users, wrong);
    await editor.open(config, 'rules: { no-unknown-property: off }\nfiles: [ "unclosed\n');
    await editor.until(() => editor.diagnostics(config).some(({ code }) => code === 'valid-configuration'));
    await editor.finds(users);
    await editor.rewrite(config, '['.repeat(100_000));
    await editor.rewrite(config, '');
    await editor.finds(users, 'no-unknown-property Nonsense');
  });
});

describe('requests that make no sense', () => {
  it('are answered with nothing, and the server stays up', async () => {
    const editor = await start({ capabilities: usualCapabilities });
    const nowhere = { start: { line: -1, character: -1 }, end: { line: -5, character: 1e9 } };
    assert.equal(await editor.hover('', { line: 0, character: 0 }), null);
    assert.equal(await editor.hover('no uri at all: [', { line: 0, character: 0 }), null);
    assert.deepEqual(await editor.actions('file:///nowhere/a.lync.yaml', nowhere), []);
    await editor.connection.sendNotification('textDocument/didChange', {
      textDocument: { uri: 'file:///never/opened.lync.yaml', version: 1 },
      contentChanges: [{ text: wrong }],
    });
    await editor.connection.sendNotification('textDocument/didClose', {
      textDocument: { uri: 'file:///never/opened2.lync.yaml' },
    });
    await editor.settled();
  });
});
