import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import type { Arguments } from '../../server/src/cli.ts';
import { junitReporter } from '../../server/src/reporters/junit.ts';
import { folder, lyncLint, write } from '../cli/terminal.ts';
import { parse, type Element } from './xml.ts';

async function junit(paths = [folder], values: Arguments['values'] = {}): Promise<Element> {
  const { out } = await lyncLint(paths, { rule: ['incomplete-deployment=off'], ...values, format: 'junit' });
  return parse(out);
}

const wrong = 'CsUser:\n  - { SipAddress: sip:ann@contoso.com, Nonsense: 1 }\n';

describe('lync-lint --format junit', () => {
  it('has a suite per file, and a case per finding', async () => {
    await write({ 'a.lync.yaml': wrong, 'b.lync.yaml': 'CsSipDomain:\n  - { Identity: contoso.com }\n' });
    const [a, b] = (await junit()).children;
    assert.deepEqual(a?.attributes, {
      name: 'a.lync.yaml',
      tests: '1',
      failures: '1',
      errors: '0',
      skipped: '0',
    });
    const [finding] = a.children;
    assert.deepEqual(finding?.attributes, {
      classname: 'a.lync.yaml',
      name: 'no-unknown-property: CsUser sip:ann@contoso.com (Nonsense)',
    });
    const [failure] = finding.children;
    assert.equal(failure?.attributes.type, 'error');
    assert.match(failure.attributes.message ?? '', /^CsUser has no property 'Nonsense'\./);
    assert.match(failure.text, /^a\.lync\.yaml:2:40\n.*https:\/\/[^\n]*\/no-unknown-property\.md$/s);
    assert.equal(b?.attributes.failures, '0');
    assert.deepEqual(
      b.children.map(({ attributes, children }) => [attributes.name, children]),
      [['no findings', []]],
    );
  });

  it('fails for errors and warnings, and for nothing less', async () => {
    await write({ 'a.lync.yaml': wrong });
    for (const [severity, kind] of [
      ['error', 'failure'],
      ['warning', 'failure'],
      ['info', 'skipped'],
      ['hint', 'skipped'],
    ] as const) {
      const rule = ['incomplete-deployment=off', `no-unknown-property=${severity}`];
      const [suite] = (await junit([folder], { rule })).children;
      assert.equal(suite?.children[0]?.children[0]?.name, kind);
      assert.equal(suite.attributes[kind === 'failure' ? 'failures' : 'skipped'], '1');
    }
  });

  it('counts in each suite what is in it, and gives no two cases a name', async () => {
    const samples = await junit([fileURLToPath(new URL('../../samples', import.meta.url))]);
    assert.ok(samples.children.length > 5);
    for (const { attributes, children } of samples.children) {
      const kinds = children.map((child) => child.children[0]?.name);
      const count = (kind: string): string => String(kinds.filter((name) => name === kind).length);
      assert.equal(attributes.tests, String(children.length));
      assert.equal(attributes.failures, count('failure'));
      assert.equal(attributes.skipped, count('skipped'));
      assert.equal(new Set(children.map((child) => child.attributes.name)).size, children.length);
    }
  });

  it('tells findings apart that are alike', async () => {
    await write({ 'a.lync.yaml': wrong + wrong.slice('CsUser:\n'.length) });
    const names = (await junit()).children[0]?.children.map(({ attributes }) => attributes.name);
    const unknown = names?.filter((name) => name?.startsWith('no-unknown-property'));
    const name = 'no-unknown-property: CsUser sip:ann@contoso.com (Nonsense)';
    assert.deepEqual(unknown, [name, `${name} #2`]);
  });

  it('is well-formed whatever the files hold', async () => {
    const evil = String.raw`CsUser:
  - { SipAddress: "sip:<a&b>\"\u0001\uD800\uFFFE\n\t]]>'", Nonsense: 1 }
`;
    await write({ 'a&<b>.lync.yaml': evil });
    const [suite] = (await junit()).children;
    assert.equal(suite?.attributes.name, 'a&<b>.lync.yaml');
    const names = suite.children.map(({ attributes }) => attributes.name ?? '').join();
    assert.ok(names.includes('sip:<a&b>"\uFFFD\uFFFD\uFFFD\n\t]]>\''), names);
  });

  it('has an error for what could not be read', () => {
    const { head, foot } = junitReporter;
    const summary = { files: 0, users: 0, twoFactorUsers: 0, errors: 0, warnings: 0, infos: 0, hints: 0 };
    const { children } = parse(
      head + foot({ summary, isEmpty: true, tally: new Map(), unread: ["'a' cannot be read."] }),
    );
    assert.equal(children[0]?.attributes.errors, '1');
    assert.equal(children[0].children[0]?.children[0]?.attributes.message, "'a' cannot be read.");
  });
});
