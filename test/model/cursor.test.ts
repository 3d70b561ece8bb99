import assert from 'node:assert/strict';
import fc from 'fast-check';
import { FileContents } from '../../server/src/model/contents.ts';
import { cursorAt, type CursorContext } from '../../server/src/model/cursor.ts';
import { SourceFile } from '../../server/src/parser/sourceFile.ts';
import { sampleFiles, sampleNames } from '../samples.ts';

function contextOf(text: string, offset: number): CursorContext | undefined {
  return cursorAt(new FileContents(new SourceFile('file:///a.lync.yaml', text)), offset);
}

/** What the cursor at `$0` is in, in words: the word in brackets with the cursor in it, then what is special. */
function at(fixture: string): string {
  const offset = fixture.indexOf('$0');
  const text = fixture.slice(0, offset) + fixture.slice(offset + 2);
  const context = contextOf(text, offset);
  if (!context) return 'nothing';
  const { place, kind } = context;
  const word = `[${text.slice(place.start, offset)}|${text.slice(offset, place.end)}]`;
  const marks: string[] = [];
  if (place.quote !== '') marks.push(place.closed ? place.quote : `${place.quote} open`);
  if (place.flow) marks.push('flow');
  if (place.json) marks.push('json');
  if (place.needsSpace) marks.push('space');
  switch (kind) {
    case 'section':
      return [`section ${word}`, ...(context.hasColon ? ['colon'] : []), ...marks].join(' ');
    case 'item':
      return [
        `item of ${context.section.name} ${word}`,
        ...(context.orSection ? ['or section'] : []),
        ...marks,
      ].join(' ');
    case 'property':
      return [
        `property of ${context.section.name} ${word}`,
        ...(context.hasColon ? ['colon'] : []),
        ...(context.isAlone ? ['alone'] : []),
        ...marks,
        ...[...context.present.keys()].map((key) => `+${key}`),
      ].join(' ');
    case 'value':
      return [
        `value of ${context.section.name}.${context.property} ${word}`,
        ...(context.listed ? [`beside (${context.listed.join(', ')})`] : []),
        ...(context.needsDash ? ['dash'] : []),
        ...marks,
      ].join(' ');
    case 'alias':
      return [`alias of ${context.holds} ${word}`, ...marks].join(' ');
    case 'suppression':
      return [
        `${context.part} ${word}`,
        ...(context.rules.length > 0 ? [`beside (${context.rules.join(', ')})`] : []),
        ...marks,
      ].join(' ');
  }
}

function table(rows: readonly (readonly [fixture: string, expected: string])[]): void {
  for (const [fixture, expected] of rows) assert.equal(at(fixture), expected, JSON.stringify(fixture));
}

const item = 'CsUser:\n  - SipAddress: sip:ken@contoso.com\n    RegistrarPool: pool01\n';

describe('a cursor at a section', () => {
  it('is in the key, complete or not', () => {
    table([
      ['$0', 'section [|]'],
      ['\uFEFF$0', 'section [|]'],
      ['Cs$0', 'section [Cs|]'],
      ['Cs$0User', 'section [Cs|User]'],
      ['Cs$0User:\n', 'section [Cs|User] colon'],
      ['\uFEFFCs$0User:\n', 'section [Cs|User] colon'],
      ['$0CsUser:\n  - SipAddress: x\n', 'section [|CsUser] colon'],
      ['# people\n$0', 'section [|]'],
      ['CsPool:\n\n$0', 'section [|]'],
      ['"Cs$0', 'section [Cs|] " open'],
      ['"Cs$0User":\n', 'section [Cs|User] colon "'],
    ]);
  });

  it('may stand behind items, between them, and behind other documents', () => {
    table([
      [`${item}$0`, 'section [|]'],
      [`${item}\n$0\n`, 'section [|]'],
      [`${item}Cs$0`, 'section [Cs|]'],
      [`${item}Cs$0\n  - SipAddress: sip:ann@contoso.com\n`, 'section [Cs|]'],
      [`${item}---\n$0`, 'section [|]'],
      [`${item}---\nCs$0`, 'section [Cs|]'],
      [`${item}--- # more\nCs$0\n`, 'section [Cs|]'],
      [`CsUser: []\r\n$0`, 'section [|]'],
      [`CsOAuthConfiguration:\n  Identity: Global\n$0`, 'section [|]'],
    ]);
  });

  it('is in braces where the whole document is', () => {
    table([
      ['{ "Cs$0" }', 'section [Cs|] " flow json'],
      ['{ "CsUser": [], $0 }', 'section [|] flow json'],
      ['{ "CsUser": [], "Cs$0', 'section [Cs|] " open flow json'],
    ]);
  });
});

describe('a cursor at a new item', () => {
  it('stands below the section, at the column of the dashes', () => {
    table([
      ['CsUser:\n  $0', 'item of CsUser [|]'],
      ['CsUser:\n  Sip$0', 'item of CsUser [Sip|]'],
      ['CsUser:\n\n  $0\n\n', 'item of CsUser [|]'],
      ['CsUser:\n  $0\n  - SipAddress: x\n', 'item of CsUser [|]'],
      ['CsUser:\n    $0\n  - SipAddress: x\n', 'nothing'],
      [`${item}  $0`, 'item of CsUser [|]'],
      [`${item}\n  $0\n`, 'item of CsUser [|]'],
      [`${item}  Sip$0`, 'item of CsUser [Sip|]'],
      [`${item}  $0\n  - SipAddress: x\n`, 'item of CsUser [|]'],
      [`${item.replaceAll('\n', '\r\n')}  $0\r\n`, 'item of CsUser [|]'],
    ]);
  });

  it('may be a section as well where the dashes stand in the first column', () => {
    table([
      ['CsUser:\n- SipAddress: x\n$0', 'item of CsUser [|] or section'],
      ['CsUser:\n- SipAddress: x\n  $0', 'property of CsUser [|] +sipaddress'],
    ]);
  });

  it('is in brackets', () => {
    table([
      ['CsUser: [$0]\n', 'item of CsUser [|] flow'],
      ['CsUser: [{ SipAddress: x }, $0]\n', 'item of CsUser [|] flow'],
      ['{ "CsUser": [ $0 ] }', 'item of CsUser [|] flow json'],
    ]);
  });

  it('goes on behind what is typed between items', () => {
    table([
      [`${item}CsPo\n  $0\n  - SipAddress: x\n`, 'item of CsUser [|]'],
      [`${item}CsPo\n    $0\n  - SipAddress: x\n`, 'nothing'],
    ]);
  });
});

describe('a cursor at a property', () => {
  it('is behind the dash', () => {
    table([
      ['CsUser:\n  - $0', 'property of CsUser [|] alone'],
      ['CsUser:\n  -$0', 'property of CsUser [|] alone space'],
      ['CsUser:\n  - Sip$0', 'property of CsUser [Sip|] alone'],
      ['CsUser:\n  - Sip$0\n', 'property of CsUser [Sip|] alone'],
      ['CsUser:\n  - $0\n    RegistrarPool: x\n', 'property of CsUser [|] +registrarpool'],
      ['CsUser:\n  - Sip$0Address: x\n', 'property of CsUser [Sip|Address] colon'],
      ['CsUser:\n  - "Sip$0', 'property of CsUser [Sip|] " open'],
      [`${item}  - $0\n  - SipAddress: x\n`, 'property of CsUser [|] alone'],
    ]);
  });

  it('is on a line at the column of the keys', () => {
    table([
      [`${item}    $0`, 'property of CsUser [|] +sipaddress +registrarpool'],
      [`${item}    $0\n`, 'property of CsUser [|] +sipaddress +registrarpool'],
      [`${item}\n    $0\n\nCsPool:\n`, 'property of CsUser [|] +sipaddress +registrarpool'],
      [`${item}    Client$0`, 'property of CsUser [Client|] +sipaddress +registrarpool'],
      [`${item}    Client$0Pol # note\n`, 'property of CsUser [Client|Pol] +sipaddress +registrarpool'],
      [
        'CsUser:\n  - SipAddress: x\n    $0\n    ClientPolicy: y\n  - SipAddress: z\n',
        'property of CsUser [|] +sipaddress +clientpolicy',
      ],
      [`${item.replaceAll('\n', '\r\n')}    Cl$0\r\n`, 'property of CsUser [Cl|] +sipaddress +registrarpool'],
      [`---\n${item}    $0`, 'property of CsUser [|] +sipaddress +registrarpool'],
    ]);
  });

  it('belongs to the object although one of its lists stands in between', () => {
    table([
      ['CsSite:\n  - Identity: x\n    Pools:\n      - a\n    $0', 'property of CsSite [|] +identity +pools'],
      ['CsSite:\n  - Identity: x\n    Pools:\n    - a\n    $0', 'property of CsSite [|] +identity +pools'],
      ['CsSite:\n  - Pools: [a, \n    $0\n    Identity: x\n', 'property of CsSite [|] +pools +identity'],
    ]);
  });

  it('is in the one mapping that a section may be', () => {
    table([
      ['CsOAuthConfiguration:\n  Identity: Global\n  $0', 'property of CsOAuthConfiguration [|] +identity'],
      ['CsOAuthConfiguration:\n  $0\n  Identity: Global\n', 'property of CsOAuthConfiguration [|] +identity'],
      ['CsOAuthConfiguration: { $0 }', 'property of CsOAuthConfiguration [|] alone flow'],
    ]);
  });

  it('is in braces, closed or not', () => {
    table([
      ['CsUser:\n  - { $0 }\n', 'property of CsUser [|] alone flow'],
      ['CsUser:\n  - {$0}\n', 'property of CsUser [|] alone flow'],
      ['CsUser:\n  - {$0', 'property of CsUser [|] alone flow'],
      ['CsPinPolicy:\n  - { Identity: Global, $0', 'property of CsPinPolicy [|] flow +identity'],
      ['CsPinPolicy:\n  - { Identity: Global,$0', 'property of CsPinPolicy [|] flow space +identity'],
      [
        'CsPinPolicy:\n  - { Identity: Global, Min$0, x: 1 }\n',
        'property of CsPinPolicy [Min|] flow +identity +x',
      ],
      [
        'CsPinPolicy:\n  - { Identity: Global,\n      $0\n  - { Identity: Site:x }\n',
        'property of CsPinPolicy [|] flow +identity',
      ],
      [
        'CsPinPolicy:\n  - { Identity: "Global, $0\n  - Identity: x\n',
        'property of CsPinPolicy [|] flow +identity',
      ],
    ]);
  });

  it('is in JSON', () => {
    table([
      ['{ "CsUser": [ { "$0" } ] }', 'property of CsUser [|] " flow json'],
      ['{ "CsUser": [ { "SipAddress": "x", $0 } ] }', 'property of CsUser [|] flow json +sipaddress'],
      ['{ "CsUser": [ { "SipAddress": "x", "Reg$0', 'property of CsUser [Reg|] " open flow json +sipaddress'],
      [
        'CsUser:\n  - { "SipAddress": "x", "Reg$0": "y" }\n',
        'property of CsUser [Reg|] colon " flow json +sipaddress',
      ],
    ]);
  });

  it('is not in the white space in front of it, nor deeper or less deep than the others', () => {
    table([
      ['CsUser:\n $0 - SipAddress: x\n', 'nothing'],
      ['CsUser:\n  $0- SipAddress: x\n', 'nothing'],
      ['CsUser:\n  - SipAddress: x\n  $0  RegistrarPool: y\n', 'nothing'],
      [`${item}   $0`, 'nothing'],
      [`${item}      $0`, 'nothing'],
      [`${item}\t$0`, 'nothing'],
    ]);
  });
});

describe('a cursor at a value', () => {
  it('is behind the colon', () => {
    table([
      ['CsUser:\n  - RegistrarPool:$0', 'value of CsUser.RegistrarPool [|] space'],
      ['CsUser:\n  - RegistrarPool: $0', 'value of CsUser.RegistrarPool [|]'],
      ['CsUser:\n  - RegistrarPool:\t$0\n', 'value of CsUser.RegistrarPool [|]'],
      ['CsUser:\n  - RegistrarPool: po$0ol\n', 'value of CsUser.RegistrarPool [po|ol]'],
      ['CsUser:\n  - registrarpool: po$0ol # here\n', 'value of CsUser.RegistrarPool [po|ol]'],
      ['CsUser:\r\n  - RegistrarPool: po$0ol\r\n', 'value of CsUser.RegistrarPool [po|ol]'],
      ['CsUser:\n  - RegistrarPool: $0 # here\n', 'value of CsUser.RegistrarPool [|]'],
      ['CsUser:\n  - RegistrarPool:\n      $0\n', 'value of CsUser.RegistrarPool [|]'],
      ['CsUser:\n  - RegistrarPool: $0\n    ClientPolicy: x\n', 'value of CsUser.RegistrarPool [|]'],
      ['CsUser:\n  - SipAddress: sip:$0', 'value of CsUser.SipAddress [sip:|]'],
      ['CsUser:\n  - SipAddress: sip:ken@$0\n', 'value of CsUser.SipAddress [sip:ken@|]'],
      ['CsUser:\n  - RegistrarPool: &pool po$0\n', 'value of CsUser.RegistrarPool [po|]'],
      ['CsUser:\n  - x-note: a$0\n', 'value of CsUser.x-note [a|]'],
      ['CsPinPolicy:\n  Identity: Site:$0\n', 'value of CsPinPolicy.Identity [Site:|]'],
    ]);
  });

  it('may be quoted', () => {
    table([
      ['CsUser:\n  - RegistrarPool: "$0', 'value of CsUser.RegistrarPool [|] " open'],
      ['CsUser:\n  - RegistrarPool: "po$0ol"\n', 'value of CsUser.RegistrarPool [po|ol] "'],
      [
        "CsUser:\n  - RegistrarPool: 'po$0\n    ClientPolicy: x\n",
        "value of CsUser.RegistrarPool [po|] ' open",
      ],
      ["CsUser:\n  - RegistrarPool: '$0'", "value of CsUser.RegistrarPool [|] '"],
    ]);
  });

  it('may be in braces', () => {
    table([
      ['CsUser:\n  - { RegistrarPool: $0 }\n', 'value of CsUser.RegistrarPool [|] flow'],
      ['CsUser:\n  - { RegistrarPool:$0 }\n', 'value of CsUser.RegistrarPool [|] flow space'],
      ['CsUser:\n  - { RegistrarPool: po$0ol, x: 1 }\n', 'value of CsUser.RegistrarPool [po|ol] flow'],
      ['CsPinPolicy:\n  - { Identity: Site:$0 }\n', 'value of CsPinPolicy.Identity [Site:|] flow'],
      ['CsPinPolicy:\n  - { Identity: $0\n', 'value of CsPinPolicy.Identity [|] flow'],
      ['[{"CsUser":[]}]$0', 'nothing'],
      ['{ "CsUser": [ { "RegistrarPool": "po$0" } ] }', 'value of CsUser.RegistrarPool [po|] " flow json'],
      ['{ "CsUser": [ { "RegistrarPool": $0 } ] }', 'value of CsUser.RegistrarPool [|] flow json'],
    ]);
  });

  it('may be an item of a list', () => {
    table([
      ['CsSite:\n  - Pools: [$0]\n', 'value of CsSite.Pools [|] beside () flow'],
      ['CsSite:\n  - Pools: [a, $0]\n', 'value of CsSite.Pools [|] beside (a) flow'],
      ['CsSite:\n  - Pools: [a,$0\n', 'value of CsSite.Pools [|] beside (a) flow space'],
      ['CsSite:\n  - Pools: [a, b$0, c]\n', 'value of CsSite.Pools [b|] beside (a, c) flow'],
      ['CsSite:\n  - Pools: [pool01, $0', 'value of CsSite.Pools [|] beside (pool01) flow'],
      [
        'CsSite:\n  - Pools: [pool01, $0\n    Identity: x\n',
        'value of CsSite.Pools [|] beside (pool01) flow',
      ],
      ['CsSite:\n  - Pools: ["a", $0]\n', 'value of CsSite.Pools [|] beside (a) flow json'],
      ['CsSite:\n  - Pools:\n      - $0\n', 'value of CsSite.Pools [|] beside ()'],
      ['CsSite:\n  - Pools:\n      - a\n      - b$0\n', 'value of CsSite.Pools [b|] beside (a)'],
      ['CsSite:\n  - Pools:\n    - a\n    - $0\n', 'value of CsSite.Pools [|] beside (a)'],
      ['CsSite:\n  - Pools:\n      - a\n      $0\n', 'value of CsSite.Pools [|] beside (a) dash'],
      ['CsSite:\n  - Pools:\n      $0\n', 'value of CsSite.Pools [|] beside () dash'],
      ['CsPool:\n  - Services:\n      - Registrar:$0\n', 'value of CsPool.Services [Registrar:|] beside ()'],
      ['CsPool:\n  - Services: [Registrar:$0]\n', 'value of CsPool.Services [Registrar:|] beside () flow'],
    ]);
  });

  it('may be in a reference that is written as an object', () => {
    table([
      ['CsUser:\n  - ClientPolicy: { FriendlyName: $0 }\n', 'value of CsUser.ClientPolicy [|] flow'],
      ['CsUser:\n  - ClientPolicy: { friendlyname: a$0\n', 'value of CsUser.ClientPolicy [a|] flow'],
      ['CsUser:\n  - ClientPolicy:\n      Name: $0\n', 'value of CsUser.ClientPolicy [|]'],
      ['CsSite:\n  - Pools: [{ Value: $0 }]\n', 'value of CsSite.Pools [|] beside () flow'],
      ['CsUser:\n  - ClientPolicy: { Colour: $0 }\n', 'nothing'],
      ['CsUser:\n  - ClientPolicy: { $0 }\n', 'nothing'],
    ]);
  });
});

describe('a cursor in a comment', () => {
  it('is in a suppression, in the directive or among the rules', () => {
    table([
      ['# lync-$0', 'directive [lync-|]'],
      ['#lync$0', 'directive [lync|]'],
      ['CsUser:\n  # lync-dis$0able-line\n', 'directive [lync-dis|able-line]'],
      [`${item}    # lync-disable-next-line $0\n    ClientPolicy: x\n`, 'rule [|]'],
      [`${item}    # lync-disable-next-line no-u$0cs\n`, 'rule [no-u|cs]'],
      [`${item}    # lync-disable no-a, no-b$0, no-c -- why\n`, 'rule [no-b|] beside (no-a, no-c)'],
      [`${item}    ClientPolicy: x # lync-disable-line no-a,$0\n`, 'rule [|] beside (no-a) space'],
      ['CsUser:\n  - { x: 1 } # lync-disable-line $0', 'rule [|]'],
      ['CsUser:\n  - { x: 1, # lync-disable-line $0\n    y: 1 }', 'rule [|]'],
    ]);
  });

  it('is in none that is for the reader', () => {
    table([
      ['# $0', 'nothing'],
      ['# the lync-$0', 'nothing'],
      [`${item}    # note $0\n`, 'nothing'],
      [`${item}    # lync-disable-line no-a -- ticket $0\n`, 'nothing'],
      [`${item}    # lync-disable-line no-a no$0\n`, 'nothing'],
      ['CsUser:\n  - RegistrarPool: x # $0\n', 'nothing'],
    ]);
  });
});

describe('a cursor in an alias', () => {
  it('is in its name, and knows where only a mapping can stand', () => {
    table([
      ['CsUser:\n  - RegistrarPool: *po$0\n', 'alias of anything [po|]'],
      ['CsUser:\n  - RegistrarPool: *$0po # why\n', 'alias of anything [|po]'],
      ['CsUser:\n  - RegistrarPool: *$0', 'alias of anything [|]'],
      ['CsUser:\n  - <<: *b$0\n    SipAddress: x\n', 'alias of mapping [b|]'],
      ['CsUser:\n  - <<: [*a, *$0]\n', 'alias of mapping [|] flow'],
      ['CsUser:\n  - <<:\n      - *a\n      - *b$0\n', 'alias of mapping [b|]'],
      ['CsUser:\n  - { <<: *$0, SipAddress: x }\n', 'alias of mapping [|] flow'],
      ['CsUser:\n  - *$0\n', 'alias of mapping [|]'],
      ['CsUser: [*$0]\n', 'alias of mapping [|] flow'],
      ['CsSite:\n  - Pools: [*$0]\n', 'alias of anything [|] flow'],
      ['CsSite:\n  - Pools: *all$0\r\n', 'alias of anything [all|]'],
      ['x-more:\n  <<: *$0\n', 'alias of mapping [|]'],
      ['CsUser:\n  - RegistrarPool: $0*po\n', 'nothing'],
      ['CsUser:\n  - RegistrarPool: *po $0\n', 'nothing'],
    ]);
  });
});

describe('a cursor elsewhere', () => {
  it('is in nothing of ours', () => {
    table([
      ['CsPinPolicy:\n  - Description: |\n      Some $0text\n', 'nothing'],
      ['CsPinPolicy:\n  - Description: >-\n\n      $0\n\n    Identity: x\n', 'nothing'],
      ['CsPinPolicy:\n  - Description: "two\n      lines: $0"\n', 'nothing'],
      ['CsPinPolicy:\n  - Description: two\n      lines $0\n', 'nothing'],
      ['CsDialPlan:\n  - Identi$0\n', 'nothing'],
      ['x-notes:\n  - $0\n', 'nothing'],
      ['CsUser: $0\n', 'nothing'],
      ['CsUser:$0\n', 'nothing'],
      ['CsUser:\n  - RegistrarPool: "x" $0\n', 'nothing'],
      ['CsUser:\n  - RegistrarPool: $0[a]\n', 'nothing'],
      ['CsUser:\n  - &an$0chor\n', 'nothing'],
      ['CsUser:\n  - AcpInfo:\n      - a: $0\n', 'nothing'],
      ['\0 CsUser$0:\n', 'nothing'],
    ]);
  });
});

describe('a cursor anywhere', () => {
  it('is in a word of its own line, whatever the text', () => {
    for (const name of sampleNames) {
      for (const text of sampleFiles(name).values()) {
        const contents = new FileContents(new SourceFile('file:///a.lync.yaml', text));
        for (let offset = 0; offset <= text.length; offset += 5) {
          const place = cursorAt(contents, offset)?.place;
          if (!place) continue;
          assert.ok(place.start <= offset && offset <= place.end, `${offset} is in the word`);
          assert.ok(!text.slice(place.start, place.end).includes('\n'), `${offset}: the word is on one line`);
        }
      }
    }
  });

  it('is in a word of its own line in text that is no YAML, too', () => {
    const piece = fc.constantFrom(
      ...['CsUser', 'SipAddress', ':', ': ', '- ', '-', '\n', '\r\n', '  ', '    ', '\t', '{', '}', '[', ']'],
      ...[
        ',',
        '"',
        "'",
        '#',
        ' # lync-disable ',
        '|',
        '>',
        '&a',
        '*a',
        '!t',
        '---',
        '?',
        '\uFEFF',
        '😀',
        'CsUser:\n  - ',
      ],
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), fc.nat(120), (pieces, at) => {
        const text = pieces.join('');
        const offset = Math.min(at, text.length);
        const place = contextOf(text, offset)?.place;
        if (!place) return;
        assert.ok(place.start <= offset && offset <= place.end && place.end <= text.length);
        assert.ok(!/[\r\n]/.test(text.slice(place.start, place.end)));
        assert.equal(place.typed, text.slice(place.start, offset));
      }),
      { numRuns: 3000 },
    );
  });

  it('is in the same where the text ends behind it, and the rest is yet to be typed', () => {
    for (const text of sampleFiles('contoso').values()) {
      const whole = new FileContents(new SourceFile('file:///a.lync.yaml', text));
      for (let offset = 0; offset <= text.length; offset += 211) {
        // Behind a finished line only: half a word means something else.
        const end = text.indexOf('\n', offset);
        if (end < 0 || text[end - 1] === undefined) continue;
        const before = cursorAt(whole, end);
        const after = contextOf(text.slice(0, end), end);
        if (before?.kind !== 'value') continue;
        assert.deepEqual([after?.kind, after?.place.start], [before.kind, before.place.start], `at ${end}`);
      }
    }
  });
});
