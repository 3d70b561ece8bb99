import assert from 'node:assert/strict';
import type { Arguments } from '../../server/src/cli.ts';
import { rules } from '../../server/src/rules/index.ts';
import { folder, lyncLint, write } from '../cli/terminal.ts';

const page = 'https://github.com/lync-topology/lync-topology/blob/main/docs/rules';

function summaryOf(id: string): string | undefined {
  return rules.find((rule) => rule.id === id)?.summary;
}

async function markdown(values: Arguments['values'] = {}): Promise<string> {
  const { out } = await lyncLint([folder], {
    rule: ['incomplete-deployment=off'],
    ...values,
    format: 'markdown',
  });
  return out;
}

describe('lync-lint --format markdown', () => {
  it('counts, lists the rules, the worst first, and shows where', async () => {
    await write({
      'a.lync.yaml': 'csuser:\n  - { SipAddress: sip:ann@contoso.com, Nonsense: 1 }\n',
    });
    assert.equal(
      await markdown(),
      `## Lync Topology

2 findings (1 error, 1 hint) in 1 file, 1 user, 0 with two factors.

| Severity | Findings | Rule | What it finds |
| --- | ---: | --- | --- |
| error | 1 | [no-unknown-property](${page}/no-unknown-property.md) | ${summaryOf('no-unknown-property')} |
| hint | 1 | [prefer-canonical-case](${page}/prefer-canonical-case.md) | ${summaryOf('prefer-canonical-case')} |

### Worst places

- \`a.lync.yaml:2\` error [no-unknown-property](${page}/no-unknown-property.md): CsUser has no property 'Nonsense'. A key of your own begins with x-.
- \`a.lync.yaml:1\` hint [prefer-canonical-case](${page}/prefer-canonical-case.md): PowerShell writes 'csuser' as 'CsUser'.
`,
    );
  });

  it('says that nothing was found', async () => {
    await write({ 'a.lync.yaml': 'CsSipDomain:\n  - { Identity: contoso.com }\n' });
    assert.equal(
      await markdown(),
      '## Lync Topology\n\nNo findings in 1 file, 0 users, 0 with two factors.\n',
    );
  });

  it('has one size, however much there is', async () => {
    const person = (number: number): string =>
      `  - { SipAddress: sip:u${number}@contoso.com, Nonsense${'x'.repeat(2000)}: 1 }\n`;
    await write({
      'a.lync.yaml': `CsUser:\n${Array.from({ length: 500 }, (_, index) => person(index)).join('')}`,
    });
    const text = await markdown();
    assert.ok(text.length < 4000, String(text.length));
    assert.match(text, /\| error \| 500 \|/);
    assert.match(text, /\n\nAnd 497 more\.\n$/);
  });

  it('shows what files hold as it is', async () => {
    const text = String.raw`CsUser:
  - { SipAddress: sip:a@contoso.com, "<b>|*x*|@everyone\n# [a](b)": 1 }
`;
    await write({ 'a\u0060b.lync.yaml': text });
    const shown = await markdown();
    assert.match(shown, /^- `` a`b\.lync\.yaml:2 `` error /m);
    assert.ok(shown.includes("'&#60;b&#62;&#124;&#42;x&#42;&#124;&#64;everyone\uFFFD&#35; &#91;a&#93;(b)'"));
  });

  it('shows errors only, if only those are wanted, and counts the rest', async () => {
    await write({ 'a.lync.yaml': 'csuser:\n  - { SipAddress: sip:ann@contoso.com, Nonsense: 1 }\n' });
    const text = await markdown({ quiet: true });
    assert.doesNotMatch(text, /prefer-canonical-case/);
    assert.match(text, /1 error, 1 hint/);
  });
});
