/** The first checks of a file, in the order of its text, that have found something of a kind: kept up to date, edit by edit. */
import type { BlockList } from '../parser/blocks.ts';
import type { Check, Tally } from './check.ts';

export class Window {
  readonly #blocks: BlockList;
  readonly #belongs: (tally: Tally) => boolean;
  readonly #known = new Map<Tally, boolean>();
  readonly #scan: () => Iterable<Check>;
  #checks: Check[] = [];
  /** Whether it holds all there are. */
  #isComplete = false;
  /** How many it holds at most: twice as many as are wanted, so that it is not filled anew for each that goes. */
  #most = 0;

  /**
   * @param belongs whether a check with that tally belongs in it
   * @param scan all checks that belong in it, in the order of the text
   */
  constructor(blocks: BlockList, belongs: (tally: Tally) => boolean, scan: () => Iterable<Check>) {
    this.#blocks = blocks;
    this.#belongs = belongs;
    this.#scan = scan;
  }

  /** The first `most` checks, or all if there are fewer. */
  first(most: number): readonly Check[] {
    if (most * 2 > this.#most || (this.#checks.length < most && !this.#isComplete)) {
      this.#most = Math.max(this.#most, most * 2);
      this.#fill();
    }
    return this.#checks;
  }

  move(check: Check, before: Tally, after: Tally): void {
    const [had, has] = [this.#has(before), this.#has(after)];
    if (had === has) return;
    if (had) {
      const index = this.#checks.indexOf(check);
      if (index >= 0) this.#checks.splice(index, 1);
    } else {
      const index = this.#indexOf(check);
      // Behind the last that it holds there may be others that it does not.
      if (index < this.#checks.length || this.#isComplete) this.#checks.splice(index, 0, check);
      if (this.#checks.length > this.#most) {
        this.#checks.length = this.#most;
        this.#isComplete = false;
      }
    }
  }

  #has(tally: Tally): boolean {
    let has = this.#known.get(tally);
    if (has === undefined) this.#known.set(tally, (has = this.#belongs(tally)));
    return has;
  }

  #fill(): void {
    this.#checks = [];
    this.#isComplete = true;
    for (const check of this.#scan()) {
      if (this.#checks.length === this.#most) {
        this.#isComplete = false;
        return;
      }
      this.#checks.push(check);
    }
  }

  #indexOf(check: Check): number {
    const { offset } = this.#blocks.startOf(check.block);
    let [low, high] = [0, this.#checks.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      const other = this.#checks[middle];
      if (other && this.#blocks.startOf(other.block).offset < offset) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
