import assert from 'node:assert/strict';
import fc from 'fast-check';
import { SymbolKind, type DocumentSymbol, type Position, type Range } from 'vscode-languageserver-types';
import { documentSymbols } from '../../../server/src/features/symbols/documentSymbol.ts';
import { workspaceSymbols } from '../../../server/src/features/symbols/workspaceSymbol.ts';
import { isConfiguration } from '../../../server/src/project.ts';
import { parseFixture, projectOf, root } from '../../fixture.ts';
import { endings, forms, readData } from '../../linter/forms.ts';
import { projectWith, sampleFiles, sampleNames } from '../../samples.ts';
import { lineStarts, offsetAt, textIn } from '../cursor.ts';
import { deployment } from '../navigation.ts';

/** An outline as indented lines: name, detail, and in brackets what would be selected if it is not the name. */
function lines(text: string, symbols: readonly DocumentSymbol[], depth = 0): string[] {
  return symbols.flatMap(({ name, detail, selectionRange, children }) => {
    const selected = textIn(text, selectionRange);
    const words = [name, detail ?? '', selected === name ? '' : `[${selected}]`].filter(
      (word) => word !== '',
    );
    return [' '.repeat(2 * depth) + words.join(' | '), ...lines(text, children ?? [], depth + 1)];
  });
}

function outline(text: string, most?: number, name = 'deployment.lync.yaml'): string[] {
  const project = projectWith(new Map([[`${root}/${name}`, text]]));
  return lines(text, documentSymbols(project, `${root}/${name}`, most));
}

/** Ranges are in the document, selections inside of them, children inside of their parents, and siblings behind each other. */
function assertNested(
  text: string,
  symbols: readonly DocumentSymbol[],
  parent?: Range,
  starts = lineStarts(text),
): void {
  const at = (position: Position): number => offsetAt(text, position, starts);
  let end = parent ? at(parent.start) : 0;
  const last = parent ? at(parent.end) : text.length;
  for (const { name, range, selectionRange, children } of symbols) {
    const [from, to] = [at(range.start), at(range.end)];
    assert.ok(from >= end && to <= last && from <= to, `'${name}' is inside, behind the one before\n${text}`);
    assert.ok(at(selectionRange.start) >= from && at(selectionRange.end) <= to, name);
    assert.ok(name.trim() !== '', 'a symbol has a name');
    assertNested(text, children ?? [], range, starts);
    end = to;
  }
}

describe('the outline', () => {
  it('has the sections with their objects, as their names are written', () => {
    assert.deepEqual(
      outline(`x-note: 1
CsSite:
  - Identity: Site:Redmond
CsClientPolicy: { Identity: Tag:A }
CsUser:
  # first
  - DisplayName: Ken
    sipaddress: "sip:ken@contoso.com"
    RegistrarPool: pool01
  - { Identity: CN=Ann, RegistrarPool: pool01, Enabled: false }
  -
  - {}
CsFoo:
  - Identity: A
CsPool: []
`),
      [
        'x-note',
        'CsSite | 1',
        '  Site:Redmond',
        'CsClientPolicy | 1',
        '  Tag:A',
        'CsUser | 4',
        '  sip:ken@contoso.com | pool01 | ["sip:ken@contoso.com"]',
        '  CN=Ann | [Identity]',
        '  (no name) | [{}]',
        'CsFoo',
        'CsPool | 0',
      ],
    );
  });

  it('says who has two factors', () => {
    const { files } = parseFixture(deployment.slice(1));
    const project = projectOf({ files, expected: [] });
    const [users] = documentSymbols(project, `${root}/users.lync.yaml`);
    assert.deepEqual(users && lines(files.get('users.lync.yaml') ?? '', [users]), [
      'CsUser | 2',
      '  sip:ken@contoso.com | two factors · pool01.contoso.com',
      '  sip:ann@contoso.com | ["sip:ann@contoso.com"]',
    ]);
  });

  it('has a level for each of several documents', () => {
    assert.deepEqual(
      outline('CsPool:\n  - Identity: a\n---\n# only a comment\n---\n{"CsPool": {"Identity": "b"}}\n'),
      [
        'Document 1 | [CsPool]',
        '  CsPool | 1',
        '    a',
        'Document 2 | ["CsPool"]',
        '  CsPool | 1 | ["CsPool"]',
        '    b | ["b"]',
      ],
    );
  });

  it('ends an object in front of the comments behind it', () => {
    const text = 'CsPool:\n  - Identity: a # one\n    Site: s # two\n\n  # next\n  - Identity: b\n';
    const project = projectWith(new Map([[`${root}/a.lync.yaml`, text]]));
    const [section] = documentSymbols(project, `${root}/a.lync.yaml`);
    assert.deepEqual(
      section?.children?.map(({ range }) => textIn(text, range)),
      ['- Identity: a # one\n    Site: s', '- Identity: b'],
    );
    assert.equal(section.kind, SymbolKind.Module);
  });

  it('has what an alias brings where the alias is', () => {
    assert.deepEqual(
      outline(
        'x-all: &all\n  - &a { Identity: a }\nCsSite: *all\nCsPool:\n  - *a\n  - { <<: *a, Site: b }\n',
      ),
      ['x-all', 'CsSite | 1', 'CsPool | 2', '  a | [*a]', '  a | [<<]'],
    );
  });

  it('shows the first of many, and small sections whole', () => {
    const users = Array.from({ length: 2000 }, (_, i) => `  - SipAddress: sip:u${i}@x\n`).join('');
    const found = outline(`CsUser:\n${users}CsPool:\n  - Identity: a\n`, 3);
    assert.deepEqual(found, [
      'CsUser | 2,000 (the first 2 shown)',
      '  sip:u0@x',
      '  sip:u1@x',
      'CsPool | 1',
      '  a',
    ]);
  });

  it('of a configuration has its settings, and the pools by their names', () => {
    assert.deepEqual(
      outline(
        "files: ['a.yaml']\nrules:\n  no-ucs-with-2fa: off\ntwoFactor:\n  pools:\n    - { pool: pool01, method: Other }\n    - { method: Other }\n",
        undefined,
        'lync.config.yaml',
      ),
      ['files', 'rules', '  no-ucs-with-2fa | off', 'twoFactor', '  pools', '    pool01'],
    );
  });

  it('nests, whatever the form', () => {
    const data = readData([...parseFixture(deployment.slice(1)).files.values()].slice(0, 3).join(''));
    for (const form of forms)
      for (const { change } of endings)
        for (const [name, text] of form.write(data)) {
          const written = change(text);
          const project = projectWith(new Map([[`${root}/${name}`, written]]));
          const symbols = documentSymbols(project, `${root}/${name}`);
          assert.ok(symbols.length > 0, form.name);
          assertNested(written, symbols);
        }
  });

  it('nests in what is half-typed', () => {
    const files = sampleNames.flatMap((name) => [...sampleFiles(name)]);
    fc.assert(
      fc.property(
        fc.constantFrom(...files),
        fc.nat(),
        fc.nat(80),
        fc.constantFrom('', ':', '"', '- ', '[', '\n', '*a', '|'),
        (file, at, length, typed) => {
          const [uri, text] = file;
          const start = at % (text.length + 1);
          const changed = text.slice(0, start) + typed + text.slice(start + length);
          assertNested(changed, documentSymbols(projectWith(new Map([[uri, changed]])), uri));
        },
      ),
      { numRuns: 100 },
    );
  });

  it('is empty for files that are not ours', () => {
    assert.deepEqual(documentSymbols(projectWith(new Map()), `${root}/other.lync.yaml`), []);
  });
});

describe('symbols of the workspace', () => {
  const { files } = parseFixture(deployment.slice(1));
  const project = projectOf({ files, expected: [] });
  const found = (query: string, most?: number): string[] =>
    workspaceSymbols(project, query, most).map(({ name, containerName, location }) => {
      assert.ok('range' in location);
      const text = files.get(location.uri.slice(root.length + 1)) ?? '';
      const written = textIn(text, location.range);
      return `${name} (${containerName ?? ''})${written === name ? '' : ` [${written}]`}`;
    });

  it('are best where the name begins with the query, then where a word does, then anywhere, then in any order', () => {
    assert.deepEqual(found('card'), ['Tag:SmartCard (CsClientPolicy in policies.lync.yaml)']);
    assert.equal(found('SC')[0], 'Tag:SmartCard (CsClientPolicy in policies.lync.yaml)');
    assert.deepEqual(found('pool01'), [
      'pool01.contoso.com (CsPool in topology.lync.yaml)',
      'Registrar:pool01.contoso.com (CsService in topology.lync.yaml)',
      'Service:Registrar:pool01.contoso.com (CsRegistrarConfiguration in topology.lync.yaml)',
    ]);
    assert.deepEqual(found('kencom'), [
      'sip:ken@contoso.com (CsUser in users.lync.yaml)',
      'sip:KEN@contoso.com (CsUnifiedContactStore in users.lync.yaml)',
    ]);
  });

  it('are found with their prefix, too', () => {
    assert.deepEqual(found('Tag:smart'), ['Tag:SmartCard (CsClientPolicy in policies.lync.yaml)']);
    assert.deepEqual(found('sip:ann'), [
      'sip:ann@contoso.com (CsUser in users.lync.yaml) ["sip:ann@contoso.com"]',
    ]);
  });

  it('without a query are those that are no people first', () => {
    const all = found('');
    assert.equal(all.length, 15);
    assert.match(all[0] ?? '', /CsSipDomain/);
    assert.deepEqual(
      all.slice(-3).map((word) => word.includes(' in users')),
      [true, true, true],
    );
    assert.equal(found('', 4).length, 4);
    assert.deepEqual(found('nobody'), []);
  });

  it('are all that have the characters, of all deployments', () => {
    const samples = projectWith(sampleFiles('contoso'));
    const count = [...samples.uris].filter((uri) => !isConfiguration(uri)).length;
    assert.ok(count > 3);
    fc.assert(
      fc.property(
        fc.constantFrom('ken', 'po-r', '2FA', 'smart', 'reg:', 'contoso', 'q', '@f'),
        fc.constantFrom(1, 10, 10_000),
        (query, most) => {
          const expected = samples.workspaces.flatMap(({ deployment: of }) =>
            ['CsUser', 'CsPool', 'CsService', 'CsClientPolicy', 'CsSite'].flatMap((section) =>
              of
                .all(section)
                .map(({ subject }) => `${section} ${subject}`)
                .filter((name) => isIn(query, name.replace(/^\w+ (?:Tag:|sip:|Service:|Site:)?/, ''))),
            ),
          );
          const symbols = workspaceSymbols(samples, query, most);
          const names = new Set(
            symbols.map(({ name, containerName }) => `${containerName?.split(' ')[0] ?? ''} ${name}`),
          );
          assert.ok(symbols.length <= most);
          if (most === 10_000)
            assert.deepEqual(
              expected.filter((name) => !names.has(name)),
              [],
            );
          else assert.ok(symbols.length === most || symbols.length >= expected.length);
        },
      ),
      { numRuns: 40 },
    );
  });
});

function isIn(query: string, name: string): boolean {
  let from = 0;
  for (const character of query.toLowerCase()) {
    from = name.toLowerCase().indexOf(character, from) + 1;
    if (from === 0) return false;
  }
  return true;
}
