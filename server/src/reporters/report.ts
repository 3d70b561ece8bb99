/** Findings in the form in which every reporter takes them: with places as people and programs name them. */
import { ruleUrl } from '../config.ts';
import type { Judged } from '../linter/judge.ts';
import type { Severity } from '../model/configuration.ts';
import type { Place } from '../model/place.ts';
import type { Position, SourceFile } from '../parser/sourceFile.ts';
import { lineAt, type Fingerprint } from './fingerprint.ts';
import type { Tally } from './tally.ts';

export interface Range {
  readonly start: Position;
  readonly end: Position;
}

/** A stretch of a file. */
export interface ReportedPlace {
  /** Relative to the current folder, with forward slashes. */
  readonly file: string;
  readonly uri: string;
  /** Lines and characters from 0, characters in UTF-16 units. */
  readonly range: Range;
}

export interface ReportedFinding extends ReportedPlace {
  readonly rule: string;
  readonly severity: Severity;
  readonly message: string;
  /** The name of the object as its file writes it; empty where the finding is about no object. */
  readonly subject: string;
  readonly related: readonly (ReportedPlace & { readonly message: string })[];
  readonly docs: string;
  /** The line in which it begins, without its end. */
  readonly line: string;
  /** What the report shows besides. */
  readonly details: Details;
}

/** What only some reports show; the others leave it out, for it takes time. */
export interface Details {
  /** Whether there is a quick fix. */
  readonly isFixable?: boolean;
  /** What `--fix` does. */
  readonly fix?: ReportedFix | undefined;
  readonly fingerprint?: Fingerprint | undefined;
  /** Which one it is of those in its file that have this fingerprint, from 1. */
  readonly ordinal?: number;
}

export interface ReportedFix {
  readonly title: string;
  readonly files: readonly {
    readonly file: string;
    readonly uri: string;
    readonly edits: readonly { readonly range: Range; readonly text: string }[];
  }[];
}

export interface Summary {
  readonly files: number;
  readonly users: number;
  readonly twoFactorUsers: number;
  readonly errors: number;
  readonly warnings: number;
  readonly infos: number;
  readonly hints: number;
}

export type SeverityCounts = Readonly<Record<Severity, number>>;

/** How it ended. */
export interface Closing {
  readonly summary: Summary;
  /** There were no findings to show. */
  readonly isEmpty: boolean;
  /** What could not be read, in sentences. */
  readonly unread: readonly string[];
  /** What is shown, by rule. */
  readonly tally: Tally;
}

/** Writes a report piece by piece, so that a long one never has to be in memory as a whole. */
export interface Reporter {
  readonly head: string;
  /** What introduces a file that has findings. @param shown how many of them are shown */
  readonly file: (name: string, shown: SeverityCounts) => string;
  /** Findings of one file, by place. Other threads write them, too, each with a reporter of its own. */
  readonly findings: (findings: readonly ReportedFinding[]) => string;
  /** What they become in this report, where that depends on what stands before them. */
  readonly placed?: (findings: string) => string;
  /** What stands between two pieces with findings. */
  readonly between: string;
  /** What ends a file that has been introduced. */
  readonly endOfFile: string;
  /** What is said of a file without findings. */
  readonly emptyFile: (name: string) => string;
  readonly foot: (closing: Closing) => string;
}

/** The findings of one file, written. */
export interface FileReport {
  readonly file: string;
  readonly shown: SeverityCounts;
  readonly pieces: Iterable<string>;
}

/** The text of a report. The files must come in the order of their names. */
export async function* written(
  reporter: Reporter,
  files: Iterable<FileReport> | AsyncIterable<FileReport>,
  closing: () => Omit<Closing, 'isEmpty'>,
): AsyncGenerator<string> {
  yield reporter.head;
  let isEmpty = true;
  for await (const { file, shown, pieces } of files) {
    if (total(shown) === 0) {
      yield reporter.emptyFile(file);
      continue;
    }
    let lead = reporter.file(file, shown);
    for (const piece of pieces) {
      if (piece === '') continue;
      yield (isEmpty ? '' : reporter.between) + lead + (reporter.placed?.(piece) ?? piece);
      lead = '';
      isEmpty = false;
    }
    yield reporter.endOfFile;
  }
  yield reporter.foot({ ...closing(), isEmpty });
}

export function total({ error, warning, info, hint }: SeverityCounts): number {
  return error + warning + info + hint;
}

/**
 * A finding with its places resolved.
 * @param nameOf gives a file's name for the reader
 */
export function reportFinding(
  { finding, severity }: Judged,
  details: Details,
  nameOf: (file: SourceFile) => string,
): ReportedFinding {
  const { at, rule, message } = finding;
  return {
    ...reportPlace(at, nameOf),
    rule: rule.id,
    severity,
    message,
    subject: finding.object?.subject ?? '',
    related: finding.related
      .filter((related) => related.at.file.blocks.has(related.at.block))
      .map((related) => ({ ...reportPlace(related.at, nameOf), message: related.message })),
    docs: ruleUrl(rule.id),
    line: lineAt(at),
    details,
  };
}

/** By place, then rule. */
export function inOrder(findings: readonly ReportedFinding[]): ReportedFinding[] {
  return [...findings].sort(
    (a, b) =>
      a.range.start.line - b.range.start.line ||
      a.range.start.character - b.range.start.character ||
      compare(a.rule, b.rule) ||
      compare(a.message, b.message),
  );
}

function reportPlace(
  { file, block, start, end }: Place,
  nameOf: (file: SourceFile) => string,
): ReportedPlace {
  return {
    file: nameOf(file),
    uri: file.uri,
    range: { start: file.positionInBlock(block, start), end: file.positionInBlock(block, end) },
  };
}

export function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
