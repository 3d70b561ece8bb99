/** The objects in CLIXML, each handed on as soon as it ends: a file of any size is read in the memory that one object takes. */
import { sectionType, type SectionType } from '../schema/schema.ts';
import { isForeignObject, type Foreign, type ForeignObject } from './foreign.ts';
import { ImportError } from './imported.ts';
import { scalarOf, unescaped } from './clixmlScalars.ts';
import { sectionInName, sectionOfTypes } from './sections.ts';
import type { Sorting, Surroundings } from './sorting.ts';
import type { XmlEvents } from './xml.ts';

/** An element that has not ended. */
interface Frame {
  readonly element: string;
  /** Of a value: the member that it is. */
  readonly name: string | undefined;
  /** Of `<Obj>`. */
  readonly object?: OpenObject;
  /** Of `<T>`, `<ToString>` and scalars. */
  text?: string[];
  /** Of `<TN>`. */
  readonly types?: { readonly id: string; readonly names: string[] };
  /** Of `<En>`. */
  readonly entry?: { key: Foreign; value: Foreign };
}

interface OpenObject {
  readonly id: string;
  readonly line: number;
  types: readonly string[];
  text: string | undefined;
  readonly members: Map<string, Foreign>;
  items: Foreign[] | undefined;
  isDictionary: boolean;
  /** Of an enumeration or a wrapped value. */
  base: Foreign | undefined;
  /** Whether an object inside was handed on. */
  gave: boolean;
}

/** Hands on a value that is complete. */
export type Hand = (value: Foreign, around: Surroundings) => void;

export class ObjectReader implements XmlEvents {
  readonly #file: string;
  readonly #sorting: Sorting;
  readonly #hand: Hand;
  readonly #frames: Frame[] = [];
  readonly #typeLists = new Map<string, readonly string[]>();
  readonly #sections = new Map<readonly string[], SectionType | undefined>();
  /** What a Ref may mean: the objects that were read or referred to last. `undefined` stands for one that was handed on. */
  readonly #known = new Map<string, Foreign | undefined>();

  constructor(file: string, sorting: Sorting, hand: Hand) {
    this.#file = file;
    this.#sorting = sorting;
    this.#hand = hand;
  }

  open(element: string, attributes: ReadonlyMap<string, string>, _namespace: string, line: number): void {
    const id = attributes.get('RefId') ?? '';
    const written = attributes.get('N');
    const name = written === undefined ? undefined : unescaped(written);
    const parent = this.#frames.at(-1);
    if (!parent && element !== 'Objs')
      throw new ImportError('The file is no CLIXML: it does not begin with <Objs>.', {
        file: this.#file,
        line,
      });
    switch (element) {
      case 'Obj':
        this.#frames.push({ element, name, object: newObject(id, line) });
        return;
      case 'TN':
        this.#frames.push({ element, name, types: { id, names: [] } });
        return;
      case 'En':
        this.#frames.push({ element, name, entry: { key: null, value: null } });
        return;
      case 'LST':
      case 'IE':
      case 'QUE':
      case 'STK':
        if (parent?.object) parent.object.items ??= [];
        break;
      case 'DCT':
        if (parent?.object) parent.object.isDictionary = true;
        break;
      case 'TNRef':
        if (parent?.object) parent.object.types = this.#typeLists.get(id) ?? [];
        break;
      case 'Ref':
        this.#place(this.#referred(id, line), name);
        break;
      case 'Nil':
        this.#place(null, name);
        break;
      case 'Objs':
      case 'Props':
      case 'MS':
        break;
      default:
        this.#frames.push({ element, name, text: [] });
        return;
    }
    this.#frames.push({ element, name });
  }

  text(text: string): void {
    this.#frames.at(-1)?.text?.push(text);
  }

  close(): void {
    const frame = this.#frames.pop();
    if (!frame) return;
    const parent = this.#frames.at(-1);
    const text = frame.text?.join('') ?? '';
    if (frame.types) {
      this.#typeLists.set(frame.types.id, frame.types.names);
      if (parent?.object) parent.object.types = frame.types.names;
    } else if (frame.element === 'T') {
      parent?.types?.names.push(text);
    } else if (frame.element === 'ToString') {
      if (parent?.object) parent.object.text = unescaped(text);
    } else if (frame.entry) {
      const { key, value } = frame.entry;
      const isName = typeof key === 'string' || typeof key === 'number';
      this.#objectAround()?.members.set(isName ? String(key) : nameOfKey(key), value);
    } else if (frame.object) {
      this.#closeObject(frame, frame.object);
    } else if (frame.text) {
      this.#place(scalarOf(frame.element, text), frame.name);
    }
  }

  #closeObject(frame: Frame, object: OpenObject): void {
    const value = valueOf(object);
    const isTop = this.#frames.length === 1;
    if (isTop) {
      this.#remember(object.id, isForeignObject(value) ? undefined : value);
      this.#hand(value, this.#surroundings(frame, object));
    } else if (isForeignObject(value) && this.#isOneOfMany(value, frame, object)) {
      this.#remember(object.id, undefined);
      this.#hand(value, this.#surroundings(frame, object));
      for (const { object: outer } of this.#frames) if (outer) outer.gave = true;
    } else {
      this.#remember(object.id, value);
      this.#place(value, frame.name);
    }
  }

  /** Whether an object inside another one is an object of a section, and no part of such a one. */
  #isOneOfMany(value: ForeignObject, frame: Frame, object: OpenObject): boolean {
    if (this.#frames.some(({ object: outer }) => outer && this.#sectionOf(outer.types))) return false;
    if (this.#sectionOf(object.types)) return true;
    return (
      this.#isInTable() && this.#sorting.sectionOf(value, this.#surroundings(frame, object)) !== undefined
    );
  }

  /** Whether all around is a list, or a table with a section's name in front of it: an object might have the rest as a member. */
  #isInTable(): boolean {
    return this.#frames.every(({ object, entry }) => {
      if (entry) return typeof entry.key === 'string' && sectionType(entry.key) !== undefined;
      return !object || object.items !== undefined || object.isDictionary;
    });
  }

  #sectionOf(types: readonly string[]): SectionType | undefined {
    if (!this.#sections.has(types)) this.#sections.set(types, sectionOfTypes(types));
    return this.#sections.get(types);
  }

  #surroundings(frame: Frame, { line }: OpenObject): Surroundings {
    const names = [...this.#frames, frame].flatMap(({ name, entry }) =>
      typeof entry?.key === 'string' ? entry.key : (name ?? []),
    );
    const section = names.map((name) => sectionType(name)).findLast((found) => found !== undefined);
    const hint = names.map((name) => sectionInName(name)).findLast((found) => found !== undefined);
    return { line, ...(section ? { section } : {}), ...(hint ? { hint } : {}) };
  }

  /** Puts a value where it stands. */
  #place(value: Foreign | undefined, name: string | undefined): void {
    if (value === undefined) return;
    const parent = this.#frames.at(-1);
    const object = this.#objectAround();
    if (parent?.entry) parent.entry[name === 'Key' ? 'key' : 'value'] = value;
    else if (parent?.object) parent.object.base = value;
    else if (!object) this.#hand(value, {});
    else if (parent && /^(?:LST|IE|QUE|STK)$/.test(parent.element)) object.items?.push(value);
    else object.members.set(name ?? '', value);
  }

  #objectAround(): OpenObject | undefined {
    return this.#frames.findLast(({ object }) => object)?.object;
  }

  #referred(id: string, line: number): Foreign | undefined {
    // An object that refers to what it stands in, or to what was handed on, has nothing to say about it.
    if (this.#frames.some(({ object }) => object?.id === id)) return undefined;
    if (!this.#known.has(id)) {
      this.#sorting.leftOut('references', line, (count) =>
        count === 1
          ? 'A value refers to an object that does not stand in the file in front of it, and was left out. Export it again.'
          : `${count} values refer to objects that do not stand in the file in front of them, and were left out. Export them again.`,
      );
      return undefined;
    }
    const value = this.#known.get(id);
    this.#known.delete(id);
    this.#known.set(id, value);
    return value;
  }

  #remember(id: string, value: Foreign | undefined): void {
    if (id === '') return;
    this.#known.set(id, value);
    if (this.#known.size <= mostKnown) return;
    for (const oldest of this.#known.keys()) {
      this.#known.delete(oldest);
      break;
    }
  }
}

/** PowerShell refers to an object again only while it is in its memory: what many share is met again and again. */
const mostKnown = 20_000;

function newObject(id: string, line: number): OpenObject {
  return {
    id,
    line,
    types: [],
    text: undefined,
    members: new Map(),
    items: undefined,
    isDictionary: false,
    base: undefined,
    gave: false,
  };
}

function valueOf({ types, text, members, items, isDictionary, base, line, gave }: OpenObject): Foreign {
  // An enumeration is its name, and beside it the number.
  if (types.includes('System.Enum')) return text ?? base ?? null;
  if (items && !isDictionary) return items;
  // A string or a number that somebody added a member to is still that.
  if (base !== undefined) return base;
  return { types, text, members, line, ...(gave ? { isRest: true } : {}) };
}

function nameOfKey(key: Foreign): string {
  return isForeignObject(key) ? (key.text ?? '') : '';
}
