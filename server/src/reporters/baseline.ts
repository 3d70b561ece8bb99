/**
 * Findings that are known and left for later: a file names them by what they are known by, so that they stay known when lines
 * move. Of those that are alike it says how many there are; the first of them are the known ones.
 */
import type { Judged } from '../linter/judge.ts';
import { fingerprintOf, keyOf, numberOf, type Fingerprint } from './fingerprint.ts';
import { compare, inOrder, reportFinding } from './report.ts';

/** Findings of a file that are alike. */
export interface BaselineEntry extends Fingerprint {
  /** Relative to the baseline's folder, with forward slashes. */
  readonly file: string;
  readonly count: number;
}

/** What is known of each file, by its URI: the numbers of fingerprints, sorted, each as often as there are findings. */
export type Known = ReadonlyMap<string, Float64Array>;

export class BaselineError extends Error {}

/** It changes when an older program would read it wrong. */
const version = 1;

/** More findings than this are not alike. */
const mostAlike = 1_000_000;

/** Reads the text of a baseline. @throws BaselineError with the end of a sentence about the file */
export function parseBaseline(text: string): BaselineEntry[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new BaselineError('is no baseline: it is not JSON');
  }
  if (!isRecord(value) || typeof value.version !== 'number' || !Array.isArray(value.findings))
    throw new BaselineError('is no baseline: it has no version, or no findings');
  if (value.version > version)
    throw new BaselineError(
      `has version ${value.version}, and this lync-lint reads up to version ${version}: use a newer one`,
    );
  return value.findings.map((entry: unknown, index) => {
    if (isEntry(entry)) return entry;
    throw new BaselineError(
      `is damaged: number ${index + 1} of its findings is not as --update-baseline writes it`,
    );
  });
}

/** The text of a baseline: the same findings give the same text, one a line. */
export function printBaseline(entries: readonly BaselineEntry[]): string {
  const lines = entries
    .toSorted((a, b) => keys.map((key) => compare(a[key], b[key])).find((order) => order !== 0) ?? 0)
    .map(
      ({ file, rule, section, subject, about, count }) =>
        `\n    ${JSON.stringify({ file, rule, section, subject, about, count })}`,
    );
  return `{\n  "version": ${version},\n  "findings": [${lines.join(',')}${lines.length > 0 ? '\n  ' : ''}]\n}\n`;
}

/** @param uriOf gives a file's URI */
export function knownFrom(entries: readonly BaselineEntry[], uriOf: (file: string) => string): Known {
  const numbers = new Map<string, number[]>();
  for (const entry of entries) {
    const uri = uriOf(entry.file);
    const own = numbers.get(uri) ?? [];
    numbers.set(uri, own);
    const number = numberOf(keyOf(entry));
    for (let i = 0; i < entry.count; i++) own.push(number);
  }
  return new Map(Array.from(numbers, ([uri, own]) => [uri, Float64Array.from(own).sort()]));
}

/** Fingerprints as entries: those that are alike are one. */
export function entriesOf(file: string, prints: Iterable<Fingerprint>): BaselineEntry[] {
  const entries = new Map<string, BaselineEntry>();
  for (const print of prints) {
    const key = keyOf(print);
    const known = entries.get(key) ?? { ...print, file, count: 0 };
    entries.set(key, { ...known, count: known.count + 1 });
  }
  return [...entries.values()];
}

/** How often a number is in a sorted list. */
export function timesIn(sorted: Float64Array | undefined, number: number): number {
  return sorted ? placeOf(sorted, number, true) - placeOf(sorted, number, false) : 0;
}

/** How many of the known findings are not among those that were found. All lists are sorted. */
export function unmatched(known: Float64Array, found: readonly Float64Array[]): number {
  let missing = 0;
  for (let at = 0, end = 0; at < known.length; at = end) {
    const number = known[at] ?? 0;
    end = placeOf(known, number, true);
    const times = found.reduce((sum, list) => sum + timesIn(list, number), 0);
    missing += Math.max(0, end - at - times);
  }
  return missing;
}

/** Findings of one file without those that are known, which are the first of their like. */
export function withoutKnown(judged: readonly Judged[], known: Float64Array | undefined): Judged[] {
  if (!known) return [...judged];
  const entries = new Map(judged.map((entry) => [reportFinding(entry, {}, ({ uri }) => uri), entry]));
  const seen = new Map<number, number>();
  return inOrder([...entries.keys()]).flatMap((reported) => {
    const entry = entries.get(reported);
    if (!entry) return [];
    const number = numberOf(keyOf(fingerprintOf(entry.finding)));
    const ordinal = (seen.get(number) ?? 0) + 1;
    seen.set(number, ordinal);
    return ordinal > timesIn(known, number) ? [entry] : [];
  });
}

const keys = ['file', 'rule', 'section', 'subject', 'about'] as const;

/** Where a number begins in a sorted list, or where it ends. */
function placeOf(sorted: Float64Array, number: number, isEnd: boolean): number {
  let [from, to] = [0, sorted.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    const value = sorted[middle] ?? 0;
    if (value < number || (isEnd && value === number)) from = middle + 1;
    else to = middle;
  }
  return from;
}

function isEntry(value: unknown): value is BaselineEntry {
  if (!isRecord(value) || !keys.every((key) => typeof value[key] === 'string')) return false;
  const { count } = value;
  return Number.isInteger(count) && Number(count) > 0 && Number(count) <= mostAlike;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
