import type { Origin, Remark } from './imported.ts';

interface Counted {
  readonly kind: Remark['kind'];
  readonly origin: Origin;
  readonly message: (count: number) => string;
  count: number;
}

/** Remarks that would be the same for a hundred thousand objects: each is made once, with their number and the first place. */
export class Tally {
  readonly #counted = new Map<string, Counted>();

  /**
   * @param key the same for what makes one remark
   * @param message for a number of objects
   */
  add(kind: Remark['kind'], key: string, origin: Origin, message: (count: number) => string): void {
    const known = this.#counted.get(key);
    if (known) known.count++;
    // What makes thousands of different remarks is not read by anybody.
    else if (this.#counted.size < mostRemarks) this.#counted.set(key, { kind, origin, message, count: 1 });
    else this.#rest(origin);
  }

  *remarks(): Generator<Remark> {
    for (const { kind, origin, message, count } of this.#counted.values())
      yield { kind, origin, message: message(count) };
  }

  #rest(origin: Origin): void {
    const known = this.#counted.get('');
    if (known) known.count++;
    else {
      const message = (count: number): string =>
        `${count} more ${count === 1 ? 'remark' : 'remarks'} of other kinds about this file ${count === 1 ? 'is' : 'are'} not listed: is it an export of Lync?`;
      this.#counted.set('', { kind: 'left out', origin, count: 1, message });
    }
  }
}

const mostRemarks = 1000;
