import assert from 'node:assert/strict';
import fc from 'fast-check';
import { rename } from '../../server/src/features/rename.ts';
import { toRange } from '../../server/src/features/lsp/positions.ts';
import { fixedName } from '../../server/src/linter/renaming.ts';
import { nounOf } from '../../server/src/linter/newName.ts';
import {
  occurrencesIn,
  occurrencesInConfiguration,
  type Occurrence,
} from '../../server/src/model/occurrences.ts';
import { partsOf } from '../../server/src/model/names.ts';
import { occurrencesOf } from '../../server/src/model/search.ts';
import { isConfiguration, Project } from '../../server/src/project.ts';
import rule from '../../server/src/rules/no-undefined-reference.ts';
import { sectionType } from '../../server/src/schema/schema.ts';
import { applied } from '../features/apply.ts';
import { root } from '../fixture.ts';
import { endings, forms, type Data } from '../linter/forms.ts';
import { sampleFiles, cleanSamples } from '../samples.ts';

type Files = ReadonlyMap<string, string>;

/** A project that looks at nothing but undefined references. */
function projectOf(files: Files, atOnce = Infinity): Project {
  const project = new Project([rule], new Map(), { atOnce });
  project.setFolders([root]);
  for (const [uri, text] of files) {
    if (isConfiguration(uri)) project.setConfiguration(uri, text);
    else project.setFile(uri, text);
  }
  return project;
}

/** Every occurrence that any object has, and the configuration: all are read. Each place once for each thing. */
function everyOccurrence(project: Project): Map<string, Occurrence> {
  const all = new Map<string, Occurrence>();
  const add = (found: Occurrence): void => {
    const id = idOf(found);
    if (found.defines || !all.has(id)) all.set(id, found);
  };
  for (const uri of project.uris)
    for (const [, { objects }] of project.file(uri)?.blocks ?? [])
      for (const object of objects) for (const found of occurrencesIn(object)) add(found);
  for (const { deployment } of project.workspaces)
    for (const found of occurrencesInConfiguration(deployment.configuration)) add(found);
  return all;
}

function idOf({ section, key, at }: Occurrence): string {
  const start = at.file.blocks.startOf(at.block).offset + at.start;
  return `${section} ${key} at ${at.file.uri}:${start}-${start + at.end - at.start}`;
}

function undefinedIn(project: Project): number {
  return [...project.uris].flatMap((uri) => project.findings(uri)).length;
}

function renamedAt(files: Files, project: Project, found: Occurrence, newName: string): Files | undefined {
  const range = toRange(found.at.file, found.at.block, found.at);
  const edit = rename(project, found.at.file.uri, range.start, newName, () => 1);
  return 'problem' in edit ? undefined : applied(files, edit);
}

/** A name that nothing has, of the kind that the thing has. */
function freshName({ section, name }: Occurrence): string {
  if (section === 'CsUser') return `fresh@${name.slice(name.indexOf('@') + 1)}`;
  return ['pool', 'computer', 'SIP domain'].includes(nounOf(section)) ? 'fresh.example.net' : 'Fresh';
}

/** Names of which some are defined and some are not. With `spell` each is written in one of many ways. */
function dataWith(spell: boolean): fc.Arbitrary<Data> {
  const spelled = (name: string): fc.Arbitrary<string> =>
    spell ? fc.constantFrom(name, name.toUpperCase(), ` ${name}`) : fc.constant(name);
  const prefixed = (prefix: string, names: readonly string[]): fc.Arbitrary<string> =>
    fc
      .tuple(
        fc.constantFrom('', prefix, spell ? prefix.toUpperCase() : prefix),
        fc.constantFrom(...names).chain(spelled),
      )
      .map(([before, name]) => before + name);
  const pool = fc.constantFrom('pool01.contoso.com', 'tag.contoso.com').chain(spelled);
  // A computer with the name of a pool is that pool's only one: then both names change together, and seldom back.
  const computer = fc
    .constantFrom('fe01.contoso.com', 'fe02.contoso.com', ...(spell ? ['pool01.contoso.com'] : []))
    .chain(spelled);
  const site = prefixed('Site:', ['Redmond', 'Dun Laoghaire']);
  const policy = prefixed('Tag:', ['SmartCard', 'Tag', 'München', 'İstanbul', '東京']);
  const sip = prefixed('sip:', ['ken@contoso.com', 'ann@fabrikam.com', ...(spell ? ['x'] : [])]);
  const service = fc
    .tuple(fc.constantFrom('Registrar:', 'WebServer:', 'Service:Registrar:'), pool)
    .map((both) => both.join(''));
  const optional = { requiredKeys: [] as [] };
  const list = (object: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> =>
    fc.array(object, { minLength: 1, maxLength: 3 });
  const reference = fc.oneof(
    policy,
    policy.map((Name) => ({ Name })),
    fc.constant(null),
  );
  return fc.record(
    {
      CsSipDomain: list(
        fc.record({ Identity: fc.constantFrom('contoso.com', 'fabrikam.com').chain(spelled) }),
      ),
      CsSite: list(fc.record({ Identity: site, Pools: fc.array(pool, { maxLength: 2 }) }, optional)),
      CsPool: list(
        fc.record(
          {
            Identity: pool,
            Fqdn: pool,
            Site: site,
            Services: fc.array(service, { maxLength: 2 }),
            Computers: fc.array(computer, { maxLength: 2 }),
          },
          optional,
        ),
      ),
      CsComputer: list(fc.record({ Identity: computer, Pool: pool }, optional)),
      CsServerPatchVersion: list(fc.record({ PSComputerName: computer, ComponentName: fc.constant('x') })),
      CsService: list(
        fc.record({ Identity: service, PoolFqdn: pool, SiteId: site, UserServer: service }, optional),
      ),
      CsSimpleUrl: list(
        fc.record({
          Identity: fc.oneof(fc.constant('Global'), site),
          SimpleUrl: fc.constant([{ Domain: 'contoso.com' }, { Domain: '*' }]),
        }),
      ),
      CsClientPolicy: list(fc.record({ Identity: fc.oneof(policy, fc.constant('Global'), site) })),
      CsRegistrarConfiguration: list(fc.record({ Identity: fc.oneof(service, site) })),
      CsUser: list(
        fc.record(
          {
            SipAddress: sip,
            RegistrarPool: pool,
            TargetRegistrarPool: pool,
            Enabled: fc.boolean(),
            ClientPolicy: reference,
          },
          optional,
        ),
      ),
      CsUnifiedContactStore: list(fc.record({ SipUri: sip })),
    },
    optional,
  );
}

/** A deployment in any form, with a configuration beside it. */
function filesOf(data: fc.Arbitrary<Data>): fc.Arbitrary<Files> {
  return fc
    .tuple(data, fc.constantFrom(...forms), fc.constantFrom(...endings))
    .map(([written, form, ending]) => {
      const files = new Map<string, string>();
      for (const [name, text] of form.write(written)) files.set(`${root}/${name}`, ending.change(text));
      files.set(`${root}/lync.config.yaml`, 'twoFactor:\n  pools:\n    - { pool: pool01.contoso.com }\n');
      return files;
    });
}

function show(files: Files): string {
  return [...files].map(([uri, text]) => `#- ${uri}\n${text}`).join('\n');
}

describe('the parts of a name', () => {
  const parts = (section: string, text: string): string[] => {
    const type = sectionType(section);
    assert.ok(type);
    return partsOf(type, text).map(
      ({ section: of, key, start, end }) => `${of} ${text.slice(start, end)} (${key})`,
    );
  };

  it('are what it names, each inside the one before', () => {
    assert.deepEqual(parts('CsWebServiceConfiguration', 'Service:WebServer:Pool01'), [
      'CsWebServiceConfiguration Service:WebServer:Pool01 (service:webserver:pool01)',
      'CsService WebServer:Pool01 (webserver:pool01)',
      'CsPool Pool01 (pool01)',
    ]);
    assert.deepEqual(parts('CsService', ' service:Registrar:p '), [
      'CsService Registrar:p (registrar:p)',
      'CsPool p (p)',
    ]);
    assert.deepEqual(parts('CsClientPolicy', 'Tag:A'), ['CsClientPolicy A (tag:a)']);
    assert.deepEqual(parts('CsClientPolicy', 'site:B'), ['CsClientPolicy site:B (site:b)', 'CsSite B (b)']);
    assert.deepEqual(parts('CsUser', 'SIP:k@x'), ['CsUser k@x (k@x)', 'CsSipDomain x (x)']);
    assert.deepEqual(parts('CsUser', 'sip:k@x;user=phone'), ['CsUser k@x;user=phone (k@x;user=phone)']);
    assert.deepEqual(parts('CsSite', 'Site:B'), ['CsSite B (b)']);
    for (const [section, text] of [
      ['CsPool', ' '],
      ['CsClientPolicy', 'Tag:'],
      ['CsSite', 'site:'],
      ['CsUser', 'sip:'],
    ] as const)
      assert.deepEqual(parts(section, text), []);
  });
});

describe('occurrences', () => {
  it('are found in the text, all that reading every object finds, and stand where their name is', () => {
    fc.assert(
      fc.property(filesOf(dataWith(true)), fc.boolean(), (files, waits) => {
        // Of people who are yet to enter their deployment the names are found, too.
        const project = projectOf(files, waits ? 0 : Infinity);
        const all = everyOccurrence(project);
        const [workspace] = project.workspaces;
        assert.ok(workspace);
        for (const thing of all.values()) {
          const expected = [...all].filter(
            ([, { section, key }]) => section === thing.section && key === thing.key,
          );
          const found: Occurrence[] = [...occurrencesOf(workspace.deployment, thing)];
          const words = (each: Occurrence): string => `${idOf(each)} ${each.defines ? 'defines' : 'refers'}`;
          assert.deepEqual(
            found.map(words).sort(),
            expected.map(([, each]) => words(each)).sort(),
            show(files),
          );
        }
        for (const { at, name, whole, scalar } of all.values()) {
          const text = at.block.text.slice(at.start, at.end);
          if (!whole) assert.equal(text, name);
          else assert.deepEqual([at.start, at.end], [scalar.start, scalar.end]);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('that are renamed and renamed back give the texts that were there, and leave as much undefined in between', () => {
    fc.assert(
      fc.property(filesOf(dataWith(false)), fc.nat(), (files, choice) => {
        backAndForth(files, choice);
      }),
      { numRuns: 300 },
    );
  });

  for (const name of cleanSamples)
    it(`of the sample '${name}' are renamed back and forth`, () => {
      const files = sampleFiles(name);
      fc.assert(
        fc.property(fc.nat(), (choice) => {
          backAndForth(files, choice);
        }),
        { numRuns: 25 },
      );
    });
});

function backAndForth(files: Files, choice: number): void {
  const project = projectOf(files);
  const candidates = [...everyOccurrence(project).values()].filter((found) => fixedName(found) === undefined);
  const found = candidates[choice % candidates.length];
  if (!found) return;
  const after = renamedAt(files, project, found, freshName(found));
  assert.ok(after, `${idOf(found)} can have another name\n${show(files)}`);
  const then = projectOf(after);
  assert.equal(undefinedIn(then), undefinedIn(project), `${idOf(found)}\n${show(after)}`);
  assert.notDeepEqual(after, files);
  const place: Occurrence | undefined = [...everyOccurrence(then).values()].find(
    (other) => other.section === found.section && other.name === freshName(found),
  );
  assert.ok(place, show(after));
  const back = renamedAt(after, then, place, found.name);
  assert.ok(back, `${idOf(found)} can have its name again\n${show(after)}`);
  assert.deepEqual(back, files);
}
