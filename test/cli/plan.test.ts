import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { Arguments } from '../../server/src/cli.ts';
import { parseScript, tableIn } from '../emitters/script.ts';
import { at, folder, lyncLint, write, type Printed } from './terminal.ts';

function plan(states: readonly string[], values: Arguments['values'] = {}): Promise<Printed> {
  return lyncLint(['plan', ...states], values, { color: true });
}

function git(...args: string[]): void {
  const settings = [
    'user.name=Ann',
    'user.email=ann@contoso.com',
    'commit.gpgsign=false',
    'init.defaultBranch=main',
  ];
  execFileSync('git', [...settings.flatMap((setting) => ['-c', setting]), '-C', folder, ...args], {
    stdio: 'pipe',
  });
}

function commit(tag: string): void {
  git('add', '--all');
  git('commit', '--quiet', '--message', tag);
  git('tag', tag);
}

const before = {
  'policies.lync.yaml': `CsClientPolicy:
  - { Identity: Global, DisableEmoticons: true }
  - { Identity: Tag:Old }
`,
  'users/ken.lync.yaml': `CsUser:
  - { SipAddress: 'sip:ken@contoso.com', RegistrarPool: pool01.contoso.com, ClientPolicy: Old }
`,
};
const after = {
  'policies.lync.yaml': `CsClientPolicy:
  - { Identity: Global, DisableEmoticons: false }
  - { Identity: Tag:New, IMWarning: "It's late" }
`,
  'users/ken.lync.yaml': `CsUser:
  - { SipAddress: 'sip:ken@contoso.com', RegistrarPool: pool02.contoso.com, ClientPolicy: New }
  - { SipAddress: 'sip:ann@contoso.com', RegistrarPool: pool02.contoso.com }
`,
};

async function writeBelow(name: string, files: Readonly<Record<string, string>>): Promise<void> {
  await write(Object.fromEntries(Object.entries(files).map(([path, text]) => [`${name}/${path}`, text])));
}

describe('lync-lint plan', () => {
  it('prints what has changed, and writes both scripts', async () => {
    await writeBelow('one', before);
    await writeBelow('two', after);
    const { code, out, error } = await plan([at('one'), at('two')], {
      output: at('plan.ps1'),
      undo: at('undo.ps1'),
    });
    assert.equal(code, 0);
    assert.equal(
      out.replaceAll(folder, ''),
      `From '/one' to '/two': 1 made, 1 set, 1 removed, 1 user, 1 left for you.

CsClientPolicy
  made     Tag:New: IMWarning 'It's late'
  set      Global: DisableEmoticons true -> false
  removed  Tag:Old

CsUser
  granted  ClientPolicy 'Old' -> 'New': sip:ken@contoso.com
  moved    pool01.contoso.com -> pool02.contoso.com: sip:ken@contoso.com

Left for you, because no cmdlet does it safely:
  CsUser sip:ann@contoso.com: Only the second state has this user. Enable-CsUser needs an account in Active Directory: enable the user by hand, and make the plan again.
`,
    );
    assert.equal(
      error.replaceAll(folder, ''),
      "Wrote '/plan.ps1'; run it with -WhatIf first.\nWrote '/undo.ps1'; run it with -WhatIf first.\n",
    );
    const there = parseScript(await readFile(at('plan.ps1'), 'utf8'));
    const back = parseScript(await readFile(at('undo.ps1'), 'utf8'));
    const granted = (Policy: string, From: string): unknown => [
      { Noun: 'CsClientPolicy', From, Policy, Users: ['sip:ken@contoso.com'] },
    ];
    assert.deepEqual(tableIn(there, 'grants'), granted('New', 'Old'));
    assert.deepEqual(tableIn(back, 'grants'), granted('Old', 'New'));
  });

  it('says that nothing has changed, and writes no script', async () => {
    await writeBelow('one', before);
    await writeBelow('two', before);
    const { code, out, error } = await plan([at('one'), at('two')], { output: at('plan.ps1') });
    assert.deepEqual(
      [code, out.replaceAll(folder, ''), error.replaceAll(folder, '')],
      [
        0,
        "Nothing has changed from '/one' to '/two'.\n",
        "There is nothing that cmdlets could do, so '/plan.ps1' is not written.\n",
      ],
    );
    assert.ok(!existsSync(at('plan.ps1')));
  });

  it('writes JSON for programs', async () => {
    await writeBelow('one', before);
    await writeBelow('two', after);
    const { out } = await plan([at('one'), at('two')], { format: 'json' });
    const { changes, left } = JSON.parse(out) as { changes: { subject: string }[]; left: unknown[] };
    assert.deepEqual(
      changes.find(({ subject }) => subject === 'Global'),
      {
        section: 'CsClientPolicy',
        subject: 'Global',
        change: 'set',
        properties: [{ name: 'DisableEmoticons', from: true, to: false }],
      },
    );
    assert.equal(left.length, 1);
  });

  it('reads a revision of git, and the files as they are now', async () => {
    git('init', '--quiet');
    await writeBelow('contoso', {
      ...before,
      'lync.config.yaml': 'files: ["**/*.lync.yaml", "jörg.yaml"]\n',
    });
    await writeBelow('contoso', { 'jörg.yaml': 'CsMobilityPolicy: [{ Identity: Tag:Jörg }]\n' });
    await write({ 'other.lync.yaml': 'CsClientPolicy: [{ Identity: Global }]\n' });
    await writeBelow('contoso/node_modules/x', before);
    commit('v1');
    await writeBelow('contoso', { ...after, 'jörg.yaml': 'CsMobilityPolicy: []\n' });
    const { code, out } = await plan(['git:v1', at('contoso')]);
    assert.equal(code, 0);
    assert.match(out, /^From 'git:v1' to '.*contoso': 1 made, 1 set, 2 removed, 1 user, 1 left for you\.\n/);
    assert.match(out, / {2}removed {2}Tag:Jörg\n/);
    commit('v2');
    assert.match((await plan(['git:v2', at('contoso')])).out, /^Nothing has changed/);
    assert.match((await plan([at('contoso'), 'git:HEAD~1'])).out, /made, 1 set/);
  });

  it('says which revision cannot be read, and takes none for an option', async () => {
    await write(before);
    assert.match(
      (await plan(['git:v1', folder])).error,
      /^lync-lint: git cannot read it: not a git repository/,
    );
    git('init', '--quiet');
    commit('v1');
    const { code, error } = await plan(['git:v9', folder]);
    assert.deepEqual([code, error], [2, 'lync-lint: git cannot read it: Not a valid object name v9.\n']);
    for (const name of ['--output=x', '', 'v1:policies.lync.yaml', 'v1 x', 'v1\n'])
      assert.match((await plan([`git:${name}`, folder])).error, /is no name of a revision\. Name a commit/);
  });

  it('makes no plan of what it cannot read', async () => {
    await writeBelow('one', before);
    await writeBelow('two', { ...after, 'users/ken.lync.yaml': 'CsUser:\n  - { SipAddress: a\n' });
    const { code, out, error } = await plan([at('one'), at('two')], { output: at('plan.ps1') });
    assert.deepEqual([code, out], [2, '']);
    assert.match(
      error,
      /'two\/users\/ken\.lync\.yaml' of '.*two' is not right in line \d: what cannot be read/,
    );
    assert.ok(!existsSync(at('plan.ps1')));
    assert.equal((await plan([at('one'), at('nowhere')])).code, 2);
    await write({ 'empty/readme.txt': '' });
    assert.match((await plan([at('one'), at('empty')])).error, /There is no Lync file/);
  });

  it('is for one deployment', async () => {
    await writeBelow('two/a', { ...after, 'lync.config.yaml': '' });
    await writeBelow('two/b', { ...after, 'lync.config.yaml': '' });
    await writeBelow('one', before);
    const { code, error } = await plan([at('one'), at('two')]);
    assert.equal(code, 2);
    assert.match(error, /in '.*two', or they are of deployments further down: name the folder of one\./);
    assert.equal((await plan([at('one'), at('two/a')])).code, 0);
  });

  it('takes a folder as it is, even inside another deployment', async () => {
    await write({ ...after, 'lync.config.yaml': 'exclude: ["exported/**"]\n' });
    await writeBelow('exported', before);
    const { out } = await plan([at('exported'), folder]);
    assert.match(out, /: 1 made, 1 set, 1 removed, 1 user, 1 left for you\.\n/);
    const { code, error } = await plan([at('policies.lync.yaml'), folder]);
    assert.equal(code, 2);
    assert.match(error, /policies\.lync\.yaml' is a file, and a state is a folder or git:REVISION\./);
  });

  it('takes one state or two', async () => {
    for (const states of [[], ['a', 'b', 'c']]) {
      const { code, error } = await plan(states);
      assert.deepEqual(
        [code, error],
        [2, "lync-lint: 'plan' takes the first state and the second: folders, or git:REVISION.\n"],
      );
    }
  });

  for (const [name, value] of Object.entries({ quiet: true, fix: true, stdin: true, 'max-warnings': '1' }))
    it(`takes no --${name}`, async () => {
      const { code, error } = await plan([folder], { [name]: value });
      assert.deepEqual([code, error], [2, `lync-lint: --${name} does not go with 'plan'.\n`]);
    });

  it('alone takes --undo', async () => {
    await write(before);
    assert.equal(
      (await lyncLint([folder], { undo: 'x' })).error,
      "lync-lint: --undo goes with 'plan' only.\n",
    );
    assert.match((await lyncLint(['remediate'], { undo: 'x' })).error, /--undo does not go with 'remediate'/);
  });
});
