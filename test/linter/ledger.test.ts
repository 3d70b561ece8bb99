import assert from 'node:assert/strict';
import fc from 'fast-check';
import { severities } from '../../server/src/model/configuration.ts';
import { Project } from '../../server/src/project.ts';
import { rules } from '../../server/src/rules/index.ts';
import { root } from '../fixture.ts';

const uri = `${root}/users.lync.yaml`;

/** People for whom something is found, and comments that silence it. */
const line = fc.constantFrom(
  '  - { SipAddress: sip:ken@contoso.com, RegistrarPool: pool01.contoso.com }\n',
  '  - SipAddress: sip:ann@contoso.com\n    RegistrarPool: pool01.contoso.com\n    ExUmEnabled: true\n',
  '  - SipAddress: sip:joe@contoso.com\n    RegistrarPool: pool09.contoso.com\n',
  '  - SipAddress: sip:bob@contoso.com\n    nonsense: 1\n    sipaddress: sip:bob@contoso.com\n',
  '  - SipAddress: sip:eve@contoso.com\n    Enabled: maybe # lync-disable-line\n',
  '  # lync-disable no-ucs-with-2fa\n',
  '  # lync-enable no-ucs-with-2fa\n',
  '  # lync-disable-next-line -- a ticket\n',
);

function projectWith(people: readonly string[], settings: string): Project {
  const project = new Project(rules);
  project.setFolders([root]);
  project.setConfiguration(`${root}/lync.config.yaml`, settings);
  project.setFile(
    `${root}/policies.lync.yaml`,
    'CsWebServiceConfiguration:\n  - { Identity: Global, UseWsFedPassiveAuth: true }\nCsUserServicesPolicy: []\nCsClientPolicy: []\nCsPool:\n  - Identity: pool01.contoso.com\n',
  );
  project.setFile(uri, `CsUser:\n${people.join('')}`);
  return project;
}

describe('what an editor shows of many findings', () => {
  const settings = fc.constantFrom(
    '',
    'rules: { no-ucs-with-2fa: hint, no-unknown-property: off, prefer-canonical-case: error }\n',
  );

  it('is the most severe, the first of them first, and how many there are', () => {
    fc.assert(
      fc.property(fc.array(line, { maxLength: 12 }), fc.nat(12), settings, (people, limit, configured) => {
        const project = projectWith(people, configured);
        const all = project.findings(uri);
        // A stable sort leaves those of one severity in the order of the text.
        const worst = [...all].sort(
          (a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity),
        );
        const expected = all.filter((judged) => worst.indexOf(judged) < limit);
        const fresh = projectWith(people, configured);
        fresh.check();
        // Nothing was edited, so nothing is near an edit.
        const { findings, total } = fresh.shown(uri, limit);
        assert.equal(total, all.length);
        assert.deepEqual(
          findings.map(({ finding, severity }) => `${severity} ${finding.message}`),
          expected.map(({ finding, severity }) => `${severity} ${finding.message}`),
        );
      }),
      { numRuns: Number(process.env.RUNS ?? 200) },
    );
  });

  it('includes what stands where somebody is at work', () => {
    const errors = Array.from(
      { length: 30 },
      () => '  - { SipAddress: sip:ken@fabrikam.com, Nonsense: 1 }\n',
    );
    const project = projectWith([...errors, '  - { SipAddress: sip:ann@contoso.com }\n'], '');
    const last = 1 + errors.length;
    const end = { line: last, character: '  - { SipAddress: sip:ann@contoso.com'.length };
    project.editFile(uri, [{ range: { start: end, end }, text: ', ExUmEnabled: yes' }]);
    project.check();
    const { findings } = project.shown(uri, 3);
    const lines = findings.map(({ finding: { at } }) => at.file.positionInBlock(at.block, at.start).line);
    assert.deepEqual(lines, [1, 2, last]);
  });
});
