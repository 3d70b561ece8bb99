import assert from 'node:assert/strict';
import fc from 'fast-check';
import { psYaml } from '../../server/src/importers/psYaml.ts';
import { plain, read } from './texts.ts';

describe('YAML of powershell-yaml', () => {
  it('is recognised by its first line', () => {
    for (const head of [
      users,
      '# a\n\n---\nCsUser:\n',
      'CsUser:',
      '{ CsUser: [] }',
      '"Identity": a',
      '%YAML 1.2\n---\n- a: b',
      '- - a',
    ])
      assert.ok(psYaml.recognises(head), head);
    for (const head of [
      '<Objs>',
      'Hello world',
      'Identity         : Global\n',
      '"a","b"\n',
      '\n'.repeat(4000),
      '# '.repeat(2000),
      '',
      '-a',
    ])
      assert.ok(!psYaml.recognises(head), head.slice(0, 20));
  });

  it('may be a list of objects, with anchors', async () => {
    const { objects, remarks, failure } = await read(psYaml, users);
    assert.equal(failure, undefined);
    assert.deepEqual(remarks, []);
    assert.deepEqual(objects.map(plain), [
      {
        $: 'CsUser',
        SipAddress: 'sip:ken@contoso.com',
        RegistrarPool: 'pool01.contoso.com',
        ClientPolicy: 'TwoFactor',
        Enabled: true,
        LineURI: 'tel:+1425',
        ProxyAddresses: ['SMTP:ken@contoso.com'],
      },
      {
        $: 'CsUser',
        SipAddress: 'sip:ann@contoso.com',
        RegistrarPool: 'pool02.contoso.com',
        ClientPolicy: 'TwoFactor',
        Enabled: false,
      },
    ]);
    assert.deepEqual(
      objects.map(({ origin }) => origin.line),
      [3, 14],
    );
  });

  it('may be one object, or one in each document', async () => {
    const text =
      'Identity: Global\nUcsAllowed: true\n---\nIdentity: Tag:A\nUcsAllowed: false\nRules:\n- a\n- b\n';
    const { objects, remarks } = await read(psYaml, text, { file: 'CsUserServicesPolicy.yaml' });
    assert.deepEqual(remarks, []);
    assert.deepEqual(objects.map(plain), [
      { $: 'CsUserServicesPolicy', Identity: 'Global', UcsAllowed: true },
      { $: 'CsUserServicesPolicy', Identity: 'Tag:A', UcsAllowed: false, Rules: ['a', 'b'] },
    ]);
    assert.deepEqual(
      objects.map(({ origin }) => origin.line),
      [1, 4],
    );
  });

  it('may be ours already, in any style', async () => {
    for (const text of [
      'CsPool:\n  - Identity: pool01.contoso.com\n    Fqdn: pool01.contoso.com\n',
      'CsPool:\n- Identity: pool01.contoso.com\n  Fqdn: pool01.contoso.com\nx-note: mine\n',
      'cspool: { Identity: pool01.contoso.com, Fqdn: pool01.contoso.com }\n',
      '{ CsPool: [{ Identity: pool01.contoso.com, Fqdn: pool01.contoso.com }] }\n',
      'CsUser: []\nCsPool:\n  Identity: pool01.contoso.com\n  Fqdn: pool01.contoso.com\n',
      'CsPool:\n  - <<: { Identity: pool01.contoso.com }\n    Fqdn: pool01.contoso.com\n',
    ]) {
      const { objects, remarks, failure } = await read(psYaml, text);
      assert.equal(failure, undefined, text);
      assert.deepEqual(remarks, [], text);
      assert.deepEqual(
        objects.map(plain),
        [{ $: 'CsPool', Identity: 'pool01.contoso.com', Fqdn: 'pool01.contoso.com' }],
        text,
      );
    }
  });

  it('says which sections are none', async () => {
    const text =
      'CsVoiceRoute:\n- Identity: a\n  Priority: 0\n- Identity: b\n  Priority: 1\nCsPool:\n- Identity: pool01\n';
    const { objects, remarks } = await read(psYaml, text);
    assert.deepEqual(objects.map(plain), [{ $: 'CsPool', Identity: 'pool01' }]);
    assert.deepEqual(
      remarks.map(({ message, origin }) => [message, origin.line]),
      [
        [
          '2 objects of CsVoiceRoute were left out: no section is called so, and no rule looks at such objects.',
          2,
        ],
      ],
    );
  });

  it('keeps names that look like numbers', async () => {
    const { objects } = await read(
      psYaml,
      'CsServerPatchVersion:\n- PSComputerName: fe01.contoso.com\n  ComponentName: 5.10\n  Version: "5.0"\nCsPinPolicy:\n- Identity: 0012\n  Code: 1.50\n  Size: 007\n',
    );
    assert.deepEqual(objects.map(plain), [
      {
        $: 'CsServerPatchVersion',
        PSComputerName: 'fe01.contoso.com',
        ComponentName: '5.10',
        Version: '5.0',
      },
      { $: 'CsPinPolicy', Identity: '0012', Code: '1.50', Size: '007' },
    ]);
  });

  it('cannot fill memory with aliases', async () => {
    const bomb = [
      'a0: &a0 { x: 1, y: 2 }',
      ...Array.from(
        { length: 40 },
        (_, at) => `a${at + 1}: &a${at + 1} [${Array(9).fill(`*a${at}`).join(', ')}]`,
      ),
    ];
    const text = `CsSimpleUrl:\n- Identity: Global\n${bomb.map((line) => `  ${line}\n`).join('')}  SimpleUrl: *a40\n`;
    const { objects, remarks } = await read(psYaml, text, { size: 10_000 });
    assert.equal(objects.length, 1);
    assert.ok(
      remarks.some(({ message }) =>
        message.includes("'SimpleUrl' of 1 CsSimpleUrl object was taken over in part"),
      ),
    );
  });

  it('says where it cannot be read', async () => {
    const { objects, failure } = await read(
      psYaml,
      'CsPinPolicy:\n- Identity: Global\n  MinPasswordLength: 5\n- Identity: "Tag:A\n  MinPasswordLength: 6\n',
    );
    assert.equal(objects.length, 1);
    assert.equal(failure?.origin.line, 4);
    assert.match(failure.message, /^This cannot be read as YAML\. The text in quotes does not end/);
  });

  it('never throws anything but an ImportError', async () => {
    for (let end = 0; end < users.length; end += 10) await read(psYaml, users.slice(0, end));
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.constantFrom(
            'CsUser',
            'Identity',
            ':',
            ': ',
            '- ',
            '\n',
            '  ',
            '[',
            ']',
            '{',
            '}',
            '&a ',
            '*a',
            '"',
            "'",
            '---\n',
            '#',
            '|',
            '<<',
            '? ',
            ',',
          ),
          { maxLength: 30 },
        ),
        async (tokens) => {
          await read(psYaml, tokens.join(''));
        },
      ),
      { numRuns: 3000 },
    );
  });
});

const users = `# exported
---
- SipAddress: sip:ken@contoso.com
  RegistrarPool: &o0
    FriendlyName: pool01.contoso.com
    Anchor: System.Object
  ClientPolicy: &o1
    FriendlyName: TwoFactor
  VoicePolicy:
  Enabled: true
  LineURI: tel:+1425
  ProxyAddresses:
  - SMTP:ken@contoso.com
- SipAddress: sip:ann@contoso.com
  RegistrarPool: pool02.contoso.com
  ClientPolicy: *o1
  Enabled: "False"
`;
