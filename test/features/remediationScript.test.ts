import assert from 'node:assert/strict';
import { remediationScript } from '../../server/src/features/remediationScript.ts';
import { twoFactorPool } from '../../server/src/linter/examples.ts';
import { parseFixture, projectOf, root } from '../fixture.ts';
import { parseScript, tableIn } from '../emitters/script.ts';

const users = `${root}/users.lync.yaml`;

const project = projectOf(
  parseFixture(`#- policies.lync.yaml
${twoFactorPool}CsUserServicesPolicy:
  - { Identity: Global, UcsAllowed: true }
  - { Identity: Tag:SmartCard, UcsAllowed: false }
#- users.lync.yaml
CsUser:
  - SipAddress: sip:ken@contoso.com
    RegistrarPool: pool01.contoso.com
  - SipAddress: sip:ann@contoso.com
    RegistrarPool: pool01.contoso.com
  - SipAddress: sip:eva@contoso.com
    RegistrarPool: pool01.contoso.com
    UserServicesPolicy: SmartCard
  - SipAddress: sip:don@contoso.com
    RegistrarPool: pool02.contoso.com
#- contacts.lync.yaml
CsUnifiedContactStore:
  - { SipUri: sip:ken@contoso.com, UcsMode: Migrated }
  - { SipUri: sip:ann@contoso.com, UcsMode: Disabled }
  - { SipUri: sip:eva@contoso.com, UcsMode: Migrated }
`),
);

function usersIn(script: string, table: string): string[] {
  const rows =
    script === '' ? [] : (tableIn(parseScript(script), table) as { Users: string[] }[] | undefined);
  return (rows ?? []).flatMap(({ Users }) => Users);
}

function stepsFor(uri: string, scope: unknown): { grants: string[]; rollbacks: string[] } | undefined {
  const made = remediationScript(project, uri, scope);
  return made && { grants: usersIn(made.script, 'grants'), rollbacks: usersIn(made.script, 'rollbacks') };
}

function lines(first: number, last: number, character = 4): unknown {
  const range = { start: { line: first, character: 2 }, end: { line: last, character } };
  return { kind: 'selection', range };
}

describe('the remediation script of the editor', () => {
  const [ken, ann, eva] = ['sip:ken@contoso.com', 'sip:ann@contoso.com', 'sip:eva@contoso.com'] as const;

  it('is for the users of a file, and their contacts in another', () => {
    assert.deepEqual(stepsFor(users, { kind: 'file' }), {
      grants: [ken, ann],
      rollbacks: [ken, eva].reverse(),
    });
  });

  it('is for the deployment of a file', () => {
    assert.deepEqual(stepsFor(`${root}/policies.lync.yaml`, { kind: 'deployment' }), {
      grants: [ken, ann],
      rollbacks: [eva, ken],
    });
  });

  it('is for what the lines of a selection belong to', () => {
    assert.deepEqual(stepsFor(users, lines(2, 2)), { grants: [ken], rollbacks: [ken] });
    assert.deepEqual(stepsFor(users, lines(3, 5)), { grants: [ann], rollbacks: [eva] });
    assert.deepEqual(stepsFor(users, lines(3, 5, 0)), { grants: [ann], rollbacks: [] });
    assert.deepEqual(stepsFor(users, lines(900, 901)), { grants: [], rollbacks: [] });
  });

  it('is empty where there is nothing to do', () => {
    assert.equal(remediationScript(project, users, lines(8, 9))?.script, '');
  });

  it('names files by their path in the deployment', () => {
    const script = remediationScript(project, users, { kind: 'file' }, new Date(0))?.script ?? '';
    assert.match(script, /# From users\.lync\.yaml: no-ucs-after-rollback/);
    assert.match(script, /Written by lync-lint on 1970-01-01 00:00 UTC, from 'users\.lync\.yaml'\./);
  });

  it('is none for a file of no deployment', () => {
    assert.equal(remediationScript(project, `${root}/other.yaml`, { kind: 'file' }), undefined);
  });

  const wrong: readonly unknown[] = [
    undefined,
    null,
    'file',
    {},
    { kind: 'everything' },
    { kind: 'selection' },
    { kind: 'selection', range: null },
    { kind: 'selection', range: { start: { line: 0, character: 0 }, end: 1 } },
    { kind: 'selection', range: { start: { line: -1, character: 0 }, end: { line: 1, character: 0 } } },
    { kind: 'selection', range: { start: { line: 0, character: 0.5 }, end: { line: 1, character: 0 } } },
  ];
  for (const scope of wrong)
    it(`is none for ${JSON.stringify(scope)}`, () => {
      assert.equal(remediationScript(project, users, scope), undefined);
    });
});
