import assert from 'node:assert/strict';
import { clientRules, letsIn, type ClientVersion } from '../../server/src/model/clientVersions.ts';
import { deploymentOf } from './deployment.ts';

const july2013: ClientVersion = [15, 0, 4517, 0];
const version = 'MajorVersion: 15, MinorVersion: 0, BuildNumber: 4420, QfeNumber: 0';

/** The rule of the Global policy that lets OC in, as `operator version`; `unknown` where the policy cannot be read. */
function lets(policy: string, below: ClientVersion | undefined = july2013): string {
  const object = deploymentOf(policy).find('CsClientVersionPolicy', 'Global');
  assert.ok(object);
  const rules = clientRules(object);
  const rule = rules && letsIn(rules, 'oc', below);
  return rules ? (rule ? `${rule.operator} ${rule.version.join('.')}` : 'none') : 'unknown';
}

const withRules = (...rules: string[]): string =>
  `CsClientVersionPolicy:\n  - Identity: Global\n    Rules:\n${rules.map((rule) => `      - { ${rule} }\n`).join('')}`;

describe('the rules of a client version policy', () => {
  it('let in what they name and are the first to match', () => {
    const allow = `UserAgent: OC, Action: Allow, ${version}`;
    assert.equal(lets(withRules(`${allow}, CompareOp: GEQ`)), 'GEQ 15.0.4420.0');
    assert.equal(lets(withRules(`${allow}, CompareOp: eql`)), 'EQL 15.0.4420.0');
    assert.equal(lets(withRules(`${allow}, CompareOp: NEQ`)), 'NEQ 15.0.4420.0');
    assert.equal(lets(withRules(`${allow}, CompareOp: GTR`), [15, 0, 4420, 0]), 'none');
    assert.equal(lets(withRules(`${allow}, CompareOp: GTR`), undefined), 'GTR 15.0.4420.0');
    const block = `UserAgent: oc, Action: BlockWithUrl, ${version}`;
    assert.equal(lets(withRules(`${block}, CompareOp: LEQ`, `${allow}, CompareOp: LEQ`)), 'none');
    assert.equal(lets(withRules(`${block}, CompareOp: LSS`, `${allow}, CompareOp: LEQ`)), 'LEQ 15.0.4420.0');
    assert.equal(
      lets(withRules(`${block}, CompareOp: LEQ, Priority: 1`, `${allow}, CompareOp: LEQ, Priority: 0`)),
      'LEQ 15.0.4420.0',
    );
  });

  it('are read through aliases and merge keys, and where there is one without a list', () => {
    const anchored = `CsClientVersionPolicy:
  - Identity: Tag:Other
    Rules: &rules
      - &base { UserAgent: OC, Action: Block, CompareOp: GEQ, ${version} }
      - { <<: *base, Action: Allow, CompareOp: LSS }
  - { Identity: Global, Rules: *rules }
`;
    assert.equal(lets(anchored), 'LSS 15.0.4420.0');
    assert.equal(
      lets(
        `CsClientVersionPolicy:\n  Identity: Global\n  Rules: { useragent: OC, action: Allow, compareop: GEQ, ${version} }\n`,
      ),
      'GEQ 15.0.4420.0',
    );
  });

  it('say nothing where one of them cannot be read', () => {
    assert.equal(lets(withRules(`UserAgent: OC, Action: Allow, ${version}`)), 'unknown');
    assert.equal(lets(withRules(`UserAgent: OC, Action: 1, CompareOp: GEQ, ${version}`)), 'unknown');
    assert.equal(lets(withRules(`UserAgent: OC, Action: Allow, CompareOp: GEQ`)), 'unknown');
    assert.equal(lets('CsClientVersionPolicy:\n  - { Identity: Global, Rules: System.Object }\n'), 'unknown');
    assert.equal(lets('CsClientVersionPolicy:\n  - { Identity: Global }\n'), 'unknown');
    assert.equal(lets('CsClientVersionPolicy:\n  - { Identity: Global, Rules: [] }\n'), 'none');
    assert.equal(lets(withRules(`Enabled: 'False'`)), 'none');
  });
});
