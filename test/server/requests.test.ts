import assert from 'node:assert/strict';
import type { Location, Position, WorkspaceEdit } from 'vscode-languageserver/node';
import { rules } from '../../server/src/rules/index.ts';
import { appliedTo } from '../features/apply.ts';
import { positionAt } from '../features/cursor.ts';
import { Editor, type EditorOptions } from './editor.ts';

const folder = 'memfs:/contoso';
const policies = `${folder}/policies.lync.yaml`;
const users = `${folder}/users.lync.yaml`;
const policyText = `CsClientPolicy:
  - Identity: Tag:Sales
    DisplayPhoto: NoPhoto
CsOAuthServer:
  - Identity: Exchange
    MetadataUrl: https://autodiscover.contoso.com/metadata/json/1
`;
const userText = `CsUser:
  - SipAddress: sip:ken@contoso.com
    ClientPolicy: sales
  - SipAddress: sip:ann@contoso.com
    ClientPolicy: Sales
`;

const running: Editor[] = [];

async function start(options: EditorOptions = {}): Promise<Editor> {
  const editor = await Editor.start({
    folders: [folder],
    virtual: new Map([
      [policies, policyText],
      [users, userText],
    ]),
    ...options,
  });
  running.push(editor);
  await editor.open(users, userText);
  return editor;
}

afterEach(async () => {
  await Promise.all(running.splice(0).map((editor) => editor.stop()));
});

/** Asks at the first occurrence of some text in a document. */
function ask<T>(editor: Editor, method: string, uri: string, text: string, more: object = {}): Promise<T> {
  const all = uri === users ? userText : policyText;
  const position: Position = positionAt(all, all.indexOf(text) + 1);
  return editor.connection.sendRequest(method, { textDocument: { uri }, position, ...more });
}

describe('an editor', () => {
  it('goes from a name to what it names, in a file that nobody has opened', async () => {
    const editor = await start();
    await editor.settled();
    const found = await ask<Location[]>(editor, 'textDocument/definition', users, 'sales');
    assert.deepEqual(found, [
      { uri: policies, range: { start: { line: 1, character: 18 }, end: { line: 1, character: 23 } } },
    ]);
  });

  it('gets links where it takes them', async () => {
    const editor = await start({ capabilities: { textDocument: { definition: { linkSupport: true } } } });
    await editor.settled();
    const [link] = await ask<{ targetUri?: string }[]>(editor, 'textDocument/definition', users, 'sales');
    assert.equal(link?.targetUri, policies);
  });

  it('finds all places that name something, right behind the start', async () => {
    const editor = await start();
    const context = { includeDeclaration: true };
    const found = await ask<Location[]>(editor, 'textDocument/references', users, 'sales', { context });
    assert.deepEqual(
      found.map(({ uri, range }) => `${uri.split('/').at(-1) ?? ''}:${range.start.line}`),
      ['policies.lync.yaml:1', 'users.lync.yaml:2', 'users.lync.yaml:4'],
    );
  });

  it('renames everywhere, for the versions that are open', async () => {
    const editor = await start();
    const edit = await ask<WorkspaceEdit>(editor, 'textDocument/rename', users, 'sales', {
      newName: 'Tag:Marketing',
    });
    const versions = new Map<string, number | null>();
    const texts = new Map([
      [users, userText],
      [policies, policyText],
    ]);
    for (const change of edit.documentChanges ?? []) {
      assert.ok('edits' in change);
      const { uri, version } = change.textDocument;
      versions.set(uri, version);
      texts.set(uri, appliedTo(texts.get(uri) ?? '', change.edits as never));
    }
    assert.deepEqual(
      [...versions],
      [
        [policies, null],
        [users, 1],
      ],
    );
    assert.equal(texts.get(users), userText.replaceAll(/sales/gi, 'Marketing'));
    assert.equal(texts.get(policies), policyText.replace('Tag:Sales', 'Tag:Marketing'));
  });

  it('is told why something is not renamed', async () => {
    const editor = await start();
    await assert.rejects(
      ask(editor, 'textDocument/rename', users, 'sales', { newName: 'Global' }),
      /'Global'/,
    );
    const nowhere = ask(editor, 'textDocument/prepareRename', users, 'CsUser');
    assert.equal(await nowhere, null);
  });

  it('sees where else in the document the same stands', async () => {
    const editor = await start();
    const found = await ask<unknown[]>(editor, 'textDocument/documentHighlight', users, 'sales');
    assert.equal(found.length, 2);
  });

  it('explains a user', async () => {
    const editor = await start();
    await editor.settled();
    const found = await ask<{ title: string; markdown: string }>(editor, 'lync/explain', users, 'sip:ken');
    assert.match(found.title, /sip:ken@contoso\.com/);
    assert.match(found.markdown, /ClientPolicy/);
  });

  it('gets the page of a rule', async () => {
    const editor = await start();
    const known = await editor.connection.sendRequest<{ id: string }[]>('lync/rules');
    assert.deepEqual(
      known.map(({ id }) => id),
      rules.map(({ id }) => id),
    );
    const page = await editor.connection.sendRequest<{ markdown: string }>('lync/rulePage', {
      id: 'no-ucs-with-2fa',
    });
    assert.match(page.markdown, /^# no-ucs-with-2fa\n.*Invoke-CsUcsRollback/s);
    assert.equal(await editor.connection.sendRequest('lync/rulePage', { id: 'no-such' }), null);
  });

  it('imports into the files that it has, open or not', async () => {
    const editor = await start();
    const content = Buffer.from('[{"SipAddress":"sip:KEN@contoso.com","ClientPolicy":"Pilot"}]').toString(
      'base64',
    );
    const found = await editor.connection.sendRequest<{ edit: WorkspaceEdit; summary: string }>(
      'lync/import',
      {
        files: [{ name: 'users.json', content }],
        folder: `${folder}/`,
      },
    );
    assert.equal(found.summary, "No objects added, 1 changed, none removed in 'contoso'.");
    const range = { start: { line: 2, character: 18 }, end: { line: 2, character: 23 } };
    assert.deepEqual(found.edit.documentChanges, [
      {
        textDocument: { uri: users, version: 1 },
        edits: [{ range, newText: 'Pilot', annotationId: 'lync' }],
      },
    ]);
    assert.equal(await editor.connection.sendRequest('lync/import', { folder }), null);
    const damaged = { files: [{ name: 'users.json', content: '%' }], folder };
    assert.equal(await editor.connection.sendRequest('lync/import', damaged), null);
  });

  it('gets a picture of the deployment', async () => {
    const editor = await start();
    assert.equal(await ask(editor, 'lync/topologyPicture', users, 'sip:ken'), null, 'No pool is named.');
    await editor.edit(users, userText.length, userText.length, '    RegistrarPool: pool01.contoso.com\n');
    const found = await ask<{ title: string; svg: string }>(editor, 'lync/topologyPicture', users, 'sip:ken');
    assert.equal(found.title, 'Topology of contoso');
    assert.match(found.svg, /^<svg .*pool01\.contoso\.com.*<\/svg>$/s);
  });

  it('folds, selects, links and indents', async () => {
    const editor = await start();
    await editor.settled();
    const folds = await ask<unknown[]>(editor, 'textDocument/foldingRange', users, 'CsUser');
    assert.equal(folds.length, 3);
    const positions = [{ line: 2, character: 20 }];
    const [selection] = await ask<{ parent?: unknown }[]>(
      editor,
      'textDocument/selectionRange',
      users,
      'sip',
      {
        positions,
      },
    );
    assert.ok(selection?.parent);
    const links = await ask<{ target: string }[]>(editor, 'textDocument/documentLink', policies, 'Cs');
    assert.deepEqual(
      links.map(({ target }) => target),
      ['https://autodiscover.contoso.com/metadata/json/1'],
    );
    await editor.edit(users, userText.length, userText.length, '\n');
    const edits = await editor.connection.sendRequest('textDocument/onTypeFormatting', {
      textDocument: { uri: users },
      position: { line: 6, character: 0 },
      ch: '\n',
      options: { tabSize: 2, insertSpaces: true },
    });
    assert.deepEqual(edits, null, "behind a blank line the indentation is the writer's");
  });

  it('is answered with nothing for a document that is none of ours', async () => {
    const editor = await start();
    const uri = 'untitled:Untitled-1';
    await editor.open(uri, 'name: build\n', 'yaml');
    for (const method of ['definition', 'references', 'documentHighlight', 'foldingRange', 'documentLink']) {
      const params = { textDocument: { uri }, position: { line: 0, character: 1 }, context: {} };
      assert.equal(await editor.connection.sendRequest(`textDocument/${method}`, params), null, method);
    }
  });
});

describe('an editor that writes', () => {
  it('is offered what fits, as snippets only where it knows them', async () => {
    for (const snippetSupport of [true, false]) {
      const editor = await start({
        capabilities: { textDocument: { completion: { completionItem: { snippetSupport } } } },
      });
      await editor.settled();
      const list = await ask<{ items: { label: string; insertTextFormat?: number }[] }>(
        editor,
        'textDocument/completion',
        users,
        'sales',
      );
      assert.ok(list.items.some(({ label }) => label === 'Sales'));
      const below = await editor.connection.sendRequest<typeof list>('textDocument/completion', {
        textDocument: { uri: users },
        position: { line: 5, character: 0 },
      });
      assert.ok(below.items.length > 0);
      assert.equal(
        below.items.some(({ insertTextFormat }) => insertTextFormat === 2),
        snippetSupport,
      );
    }
  });

  it('sees which policy applies where none is named, if that is wanted', async () => {
    const range = { start: { line: 0, character: 0 }, end: { line: 9, character: 0 } };
    const empty = userText.replace(
      'ClientPolicy: sales',
      'RegistrarPool: pool01.contoso.com\n    ClientPolicy:',
    );
    for (const [settings, count] of [
      [{}, 1],
      [{ inlayHints: { effectivePolicies: false } }, 0],
    ] as const) {
      const editor = await start({ settings });
      await editor.rewrite(users, empty);
      await editor.settled();
      const hints = await editor.connection.sendRequest<unknown[]>('textDocument/inlayHint', {
        textDocument: { uri: users },
        range,
      });
      assert.equal(hints.length, count);
    }
  });

  it('has an outline as long as is set, and finds objects by name in all files', async () => {
    const editor = await start({ settings: { maxSymbolsPerFile: 1 } });
    await editor.settled();
    const [section] = await ask<{ detail: string; children: unknown[] }[]>(
      editor,
      'textDocument/documentSymbol',
      users,
      'CsUser',
    );
    assert.equal(section?.children.length, 1);
    const found = await editor.connection.sendRequest<{ name: string }[]>('workspace/symbol', {
      query: 'ann',
    });
    assert.deepEqual(
      found.map(({ name }) => name),
      ['sip:ann@contoso.com', 'Exchange'].slice(0, found.length),
    );
  });
});

describe('a script for the servers', () => {
  const passive = `CsWebServiceConfiguration:
  - { Identity: Global, UseWsFedPassiveAuth: true }
CsUserServicesPolicy:
  - { Identity: Global, UcsAllowed: true }
  - { Identity: Tag:SmartCard, UcsAllowed: false }
`;

  function scriptFor(editor: Editor, kind: string): Promise<{ script: string; summary: string } | null> {
    return editor.connection.sendRequest('lync/remediationScript', {
      textDocument: { uri: users },
      scope: { kind },
    });
  }

  it('is written for what is found, right behind the start', async () => {
    const virtual = new Map([
      [policies, passive],
      [users, userText],
    ]);
    const editor = await start({ virtual });
    await editor.rewrite(users, userText.replaceAll('ClientPolicy: ', 'RegistrarPool: '));
    const answer = await scriptFor(editor, 'file');
    assert.match(answer?.script ?? '', /UcsAllowed = \$false/);
    assert.match(answer?.summary ?? '', /1 policy; run it with -WhatIf first/);
  });

  it('is none where there is nothing to do, or nobody knows for what', async () => {
    const editor = await start();
    assert.equal(await scriptFor(editor, 'deployment'), null);
    assert.equal(await scriptFor(editor, 'everything'), null);
  });
});

describe("a document that Red Hat's extension checks by our schema", () => {
  const shared = 'file:///nowhere/users.lync.yaml';
  const initializationOptions = { hasYamlExtension: true };

  async function answersFor(languageId: string): Promise<boolean[]> {
    const editor = await start({ initializationOptions });
    const text = `${policyText}CsUser:
  - SipAddress: sip:ken@contoso.com
    ClientPolicy: Sales
    Enabled: true
`;
    await editor.open(shared, text, languageId);
    const has = async (method: string, marker: string): Promise<boolean> => {
      const found = await editor.connection.sendRequest<object | null>(`textDocument/${method}`, {
        textDocument: { uri: shared },
        position: positionAt(text, text.indexOf(marker) + 1),
      });
      return found !== null;
    };
    return [
      await has('hover', 'ClientPolicy:'),
      await has('completion', 'Enabled'),
      await has('completion', 'true'),
      await has('hover', 'sip:ken'),
      await has('completion', 'Sales\n    Enabled'),
    ];
  }

  it('gets from us only what a schema cannot know', async () => {
    assert.deepEqual(await answersFor('yaml'), [false, false, false, true, true]);
  });

  it('gets all from us where it has our language, which that extension leaves alone', async () => {
    assert.deepEqual(await answersFor('lync-yaml'), [true, true, true, true, true]);
  });
});
