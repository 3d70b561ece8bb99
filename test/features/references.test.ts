import assert from 'node:assert/strict';
import { documentHighlight } from '../../server/src/features/documentHighlight.ts';
import { references } from '../../server/src/features/references.ts';
import { cursorIn } from './cursor.ts';
import { bracketed, withCursor, words } from './navigation.ts';

function referencesAt(fixture: string, includeDeclaration = true): string[] | undefined {
  const { project, uri, position, files } = cursorIn(fixture);
  const found = references(project, uri, position, includeDeclaration);
  return found && words(files, found);
}

function highlightsAt(fixture: string, most?: number): string[] | undefined {
  const { project, uri, position, files } = cursorIn(fixture);
  const found = documentHighlight(project, uri, position, most);
  const lines =
    found &&
    bracketed(
      files.get(uri) ?? '',
      found.map(({ range }) => range),
    );
  return lines?.map((line, index) => `${found?.[index]?.kind === 3 ? 'write' : 'read'} ${line}`);
}

describe('references', () => {
  it('are everywhere that a pool is named, in services and for users who are disabled or moving', () => {
    const expected = [
      'lync.config.yaml:3 pool01.contoso.com',
      'topology:5 pool01.contoso.com',
      'topology:7 pool01.contoso.com',
      'topology:8 pool01.contoso.com',
      'topology:10 pool01.contoso.com',
      'topology:15 pool01.contoso.com',
      'topology:20 pool01.contoso.com',
      'topology:21 pool01.contoso.com',
      'topology:25 pool01.contoso.com',
      'users:3 pool01.contoso.com',
      'users:6 POOL01.contoso.com',
      'users:7 pool01.contoso.com',
    ];
    assert.deepEqual(referencesAt(withCursor('RegistrarPool: pool$001')), expected);
    assert.deepEqual(
      referencesAt(withCursor('{ pool: p$0ool01'), false),
      expected.filter((line) => line !== 'topology:7 pool01.contoso.com'),
    );
  });

  it('to a service are those of its whole name', () => {
    assert.deepEqual(referencesAt(withCursor('Identity: Regi$0strar:')), [
      'topology:10 Registrar:pool01.contoso.com',
      'topology:20 Registrar:pool01.contoso.com',
      'topology:25 Registrar:pool01.contoso.com',
    ]);
  });

  it('to a site are in the scopes of policies and configurations, too', () => {
    assert.deepEqual(referencesAt(withCursor('Site:Redm$0ond\n    Pools')), [
      'topology:4 Redmond',
      'topology:9 Redmond',
      'topology:13 Redmond',
      'topology:22 Redmond',
      'topology:26 redmond',
    ]);
  });

  it('to a policy, a user and a SIP domain are found in every form', () => {
    assert.deepEqual(referencesAt(withCursor('Tag:Smart$0Card'), false), [
      'users:4 SmartCard',
      'users:9 smartcard',
    ]);
    assert.deepEqual(referencesAt(withCursor('sip:k$0en@')), [
      'users:2 ken@contoso.com',
      'users:11 KEN@contoso.com',
    ]);
    assert.deepEqual(referencesAt(withCursor('ken@contoso.c$0om'), false), [
      'users:2 contoso.com',
      'users:5 contoso.com',
      'users:11 contoso.com',
    ]);
  });

  it('stand where the text is, once, whoever takes it by an alias or a merge key', () => {
    const text = `x-base: &base { RegistrarPool: &p pool01, ClientPolicy: A }
CsPool:
  - Identity: po$0ol01
CsUser:
  - { <<: *base, SipAddress: sip:a@x }
  - { <<: *base, SipAddress: sip:b@x, RegistrarPool: *p }
  - { SipAddress: sip:c@x, RegistrarPool: "\\x70ool01" }
CsSite:
  - Pools: [*p]
`;
    assert.deepEqual(referencesAt(text), [
      'deployment:1 pool01',
      'deployment:3 pool01',
      'deployment:7 "\\x70ool01"',
    ]);
    assert.deepEqual(
      referencesAt(text.replace('po$0ol01', 'pool01').replace('&p pool01', '&p pool0$01'))?.length,
      3,
    );
  });

  it('are nothing for what names nothing', () => {
    assert.equal(referencesAt(withCursor('DisplayPhoto: No$0Photo')), undefined);
  });
});

describe('highlights', () => {
  it('are the places of the same file, of the innermost name', () => {
    assert.deepEqual(highlightsAt(withCursor('Services: [Registrar:poo$0l01')), [
      "read Pools: [[pool01.contoso.com], 'se01.contoso.com']",
      'write - Identity: [pool01.contoso.com]',
      'read Fqdn: [pool01.contoso.com]',
      'read Services: [Registrar:[pool01.contoso.com]]',
      'read - { Identity: fe01.contoso.com, Pool: [pool01.contoso.com] }',
      'read - Identity: Registrar:[pool01.contoso.com]',
      'read PoolFqdn: [pool01.contoso.com]',
      'read - Identity: Service:Registrar:[pool01.contoso.com]',
    ]);
  });

  it('are those of a configuration', () => {
    assert.deepEqual(highlightsAt(withCursor('{ pool: pool0$01')), [
      'read - { pool: [pool01.contoso.com], method: SmartCard }',
    ]);
  });

  it('are the nearest where there are many', () => {
    const users = (from: number, to: number): string =>
      Array.from(
        { length: to - from },
        (_, i) => `  - { SipAddress: sip:u${from + i}@x, ClientPolicy: A }\n`,
      ).join('');
    const text = `CsUser:\n${users(0, 50)}  - { SipAddress: sip:k@x, ClientPolicy: $0A }\n${users(50, 100)}`;
    assert.deepEqual(highlightsAt(text, 3), [
      'read - { SipAddress: sip:u49@x, ClientPolicy: [A] }',
      'read - { SipAddress: sip:k@x, ClientPolicy: [A] }',
      'read - { SipAddress: sip:u50@x, ClientPolicy: [A] }',
    ]);
  });
});
