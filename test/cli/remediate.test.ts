import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import type { Arguments } from '../../server/src/cli.ts';
import { parseScript, tableIn } from '../emitters/script.ts';
import { at, folder, lyncLint, write, type Printed } from './terminal.ts';

function remediate(paths: readonly string[] = [folder], values: Arguments['values'] = {}): Promise<Printed> {
  return lyncLint(['remediate', ...paths], values, { color: true });
}

const deployment = {
  'lync.config.yaml': 'twoFactor: { pools: [{ pool: pool01.contoso.com, method: SmartCard }] }\n',
  'policies.lync.yaml': `CsWebServiceConfiguration:
  - { Identity: Global, UseWsFedPassiveAuth: false }
CsUserServicesPolicy:
  - { Identity: Global, UcsAllowed: true }
`,
  'users/ken.lync.yaml': `CsUser:
  - { SipAddress: 'sip:ken@contoso.com', RegistrarPool: pool01.contoso.com, ExUmEnabled: true }
`,
  'users/others.lync.yaml': `CsUser:
  - { SipAddress: 'sip:ann@contoso.com', RegistrarPool: pool01.contoso.com }
  - { SipAddress: 'sip:don@contoso.com', RegistrarPool: pool02.contoso.com }
`,
  'contacts.lync.yaml': `CsUnifiedContactStore:
  - { SipUri: sip:ken@contoso.com, UcsMode: Migrated }
  - { SipUri: sip:ann@contoso.com, UcsMode: Disabled }
`,
};

describe('lync-lint remediate', () => {
  it('writes the script to standard output, and its sum beside it', async () => {
    await write(deployment);
    const { code, out, error } = await remediate();
    assert.equal(code, 0);
    assert.equal(
      error,
      '2 users, 1 policy, 1 roll-back; run it with -WhatIf first. 1 left for you to do: see the end of it.\n',
    );
    assert.deepEqual(tableIn(parseScript(out), 'grants'), [
      {
        Noun: 'CsUserServicesPolicy',
        Policy: 'TwoFactor',
        Users: ['sip:ken@contoso.com', 'sip:ann@contoso.com'],
      },
    ]);
    assert.match(out, /^#Requires -Version 3\.0\r\n\r\n<#\r\n\.SYNOPSIS\r\n/);
    assert.match(out, /# From users\/ken\.lync\.yaml: no-ucs-with-2fa\r\n/);
  });

  it('writes it to a file in one step', async () => {
    await write(deployment);
    const { code, out } = await remediate([folder], { output: at('fix.ps1') });
    assert.deepEqual([code, out], [0, '']);
    assert.match(await readFile(at('fix.ps1'), 'utf8'), /^#Requires /);
    assert.deepEqual(
      (await readdir(folder)).filter((name) => name.includes('fix')),
      ['fix.ps1'],
    );
  });

  it('begins with a byte-order mark where there is more than ASCII in it', async () => {
    await write({
      ...deployment,
      'users/ken.lync.yaml': deployment['users/ken.lync.yaml'].replace('sip:ken', 'sip:jörg'),
    });
    const { out } = await remediate();
    assert.match(out, /^\uFEFF#Requires /);
    assert.match(
      out,
      /\(-join \('sip:j', \[char\]0x00F6, 'rg@contoso\.com'\)\) # reads: sip:jörg@contoso\.com\r\n/,
    );
    await remediate([folder], { output: at('fix.ps1') });
    assert.deepEqual([...(await readFile(at('fix.ps1'))).subarray(0, 4)], [0xef, 0xbb, 0xbf, 0x23]);
  });

  it('takes the users of the paths alone, with their contacts', async () => {
    await write(deployment);
    const { out, error } = await remediate([at('users/ken.lync.yaml')]);
    assert.match(error, /^1 user, 1 policy, 1 roll-back; /);
    assert.doesNotMatch(out, /ann@/);
  });

  it('leaves out rules that are off, and with --quiet all but errors', async () => {
    await write(deployment);
    const off = await remediate([folder], { rule: ['no-ucs-with-2fa=off', 'policy-reaches-2fa-users=off'] });
    assert.match(off.error, /^1 user, 1 policy; /, 'no-ucs-after-rollback is left');
    const quiet = await remediate([folder], { quiet: true });
    assert.match(quiet.error, /^2 users, 1 policy, 1 roll-back; run it with -WhatIf first\.\n$/);
    const none = await remediate([folder], { rule: ['require-ucs-rollback=off'] });
    assert.match(none.error, /^2 users, 1 policy; /);
  });

  it('writes no script where there is nothing to do', async () => {
    await write({ 'users.lync.yaml': deployment['users/others.lync.yaml'] });
    const { code, out, error } = await remediate([folder], { output: at('fix.ps1') });
    assert.deepEqual(
      [code, out, error],
      [0, '', 'There is nothing that cmdlets could do, so no script is written.\n'],
    );
    assert.deepEqual(await readdir(folder), ['users.lync.yaml']);
  });

  it('says what is left where cmdlets can do nothing', async () => {
    const policies = deployment['policies.lync.yaml'].replace('UcsAllowed: true', 'UcsAllowed: false');
    await write({ ...deployment, 'policies.lync.yaml': policies, 'contacts.lync.yaml': '' });
    const { code, out, error } = await remediate();
    assert.deepEqual([code, out], [0, '']);
    assert.match(error, /no script is written\. 1 left for you to do: 'lync-lint check' says what\.\n$/);
  });

  it('writes nothing where not all could be read', async () => {
    await write({ 'a/policies.lync.yaml': deployment['policies.lync.yaml'] });
    const { code, out, error } = await remediate([at('a'), at('nowhere')]);
    assert.deepEqual([code, out], [2, '']);
    assert.match(error, /nowhere' cannot be read/);
  });

  it('is for one deployment', async () => {
    for (const name of ['a', 'b'])
      await write(
        Object.fromEntries(Object.entries(deployment).map(([path, text]) => [`${name}/${path}`, text])),
      );
    const { code, out, error } = await remediate([at('a'), at('b')]);
    assert.deepEqual([code, out], [2, '']);
    assert.match(error, /a script is for the servers of one: name the paths of one\./);
  });

  for (const [name, value] of Object.entries({ format: 'json', fix: true, stdin: true, 'max-warnings': '1' }))
    it(`takes no --${name}`, async () => {
      const { code, error } = await remediate([folder], { [name]: value });
      assert.deepEqual([code, error], [2, `lync-lint: --${name} does not go with 'remediate'.\n`]);
    });
});
