import assert from 'node:assert/strict';
import fc from 'fast-check';
import { filesOf } from '../../server/src/importers/fileNames.ts';
import type { ImportedObject, ImportedValue } from '../../server/src/importers/imported.ts';
import { importFiles } from '../../server/src/importers/intake.ts';
import { keyOf } from '../../server/src/importers/merging.ts';
import { edited } from '../../server/src/importers/outcome.ts';
import { psYaml } from '../../server/src/importers/psYaml.ts';
import { updateOf, type Update } from '../../server/src/importers/updating.ts';
import { Deployment } from '../../server/src/model/deployment.ts';
import { isConfiguration } from '../../server/src/project.ts';
import { root } from '../fixture.ts';
import { cleanSamples, projectWith, sampleFiles } from '../samples.ts';

type Files = ReadonlyMap<string, string>;

/** What files of ours say, read as an import is. */
async function read(files: Files): Promise<readonly ImportedObject[]> {
  const inputs = [...files]
    .filter(([uri]) => !isConfiguration(uri))
    .map(([file, text]) => ({ file, chunks: bytesOf(text) }));
  const { objects, failures } = await importFiles(inputs, [psYaml]);
  assert.deepEqual(failures, []);
  return objects;
}

async function* bytesOf(text: string): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(new TextEncoder().encode(text));
}

async function updated(
  files: Files,
  imported: readonly ImportedObject[],
  prune = false,
): Promise<{ update: Update; after: Map<string, string> }> {
  const [workspace] = projectWith(files).workspaces;
  const update = updateOf(workspace?.deployment ?? new Deployment(), await read(files), imported, { prune });
  const after = new Map(files);
  for (const [{ uri, text }, edits] of update.edits) after.set(uri, edited(text, edits));
  for (const [name, text] of filesOf(update.homeless)) {
    assert.ok(!after.has(`${root}/${name}`), `${name} is there already`);
    after.set(`${root}/${name}`, text);
  }
  return { update, after };
}

/** What objects say, whatever their order and spelling. */
function contentOf(objects: readonly ImportedObject[]): string[] {
  return objects
    .map((object) => `${keyOf(object) ?? '?'} ${JSON.stringify([...object.properties].slice(1).sort())}`)
    .sort();
}

const pool = fc.constantFrom('pool01.contoso.com', 'pool02.contoso.com', 'pool03.contoso.com');
const user = fc.record({
  SipAddress: fc.constantFrom('ken', 'ann', 'don', 'joe', 'mia').map((name) => `sip:${name}@contoso.com`),
  RegistrarPool: pool,
  UserServicesPolicy: fc.constantFrom(null, 'SmartCard', 'Yes: no'),
  Enabled: fc.boolean(),
  ProxyAddresses: fc.constantFrom(null, ['sip:a@contoso.com'], ['smtp:a@contoso.com', 'x, y']),
});
const policy = fc.record({
  Identity: fc.constantFrom('Global', 'Tag:SmartCard', 'Site:Dublin'),
  UcsAllowed: fc.constantFrom(null, true, false),
  MigrationDelayInDays: fc.constantFrom(null, 0, 7),
});
const pools = fc.record({
  Identity: pool,
  Computers: fc.constantFrom(null, ['fe01.contoso.com'], ['fe01', 'fe02']),
});

/** A deployment; what is null is not set. */
const state = fc
  .record({
    CsPool: fc.uniqueArray(pools, { selector: ({ Identity }) => Identity }),
    CsUserServicesPolicy: fc.uniqueArray(policy, { selector: ({ Identity }) => Identity }),
    CsUser: fc.uniqueArray(user, { selector: ({ SipAddress }) => SipAddress }),
  })
  .map((sections) =>
    Object.entries(sections).flatMap(([section, objects]) =>
      objects.map((object): ImportedObject => {
        const entries = Object.entries<ImportedValue>(object);
        return {
          section,
          properties: new Map(entries.filter(([, value]) => value !== null)),
          unset: new Set(entries.filter(([, value]) => value === null).map(([name]) => name)),
          origin: { file: 'export.json' },
        };
      }),
    ),
  );

function folderOf(objects: readonly ImportedObject[]): Map<string, string> {
  return new Map(Array.from(filesOf(objects), ([name, text]) => [`${root}/${name}`, text]));
}

describe('an import into files that are there', () => {
  for (const sample of cleanSamples)
    it(`changes nothing where they say the same: samples/${sample}`, async () => {
      const files = sampleFiles(sample);
      const { update } = await updated(files, await read(files), true);
      assert.deepEqual([...update.edits.keys()], []);
      assert.deepEqual([update.added, update.altered, update.removed], [0, 0, 0]);
    });

  it('leaves what the import says, of each section that it has', async () => {
    await fc.assert(
      fc.asyncProperty(state, state, async (before, wanted) => {
        const files = folderOf(before);
        const { after } = await updated(files, wanted, true);
        const sections = new Set(wanted.map(({ section }) => section));
        const rest = before.filter(({ section }) => !sections.has(section));
        assert.deepEqual(contentOf(await read(after)), contentOf([...rest, ...wanted]));
        const again = await updated(after, wanted, true);
        assert.deepEqual([...again.update.edits], []);
      }),
      { numRuns: 200 },
    );
  });
});
