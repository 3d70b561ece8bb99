import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Arguments } from '../../server/src/cli.ts';
import { sarifReporter } from '../../server/src/reporters/sarif.ts';
import { at, folder, lyncLint, write } from '../cli/terminal.ts';
import { complaints } from './sarifSchema.ts';

interface Region {
  readonly startLine: number;
  readonly startColumn: number;
  readonly endLine: number;
  readonly endColumn: number;
}
interface Artifact {
  readonly uri: string;
  readonly uriBaseId?: string;
}
interface Location {
  readonly id?: number;
  readonly physicalLocation: { readonly artifactLocation: Artifact; readonly region: Region };
  readonly message?: { readonly text: string };
}
interface Result {
  readonly ruleId: string;
  readonly ruleIndex: number;
  readonly level: string;
  readonly message: { readonly text: string };
  readonly locations: readonly Location[];
  readonly relatedLocations?: readonly Location[];
  readonly partialFingerprints: Readonly<Record<string, string>>;
  readonly fixes?: readonly {
    readonly artifactChanges: readonly {
      readonly artifactLocation: Artifact;
      readonly replacements: readonly {
        readonly deletedRegion: Region;
        readonly insertedContent: { readonly text: string };
      }[];
    }[];
  }[];
  readonly properties: { readonly severity: string; readonly subject?: string };
}
interface Rule {
  readonly id: string;
  readonly shortDescription: { readonly text: string };
  readonly fullDescription: { readonly text: string };
  readonly help: { readonly text: string; readonly markdown: string };
  readonly helpUri: string;
  readonly defaultConfiguration: { readonly level: string };
}
interface Run {
  readonly tool: { readonly driver: { readonly version: string; readonly rules: readonly Rule[] } };
  readonly columnKind: string;
  readonly originalUriBaseIds: Readonly<Record<string, { readonly uri: string }>>;
  readonly invocations: readonly {
    readonly executionSuccessful: boolean;
    readonly toolExecutionNotifications?: readonly { readonly message: { readonly text: string } }[];
  }[];
  readonly results: readonly Result[];
}

interface Log {
  readonly runs: readonly Run[];
}

async function sarif(positionals = [folder], values: Arguments['values'] = {}): Promise<Run> {
  const { out } = await lyncLint(positionals, { ...values, format: 'sarif' });
  const log = JSON.parse(out) as Log;
  assert.deepEqual(complaints(log), []);
  const [run] = log.runs;
  assert.ok(run);
  return run;
}

function prints({ results }: Run): string[] {
  return results.flatMap(({ partialFingerprints }) => Object.values(partialFingerprints));
}

const configuration = `rules: { incomplete-deployment: off }
twoFactor: { pools: [{ pool: pool01.contoso.com, method: SmartCard }] }
`;
const policies = `CsUserServicesPolicy:
  - { Identity: Global, UcsAllowed: true }
  - { Identity: Tag:SmartCard, UcsAllowed: false }
`;
const ken = `CsUser:
  - SipAddress: sip:ken@contoso.com
    RegistrarPool: pool01.contoso.com
`;

describe('lync-lint --format sarif', () => {
  it('says what, where, and why, by the rules that spoke', async () => {
    await write({ 'lync.config.yaml': configuration, 'policies.lync.yaml': policies, 'ken.lync.yaml': ken });
    const run = await sarif();
    const [first] = run.results;
    assert.equal(first?.ruleId, 'no-ucs-with-2fa');
    assert.equal(first.level, 'error');
    assert.deepEqual(first.properties, { severity: 'error', subject: 'sip:ken@contoso.com' });
    assert.deepEqual(first.locations, [
      {
        physicalLocation: {
          artifactLocation: { uri: 'ken.lync.yaml', uriBaseId: '%SRCROOT%' },
          region: { startLine: 2, startColumn: 17, endLine: 2, endColumn: 36 },
        },
      },
    ]);
    assert.deepEqual(
      first.relatedLocations?.map(({ id, physicalLocation, message }) => [
        id,
        physicalLocation.artifactLocation.uri,
        physicalLocation.region.startLine,
        message?.text,
      ]),
      [
        [1, 'policies.lync.yaml', 2, "UcsAllowed is true in 'Global'"],
        [
          2,
          'lync.config.yaml',
          2,
          "Two factors: lync.config.yaml names 'pool01.contoso.com' among the two-factor pools",
        ],
      ],
    );
    assert.equal(run.columnKind, 'utf16CodeUnits');
    assert.ok(run.originalUriBaseIds['%SRCROOT%']?.uri.endsWith('/'));
    assert.deepEqual(run.invocations[0]?.executionSuccessful, true);
    const { rules } = run.tool.driver;
    const spoken = new Set(run.results.map(({ ruleId }) => ruleId));
    assert.deepEqual(
      rules.map(({ id }) => id),
      [...spoken],
    );
    for (const result of run.results) assert.equal(rules[result.ruleIndex]?.id, result.ruleId);
    for (const { id, help, helpUri, shortDescription, fullDescription } of rules) {
      assert.ok(helpUri.endsWith(`/${id}.md`));
      assert.ok(shortDescription.text && fullDescription.text);
      assert.match(help.text, /WHAT TO DO/);
      assert.match(help.markdown, /## What to do/);
      assert.doesNotMatch(help.markdown, /\]\((?!https:)/);
    }
  });

  it('is valid where nothing is found, and for everything that the samples have', async () => {
    await write({ 'good.lync.yaml': 'CsSipDomain:\n  - { Identity: contoso.com }\n' });
    const run = await sarif([folder], { rule: ['incomplete-deployment=off'] });
    assert.deepEqual([run.results, run.tool.driver.rules], [[], []]);
    const samples = await sarif([fileURLToPath(new URL('../../samples', import.meta.url))]);
    assert.ok(samples.results.length > 20);
  });

  it('has a note for what is less than a warning, and keeps which', async () => {
    await write({ 'a.lync.yaml': 'csuser:\n  - { SipAddress: sip:a@contoso.com, Nonsense: 1 }\n' });
    const { results } = await sarif([folder], { rule: ['incomplete-deployment=off'] });
    const levels = results.map(({ ruleId, level, properties }) => [ruleId, level, properties.severity]);
    assert.deepEqual(levels, [
      ['prefer-canonical-case', 'note', 'hint'],
      ['no-unknown-property', 'error', 'error'],
    ]);
  });

  it('writes names of files as addresses', async () => {
    const wrong = 'CsUser:\n  - { SipAddress: sip:a@contoso.com, Nonsense: 1 }\n';
    await write({ 'a b/100%#ü.lync.yaml': wrong });
    const [result] = (await sarif([at('a b')], { rule: ['incomplete-deployment=off'] })).results;
    const { uri } = result?.locations[0]?.physicalLocation.artifactLocation ?? {};
    assert.equal(uri, 'a%20b/100%25%23%C3%BC.lync.yaml');
    const other = await lyncLint([at('a b')], { format: 'sarif' }, { folder: at('elsewhere') });
    assert.match(
      other.out,
      /"artifactLocation":\{"uri":"file:\/\/\/[^"]*\/a%20b\/100%25%23%C3%BC\.lync\.yaml"\}/,
    );
  });

  it('counts columns in UTF-16 units', async () => {
    await write({
      'a.lync.yaml': 'CsUser:\n  - { DisplayName: "😀", SipAddress: sip:a@contoso.com, Nonsense: 1 }\n',
    });
    const [result] = (await sarif([folder], { rule: ['incomplete-deployment=off'] })).results;
    assert.equal(result?.locations[0]?.physicalLocation.region.startColumn, 57);
  });

  it('says of a run that could not read everything that it failed', () => {
    const { head, foot } = sarifReporter({ version: '1.2.3', root: 'file:///c%3A/lync' }, []);
    const summary = { files: 0, users: 0, twoFactorUsers: 0, errors: 0, warnings: 0, infos: 0, hints: 0 };
    const log = JSON.parse(
      head + foot({ summary, isEmpty: true, tally: new Map(), unread: ["'a' cannot be read."] }),
    ) as Log;
    assert.deepEqual(complaints(log), []);
    const [invocation] = log.runs[0]?.invocations ?? [];
    assert.equal(invocation?.executionSuccessful, false);
    assert.equal(invocation.toolExecutionNotifications?.[0]?.message.text, "'a' cannot be read.");
  });

  it('has fixes that do what --fix does', async () => {
    const text = 'CsUserServicesPolicy:\n  - { Identity: Global, UcsAllowed: yes }\n';
    await write({ 'a.lync.yaml': text });
    const values = { rule: ['incomplete-deployment=off'] };
    const { results } = await sarif([folder], values);
    const fixes = results.flatMap((result) => result.fixes ?? []);
    assert.equal(fixes.length, 1);
    const [change] = fixes[0]?.artifactChanges ?? [];
    assert.equal(change?.artifactLocation.uri, 'a.lync.yaml');
    const lines = text.split('\n');
    for (const { deletedRegion: region, insertedContent } of change.replacements) {
      assert.equal(region.startLine, region.endLine);
      const line = lines[region.startLine - 1] ?? '';
      lines[region.startLine - 1] =
        line.slice(0, region.startColumn - 1) + insertedContent.text + line.slice(region.endColumn - 1);
    }
    await lyncLint([folder], { ...values, fix: true });
    assert.equal(lines.join('\n'), await readFile(at('a.lync.yaml'), 'utf8'));
  });

  it('has fingerprints that outlive moved lines and what others change', async () => {
    const nonsense = '  - { SipAddress: sip:ann@contoso.com, Nonsense: 1 }\n';
    await write({
      'lync.config.yaml': configuration,
      'policies.lync.yaml': policies,
      'users.lync.yaml': ken + nonsense + nonsense,
    });
    const before = prints(await sarif([at('users.lync.yaml')]));
    assert.equal(new Set(before).size, before.length);
    await writeFile(at('users.lync.yaml'), `# moved\n\n${ken.replace('ken@', 'KEN@')}${nonsense}${nonsense}`);
    await writeFile(
      at('policies.lync.yaml'),
      policies.replace('Identity: Global,', 'Identity: Global, Description: other,'),
    );
    assert.deepEqual(prints(await sarif([at('users.lync.yaml')])), before);
  });
});
