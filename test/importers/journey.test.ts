import assert from 'node:assert/strict';
import { filesOf } from '../../server/src/importers/fileNames.ts';
import type { ImportedObject, ImportedValue } from '../../server/src/importers/imported.ts';
import { findingsOf, root } from '../fixture.ts';
import { projectWith, sampleFiles } from '../samples.ts';
import { importTexts, plain } from './texts.ts';

describe('what is imported', () => {
  let objects: readonly ImportedObject[];
  const files = sampleFiles('exported');

  before(async () => {
    const imported = await importTexts(Object.fromEntries(files));
    assert.deepEqual(imported.failures, []);
    assert.deepEqual(imported.remarks, []);
    ({ objects } = imported);
    assert.ok(objects.length > 50);
  });

  it('has the findings of the files that it came from', () => {
    const written = new Map([...filesOf(objects)].map(([name, text]) => [`${root}/${name}`, text]));
    const words = (found: ReturnType<typeof findingsOf>): string[] =>
      found.map(({ rule, message }) => `${rule} ${message}`).sort();
    assert.deepEqual(words(findingsOf(projectWith(written))), words(findingsOf(projectWith(files))));
  });

  it('is the same when it comes as JSON, by section or without', async () => {
    const bySection = bySections(objects);
    const together = JSON.stringify(
      Object.fromEntries(Object.entries(bySection).map(([name, list]) => [name, list.map(values)])),
    );
    const apart = Object.entries(bySection).map(([name, list]) => [
      `${name.toLowerCase()}.json`,
      JSON.stringify(list.map(values)),
    ]);
    for (const texts of [{ 'all.json': together }, Object.fromEntries(apart) as Record<string, string>]) {
      const again = await importTexts(texts);
      assert.deepEqual(again.failures, []);
      assert.deepEqual(again.remarks, []);
      assert.deepEqual(sorted(again.objects), sorted(objects));
    }
  });

  it('is the same when it comes as CLIXML', async () => {
    const again = await importTexts({ 'all.xml': clixmlOf(objects) });
    assert.deepEqual(again.failures, []);
    assert.deepEqual(again.remarks, []);
    assert.deepEqual(sorted(again.objects), sorted(objects));
  });

  it('is the same when people come as CSV', async () => {
    const people = objects.filter(({ section }) => section === 'CsUser');
    const columns = [...new Set(people.flatMap(({ properties }) => [...properties.keys()]))];
    const rows = people.map(({ properties }) => columns.map((name) => cell(properties.get(name))).join(','));
    const again = await importTexts({ 'people.csv': [columns.join(','), ...rows].join('\r\n') });
    assert.deepEqual(again.failures, []);
    assert.deepEqual(again.objects.map(byName), people.map(byName));
  });
});

describe('a deployment of 60 sites, 620 pools and 2,000 people', () => {
  const generator = new URL('../../scripts/generators/topology.mjs', import.meta.url).href;
  let objects: readonly ImportedObject[];

  before(async () => {
    const { largeTopology } = (await import(generator)) as {
      largeTopology: (options: { users: number }) => Map<string, string>;
    };
    ({ objects } = await importTexts(Object.fromEntries(largeTopology({ users: 2000 }))));
  });

  it('has the same number of everything on both sides, as CLIXML and as JSON', async () => {
    const expected = counts(objects);
    assert.deepEqual(
      ['CsSite', 'CsPool', 'CsComputer', 'CsService', 'CsUser'].map((section) => expected.get(section)),
      [60, 620, 778, 786, 2000],
    );
    assert.ok([...expected.keys()].filter((section) => section.endsWith('Policy')).length > 3);
    const json = Object.entries(bySections(objects)).map(([name, list]) => [
      `${name.toLowerCase()}.json`,
      JSON.stringify(list.map(values)),
    ]);
    for (const texts of [
      { 'all.xml': clixmlOf(objects) },
      Object.fromEntries(json) as Record<string, string>,
    ]) {
      const again = await importTexts(texts);
      assert.deepEqual(again.failures, []);
      assert.deepEqual(counts(again.objects), expected);
      assert.deepEqual(sorted(again.objects), sorted(objects));
    }
  });
});

function counts(objects: readonly ImportedObject[]): Map<string, number> {
  const found = new Map<string, number>();
  for (const { section } of objects) found.set(section, (found.get(section) ?? 0) + 1);
  return new Map([...found].sort());
}

function bySections(objects: readonly ImportedObject[]): Record<string, ImportedObject[]> {
  const found: Record<string, ImportedObject[]> = {};
  for (const object of objects) (found[object.section] ??= []).push(object);
  return found;
}

function values({ properties }: ImportedObject): Record<string, ImportedValue> {
  return Object.fromEntries(properties);
}

function sorted(objects: readonly ImportedObject[]): string[] {
  return objects.map((object) => JSON.stringify(plain(object))).sort();
}

/** In the order of the names: the columns of a table have one for all. Empty lists are nothing there. */
function byName({ properties }: ImportedObject): string {
  const set = [...properties].filter(
    ([, value]) => !(Array.isArray(value) && value.length === 0) && value !== '',
  );
  return JSON.stringify(set.sort(([a], [b]) => (a < b ? -1 : 1)));
}

function cell(value: ImportedValue | undefined): string {
  if (value === undefined || value === null) return '';
  const list = Array.isArray(value) ? (value as ImportedValue[]) : [value];
  const texts = list.map((item) =>
    item === true ? 'True' : item === false ? 'False' : JSON.stringify(item),
  );
  const text = texts
    .map((item) => item.replace(/^"(.*)"$/s, (quoted) => JSON.parse(quoted) as string))
    .join('; ');
  return `"${text.replaceAll('"', '""')}"`;
}

/** As a hash table of lists, which is what an export script pipes into Export-Clixml. */
function clixmlOf(objects: readonly ImportedObject[]): string {
  const entries = Object.entries(bySections(objects)).map(
    ([name, list]) => `<En><S N="Key">${name}</S>${element(list.map(values), 'Value')}</En>`,
  );
  return `<Objs Version="1.1.0.1" xmlns="http://schemas.microsoft.com/powershell/2004/04"><Obj RefId="0"><TN RefId="0"><T>System.Collections.Specialized.OrderedDictionary</T></TN><DCT>${entries.join('')}</DCT></Obj></Objs>`;
}

function element(value: ImportedValue, name: string | undefined): string {
  const attribute = name === undefined ? '' : ` N="${escaped(name)}"`;
  if (value === null) return `<Nil${attribute} />`;
  if (typeof value === 'boolean') return `<B${attribute}>${value}</B>`;
  if (typeof value === 'number') return `<I32${attribute}>${value}</I32>`;
  if (typeof value === 'string') return `<S${attribute}>${escaped(value)}</S>`;
  if (Array.isArray(value))
    return `<Obj${attribute} RefId="${++refId}"><LST>${(value as ImportedValue[]).map((item) => element(item, undefined)).join('')}</LST></Obj>`;
  const members = Object.entries<ImportedValue>(value as Record<string, ImportedValue>);
  return `<Obj${attribute} RefId="${++refId}"><MS>${members.map(([key, inner]) => element(inner, key)).join('')}</MS></Obj>`;
}

let refId = 0;

function escaped(text: string): string {
  return text
    .replace(/_x[0-9A-F]{4}_/g, (found) => `_x005F${found}`)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('"', '&quot;')
    .replaceAll('\r', '_x000D_')
    .replaceAll('\n', '_x000A_');
}
