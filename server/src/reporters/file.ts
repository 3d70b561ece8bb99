/** The findings of one file, written as somebody wants to see them. */
import { fixesOf, safeFix } from '../linter/bulk.ts';
import { editsOf } from '../linter/edits.ts';
import type { Finding } from '../linter/finding.ts';
import type { Judged } from '../linter/judge.ts';
import type { Fix, Rule } from '../linter/rule.ts';
import type { Severity } from '../model/configuration.ts';
import type { Deployment } from '../model/deployment.ts';
import type { SourceFile } from '../parser/sourceFile.ts';
import { timesIn, type Known } from './baseline.ts';
import { fingerprintOf, keyOf, numberOf, type Fingerprint } from './fingerprint.ts';
import { githubReporter } from './github.ts';
import { jsonReporter } from './json.ts';
import { junitReporter } from './junit.ts';
import { markdownReporter } from './markdown.ts';
import {
  inOrder,
  reportFinding,
  type Details,
  type ReportedFinding,
  type ReportedFix,
  type Reporter,
  type SeverityCounts,
} from './report.ts';
import { sarifReporter } from './sarif.ts';
import { countsOf, tallyOf, type Tally } from './tally.ts';
import { textReporter } from './text.ts';

export const formats = ['text', 'json', 'sarif', 'junit', 'github', 'markdown'] as const;

export type Format = (typeof formats)[number];

/** What a report looks like. */
export interface View {
  readonly format: Format;
  readonly color: boolean;
  /** Errors are shown, and everything is counted. */
  readonly errorsOnly: boolean;
  /** Of the program. */
  readonly version: string;
  /** The URI of the folder that names are relative to. */
  readonly root: string;
  /** Findings that are left out, if there are such. */
  readonly baseline: Baseline | undefined;
}

export interface Baseline {
  readonly known: Known;
  /** A new one is made, of everything that is found. */
  readonly isMade: boolean;
}

/** What is known besides the findings. */
export interface Background {
  readonly rules: readonly Rule[];
  /** A file's name for the reader. */
  readonly nameOf: (file: SourceFile) => string;
}

/** Findings of one file, written and counted. */
export interface WrittenFindings {
  readonly text: string;
  /** How many are in the text. */
  readonly shown: SeverityCounts;
  /** All that are not left out. */
  readonly counts: SeverityCounts;
  /** How many are left out, because the baseline has them. */
  readonly leftOut: number;
  /** What all that was found is known by, where a baseline is made of it. */
  readonly prints: readonly Fingerprint[];
  /** What is shown, by rule; only where the report has it. */
  readonly tally: Tally;
  /** The numbers of the fingerprints of all that was found, sorted, where it matters which are alike. */
  readonly alike: Float64Array;
}

export function reporterFor(view: View, rules: readonly Rule[]): Reporter {
  switch (view.format) {
    case 'text':
      return textReporter(view);
    case 'json':
      return jsonReporter;
    case 'sarif':
      return sarifReporter(view, rules);
    case 'junit':
      return junitReporter;
    case 'github':
      return githubReporter;
    case 'markdown':
      return markdownReporter(rules);
  }
}

/** @param before how many findings of a fingerprint, by its number, stand in pieces of the file that come before */
export function writeFindings(
  judged: readonly Judged[],
  deployment: Deployment | undefined,
  view: View,
  { rules, nameOf }: Background,
  before: ReadonlyMap<number, number> = nothing,
): WrittenFindings {
  const { baseline } = view;
  const isShown = ({ severity }: { readonly severity: Severity }): boolean =>
    !view.errorsOnly || severity === 'error';
  // Which of its like a finding is must not depend on what is shown.
  const hasNumbers = needsFingerprints(view);
  const needed = hasNumbers ? judged : judged.filter(isShown);
  const seen = new Map(before);
  const all = inOrder(
    needed.map((entry) => reportFinding(entry, detailsOf(entry.finding, deployment, view, nameOf), nameOf)),
  ).map((finding) => (hasNumbers ? counted(finding, seen) : finding));
  const left = baseline ? all.filter((finding) => !isLeftOut(finding, baseline)) : all;
  const findings = left.filter(isShown);
  return {
    text: reporterFor(view, rules).findings(findings),
    shown: countsOf(findings),
    counts: countsOf(baseline ? left : judged),
    leftOut: all.length - left.length,
    prints: baseline?.isMade ? all.flatMap(({ details }) => details.fingerprint ?? []) : [],
    tally: view.format === 'markdown' ? tallyOf(findings) : new Map(),
    alike: Float64Array.from(hasNumbers ? all.flatMap(numberOfFinding) : []).sort(),
  };
}

function isLeftOut(finding: ReportedFinding, { known, isMade }: Baseline): boolean {
  if (isMade) return true;
  const [number = 0] = numberOfFinding(finding);
  return (finding.details.ordinal ?? 1) <= timesIn(known.get(finding.uri), number);
}

const nothing: ReadonlyMap<number, number> = new Map();

/** Whether what is written of a finding depends on who else there is: whom a fix would reach does. */
export function showsFixes({ format }: View): boolean {
  return format === 'sarif';
}

function needsFingerprints({ format, baseline }: View): boolean {
  return format === 'sarif' || format === 'junit' || baseline !== undefined;
}

/** What is shown to programs alone is worked out only for them. */
function detailsOf(
  finding: Finding,
  deployment: Deployment | undefined,
  view: View,
  nameOf: (file: SourceFile) => string,
): Details {
  const fingerprint = needsFingerprints(view) ? fingerprintOf(finding) : undefined;
  if (view.format === 'json')
    return { fingerprint, isFixable: !!deployment && fixesOf(finding, deployment).length > 0 };
  if (!showsFixes(view) || !deployment) return { fingerprint };
  const fix = safeFix(finding, deployment);
  return {
    fingerprint,
    fix: fix && !changesOthers(fix, finding) ? reportFix(fix, deployment, nameOf) : undefined,
  };
}

/** Whether it is done to people, of whom there may be thousands, in files that are not at hand as a whole. */
function changesOthers({ changes }: Fix, { object }: Finding): boolean {
  return changes.some(
    (change) => change.kind === 'set' && change.object !== object && change.object.section.kind === 'user',
  );
}

function reportFix(
  { title, changes }: Fix,
  deployment: Deployment,
  nameOf: (file: SourceFile) => string,
): ReportedFix {
  const files = Array.from(editsOf(changes, deployment), ([file, edits]) => ({
    file: nameOf(file),
    uri: file.uri,
    edits: edits.map(({ start, end, text }) => ({
      range: { start: file.positionAt(start), end: file.positionAt(end) },
      text,
    })),
  }));
  return { title, files };
}

/** Says which one of its like a finding is. */
function counted(finding: ReportedFinding, seen: Map<number, number>): ReportedFinding {
  const [number] = numberOfFinding(finding);
  if (number === undefined) return finding;
  const ordinal = (seen.get(number) ?? 0) + 1;
  seen.set(number, ordinal);
  return { ...finding, details: { ...finding.details, ordinal } };
}

function numberOfFinding({ details: { fingerprint } }: ReportedFinding): number[] {
  return fingerprint ? [numberOf(keyOf(fingerprint))] : [];
}
