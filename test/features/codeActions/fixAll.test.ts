import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { CodeAction } from 'vscode-languageserver-types';
import { codeActions } from '../../../server/src/features/codeActions/codeActions.ts';
import { fixAllKind } from '../../../server/src/features/codeActions/fixAll.ts';
import { twoFactorPool } from '../../../server/src/linter/examples.ts';
import type { Finding } from '../../../server/src/linter/finding.ts';
import { rules } from '../../../server/src/rules/index.ts';
import { root } from '../../fixture.ts';
import { endings, forms, readData } from '../../linter/forms.ts';
import { projectWith, sampleFiles, sampleNames } from '../../samples.ts';
import { applied } from '../apply.ts';

type Files = ReadonlyMap<string, string>;

const start = { line: 0, character: 0 };

function action(files: Files, uri: string, only: readonly string[] | undefined): CodeAction | undefined {
  const request = { uri, range: { start, end: start }, only, versionOf: () => undefined };
  const found = codeActions(projectWith(files), request) as CodeAction[];
  return found.find(({ kind }) => kind === fixAllKind);
}

/** The texts after a file was saved, by an editor that fixes all on saving. */
function saved(files: Files, uri: string): Map<string, string> {
  const { edit } = action(files, uri, [fixAllKind]) ?? {};
  const changed = edit?.documentChanges?.map((change) => 'textDocument' in change && change.textDocument.uri);
  assert.deepEqual(changed ?? [uri], [uri]);
  return applied(files, edit);
}

function nameOf({ rule, object }: Finding): string {
  return `${rule.id} of ${object?.section.name ?? ''} ${object?.subject.toLowerCase() ?? ''}`;
}

function found(files: Files): Set<string> {
  const project = projectWith(files);
  return new Set(
    [...project.uris].flatMap((uri) => project.findings(uri).map(({ finding }) => nameOf(finding))),
  );
}

const users = `${root}/users.lync.yaml`;
const policies = `${root}/policies.lync.yaml`;

const deployment = new Map([
  [
    policies,
    `${twoFactorPool}CsUserServicesPolicy:\n  - { Identity: Global, UcsAllowed: true }\n  - { Identity: Tag:SmartCard, UcsAllowed: false }\nCsClientPolicy:\n  - { Identity: Global, DisplayPhoto: AllPhotos }\nCsMobilityPolicy: []\n`,
  ],
  [
    users,
    'CsUser:\n  - sipaddress: sip:ken@contoso.com # his\n    RegistrarPool: pool01.contoso.com\n  - SipAddress: sip:ann@contoso.com\n    RegistrarPool: pool02.contoso.com\n',
  ],
]);

describe('fixing all of a file', () => {
  it('is offered to those who ask for it, and to nobody else', () => {
    for (const kind of ['source', 'source.fixAll', 'source.fixAll.lync'])
      assert.ok(action(deployment, users, [kind]), kind);
    for (const kinds of [
      undefined,
      [],
      [''],
      ['quickfix'],
      ['source.fixAll.lync.more'],
      ['source.organizeImports'],
    ])
      assert.equal(action(deployment, users, kinds), undefined);
  });

  it('grants a policy that is there, and makes none in another file', () => {
    assert.equal(
      saved(deployment, users).get(users),
      'CsUser:\n  - SipAddress: sip:ken@contoso.com # his\n    RegistrarPool: pool01.contoso.com\n    UserServicesPolicy: SmartCard\n  - SipAddress: sip:ann@contoso.com\n    RegistrarPool: pool02.contoso.com\n',
    );
  });

  it('changes nothing for people whom no finding is about', () => {
    const after = saved(deployment, policies).get(policies) ?? '';
    assert.match(after, /Global, UcsAllowed: true/);
    assert.match(after, /Global, DisplayPhoto: AllPhotos/);
  });

  it('is offered nowhere where nothing is to be fixed', () => {
    assert.equal(action(saved(deployment, users), users, [fixAllKind]), undefined);
  });
});

/** What is found only once it is known what is meant, or once a policy is right. */
const follows =
  /^(?:policy-reaches-2fa-users|require-ucs-rollback|incomplete-deployment|no-unused-suppression) /;

function assertSound(files: Files, uri: string, mayFollow: RegExp): void {
  const once = saved(files, uri);
  assert.deepEqual(saved(once, uri), once, `Twice is not as once:\n${once.get(uri) ?? ''}`);
  const before = found(files);
  const come = [...found(once)].filter((name) => !before.has(name) && !mayFollow.test(name));
  assert.deepEqual(come, [], once.get(uri));
}

describe('fixing all of a file twice does what it does once, and brings no finding', () => {
  for (const name of sampleNames)
    it(`in samples/${name}`, () => {
      const files = sampleFiles(name);
      for (const uri of projectWith(files).uris) assertSound(files, uri, follows);
    });

  const examples = rules.flatMap(({ fixes, examples: { bad } }) => (fixes ? bad : []));
  for (const [number, form] of forms.entries())
    it(`in ${form.name}`, () => {
      for (const [index, example] of examples.entries()) {
        const ending = endings[(index + number) % endings.length];
        const texts = [...form.write(readData(example))];
        const files = new Map(texts.map(([name, text]) => [`${root}/${name}`, ending?.change(text) ?? text]));
        // A value that is read differently now may be one that a rule has something to say about.
        for (const uri of files.keys()) assertSound(files, uri, follows);
      }
    });

  it('in any file with comments that silence', () => {
    const line = fc.constantFrom(
      '  - { SipAddress: sip:ken@contoso.com, RegistrarPool: pool01.contoso.com }\n',
      '  - sipaddress: sip:ann@contoso.com\n    RegistrarPool: pool01.contoso.com # lync-disable-line valid-value\n',
      '  # lync-disable no-ucs-with-2fa, valid-value\n',
      '  # lync-enable\n',
      '  # lync-disable-next-line prefer-canonical-case, no-duplicate-identity -- why\n',
      '  # lync-disable-next-line no-unused-suppression\n',
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 8 }), (lines) => {
        assertSound(new Map([...deployment, [users, `CsUser:\n${lines.join('')}`]]), users, follows);
      }),
      { numRuns: Number(process.env.RUNS ?? 100) },
    );
  });
});
