import assert from 'node:assert/strict';
import type { CodeLens } from 'vscode-languageserver-types';
import { codeLenses, resolveCodeLens } from '../../../server/src/features/codeLens/codeLens.ts';
import { usersOf } from '../../../server/src/features/codeLens/showUsers.ts';
import { Project } from '../../../server/src/project.ts';
import { rules } from '../../../server/src/rules/index.ts';
import { parseFixture, projectOf, root } from '../../fixture.ts';
import { projectWith, sampleFiles, cleanSamples } from '../../samples.ts';
import { offsetAt, textIn } from '../cursor.ts';

/** The lenses of a file with their words, as `line: words`, lines from 0. */
function lensesOf(project: Project, uri: string): string[] {
  return resolved(project, uri).map(({ range, command }) => `${range.start.line}: ${command?.title ?? ''}`);
}

function resolved(project: Project, uri: string): CodeLens[] {
  return (codeLenses(project, uri) ?? []).map((lens) => resolveCodeLens(project, lens) ?? lens);
}

function projectFrom(fixture: string): Project {
  const project = projectOf(parseFixture(fixture));
  project.check();
  return project;
}

const pools = `#- pools.lync.yaml
CsPool:
  - Identity: pool01.contoso.com
    Site: Redmond
  - Identity: Pool02.contoso.com
  - Identity: edge01.contoso.com
  - Identity: pool03.contoso.com
CsService:
  - { Identity: EdgeServer:edge01.contoso.com, Role: EdgeServer, PoolFqdn: edge01.contoso.com }
  - { Identity: Registrar:pool01.contoso.com, Role: Registrar, PoolFqdn: pool01.contoso.com, EdgeServer: EdgeServer:edge01.contoso.com }
  - { Identity: Registrar:dir01.contoso.com, Role: Registrar, PoolFqdn: dir01.contoso.com, IsDirector: true }
CsWebServiceConfiguration:
  - Identity: Global
  - Identity: Service:WebServer:pool01.contoso.com
    UseWsFedPassiveAuth: true
  - Identity: WebServer:dir01.contoso.com
  - Identity: Site:Dublin
CsProxyConfiguration:
  - Identity: EdgeServer:edge01.contoso.com
#- policies.lync.yaml
CsUserServicesPolicy:
  - { Identity: Global, UcsAllowed: true }
  - { Identity: Tag:Off, UcsAllowed: false }
  - { Identity: Tag:Nobody, UcsAllowed: true }
#- users.lync.yaml
CsUser:
  - { SipAddress: sip:ken@contoso.com, RegistrarPool: pool01.contoso.com, ExUmEnabled: true }
  - { SipAddress: sip:ann@contoso.com, RegistrarPool: POOL01.contoso.com, TwoFactorAuthentication: None }
  - { SipAddress: sip:bob@contoso.com, RegistrarPool: pool02.contoso.com }
  # lync-disable-next-line
  - { SipAddress: sip:eve@contoso.com, RegistrarPool: pool01.contoso.com, UserServicesPolicy: Off, ExUmEnabled: true }
#- more.lync.yaml
CsUser:
  SipAddress: sip:don@contoso.com
  RegistrarPool: pool02.contoso.com
`;
const uriOf = (name: string): string => `${root}/${name}.lync.yaml`;

describe('code lenses', () => {
  const project = projectFrom(pools);
  const countAt = (uri: string, name: string): number =>
    project.findings(uri).filter(({ finding }) => finding.object?.subject === name).length;

  it('count the users of a pool, those with two factors, and what is found of them', () => {
    const findings =
      countAt(uriOf('users'), 'sip:ken@contoso.com') + countAt(uriOf('users'), 'sip:ann@contoso.com');
    assert.equal(findings, 2);
    assert.deepEqual(lensesOf(project, uriOf('pools')), [
      '0: 4 pools',
      `1: 2 two-factor users of 3, ${findings} findings`,
      '3: 2 users, none with two factors, no findings',
      '5: no user in these files is homed here',
      '6: 3 services',
      '10: 4 configurations',
      '11: the files do not say to whom this applies',
      `12: 2 two-factor users of 3, ${findings} findings`,
      '14: belongs to a pool on which nobody is homed',
      '15: the files do not say to whom this applies',
      '16: 1 configuration',
      '17: lets in 3 users (2 with two factors)',
    ]);
  });

  it('say to how many users a policy applies', () => {
    assert.deepEqual(lensesOf(project, uriOf('policies')), [
      '0: 3 policies',
      '1: applies to 4 users (1 with two factors)',
      '2: applies to 1 user (with two factors)',
      '3: applies to nobody in these files',
    ]);
  });

  it('stand above sections of people, and above none of them', () => {
    assert.deepEqual(lensesOf(project, uriOf('users')), ['0: 4 users, 2 with two factors; 5 in all files']);
    assert.deepEqual(lensesOf(project, uriOf('more')), ['0: 1 user, none with two factors; 5 in all files']);
  });

  it('are right after edits', () => {
    const edited = projectFrom(pools);
    lensesOf(edited, uriOf('pools'));
    edited.setFile(
      uriOf('users'),
      'CsUser:\n  - { SipAddress: sip:ken@contoso.com, RegistrarPool: pool01.contoso.com }\n',
    );
    edited.check();
    assert.match(lensesOf(edited, uriOf('pools'))[1] ?? '', /^1: 1 two-factor user, 1 finding$/);
    assert.equal(lensesOf(edited, uriOf('policies'))[1], '1: applies to 2 users (1 with two factors)');
    edited.setFile(
      uriOf('policies'),
      'CsUserServicesPolicy:\n  - Identity: Service:UserServer:pool01.contoso.com\n',
    );
    assert.equal(lensesOf(edited, uriOf('policies'))[1], '1: applies to 1 user (with two factors)');
    edited.removeFile(uriOf('pools'));
    assert.equal(lensesOf(edited, uriOf('users'))[0], '0: 1 user; 2 in all files');
  });

  it('count large numbers in thousands, and nobody who has yet to enter', () => {
    const many = new Project(rules, new Map(), { atOnce: 1 });
    many.setFolders([root]);
    let text = 'CsUser:\n';
    for (let i = 0; i < 1250; i++)
      text += `  - { SipAddress: sip:${i}@contoso.com, RegistrarPool: pool01.contoso.com }\n`;
    many.setFile(uriOf('users'), text);
    many.setFile(uriOf('policies'), 'CsClientPolicy:\n  - Identity: Global\n');
    assert.deepEqual(lensesOf(many, uriOf('users')), ['0: no users']);
    many.check();
    assert.deepEqual(lensesOf(many, uriOf('users')), ['0: 1,250 users']);
    assert.deepEqual(lensesOf(many, uriOf('policies')), ['0: 1 policy', '1: applies to 1,250 users']);
  });

  it('count without the findings of rules that are off', () => {
    const off = projectOf(parseFixture(pools));
    off.setConfiguration(
      `${root}/lync.config.yaml`,
      `rules:\n${rules.map(({ id }) => `  ${id}: off\n`).join('')}`,
    );
    off.check();
    assert.equal(lensesOf(off, uriOf('pools'))[1], '1: 2 two-factor users of 3, no findings');
  });

  it('count the same in a file that is one mapping', () => {
    const json = projectFrom(pools);
    json.setFile(
      uriOf('users'),
      '{ "CsUser": [{ "SipAddress": "sip:ken@contoso.com", "RegistrarPool": "pool01.contoso.com" }, 7],\n "CsClientPolicy": [{ "Identity": "Globl:x" }] }',
    );
    json.check();
    const findings = json
      .findings(uriOf('users'))
      .filter(({ finding }) => finding.object?.section.name === 'CsUser');
    assert.equal(lensesOf(json, uriOf('pools'))[1], `1: 1 two-factor user, ${findings.length} findings`);
    assert.deepEqual(lensesOf(json, uriOf('users')), [
      '0: 1 user, with two factors; 2 in all files',
      '1: 1 policy',
      '1: applies to nobody in these files',
    ]);
  });

  it('say nothing of whom something reaches where no file has users', () => {
    const none = projectFrom('CsClientPolicy:\n  - Identity: Global\n');
    assert.deepEqual(lensesOf(none, `${root}/deployment.lync.yaml`), ['0: 1 policy']);
  });

  it('are none in files that are none of ours, and in the configuration', () => {
    const other = projectFrom('#- values.yaml\nCsUser:\n  - a: b\n#- lync.config.yaml\nfiles: []\n');
    for (const name of ['values.yaml', 'lync.config.yaml'])
      assert.equal(codeLenses(other, `${root}/${name}`), undefined);
  });

  for (const name of cleanSamples)
    it(`stand on one line in samples/${name}, and each has its words`, () => {
      const files = sampleFiles(name);
      const sample = projectWith(files);
      sample.check();
      for (const [uri, text] of files) {
        for (const lens of codeLenses(sample, uri) ?? []) {
          assert.ok(offsetAt(text, lens.range.start) <= offsetAt(text, lens.range.end));
          assert.equal(lens.range.start.line, lens.range.end.line);
          assert.notEqual(resolveCodeLens(sample, lens)?.command?.title ?? '', '');
          const list = usersOf(sample, lens.data, 3);
          assert.equal(list?.locations.length, Math.min(3, list?.total ?? 0));
        }
      }
      for (const workspace of sample.workspaces) {
        const people = [...workspace.deployment.all('CsUser')];
        const blocks = new Set(people.map(({ block }) => block));
        const found = [...files.keys()].flatMap((uri) => sample.findings(uri));
        const here = found.filter(({ finding }) => blocks.has(finding.at.block));
        assert.equal(workspace.countAt(people), here.length);
        assert.ok(here.length > 0);
      }
    });
});

describe('the users of a lens', () => {
  const parsed = parseFixture(pools);
  const project = projectFrom(pools);

  function listed(name: string, line: number, most?: number): unknown {
    const lens = codeLenses(project, uriOf(name))?.find(({ range }) => range.start.line === line);
    const list = usersOf(project, lens?.data, most);
    return (
      list && [
        list.title,
        list.total,
        ...list.locations.map(({ uri, range }) =>
          textIn(parsed.files.get(uri.slice(root.length + 1)) ?? '', range),
        ),
      ]
    );
  }

  it('are those with two factors, of a pool and of a section', () => {
    assert.deepEqual(listed('pools', 1), [
      "2 two-factor users of 'pool01.contoso.com' (CsPool)",
      2,
      'sip:ken@contoso.com',
      'sip:eve@contoso.com',
    ]);
    assert.deepEqual(listed('users', 0), [
      '2 two-factor users in this section',
      2,
      'sip:ken@contoso.com',
      'sip:eve@contoso.com',
    ]);
  });

  it('are all where nobody has two factors', () => {
    assert.deepEqual(listed('pools', 3), [
      "2 users of 'Pool02.contoso.com' (CsPool)",
      2,
      'sip:don@contoso.com',
      'sip:bob@contoso.com',
    ]);
  });

  it('of a policy are all, those with two factors in front, and no more than asked for', () => {
    assert.deepEqual(listed('policies', 1), [
      "4 users of 'Global' (CsUserServicesPolicy)",
      4,
      'sip:ken@contoso.com',
      'sip:don@contoso.com',
      'sip:ann@contoso.com',
      'sip:bob@contoso.com',
    ]);
    assert.deepEqual(listed('policies', 1, 1), [
      "4 users of 'Global' (CsUserServicesPolicy)",
      4,
      'sip:ken@contoso.com',
    ]);
    assert.deepEqual(listed('policies', 3), ["no users of 'Tag:Nobody' (CsUserServicesPolicy)", 0]);
  });

  it('are not looked for by what was never given', () => {
    const position = { line: 1, character: 4 };
    for (const data of [
      undefined,
      null,
      7,
      'x',
      {},
      [],
      { uri: uriOf('pools'), position },
      { uri: uriOf('pools'), position, what: 'all' },
      { uri: uriOf('pools'), position: { line: 'a', character: 0 }, what: 'pool' },
      { uri: uriOf('pools'), position: null, what: 'pool' },
      { uri: uriOf('pools'), position, what: 'scope' },
      { uri: uriOf('pools'), position: { line: 0, character: 99 }, what: 'pool' },
      { uri: uriOf('users'), position, what: 'scope' },
      { uri: 'file:///etc/passwd', position, what: 'pool' },
      { uri: `${root}/__proto__`, position, what: 'section' },
    ]) {
      assert.equal(usersOf(project, data), undefined, JSON.stringify(data));
      assert.equal(resolveCodeLens(project, { range: { start: position, end: position }, data }), undefined);
    }
  });
});
