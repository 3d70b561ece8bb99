import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { chmod, readdir, readFile, symlink } from 'node:fs/promises';
import type { Arguments } from '../../server/src/cli.ts';
import { rules } from '../../server/src/rules/index.ts';
import { ended, ensureBuilt, programs } from '../programs.ts';
import { at, folder, lyncLint as lint, write } from './terminal.ts';

/** What `--format json` prints, as far as the tests look at it. */
interface Json {
  readonly version: number;
  readonly findings: readonly {
    readonly file: string;
    readonly rule: string;
    readonly severity: string;
    readonly subject: string;
    readonly range: { readonly start: { readonly line: number; readonly character: number } };
    readonly fixable: boolean;
  }[];
  readonly summary: Readonly<Record<string, number>>;
}

async function json(
  positionals: readonly string[] = [folder],
  values: Arguments['values'] = {},
  input?: string,
): Promise<Json> {
  const { out } = await lint(
    positionals,
    { ...values, format: 'json' },
    input === undefined ? {} : { input: () => Promise.resolve(input) },
  );
  return JSON.parse(out) as Json;
}

/** `file:line rule of subject`, counted from 1 as people do. */
function wordsOf({ findings }: Json): string[] {
  return findings
    .filter(({ rule }) => rule !== 'incomplete-deployment')
    .map(({ file, range, rule, subject }) => `${file}:${range.start.line + 1} ${rule} of ${subject}`);
}

const policies = `CsUserServicesPolicy:
  - { Identity: Global, UcsAllowed: true }
  - { Identity: Tag:SmartCard, UcsAllowed: false }
`;
const pools = `CsWebServiceConfiguration:
  - { Identity: Global, UseWsFedPassiveAuth: false }
`;
const configuration = `rules: { incomplete-deployment: off, no-unused-policy: off }
twoFactor: { pools: [{ pool: pool01.contoso.com, method: SmartCard }] }
`;
const ken = `CsUser:
  - SipAddress: sip:ken@contoso.com
    RegistrarPool: pool01.contoso.com
`;
const don = `CsUser:
  - SipAddress: sip:don@contoso.com
    RegistrarPool: pool02.contoso.com
`;
const wrong = 'CsUser:\n  - { SipAddress: sip:ann@contoso.com, Nonsense: 1 }\n';

const deployment = {
  'lync.config.yaml': configuration,
  'policies.lync.yaml': pools + policies,
  'users/ken.lync.yaml': ken,
  'users/don.lync.yaml': don,
};

describe('lync-lint as text', () => {
  it('shows each finding under its line, with what led to it, and a sum', async () => {
    await write(deployment);
    const { code, out, error } = await lint();
    assert.deepEqual([code, error], [1, '']);
    assert.equal(
      out,
      `policies.lync.yaml (1 finding)

  4 | - { Identity: Global, UcsAllowed: true }
    |                                   ^^^^
  policies.lync.yaml:4:37: info policy-reaches-2fa-users
    This leaves on for 1 two-factor user what needs Exchange: Unified Contact Store (UcsAllowed true). 1 user without this limitation has it too: give two-factor users a policy of their own.

users/ken.lync.yaml (1 finding)

  2 | - SipAddress: sip:ken@contoso.com
    |               ^^^^^^^^^^^^^^^^^^^
  users/ken.lync.yaml:2:17: error no-ucs-with-2fa
    The contact list of 'sip:ken@contoso.com' disappears after a two-factor sign-in: UcsAllowed is true in 'Global'. Grant a policy with UcsAllowed: false, then run Invoke-CsUcsRollback for contacts that have moved; the policy alone does not bring them back.
    - policies.lync.yaml:4:37: UcsAllowed is true in 'Global'
    - lync.config.yaml:2:30: Two factors: lync.config.yaml names 'pool01.contoso.com' among the two-factor pools

2 findings (1 error, 1 info) in 3 files, 2 users, 1 with two factors.
`,
    );
  });

  it('says what it has seen where there is nothing to find', async () => {
    await write({ 'users.lync.yaml': don, 'pools.lync.yaml': pools });
    const { code, out } = await lint([folder], { rule: ['incomplete-deployment=off'] });
    assert.deepEqual([code, out], [0, 'No findings in 2 files, 1 user, 0 with two factors.\n']);
  });

  it('puts the carets under wide characters and emoji', async () => {
    await write({
      'lync.config.yaml': configuration,
      'users.lync.yaml':
        "CsUser:\n  - { SipAddress: sip:ann@contoso.com, DisplayName: '長田 🔑 é', Nonsense: 1 }\n",
    });
    const [, line = '', carets = ''] = (await lint()).out.split('\n').slice(1);
    const columns = (text: string): number => text.length + (text.match(/[長田]/g)?.length ?? 0);
    assert.equal(carets.indexOf('^'), columns(line.slice(0, line.indexOf('Nonsense'))));
    assert.match(carets, / \^{8}$/);
  });

  it('shows of a long line what is around the place', async () => {
    const users = Array.from({ length: 2000 }, (_, n) => `{ "SipAddress": "sip:u${n}@contoso.com" }`);
    users.splice(1000, 0, '{ "SipAddress": "sip:ann@contoso.com", "Nonsense": 1 }');
    await write({
      'lync.config.yaml': configuration,
      'users.lync.yaml': `{"CsUser": [${users.join(', ')}]}`,
    });
    const [, line = '', carets = ''] = (await lint()).out.split('\n').slice(1);
    assert.ok(line.length < 200, `${line.length} characters`);
    const start = carets.indexOf('^');
    assert.equal(line.slice(start, carets.length), '"Nonsense"');
  });

  it('has colours where the terminal has, and only there', async () => {
    await write(deployment);
    const plain = (await lint()).out;
    const colored = (await lint([folder], {}, { color: true })).out;
    assert.match(colored, /\u001B\[31;1merror\u001B\[0m/);
    assert.equal(colored.replaceAll(/\u001B\[[\d;]*m/g, ''), plain);
    assert.equal((await lint([folder], { 'no-color': true }, { color: true })).out, plain);
    await lint([folder], { output: at('report.txt') }, { color: true });
    assert.equal(await readFile(at('report.txt'), 'utf8'), plain);
  });

  it('lets nothing in a file or in its name steer the terminal', async () => {
    const name = 'a\u001b[2Jb.lync.yaml';
    await write({
      [name]: 'CsUser:\n  - { SipAddress: "sip:\\e]0;x\\a\\u202Eann@contoso.com", Non\u009bsense: \u0007 }\n',
      'lync.config.yaml': 'files: ["*.yaml"]\nrules: { "\\e[31m": off }\n',
    });
    await symlink(at('none.yaml'), at('b\u001b.lync.yaml'));
    const { out, error } = await lint([folder, at('b\u001b.lync.yaml')]);
    assert.match(error, /'.*b\uFFFD\.lync\.yaml' cannot be read/);
    const shown = (await lint()).out;
    assert.match(shown, /no-unknown-property/);
    for (const text of [out, error, shown])
      assert.doesNotMatch(text, /[\0-\x09\x0b-\x1f\x7f-\x9f\u202A-\u202E\u2066-\u2069]/);
  });
});

describe('lync-lint as JSON', () => {
  it('has these keys in this order', async () => {
    await write(deployment);
    const { out } = await lint([at('users')], { format: 'json' });
    assert.equal(
      out,
      `{
  "version": 1,
  "findings": [
    {
      "file": "users/ken.lync.yaml",
      "rule": "no-ucs-with-2fa",
      "severity": "error",
      "message": "The contact list of 'sip:ken@contoso.com' disappears after a two-factor sign-in: UcsAllowed is true in 'Global'. Grant a policy with UcsAllowed: false, then run Invoke-CsUcsRollback for contacts that have moved; the policy alone does not bring them back.",
      "subject": "sip:ken@contoso.com",
      "range": {
        "start": {
          "line": 1,
          "character": 16
        },
        "end": {
          "line": 1,
          "character": 35
        }
      },
      "related": [
        {
          "file": "policies.lync.yaml",
          "range": {
            "start": {
              "line": 3,
              "character": 36
            },
            "end": {
              "line": 3,
              "character": 40
            }
          },
          "message": "UcsAllowed is true in 'Global'"
        },
        {
          "file": "lync.config.yaml",
          "range": {
            "start": {
              "line": 1,
              "character": 29
            },
            "end": {
              "line": 1,
              "character": 47
            }
          },
          "message": "Two factors: lync.config.yaml names 'pool01.contoso.com' among the two-factor pools"
        }
      ],
      "fixable": true,
      "docs": "https://github.com/lync-topology/lync-topology/blob/main/docs/rules/no-ucs-with-2fa.md"
    }
  ],
  "summary": {
    "files": 2,
    "users": 2,
    "twoFactorUsers": 1,
    "errors": 1,
    "warnings": 0,
    "infos": 0,
    "hints": 0
  }
}
`,
    );
  });

  it('is sorted by file, then place, then rule, and the same on each run', async () => {
    const two =
      'CsUser:\n  - { sipaddress: sip:ann@contoso.com, Nonsense: 1 }\n  - { SipAddress: x, Nonsense: 1 }\n';
    await write({ ...deployment, 'b.lync.yaml': two, 'B.lync.yaml': wrong, 'a/z.lync.yml': two });
    const found = await json();
    const keys = found.findings.map(
      ({ file, range: { start }, rule }) => [file, start.line, start.character, rule] as const,
    );
    const sorted = [...keys].sort(([fileA, lineA, characterA, ruleA], [fileB, lineB, characterB, ruleB]) =>
      fileA !== fileB
        ? fileA < fileB
          ? -1
          : 1
        : lineA - lineB || characterA - characterB || (ruleA < ruleB ? -1 : 1),
    );
    assert.ok(keys.length > 6);
    assert.deepEqual(keys, sorted);
    const once = await lint([folder], { format: 'json' });
    assert.deepEqual(await lint([folder], { format: 'json' }), once);
  });

  it('counts characters in UTF-16 units, and lines from 0', async () => {
    await write({
      'a.lync.yaml': "CsUser:\r\n  - { SipAddress: sip:ann@contoso.com, DisplayName: '🔑', Nonsense: 1 }\r\n",
    });
    const found = (await json()).findings.find(({ rule }) => rule === 'no-unknown-property');
    assert.deepEqual(found?.range, { start: { line: 1, character: 58 }, end: { line: 1, character: 66 } });
  });

  it('names the object as its file does: SipAddress, else Identity, else SipUri or PSComputerName, else nothing', async () => {
    await write({
      'a.lync.yaml': `CsUser:
  - { Identity: ann, SipAddress: SIP:Ann@contoso.com, Nonsense: 1 }
  - { Identity: 'CN=Bob', Nonsense: 1 }
CsPool:
  - { Identity: pool01.contoso.com, Nonsense: 1 }
CsUnifiedContactStore:
  - { SipUri: sip:ann@contoso.com, UcsMode: Disabled, Nonsense: 1 }
CsServerPatchVersion:
  - { PSComputerName: fe01.contoso.com, Nonsense: 1 }
CsNonsense: []
`,
    });
    const subjects = (await json()).findings
      .filter(({ rule }) => rule === 'no-unknown-property' || rule === 'no-unknown-section')
      .map(({ subject }) => subject);
    assert.deepEqual(subjects, [
      'SIP:Ann@contoso.com',
      'CN=Bob',
      'pool01.contoso.com',
      'sip:ann@contoso.com',
      'fe01.contoso.com',
      '',
    ]);
  });

  it('says whether there is a fix', async () => {
    await write({
      ...deployment,
      'contacts.lync.yaml':
        'CsUnifiedContactStore:\n  - { SipUri: sip:ken@contoso.com, UcsMode: Migrated }\n',
      'policies.lync.yaml': pools + policies.replace('true', 'false'),
    });
    assert.deepEqual(
      (await json()).findings.map(({ rule, fixable }) => [rule, fixable]),
      [['require-ucs-rollback', false]],
    );
  });

  it('counts the files that are reported, and the users in them', async () => {
    await write(deployment);
    const counts = async (...paths: readonly string[]): Promise<unknown> => {
      const { files, users, twoFactorUsers } = (await json(paths.map(at))).summary;
      return [files, users, twoFactorUsers];
    };
    assert.deepEqual(await counts('.'), [3, 2, 1]);
    assert.deepEqual(await counts('users'), [2, 2, 1]);
    assert.deepEqual(await counts('users/ken.lync.yaml'), [1, 1, 1]);
    assert.deepEqual(await counts('users/don.lync.yaml', 'policies.lync.yaml'), [2, 1, 0]);
  });

  it('counts what --quiet hides', async () => {
    await write(deployment);
    const { findings, summary } = await json([folder], { quiet: true });
    assert.deepEqual(
      findings.map(({ severity }) => severity),
      ['error'],
    );
    assert.deepEqual([summary.errors, summary.infos], [1, 1]);
    const { out } = await lint([folder], { quiet: true, rule: ['no-ucs-with-2fa=warning'] });
    assert.equal(out, '2 findings (1 warning, 1 info) in 3 files, 2 users, 1 with two factors.\n');
  });
});

describe('the exit code', () => {
  it('is 1 with an error, 0 without', async () => {
    await write(deployment);
    assert.equal((await lint()).code, 1);
    assert.equal((await lint([folder], { rule: ['no-ucs-with-2fa=warning'] })).code, 0);
    assert.equal((await lint([folder], { rule: ['no-ucs-with-2fa=off'] })).code, 0);
  });

  it('is 1 with more warnings than --max-warnings, even if --quiet hides them', async () => {
    await write(deployment);
    const warning = { rule: ['no-ucs-with-2fa=warning'] };
    for (const [most, code] of [
      ['0', 1],
      ['1', 0],
      ['99', 0],
    ] as const)
      for (const quiet of [false, true])
        assert.equal((await lint([folder], { ...warning, quiet, 'max-warnings': most })).code, code);
  });

  it('is 2, with a line that says why, where it cannot run', async () => {
    await write({ 'values.yaml': 'a: 1\n', 'empty/readme.txt': '' });
    const cases: readonly (readonly [positionals: string[], values: Arguments['values'], line: RegExp])[] = [
      [[folder], {}, /There is no Lync file \(\*\.lync\.yaml, or what lync\.config\.yaml names\) at '.*'\./],
      [[at('empty')], {}, /There is no Lync file/],
      [[at('none')], {}, /'.*none' cannot be read: there is no such file or folder\./],
      [[folder], { format: 'xml' }, /--format takes text, .*, not 'xml'\./],
      [[folder], { 'max-warnings': '-1' }, /--max-warnings takes a whole number, not '-1'\./],
      [[folder], { 'max-warnings': 'x' }, /--max-warnings takes a whole number, not 'x'\./],
      [[folder], { rule: ['no-ucs=off'] }, /--rule no-ucs=off: there is no rule 'no-ucs'/],
      [[folder], { rule: ['no-ucs-with-2f=off'] }, /is 'no-ucs-with-2fa' meant\?/],
      [[folder], { rule: ['no-ucs-with-2fa'] }, /--rule takes error, warning, info, hint, off, not ''\./],
      [[folder], { rule: ['no-ucs-with-2fa=fatal'] }, /--rule takes .*, not 'fatal'\./],
      [[folder], { stdin: true }, /--stdin takes no path/],
      [[], { stdin: true, fix: true }, /--fix writes files, so it does not go with --stdin\./],
      [['rules', 'no-such'], {}, /There is no rule 'no-such'/],
      [['rules', 'no-ucs-with-2f'], {}, /is 'no-ucs-with-2fa' meant\?/],
      [['rules', 'a', 'b'], {}, /'rules' takes one rule at most\./],
    ];
    for (const [positionals, values, line] of cases) {
      const { code, out, error } = await lint(positionals, values);
      assert.deepEqual([code, out], [2, ''], error);
      assert.match(error, line);
      assert.match(error, /^lync-lint: .*\n$/);
    }
  });

  it('is 2 if a file cannot be read; the others are checked all the same', async () => {
    await write(deployment);
    await symlink(at('users/none'), at('users/gone.lync.yaml'));
    const { code, out, error } = await lint([at('users'), at('users/ken.lync.yaml')]);
    assert.deepEqual([code, error], [1, ''], 'a link to nothing is no file');
    assert.match(out, /no-ucs-with-2fa/);
    if (process.platform === 'win32' || process.getuid?.() === 0) return;
    await chmod(at('users/don.lync.yaml'), 0);
    const denied = await lint();
    assert.equal(denied.code, 2);
    assert.match(denied.error, /^lync-lint: '.*don\.lync\.yaml' cannot be read: access is denied\.\n$/);
    assert.match(denied.out, /no-ucs-with-2fa/);
  });
});

describe('the files', () => {
  it('are those of the deployment that a file is in; only the file that is named is reported', async () => {
    await write({ ...deployment, 'users/ann.lync.yaml': wrong });
    assert.deepEqual(wordsOf(await json([at('users/ken.lync.yaml')])), [
      'users/ken.lync.yaml:2 no-ucs-with-2fa of sip:ken@contoso.com',
    ]);
    assert.deepEqual(wordsOf(await json([at('policies.lync.yaml')])), [
      'policies.lync.yaml:4 policy-reaches-2fa-users of Global',
    ]);
    assert.deepEqual(wordsOf(await json([at('users')])), [
      'users/ann.lync.yaml:2 no-unknown-property of sip:ann@contoso.com',
      'users/ken.lync.yaml:2 no-ucs-with-2fa of sip:ken@contoso.com',
    ]);
  });

  it('are what lync.config.yaml names', async () => {
    await write({
      'lync.config.yaml': "files: ['**/*.yaml']\nexclude: ['old/**']\n",
      'a.yaml': wrong,
      'old/b.yaml': wrong,
      'c.lync.yml': wrong,
    });
    assert.deepEqual(wordsOf(await json()), ['a.yaml:2 no-unknown-property of sip:ann@contoso.com']);
    const named = wordsOf(await json([at('old/b.yaml')]));
    assert.ok(named.includes('old/b.yaml:2 no-unknown-property of sip:ann@contoso.com'), 'named is named');
  });

  it('are a deployment for each lync.config.yaml, also below the path', async () => {
    await write({
      'one/users.lync.yaml': ken,
      'one/lync.config.yaml': configuration,
      'two/a.lync.yaml': policies,
    });
    assert.deepEqual(
      wordsOf(await json()).filter((words) => words.includes('ken')),
      [],
    );
    await write({ 'one/policies.lync.yaml': pools + policies });
    assert.equal((await lint()).code, 1);
  });

  it('report what is wrong with lync.config.yaml itself', async () => {
    await write({ 'lync.config.yaml': 'rules: { no-such: off }\nfiles: [\n', 'a.lync.yaml': don });
    const words = wordsOf(await json());
    assert.ok(words.includes('lync.config.yaml:1 valid-configuration of '), words.join());
    assert.ok(words.some((line) => line.startsWith('lync.config.yaml:2 valid-configuration')));
    assert.ok(wordsOf(await json([at('lync.config.yaml')])).length > 1);
  });

  it('are none that a link leads to outside of the folder', async () => {
    await write({ 'in/a.lync.yaml': don, 'out/b.lync.yaml': wrong });
    await symlink(at('out/b.lync.yaml'), at('in/b.lync.yaml'));
    await symlink(at('out'), at('in/c'));
    assert.deepEqual(wordsOf(await json([at('in')])), []);
  });

  it('may be broken in every way: each is reported, the rest is checked, and nothing is changed', async () => {
    const files = {
      'a-binary.lync.yaml': Buffer.from([0, 1, 2, 0x7f, 0x45, 0x4c, 0x46, 0xff, 0xfe, 0, 10, 0]),
      'b-empty.lync.yaml': '',
      'c-truncated.lync.yaml': 'CsPool:\n  - { Identity: "pool',
      'd-twice.lync.yaml': 'CsPool:\n  - Identity: a.contoso.com\n    Identity: b.contoso.com\n',
      'e-anchor.lync.yaml': 'CsPool:\n  - Identity: *nobody\n',
      'f-tab.lync.yaml': 'CsPool:\n\t- Identity: c.contoso.com\n',
      'g-type.lync.yaml': 'CsPool: 42\n',
      'h-brackets.lync.yaml': `CsPool: ${'['.repeat(20_000)}\n`,
      'i-good.lync.yaml': wrong,
    };
    await write(files);
    const found = wordsOf(await json());
    for (const name of Object.keys(files))
      assert.equal(
        found.some((words) => words.startsWith(name)),
        !name.startsWith('b-'),
        name,
      );
    for (const [name, content] of Object.entries(files))
      assert.deepEqual(await readFile(at(name)), Buffer.from(content));
  });
});

describe('--rule', () => {
  it('goes before the configuration, and may be repeated', async () => {
    await write({
      ...deployment,
      'lync.config.yaml': configuration.replace('off', 'off, no-ucs-with-2fa: hint'),
    });
    const severities = async (...rule: readonly string[]): Promise<string[]> =>
      (await json([folder], { rule })).findings.map(({ rule: id, severity }) => `${id} ${severity}`);
    assert.deepEqual(await severities(), ['policy-reaches-2fa-users info', 'no-ucs-with-2fa hint']);
    assert.deepEqual(await severities('no-ucs-with-2fa=error', 'policy-reaches-2fa-users=off'), [
      'no-ucs-with-2fa error',
    ]);
  });
});

describe('--output', () => {
  it('writes the findings to a file, and nothing else to anywhere', async () => {
    await write(deployment);
    const { out } = await lint([folder], { format: 'json' });
    const written = await lint([folder], { format: 'json', output: at('report.json') });
    assert.deepEqual(written, { code: 1, out: '', error: '' });
    assert.equal(await readFile(at('report.json'), 'utf8'), out);
    assert.deepEqual((await readdir(folder)).sort(), [
      'lync.config.yaml',
      'policies.lync.yaml',
      'report.json',
      'users',
    ]);
  });

  it('fails with 2 where it cannot write', async () => {
    await write(deployment);
    const { code, error } = await lint([folder], { output: at('none/report.json') });
    assert.equal(code, 2);
    assert.match(
      error,
      /^lync-lint: '.*report\.json' cannot be written: there is no such file or folder\.\n$/,
    );
  });
});

describe('--stdin', () => {
  it('reads it in the place of a file of a deployment', async () => {
    await write(deployment);
    const name = { stdin: true, 'stdin-filename': at('users/ken.lync.yaml') };
    assert.deepEqual(wordsOf(await json([], name, ken.replace('ken@', 'kim@'))), [
      'users/ken.lync.yaml:2 no-ucs-with-2fa of sip:kim@contoso.com',
    ]);
    assert.deepEqual(wordsOf(await json([], name, `${ken}    UserServicesPolicy: SmartCard\n`)), []);
    assert.equal(await readFile(at('users/ken.lync.yaml'), 'utf8'), ken);
  });

  it('takes it as part of the deployment though there is no such file yet, or it is none of its files', async () => {
    await write(deployment);
    for (const name of ['users/new.lync.yaml', 'users/new.txt'])
      assert.deepEqual(
        wordsOf(await json([], { stdin: true, 'stdin-filename': at(name) }, ken.replace('ken@', 'kim@'))),
        [`${name}:2 no-ucs-with-2fa of sip:kim@contoso.com`],
      );
  });

  it('may be the configuration', async () => {
    await write(deployment);
    const name = { stdin: true, 'stdin-filename': at('lync.config.yaml') };
    assert.deepEqual(wordsOf(await json([], name, 'rules: { no-such: off }\n')), [
      'lync.config.yaml:1 valid-configuration of ',
    ]);
  });

  it('may be empty', async () => {
    const { code, out } = await lint([], { stdin: true });
    assert.deepEqual([code, out], [0, 'No findings in 1 file, 0 users, 0 with two factors.\n']);
  });
});

describe('--fix', () => {
  it('writes what it can fix, says so, and reports what is left', async () => {
    await write(deployment);
    const { code, out, error } = await lint([folder], { fix: true });
    assert.deepEqual(
      [code, error, out],
      [0, 'Fixed users/ken.lync.yaml.\n', 'No findings in 3 files, 2 users, 1 with two factors.\n'],
    );
    assert.equal(
      await readFile(at('users/ken.lync.yaml'), 'utf8'),
      `${ken}    UserServicesPolicy: SmartCard\n`,
    );
  });

  it('leaves every other file as it is, and changes nothing when it runs again', async () => {
    await write(deployment);
    await lint([folder], { fix: true });
    const after = await Promise.all(Object.keys(deployment).map((name) => readFile(at(name), 'utf8')));
    assert.deepEqual(after.filter((text, index) => text !== Object.values(deployment)[index]).length, 1);
    const again = await lint([folder], { fix: true });
    assert.deepEqual([again.code, again.error], [0, '']);
    assert.deepEqual(
      await Promise.all(Object.keys(deployment).map((name) => readFile(at(name), 'utf8'))),
      after,
    );
  });

  it('never does what reaches others', async () => {
    // A user behind an anchor can be granted nothing: what is left is to change the policy of all.
    const shared = ken.replace('- SipAddress', '- &ken\n    SipAddress');
    await write({ ...deployment, 'users/ken.lync.yaml': shared });
    const { code, error } = await lint([folder], { fix: true });
    assert.deepEqual([code, error], [1, '']);
    for (const [name, text] of Object.entries({ ...deployment, 'users/ken.lync.yaml': shared }))
      assert.equal(await readFile(at(name), 'utf8'), text);
  });

  it('fixes only what is found in the files that are named', async () => {
    const kim = ken.replace('ken@', 'kim@');
    await write({ ...deployment, 'users/kim.lync.yaml': kim });
    await lint([at('users/ken.lync.yaml')], { fix: true });
    assert.match(await readFile(at('users/ken.lync.yaml'), 'utf8'), /SmartCard/);
    assert.equal(await readFile(at('users/kim.lync.yaml'), 'utf8'), kim);
  });

  const text = `# Zoë 🔑\r\n${ken.replaceAll('\n', '\r\n')}    DisplayName: 'Ken' # his\r\n`;
  const fixed = `${text}    UserServicesPolicy: SmartCard\r\n`;
  const little = (of: string): Buffer => Buffer.from(`\uFEFF${of}`, 'utf16le');
  for (const [name, encode] of Object.entries({
    'UTF-8': (of: string) => Buffer.from(of),
    'UTF-8 with a mark': (of: string) => Buffer.from(`\uFEFF${of}`),
    'UTF-16': little,
    'UTF-16, big end first': (of: string) => little(of).swap16(),
  }))
    it(`keeps encoding and line ends: ${name}`, async () => {
      await write({ ...deployment, 'users/ken.lync.yaml': encode(text) });
      await lint([folder], { fix: true });
      assert.deepEqual(await readFile(at('users/ken.lync.yaml')), encode(fixed));
    });

  it('leaves alone what is no text, says so and fails, and fixes the rest', async () => {
    const bytes = Buffer.from(`${ken}    DisplayName: Zo\xeb\n`, 'latin1');
    await write({
      ...deployment,
      'users/ken.lync.yaml': bytes,
      'users/kim.lync.yaml': ken.replace('ken@', 'kim@'),
    });
    const { code, out, error } = await lint([folder], { fix: true });
    assert.equal(code, 2);
    assert.match(
      error,
      /^Fixed users\/kim\.lync\.yaml\.\nlync-lint: 'users\/ken\.lync\.yaml' is left as it is: [^\n]*UTF-8/,
    );
    assert.match(out, /users\/ken\.lync\.yaml:2:17: error no-ucs-with-2fa/);
    assert.deepEqual(await readFile(at('users/ken.lync.yaml')), bytes);
  });
});

describe('lync-lint rules', () => {
  it('lists every rule with severity and summary', async () => {
    const { code, out } = await lint(['rules']);
    assert.equal(code, 0);
    const lines = out.trimEnd().split('\n');
    assert.equal(lines.length, rules.length);
    for (const { id, severity, summary } of rules)
      assert.ok(
        lines.some(
          (line) => line.startsWith(`${id} `) && line.includes(` ${severity} `) && line.endsWith(summary),
        ),
      );
  });

  for (const { id, severity, why, remedy, examples } of rules)
    it(`explains ${id}`, async () => {
      const { code, out } = await lint(['rules', id]);
      assert.equal(code, 0);
      const words = out.replaceAll(/\s+/g, ' ');
      for (const sentence of [`${id.toUpperCase()} `, ` Severity: ${severity}`, why, remedy])
        assert.ok(words.includes(sentence.replaceAll('`', '')), sentence);
      for (const example of examples.good) assert.ok(words.includes(example.replaceAll(/\s+/g, ' ').trim()));
      for (const line of out.split('\n'))
        assert.ok(line.startsWith('    ') || line.length <= 100 || !line.includes(' '), line);
      assert.match(out, new RegExp(`/docs/rules/${id}\\.md\n$`));
    });
});

describe('the program', () => {
  before(ensureBuilt);

  const program = (
    args: readonly string[],
    { input = '', env = {} }: { input?: string | Buffer; env?: NodeJS.ProcessEnv } = {},
  ): ReturnType<typeof ended> => {
    const child = spawn(process.execPath, [programs.linter, ...args], {
      cwd: folder,
      env: { ...process.env, ...env },
    });
    child.stdin.end(input);
    return ended(child);
  };

  it('checks the current folder, without colours where there is no terminal', async () => {
    await write(deployment);
    const [plain, check, noColor] = await Promise.all([
      program([]),
      program(['check', '.']),
      program(['--no-color'], { env: { NO_COLOR: '1' } }),
    ]);
    assert.deepEqual([plain.code, plain.error], [1, '']);
    assert.match(plain.out, /^policies\.lync\.yaml \(1 finding\)\n/);
    assert.deepEqual([check, noColor], [plain, plain]);
  });

  it('reads a deployment of one file from standard input, in UTF-16 too', async () => {
    for (const input of [wrong, `\uFEFF${wrong}`, Buffer.from(`\uFEFF${wrong}`, 'utf16le')]) {
      const { out } = await program(['--stdin'], { input });
      assert.match(
        out,
        /^stdin\.lync\.yaml \(\d findings\)\n[^]*  stdin\.lync\.yaml:2:40: \w+ no-unknown-property\n/,
      );
    }
  });

  it('says in one line which option it does not know, and ends with 2', async () => {
    for (const [args, line] of [
      [['--nonsense'], /^lync-lint: Unknown option '--nonsense'\. 'lync-lint --help' lists the options\.\n$/],
      [['--format'], /^lync-lint: Option '--format <value>' argument missing\. 'lync-lint --help'/],
      [['--fix=yes'], /^lync-lint: Option '--fix' does not take an argument\. 'lync-lint --help'/],
      [['none'], /^lync-lint: 'none' cannot be read: there is no such file or folder\.\n$/],
    ] as const) {
      const { code, out, error } = await program(args);
      assert.deepEqual([code, out], [2, '']);
      assert.match(error, line);
    }
  });

  it('shows its help and its version', async () => {
    const [help, version] = await Promise.all([program(['--help']), program(['--version'])]);
    assert.deepEqual([help.code, version.code], [0, 0]);
    assert.match(help.out, /--max-warnings N .*\n/);
    assert.match(version.out, /^\d+\.\d+\.\d+\n$/);
  });

  it('ends in peace when nobody reads on', async () => {
    const many = Array.from(
      { length: 5000 },
      (_, n) => `  - { SipAddress: sip:u${n}@contoso.com, Nonsense: 1 }\n`,
    );
    await write({ 'users.lync.yaml': `CsUser:\n${many.join('')}` });
    const child = spawn(process.execPath, [programs.linter, '--format', 'json'], { cwd: folder });
    child.stdout.once('data', () => child.stdout.destroy());
    let error = '';
    child.stderr.on('data', (data: Buffer) => (error += data.toString()));
    const code = await new Promise((resolve) => child.on('close', resolve));
    assert.deepEqual([code, error], [0, '']);
  });
});
