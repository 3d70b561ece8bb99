import * as vscode from 'vscode';
import { equal, eventually, ok } from './expect.ts';
import { lineOf, openSample, positionIn } from './sample.ts';

function rulesOn(document: vscode.TextDocument, line: number): string[] {
  return vscode.languages
    .getDiagnostics(document.uri)
    .filter(({ source, range }) => source === 'lync' && range.start.line === line)
    .map(ruleOf)
    .sort();
}

function ruleOf({ code }: vscode.Diagnostic): string {
  return String(typeof code === 'object' ? code.value : code);
}

describe('a sample in the editor', () => {
  it('has its findings in the Problems list, with the rule as a link and the places that led to it', async () => {
    const document = await openSample('redmond.lync.yaml');
    const line = lineOf(document, 'UserServicesPolicy: UcsPilot # left');
    const diagnostic = await eventually('the finding', () =>
      vscode.languages.getDiagnostics(document.uri).find(({ range }) => range.start.line === line),
    );
    equal(ruleOf(diagnostic), 'no-ucs-with-2fa');
    equal(diagnostic.severity, vscode.DiagnosticSeverity.Error);
    equal(document.getText(diagnostic.range), 'UcsPilot');
    ok(
      typeof diagnostic.code === 'object' && diagnostic.code.target.path.endsWith('/no-ucs-with-2fa.md'),
      'no link to the page',
    );
    const related = diagnostic.relatedInformation?.map(({ location }) => location.uri.path.split('/').at(-1));
    equal(related, ['policies.lync.yaml', 'authentication.lync.yaml']);
  });

  it('has findings in files that nobody has opened', async () => {
    await openSample('redmond.lync.yaml');
    await eventually('the finding among the contacts', () =>
      vscode.languages
        .getDiagnostics()
        .find(
          ([uri, found]) =>
            uri.path.endsWith('/contacts.lync.yaml') &&
            found.some((one) => ruleOf(one) === 'require-ucs-rollback'),
        ),
    );
  });

  it('says of a user who signs in how, and what that takes away', async () => {
    const document = await openSample('redmond.lync.yaml');
    const line = lineOf(document, 'SipAddress: sip:carlos.grilo@contoso.com');
    const text = await eventually('the hover', () =>
      hoverText(document, positionIn(document, line, 'sip:carlos')),
    );
    ok(text.includes('**two factors**'), text);
    ok(text.includes("pool 'pool\\-red\\-2fa.contoso.com' uses passive authentication"), text);
    ok(
      text.includes(
        "**still on** | presence from the calendar | DisableCalendarPresence is not set in 'Global'",
      ),
      text,
    );
    ok(text.includes('off | Unified Contact Store'), text);
  });

  it('says of a key what it is', async () => {
    const document = await openSample('policies.lync.yaml');
    const line = lineOf(document, 'DisplayPhoto: AllPhotos');
    const text = await eventually('the hover', () =>
      hoverText(document, positionIn(document, line, 'DisplayPhoto')),
    );
    for (const piece of [
      '**DisplayPhoto** (CsClientPolicy)',
      'Type: enum',
      'PhotosFromADOnly',
      'Default: `AllPhotos`',
      'Lync Server 2013',
    ]) {
      ok(text.includes(piece), `${piece} is not in: ${text}`);
    }
  });

  it('loses a finding when its quick fix is applied, and gets no new one', async () => {
    const document = await openSample('redmond.lync.yaml');
    const line = lineOf(document, 'UserServicesPolicy: UcsPilot # contacts were rolled back');
    await eventually('both findings', () => (rulesOn(document, line).length === 2 ? true : undefined));
    const before = vscode.languages.getDiagnostics(document.uri).length;
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      document.uri,
      new vscode.Range(positionIn(document, line, 'UcsPilot'), positionIn(document, line, 'UcsPilot')),
    );
    const fix = actions.find(({ isPreferred }) => isPreferred);
    ok(fix?.edit, `no preferred fix among ${actions.map(({ title }) => title).join('; ')}`);
    ok(await vscode.workspace.applyEdit(fix.edit), 'the edit was refused');
    await eventually('the findings to go', () => (rulesOn(document, line).length === 0 ? true : undefined));
    equal(
      document.lineAt(line).text.trim(),
      'UserServicesPolicy: SmartCard # contacts were rolled back, and will be gone again in a week',
    );
    equal(vscode.languages.getDiagnostics(document.uri).length, before - 2);
  });

  it('follows what is typed in another file', async () => {
    const policies = await openSample('policies.lync.yaml');
    const users = await openSample('redmond.lync.yaml');
    const user = lineOf(users, 'UserServicesPolicy: UcsPilot # left');
    await eventually('the finding', () => (rulesOn(users, user).length > 0 ? true : undefined));
    const setting = lineOf(policies, 'UcsAllowed: true', lineOf(policies, 'Tag:UcsPilot'));
    const value = policies.lineAt(setting).text.indexOf('true');
    const edit = new vscode.WorkspaceEdit();
    edit.replace(policies.uri, new vscode.Range(setting, value, setting, value + 4), 'false');
    ok(await vscode.workspace.applyEdit(edit), 'the edit was refused');
    await eventually('the finding to go', () => (rulesOn(users, user).length === 0 ? true : undefined));
  });

  it('goes on after a line that is half typed', async () => {
    const document = await openSample('dublin.lync.yaml');
    const line = lineOf(document, 'SipAddress: sip:');
    const edit = new vscode.WorkspaceEdit();
    edit.insert(document.uri, new vscode.Position(line, 0), '  - SipAddress: "sip:half\n');
    const before = await eventually(
      'the findings',
      () => countOf(document, (rule) => rule !== 'yaml-syntax') || undefined,
    );
    ok(await vscode.workspace.applyEdit(edit), 'the edit was refused');
    await eventually(
      'the syntax error',
      () => countOf(document, (rule) => rule === 'yaml-syntax') || undefined,
    );
    equal(
      countOf(document, (rule) => rule !== 'yaml-syntax' && rule !== 'no-undefined-reference') >= before,
      true,
    );
  });
});

async function hoverText(
  document: vscode.TextDocument,
  position: vscode.Position,
): Promise<string | undefined> {
  const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
    'vscode.executeHoverProvider',
    document.uri,
    position,
  );
  const text = hovers
    .flatMap(({ contents }) =>
      contents.map((content) => (content instanceof vscode.MarkdownString ? content.value : '')),
    )
    .join('\n');
  return text === '' ? undefined : text;
}

function countOf(document: vscode.TextDocument, wanted: (rule: string) => boolean): number {
  return vscode.languages.getDiagnostics(document.uri).filter((diagnostic) => wanted(ruleOf(diagnostic)))
    .length;
}
