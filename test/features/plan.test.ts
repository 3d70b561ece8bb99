import assert from 'node:assert/strict';
import { planAnswer, type PlanAnswer } from '../../server/src/features/plan.ts';
import { parseScript, tableIn } from '../emitters/script.ts';
import { parseFixture, projectOf, root } from '../fixture.ts';

const users = `${root}/users.lync.yaml`;
const project = projectOf(
  parseFixture(`#- lync.config.yaml
files: ["**/*.lync.yaml", "more/jörg.yaml"]
#- users.lync.yaml
CsUser:
  - { SipAddress: sip:ken@contoso.com, RegistrarPool: pool01.contoso.com, ClientPolicy: B }
#- policies.lync.yaml
CsClientPolicy:
  - { Identity: Tag:B }
`),
);

const configuration = { path: 'lync.config.yaml', text: 'files: ["**/*.lync.yaml", "more/jörg.yaml"]\n' };
const policies = { path: 'more/jörg.yaml', text: 'CsClientPolicy:\n  - { Identity: Tag:A }\n' };

function usersWith(policy: string): { path: string; text: string } {
  return {
    path: 'people/users.lync.yaml',
    text: `CsUser:\n  - { SipAddress: sip:ken@contoso.com, RegistrarPool: pool01.contoso.com, ClientPolicy: ${policy} }\n`,
  };
}

function planFrom(files: readonly { path: string; text: string }[]): PlanAnswer {
  const answer = planAnswer(project, users, { name: 'v1', files });
  assert.ok(answer && !('problem' in answer));
  return answer;
}

describe('the plan of the editor', () => {
  it('is from the files that a client sends to those at hand, wherever they stand', () => {
    const { text, script, undo, summary } = planFrom([configuration, policies, usersWith('A')]);
    assert.equal(summary, "From 'v1' to 'contoso': 1 made, 1 removed, 1 user.");
    assert.match(text, /\n {2}granted {2}ClientPolicy 'A' -> 'B': sip:ken@contoso\.com\n/);
    const grants = (of: string): unknown => tableIn(parseScript(of), 'grants');
    const grant = (From: string, Policy: string): unknown => [
      { Noun: 'CsClientPolicy', From, Policy, Users: ['sip:ken@contoso.com'] },
    ];
    assert.deepEqual(grants(script), grant('A', 'B'));
    assert.deepEqual(grants(undo), grant('B', 'A'));
  });

  it('is empty where nothing has changed', () => {
    const { text, script, undo } = planFrom([
      configuration,
      { path: 'other.lync.yaml', text: 'CsClientPolicy: [{ Identity: B }]\n' },
      usersWith('B'),
    ]);
    assert.deepEqual([text, script, undo], ["Nothing has changed from 'v1' to 'contoso'.\n", '', '']);
  });

  it('is refused where a state is not right, or is none', () => {
    const problem = (files: unknown): unknown => planAnswer(project, users, { name: 'v1', files });
    assert.deepEqual(problem([]), { problem: "There is no Lync file of this deployment in 'v1'." });
    assert.deepEqual(problem([{ path: 'a.lync.yaml', text: 'CsUser:\n  - { SipAddress: a\n' }]), {
      problem:
        "No plan is made, because 'a.lync.yaml' of 'v1' is not right in line 2: what cannot be read would look as if it were gone.",
    });
  });

  it('believes nothing that comes over the wire', () => {
    for (const first of [null, 'v1', {}, { name: 'v1' }, { name: 1, files: [] }])
      assert.equal(planAnswer(project, users, first), undefined);
    for (const file of [null, { path: 'a' }, { path: '\uD800', text: '' }, { path: 'a', text: 1 }])
      assert.equal(planAnswer(project, users, { name: 'v1', files: [file] }), undefined);
    assert.equal(planAnswer(project, 'file:///elsewhere.yaml', { name: 'v1', files: [] }), undefined);
  });
});
