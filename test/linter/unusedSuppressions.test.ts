import assert from 'node:assert/strict';
import type { Change } from '../../server/src/linter/change.ts';
import { editsOf } from '../../server/src/linter/edits.ts';
import { fixesOf, safeChanges } from '../../server/src/linter/bulk.ts';
import { Project } from '../../server/src/project.ts';
import { rules } from '../../server/src/rules/index.ts';
import { check, findingsOf, parseFixture, projectOf, root } from '../fixture.ts';
import { workspaceOf } from './fixing.ts';

const rule = 'no-unused-suppression';
const name = 'deployment.lync.yaml';

/** What is said of the suppressions of a text, as `text at the place: message`. */
function said(text: string, project = projectOf(parseFixture(text))): string[] {
  return findingsOf(project, rule).map(({ judged: { finding }, message }) => {
    const { block, start, end } = finding.at;
    return `${block.text.slice(start, end)}: ${message}`;
  });
}

/** The text after the fixes of that title; of all safe fixes if left out. */
function fixed(text: string, title?: string): string {
  const project = projectOf(parseFixture(text));
  const { deployment } = workspaceOf(project);
  const findings = findingsOf(project, rule).map(({ judged }) => judged.finding);
  const changes: Change[] =
    title === undefined
      ? [...safeChanges(findings, deployment)]
      : findings
          .flatMap((finding) => fixesOf(finding, deployment))
          .filter((fix) => fix.title === title)
          .flatMap((fix) => fix.changes);
  assert.ok(changes.length > 0, title);
  for (const [file, edits] of editsOf(changes, deployment))
    for (const edit of edits.toReversed()) project.editAt(file.uri, edit);
  return project.file(`${root}/${name}`)?.file.text ?? '';
}

const policy = (more: string): string =>
  `CsConferencingPolicy:\n  - Identity: Global\n    AudioBitRateKb: ${more}\n`;

describe('a suppression that silences nothing', () => {
  it('is reported at the comment, with a reason or without', () => {
    assert.deepEqual(said(policy('30 # lync-disable-line valid-value -- a ticket  ')), [
      "# lync-disable-line valid-value -- a ticket: 'valid-value' finds nothing on this line, so nothing is silenced. Remove the comment, before it hides something new.",
    ]);
    assert.deepEqual(said(`# lync-disable valid-value, no-ucs-with-2fa\n${policy('30')}`).length, 1);
    assert.deepEqual(said('# lync-disable\nCsSipDomain:\n  - Identity: contoso.com\n'), [
      '# lync-disable: No rule finds anything from here on, so nothing is silenced. Remove the comment, before it hides something new.',
    ]);
  });

  it('is reported at the one name among several', () => {
    assert.deepEqual(said(policy('500 # lync-disable-line no-unknown-property, valid-value')), [
      "no-unknown-property: 'no-unknown-property' finds nothing on this line, so nothing is silenced. Remove the name, before it hides something new.",
    ]);
  });

  it('is one whose rule does not exist', () => {
    assert.deepEqual(said(policy('500 # lync-disable-line valid-valu')), [
      "valid-valu: There is no rule 'valid-valu': is 'valid-value' meant?",
    ]);
    assert.deepEqual(said(policy('500 # lync-disable-line all of them')), [
      "# lync-disable-line all of them: There is no rule 'all of them'; commas stand between several. Remove the comment, before it hides something new.",
    ]);
  });

  it('is an end that ends nothing', () => {
    assert.deepEqual(said(`# lync-enable\n${policy('30')}`), [
      '# lync-enable: Nothing is disabled here, so nothing ends here. Remove the comment.',
    ]);
    assert.deepEqual(
      said(`# lync-disable valid-value\n${policy('500')}# lync-enable valid-value, no-ucs-with-2fa\n`),
      ["no-ucs-with-2fa: 'no-ucs-with-2fa' is not disabled here, so nothing ends here. Remove the name."],
    );
  });

  it('is none where another one silences the same, and the nearest is the one that counts', () => {
    check(
      `# lync-disable valid-value
#^^^^^^^^^^^^^^^^^^^^^^^^^^ no-unused-suppression
CsConferencingPolicy:
  - Identity: Global
    AudioBitRateKb: 500 # lync-disable-line valid-value
`.replace('#^^', '#^'),
      rule,
    );
  });

  it('is not one whose rule is off in the configuration', () => {
    const project = projectOf(parseFixture(policy('500 # lync-disable-line valid-value')));
    project.setConfiguration(`${root}/lync.config.yaml`, 'rules: { valid-value: off }\n');
    assert.deepEqual(said('', project), []);
    project.setConfiguration(`${root}/lync.config.yaml`, `rules: { ${rule}: off }\n`);
    assert.deepEqual(said('', project), []);
  });

  it('is not one whose rule cannot look', () => {
    const user = `CsUser:\n  # lync-disable-next-line no-ucs-with-2fa\n  - SipAddress: sip:ken@contoso.com\n`;
    assert.deepEqual(said(user), []);
    const whole = `${user}CsWebServiceConfiguration: []\nCsUserServicesPolicy: []\n`;
    assert.equal(said(whole).length, 1);
    const reference = `CsUser:\n  - SipAddress: sip:ken@contoso.com\n    ClientPolicy: Sales # lync-disable-line no-undefined-reference\n`;
    assert.deepEqual(said(reference), []);
    assert.equal(
      said(`${reference}CsSipDomain:\n  - Identity: contoso.com\nCsClientPolicy:\n  - Identity: Sales\n`)
        .length,
      1,
    );
  });

  it('is not one over text that cannot be read', () => {
    assert.deepEqual(
      said('CsConferencingPolicy:\n  # lync-disable-next-line valid-value\n  - Identity: "Global\n'),
      [],
    );
  });

  it('can be silenced, by name', () => {
    assert.deepEqual(
      said(`# lync-disable-next-line ${rule} -- a ticket\n# lync-disable valid-value\n${policy('30')}`),
      [],
    );
    assert.deepEqual(said(`# lync-disable ${rule}\n${policy('30 # lync-disable-line valid-value')}`), []);
    assert.equal(
      said('# lync-disable\nCsSipDomain:\n  - Identity: contoso.com # lync-disable-line valid-value\n')
        .length,
      2,
    );
  });

  it('silences nothing either if it is about others that are of use', () => {
    assert.equal(said(`# lync-disable ${rule}\n${policy('500 # lync-disable-line valid-value')}`).length, 1);
  });

  it('waits until everybody has entered', () => {
    const project = new Project(rules, new Map(), { atOnce: 1 });
    project.setFolders([root]);
    const people = ['ken', 'ann', 'joe'].map((person) => `  - SipAddress: sip:${person}@contoso.com\n`);
    const uri = `${root}/${name}`;
    project.setFile(
      uri,
      `# lync-disable no-duplicate-identity\nCsUser:\n${people.join('')}${people[0] ?? ''}`,
    );
    assert.deepEqual(project.shown(uri, 10), { findings: [], total: 0 });
    project.check();
    assert.equal(project.counts(uri).get(rule), undefined);
    const { length } = project.file(uri)?.file ?? { length: 0 };
    project.editAt(uri, { start: length - 3, end: length, text: 'org' });
    project.takeTouched();
    project.check();
    assert.deepEqual(project.takeTouched(), [uri]);
    assert.equal(project.counts(uri).get(rule), 1);
  });
});

describe('its fix', () => {
  it('takes the comment out, and the white space in front of it', () => {
    assert.equal(fixed(policy('30 # lync-disable-line valid-value -- why')), policy('30'));
  });

  it('takes out the line on which nothing else stands', () => {
    const line = '    # lync-disable-next-line valid-value\n';
    for (const end of ['\n', '\r\n']) {
      const text = `CsConferencingPolicy:\n  - Identity: Global\n${line}    AudioBitRateKb: 30\n`.replaceAll(
        '\n',
        end,
      );
      assert.equal(fixed(text), text.replace(line.replace('\n', end), ''));
      for (const start of ['', '\uFEFF'])
        assert.equal(fixed(`${start}# lync-disable valid-value${end}${policy('30')}`), start + policy('30'));
      assert.equal(fixed(`${policy('30')}# lync-enable`), policy('30').trimEnd());
    }
  });

  it('takes out one name or several, wherever they stand', () => {
    const after = (list: string): string =>
      /-line (.*)\n/.exec(fixed(policy(`500 # lync-disable-line ${list}`)))?.[1] ?? '';
    assert.equal(
      after('no-ucs-after-rollback,no-unknown-property, valid-value -- why, why'),
      'no-ucs-after-rollback, valid-value -- why, why',
    );
    assert.equal(after('no-duplicate-identity, no-unknown-property, valid-value'), 'valid-value');
    assert.equal(after('valid-value , no-duplicate-identity, no-unknown-property'), 'valid-value');
    assert.equal(after('no-duplicate-identity, valid-value, no-unknown-property,'), 'valid-value,');
  });

  it('takes the end of a stretch with it, and leaves one that ends more', () => {
    const text = `# lync-disable no-duplicate-identity\n${policy('30')}# lync-enable\nCsUser: []\n`;
    assert.equal(fixed(text), `${policy('30')}CsUser: []\n`);
    const more = `# lync-disable valid-value\n# lync-disable no-duplicate-identity\n${policy('500')}# lync-enable\n`;
    assert.equal(fixed(more), more.replace('# lync-disable no-duplicate-identity\n', ''));
    const named = more.replace('enable\n', 'enable no-duplicate-identity, valid-value\n');
    assert.equal(
      fixed(named),
      more.replace('# lync-disable no-duplicate-identity\n', '').replace('enable\n', 'enable valid-value\n'),
    );
  });

  it('corrects a name only by hand', () => {
    const text = policy('500 # lync-disable-line valid-valu');
    assert.equal(
      fixed(text, "Change 'valid-valu' to 'valid-value'"),
      policy('500 # lync-disable-line valid-value'),
    );
    assert.equal(fixed(text, 'Remove the comment'), policy('500'));
    assert.throws(() => fixed(text));
  });
});
