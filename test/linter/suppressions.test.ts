import assert from 'node:assert/strict';
import { SourceFile } from '../../server/src/parser/sourceFile.ts';
import { suppressionsIn } from '../../server/src/linter/suppressions.ts';
import { check, findingsOf, parseFixture, projectOf } from '../fixture.ts';

/** The suppressions of a text, each as `kind: rules`. */
function found(text: string): string[] {
  return [...new SourceFile('file:///a', text).blocks]
    .flatMap((block) => suppressionsIn(block))
    .map(({ kind, rules }) => `${kind}: ${rules.map(({ id }) => id).join(' ')}`);
}

describe('a comment silences', () => {
  it('the next line', () => {
    check(
      `CsConferencingPolicy:
  - Identity: Global
    # lync-disable-next-line valid-value
    AudioBitRateKb: 500
  - Identity: Tag:Sales
    AudioBitRateKb: 500
    #               ^^^ valid-value
`,
      'valid-value',
    );
  });

  it('its own line', () => {
    check(
      `CsConferencingPolicy:
  - { Identity: Global, AudioBitRateKb: 500 } # lync-disable-line valid-value
  - { Identity: Tag:Sales, AudioBitRateKb: 500 }
  #                                        ^^^ valid-value
`,
      'valid-value',
    );
  });

  it('a stretch of lines, or all that follow', () => {
    check(
      `# lync-disable valid-value
CsConferencingPolicy:
  - { Identity: Global, AudioBitRateKb: 500 }
  # lync-enable valid-value
  - { Identity: Tag:Sales, AudioBitRateKb: 500 }
  #                                        ^^^ valid-value
  # lync-disable
  - { Identity: Tag:Phones, AudioBitRateKb: 500 }
CsMobilityPolicy:
  - { Identity: Global, EnableMobility: maybe }
`,
      'valid-value',
    );
  });

  it('the rules that it names, and no others', () => {
    check(
      `CsConferencingPolicy:
  # lync-disable-next-line no-unknown-property, valid-value -- ticket 4711
  - { Identity: Global, AudioBitRateKb: 500 }
  # lync-disable-next-line no-unknown-property
  - { Identity: Tag:Sales, AudioBitRateKb: 500 }
  #                                        ^^^ valid-value
  # lync-disable-next-line -- for whatever reason, valid-identity-scope
  - { Identity: Tag:Phones, AudioBitRateKb: 500 }
`,
      'valid-value',
    );
  });

  it('one rule again while another stays silent', () => {
    const text = `# lync-disable valid-value, no-unknown-property
# lync-enable valid-value
CsConferencingPolicy:
  - { Identity: Global, AudioBitRateKb: 500, Nonsense: 1 }
  #                                     ^^^ valid-value
`;
    check(text, 'valid-value');
    check(text, 'no-unknown-property');
    check(text.replace('disable valid-value, no-unknown-property', 'disable'), 'valid-value');
  });

  it('in a file with CRLF, and in flow style', () => {
    const text = `CsConferencingPolicy: [
  # lync-disable-next-line valid-value
  { Identity: Global,
    # lync-disable-next-line valid-value
    AudioBitRateKb: 500 },
  { Identity: Tag:Sales, AudioBitRateKb: 500 },
  ]
`;
    for (const written of [text, text.replaceAll('\n', '\r\n')]) {
      const [finding, ...others] = findingsOf(projectOf(parseFixture(written)), 'valid-value');
      assert.equal(finding?.line, 5);
      assert.deepEqual(others, []);
    }
  });

  it('nothing where its id is no id of a rule that found something', () => {
    check(
      `CsConferencingPolicy:
  # lync-disable-next-line valid-valu
  - { Identity: Global, AudioBitRateKb: 500 }
  #                                     ^^^ valid-value
`,
      'valid-value',
    );
  });
});

describe('a suppression', () => {
  it('has a kind, ids and a reason', () => {
    assert.deepEqual(found('# lync-disable-next-line a, b -- because of c, d\n#lync-disable-line\n'), [
      'disable-next-line: a b',
      'disable-line: ',
    ]);
    assert.deepEqual(found('# lync-disable a -- b\n#  lync-enable\r\n'), ['disable: a', 'enable: ']);
  });

  it('is none in a block scalar, in quotes, or in the middle of a word', () => {
    assert.deepEqual(found('x-note: |\n  # lync-disable\n'), []);
    assert.deepEqual(
      found('CsUser:\n  - DisplayName: "a # lync-disable"\n  - DisplayName: \'a # lync-disable\'\n'),
      [],
    );
    assert.deepEqual(found('CsUser:\n  - DisplayName: a# lync-disable\n'), []);
    assert.deepEqual(found('# lync-disabled\n# please lync-disable\n'), []);
  });

  it('is one behind a value and between the lines of flow style', () => {
    assert.deepEqual(found('CsUser:\n  - Name: a # lync-disable-line x\n'), ['disable-line: x']);
    assert.deepEqual(found('CsUser: [\n  # lync-disable x\n  { Name: a },\n]\n'), ['disable: x']);
  });
});
