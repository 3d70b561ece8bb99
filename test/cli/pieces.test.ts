import assert from 'node:assert/strict';
import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Arguments } from '../../server/src/cli.ts';
import { formats } from '../../server/src/reporters/file.ts';
import { folder, lyncLint, write, type Printed } from './terminal.ts';

const samples = fileURLToPath(new URL('../../samples', import.meta.url));

/** Runs `lync-lint`; with `pieces` every file of `large` bytes is a large one, and divided in that many. */
function lint(values: Arguments['values'], pieces?: number, large = 1): Promise<Printed> {
  return lyncLint([folder], values, {
    error: (text) => assert.fail(text),
    ...(pieces === undefined ? {} : { processors: pieces, large }),
  });
}

/** Asserts that nothing shows that a deployment was looked at in pieces. */
async function assertSame(large?: number): Promise<void> {
  // Annotations are text in other words.
  const different = formats.filter((format) => format !== 'github');
  for (const values of [{ quiet: true }, ...different.map((format) => ({ format }))]) {
    const whole = await lint(values);
    for (const pieces of [2, 5]) {
      const inPieces = await lint(values, pieces, large);
      assert.equal(inPieces.out, whole.out, `${JSON.stringify(values)} in ${pieces}`);
      assert.equal(inPieces.code, whole.code);
    }
  }
}

const policies = `CsWebServiceConfiguration:
  - { Identity: Global, UseWsFedPassiveAuth: true }
CsUserServicesPolicy:
  - { Identity: Global, UcsAllowed: true }
  - { Identity: Tag:SmartCard, UcsAllowed: false }
`;
const person = (name: string, more = ''): string =>
  `  - SipAddress: sip:${name}@contoso.com\n    RegistrarPool: pool01.contoso.com\n${more}`;

describe('a deployment that is looked at in pieces', () => {
  for (const sample of ['contoso', 'exported']) {
    it(`has the findings that it has as a whole: ${sample}`, async () => {
      await cp(join(samples, sample), folder, { recursive: true });
      await assertSame();
    });
  }

  it('has people of one name in two pieces and in two files', async () => {
    await write({
      'policies.lync.yaml': policies,
      'a.lync.yaml': `CsUser:\n${person('ken')}${person('ann')}${person('joe')}${person('KEN')}`,
      'b.lync.yaml': `CsUser:\n${person('eve', '    LineURI: tel:+1\n')}${person('ann')}${person('bob', '    LineURI: tel:+1\n')}`,
    });
    await assertSame();
    const { out } = await lint({ format: 'json' }, 3);
    assert.equal(out.match(/"rule": "no-duplicate-identity"/g)?.length, 3);
  });

  it('has the contacts of people in a file of their own', async () => {
    await write({
      'policies.lync.yaml': policies,
      'users.lync.yaml': `CsUser:\n${person('ken')}${person('ann', '    UserServicesPolicy: SmartCard\n')}${person('joe')}`,
      'contacts.lync.yaml':
        'CsUnifiedContactStore:\n  - { SipUri: sip:ken@contoso.com, UcsMode: Disabled }\n  - { SipUri: sip:ann@contoso.com, UcsMode: Migrated }\n',
    });
    await assertSame();
    const { out } = await lint({}, 2);
    assert.match(out, /require-ucs-rollback/);
    assert.match(out, /no-ucs-after-rollback/);
  });

  it('has policies among its people, aliases, and comments that silence', async () => {
    await write({
      'mixed.lync.yaml': `CsUser:\n${person('ken')}${person('ann')}csUserServicesPolicy:\n  - { Identity: Global, UcsAllowed: true }\nCsUnifiedContactStore:\n  - { SipUri: sip:ken@contoso.com, UcsMode: Migrated }\n`,
      'policies.lync.yaml':
        'CsWebServiceConfiguration:\n  - { Identity: Global, UseWsFedPassiveAuth: true }\n',
      'aliases.lync.yaml': `CsUser:\n  - &eve\n    SipAddress: sip:eve@contoso.com\n    RegistrarPool: pool01.contoso.com\n${person('bob')}  - <<: *eve\n    SipAddress: sip:mia@contoso.com\n`,
      'silent.lync.yaml': `CsUser:\n  # lync-disable no-ucs-with-2fa\n${person('tim')}${person('tom')}  # lync-enable\n${person('pam', '    Nonsense: 1\n')}`,
    });
    await assertSame();
  });

  it('has comments that silence nothing, as far as all files together can tell', async () => {
    const contacts =
      'CsUnifiedContactStore:\n  # lync-disable-next-line require-ucs-rollback, no-duplicate-identity\n  - { SipUri: sip:someone@contoso.com, UcsMode: Disabled }\n';
    await write({
      'policies.lync.yaml': `# lync-disable-next-line policy-reaches-2fa-users\n${policies}`,
      'users.lync.yaml': `# lync-disable no-ucs-with-2fa\n# lync-disable-next-line incomplete-deployment\nCsUser:\n  # lync-disable-next-line no-ucs-after-rollback, no-exchange-photos-with-2fa\n${person('ken')}  # lync-enable no-ucs-with-2fas\n${person('ann')}  # lync-enable\n${person('joe')}`,
      'contacts.lync.yaml': contacts,
      'more.lync.yaml': `CsUser:\n${person('eve')}${person('bob', '    ClientPolicy: Sales # lync-disable-line no-undefined-reference\n')}`,
    });
    await assertSame();
    const { out } = await lint({ format: 'json' }, 3);
    assert.ok(Number(out.match(/"rule": "no-unused-suppression"/g)?.length) > 3);
    await write({ 'contacts.lync.yaml': `CsClientPolicy: []\n${contacts}` });
    await assertSame();
  });

  it('knows which sections the other large files have before it says that a comment silences nothing', async () => {
    const users = Array.from({ length: 9 }, (_, number) => person(`user${number}`)).join('');
    const contacts = Array.from({ length: 9 }, () => '  - { SipUri: sip:ann@contoso.com }\n').join('');
    await write({
      'policies.lync.yaml': policies,
      'users.lync.yaml': `CsUser:\n  # lync-disable-next-line no-ucs-after-rollback\n${users}`,
      'contacts.lync.yaml': `CsUnifiedContactStore:\n${contacts}`,
    });
    await assertSame(policies.length + 1);
    const { out } = await lint({}, 2, policies.length + 1);
    assert.match(out, /no-unused-suppression/);
  });

  it('has people in a small file who are in a large one, too', async () => {
    const users = Array.from({ length: 20 }, (_, number) => person(`user${number}`)).join('');
    await write({
      'policies.lync.yaml': policies,
      'users.lync.yaml': `CsUser:\n${person('ken', '    UserServicesPolicy: SmartCard\n')}${users}`,
      'contacts.lync.yaml':
        'CsUnifiedContactStore:\n  - { SipUri: sip:ken@contoso.com, UcsMode: Migrated }\n',
      'more.lync.yaml': `CsUser:\n${person('USER3')}`,
    });
    await assertSame(1000);
    const { out } = await lint({}, 2, 1000);
    assert.match(out, /require-ucs-rollback/);
    assert.match(out, /no-duplicate-identity/);
  });

  it('has findings that are alike in several pieces, and in none that knows of the others', async () => {
    const nameless = '  - { RegistrarPool: pool01.contoso.com, Nonsense: 1 }\n';
    await write({
      'policies.lync.yaml': policies,
      'users.lync.yaml': `CsUser:\n${nameless.repeat(7)}${person('ken')}${nameless.repeat(2)}`,
    });
    await assertSame();
    const { out } = await lint({ format: 'sarif' }, 3);
    const ordinals = Array.from(
      out.matchAll(/"ruleId":"no-unknown-property".*"lyncFinding\/v1":"([^"]+)"/g),
      ([, print]) => print,
    );
    const [first = ''] = ordinals[0]?.split(':') ?? [];
    assert.deepEqual(
      ordinals,
      Array.from({ length: 9 }, (_, index) => `${first}:${index + 1}`),
    );
  });

  it('has broken entries, and none', async () => {
    await write({
      'policies.lync.yaml': policies,
      'broken.lync.yaml': `CsUser:\n${person('ken')}  - SipAddress: "sip:ann\n${person('joe')}  - just text\n`,
      'empty.lync.yaml': 'CsUser:\n',
      'no-people.lync.yaml': 'CsPool:\n  - Identity: pool01.contoso.com\n',
    });
    await assertSame();
  });

  it('keeps two deployments apart', async () => {
    await cp(join(samples, 'contoso'), join(folder, 'a'), { recursive: true });
    await cp(join(samples, 'contoso'), join(folder, 'b'), { recursive: true });
    const policiesOfB = join(folder, 'b', 'policies.lync.yaml');
    await writeFile(
      policiesOfB,
      (await readFile(policiesOfB, 'utf8')).replaceAll('UcsAllowed: true', 'UcsAllowed: false'),
    );
    await assertSame();
  });
});
