/** Findings counted by rule, with the first of each: as little as a summary needs, however many there are. */
import type { Severity } from '../model/configuration.ts';
import { compare, type ReportedFinding, type SeverityCounts } from './report.ts';

/** What a rule found. */
export interface RuleTally {
  readonly counts: SeverityCounts;
  /** Its most severe, the first of those first. */
  readonly first: readonly Sighting[];
}

/** A finding as a summary shows it. */
export interface Sighting {
  readonly severity: Severity;
  readonly file: string;
  /** From 1. */
  readonly line: number;
  readonly message: string;
}

/** By the rule's id. */
export type Tally = ReadonlyMap<string, RuleTally>;

/** How many findings of a rule are kept. */
const mostKept = 3;

const ranks: Readonly<Record<Severity, number>> = { error: 0, warning: 1, info: 2, hint: 3 };

/** @param findings in the order of the file */
export function tallyOf(findings: readonly ReportedFinding[]): Tally {
  const byRule = new Map<string, ReportedFinding[]>();
  for (const finding of findings) {
    const known = byRule.get(finding.rule);
    if (known) known.push(finding);
    else byRule.set(finding.rule, [finding]);
  }
  return new Map(
    Array.from(byRule, ([rule, own]) => [rule, { counts: countsOf(own), first: worst(own).map(sighting) }]),
  );
}

/** @param before what comes first in the report */
export function sumOfTallies(before: Tally, after: Tally): Tally {
  const sum = new Map(before);
  for (const [rule, tally] of after) {
    const known = sum.get(rule);
    if (!known) sum.set(rule, tally);
    else
      sum.set(rule, {
        counts: sumOf(known.counts, tally.counts),
        first: worst([...known.first, ...tally.first]),
      });
  }
  return sum;
}

/** The worst rules first: those that found errors, then those that found the most. */
export function inOrderOfWeight(tally: Tally): [rule: string, tally: RuleTally][] {
  return [...tally].sort(
    ([a, { counts: x }], [b, { counts: y }]) =>
      y.error - x.error || y.warning - x.warning || y.info - x.info || y.hint - x.hint || compare(a, b),
  );
}

export function countsOf(findings: Iterable<{ readonly severity: Severity }>): SeverityCounts {
  const counts = { error: 0, warning: 0, info: 0, hint: 0 };
  for (const { severity } of findings) counts[severity]++;
  return counts;
}

export function sumOf(a: SeverityCounts, b: SeverityCounts): SeverityCounts {
  return {
    error: a.error + b.error,
    warning: a.warning + b.warning,
    info: a.info + b.info,
    hint: a.hint + b.hint,
  };
}

/** The worst severity that is counted. */
export function worstOf({ error, warning, info }: SeverityCounts): Severity {
  if (error > 0) return 'error';
  if (warning > 0) return 'warning';
  return info > 0 ? 'info' : 'hint';
}

function worst<T extends { readonly severity: Severity }>(findings: readonly T[]): T[] {
  return findings.toSorted((a, b) => ranks[a.severity] - ranks[b.severity]).slice(0, mostKept);
}

function sighting({ severity, file, range, message }: ReportedFinding): Sighting {
  return { severity, file, line: range.start.line + 1, message };
}
