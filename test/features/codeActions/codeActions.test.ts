import assert from 'node:assert/strict';
import { type CodeAction, type Range } from 'vscode-languageserver-types';
import { codeActions, resolveCodeAction } from '../../../server/src/features/codeActions/codeActions.ts';
import type { Project } from '../../../server/src/project.ts';
import type { Finding } from '../../../server/src/linter/finding.ts';
import { safeFix } from '../../../server/src/linter/bulk.ts';
import { root } from '../../fixture.ts';
import { projectWith, sampleFiles, cleanSamples } from '../../samples.ts';
import { applied } from '../apply.ts';
import { cursorIn } from '../cursor.ts';

const noVersion = (): undefined => undefined;

function actionsIn(project: Project, uri: string, range: Range): CodeAction[] {
  const found = codeActions(project, { uri, range, versionOf: noVersion }) as CodeAction[];
  for (const { kind, edit, data } of found) {
    assert.equal(kind, 'quickfix');
    assert.ok(edit !== undefined || data !== undefined);
  }
  return found;
}

function resolved(project: Project, action: CodeAction): CodeAction {
  return action.edit ? action : (resolveCodeAction(project, action, noVersion) ?? action);
}

/** Whether an action puts something right, and does not silence it. */
function isFix({ title }: CodeAction): boolean {
  return !/^(?:Silence|Switch) /.test(title);
}

/** The titles at the cursor. */
function titlesAt(fixture: string): string[] {
  const { project, uri, position } = cursorIn(fixture);
  return actionsIn(project, uri, { start: position, end: position })
    .filter(isFix)
    .map(({ title }) => title);
}

/** Applies the action at the cursor whose title begins so. @returns the lines that it changes, as `- old` and `+ new` */
function changesBy(fixture: string, title: string): string {
  const { project, uri, position, files } = cursorIn(fixture);
  const actions = actionsIn(project, uri, { start: position, end: position });
  const action = actions.find((candidate) => candidate.title.startsWith(title));
  assert.ok(action, `'${title}' is among ${actions.map((other) => other.title).join('; ')}`);
  const after = applied(files, resolved(project, action).edit);
  return [...files]
    .flatMap(([file, text]) => {
      const changed = difference(text, after.get(file) ?? '');
      return changed.length > 0 ? [`#- ${file.slice(root.length + 1)}`, ...changed] : [];
    })
    .join('\n');
}

/** What stands only in one of the texts, line by line: enough of a diff for texts without equal lines. */
function difference(before: string, after: string): string[] {
  const old = before.split('\n');
  const result: string[] = [];
  let added: string[] = [];
  let at = 0;
  const flush = (to: number): void => {
    result.push(...old.slice(at, to).map((line) => `- ${line}`), ...added.map((line) => `+ ${line}`));
    added = [];
  };
  for (const line of after.split('\n')) {
    const found = old.indexOf(line, at);
    if (found < 0) {
      added.push(line);
      continue;
    }
    flush(found);
    at = found + 1;
  }
  flush(old.length);
  return result;
}

const deployment = `
#- lync.config.yaml
twoFactor: { pools: [{ pool: pool01.contoso.com }] }
#- policies.lync.yaml
CsWebServiceConfiguration: []
# Contacts
CsUserServicesPolicy:
  - Identity: Global
    UcsAllowed: true # for password users
  - Identity: Tag:SmartCard
    UcsAllowed: false
# Phones
CsMobilityPolicy:
  - { Identity: Global, AllowExchangeConnectivity: true, AllowSaveCredentials: false }
`;

const users = `
#- users.lync.yaml
CsUser:
  - SipAddress: sip:don@contoso.com # a password user
    RegistrarPool: pool02.contoso.com
  - SipAddress: sip:k$0en@contoso.com
    RegistrarPool: pool01.contoso.com
    # his
    DisplayName: 'Ken'
`;

const second = `
  - SipAddress: sip:ann@contoso.com
    RegistrarPool: pool01.contoso.com
`;

describe('quick fixes', () => {
  it('come for this one, the best first', () => {
    assert.deepEqual(titlesAt(deployment + users), [
      "Grant 'sip:ken@contoso.com' a new MobilityPolicy 'TwoFactor', like 'Global' but with AllowExchangeConnectivity false",
      "Set AllowExchangeConnectivity false in CsMobilityPolicy 'Global' (applies to 2 users, 1 of them not affected by two-factor sign-in)",
      "Grant 'sip:ken@contoso.com' the UserServicesPolicy 'SmartCard'",
      "Set UcsAllowed false in CsUserServicesPolicy 'Global' (applies to 2 users, 1 of them not affected by two-factor sign-in)",
    ]);
  });

  it('come for all of the kind in the file and in the deployment, where there are more', () => {
    const all = (fixture: string): string[] =>
      titlesAt(deployment + fixture).filter((title) => title.startsWith('Fix all'));
    assert.deepEqual(all(users), []);
    assert.deepEqual(all(users + second), [
      "Fix all of 'no-mobile-exchange-with-2fa' in this file",
      "Fix all of 'no-ucs-with-2fa' in this file",
    ]);
    assert.deepEqual(all(`${users}\n#- more.lync.yaml\nCsUser:${second}`), [
      "Fix all of 'no-mobile-exchange-with-2fa' in the deployment",
      "Fix all of 'no-ucs-with-2fa' in the deployment",
    ]);
  });

  it('grant a policy: one line more, where the other keys are', () => {
    assert.equal(
      changesBy(deployment + users, "Grant 'sip:ken@contoso.com' the UserServicesPolicy 'SmartCard'"),
      '#- users.lync.yaml\n+     UserServicesPolicy: SmartCard',
    );
  });

  it('set a value in place, and leave the comment behind it', () => {
    assert.equal(
      changesBy(deployment + users, 'Set UcsAllowed false'),
      `#- policies.lync.yaml
-     UcsAllowed: true # for password users
+     UcsAllowed: false # for password users`,
    );
    assert.equal(
      changesBy(deployment + users, 'Set AllowExchangeConnectivity false'),
      `#- policies.lync.yaml
-   - { Identity: Global, AllowExchangeConnectivity: true, AllowSaveCredentials: false }
+   - { Identity: Global, AllowExchangeConnectivity: false, AllowSaveCredentials: false }`,
    );
  });

  it('make a policy like the one that applies, in the file where the section is, and grant it', () => {
    assert.equal(
      changesBy(deployment + users, "Grant 'sip:ken@contoso.com' a new MobilityPolicy"),
      `#- policies.lync.yaml
+   - Identity: Tag:TwoFactor
+     AllowSaveCredentials: false
+     AllowExchangeConnectivity: false
#- users.lync.yaml
+     MobilityPolicy: TwoFactor`,
    );
  });

  it('fix all of a kind in one edit, with one new policy for all', () => {
    assert.equal(
      changesBy(deployment + users + second, "Fix all of 'no-mobile-exchange-with-2fa' in this file"),
      `#- policies.lync.yaml
+   - Identity: Tag:TwoFactor
+     AllowSaveCredentials: false
+     AllowExchangeConnectivity: false
#- users.lync.yaml
+     MobilityPolicy: TwoFactor
+     MobilityPolicy: TwoFactor`,
    );
    assert.equal(
      changesBy(
        `${deployment}${users}\n#- more.lync.yaml\nCsUser:${second}`,
        "Fix all of 'no-ucs-with-2fa' in the deployment",
      ),
      `#- users.lync.yaml
+     UserServicesPolicy: SmartCard
#- more.lync.yaml
+     UserServicesPolicy: SmartCard`,
    );
  });

  it('for all of a kind never use one that reaches others', () => {
    // A user behind an alias can be granted nothing, so only the policy of all could be changed.
    const shared = `
#- users.lync.yaml
CsUser:
  - &ken
    SipAddress: sip:k$0en@contoso.com
    RegistrarPool: pool01.contoso.com
  - SipAddress: sip:don@contoso.com
    RegistrarPool: pool02.contoso.com
`;
    assert.deepEqual(titlesAt(deployment + shared), [
      "Set AllowExchangeConnectivity false in CsMobilityPolicy 'Global' (applies to 2 users, 1 of them not affected by two-factor sign-in)",
      "Set UcsAllowed false in CsUserServicesPolicy 'Global' (applies to 2 users, 1 of them not affected by two-factor sign-in)",
    ]);
  });

  it('keep the line ends of the file', () => {
    const { project, uri, position, files } = cursorIn(
      (deployment + users).replaceAll('\n', '\r\n').replaceAll(/^(#- \S+)\r$/gm, '$1'),
    );
    for (const action of actionsIn(project, uri, { start: position, end: position }))
      for (const text of applied(files, resolved(project, action).edit).values())
        assert.doesNotMatch(text.replace(/\n$/, ''), /[^\r]\n/);
  });

  it('carry the diagnostic that they are for, and the first of them is preferred if it reaches nobody else', () => {
    const { project, uri, position } = cursorIn(deployment + users);
    const actions = actionsIn(project, uri, { start: position, end: position }).filter(isFix);
    assert.deepEqual(
      actions.map(({ isPreferred, diagnostics }) => [isPreferred, diagnostics?.map(({ code }) => code)]),
      [
        [true, ['no-mobile-exchange-with-2fa']],
        [undefined, ['no-mobile-exchange-with-2fa']],
        [true, ['no-ucs-with-2fa']],
        [undefined, ['no-ucs-with-2fa']],
      ],
    );
  });

  it('name the version of a document that is open, and none of one that is not', () => {
    const { project, uri, position } = cursorIn(deployment + users);
    const [action] = codeActions(project, {
      uri,
      range: { start: position, end: position },
      versionOf: (file) => (file === uri ? 7 : undefined),
    }) as CodeAction[];
    assert.deepEqual(
      action?.edit?.documentChanges?.map((change) => 'textDocument' in change && change.textDocument),
      [
        { uri, version: 7 },
        { uri: `${root}/policies.lync.yaml`, version: null },
      ],
    );
  });

  it('come only when quick fixes are asked for, and only where something is found', () => {
    const { project, uri, position } = cursorIn(deployment + users);
    const range = { start: position, end: position };
    const number = (only: readonly string[] | undefined, at = range): number =>
      (codeActions(project, { uri, range: at, only, versionOf: noVersion }) as CodeAction[]).filter(isFix)
        .length;
    assert.equal(number(['refactor', 'source.organizeImports', 'source.fixAll.eslint']), 0);
    assert.equal(number(['quickfix']), 4);
    assert.equal(number(['']), 4);
    const start = { line: 0, character: 0 };
    assert.equal(number(undefined, { start, end: start }), 0);
    assert.equal(number(undefined, { start, end: { line: 99, character: 0 } }), 4);
  });
});

describe('a preview', () => {
  const client = { annotates: true };
  const preview = (fixture: string, title: string): unknown => {
    const { project, uri, position } = cursorIn(fixture);
    const range = { start: position, end: position };
    const actions = codeActions(project, { uri, range, versionOf: noVersion, client }) as CodeAction[];
    const action = actions.find((candidate) => candidate.title.startsWith(title));
    assert.ok(action, title);
    const edit = action.edit ?? resolveCodeAction(project, action, noVersion, client)?.edit;
    const ids = edit?.documentChanges?.flatMap((change) =>
      'edits' in change ? change.edits.map((one) => 'annotationId' in one && one.annotationId) : [],
    );
    const annotations = edit?.changeAnnotations;
    assert.ok(ids?.every((id) => (annotations ? id !== false && id in annotations : id === false)));
    return annotations && Object.values(annotations);
  };

  it('says what is new and who gets it, where a fix is in several files', () => {
    assert.deepEqual(preview(deployment + users, "Grant 'sip:ken@contoso.com' a new MobilityPolicy"), [
      {
        label: "CsMobilityPolicy 'TwoFactor' is new",
        needsConfirmation: true,
        description: "1 user gets MobilityPolicy 'TwoFactor'",
      },
    ]);
    assert.deepEqual(
      preview(deployment + users + second, "Fix all of 'no-mobile-exchange-with-2fa' in this file"),
      [
        {
          label: "CsMobilityPolicy 'TwoFactor' is new",
          needsConfirmation: true,
          description: "2 users get MobilityPolicy 'TwoFactor'",
        },
      ],
    );
  });

  it("comes for a change of other people's policy, too", () => {
    assert.deepEqual(preview(deployment + users, 'Set UcsAllowed false'), [
      {
        label:
          "CsUserServicesPolicy 'Global' changes (applies to 2 users, 1 of them not affected by two-factor sign-in)",
        needsConfirmation: true,
      },
    ]);
  });

  it('comes for nothing else, and only where the client shows it', () => {
    assert.equal(preview(deployment + users, "Grant 'sip:ken@contoso.com' the UserServices"), undefined);
    const { project, uri, position } = cursorIn(deployment + users);
    for (const { edit } of actionsIn(project, uri, { start: position, end: position }))
      assert.equal(edit?.changeAnnotations, undefined);
  });
});

describe('what comes back over the wire', () => {
  const title = 'Fix all';
  const uri = `${root}/users.lync.yaml`;
  const untrusted: readonly unknown[] = [
    undefined,
    null,
    'no-ucs-with-2fa',
    42,
    [],
    {},
    { uri, rule: 'no-ucs-with-2fa' },
    { uri, rule: 'no-ucs-with-2fa', scope: 'everything' },
    { uri, rule: 42, scope: 'file' },
    { uri: null, rule: 'no-ucs-with-2fa', scope: 'file' },
    { uri: `${root}/nowhere.lync.yaml`, rule: 'no-ucs-with-2fa', scope: 'file' },
    { uri: 'file:///etc/passwd', rule: 'no-ucs-with-2fa', scope: 'deployment' },
    { uri, rule: 'no-such-rule', scope: 'file' },
    { uri, rule: '__proto__', scope: 'deployment' },
    { uri, rule: 'require-ucs-rollback', scope: 'deployment' },
  ];
  for (const data of untrusted)
    it(`gives no edit if it is ${JSON.stringify(data)}`, () => {
      const { project } = cursorIn(deployment + users);
      const action: CodeAction = { title, data };
      assert.equal(resolveCodeAction(project, action, noVersion)?.edit, undefined);
    });

  it('is looked up again, so that an edit fits the text as it is now', () => {
    const { project, files } = cursorIn(deployment + users + second);
    const action = { title, data: { uri, rule: 'no-ucs-with-2fa', scope: 'file' } };
    const top = '# one more line\n';
    project.editAt(uri, { start: 0, end: 0, text: top });
    const after = applied(
      new Map([...files, [uri, top + (files.get(uri) ?? '')]]),
      resolveCodeAction(project, action, noVersion)?.edit,
    );
    assert.deepEqual(rulesIn(after), ['no-mobile-exchange-with-2fa', 'no-mobile-exchange-with-2fa']);
  });
});

/** What is found in the users' file, by rule, in order. */
function rulesIn(files: ReadonlyMap<string, string>): string[] {
  return projectWith(files)
    .findings(`${root}/users.lync.yaml`)
    .map(({ finding }) => finding.rule.id)
    .sort();
}

/** `rule of section subject`. */
function nameOf({ rule, object }: Finding): string {
  return `${rule.id} of ${object?.section.name ?? ''} ${object?.subject ?? ''}`;
}

function namesOf(project: Project): Set<string> {
  return new Set(
    [...project.uris].flatMap((uri) => project.findings(uri).map(({ finding }) => nameOf(finding))),
  );
}

for (const name of cleanSamples)
  describe(`each quick fix in samples/${name}`, () => {
    const files = sampleFiles(name);
    const project = projectWith(files);
    const before = namesOf(project);
    const cases = [...project.uris].flatMap((uri) =>
      project.findings(uri).map(({ finding }) => ({ uri, finding })),
    );

    it('makes its finding go away and brings no other', () => {
      let tried = 0;
      for (const { uri, finding } of cases) {
        const { at, rule } = finding;
        const point = at.file.positionInBlock(at.block, at.start);
        for (const action of actionsIn(project, uri, { start: point, end: point })) {
          // What is for all of a kind has no edit yet.
          if (action.diagnostics?.[0]?.code !== rule.id || !action.edit) continue;
          const after = namesOf(projectWith(applied(files, action.edit)));
          const own = nameOf(finding);
          const come = [...after].filter((other) => !before.has(other) && !followsFrom(rule.id, other));
          assert.ok(!after.has(own), `${own} goes away: ${action.title}`);
          assert.deepEqual(come, [], action.title);
          tried++;
        }
      }
      assert.ok(tried > 10, `${tried} fixes tried`);
    });

    it('for all of a kind makes all of them go away but those that only a change for others would end', () => {
      const { deployment } = project.workspaceOf(`${root}/policies.lync.yaml`) ?? {};
      assert.ok(deployment);
      for (const rule of new Set(cases.map(({ finding }) => finding.rule.id))) {
        const ofRule = cases.filter(({ finding }) => finding.rule.id === rule);
        const data = { uri: ofRule[0]?.uri, rule, scope: 'deployment' };
        const action = resolved(project, { title: rule, data });
        const after = namesOf(projectWith(applied(files, action.edit)));
        assert.deepEqual(
          [...after].filter((name) => name.startsWith(`${rule} of`)),
          ofRule.filter(({ finding }) => !safeFix(finding, deployment)).map(({ finding }) => nameOf(finding)),
        );
      }
    });
  });

/** What is left to be said once a finding of a rule is fixed, and could not be said before. */
function followsFrom(rule: string, finding: string): boolean {
  return (
    // A new policy switches off what its finding is about; other features stay on, as in the policy before.
    /^policy-reaches-2fa-users of \S+ Tag:/.test(finding) ||
    // What is set in Global now, the policies that had left it out have not; what the last one had is nobody's.
    /^(no-lost-global-setting|no-unused-policy) of/.test(finding) ||
    // Once the policy is right, contacts that have moved have to be fetched back.
    (/^(no-ucs-|policy-reaches-2fa-users)/.test(rule) && finding.startsWith('require-ucs-rollback'))
  );
}
