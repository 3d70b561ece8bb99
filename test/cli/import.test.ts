import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { at, lyncLint, write } from './terminal.ts';

interface Generated {
  readonly text: string;
  readonly counts: Readonly<Record<'sites' | 'pools' | 'computers' | 'services', number>>;
}

const generator = new URL('../../scripts/generators/topologyXml.mjs', import.meta.url).href;
let topologyXml: (shape: 'published' | 'downloaded', pools: 1 | 20 | 620) => Generated;

before(async () => {
  ({ topologyXml } = (await import(generator)) as { topologyXml: typeof topologyXml });
});

/** As Export-Csv prints two users. */
const csv = `"SipAddress","RegistrarPool","UserServicesPolicy","Enabled"
"sip:ken@contoso.com","pool01.contoso.com","SmartCard","True"
"sip:ann@contoso.com","pool01.contoso.com","","True"
`;

const users = `CsUser:
  - SipAddress: sip:ken@contoso.com
    RegistrarPool: pool01.contoso.com
    UserServicesPolicy: SmartCard
    Enabled: true
  - SipAddress: sip:ann@contoso.com
    RegistrarPool: pool01.contoso.com
    Enabled: true
`;

async function imported(...names: string[]): Promise<{ code: number; out: string; error: string }> {
  return lyncLint(['import', ...names.map(at)], { output: at('lync') });
}

async function text(name: string): Promise<string> {
  return readFile(at(`lync/${name}`), 'utf8');
}

describe('lync-lint import', () => {
  it('writes users by their pool, and says what is missing', async () => {
    await write({ 'users.csv': csv });
    const { code, out, error } = await imported('users.csv');
    assert.equal(code, 0, error);
    assert.equal(out, '');
    assert.equal(await text('users/pool01.contoso.com.lync.yaml'), users);
    assert.match(error, /^users\.csv: hint: No file has CsPool, .*Get-CsWebServiceConfiguration/m);
    assert.match(error, /^Imported 2 CsUser in 'lync'\.$/m);
  });

  it('reads UTF-16, whatever the file is called, and folders with all that is in them', async () => {
    const { text: xml } = topologyXml('published', 1);
    await write({
      'export/users.txt': Buffer.from(`\uFEFF${csv}`, 'utf16le'),
      'export/old/topology.bin': Buffer.from(`\uFEFF${xml}`, 'utf16le').swap16(),
    });
    const { code, error } = await imported('export');
    assert.equal(code, 0, error);
    assert.deepEqual((await readdir(at('lync'))).sort(), ['topology.lync.yaml', 'users']);
  });

  for (const count of [1, 20, 620] as const)
    it(`has all of a topology of ${count} pools, and finds nothing wrong with it`, async () => {
      const { text: xml, counts } = topologyXml('downloaded', count);
      await write({ 'contoso.tbxml': xml });
      const { code, error } = await imported('contoso.tbxml');
      assert.equal(code, 0, error);
      const { sites, pools, computers, services } = counts;
      const said = `${sites} CsSite, ${pools} CsPool, ${computers} CsComputer, ${services} CsService`;
      assert.ok(error.includes(said), error);
      const { out } = await lyncLint([at('lync')]);
      assert.match(out, /^1 finding \(1 info\)/m);
    });

  it('refuses what is no export, and what is cut off', async () => {
    await write({ 'notes.txt': 'Buy milk.\n', 'cut.xml': topologyXml('published', 20).text.slice(0, 3000) });
    const none = await imported('notes.txt');
    assert.equal(none.code, 2);
    assert.match(none.error, /^notes\.txt: left out: /m);
    assert.match(none.error, /Nothing is imported: no object could be read\.$/m);
    const cut = await imported('cut.xml');
    assert.equal(cut.code, 2);
    assert.match(cut.error, /^cut\.xml:\d+: error: /m);
    assert.doesNotMatch(cut.error, /\n\s+at /);
    await assert.rejects(readdir(at('lync')));
  });

  it('takes of what is cut off what could be read only when told so', async () => {
    await write({ 'users.csv': csv, 'cut.xml': topologyXml('published', 20).text.slice(0, 3000) });
    assert.equal((await imported('users.csv', 'cut.xml')).code, 2);
    const partial = await lyncLint(['import', at('users.csv'), at('cut.xml')], {
      output: at('lync'),
      partial: true,
    });
    assert.equal(partial.code, 0, partial.error);
    assert.equal(await text('users/pool01.contoso.com.lync.yaml'), users);
  });

  it('says what is not there, and which options do not go with it', async () => {
    assert.match((await imported('nowhere.xml')).error, /'.*nowhere\.xml' cannot be read/);
    assert.match((await lyncLint(['import', 'a.csv'])).error, /Name the folder to import into/);
    assert.match((await lyncLint(['import'], { output: at('lync') })).error, /Name what is to be imported/);
    const fix = await lyncLint(['import', 'a.csv'], { output: at('lync'), fix: true });
    assert.match(fix.error, /--fix does not go with 'import'/);
    assert.equal(fix.code, 2);
  });
});

describe('lync-lint import into files that are there', () => {
  const edited = users
    .replace('CsUser:', '# Our people.\nCsUser:')
    .replace('UserServicesPolicy: SmartCard', 'UserServicesPolicy: Pilot # until May\n    x-ticket: 4711')
    .replace(
      / {2}- SipAddress: sip:ann[^]*$/,
      '  # Don has left.\n  - SipAddress: sip:don@contoso.com\n    RegistrarPool: pool01.contoso.com\n',
    );

  beforeEach(() => write({ 'users.csv': csv, 'lync/people.lync.yaml': edited }));

  it('shows what would change, and changes nothing', async () => {
    const { code, out, error } = await imported('users.csv');
    assert.equal(code, 1);
    assert.match(out, /^-\s+UserServicesPolicy: Pilot # until May$/m);
    assert.match(out, /^\+\s+UserServicesPolicy: SmartCard # until May$/m);
    assert.match(out, /^\+\s+- SipAddress: sip:ann@contoso\.com$/m);
    assert.match(
      error,
      /1 object added, 1 changed, none removed: nothing is written yet\. --update writes it\./,
    );
    assert.match(error, /'sip:don@contoso\.com' of CsUser is not in the import, and stays/);
    assert.equal(await text('people.lync.yaml'), edited);
  });

  it('keeps comments, order and keys of the author, and says the second time that nothing changes', async () => {
    const update = { output: at('lync'), update: true };
    assert.equal((await lyncLint(['import', at('users.csv')], update)).code, 0);
    const after = await text('people.lync.yaml');
    for (const kept of [
      '# Our people.',
      'SmartCard # until May',
      'x-ticket: 4711',
      '# Don has left.',
      'sip:don@',
    ])
      assert.ok(after.includes(kept), after);
    assert.ok(after.includes('Enabled: true'), after);
    const again = await imported('users.csv');
    assert.equal(again.code, 0);
    assert.match(again.error, /has all of it: nothing changes\./);
  });

  it('takes a name in other letters for the same, and a text in other letters for another', async () => {
    await write({
      'users.csv': `SipAddress,DisplayName,RegistrarPool\nsip:KEN@contoso.com,Ken MYER,POOL01.contoso.com\n`,
      'lync/people.lync.yaml': `CsUser:\n  - SipAddress: sip:ken@contoso.com\n    DisplayName: Ken Myer\n    RegistrarPool: pool01.contoso.com\n`,
    });
    await lyncLint(['import', at('users.csv')], { output: at('lync'), update: true });
    assert.equal(
      await text('people.lync.yaml'),
      `CsUser:\n  - SipAddress: sip:ken@contoso.com\n    DisplayName: Ken MYER\n    RegistrarPool: pool01.contoso.com\n`,
    );
  });

  it('unsets what the export has without a value', async () => {
    await write({ 'users.csv': csv.replace('"SmartCard"', '""') });
    await lyncLint(['import', at('users.csv')], { output: at('lync'), update: true });
    assert.match(await text('people.lync.yaml'), /UserServicesPolicy: null # until May/);
  });

  it('takes out what is gone only when told so', async () => {
    const { code } = await lyncLint(['import', at('users.csv')], {
      output: at('lync'),
      update: true,
      prune: true,
    });
    assert.equal(code, 0);
    const after = await text('people.lync.yaml');
    assert.ok(!after.includes('sip:don@') && after.includes('# Don has left.'), after);
  });

  it('puts a section that no file has into the file that is there for it', async () => {
    await write({
      'lync/policies.lync.yaml': 'CsClientPolicy:\n  - Identity: Global # as it was\n',
      'policies.json': '[{"Identity":"Global","UcsAllowed":true,"MigrationDelayInDays":2}]',
    });
    const update = { output: at('lync'), update: true };
    const { code, error } = await lyncLint(['import', at('policies.json')], update);
    assert.equal(code, 0, error);
    assert.match(
      await text('policies.lync.yaml'),
      /^CsClientPolicy:\n {2}- Identity: Global # as it was\nCsUserServicesPolicy:\n {2}- Identity: Global\n/,
    );
  });

  it('changes nothing where a file that is there cannot be read: what is in it would come twice', async () => {
    await write({ 'lync/broken.lync.yaml': 'CsPool:\n  - Identity: [pool01\n' });
    const { code, error } = await lyncLint(['import', at('users.csv')], {
      output: at('lync'),
      update: true,
    });
    assert.equal(code, 2);
    assert.match(error, /Nothing is changed: .*broken\.lync\.yaml:\d+: This cannot be read as YAML\./);
    assert.equal(await text('people.lync.yaml'), edited);
  });
});
