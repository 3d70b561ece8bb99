/** The objects of a section as a deployment finds them: in order, and by name. */
import type { LyncObject } from './object.ts';
import { isTracking, Source } from './tracking.ts';

/** Objects in the order of their files and texts, in whatever order they came: edits must not change what is found. */
export class Group extends Source {
  /** Most names have one object, and a large deployment has a hundred thousand names. */
  #only: LyncObject | undefined;
  #objects: Set<LyncObject> | undefined;
  #inOrder: readonly LyncObject[] | undefined;

  get objects(): readonly LyncObject[] {
    return (this.#inOrder ??= this.#objects ? inOrder(this.#objects) : this.#only ? [this.#only] : none);
  }

  get size(): number {
    return this.#objects?.size ?? (this.#only ? 1 : 0);
  }

  move(object: LyncObject, come: boolean): void {
    this.#inOrder = undefined;
    if (this.#objects) {
      if (come) this.#objects.add(object);
      else this.#objects.delete(object);
    } else if (come && this.#only) {
      this.#objects = new Set([this.#only, object]);
      this.#only = undefined;
    } else {
      this.#only = come ? object : undefined;
    }
  }
}

const none: readonly LyncObject[] = [];

/** The objects of one section over all files. */
export class SectionIndex extends Group {
  /** Who has a name: a group where there are several or somebody has asked. Most people are alone and nobody asks. */
  readonly names = new Map<string, Group | LyncObject>();
  /** How often a file has its key: a section may be there and empty. */
  uses = 0;

  /** The objects of a name. Whoever is noting what is read will be told of a change. */
  named(key: string): readonly LyncObject[] {
    const known = this.names.get(key);
    if (!isTracking()) return known instanceof Group ? known.objects : known ? [known] : none;
    let group = known;
    if (!(group instanceof Group)) {
      group = new Group();
      if (known) group.move(known as LyncObject, true);
      this.names.set(key, group);
    }
    group.read();
    return group.objects;
  }

  /** Takes an object in or out under a name. @returns the group that has changed, if there is one */
  moveName(key: string, object: LyncObject, come: boolean): Group | undefined {
    const known = this.names.get(key);
    if (known instanceof Group) {
      known.move(object, come);
      return known;
    }
    if (!come) {
      if (known === object) this.names.delete(key);
    } else if (known) {
      const group = new Group();
      group.move(known, true);
      group.move(object, true);
      this.names.set(key, group);
    } else {
      this.names.set(key, object);
    }
    return undefined;
  }
}

function inOrder(objects: Iterable<LyncObject>): LyncObject[] {
  const placed = Array.from(objects, (object) => {
    const { file, block, written } = object;
    return { object, uri: file.uri, offset: file.blocks.startOf(block).offset + written.start };
  });
  placed.sort((a, b) => (a.uri === b.uri ? a.offset - b.offset : a.uri < b.uri ? -1 : 1));
  return placed.map(({ object }) => object);
}
