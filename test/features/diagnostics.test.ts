import assert from 'node:assert/strict';
import { DiagnosticSeverity, type Diagnostic } from 'vscode-languageserver-types';
import { diagnostics } from '../../server/src/features/diagnostics.ts';
import { parseFixture, projectOf, root } from '../fixture.ts';
import { textIn } from './cursor.ts';

const policies = `
#- lync.config.yaml
twoFactor: { pools: [{ pool: pool01.contoso.com }] }
#- policies.lync.yaml
CsWebServiceConfiguration: []
CsUserServicesPolicy:
  - { Identity: Global, UcsAllowed: true }
`;

const user = `
#- users.lync.yaml
CsUser:
  - SipAddress: sip:ken@contoso.com
    RegistrarPool: pool01.contoso.com
`;

function diagnosticsOf(fixture: string, file = 'users.lync.yaml', limit = 1000): Diagnostic[] {
  return diagnostics(projectOf(parseFixture(fixture)), `${root}/${file}`, { limit });
}

function severityWord({ severity = DiagnosticSeverity.Error }: Diagnostic): string {
  return ['', 'error', 'warning', 'info', 'hint'][severity] ?? '';
}

describe('a diagnostic', () => {
  it('has range, severity, a rule that is a link, a message, and the places that led to it', () => {
    const [first, ...others] = diagnosticsOf(policies + user);
    assert.deepEqual(others, []);
    assert.deepEqual(first, {
      range: { start: { line: 1, character: 16 }, end: { line: 1, character: 35 } },
      severity: DiagnosticSeverity.Error,
      source: 'lync',
      code: 'no-ucs-with-2fa',
      codeDescription: {
        href: 'https://github.com/lync-topology/lync-topology/blob/main/docs/rules/no-ucs-with-2fa.md',
      },
      message:
        "The contact list of 'sip:ken@contoso.com' disappears after a two-factor sign-in: UcsAllowed is true in 'Global'. Grant a policy with UcsAllowed: false, then run Invoke-CsUcsRollback for contacts that have moved; the policy alone does not bring them back.",
      relatedInformation: [
        {
          location: {
            uri: `${root}/policies.lync.yaml`,
            range: { start: { line: 2, character: 36 }, end: { line: 2, character: 40 } },
          },
          message: "UcsAllowed is true in 'Global'",
        },
        {
          location: {
            uri: `${root}/lync.config.yaml`,
            range: { start: { line: 0, character: 29 }, end: { line: 0, character: 47 } },
          },
          message: "Two factors: lync.config.yaml names 'pool01.contoso.com' among the two-factor pools",
        },
      ],
    });
  });

  it('has the severity that the configuration gives its rule', () => {
    for (const [given, expected] of [
      ['hint', ['hint']],
      ['warning', ['warning']],
      ['off', []],
    ] as const) {
      const configured = policies.replace('twoFactor', `rules: { no-ucs-with-2fa: ${given} }\ntwoFactor`);
      assert.deepEqual(diagnosticsOf(configured + user).map(severityWord), expected);
    }
  });

  it('of the configuration stands in the configuration', () => {
    const text = 'rules: { no-such-rule: off }\n';
    const found = diagnosticsOf(`#- lync.config.yaml\n${text}${user}`, 'lync.config.yaml');
    assert.deepEqual(
      found.map((diagnostic) => [diagnostic.code, textIn(text, diagnostic.range)]),
      [['valid-configuration', 'no-such-rule']],
    );
  });

  for (const [name, text, expected] of [
    ['a bracket that is not closed', 'rules: {}\nfiles: [ x\n', ['valid-configuration at 1']],
    ['a tab', 'exclude:\n\t- x\n', ['valid-configuration at 1']],
    ['a key that stands twice', 'rules: {}\nmobile: {}\nrules: {}\n', ['valid-configuration at 2']],
  ] as const)
    it(`of broken YAML stands in the configuration, too: ${name}`, () => {
      const found = diagnosticsOf(`#- lync.config.yaml\n${text}${user}`, 'lync.config.yaml');
      assert.deepEqual(
        found.map(({ code, range }) => `${String(code)} at ${range.start.line}`),
        expected,
      );
    });

  it('is none in a file that belongs to nothing', () => {
    assert.deepEqual(diagnosticsOf(policies + user, 'nowhere.lync.yaml'), []);
    assert.deepEqual(diagnosticsOf('#- values.yaml\nCsUser: 1\n', 'values.yaml'), []);
  });
});

describe('more findings than the limit', () => {
  const many = `
#- rules.lync.yaml
CsWebServiceConfiguration: []
#- users.lync.yaml
CsUser:
  - { SipAddress: sip:ann@contoso.com, Nonsense: 1 }
  - { SipAddress: sip:bob@contoso.com, Nonsense: 1, sipaddress2: 2 }
  - { sipaddress: sip:eve@contoso.com, Nonsense: 1 }
`;

  it('leave the most severe, and a line at the top that counts the rest', () => {
    const all = diagnosticsOf(many);
    assert.deepEqual(all.map(severityWord), ['error', 'error', 'hint', 'error']);
    const [first, ...shown] = diagnosticsOf(many, 'users.lync.yaml', 3);
    assert.deepEqual(shown.map(severityWord), ['error', 'error', 'error']);
    assert.deepEqual(first, {
      range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } },
      severity: DiagnosticSeverity.Information,
      source: 'lync',
      message:
        "1 more finding in this file is not shown (lync.maxFindingsPerFile is 3). 'lync-lint' prints all.",
    });
  });

  it('are shown in full at the limit', () => {
    assert.equal(diagnosticsOf(many, 'users.lync.yaml', 4).length, 4);
  });
});

/** Everything wrong with a text, as `line: rule "the marked text"`. */
function wordsFor(text: string): string[] {
  return diagnosticsOf(`#- users.lync.yaml\n${text}`)
    .filter(({ code }) => code !== 'incomplete-deployment')
    .map(
      ({ range, code }) =>
        `${range.start.line + 1}: ${String(code)} ${JSON.stringify(textIn(text, range).slice(0, 30))}`,
    );
}

describe('broken input is reported at its place, and the rest is checked:', () => {
  const rest = 'CsPool:\n  - { Identity: pool01.contoso.com, Nonsense: 1 }\n';
  const ofRest = (line: number): string => `${line}: no-unknown-property "Nonsense"`;
  const cases: Readonly<Record<string, readonly [text: string, expected: readonly string[]]>> = {
    'a key that is being typed': [`${rest}CsUs\n`, [ofRest(2), '3: yaml-syntax "CsUs"']],
    'a value that is being typed': [
      `CsUser:\n  - SipAddress: "sip:ken\n${rest}`,
      ['2: yaml-syntax "\\"sip:ken"', ofRest(4)],
    ],
    'a bracket that is never closed': [
      `CsUser:\n  - { SipAddress: sip:ken@contoso.com\n${rest}`,
      ['2: yaml-syntax "m"', ofRest(4)],
    ],
    'a key that stands twice': [
      `CsUser:\n  - SipAddress: sip:ken@contoso.com\n    Enabled: true\n    Enabled: false\n${rest}`,
      ['4: yaml-syntax "Enabled"', ofRest(6)],
    ],
    'an anchor that nobody defines': [
      `CsUser:\n  - SipAddress: sip:ken@contoso.com\n    x-note: *nobody\n${rest}`,
      ['3: yaml-syntax "*nobody"', ofRest(5)],
    ],
    'a tab as indentation': [
      `CsUser:\n\t- SipAddress: sip:ken@contoso.com\n${rest}`,
      ['2: yaml-syntax "\\t"', ofRest(4)],
    ],
    'a section of the wrong type': [`CsUser: 42\n${rest}`, ['1: valid-value "42"', ofRest(3)]],
    'items of the wrong type': [
      `CsUser:\n  - 42\n  - [1]\n${rest}`,
      ['2: valid-value "42"', '3: valid-value "[1]"', ofRest(5)],
    ],
    'no text at all': ['', []],
    'bytes that are no text': ['\u0000\u0001PNG\u0002\n\u0003', ['1: yaml-syntax "\\u0000"']],
  };
  for (const [name, [text, expected]] of Object.entries(cases))
    it(name, () => {
      assert.deepEqual(wordsFor(text), expected);
    });

  // Somewhere between these numbers a reader that recurses runs out of stack, and takes the process with it.
  for (const opening of ['[', '{', '[a: ', '- ', '? '])
    it(`${JSON.stringify(opening)} many times over, with few findings`, () => {
      for (const times of [101, 1000, 5000, 20_000, 100_000]) {
        const found = wordsFor(`CsUser:\n  ${opening.repeat(times)}\n${rest}`);
        assert.ok(found.length < 10, `${found.length} findings`);
        assert.ok(found.some((words) => words.startsWith('2: yaml-syntax')));
        assert.ok(found.includes(ofRest(4)), found.join());
      }
    });
});
