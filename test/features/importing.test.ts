import assert from 'node:assert/strict';
import type { CreateFile, TextDocumentEdit, TextEdit } from 'vscode-languageserver-types';
import {
  importing,
  type ImportAnswer,
  type ImportEdit,
  type ImportParams,
  type ImportProblem,
} from '../../server/src/features/importing.ts';
import { Project } from '../../server/src/project.ts';
import { rules } from '../../server/src/rules/index.ts';
import { parseFixture, projectOf, root } from '../fixture.ts';
import { applied } from './apply.ts';
import { isSentence } from './judging.ts';

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

const pause = (): Promise<void> => Promise.resolve();

async function ask(
  files: Readonly<Record<string, string>>,
  { project = new Project(rules), ...more }: Partial<ImportParams> & { project?: Project } = {},
): Promise<ImportAnswer | undefined> {
  const encoded = Object.entries(files).map(([name, text]) => ({
    name,
    content: Buffer.from(text).toString('base64'),
  }));
  return importing(project, { files: encoded, folder: root, ...more }, { versionOf: () => 3, pause });
}

function accepted(answer: ImportAnswer | undefined): ImportEdit {
  assert.ok(answer && !('problem' in answer), JSON.stringify(answer));
  assert.ok(isSentence(answer.summary), answer.summary);
  return answer;
}

function refused(answer: ImportAnswer | undefined): ImportProblem {
  assert.ok(answer && 'problem' in answer, JSON.stringify(answer));
  assert.ok(isSentence(answer.problem), answer.problem);
  return answer;
}

function labels({ edit }: ImportEdit): string[] {
  return Object.values(edit?.changeAnnotations ?? {}).map(({ label, needsConfirmation }) => {
    assert.equal(needsConfirmation, true);
    return label;
  });
}

function deployment(text: string): { project: Project; files: Map<string, string> } {
  const fixture = parseFixture(text);
  const files = new Map(Array.from(fixture.files, ([name, content]) => [`${root}/${name}`, content]));
  return { project: projectOf(fixture), files };
}

describe('an import in the editor', () => {
  it('makes new files where there are none, each to be confirmed, and says what is missing', async () => {
    const found = accepted(await ask({ 'users.csv': csv }));
    const uri = `${root}/users/pool01.contoso.com.lync.yaml`;
    assert.deepEqual([...applied(new Map(), found.edit)], [[uri, users]]);
    assert.deepEqual(labels(found), ['Import: users of pool01.contoso.com']);
    for (const change of found.edit?.documentChanges ?? []) {
      const ids = 'kind' in change ? [change] : change.edits;
      for (const edit of ids) assert.ok('annotationId' in edit && edit.annotationId);
    }
    const [create] = found.edit?.documentChanges as [CreateFile];
    assert.equal(create.options, undefined, 'What is there is not written over.');
    assert.equal(found.summary, "Imported 2 CsUser in 'contoso'.");
    assert.equal(found.remarks?.title, 'Import into contoso');
    assert.match(
      found.remarks.markdown,
      /^# Import into contoso\n\n## Good to know$[^]*`users\.csv`.*No file has CsPool/m,
    );
  });

  it('changes only what differs where there are files, for the versions that are open', async () => {
    const people = users
      .replace('UserServicesPolicy: SmartCard', 'UserServicesPolicy: Pilot # until May\n    x-ticket: 4711')
      .replace(/ {2}- SipAddress: sip:ann[^]*$/, '  - SipAddress: sip:don@contoso.com # has left\n');
    const { project, files } = deployment(`#- people.lync.yaml\n${people}`);
    const found = accepted(await ask({ 'users.csv': csv }, { project }));
    const [change, ...others] = found.edit?.documentChanges as TextDocumentEdit[];
    assert.ok(change && others.length === 0);
    assert.equal(change.textDocument.version, 3);
    assert.deepEqual(
      (change.edits as TextEdit[]).map(({ newText }) => newText.trimEnd()),
      [
        'SmartCard',
        '  - SipAddress: sip:ann@contoso.com\n    RegistrarPool: pool01.contoso.com\n    Enabled: true',
      ],
    );
    const after = applied(files, found.edit).get(`${root}/people.lync.yaml`) ?? '';
    assert.match(after, /SmartCard # until May\n {4}x-ticket: 4711/);
    assert.deepEqual(labels(found), ['Import: 1 object added, 1 changed, none removed']);
    assert.match(found.remarks?.markdown ?? '', /don\\@contoso\.com' of CsUser is not in the import/);
  });

  it('says that nothing changes where all is there', async () => {
    const { project } = deployment(`#- people.lync.yaml\n${users}`);
    const found = accepted(await ask({ 'users.csv': csv }, { project }));
    assert.equal(found.edit, undefined);
    assert.equal(found.summary, "'contoso' has all of it: nothing changes.");
  });

  it('says why nothing could be read', async () => {
    const { reasons, allowsPartial } = refused(await ask({ 'notes.txt': 'Buy milk.\n' }));
    assert.equal(allowsPartial, false);
    assert.match(reasons[0] ?? '', /^notes\.txt: /);
  });

  it('takes a part of what is cut off only when told so', async () => {
    const files = { 'users.csv': csv, 'cut.json': '[{"SipAddress":"sip:don@contoso.com"},{"SipAd' };
    const { reasons, allowsPartial } = refused(await ask(files));
    assert.equal(allowsPartial, true);
    assert.match(reasons[0] ?? '', /^cut\.json(?::\d+)?: /);
    const found = accepted(await ask(files, { partial: true }));
    assert.ok([...applied(new Map(), found.edit).values()].includes(users));
    assert.match(found.remarks?.markdown ?? '', /^## Not read to the end$[^]*cut\.json/m);
  });

  it('changes nothing where a file of the deployment cannot be read, or is in the way', async () => {
    const broken = deployment(`#- people.lync.yaml\nCsUser:\n  - SipAddress: [ken\n`);
    const { reasons } = refused(await ask({ 'users.csv': csv }, { project: broken.project }));
    assert.match(reasons[0] ?? '', /^people\.lync\.yaml:2: /);
    const { project } = deployment('#- policies.lync.yaml\n# None yet.\n');
    const json = '[{"Identity":"Global","UcsAllowed":true,"MigrationDelayInDays":2}]';
    assert.match(
      refused(await ask({ 'policies.json': json }, { project })).problem,
      /'policies\.lync\.yaml' is there/,
    );
  });

  it('asks which deployment is meant where a folder has several', async () => {
    const project = new Project(rules);
    for (const name of ['a', 'b']) {
      project.setConfiguration(`${root}/${name}/lync.config.yaml`, '');
      project.setFile(`${root}/${name}/people.lync.yaml`, users.replaceAll('SmartCard', name));
    }
    assert.match(refused(await ask({ 'users.csv': csv }, { project })).problem, /several deployments/);
    const near = `${root}/b/people.lync.yaml`;
    const found = accepted(await ask({ 'users.csv': csv }, { project, near }));
    const [change] = found.edit?.documentChanges as TextDocumentEdit[];
    assert.equal(change?.textDocument.uri, near);
    project.removeFile(`${root}/a/people.lync.yaml`);
    const only = accepted(await ask({ 'users.csv': csv }, { project }));
    assert.match(only.summary, /in 'b'\.$/);
  });

  it('believes nothing that comes over the wire, and shows names as text', async () => {
    assert.equal(await ask({}, { files: [{ name: 'x' }] as never }), undefined);
    assert.equal(await ask({}, { files: 'x' as never }), undefined);
    const found = accepted(await ask({ 'users.csv': csv, '[x](http://evil.example)`|': 'Buy milk.\n' }));
    assert.doesNotMatch(found.remarks?.markdown ?? '', /^\| \[x\]/m);
  });

  it('lets others have their turn, and ends when nobody waits', async () => {
    const files = [{ name: 'users.csv', content: Buffer.from(csv).toString('base64') }];
    const stop = (): Promise<void> => Promise.reject(new Error('Cancelled.'));
    const context = { versionOf: () => undefined, pause: stop };
    await assert.rejects(importing(new Project(rules), { files, folder: root }, context), /Cancelled/);
  });
});
