/**
 * Who looked at what. A computation that runs under `track` notes every source that it reads; when a source changes, the
 * computations that read it are told, and nobody else.
 */

/** Something whose result depends on sources. */
export interface Reader {
  /** Counts up whenever what it read is forgotten: a note of an earlier epoch is worth nothing. Kept by this module. */
  epoch: number;
  /** Called once when a source has changed: the last result is no longer to be trusted. */
  invalidate(): void;
}

let current: Reader | undefined;

/** Runs `compute` on behalf of `reader`: what it reads becomes what `reader` depends on. */
export function track<T>(reader: Reader, compute: () => T): T {
  const outer = current;
  current = reader;
  try {
    return compute();
  } finally {
    current = outer;
  }
}

/** Forgets all that `reader` read. */
export function release(reader: Reader): void {
  reader.epoch++;
}

/** Something that can change. */
export class Source {
  // Two lists of numbers and references: a hundred thousand users read the same source, and a Set of them costs ten times as much.
  #readers: Reader[] = [];
  #epochs: number[] = [];
  /** At how many notes those of earlier epochs are thrown out. */
  #full = 16;

  /** Notes that whoever is being computed depends on this. */
  read(): void {
    if (!current) return;
    const last = this.#readers.length - 1;
    // A rule asks the same many times over.
    if (this.#readers[last] === current && this.#epochs[last] === current.epoch) return;
    if (this.#readers.length >= this.#full) this.#compact();
    this.#readers.push(current);
    this.#epochs.push(current.epoch);
  }

  /** Tells everyone who read this since the last change. */
  changed(): void {
    const readers = this.#readers;
    const epochs = this.#epochs;
    if (readers.length === 0) return;
    this.#readers = [];
    this.#epochs = [];
    this.#full = 16;
    for (const [index, reader] of readers.entries()) {
      if (reader.epoch !== epochs[index]) continue;
      release(reader);
      reader.invalidate();
    }
  }

  /** Throws out the notes of readers that have read anew since; there is room for as many again. */
  #compact(): void {
    const live = this.#readers.map((reader, index) => reader.epoch === this.#epochs[index]);
    this.#readers = this.#readers.filter((_, index) => live[index]);
    this.#epochs = this.#epochs.filter((_, index) => live[index]);
    this.#full = Math.max(16, this.#readers.length * 2);
  }
}

/** A value computed when somebody asks, kept until something that it was computed from changes. */
export class Memo<T> extends Source implements Reader {
  epoch = 0;
  readonly #compute: () => T;
  #kept: { readonly value: T } | undefined;

  constructor(compute: () => T) {
    super();
    this.#compute = compute;
  }

  get(): T {
    this.read();
    this.#kept ??= { value: track(this, this.#compute) };
    return this.#kept.value;
  }

  invalidate(): void {
    this.#kept = undefined;
    this.changed();
  }
}
