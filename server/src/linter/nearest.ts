import { closest, distance } from 'fastest-levenshtein';

/** The candidate that somebody probably meant by `word`, in any case; `undefined` where none is near. */
export function nearest(word: string, candidates: Iterable<string>): string | undefined {
  const lower = word.toLowerCase();
  const names = new Map([...candidates].map((candidate) => [candidate.toLowerCase(), candidate]));
  if (names.size === 0) return undefined;
  const best = closest(lower, [...names.keys()]);
  // A third of the letters wrong is another word.
  return distance(lower, best) <= Math.max(1, Math.floor(word.length / 3)) ? names.get(best) : undefined;
}
