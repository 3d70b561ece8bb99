/** The exporter runs on a server, and no PowerShell runs here: the grammar says what it may do, and `yaml` how its texts are read. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { parse } from 'yaml';
import { powerShellNoise, sectionTypes } from '../../server/src/schema/schema.ts';
import { findingsOf, parseFixture, projectOf } from '../fixture.ts';
import { commandsIn, descendants, find, nasty, parseScript, tableIn, valueOf } from '../emitters/script.ts';
import type { Node } from '../emitters/script.ts';

const script = readFileSync(
  new URL('../../client/assets/Export-LyncDeployment.ps1', import.meta.url),
  'utf8',
);
const page = readFileSync(new URL('../../docs/export.md', import.meta.url), 'utf8');
const root = parseScript(script);
const all = [...descendants(root)];
const functions = [...script.matchAll(/^function (\S+) /gm)].map(([, name = '']) => name);

/** What Windows PowerShell 3 has, with the parameters that the script gives: all of it reads, or writes the export's own files. */
const known: Readonly<Record<string, readonly string[]>> = {
  'Debug-CsUnifiedContactStore': ['Identity', 'ErrorAction'],
  'ForEach-Object': [],
  'Get-ChildItem': ['Path', 'Filter'],
  'Get-Command': ['Name', 'ErrorAction'],
  'Get-Content': ['LiteralPath', 'TotalCount'],
  'Get-CsServerPatchVersion': [],
  'Get-Item': ['LiteralPath'],
  'Get-ItemProperty': ['Path'],
  'Invoke-Command': ['ComputerName', 'ScriptBlock', 'ErrorAction', 'ErrorVariable'],
  'Join-Path': ['Path', 'ChildPath'],
  'Move-Item': ['LiteralPath', 'Destination', 'Force'],
  'New-Item': ['Path', 'ItemType', 'Force'],
  'New-Object': ['TypeName', 'ArgumentList'],
  'Remove-Item': ['LiteralPath'],
  'Select-Object': ['Property', 'Unique'],
  'Set-StrictMode': ['Version'],
  'Sort-Object': [],
  'Split-Path': ['Path', 'Leaf'],
  'Test-Path': ['Path', 'LiteralPath'],
  'Where-Object': [],
  'Write-Progress': ['Activity', 'Status', 'PercentComplete', 'Completed'],
  'Write-Warning': ['Message'],
};

function assignmentOf(name: string): Node {
  const found = find(
    root,
    ({ type, text }) => type === 'assignment_expression' && text.startsWith(`$${name} = `),
  );
  assert.ok(found, name);
  return found;
}

describe('the export script', () => {
  it('calls nothing that could change a server', () => {
    const called = new Set(commandsIn(root).map(({ name }) => name));
    const others = [...called].filter((name) => !(name in known) && !functions.includes(name));
    assert.deepEqual(others, ['&']);
    const indirect = commandsIn(root).filter(({ name }) => name === '&');
    assert.deepEqual(
      indirect.map(({ node }) => node.text.replace(/\s+/g, ' ').slice(0, 24)),
      ['& $Cmdlet @Arguments -Er', '& { if ($isPatchVersion)'],
    );
    for (const call of script.matchAll(/Read-Object .*?-Cmdlet (\S+)/g))
      assert.match(call[1] ?? '', /^(?:'Get-Cs(?:User|Service|Pool)'|\$[eE]ntry\.Cmdlet)$/);
  });

  it('gives no parameter that Windows PowerShell 3 has not', () => {
    for (const { node, name } of commandsIn(root)) {
      if (!(name in known)) continue;
      const own = node.children.flatMap(({ children, type }) =>
        type === 'command_elements' ? children : [],
      );
      const given = own
        .filter(({ type }) => type === 'command_parameter')
        .map(({ text }) => text.replace(/^-/, ''));
      for (const parameter of given) assert.ok(known[name]?.includes(parameter), `${name} -${parameter}`);
    }
  });

  it('uses no .NET but what reads, formats and writes files', () => {
    const members = all
      .filter(
        ({ type, text }) =>
          /^(?:invokation_expression|member_access)$/.test(type) && /^\[[\w.]+\]::/.test(text),
      )
      .map(({ text }) => /^[^(]+/.exec(text)?.[0] ?? '');
    assert.deepEqual([...new Set(members)].sort(), [
      '[System.Globalization.CultureInfo]::InvariantCulture',
      '[System.IO.File]::WriteAllText',
      '[System.StringComparer]::OrdinalIgnoreCase',
      '[array]::IndexOf',
      '[char]::ConvertToUtf32',
      '[char]::IsSurrogate',
      '[regex]::Replace',
    ]);
    const made = [...script.matchAll(/New-Object -TypeName (\S+)/g)].map(([, name = '']) => name);
    assert.deepEqual([...new Set(made)].sort(), [
      '$type',
      "'System.Collections.Generic.List[string]'",
      "'byte[]'",
      'System.IO.FileStream',
      'System.Text.StringBuilder',
      'System.Text.UTF8Encoding',
    ]);
  });

  it('says nothing that Windows PowerShell 3 does not understand', () => {
    const code = all
      .filter(({ type, children }) => children.length === 0 && type !== 'comment' && !type.includes('string'))
      .map(({ text }) => text);
    for (const word of ['class', 'using', '??', '?.', '?', '&&', '||', 'new', 'Where', 'ForEach'])
      assert.ok(!code.includes(word), word);
    assert.ok(!all.some(({ type }) => /class|enum_statement|ternary|null_coal|chain_op/.test(type)));
    assert.match(script, /^#Requires -Version 3\.0\n/);
    // In whatever encoding it is saved again, and in the editor of whatever server.
    assert.match(script, /^[\x20-\x7E\n]*$/);
  });

  it('has help for all of its parameters', () => {
    for (const keyword of ['SYNOPSIS', 'DESCRIPTION', 'OUTPUTS', 'EXAMPLE', 'LINK'])
      assert.match(script, new RegExp(`^\\.${keyword}$`, 'm'));
    const parameters = all.find(({ type }) => type === 'param_block')?.text ?? '';
    const names = [...parameters.matchAll(/^ {4}\[.*\] \$(\w+)/gm)].map(([, name]) => name);
    const described = [...script.matchAll(/^\.PARAMETER (\w+)$/gm)].map(([, name]) => name);
    assert.deepEqual(described, names);
    assert.deepEqual(names, ['OutputFolder', 'Section', 'ExcludeSection', 'Force']);
  });
});

interface Entry {
  readonly Name: string;
  readonly File: string;
  readonly Cmdlet: string;
  readonly Key: string;
  readonly Properties: string | readonly string[];
}

describe('the page about the export', () => {
  it('shows files in which everything is known and nothing is wrong', () => {
    const files = [...page.matchAll(/^```yaml\n(.*?)^```$/gms)].map(([, block = '']) => block);
    assert.ok(files.length > 1);
    const fixture = files.map((text, index) => `#- ${index}.lync.yaml\n${text}`).join('');
    const found = findingsOf(projectOf(parseFixture(fixture))).map(
      ({ rule, message }) => `${rule}: ${message}`,
    );
    assert.deepEqual(
      found.filter((text) => !text.startsWith('incomplete-deployment')),
      [],
    );
  });
});

describe('the table of the export script', () => {
  const table = tableIn(root, 'sections') as readonly Entry[];
  const columnsOf = (entry: Entry): string[] => [entry.Properties].flat();

  it('has every section, with its cmdlet and what it is sorted by', () => {
    assert.deepEqual(
      table.map(({ Name, Cmdlet, Key }) => ({ Name, Cmdlet, Key })),
      [...sectionTypes()].map(({ name, cmdlet, key }) => ({ Name: name, Cmdlet: cmdlet, Key: key })),
    );
  });

  it('has every property, but for those of which the page says that they are left out', () => {
    const skipped = [...sectionTypes()].flatMap(({ name, properties }, index) => {
      const written = columnsOf(table[index] ?? assert.fail()).map((column) => column.split(':')[0]);
      return [...properties.keys()].filter((key) => !written.includes(key)).map((key) => `${name}.${key}`);
    });
    const named = [...page.matchAll(/`(Cs\w+\.\w+)`/g)].map(([, name = '']) => name);
    assert.deepEqual(skipped.sort(), named.sort());
  });

  it('has no property that may hold a secret', () => {
    for (const entry of table)
      for (const column of columnsOf(entry))
        assert.doesNotMatch(column, /CertificateFile|RawData|TrustedCACerts|Passcode|Password$|AcpInfo/);
  });

  it('says what lists hold, and which values are names', () => {
    const of = (section: string): readonly string[] =>
      columnsOf(table.find(({ Name }) => Name === section) ?? assert.fail());
    assert.ok(of('CsPool').includes('Services:set'));
    assert.ok(of('CsVoicePolicy').includes('PstnUsages:list'));
    assert.ok(of('CsClientPolicy').includes('PolicyEntry:objects'));
    assert.ok(of('CsUser').includes('ExchangeArchivingPolicy:enum'));
    assert.ok(of('CsUser').includes('ClientPolicy'));
  });

  it('knows what PowerShell adds', () => {
    assert.deepEqual(tableIn(root, 'noise'), powerShellNoise);
  });
});

describe('a text that the export script writes', () => {
  const patterns = valueOf(
    find(assignmentOf('quoted'), ({ type }) => type === 'array_expression'),
  ) as string[];
  const quoted = new RegExp(patterns.join('|'), 'iu');
  const coded = textIn('coded').split('|').slice(1).join('|');

  /** .NET looks at UTF-16 units, and half a pair is no letter to it. */
  const isQuoted = (text: string): boolean => quoted.test(text.replace(/[\uD800-\uDFFF]/g, '\uD800'));

  /** The same as the script's Format-Text, with its own patterns. */
  const written = (text: string): string => {
    if (!isQuoted(text)) return text;
    const short: Readonly<Record<string, string>> = {
      '"': '\\"',
      '\\': '\\\\',
      '\n': '\\n',
      '\r': '\\r',
      '\t': '\\t',
    };
    const hex = (code: number, width: number): string => code.toString(16).toUpperCase().padStart(width, '0');
    const codes = Array.from(text, (character) => {
      if (character.length === 2) return `\\U${hex(character.codePointAt(0) ?? 0, 8)}`;
      if (!new RegExp(coded, 'u').test(character)) return character;
      if (/[\uD800-\uDFFF]/.test(character)) return '\\uFFFD';
      return short[character] ?? `\\u${hex(character.charCodeAt(0), 4)}`;
    });
    return `"${codes.join('')}"`;
  };

  function wellFormed(text: string): string {
    return Array.from(text, (character) => (/^[\uD800-\uDFFF]$/.test(character) ? '\uFFFD' : character)).join(
      '',
    );
  }

  function textIn(name: string): string {
    return valueOf(assignmentOf(name).children.at(-1)) as string;
  }

  const texts = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc
      .array(fc.constantFrom(...Array.from('ab1 9:#-.,_?!&*|>%@`"\'\\/{}[]=~+eExXoO\n\té\u00a0\u2028')))
      .map((parts) => parts.join('')),
    fc.constantFrom(...nasty),
  );

  for (const version of ['1.1', '1.2'] as const)
    it(`is the text again to a reader of YAML ${version}`, () => {
      fc.assert(
        fc.property(texts, (text) => {
          const file = `Key:\n  - Name: ${written(text)}\n    List:\n      - ${written(text)}\n`;
          const expected = wellFormed(text);
          const read = parse(file, { version, prettyErrors: false }) as {
            Key: { Name: unknown; List: unknown }[];
          };
          assert.deepEqual(read, { Key: [{ Name: expected, List: [expected] }] });
        }),
        { numRuns: 3000, examples: examples.map(([text]): [string] => [text]) },
      );
    });

  const examples: readonly [text: string, written: string][] = [
    ['', '""'],
    ['Global', 'Global'],
    ['sip:ken@contoso.com', 'sip:ken@contoso.com'],
    ['Registrar:pool01.contoso.com', 'Registrar:pool01.contoso.com'],
    ['CN=Ken Myer,OU=Redmond,DC=contoso,DC=com', 'CN=Ken Myer,OU=Redmond,DC=contoso,DC=com'],
    ['5.0.8308.420', '5.0.8308.420'],
    ['00000004-0000-0ff1-ce00-000000000000', '00000004-0000-0ff1-ce00-000000000000'],
    ['https://meet.contoso.com/', 'https://meet.contoso.com/'],
    ['\\\\files01\\share', '\\\\files01\\share'],
    ["Pádraig O'Sullivan", "Pádraig O'Sullivan"],
    ['郑牧', '郑牧'],
    ['SRV:', '"SRV:"'],
    ['*', '"*"'],
    ['+49 30', '"+49 30"'],
    ['5061', '"5061"'],
    ['1e3', '"1e3"'],
    ['0x1F', '"0x1F"'],
    ['12:30', '"12:30"'],
    ['2013-07-01', '"2013-07-01"'],
    ['No', '"No"'],
    ['~', '"~"'],
    ['NULL', '"NULL"'],
    ['Sales: Europe', '"Sales: Europe"'],
    ['Sales #2', '"Sales #2"'],
    ['Sales ', '"Sales "'],
    ['two\r\nlines', '"two\\r\\nlines"'],
    ['"quoted" \\ ', '"\\"quoted\\" \\\\ "'],
    ['😀', '"\\U0001F600"'],
    ['a\u200bb', '"a\\u200Bb"'],
  ];
  for (const [text, expected] of examples)
    it(`${JSON.stringify(text)} is ${expected}`, () => {
      assert.equal(written(text), expected);
    });
});
