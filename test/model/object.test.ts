import assert from 'node:assert/strict';
import { Anchors } from '../../server/src/parser/anchors.ts';
import { FileContents } from '../../server/src/model/contents.ts';
import type { LyncObject } from '../../server/src/model/object.ts';
import { SourceFile } from '../../server/src/parser/sourceFile.ts';

function objectsOf(text: string): LyncObject[] {
  const contents = new FileContents(new SourceFile('file:///contoso/a.lync.yaml', text));
  return [...contents.blocks].flatMap(([, { objects }]) => objects);
}

/** An object as `name: value` lines, with `*` behind what comes from elsewhere. */
function outline(object: LyncObject | undefined): string[] {
  return (object?.properties ?? []).map(
    ({ name, own }) => `${name}: ${object?.text(name) ?? '-'}${own ? '' : ' *'}`,
  );
}

describe('an object', () => {
  it('has its keys in the spelling of the schema, and others as they are written', () => {
    const [user] = objectsOf('csuser:\n  - { sipaddress: sip:ken@contoso.com, Mine: 1 }\n');
    assert.deepEqual(outline(user), ['SipAddress: sip:ken@contoso.com', 'Mine: 1']);
  });

  it('has the last of two values, and its own before a merged one', () => {
    const [, user] = objectsOf(`CsUser:
  - &base { SipAddress: sip:base@contoso.com, RegistrarPool: a }
  - { SipAddress: sip:ken@contoso.com, SipAddress: sip:ann@contoso.com, <<: *base }
`);
    assert.deepEqual([user?.text('SipAddress'), user?.text('RegistrarPool')], ['sip:ann@contoso.com', 'a']);
  });

  it('has the first of two merged values', () => {
    const [user] = objectsOf(`x-a: &a { RegistrarPool: a, Name: a }
x-b: &b { RegistrarPool: b, DisplayName: b }
CsUser:
  - { SipAddress: sip:ken@contoso.com, <<: [*a, *b] }
`);
    assert.deepEqual([user?.text('RegistrarPool'), user?.text('DisplayName')], ['a', 'b']);
  });

  it('takes a key in quotes for no merge', () => {
    const [user] = objectsOf('x-a: &a { Name: a }\nCsUser:\n  - { "<<": *a }\n');
    assert.deepEqual(outline(user), ['<<: -']);
  });

  it('may be named by an alias, alone or with the whole list', () => {
    const text =
      'x-a: &list\n  - &ken { SipAddress: sip:ken@contoso.com }\nCsUser: *list\n---\nCsUser:\n  - &k { SipAddress: sip:k@contoso.com }\n  - *k\n';
    assert.deepEqual(
      objectsOf(text).map(({ subject }) => subject),
      ['sip:ken@contoso.com', 'sip:k@contoso.com', 'sip:k@contoso.com'],
    );
  });

  it('has the value that stands behind an alias, in its own document only', () => {
    const [ken, ann] = objectsOf(
      'CsUser:\n  - RegistrarPool: &p pool01\n  - RegistrarPool: *p\n---\nCsUser:\n  - RegistrarPool: *p\n',
    );
    assert.equal(ken?.text('RegistrarPool'), 'pool01');
    assert.equal(ann?.text('RegistrarPool'), 'pool01');
    const [, , other] = objectsOf(
      'CsUser:\n  - RegistrarPool: &p pool01\n  - RegistrarPool: *p\n---\nCsUser:\n  - RegistrarPool: *p\n',
    );
    assert.equal(other?.text('RegistrarPool'), undefined);
  });

  it('that merges itself has each property once', () => {
    const [ken, ann] = objectsOf(`CsUser:
  - &ken { SipAddress: sip:ken@contoso.com, <<: *ken }
  - &ann { <<: [*ken, *ann, *ken], SipAddress: sip:ann@contoso.com, x-all: [*ann, *ken] }
`);
    assert.deepEqual(outline(ken), ['SipAddress: sip:ken@contoso.com']);
    assert.deepEqual(outline(ann), [
      'SipAddress: sip:ann@contoso.com',
      'x-all: -',
      'SipAddress: sip:ann@contoso.com *',
    ]);
  });

  it('that merges a bomb of aliases has what each mapping of it says, once', () => {
    const levels = 30;
    let text = 'x-0: &a0 { Name: lol, <<: [] }\n';
    for (let level = 1; level <= levels; level++)
      text += `x-${level}: &a${level} { P${level}: 1, <<: [${Array(9)
        .fill(`*a${level - 1}`)
        .join(', ')}] }\n`;
    const objects = objectsOf(`${text}CsUser:\n  - { SipAddress: sip:ken@contoso.com, <<: *a${levels} }\n`);
    assert.equal(objects[0]?.properties.length, 1 + levels + 1);
    assert.equal(objects[0].text('Name'), 'lol');
  });

  it('of a bomb of lists is not there, and each alias is resolved without unfolding it', () => {
    let text = 'x-0: &a0 [lol]\n';
    for (let level = 1; level <= 30; level++)
      text += `x-${level}: &a${level} [${Array(9)
        .fill(`*a${level - 1}`)
        .join(', ')}]\n`;
    const file = new SourceFile('file:///contoso/a.lync.yaml', `${text}CsUser: *a30\n`);
    const contents = new FileContents(file);
    const misplaced = [...contents.blocks].flatMap((entry) => entry[1].misplaced);
    assert.equal(misplaced.length, 9);
    assert.deepEqual(
      [...file.blocks].flatMap((block) => new Anchors(file).unknownIn(block)),
      [],
    );
  });

  it('has a place for each value: of an object its name, of a long list its key', () => {
    const [user] = objectsOf(`CsUser:
  - SipAddress: sip:ken@contoso.com
    ClientPolicy:
      Anchor: 1
      FriendlyName: Tag:Sales
    MobilityPolicy: { Name: Phones }
    PrivateLine: [a, b]
    ProxyAddresses:
      - a
      - b
    VoicePolicy:
`);
    const marked = (user?.properties ?? []).map((property) => {
      const { block, start, end } = user?.placeOf(property) ?? {};
      return block?.text.slice(start, end);
    });
    assert.deepEqual(marked, [
      'sip:ken@contoso.com',
      'Tag:Sales',
      'Phones',
      '[a, b]',
      'ProxyAddresses',
      'VoicePolicy',
    ]);
  });

  it('is known by its name, and a user by the line, too', () => {
    const [user, policy, patch] = objectsOf(`CsUser:
  - { SipAddress: SIP:Ken@contoso.com, LineURI: TEL:+1 }
CsClientPolicy:
  - { Identity: Tag:Sales }
CsServerPatchVersion:
  - { PSComputerName: FE01, ComponentName: Core }
`);
    assert.deepEqual(user?.keys, ['ken@contoso.com', 'line tel:+1']);
    assert.deepEqual(policy?.keys, ['tag:sales']);
    assert.deepEqual(patch?.keys, ['fe01', 'fe01 core']);
  });
});
