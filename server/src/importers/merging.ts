/** What several files say about the same objects. */
import { identityKey } from '../schema/identity.ts';
import { sectionType } from '../schema/schema.ts';
import type { ImportedObject, Origin } from './imported.ts';
import type { Tally } from './tally.ts';

/** Objects in the order in which they came first, each once. */
export class Merging {
  /** How often an object came again, as it was. */
  same = 0;
  readonly #objects = new Map<string, ImportedObject>();
  readonly #tally: Tally;
  readonly #unset = new Map<string, ReadonlySet<string>>();
  #unnamed = 0;

  constructor(tally: Tally) {
    this.#tally = tally;
  }

  get objects(): ImportedObject[] {
    return [...this.#objects.values()];
  }

  /** Takes an object. Of two that differ the one that came later stays, for it is in the newer export more often than not. */
  add(given: ImportedObject): void {
    const object = this.#compact(given);
    const key = keyOf(object) ?? `unnamed ${++this.#unnamed}`;
    const known = this.#objects.get(key);
    this.#objects.set(key, object);
    if (!known) return;
    if (contentOf(known) === contentOf(object)) {
      this.same++;
      return;
    }
    const { section, origin } = object;
    const name = nameOf(object) ?? '';
    const files = `${known.origin.file}\n${origin.file}`;
    this.#tally.add('changed', `twice ${section} ${files}`, known.origin, (count) =>
      count === 1
        ? `${section} '${name}' stands here and in ${placeText(origin)}, with other values: the later one was taken.`
        : `${count} ${section} objects, the first '${name}', stand here and in ${origin.file}, with other values: the later ones were taken.`,
    );
  }

  /**
   * The same in less memory. A text that was cut out of a piece of the file keeps the whole piece; a copy does not. And what is not
   * set is the same for most.
   */
  #compact(object: ImportedObject): ImportedObject {
    const values = structuredClone([...object.properties.values()]);
    const properties = new Map(
      Array.from(object.properties.keys(), (name, index) => [name, values[index] ?? null]),
    );
    if (!object.unset) return { ...object, properties };
    const names = [...object.unset].join('\n');
    const unset = this.#unset.get(names) ?? object.unset;
    if (this.#unset.size < mostSets) this.#unset.set(names, unset);
    return { ...object, properties, unset };
  }
}

/** Distinct sets of properties without a value that are kept once. */
const mostSets = 1000;

/** The name by which an object is found, the same for the same object in any spelling; `undefined` where it has none. */
export function keyOf(object: ImportedObject): string | undefined {
  const { section, properties } = object;
  const type = sectionType(section);
  const name = nameOf(object);
  if (!type || name === undefined || name === '') return undefined;
  const key = `${section} ${identityKey(type, name)}`;
  // A computer has a version for each component.
  const component = section === 'CsServerPatchVersion' ? properties.get('ComponentName') : undefined;
  return typeof component === 'string' ? `${key} ${component.toLowerCase()}` : key;
}

function nameOf({ section, properties }: ImportedObject): string | undefined {
  const name = properties.get(sectionType(section)?.key ?? '');
  return typeof name === 'string' || typeof name === 'number' ? String(name) : undefined;
}

/** In lower case, as PowerShell compares. */
function contentOf({ properties }: ImportedObject): string {
  return JSON.stringify([...properties].sort(([a], [b]) => (a < b ? -1 : 1))).toLowerCase();
}

function placeText({ file, line }: Origin): string {
  return line === undefined ? file : `${file}, line ${line}`;
}
