import type { Remark } from './imported.ts';

/** Remarks about one file. What has to be said again and again is said once, with how often and where first. */
export class Remarks {
  readonly #file: string;
  readonly #found = new Map<
    string,
    { kind: Remark['kind']; message: string; line?: number; count: number }
  >();

  constructor(file: string) {
    this.#file = file;
  }

  add(kind: Remark['kind'], message: string, line?: number): void {
    const key = `${kind} ${message}`;
    const known = this.#found.get(key);
    if (known) known.count++;
    else this.#found.set(key, { kind, message, count: 1, ...(line === undefined ? {} : { line }) });
  }

  *all(): Generator<Remark> {
    for (const { kind, message, line, count } of this.#found.values())
      yield {
        kind,
        message: count > 1 ? `${message} It is so in ${count} places, of which this is the first.` : message,
        origin: { file: this.#file, ...(line === undefined ? {} : { line }) },
      };
  }
}
