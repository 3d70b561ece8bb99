/** Findings in the form in which every reporter takes them: with places as people and programs name them. */
import { ruleUrl } from '../config.ts';
import type { Severity } from '../model/configuration.ts';
import type { Position, SourceFile } from '../parser/sourceFile.ts';
import type { Place } from '../model/place.ts';
import type { Judged } from '../linter/judge.ts';

export interface Range {
  readonly start: Position;
  readonly end: Position;
}

export interface ReportedFinding {
  /** Relative to the current folder, with forward slashes. */
  readonly file: string;
  readonly rule: string;
  readonly severity: Severity;
  readonly message: string;
  /** The name of the object as its file writes it; empty where the finding is about no object. */
  readonly subject: string;
  /** Lines and characters from 0, characters in UTF-16 units. */
  readonly range: Range;
  readonly related: readonly { readonly file: string; readonly range: Range; readonly message: string }[];
  readonly fixable: boolean;
  readonly docs: string;
  /** The line in which it begins, without its end. */
  readonly line: string;
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

/** Writes a report piece by piece, so that a long one never has to be in memory as a whole. */
export interface Reporter {
  readonly head: string;
  /** What introduces a file that has findings. */
  readonly file: (name: string, findings: number) => string;
  /** Findings of one file, by place. */
  readonly findings: (findings: readonly ReportedFinding[]) => string;
  /** What stands between two pieces with findings. */
  readonly between: string;
  /** @param isEmpty whether there were no findings */
  readonly foot: (summary: Summary, isEmpty: boolean) => string;
}

/** The findings of one file, written. */
export interface FileReport {
  readonly file: string;
  readonly count: number;
  readonly pieces: Iterable<string>;
}

/** The text of a report. The files must come in the order of their names. */
export async function* written(
  reporter: Reporter,
  files: Iterable<FileReport> | AsyncIterable<FileReport>,
  summary: () => Summary,
): AsyncGenerator<string> {
  yield reporter.head;
  let isEmpty = true;
  for await (const { file, count, pieces } of files) {
    if (count === 0) continue;
    let lead = reporter.file(file, count);
    for (const piece of pieces) {
      if (piece === '') continue;
      yield (isEmpty ? '' : reporter.between) + lead + piece;
      lead = '';
      isEmpty = false;
    }
  }
  yield reporter.foot(summary(), isEmpty);
}

/**
 * A finding with its places resolved.
 * @param details of the object, where the report shows them
 * @param nameOf gives a file's name for the reader
 */
export function reportFinding(
  { finding, severity }: Judged,
  { subject, fixable }: Pick<ReportedFinding, 'subject' | 'fixable'>,
  nameOf: (file: SourceFile) => string,
): ReportedFinding {
  const { at, rule, message } = finding;
  return {
    file: nameOf(at.file),
    rule: rule.id,
    severity,
    message,
    subject,
    range: rangeOf(at),
    related: finding.related
      .filter((related) => related.at.file.blocks.has(related.at.block))
      .map((related) => ({
        file: nameOf(related.at.file),
        range: rangeOf(related.at),
        message: related.message,
      })),
    fixable,
    docs: ruleUrl(rule.id),
    line: lineAt(at),
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

function rangeOf({ file, block, start, end }: Place): Range {
  return { start: file.positionInBlock(block, start), end: file.positionInBlock(block, end) };
}

function lineAt({ block, start }: Place): string {
  const from = block.text.lastIndexOf('\n', start - 1) + 1;
  const newline = block.text.indexOf('\n', start);
  return block.text.slice(from, newline < 0 ? block.text.length : newline).replace(/\r$/, '');
}

export function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
