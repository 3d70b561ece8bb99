import assert from 'node:assert/strict';
import { LocationLink, type Location } from 'vscode-languageserver-types';
import { definition } from '../../server/src/features/definition.ts';
import { cursorIn, textIn } from './cursor.ts';
import { withCursor, words } from './navigation.ts';

function definitionAt(fixture: string): string[] | undefined {
  const { project, uri, position, files } = cursorIn(fixture);
  const found = definition(project, uri, position, false) as Location[] | undefined;
  return found && words(files, found);
}

function leads(marked: string, ...expected: string[]): void {
  assert.deepEqual(definitionAt(withCursor(marked)), expected);
}

describe('definition', () => {
  it('goes from a user to the policy and the pool', () => {
    leads('ClientPolicy: Smart$0Card', 'policies:3 SmartCard');
    leads('tag:smart$0card', 'policies:3 SmartCard');
    leads('RegistrarPool: POOL0$01', 'topology:7 pool01.contoso.com');
    leads('TargetRegistrarPool: $0pool01', 'topology:7 pool01.contoso.com');
  });

  it('goes from an address to the user, or to the SIP domain', () => {
    leads('SipUri: sip:K$0EN@', 'users:2 ken@contoso.com');
    leads('SipUri: sip:KEN@cont$0oso.com', 'topology:2 contoso.com');
  });

  it('goes from the role to the service, and from the FQDN behind it to the pool', () => {
    leads('Services: [Regi$0strar:', 'topology:20 Registrar:pool01.contoso.com');
    leads('Services: [Registrar:poo$0l01', 'topology:7 pool01.contoso.com');
    leads('Service:Regis$0trar:', 'topology:20 Registrar:pool01.contoso.com');
    leads('Ser$0vice:Registrar:', 'topology:25 Service:Registrar:pool01.contoso.com');
  });

  it('goes from a scope to the site', () => {
    leads('Identity: Site:red$0mond', 'topology:4 Redmond');
    leads('Identity: Si$0te:redmond', 'topology:26 Site:redmond');
  });

  it('goes from a configuration to the pool', () => {
    leads('{ pool: pool0$01', 'topology:7 pool01.contoso.com');
  });

  it('goes from the patch version to the computer', () => {
    leads('PSComputerName: SE0$01', 'topology:16 se01.contoso.com');
  });

  it('takes the name around it where nothing defines the innermost', () => {
    assert.deepEqual(
      definitionAt(
        'CsService:\n  - Identity: Registrar:pool01\nCsPool:\n  - Services: [Registrar:poo$0l01]\n',
      ),
      ['deployment:2 Registrar:pool01'],
    );
  });

  it('goes to every namesake', () => {
    assert.deepEqual(
      definitionAt(
        'CsClientPolicy:\n  - Identity: A\n  - Identity: tag:a\nCsUser:\n  - SipAddress: sip:k@x\n    ClientPolicy: $0A\n',
      ),
      ['deployment:2 A', 'deployment:3 a'],
    );
  });

  it('goes to a pool that says its name in Fqdn alone, from where an alias leads, too', () => {
    const text = 'x-p: &p pool01\nCsPool:\n  - Fqdn: POOL01\nCsUser:\n  - RegistrarPool: *p\n';
    assert.deepEqual(definitionAt(text.replace('pool01', 'po$0ol01')), ['deployment:3 POOL01']);
  });

  it('is nothing for what names nothing', () => {
    for (const marked of [
      'DisplayPhoto: No$0Photo',
      'Cs$0User:',
      'ServiceId: 1-Reg$0istrar',
      'Enabled: f$0alse',
    ])
      assert.equal(definitionAt(withCursor(marked)), undefined, marked);
    assert.equal(definitionAt('CsUser:\n  - ClientPolicy: Un$0known\n'), undefined);
  });

  it('says in a link what is underlined, and what the name stands for as a whole', () => {
    const { project, uri, position, files } = cursorIn(withCursor('tag:smart$0card'));
    const [link] = definition(project, uri, position, true) ?? [];
    assert.ok(LocationLink.is(link));
    const target = files.get(link.targetUri) ?? '';
    assert.equal(
      link.originSelectionRange && textIn(files.get(uri) ?? '', link.originSelectionRange),
      'smartcard',
    );
    assert.equal(textIn(target, link.targetSelectionRange), 'SmartCard');
    assert.equal(textIn(target, link.targetRange), 'Identity: Tag:SmartCard\n    DisplayPhoto: NoPhoto');
  });
});
