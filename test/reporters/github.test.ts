import assert from 'node:assert/strict';
import { folder, lyncLint, write } from '../cli/terminal.ts';

async function commands(rule: string[] = []): Promise<string[]> {
  const { out } = await lyncLint([folder], {
    rule: ['incomplete-deployment=off', ...rule],
    format: 'github',
  });
  return out.trimEnd().split('\n');
}

describe('lync-lint --format github', () => {
  it('writes a command per finding, with its place and all of its message, and a sum', async () => {
    await write({ 'a.lync.yaml': 'CsUser:\n  - { SipAddress: sip:ann@contoso.com, Nonsense: 1 }\n' });
    const page = 'https://github.com/lync-topology/lync-topology/blob/main/docs/rules/no-unknown-property.md';
    const place = 'file=a.lync.yaml,line=2,endLine=2,col=40,endColumn=48,title=no-unknown-property';
    const message = "CsUser has no property 'Nonsense'. A key of your own begins with x-.";
    assert.deepEqual(await commands(), [
      `::error ${place}::${message}%0A${page}`,
      '1 finding (1 error) in 1 file, 1 user, 0 with two factors.',
    ]);
    for (const [severity, command] of [
      ['warning', 'warning'],
      ['info', 'notice'],
      ['hint', 'notice'],
    ] as const) {
      const [first] = await commands([`no-unknown-property=${severity}`]);
      assert.ok(first?.startsWith(`::${command} file=`));
    }
  });

  it('escapes what would end a property or a command', async () => {
    const text = String.raw`CsUser:
  - { SipAddress: sip:a@contoso.com, "100%,a:b\n::error::c": 1 }
`;
    await write({ 'a,b:%.lync.yaml': text });
    const lines = await commands();
    assert.equal(lines.length, 2);
    assert.match(lines[0] ?? '', /^::error file=a%2Cb%3A%25\.lync\.yaml,line=2,/);
    assert.match(lines[0] ?? '', /::CsUser has no property '100%25,a:b\uFFFD::error::c'\./);
  });

  it('leads to related places, and has no columns for what goes over several lines', async () => {
    const ann = '  - { SipAddress: sip:ann@contoso.com }\n';
    await write({ 'a.lync.yaml': `CsUser:\n${ann}${ann}` });
    const [first] = await commands();
    assert.match(first ?? '', /%0A- a\.lync\.yaml:\d: /);
    await write({ 'a.lync.yaml': 'CsUser:\n  - { SipAddress: sip:ann@contoso.com, Nonsense: [\n  ] }\n' });
    for (const line of await commands()) {
      const [, start, end] = /,line=(\d+),endLine=(\d+)/.exec(line) ?? [];
      if (start !== end) assert.doesNotMatch(line, /[cC]ol/);
    }
  });
});
