import type { FileContents } from '../model/contents.ts';
import type { Reader } from '../model/tracking.ts';
import type { Block } from '../parser/block.ts';
import type { Finding } from './finding.ts';
import type { Mark } from './judge.ts';

/**
 * What a check has found in its own block, without words and places. Thousands of users have the same: it is kept once, and
 * two that are equal are the same.
 */
export type Tally = readonly Mark[];

export const nothing: Tally = [];

/** One block that rules have looked at: what they found, and what they read to find it. */
export class Check implements Reader {
  epoch = 0;
  tally: Tally = nothing;
  /** Whether it must look again. */
  stale = true;
  readonly contents: FileContents;
  readonly block: Block;
  readonly #onStale: (check: Check) => void;

  constructor(contents: FileContents, block: Block, onStale: (check: Check) => void) {
    this.contents = contents;
    this.block = block;
    this.#onStale = onStale;
  }

  invalidate(): void {
    if (this.stale) return;
    this.stale = true;
    this.#onStale(this);
  }
}

/** Tallies by what is in them. */
export class Tallies {
  readonly #known = new Map<string, Tally>();

  of(findings: readonly Pick<Finding, 'rule' | 'severity'>[]): Tally {
    if (findings.length === 0) return nothing;
    let key = '';
    for (const { rule, severity } of findings) key += `${rule.id} ${severity ?? ''},`;
    let tally = this.#known.get(key);
    if (!tally) this.#known.set(key, (tally = findings.map(({ rule, severity }) => ({ rule, severity }))));
    return tally;
  }
}
