/**
 * Who looked at what. A computation that runs under `track` notes every source that it reads; when a source changes, the
 * computations that read it are told, and nobody else.
 */

/** Something whose result depends on sources. */
export interface Reader {
  /** What it read when it last ran; kept by this module. */
  sources: Source[];
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

/** Runs `compute` without noting what it reads. */
export function untracked<T>(compute: () => T): T {
  const outer = current;
  current = undefined;
  try {
    return compute();
  } finally {
    current = outer;
  }
}

/** Forgets all that `reader` read. */
export function release(reader: Reader): void {
  for (const source of reader.sources) source.forget(reader);
  reader.sources = [];
}

/** Something that can change. */
export class Source {
  readonly #readers = new Set<Reader>();

  /** Notes that whoever is being computed depends on this. */
  read(): void {
    if (!current || this.#readers.has(current)) return;
    this.#readers.add(current);
    current.sources.push(this);
  }

  /** Tells everyone who read this since the last change. */
  changed(): void {
    if (this.#readers.size === 0) return;
    const readers = [...this.#readers];
    this.#readers.clear();
    for (const reader of readers) {
      release(reader);
      reader.invalidate();
    }
  }

  forget(reader: Reader): void {
    this.#readers.delete(reader);
  }
}

/** A value computed when somebody asks, kept until something that it was computed from changes. */
export class Memo<T> extends Source implements Reader {
  sources: Source[] = [];
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
