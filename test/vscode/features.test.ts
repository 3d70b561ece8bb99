import * as vscode from 'vscode';
import { equal, eventually, ok } from './expect.ts';
import { lineOf, openSample, positionIn } from './sample.ts';

/** Runs one of the editor's own commands that ask every provider there is. */
async function ask<T>(what: string, ...args: unknown[]): Promise<T> {
  return vscode.commands.executeCommand<T>(`vscode.execute${what}`, ...args);
}

/** Inserts text at the end of a document, and gives the position behind it. */
async function append(document: vscode.TextDocument, text: string): Promise<vscode.Position> {
  const edit = new vscode.WorkspaceEdit();
  const end = document.lineAt(document.lineCount - 1).range.end;
  edit.insert(document.uri, end, text);
  ok(await vscode.workspace.applyEdit(edit), 'the edit was refused');
  return document.lineAt(document.lineCount - 1).range.end;
}

function labels({ items }: vscode.CompletionList): string[] {
  return items.map(({ label }) => (typeof label === 'string' ? label : label.label));
}

describe('completion in the editor', () => {
  it('offers the policies that a user can have', async () => {
    const document = await openSample('branch.lync.yaml');
    const position = await append(
      document,
      '\n  - SipAddress: sip:new@contoso.com\n    UserServicesPolicy: ',
    );
    const found = await eventually('the policies', async () => {
      const list = await ask<vscode.CompletionList>('CompletionItemProvider', document.uri, position);
      return labels(list).includes('SmartCard') ? list : undefined;
    });
    ok(!labels(found).includes('Global'), `offered are ${labels(found).join(', ')}`);
    await vscode.commands.executeCommand('workbench.action.files.revert');
  });

  it('offers the keys that an entry does not have yet', async () => {
    const document = await openSample('branch.lync.yaml');
    const position = await append(document, '\n  - SipAddress: sip:new@contoso.com\n    ');
    const found = await eventually('the keys', async () => {
      const list = await ask<vscode.CompletionList>('CompletionItemProvider', document.uri, position);
      return labels(list).includes('RegistrarPool') ? labels(list) : undefined;
    });
    ok(!found.includes('SipAddress'), 'the address is there already');
    await vscode.commands.executeCommand('workbench.action.files.revert');
  });
});

describe('names in the editor', () => {
  it('lead to what they name', async () => {
    const document = await openSample('redmond.lync.yaml');
    const line = lineOf(document, 'UserServicesPolicy: SmartCard');
    const found = await eventually('the definition', async () => {
      const links = await ask<(vscode.Location | vscode.LocationLink)[]>(
        'DefinitionProvider',
        document.uri,
        positionIn(document, line, 'SmartCard'),
      );
      return links[0];
    });
    const uri = 'targetUri' in found ? found.targetUri : found.uri;
    equal(uri.path.split('/').at(-1), 'policies.lync.yaml');
  });

  it('are found wherever they stand', async () => {
    const document = await openSample('policies.lync.yaml');
    const line = lineOf(document, 'Tag:SmartCard');
    const found = await eventually('the references', async () => {
      const locations = await ask<vscode.Location[]>(
        'ReferenceProvider',
        document.uri,
        positionIn(document, line, 'SmartCard'),
      );
      return locations.length > 1 ? locations : undefined;
    });
    const files = new Set(found.map(({ uri }) => uri.path.split('/').at(-1)));
    ok(files.has('policies.lync.yaml') && files.has('redmond.lync.yaml'), [...files].join(', '));
  });

  it('are changed in all files at once', async () => {
    const document = await openSample('policies.lync.yaml');
    const line = lineOf(document, 'Tag:SmartCard');
    const edit = await ask<vscode.WorkspaceEdit>(
      'DocumentRenameProvider',
      document.uri,
      positionIn(document, line, 'SmartCard'),
      'Tag:Card',
    );
    const files = edit.entries().map(([uri]) => uri.path.split('/').at(-1) ?? '');
    ok(files.includes('policies.lync.yaml') && files.includes('redmond.lync.yaml'), files.join(', '));
    for (const [, edits] of edit.entries()) for (const { newText } of edits) equal(newText, 'Card');
  });

  it('refuse to become what is no name', async () => {
    const document = await openSample('policies.lync.yaml');
    const position = positionIn(document, lineOf(document, 'Tag:SmartCard'), 'SmartCard');
    const refusal = await ask('DocumentRenameProvider', document.uri, position, 'Global').then(
      () => undefined,
      (error: unknown) => String(error),
    );
    ok(refusal?.includes("'Global'"), `the answer was ${String(refusal)}`);
  });
});

describe('what is shown beside the text', () => {
  it('says above a policy whom it reaches', async () => {
    const document = await openSample('policies.lync.yaml');
    const titles = await eventually('the lenses', async () => {
      const lenses = await ask<vscode.CodeLens[]>('CodeLensProvider', document.uri, 100);
      const found = lenses.map(({ command }) => command?.title ?? '');
      return found.some((title) => title.startsWith('applies to')) ? found : undefined;
    });
    ok(
      titles.some((title) => /^applies to \d+ users?/.test(title)),
      titles.join('; '),
    );
  });

  it('says behind a user which policy applies', async () => {
    const document = await openSample('redmond.lync.yaml');
    const whole = new vscode.Range(0, 0, document.lineCount, 0);
    const hints = await eventually('the hints', async () => {
      const found = await ask<vscode.InlayHint[]>('InlayHintProvider', document.uri, whole);
      return found.length > 0 ? found : undefined;
    });
    const texts = hints.map(({ label }) =>
      typeof label === 'string' ? label : label.map(({ value }) => value).join(''),
    );
    ok(
      texts.every((text) => text.includes('←')),
      texts.join('; '),
    );
  });

  it('has an outline with counts', async () => {
    const document = await openSample('redmond.lync.yaml');
    const [section] = await eventually('the outline', async () => {
      const found = await ask<vscode.DocumentSymbol[]>('DocumentSymbolProvider', document.uri);
      return found.length > 0 ? found : undefined;
    });
    ok(section, 'the outline is empty');
    equal(section.name, 'CsUser');
    ok(section.children.length > 5, 'users are missing');
  });

  it('finds an object by a part of its name', async () => {
    await openSample('redmond.lync.yaml');
    const found = await eventually('the symbol', async () => {
      const symbols = await ask<vscode.SymbolInformation[]>('WorkspaceSymbolProvider', 'jonathan.haas');
      return symbols.length > 0 ? symbols : undefined;
    });
    const files = found.map(({ location }) => location.uri.path.split('/').at(-1)).sort();
    equal(files, ['contacts.lync.yaml', 'redmond.lync.yaml']);
  });
});

describe('an explanation', () => {
  it('opens beside the file', async () => {
    const document = await openSample('redmond.lync.yaml');
    const line = lineOf(document, 'sip:jonathan.haas@contoso.com');
    const editor = await vscode.window.showTextDocument(document);
    editor.selection = new vscode.Selection(line, 10, line, 10);
    await vscode.commands.executeCommand('lync.explainEffectivePolicy');
    const tab = await eventually('the preview', () =>
      vscode.window.tabGroups.all
        .flatMap(({ tabs }) => tabs)
        .find(({ input }) => input instanceof vscode.TabInputWebview),
    );
    ok(tab.label.includes('jonathan.haas'), tab.label);
    await vscode.window.tabGroups.close(tab);
  });
});

describe('the page of a rule', () => {
  it('opens beside the file, from the server', async () => {
    await vscode.window.showTextDocument(await openSample('redmond.lync.yaml'));
    await vscode.commands.executeCommand('lync.showRule', 'no-ucs-with-2fa');
    const tab = await eventually('the page', () =>
      vscode.window.tabGroups.all
        .flatMap(({ tabs }) => tabs)
        .find(({ input }) => input instanceof vscode.TabInputWebview && input.viewType.includes('lync.rule')),
    );
    equal(tab.label, 'no-ucs-with-2fa');
    await vscode.window.tabGroups.close(tab);
  });
});

describe('a picture of the topology', () => {
  it('opens beside the file', async () => {
    await vscode.window.showTextDocument(await openSample('redmond.lync.yaml'));
    await vscode.commands.executeCommand('lync.showTopology');
    const tab = await eventually('the picture', () =>
      vscode.window.tabGroups.all
        .flatMap(({ tabs }) => tabs)
        .find(
          ({ input }) => input instanceof vscode.TabInputWebview && input.viewType.includes('lync.topology'),
        ),
    );
    equal(tab.label, `Topology of ${vscode.workspace.workspaceFolders?.[0]?.name ?? ''}`);
    await vscode.window.tabGroups.close(tab);
  });
});

describe('fix all', () => {
  it('repairs what can be repaired in this file alone', async () => {
    const document = await openSample('redmond.lync.yaml');
    const [action] = await eventually('the action', async () => {
      const found = await ask<vscode.CodeAction[]>(
        'CodeActionProvider',
        document.uri,
        new vscode.Range(0, 0, 0, 0),
        'source.fixAll.lync',
      );
      return found.length > 0 ? found : undefined;
    });
    equal(action?.kind?.value, 'source.fixAll.lync');
  });
});

describe('an import', () => {
  async function imported(name: string, content: string): Promise<boolean | undefined> {
    const [folder] = vscode.workspace.workspaceFolders ?? [];
    ok(folder, 'no folder is open');
    const uri = vscode.Uri.joinPath(folder.uri, name);
    await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(content));
    return vscode.commands.executeCommand<boolean>('lync.import', [uri], { confirm: false });
  }

  before(async () => {
    // Other tests leave half a line, and what cannot be read is not imported into.
    await openSample('dublin.lync.yaml');
    await vscode.commands.executeCommand('workbench.action.files.revert');
  });

  it('changes what differs in the files that are there, and says what else there is', async () => {
    const document = await openSample('redmond.lync.yaml');
    const before = document.getText();
    ok(
      await imported(
        'users.csv',
        'SipAddress,DisplayName\nsip:jonathan.haas@contoso.com,Jon Haas\nsip:nobody@contoso.com,Nobody\n',
      ),
      'nothing was imported',
    );
    const renamed = before.replace('DisplayName: Jonathan Haas', 'DisplayName: Jon Haas');
    ok(document.getText().startsWith(renamed.trimEnd()), document.getText());
    const tab = await eventually('the page', () =>
      vscode.window.tabGroups.all
        .flatMap(({ tabs }) => tabs)
        .find(
          ({ input }) => input instanceof vscode.TabInputWebview && input.viewType.includes('lync.import'),
        ),
    );
    await vscode.window.tabGroups.close(tab);
    await vscode.workspace.saveAll();
  });

  it('changes nothing where all is there', async () => {
    await openSample('redmond.lync.yaml');
    equal(
      await imported('users.csv', 'SipAddress,DisplayName\nsip:jonathan.haas@contoso.com,Jon Haas\n'),
      false,
    );
  });
});

describe('documents', () => {
  it('are opened by people only', async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    const document = await openSample('redmond.lync.yaml');
    await eventually('findings in another file', () =>
      vscode.languages
        .getDiagnostics()
        .find(([uri, found]) => uri.path.endsWith('/contacts.lync.yaml') && found.length > 0),
    );
    const open = vscode.workspace.textDocuments
      .filter(({ uri, isDirty }) => uri.path.endsWith('.lync.yaml') && !isDirty)
      .map(({ uri }) => uri.path.split('/').at(-1));
    ok(!open.includes('contacts.lync.yaml'), `open are ${open.join(', ')}`);
    equal(document.isClosed, false);
  });
});
