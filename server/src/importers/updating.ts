/** An import into files that are there: only what differs is changed, so that comments, order and the author's own keys stay. */
import type { AddObject, FileChange, SetProperty, WrittenValue } from '../linter/change.ts';
import { canSet, editsOf, isRemovable, type TextEdit } from '../linter/edits.ts';
import type { Deployment } from '../model/deployment.ts';
import type { LyncObject } from '../model/object.ts';
import { referenceName } from '../model/values.ts';
import { counted } from '../model/wording.ts';
import type { SourceFile } from '../parser/sourceFile.ts';
import { isName } from '../model/worth.ts';
import { sectionType, type PropertyType } from '../schema/schema.ts';
import { fileOf } from './fileNames.ts';
import type { ImportedObject, ImportedValue, Remark } from './imported.ts';
import { keyOf } from './merging.ts';

export interface Update {
  /** What changes in files, in the order of their texts; only of those that change. */
  readonly edits: ReadonlyMap<SourceFile, readonly TextEdit[]>;
  /** Objects of sections that no file has, and whose file is not there: they go into files of their own. */
  readonly homeless: readonly ImportedObject[];
  /** How many objects. */
  readonly added: number;
  readonly altered: number;
  readonly removed: number;
  readonly remarks: readonly Remark[];
}

/**
 * @param present what the files of the deployment say, read as an import is
 * @param prune whether objects that the import does not have go, of the sections that it has
 */
export function updateOf(
  deployment: Deployment,
  present: readonly ImportedObject[],
  imported: readonly ImportedObject[],
  { prune = false } = {},
): Update {
  const known = new Map(present.map((object) => [keyOf(object), object]));
  const found = new Set<string | undefined>();
  const remarks: Remark[] = [];
  const changes: FileChange[] = [];
  const additions = new Additions(deployment);
  let [added, altered] = [0, 0];
  for (const object of imported) {
    const key = keyOf(object);
    found.add(key);
    const before = known.get(key);
    const there = before && objectOf(before, deployment);
    if (!before || !there) {
      additions.add(object);
      added++;
      continue;
    }
    const own = [...settings(there, before, object)];
    if (own.length > 0) altered++;
    for (const change of own) {
      if (canSet(there, change.property)) changes.push(change);
      else remarks.push(shared(there, change.property, object));
    }
  }
  const sections = new Set(imported.map(({ section }) => section));
  const gone = present.filter((object) => sections.has(object.section) && !found.has(keyOf(object)));
  const removed: LyncObject[] = [];
  for (const object of prune ? gone : []) {
    const there = objectOf(object, deployment);
    if (there && isRemovable(there)) removed.push(there);
    else remarks.push(notRemovable(object));
  }
  changes.push(...removed.map((object): FileChange => ({ kind: 'remove', object })));
  if (!prune) remarks.push(...kept(gone));
  return {
    edits: editsAfter([changes, ...additions.batches()], deployment),
    homeless: additions.homeless,
    added,
    altered,
    removed: removed.length,
    remarks,
  };
}

/** The properties in which an object of the import differs from the one that is there. */
function* settings(
  object: LyncObject,
  before: ImportedObject,
  after: ImportedObject,
): Generator<SetProperty<WrittenValue>> {
  const set = (property: string, value: WrittenValue): SetProperty<WrittenValue> => ({
    kind: 'set',
    object,
    property,
    value,
  });
  for (const [name, value] of after.properties) {
    // Its name is the same but for the case and the prefix, which are the author's.
    if (name === object.section.key) continue;
    const type = object.section.property(name);
    if (contentOf(type, before.properties.get(name)) !== contentOf(type, value)) yield set(name, value);
  }
  for (const name of after.unset ?? [])
    if (before.properties.has(name) && name !== object.section.key) yield set(name, null);
}

/** Objects that come, each at the end of its section: in the file that has those most like it. */
class Additions {
  readonly homeless: ImportedObject[] = [];
  readonly #deployment: Deployment;
  /** By section the objects that stand for a home: a pool's users are together, all else is where its section is. */
  readonly #homes = new Map<string, Map<string, LyncObject>>();
  /** By file. */
  readonly #firsts = new Map<string, LyncObject | undefined>();
  readonly #byHome = new Map<string, Map<SourceFile, AddObject<WrittenValue>[]>>();

  constructor(deployment: Deployment) {
    this.#deployment = deployment;
  }

  add(imported: ImportedObject): void {
    const { section, properties } = imported;
    const homes = this.#homesOf(section);
    const near =
      homes.get(poolOf(properties.get('RegistrarPool'))) ?? homes.get('') ?? this.#firstIn(fileOf(imported));
    if (!near) {
      this.homeless.push(imported);
      return;
    }
    const key = sectionType(section)?.key ?? 'Identity';
    const entries = [...properties].sort(([a], [b]) => Number(b === key) - Number(a === key));
    const ofSection = this.#byHome.get(section) ?? new Map<SourceFile, AddObject<WrittenValue>[]>();
    this.#byHome.set(section, ofSection);
    const list = ofSection.get(near.file) ?? [];
    ofSection.set(near.file, list);
    list.push({ kind: 'add', section, like: undefined, near, properties: entries });
  }

  /** What is added to one section goes to one place at a time. */
  *batches(): Generator<FileChange[]> {
    const left = [...this.#byHome.values()].map((ofSection) => [...ofSection.values()]);
    for (let turn = 0; left.some((lists) => lists.length > turn); turn++)
      yield left.flatMap((lists) => lists[turn] ?? []);
  }

  /** The first object of the file in which an import puts such objects. */
  #firstIn(name: string): LyncObject | undefined {
    if (!this.#firsts.has(name)) this.#firsts.set(name, firstIn(name, this.#deployment));
    return this.#firsts.get(name);
  }

  #homesOf(section: string): Map<string, LyncObject> {
    let homes = this.#homes.get(section);
    if (!homes) {
      this.#homes.set(section, (homes = new Map<string, LyncObject>()));
      for (const object of this.#deployment.all(section)) {
        const pool = section === 'CsUser' ? object.setProperty('RegistrarPool') : undefined;
        homes.set((pool && referenceName(pool.value)?.trim().toLowerCase()) ?? '', object);
        homes.set('', object);
      }
    }
    return homes;
  }
}

function firstIn(name: string, deployment: Deployment): LyncObject | undefined {
  const contents = deployment.files.find(({ file }) => file.uri.endsWith(`/${name}`));
  for (const [, { objects }] of contents?.blocks ?? []) if (objects[0]) return objects[0];
  return undefined;
}

function poolOf(value: ImportedValue | undefined): string {
  return typeof value === 'string' ? value.trim().toLowerCase() : '';
}

/** The first of the name, which is the one that counts. */
function objectOf(imported: ImportedObject, deployment: Deployment): LyncObject | undefined {
  const name = nameOf(imported);
  if (name === '') return undefined;
  const namesakes = deployment.namesakes(imported.section, name);
  if (imported.section !== 'CsServerPatchVersion') return namesakes[0];
  const component = textIn(imported, 'ComponentName').toLowerCase();
  return namesakes.find((object) => (object.text('ComponentName') ?? '').toLowerCase() === component);
}

function nameOf(object: ImportedObject): string {
  return textIn(object, sectionType(object.section)?.key ?? 'Identity');
}

function textIn({ properties }: ImportedObject, name: string): string {
  const value = properties.get(name);
  return typeof value === 'string' ? value : '';
}

/** What is equal says the same: names compare without case, and an empty text is as good as none. */
function contentOf(type: PropertyType | undefined, value: ImportedValue | undefined): string {
  if (value === undefined || value === null || value === '') return '';
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value);
  return type && (isName(type) || type.items?.target !== undefined) ? text.toLowerCase() : text;
}

function editsAfter(batches: readonly FileChange[][], deployment: Deployment): Map<SourceFile, TextEdit[]> {
  const edits = new Map<SourceFile, TextEdit[]>();
  for (const batch of batches)
    for (const [file, made] of editsOf(batch, deployment))
      edits.set(file, [...(edits.get(file) ?? []), ...made]);
  for (const made of edits.values()) made.sort((a, b) => a.start - b.start || a.end - b.end);
  return edits;
}

function shared(object: LyncObject, property: string, { origin }: ImportedObject): Remark {
  return {
    kind: 'left out',
    message: `'${property}' of '${object.subject}' differs, and is left as it is: other entries have it by an anchor. Change it by hand.`,
    origin,
  };
}

function notRemovable(object: ImportedObject): Remark {
  const { section, origin } = object;
  return {
    kind: 'left out',
    message: `'${nameOf(object)}' (${section}) is not in the import, and stays: it is no item of a list by lines, or others have it by an anchor. Take it out by hand.`,
    origin,
  };
}

/** One remark for each section: there may be thousands. */
function* kept(gone: readonly ImportedObject[]): Generator<Remark> {
  for (const section of new Set(gone.map((object) => object.section))) {
    const [first, ...others] = gone.filter((object) => object.section === section);
    if (!first) continue;
    const name = nameOf(first);
    const more = others.length > 0 ? ` and ${counted(others.length, 'more', 'more')}` : '';
    yield {
      kind: 'hint',
      message: `'${name}'${more} of ${section} ${others.length > 0 ? 'are' : 'is'} not in the import, and ${others.length > 0 ? 'stay' : 'stays'}. Where the import has all of ${section}, 'lync-lint import --prune' takes out what is gone.`,
      origin: first.origin,
    };
  }
}
