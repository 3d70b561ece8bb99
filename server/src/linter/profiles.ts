/**
 * What people have in common. In a file of a hundred thousand there are a few hundred who differ in more than names, addresses
 * and numbers of their own. What the rules find of one of them, but for the rules about what is a person's own, they find of
 * all who have the same profile: so it is worked out once.
 */
import type { LyncObject, Property } from '../model/object.ts';
import { release, Source, track, type Reader } from '../model/tracking.ts';
import { isNull } from '../parser/nodes.ts';
import type { Tally } from './check.ts';
import { problemOf } from './valueProblem.ts';

/** What is found of everybody who has it; told of changes like everything that is read. */
export class Profile extends Source implements Reader {
  epoch = 0;
  #found: { readonly tally: Tally | undefined } | undefined;

  /**
   * What the rules find, without words; `undefined` where it cannot be shared.
   * @param look looks at somebody who has the profile
   */
  tally(look: () => Tally | undefined): Tally | undefined {
    this.read();
    this.#found ??= { tally: track(this, look) };
    return this.#found.tally;
  }

  invalidate(): void {
    release(this);
    this.#found = undefined;
    this.changed();
  }
}

/** A step on the way to a profile: the words read so far. */
interface Step {
  readonly next: Map<string, Step>;
  profile: Profile | undefined;
}

/** When there are more, people have too little in common; and each name that is being typed makes one. */
const most = 20_000;

export class Profiles {
  #first: Step = { next: new Map(), profile: undefined };
  #count = 0;

  /** The profile of a person; `undefined` for one who is written in an unusual way. */
  of(person: LyncObject): Profile | undefined {
    const { block, section } = person;
    if (block.kind !== 'item' || block.references || block.problems.length > 0) return undefined;
    let step = follow(this.#first, section.name);
    for (const property of person.properties) {
      const sign = signOf(property, section.key);
      if (sign === undefined) return undefined;
      step = follow(follow(step, property.key.text), sign);
    }
    if (!step.profile) {
      if (this.#count++ === most) {
        this.#first = { next: new Map(), profile: undefined };
        this.#count = 0;
      }
      step.profile = new Profile();
    }
    return step.profile;
  }
}

function follow(step: Step, word: string): Step {
  let next = step.next.get(word);
  if (!next) step.next.set(word, (next = { next: new Map(), profile: undefined }));
  return next;
}

/** What of a value matters to more than the person who has it; `undefined` where that is hard to say. */
function signOf({ type, value, name }: Property, nameKey: string): string | undefined {
  if (isNull(value)) return 'nothing';
  if (!type) return 'something';
  if (value.type === 'sequence') {
    const texts = value.items.map((item) =>
      item.type === 'scalar' ? `${item.style} ${item.text}` : undefined,
    );
    return texts.includes(undefined) ? undefined : `list ${JSON.stringify(texts)}`;
  }
  if (value.type !== 'scalar') return undefined;
  // Of an address the domain is shared.
  if (name === nameKey) return `domain ${value.text.slice(value.text.lastIndexOf('@') + 1)}`;
  switch (type.type) {
    case 'string':
    case 'identity':
    case 'guid':
    case 'datetime':
    case 'timespan':
      return problemOf(type, value) ? `${value.style} ${value.text}` : 'good';
    default:
      return `${value.style} ${value.text}`;
  }
}
