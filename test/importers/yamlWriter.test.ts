import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { load } from 'js-yaml';
import { fileOf, filesOf, safeName } from '../../server/src/importers/fileNames.ts';
import type { ImportedObject, ImportedValue } from '../../server/src/importers/imported.ts';
import { psYaml } from '../../server/src/importers/psYaml.ts';
import { yamlScalar, yamlString } from '../../server/src/importers/yamlScalars.ts';
import { yamlOf } from '../../server/src/importers/yamlWriter.ts';
import type { Node } from '../../server/src/parser/nodes.ts';
import { readYaml } from '../../server/src/parser/read.ts';
import { SourceFile } from '../../server/src/parser/sourceFile.ts';
import { plain, read } from './texts.ts';

describe('the writer of YAML', () => {
  const runs = Number(process.env.RUNS ?? 3000);

  it('writes sections in the order of the schema, keys as given, short lists on one line', () => {
    const text = yamlOf([
      object('CsUser', { SipAddress: 'sip:ken@contoso.com', DisplayName: 'Ken, Myer', Enabled: true }),
      object('CsPool', {
        Identity: 'pool01.contoso.com',
        Computers: ['fe01.contoso.com', 'fe02.contoso.com'],
        Services: Array.from({ length: 5 }, (_, at) => `Registrar:pool0${at}.contoso.com`),
        Empty: [],
        BackupPoolFqdn: null,
      }),
      object('CsSimpleUrl', {
        Identity: 'Global',
        SimpleUrl: [
          { Component: 'Dialin', Domain: '*', SimpleUrlEntry: [{ Url: 'https://dialin.contoso.com' }] },
          { Component: 'Meet', Domain: 'contoso.com', ActiveUrl: 'https://meet.contoso.com' },
        ],
      }),
      object('CsUser', { SipAddress: 'sip:ann@contoso.com', HostingProvider: 'SRV:', LineURI: '+1425' }),
      object('CsPinPolicy', {}),
    ]);
    assert.equal(
      text,
      `CsPool:
  - Identity: pool01.contoso.com
    Computers: [fe01.contoso.com, fe02.contoso.com]
    Services:
      - Registrar:pool00.contoso.com
      - Registrar:pool01.contoso.com
      - Registrar:pool02.contoso.com
      - Registrar:pool03.contoso.com
      - Registrar:pool04.contoso.com
    Empty: []
    BackupPoolFqdn:

CsSimpleUrl:
  - Identity: Global
    SimpleUrl:
      - Component: Dialin
        Domain: '*'
        SimpleUrlEntry:
          - { Url: https://dialin.contoso.com }
      - { Component: Meet, Domain: contoso.com, ActiveUrl: https://meet.contoso.com }

CsUser:
  - SipAddress: sip:ken@contoso.com
    DisplayName: Ken, Myer
    Enabled: true
  - SipAddress: sip:ann@contoso.com
    HostingProvider: 'SRV:'
    LineURI: '+1425'

CsPinPolicy:
  - {}
`,
    );
  });

  it('quotes what some reader would take for something else', () => {
    for (const word of [
      ...[
        'true',
        'Yes',
        'NO',
        'on',
        'off',
        'y',
        'N',
        '~',
        'null',
        'NaN',
        '.inf',
        '5061',
        '-1',
        '1e3',
        '0x1F',
        '0o17',
        '1_000',
      ],
      ...[
        '08:00:00',
        '2013-08-12',
        '2013-08-12T10:00:00Z',
        '',
        ' ',
        'a ',
        ' a',
        'a: b',
        'a:',
        'a #b',
        '- a',
        '?',
        '#',
        '&a',
        '*',
        '!x',
      ],
      ...['|', '>', "'", '"', '%', '@', '`', '[', '{', '+1', '.5', '-', '--- a', '=', '<<'],
    ])
      assert.match(yamlString(word, false), /^['"].*['"]$/s, word);
  });

  it('leaves plain what is plain, so that files are read easily', () => {
    for (const word of [
      ...[
        'Ken Myer',
        'sip:ken@contoso.com',
        'tel:+14255550100;ext=7',
        'https://sts.contoso.com/a?b=c',
        'Tag:TwoFactor',
        'Mu Zheng (郑牧)',
      ],
      ...[
        '5.0.8308.420',
        '10.0.0.1',
        '17156075-6a99-4e37-a1fe-98c47536d533',
        'CN=Ken,OU=Redmond,DC=contoso',
        "O'Brien",
        'a#b',
      ],
    ])
      assert.equal(yamlString(word, false), word);
    assert.equal(yamlString('CN=Ken,OU=Redmond', true), "'CN=Ken,OU=Redmond'");
  });

  it('writes strings that come back from our reader and from that of others', () => {
    fc.assert(
      fc.property(text, fc.boolean(), (value, inBrackets) => {
        const written = yamlString(value, inBrackets);
        assert.ok(!/[\r\n]/.test(written), written);
        const source = inBrackets ? `k: [${written}, ${written}]` : `k: ${written}`;
        const { root, problems } = readYaml(source);
        assert.deepEqual(problems, [], source);
        assert.deepEqual(valueOf(root), { k: inBrackets ? [value, value] : value }, source);
        // js-yaml takes no half characters from escapes.
        if (!/\p{Cs}/u.test(value))
          assert.deepEqual(load(source), { k: inBrackets ? [value, value] : value }, source);
      }),
      { numRuns: runs },
    );
  });

  it('writes numbers that come back', () => {
    fc.assert(
      fc.property(fc.oneof(fc.double(), fc.integer()), (value) => {
        assert.equal(valueOf(readYaml(yamlScalar(value, true)).root), value === 0 ? 0 : value);
      }),
      { numRuns: runs },
    );
  });

  it('writes objects that come back, every block by itself', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(section, properties), { maxLength: 5 }), (made) => {
        const objects = made.map(([name, values]) => object(name, values));
        const source = yamlOf(objects);
        const { root, problems } = readYaml(source);
        assert.deepEqual(problems, [], source);
        const expected: Record<string, unknown[]> = {};
        for (const { section: name, properties: values } of objects)
          (expected[name] ??= []).push(Object.fromEntries(values));
        assert.deepEqual(valueOf(root) ?? {}, expected, source);
        const items = [...new SourceFile('file:///t', source).blocks].filter(({ kind }) => kind === 'item');
        assert.equal(items.length, objects.length, source);
        assert.ok(items.every((block) => block.problems.length === 0));
        assert.equal(yamlOf(objects), source);
      }),
      { numRuns: runs },
    );
  });

  it('writes what is imported again to the same text', async () => {
    for (const folder of ['contoso', 'contoso/users', 'exported']) {
      const path = new URL(`../../samples/${folder}/`, import.meta.url);
      for (const name of readdirSync(path).filter((file) => file.endsWith('.lync.yaml'))) {
        const first = await read(psYaml, readFileSync(new URL(name, path), 'utf8'), { size: 1000 });
        assert.equal(first.failure, undefined);
        assert.deepEqual(first.remarks, [], name);
        const text = yamlOf(first.objects);
        const second = await read(psYaml, text, { size: 1000 });
        assert.deepEqual(second.remarks, []);
        assert.deepEqual(second.objects.map(plain).sort(byText), first.objects.map(plain).sort(byText));
        assert.equal(yamlOf(second.objects), text);
      }
    }
  });
});

describe('the files of an import', () => {
  it('hold topology, policies, settings, contacts, and people by their pools', () => {
    const files = filesOf([
      object('CsUser', { SipAddress: 'sip:a@contoso.com', RegistrarPool: 'Pool01.contoso.com' }),
      object('CsUser', { SipAddress: 'sip:b@contoso.com', RegistrarPool: 'pool01.contoso.com' }),
      object('CsUser', { SipAddress: 'sip:c@contoso.com' }),
      object('CsUnifiedContactStore', { SipUri: 'sip:c@contoso.com' }),
      object('CsPool', { Identity: 'pool01.contoso.com' }),
      object('CsOAuthServer', { Identity: 'evoSTS' }),
      object('CsProxyConfiguration', { Identity: 'Global' }),
      object('CsPinPolicy', { Identity: 'Global' }),
    ]);
    assert.deepEqual(
      [...files.keys()],
      [
        ...['contacts.lync.yaml', 'policies.lync.yaml', 'settings.lync.yaml', 'topology.lync.yaml'],
        ...['users/no-pool.lync.yaml', 'users/pool01.contoso.com.lync.yaml'],
      ],
    );
  });

  it('have names that every file system takes', () => {
    assert.equal(safeName('CON'), 'pool-con');
    assert.equal(safeName('com1.contoso.com'), 'pool-com1.contoso.com');
    assert.equal(safeName('console.contoso.com'), 'console.contoso.com');
    assert.equal(safeName('../../etc/passwd'), 'etc-passwd');
    assert.equal(safeName('..'), undefined);
    assert.equal(safeName('$SkypeFQDN'), 'skypefqdn');
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (pool) => {
        const name = fileOf(object('CsUser', { SipAddress: 'sip:a@contoso.com', RegistrarPool: pool }));
        assert.match(
          name,
          /^users\/(?!(?:con|prn|aux|nul|com\d|lpt\d)\.)[a-z0-9_][a-z0-9._-]{0,110}\.lync\.yaml$/,
        );
      }),
    );
  });
});

const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({
    unit: fc.constantFrom(
      ...Array.from('ab1 .:-#,[]{}&*!|>\'"%@`?~+=/\\()<_$\t\n\r\u0085\u2028\uFEFF\u00AD'),
    ),
  }),
  fc.string({ unit: fc.constantFrom(...Array.from('0123456789.:-+eE_xo')) }),
  fc.constantFrom(
    'true',
    'No',
    'null',
    '<<',
    '=',
    'NaN',
    '.inf',
    '\ud800',
    'a\ud800b',
    '---',
    '...',
    '😀',
    'é',
  ),
);
const value: fc.Arbitrary<ImportedValue> = fc.letrec<{ value: ImportedValue; scalar: ImportedValue }>(
  (tie) => ({
    scalar: fc.oneof(
      text,
      fc.integer(),
      fc.boolean(),
      fc.constant(null),
      fc.double({ noNaN: true }).map((number) => number + 0),
    ),
    value: fc.oneof(
      { depthSize: 'small' },
      tie('scalar'),
      fc.array(tie('value'), { maxLength: 4 }),
      fc.dictionary(
        fc.string({ minLength: 1, maxLength: 8 }).filter((key) => key !== '<<'),
        tie('value'),
        { maxKeys: 4, noNullPrototype: true },
      ),
    ),
  }),
).value;
const properties = fc.dictionary(fc.oneof(fc.stringMatching(/^[A-Za-z]\w{0,8}$/), text), value, {
  maxKeys: 5,
  noNullPrototype: true,
});
const section = fc.constantFrom('CsUser', 'CsPool', 'CsClientPolicy');

function object(name: string, values: Readonly<Record<string, ImportedValue>>): ImportedObject {
  return { section: name, properties: new Map(Object.entries(values)), origin: { file: 'test' } };
}

function byText(a: unknown, b: unknown): number {
  return JSON.stringify(a) < JSON.stringify(b) ? -1 : 1;
}

function valueOf(node: Node | undefined): unknown {
  if (!node) return undefined;
  if (node.type === 'scalar') return node.value;
  if (node.type === 'sequence') return node.items.map(valueOf);
  if (node.type === 'alias') return assert.fail();
  return Object.fromEntries(
    node.pairs.map(({ key, value: inner }) => [key.type === 'scalar' ? key.text : '', valueOf(inner)]),
  );
}
