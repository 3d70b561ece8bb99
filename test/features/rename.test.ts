import assert from 'node:assert/strict';
import { prepareRename, rename } from '../../server/src/features/rename.ts';
import { applied } from './apply.ts';
import { cursorIn, textIn } from './cursor.ts';
import { withCursor } from './navigation.ts';

/** The lines that a rename has changed, as they are then; or the sentence that refuses it. */
function renamed(fixture: string, newName: string): string[] | string {
  const { project, uri, position, files } = cursorIn(fixture);
  const edit = rename(project, uri, position, newName, () => 1);
  if ('problem' in edit) return edit.problem;
  const after = applied(files, edit);
  return [...files].sort().flatMap(([name, text]) => {
    const before = text.split('\n');
    return (after.get(name) ?? '')
      .split('\n')
      .filter((line, index) => line !== before[index])
      .map((line) => line.trim());
  });
}

/** What is renamed at a cursor, with its range in the text; or why nothing is. */
function prepared(fixture: string): string | undefined {
  const { project, uri, position, files } = cursorIn(fixture);
  const found = prepareRename(project, uri, position);
  if (!found) return undefined;
  return 'problem' in found
    ? found.problem
    : `${textIn(files.get(uri) ?? '', found.range)} (${found.placeholder})`;
}

/** A policy that is written as `value`, after its rename. */
function policyAfter(value: string, newName: string): string | undefined {
  const fixture = `CsClientPolicy:\n  - { Identity: S$0C }\nCsUser:\n  - SipAddress: sip:k@x\n    ClientPolicy: ${value}\n`;
  const { project, uri, position, files } = cursorIn(fixture);
  const edit = rename(project, uri, position, newName, () => undefined);
  assert.ok(!('problem' in edit), JSON.stringify(edit));
  const after = applied(files, edit).get(uri) ?? '';
  return after.slice(after.indexOf('ClientPolicy: ') + 'ClientPolicy: '.length, -1);
}

describe('rename', () => {
  it('changes a policy everywhere, and keeps each prefix', () => {
    const expected = [
      '- Identity: Tag:Cards',
      'ClientPolicy: Cards',
      'ClientPolicy: { FriendlyName: tag:Cards }',
    ];
    assert.deepEqual(renamed(withCursor('Tag:Smart$0Card'), 'Cards'), expected);
    assert.deepEqual(renamed(withCursor('tag:smart$0card'), ' TAG:Cards '), expected);
  });

  it('keeps the form of each value, and quotes a name that YAML would read as something else', () => {
    for (const [before, newName, after] of [
      ['"tag:SC" # why', 'New', '"tag:New" # why'],
      ["'Tag:sc'", "O'Neil", "'Tag:O''Neil'"],
      ['"SC"', 'a "b"', '"a \\"b\\""'],
      ['SC', '123', "'123'"],
      ['SC', 'true', "'true'"],
      ['Tag:SC', '123', 'Tag:123'],
      ['Tag:SC', 'a #b', "'Tag:a #b'"],
      ['{ Name: SC }', 'a, b', "{ Name: 'a, b' }"],
      ['{ FriendlyName: SC, Value: SC }', 'New', '{ FriendlyName: New, Value: SC }'],
      ['"S\\x43"', 'New', '"New"'],
      ['"Tag:\\x53C"', 'New', '"Tag:New"'],
      ['|-\n      Tag:SC', 'New', '|-\n      Tag:New'],
      ['>-\n      SC', 'New', '>-\n      New'],
      ['|- # SC\n      SC', 'a b', '|- # SC\n      a b'],
      ['!!str SC', 'New', '!!str New'],
      ['&p SC', 'New', '&p New'],
    ] as const)
      assert.equal(policyAfter(before, newName), after);
  });

  it('keeps JSON JSON', () => {
    const fixture = '{"CsClientPolicy": [{"Identity": 1$023}], "CsUser": [{"ClientPolicy": "Tag:123"}]}';
    const { project, uri, position, files } = cursorIn(fixture);
    const edit = rename(project, uri, position, 'New', () => 1);
    assert.ok(!('problem' in edit));
    assert.equal(
      applied(files, edit).get(uri),
      '{"CsClientPolicy": [{"Identity": "New"}], "CsUser": [{"ClientPolicy": "Tag:New"}]}',
    );
  });

  it('changes a pool in services, scopes, users and the configuration; its computers keep their names', () => {
    assert.deepEqual(renamed(withCursor('RegistrarPool: POOL0$01'), 'new.contoso.com'), [
      '- { pool: new.contoso.com, method: SmartCard }',
      "Pools: [new.contoso.com, 'se01.contoso.com']",
      '- Identity: new.contoso.com',
      'Fqdn: new.contoso.com',
      'Services: [Registrar:new.contoso.com]',
      '- { Identity: fe01.contoso.com, Pool: new.contoso.com }',
      '- Identity: Registrar:new.contoso.com',
      'PoolFqdn: new.contoso.com',
      '- Identity: Service:Registrar:new.contoso.com',
      'RegistrarPool: new.contoso.com',
      'RegistrarPool: new.contoso.com',
      'TargetRegistrarPool: new.contoso.com',
    ]);
  });

  it('changes a server that is a pool by itself as pool and as computer', () => {
    const expected = [
      "Pools: [pool01.contoso.com, 'se02.contoso.com']",
      'BackupPoolFqdn: se02.contoso.com',
      '- { Identity: se02.contoso.com, Site: Site:Redmond, Computers: [se02.contoso.com] }',
      '- { Identity: se02.contoso.com, Pool: se02.contoso.com }',
      '- { PSComputerName: se02.contoso.com, ComponentName: Core Components, Version: 5.0.8308.420 }',
    ];
    assert.deepEqual(renamed(withCursor("'se0$01.contoso.com'"), 'se02.contoso.com'), expected);
    assert.deepEqual(renamed(withCursor('PSComputerName: SE0$01'), 'se02.contoso.com'), expected);
    assert.deepEqual(renamed(withCursor('[fe0$01.contoso.com,'), 'fe09.contoso.com'), [
      'Computers: [fe09.contoso.com, fe02.contoso.com]',
      '- { Identity: fe09.contoso.com, Pool: pool01.contoso.com }',
    ]);
  });

  it('changes a site, a user and a SIP domain', () => {
    assert.deepEqual(renamed(withCursor('Site: Redm$0ond'), 'Site:Seattle'), [
      '- Identity: Site:Seattle',
      'Site: Seattle',
      '- { Identity: se01.contoso.com, Site: Site:Seattle, Computers: [se01.contoso.com] }',
      'SiteId: Site:Seattle',
      '- Identity: Site:Seattle',
    ]);
    assert.deepEqual(renamed(withCursor('SipUri: sip:K$0EN'), 'sip:kim@contoso.com'), [
      '- SipAddress: sip:kim@contoso.com',
      '- { SipUri: sip:kim@contoso.com, UcsMode: Migrated }',
    ]);
    assert.deepEqual(renamed(withCursor('Identity: conto$0so.com'), 'fabrikam.com'), [
      '- Identity: fabrikam.com',
      '- SipAddress: sip:ken@fabrikam.com',
      '- SipAddress: "sip:ann@fabrikam.com"',
      '- { SipUri: sip:KEN@fabrikam.com, UcsMode: Migrated }',
    ]);
  });

  it('changes the case of a name', () => {
    assert.deepEqual(renamed(withCursor('ClientPolicy: Smart$0Card'), 'smartcard'), [
      '- Identity: Tag:smartcard',
      'ClientPolicy: smartcard',
    ]);
    assert.deepEqual(renamed(withCursor('PSComputerName: SE0$01'), 'se01.contoso.com'), [
      '- { PSComputerName: se01.contoso.com, ComponentName: Core Components, Version: 5.0.8308.420 }',
    ]);
  });

  it('changes what is behind an alias, where the anchor is', () => {
    const text =
      'x-p: &p Old\nCsClientPolicy:\n  - Identity: *p\nCsUser:\n  - ClientPolicy: *p\n  - ClientPolicy: O$0ld\n';
    assert.deepEqual(renamed(text, 'New'), ['x-p: &p New', '- ClientPolicy: New']);
  });

  it('changes one version of a document', () => {
    const { project, uri, position } = cursorIn(withCursor('Tag:Smart$0Card'));
    const edit = rename(project, uri, position, 'New', (other) => (other === uri ? 7 : undefined));
    assert.ok(!('problem' in edit));
    const versions = edit.documentChanges?.map((change) =>
      'textDocument' in change ? change.textDocument.version : 0,
    );
    assert.deepEqual(versions?.sort(), [7, null]);
  });

  it('refuses what cannot be a name', () => {
    const policy = withCursor('Tag:Smart$0Card');
    const pool = withCursor('Pools: [pool0$01');
    const user = withCursor('sip:k$0en@');
    for (const [fixture, newName, problem] of [
      [policy, ' tag: ', 'The new name of the CsClientPolicy is empty.'],
      [policy, 'global', "'Global' is the name of a scope, and nothing else can have it."],
      [policy, 'Site:Redmond', "'Site:Redmond' has a colon: in Lync the colon ends a name's prefix."],
      [policy, 'a\tb', 'The new name has a control character, such as a tab, in it.'],
      [
        pool,
        'pool 02',
        "'pool 02' is no fully qualified domain name: a pool has one, for example 'pool01.contoso.com'.",
      ],
      [
        pool,
        'pool02',
        "'pool02' is no fully qualified domain name: a pool has one, for example 'pool01.contoso.com'.",
      ],
      [pool, 'SE01.contoso.com', "There is a pool 'SE01.contoso.com' already."],
      [pool, 'fe01.contoso.com', "There is a computer 'fe01.contoso.com' already."],
      [
        pool,
        'fe02.contoso.com',
        "'fe02.contoso.com' is named in these files already, although no computer has that name: afterwards the two could not be told apart.",
      ],
      [
        user,
        'ken',
        "'ken' is no SIP address: one is a name without blanks, an '@' and a SIP domain, for example 'sip:ken@contoso.com'.",
      ],
      [
        user,
        'ken m@contoso.com',
        "'ken m@contoso.com' is no SIP address: one is a name without blanks, an '@' and a SIP domain, for example 'sip:ken@contoso.com'.",
      ],
      [
        user,
        'ken@fabrikam.com',
        "No CsSipDomain defines 'fabrikam.com', so nobody can have an address there.",
      ],
      [user, 'ANN@contoso.com', "There is a user 'ANN@contoso.com' already."],
    ] as const)
      assert.equal(renamed(fixture, newName), problem);
  });

  it('refuses to rename what has its name from something else, and says what to rename', () => {
    for (const [marked, problem] of [
      [
        'Identity: Glo$0bal',
        "'Global' is the scope of everybody who has no nearer one: CsClientPolicy has no other name for it.",
      ],
      [
        'Identity: Regi$0strar:',
        "A service has the name of its pool 'pool01.contoso.com': rename the pool, and the service follows.",
      ],
      [
        'Ser$0vice:Registrar:',
        "This CsRegistrarConfiguration has the name of its service: rename the pool 'pool01.contoso.com'.",
      ],
      [
        'Identity: Si$0te:redmond',
        "This CsRegistrarConfiguration has the name of its site: rename the site 'redmond'.",
      ],
    ] as const) {
      assert.equal(prepared(withCursor(marked)), problem);
      assert.equal(renamed(withCursor(marked), 'new.contoso.com'), problem);
    }
    assert.equal(prepared(withCursor('DisplayPhoto: No$0Photo')), undefined);
    assert.equal(
      renamed(withCursor('DisplayPhoto: No$0Photo'), 'New'),
      'There is no name here that could be changed.',
    );
  });

  it('offers the name without its prefix', () => {
    for (const [marked, expected] of [
      ['tag:smart$0card', 'smartcard (smartcard)'],
      ['sip:k$0en@', 'ken@contoso.com (ken@contoso.com)'],
      ['Service:Registrar:pool0$01', 'pool01.contoso.com (pool01.contoso.com)'],
      ['{ pool: $0pool01', 'pool01.contoso.com (pool01.contoso.com)'],
    ] as const)
      assert.equal(prepared(withCursor(marked)), expected);
  });

  it('changes nothing where the name is the same', () => {
    const { project, uri, position } = cursorIn('CsSite:\n  - Identity: Site:A$0A\n');
    assert.deepEqual(
      rename(project, uri, position, 'AA', () => 1),
      { documentChanges: [] },
    );
  });
});
