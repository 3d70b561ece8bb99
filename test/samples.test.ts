/**
 * The samples hold what their READMEs say, and nothing else. Each line: whom or what it is about, then the rules.
 * A finding that comes or goes here is a change that people will see: question it before this list follows.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fixesOf } from '../server/src/linter/bulk.ts';
import { editsOf } from '../server/src/linter/edits.ts';
import type { Finding } from '../server/src/linter/finding.ts';
import type { Project } from '../server/src/project.ts';
import { rules } from '../server/src/rules/index.ts';
import { root } from './fixture.ts';
import { projectWith, sampleFiles, sampleFolder, type SampleName } from './samples.ts';

/** The findings of all files, those of the configurations among them. */
function findingsIn(project: Project): Finding[] {
  const configurations = project.workspaces.map(({ root: folder }) => `${folder}/lync.config.yaml`);
  return [...project.uris, ...configurations]
    .sort()
    .flatMap((uri) => project.findings(uri).map(({ finding }) => finding));
}

/** `subject: rules`, in the order of the files; sections that hold policies are named with them. */
function linesOf(project: Project): string[] {
  const rulesOf = new Map<string, string[]>();
  for (const finding of findingsIn(project)) {
    const section = finding.object?.section.name ?? '?';
    const subject = finding.object?.subject ?? 'the deployment';
    const name = section === 'CsUser' ? subject : `${section} ${subject}`;
    rulesOf.set(name, [...(rulesOf.get(name) ?? []), finding.rule.id]);
  }
  return [...rulesOf].map(([name, rules]) => `${name}: ${rules.sort().join(', ')}`).sort();
}

function listed(list: string): string[] {
  return list
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .sort();
}

function severitiesIn(project: Project): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const uri of project.uris)
    for (const { severity } of project.findings(uri)) counts[severity] = (counts[severity] ?? 0) + 1;
  return counts;
}

/** The names in the first column of the README's table that begins with a header. */
function namesInTable(sample: SampleName, header: string): string[] {
  const readme = readFileSync(join(sampleFolder(sample), 'README.md'), 'utf8');
  const table = readme.slice(readme.indexOf(`| ${header} |`)).split('\n\n', 1)[0] ?? '';
  return table
    .split('\n')
    .slice(2)
    .flatMap((row) => (row.split('|')[1] ?? '').split(/[,;]| and /))
    .map((name) => name.trim());
}

const contoso = projectWith(sampleFiles('contoso'));

/** The SIP address of everybody by display name. */
const addresses = new Map(
  Array.from(contoso.workspaceOf(`${root}/policies.lync.yaml`)?.deployment.all('CsUser') ?? [], (user) => [
    user.text('DisplayName') ?? '',
    user.subject,
  ]),
);

/** The README writes a name in Latin letters, `Mu Zheng`, where the files have `Mu Zheng (郑牧)`, or the other way round. */
function addressOf(name: string): string {
  const inBrackets = /\((.*)\)/.exec(name)?.[1] ?? name;
  const found = [...addresses].find(([other]) => other === inBrackets || other.startsWith(name));
  assert.ok(found, `${name} is one of the people`);
  return found[1];
}

describe('samples/contoso', () => {
  it('has these findings and no other', () => {
    assert.deepEqual(
      linesOf(contoso),
      listed(`
        sip:jonathan.haas@contoso.com: no-ucs-with-2fa
        sip:lene.aalling@contoso.com: no-ucs-after-rollback, no-ucs-with-2fa
        sip:padraig.o'sullivan@contoso.com: no-ucs-with-2fa
        sip:katie.jordan@contoso.com: no-ucs-with-2fa
        CsUnifiedContactStore sip:svetlana.omelchenko@contoso.com: require-ucs-rollback
        sip:maeve.o'brien@contoso.com: no-calendar-presence-with-2fa
        sip:david.longmuir@contoso.com: no-conversation-history-with-2fa
        sip:april.reagan@contoso.com: no-call-log-history-with-2fa, no-exchange-contact-sync-with-2fa, no-free-busy-with-2fa
        sip:garth.fort@contoso.com: no-call-log-history-with-2fa, no-exchange-contact-sync-with-2fa, no-free-busy-with-2fa
        sip:henriette.mueller@contoso.com: no-exchange-photos-with-2fa
        sip:toni.poe@contoso.com: no-exchange-photos-with-2fa
        sip:tanja.plate@contoso.com: no-exchange-voicemail-with-2fa
        sip:fatima.zahra@contoso.com: no-exchange-voicemail-with-2fa
        sip:bjorn.hansen@fabrikam.com: no-exchange-voicemail-with-2fa
        sip:syed.abbas@contoso.com: no-skill-search-with-2fa
        sip:kim.akers@contoso.com: no-skill-search-with-2fa
        sip:aya.nakamura@contoso.com: no-mobile-exchange-with-2fa
        sip:bonnie.skelly@contoso.com: no-saved-credentials-with-2fa
        sip:rocio.marin@contoso.com: no-offline-im-with-2fa
        sip:carlos.grilo@contoso.com: no-calendar-presence-with-2fa, no-call-log-history-with-2fa, no-conversation-history-with-2fa, no-exchange-contact-sync-with-2fa, no-exchange-photos-with-2fa, no-free-busy-with-2fa, no-mobile-exchange-with-2fa, no-saved-credentials-with-2fa
        sip:zoe.lindstrom@contoso.com: no-calendar-presence-with-2fa, no-call-log-history-with-2fa, no-conversation-history-with-2fa, no-free-busy-with-2fa
        sip:tomasz.wisniewski@contoso.com: no-calendar-presence-with-2fa, no-call-log-history-with-2fa, no-conversation-history-with-2fa, no-free-busy-with-2fa, no-offline-im-with-2fa
        CsUserServicesPolicy Global: policy-reaches-2fa-users
        CsUserServicesPolicy Site:Dublin: policy-reaches-2fa-users
        CsUserServicesPolicy Tag:UcsPilot: policy-reaches-2fa-users
        CsClientPolicy Global: policy-reaches-2fa-users
        CsClientPolicy Site:Dublin: policy-reaches-2fa-users
        CsClientPolicy Tag:TwoFactorPilot: policy-reaches-2fa-users
        CsClientPolicy Tag:TwoFactorEngineering: policy-reaches-2fa-users
        CsClientPolicy Tag:TwoFactorPress: policy-reaches-2fa-users
        CsClientPolicy Tag:TwoFactorExecutives: policy-reaches-2fa-users
        CsClientPolicy Tag:TwoFactorLegal: policy-reaches-2fa-users
        CsMobilityPolicy Global: policy-reaches-2fa-users
        CsMobilityPolicy Tag:FieldService: policy-reaches-2fa-users
        CsMobilityPolicy Tag:TwoFactorTablet: policy-reaches-2fa-users
        CsImConfiguration Global: policy-reaches-2fa-users
      `),
    );
  });

  it('has them in these severities', () => {
    assert.deepEqual(severitiesIn(contoso), { error: 5, warning: 19, info: 26, hint: 5 });
  });

  it('has 62 people, 40 of them with two factors', () => {
    const workspace = contoso.workspaceOf(`${root}/policies.lync.yaml`);
    assert.deepEqual(workspace?.population(), { users: 62, twoFactorUsers: 40 });
  });

  it('has a finding for each person whom the README names as to be found', () => {
    const found = linesOf(contoso).join('\n');
    const people = namesInTable('contoso', 'to find').filter((name) => !/^(fourteen|settings)/.test(name));
    assert.ok(people.length > 20);
    for (const name of people) assert.ok(found.includes(addressOf(name)), name);
  });

  /** Near misses: what looks like a finding and is none. With a rule: that rule alone must not speak of them. */
  const nearMisses: readonly (readonly [name: string, rule?: string])[] = [
    ['Ken Myer'],
    ['Siobhán Fleming'],
    ['Aoife Byrne'],
    ['Pilar Ackerman'],
    ['Karin Lamb'],
    ['Conor Cunningham'],
    ['Olúwaṣeun Adéyẹmí'],
    ['Rajesh Patel'],
    ['Jean Trenary'],
    ['Michiko Osada'],
    ['Rocío Marín', 'no-conversation-history-with-2fa'],
    ["Maeve O'Brien", 'no-exchange-photos-with-2fa'],
    ['David Longmuir', 'no-offline-im-with-2fa'],
    ['Dana Birkby'],
    ['Eoin Gallagher'],
    ['Rob Young'],
    ['Caoimhe Flaherty'],
    ['Don Hall'],
    ['Lola Jacobsen'],
    ['Núria González'],
    ['Wei Chen'],
  ];

  it('has its near misses in the list below', () => {
    const listedNames = nearMisses.map(([name]) => name);
    const people = namesInTable('contoso', 'not to find').filter(
      (name) => !/^others|other Lync 2013 users|every /.test(name),
    );
    assert.deepEqual(
      people.filter((name) => !listedNames.some((other) => other.startsWith(name))),
      [],
    );
  });

  for (const [name, rule] of nearMisses)
    it(`says nothing of ${name}${rule === undefined ? '' : ` by ${rule}`}`, () => {
      const address = addressOf(name);
      const lines = linesOf(contoso).filter((line) => line.includes(`${address}:`));
      assert.deepEqual(
        lines.filter((line) => rule === undefined || line.includes(rule)),
        [],
      );
    });

  it('says nothing of offline messages for anybody on a Lync 2013 pool', () => {
    const { deployment } = contoso.workspaceOf(`${root}/policies.lync.yaml`) ?? {};
    assert.ok(deployment);
    const told = linesOf(contoso).filter((line) => line.includes('no-offline-im-with-2fa'));
    for (const line of told) {
      const user = deployment.find('CsUser', line.slice(0, line.indexOf(': ')));
      assert.equal(user?.text('RegistrarPool'), 'sfb-dub-2fa.contoso.com');
    }
    assert.equal(told.length, 2);
  });

  it('never tells anybody to switch off presence from calls', () => {
    for (const uri of contoso.uris)
      for (const { finding } of contoso.findings(uri))
        assert.doesNotMatch(finding.message, /DisablePhonePresence|EnableServerConversationHistory: false/);
  });

  it('has one suppression, without which Michiko Osada would be told of her voice mail', () => {
    const files = new Map(
      Array.from(sampleFiles('contoso'), ([uri, text]) => [uri, text.replaceAll(/# lync-disable.*/g, '#')]),
    );
    const before = linesOf(contoso);
    assert.deepEqual(
      linesOf(projectWith(files)).filter((line) => !before.includes(line)),
      ['sip:michiko.osada@contoso.com: no-exchange-voicemail-with-2fa'],
    );
  });
});

describe('samples/contoso, set up right', () => {
  /** What an administrator does on the servers and in Exchange, and then exports again. */
  const done: readonly (readonly [file: string, from: RegExp, to: string])[] = [
    ['users/redmond.lync.yaml', /ExUmEnabled: true/g, 'ExUmEnabled: false'],
    ['users/dublin.lync.yaml', /ExUmEnabled: true/g, 'ExUmEnabled: false'],
    ['users/dublin.lync.yaml', /HostedVoiceMail: true/g, 'HostedVoiceMail: false'],
    ['users/redmond.lync.yaml', /# lync-disable-next-line.*/g, '#'],
    ['contacts.lync.yaml', /UcsMode: Migrated/g, 'UcsMode: Disabled'],
  ];

  it('is silent after every fix has been made, in three rounds at most', () => {
    let files: ReadonlyMap<string, string> = new Map(
      Array.from(sampleFiles('contoso'), ([uri, text]) => [
        uri,
        done
          .filter(([file]) => uri === `${root}/${file}`)
          .reduce((all, [, from, to]) => all.replaceAll(from, to), text),
      ]),
    );
    for (let round = 0; round < 3; round++) files = withEveryFix(files);
    assert.deepEqual(linesOf(projectWith(files)), []);
  });
});

/** The files after the best fix of every finding. */
function withEveryFix(files: ReadonlyMap<string, string>): Map<string, string> {
  const project = projectWith(files);
  const after = new Map(files);
  for (const { deployment } of project.workspaces) {
    const changes = [...project.uris]
      .flatMap((uri) => project.findings(uri))
      .flatMap(({ finding }) => fixesOf(finding, deployment)[0]?.changes ?? []);
    for (const [{ uri, text }, edits] of editsOf(changes, deployment))
      after.set(
        uri,
        edits.reduceRight(
          (all, { start, end, text: put }) => all.slice(0, start) + put + all.slice(end),
          text,
        ),
      );
  }
  return after;
}

describe('samples/exported', () => {
  const exported = projectWith(sampleFiles('exported'));

  it('has these findings and no other', () => {
    assert.deepEqual(
      linesOf(exported),
      listed(`
        sip:tomasz.wisniewski@contoso.com: no-calendar-presence-with-2fa, no-call-log-history-with-2fa, no-conversation-history-with-2fa, no-free-busy-with-2fa, no-offline-im-with-2fa, no-ucs-with-2fa
        sip:rocio.marin@contoso.com: no-offline-im-with-2fa
        sip:fatima.zahra@contoso.com: no-exchange-voicemail-with-2fa
        CsUnifiedContactStore sip:ibrahim.yildiz@contoso.com: require-ucs-rollback
        CsUserServicesPolicy Global: policy-reaches-2fa-users
        CsClientPolicy Site:Dublin: policy-reaches-2fa-users
        CsImConfiguration Global: policy-reaches-2fa-users
      `),
    );
  });

  it('has them in these severities', () => {
    assert.deepEqual(severitiesIn(exported), { error: 2, warning: 3, info: 6, hint: 1 });
  });

  it('has 10 people, 6 of them with two factors', () => {
    const workspace = exported.workspaceOf(`${root}/policies.lync.yaml`);
    assert.deepEqual(workspace?.population(), { users: 10, twoFactorUsers: 6 });
  });
});

describe('samples/monday-morning', () => {
  const found = new Set(findingsIn(projectWith(sampleFiles('monday-morning'))).map(({ rule }) => rule.id));
  // It speaks of a rule that failed.
  const all = rules.map(({ id }) => id).filter((id) => id !== 'internal-error');

  it('has a finding of every rule', () => {
    assert.deepEqual([...found].sort(), all.sort());
  });

  it('has every rule in the tables of its README', () => {
    const readme = readFileSync(join(sampleFolder('monday-morning'), 'README.md'), 'utf8');
    const named = readme
      .split('\n')
      .flatMap((line) => /^\| .* \| ([a-z0-9, -]+) \|$/.exec(line)?.[1]?.split(', ') ?? [])
      .filter((id) => /^[a-z]\S*$/.test(id));
    assert.deepEqual(named.sort(), all.sort());
  });
});
