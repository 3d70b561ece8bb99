import type { Remark } from './imported.ts';
import { Tally } from './tally.ts';

/** Remarks about one file. What has to be said again and again is said once, with how often and where first. */
export class Remarks {
  readonly #file: string;
  readonly #tally = new Tally();

  constructor(file: string) {
    this.#file = file;
  }

  add(kind: Remark['kind'], message: string, line?: number): void {
    const origin = { file: this.#file, ...(line === undefined ? {} : { line }) };
    this.#tally.add(kind, `${kind} ${message}`, origin, (count) =>
      count > 1 ? `${message} It is so in ${count} places, of which this is the first.` : message,
    );
  }

  all(): Generator<Remark> {
    return this.#tally.remarks();
  }
}
