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

/** Whether somebody notes what is read now. */
export function isTracking(): boolean {
  return current !== undefined;
}

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
  // Most sources have one reader, and there are a hundred thousand of them; some have a hundred thousand readers.
  #reader: Reader | undefined;
  #epoch = 0;
  #others: Notes | undefined;

  /** Notes that whoever is being computed depends on this. */
  read(): void {
    if (!current) return;
    if (!this.#reader || this.#reader.epoch !== this.#epoch) {
      this.#reader = current;
      this.#epoch = current.epoch;
    } else if (this.#reader !== current) {
      this.#others ??= new Notes();
      this.#others.add(current);
    }
  }

  /** Tells everyone who read this since the last change. */
  changed(): void {
    const reader = this.#reader;
    const others = this.#others;
    if (!reader) return;
    this.#reader = undefined;
    this.#others = undefined;
    tell(reader, this.#epoch);
    others?.tell();
  }
}

/** Who has read a source, and in which epoch: two lists, because a Set of as many costs ten times as much. */
class Notes {
  #readers: Reader[] = [];
  #epochs: number[] = [];
  /** At how many notes those of earlier epochs are thrown out. */
  #full = 16;

  add(reader: Reader): void {
    const last = this.#readers.length - 1;
    // A rule asks the same many times over.
    if (this.#readers[last] === reader && this.#epochs[last] === reader.epoch) return;
    if (this.#readers.length >= this.#full) this.#compact();
    this.#readers.push(reader);
    this.#epochs.push(reader.epoch);
  }

  tell(): void {
    for (const [index, reader] of this.#readers.entries()) tell(reader, this.#epochs[index] ?? 0);
  }

  /** Throws out the notes of readers that have read anew since; there is room for as many again. */
  #compact(): void {
    let live = 0;
    for (const [index, reader] of this.#readers.entries()) {
      const epoch = this.#epochs[index] ?? 0;
      if (reader.epoch !== epoch) continue;
      this.#readers[live] = reader;
      this.#epochs[live++] = epoch;
    }
    this.#readers.length = live;
    this.#epochs.length = live;
    this.#full = Math.max(16, live * 2);
  }
}

function tell(reader: Reader, epoch: number): void {
  if (reader.epoch !== epoch) return;
  release(reader);
  reader.invalidate();
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
