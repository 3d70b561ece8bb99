import assert from 'node:assert/strict';
import { readFile, rm } from 'node:fs/promises';
import type { Arguments } from '../../server/src/cli.ts';
import { formats } from '../../server/src/reporters/file.ts';
import { at, folder, lyncLint, write, type Printed } from './terminal.ts';

const rule = ['incomplete-deployment=off'];

function lint(values: Arguments['values'] = {}, paths = [folder]): Promise<Printed> {
  return lyncLint(paths, { rule, baseline: at('known.json'), ...values });
}

function update(values: Arguments['values'] = {}, paths = [folder]): Promise<Printed> {
  return lint({ 'update-baseline': true, ...values }, paths);
}

function known(): Promise<string> {
  return readFile(at('known.json'), 'utf8');
}

function wrong(...names: readonly string[]): string {
  return `CsUser:\n${names.map((name) => `  - { SipAddress: sip:${name}@contoso.com, Nonsense: 1 }\n`).join('')}`;
}

function entry(name: string, file = 'a.lync.yaml', count = 1): string {
  return `    {"file":"${file}","rule":"no-unknown-property","section":"CsUser","subject":"sip:${name}@contoso.com","about":"Nonsense","count":${count}}`;
}

function file(...entries: readonly string[]): string {
  return `{\n  "version": 1,\n  "findings": [\n${entries.join(',\n')}\n  ]\n}\n`;
}

describe('--baseline', () => {
  it('is made of what is found, and then only what is new is reported, and fails', async () => {
    await write({ 'a.lync.yaml': wrong('kim', 'ann') });
    const made = await update();
    assert.deepEqual(
      [made.code, made.out, made.error],
      [
        0,
        'No findings in 1 file, 2 users, 0 with two factors.\n',
        `Wrote 2 findings to the baseline '${at('known.json')}'.\n`,
      ],
    );
    assert.equal(await known(), file(entry('ann'), entry('kim')));
    const again = await lint();
    assert.equal(again.code, 0);
    assert.equal(again.error, `Left out, because the baseline '${at('known.json')}' has them: 2 findings.\n`);
    await write({ 'a.lync.yaml': wrong('ben', 'kim', 'ann') });
    const grown = await lint();
    assert.equal(grown.code, 1);
    assert.match(grown.out, /^a\.lync\.yaml \(1 finding\)\n[^]*sip:ben@/);
    assert.match(grown.out, /\n1 finding \(1 error\) in 1 file, 3 users/);
    const silent = await lint({ 'max-warnings': '0', rule: [...rule, 'no-unknown-property=warning'] });
    assert.equal(silent.code, 1, 'a new warning counts, and known ones do not');
  });

  it('writes the same text for the same findings', async () => {
    await write({ 'b.lync.yaml': wrong('kim', 'ann'), 'a.lync.yaml': wrong('zoe') });
    await update();
    const first = await known();
    await update();
    assert.equal(await known(), first);
    await rm(at('known.json'));
    await update();
    assert.equal(await known(), first);
  });

  it('knows what moved, and what others say', async () => {
    await write({ 'a.lync.yaml': wrong('kim') });
    await update();
    await write({ 'a.lync.yaml': `# moved\n\n${wrong('kim').replace('  -', '\n  -')}` });
    assert.equal((await lint()).code, 0);
    await write({ 'a.lync.yaml': wrong('kim').replace('Nonsense', 'Folly') });
    const other = await lint();
    assert.equal(other.code, 1, 'something else is wrong');
    assert.match(other.error, /has 1 finding that there is no more: --update-baseline takes it out\.\n$/);
  });

  it('counts those that are alike', async () => {
    await write({ 'a.lync.yaml': wrong('kim', 'kim') });
    const only = { rule: [...rule, 'no-duplicate-identity=off'] };
    await update(only);
    assert.equal(await known(), file(entry('kim', 'a.lync.yaml', 2)));
    await write({ 'a.lync.yaml': wrong('kim', 'kim', 'kim') });
    const { code, out } = await lint(only);
    assert.equal(code, 1);
    assert.match(out, /a\.lync\.yaml:4:40/);
    assert.doesNotMatch(out, /a\.lync\.yaml:3:40/);
  });

  it('names files from where it is, not from where it is used', async () => {
    await write({ 'sub/a.lync.yaml': wrong('kim') });
    await update();
    assert.equal(await known(), file(entry('kim', 'sub/a.lync.yaml')));
    const { code } = await lyncLint([at('sub')], { rule, baseline: at('known.json') }, { folder: at('sub') });
    assert.equal(code, 0);
  });

  it('keeps, and does not count, what was not asked for; takes out what is gone', async () => {
    await write({ 'x/a.lync.yaml': wrong('kim'), 'y/b.lync.yaml': wrong('ann') });
    await update();
    await rm(at('x/a.lync.yaml'));
    await write({ 'x/c.lync.yaml': wrong('zoe') });
    const asked = await lint({}, [at('y')]);
    assert.doesNotMatch(asked.error, /no more/);
    assert.match((await lint()).error, /has 1 finding that there is no more/);
    await update({}, [at('x')]);
    assert.equal(await known(), file(entry('zoe', 'x/c.lync.yaml'), entry('ann', 'y/b.lync.yaml')));
  });

  it('goes with every format, and shows in none', async () => {
    await write({ 'a.lync.yaml': wrong('kim', 'ann') });
    const clean = new Map<string, string>();
    await update();
    for (const format of formats) clean.set(format, (await lint({ format })).out);
    for (const [format, out] of clean) assert.doesNotMatch(out, /no-unknown-property|sip:/, format);
    assert.deepEqual((JSON.parse(clean.get('json') ?? '') as { findings: unknown[] }).findings, []);
    await write({ 'a.lync.yaml': wrong('kim', 'ann', 'ben') });
    for (const format of formats) {
      const { code, out, error } = await lint({ format });
      assert.equal(code, 1);
      assert.match(out, /no-unknown-property/, format);
      assert.doesNotMatch(out, /sip:kim@/, format);
      assert.match(error, /^Left out/);
    }
  });

  it('goes with --stdin', async () => {
    await write({ 'a.lync.yaml': wrong('kim'), 'b.lync.yaml': wrong('ann') });
    await update();
    const values = { rule, baseline: at('known.json'), stdin: true, 'stdin-filename': at('a.lync.yaml') };
    const lintInput = (text: string): Promise<Printed> =>
      lyncLint([], values, { input: () => Promise.resolve(text) });
    const same = await lintInput(wrong('kim'));
    assert.deepEqual([same.code, same.error.includes('no more')], [0, false]);
    assert.equal((await lintInput(wrong('kim', 'ben'))).code, 1);
  });

  it('keeps --fix from what is known', async () => {
    const text = 'CsUserServicesPolicy:\n  - { Identity: Global, UcsAllowed: yes }\n';
    await write({ 'a.lync.yaml': text });
    await update();
    const other = '  - { Identity: Tag:Other, UcsAllowed: yes }\n';
    await write({ 'a.lync.yaml': text + other });
    const { code, error } = await lint({ fix: true });
    assert.equal(code, 0);
    assert.match(error, /^Fixed .*a\.lync\.yaml\.\nLeft out/);
    assert.equal(await readFile(at('a.lync.yaml'), 'utf8'), text + other.replace('yes', 'true'));
  });

  it('is the same where files are looked at in pieces', async () => {
    const names = Array.from({ length: 12 }, (_, index) => `u${index % 9}`);
    await write({ 'a.lync.yaml': wrong(...names) });
    const inPieces = (values: Arguments['values'], parts: number): Promise<Printed> =>
      lyncLint([folder], { rule, baseline: at('known.json'), ...values }, { large: 1, processors: parts });
    await update();
    const whole = await known();
    for (const parts of [2, 5]) {
      await rm(at('known.json'));
      const made = await inPieces({ 'update-baseline': true }, parts);
      assert.equal(made.code, 0);
      assert.equal(await known(), whole);
    }
    // Some that are alike are known, some are not, and some are no more.
    const findings = [1, 2, 3].map((number) => entry(`u${number}`, 'a.lync.yaml', number));
    await write({ 'known.json': file(...findings, entry('u7'), entry('gone')) });
    for (const format of formats) {
      const expected = await lint({ format });
      assert.equal(expected.code, 1);
      for (const parts of [2, 5]) assert.deepEqual(await inPieces({ format }, parts), expected, format);
    }
  });

  it('is refused with a sentence', async () => {
    await write({ 'a.lync.yaml': wrong('kim') });
    const cases: [text: string | undefined, message: RegExp][] = [
      [undefined, /There is no baseline '.*known\.json': --update-baseline makes one\./],
      ['{', /'.*known\.json' is no baseline: it is not JSON\./],
      ['[]', /'.*known\.json' is no baseline: it has no version, or no findings\./],
      [
        '{"version":2,"findings":[]}',
        /has version 2, and this lync-lint reads up to version 1: use a newer one\./,
      ],
      [file(entry('kim', 'a.lync.yaml', 0)), /is damaged: number 1 of its findings is not as/],
      [file(entry('kim'), '{"file":1}'), /is damaged: number 2 of its findings is not as/],
    ];
    for (const [text, message] of cases) {
      if (text !== undefined) await write({ 'known.json': text });
      const { code, out, error } = await lint();
      assert.deepEqual([code, out], [2, '']);
      assert.match(error, message);
      assert.match(error, /^lync-lint: [^\n]*\n$/);
      if (text === undefined) continue;
      assert.equal((await update()).code, 2, 'what is no baseline is not written over');
      assert.equal(await known(), text);
    }
    const alone = await lyncLint([folder], { 'update-baseline': true });
    assert.deepEqual(
      [alone.code, alone.error],
      [2, 'lync-lint: --update-baseline needs --baseline FILE, which names the file to write.\n'],
    );
    const script = await lyncLint(['remediate', folder], { baseline: at('known.json') });
    assert.deepEqual(
      [script.code, script.error],
      [2, "lync-lint: --baseline does not go with 'remediate'.\n"],
    );
  });
});
