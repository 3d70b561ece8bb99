import assert from 'node:assert/strict';
import type { Finding, Report } from '../../server/src/linter/finding.ts';
import { rule, type Rule } from '../../server/src/linter/rule.ts';
import type { LyncObject } from '../../server/src/model/object.ts';
import type { Severity } from '../../server/src/model/configuration.ts';
import { Project } from '../../server/src/project.ts';
import internalError from '../../server/src/rules/internal-error.ts';
import { check, root } from '../fixture.ts';

const text = `CsUser:
  - SipAddress: sip:ken@contoso.com
    Name: Ken
    DisplayName: Ken Myer
CsPool:
  - Identity: pool01.contoso.com
`;

function made(
  id: string,
  look: Pick<Rule, 'object' | 'block' | 'deployment'>,
  severity: Severity = 'warning',
): Rule {
  const words = { summary: '', why: '', remedy: '', examples: { bad: [], good: [] } };
  return rule({ id, severity, group: 'files', ...words, ...look });
}

/** What rules of one's own find in the text. */
function find(...rules: Rule[]): Finding[] {
  const project = new Project([internalError, ...rules]);
  project.setFolders([root]);
  project.setFile(`${root}/a.lync.yaml`, text);
  return project.findings(`${root}/a.lync.yaml`).map(({ finding }) => finding);
}

function fail(): never {
  throw new Error('this went wrong');
}

describe('a rule that fails', () => {
  const good = made('good', {
    object: function* (object) {
      yield { message: `Seen: ${object.subject}` };
    },
  });

  it('is reported by name, at the object, and the others go on', () => {
    const found = find(made('bad', { object: fail }), good);
    assert.deepEqual(
      found.map((finding) => [finding.rule.id, finding.object?.subject]),
      [
        ['good', 'sip:ken@contoso.com'],
        ['internal-error', 'sip:ken@contoso.com'],
        ['good', 'pool01.contoso.com'],
        ['internal-error', 'pool01.contoso.com'],
      ],
    );
  });

  it('is reported without the stack', () => {
    const [, finding] = find(made('bad', { object: fail }), good);
    assert.match(finding?.message ?? '', /^The rule 'bad' failed here \(this went wrong\)\./);
    assert.doesNotMatch(finding?.message ?? '', /\bat |\.ts|\n/);
  });

  it('keeps what it had found before', () => {
    const late = made('late', {
      object: function* () {
        yield { message: 'First.' };
        fail();
      },
    });
    assert.deepEqual(
      find(late)
        .map((finding) => finding.rule.id)
        .slice(0, 2),
      ['internal-error', 'late'],
    );
  });

  it('at a block or at the whole deployment is reported, too', () => {
    const ids = (bad: Rule): string[] => find(bad, good).map((finding) => finding.rule.id);
    assert.equal(ids(made('bad', { block: fail })).filter((id) => id === 'internal-error').length, 4);
    assert.deepEqual(ids(made('bad', { deployment: fail })), ['internal-error', 'good', 'good']);
  });
});

describe('several reports of a rule about one object', () => {
  const reports = function* (object: LyncObject): Generator<Report> {
    if (object.section.name !== 'CsUser') return;
    const [, name, display] = object.properties;
    assert.ok(name && display);
    const pool = { at: object.at, message: 'Related.' };
    yield { at: object.placeOf(name), message: 'The first.', severity: 'hint', related: [pool] };
    yield {
      at: object.placeOf(display),
      message: 'The second.',
      severity: 'error',
      related: [undefined, pool],
    };
    yield { at: object.placeOf(name), message: 'The third.' };
  };

  it('are one finding, as severe as the worst, with all that they say', () => {
    const [finding, ...others] = find(made('much', { object: reports }));
    assert.ok(finding);
    assert.deepEqual(others, []);
    assert.equal(finding.message, 'The first. The second. The third.');
    assert.equal(finding.severity, 'error');
    assert.equal(finding.at.block.text.slice(finding.at.start, finding.at.end), 'Ken');
    assert.deepEqual(
      finding.related.map(({ at, message }) => `${at.block.text.slice(at.start, at.end)}: ${message}`),
      ['sip:ken@contoso.com: Related.', 'Ken Myer: The second.', 'sip:ken@contoso.com: Related.'],
    );
  });

  it('stay apart from those of another rule', () => {
    const ids = find(made('much', { object: reports }), made('more', { object: reports })).map(
      ({ rule: { id } }) => id,
    );
    assert.deepEqual(ids, ['more', 'much']);
  });

  it('stand at the first place', () => {
    check(
      `CsConferencingPolicy:
  - Identity: Global
    AudioBitRateKb: 500
    #               ^^^ error valid-value
    AllowIPAudio: maybe
`,
      'valid-value',
    );
  });

  it('about a block are findings of their own', () => {
    const found = find(
      made('block', {
        block: function* () {
          yield { message: 'One.' };
          yield { message: 'Two.' };
        },
      }),
    );
    assert.deepEqual(
      found.map(({ message }) => message),
      ['One.', 'Two.', 'One.', 'Two.', 'One.', 'Two.', 'One.', 'Two.'],
    );
  });
});
