/** What a comment silences, rule by rule, and which comments end what others begin. */
import type { PlacedSuppression, RuleName } from './suppressions.ts';

/** A suppression of one rule, or, without a name, of all. */
export interface Entry {
  readonly of: PlacedSuppression;
  readonly name: RuleName | undefined;
}

export function entriesOf(of: PlacedSuppression): Entry[] {
  return of.rules.length > 0 ? of.rules.map((name) => ({ of, name })) : [{ of, name: undefined }];
}

export interface Pairs {
  /** What each end ends. */
  readonly openers: ReadonlyMap<Entry, readonly Entry[]>;
  /** Where a stretch ends, if all of it does. */
  readonly ends: ReadonlyMap<PlacedSuppression, Entry>;
}

/** @param switches in the order of the file */
export function pairsOf(switches: readonly Entry[]): Pairs {
  const openers = new Map<Entry, readonly Entry[]>();
  const ends = new Map<PlacedSuppression, Entry>();
  let open: Entry[] = [];
  for (const entry of switches) {
    if (entry.of.kind === 'disable') {
      open.push(entry);
      continue;
    }
    const { name } = entry;
    openers.set(
      entry,
      open.filter((other) => !name || !other.name || other.name.id === name.id),
    );
    // A stretch of all rules goes on for the others when one is enabled.
    const ended = open.filter((other) => !name || other.name?.id === name.id);
    open = open.filter((other) => !ended.includes(other));
    for (const { of } of ended) if (!open.some((other) => other.of === of)) ends.set(of, entry);
  }
  return { openers, ends };
}
