/** The findings of one file, written as somebody wants to see them. */
import { fixesOf } from '../linter/bulk.ts';
import type { Judged } from '../linter/judge.ts';
import type { Severity } from '../model/configuration.ts';
import type { Deployment } from '../model/deployment.ts';
import type { SourceFile } from '../parser/sourceFile.ts';
import { jsonReporter } from './json.ts';
import { inOrder, reportFinding, type Reporter } from './report.ts';
import { textReporter } from './text.ts';

/** What a report looks like. */
export interface View {
  readonly format: 'text' | 'json';
  readonly color: boolean;
  /** Errors are shown, and everything is counted. */
  readonly errorsOnly: boolean;
}

export type SeverityCounts = Record<Severity, number>;

/** Findings of one file, written and counted. */
export interface WrittenFindings {
  readonly text: string;
  /** How many are in the text. */
  readonly shown: number;
  readonly counts: SeverityCounts;
}

export function reporterFor({ format, color }: View): Reporter {
  return format === 'json' ? jsonReporter : textReporter({ color });
}

/** @param nameOf a file's name for the reader */
export function writeFindings(
  judged: readonly Judged[],
  deployment: Deployment | undefined,
  view: View,
  nameOf: (file: SourceFile) => string,
): WrittenFindings {
  const counts: SeverityCounts = { error: 0, warning: 0, info: 0, hint: 0 };
  for (const { severity } of judged) counts[severity]++;
  // What is shown to programs alone is worked out only for them.
  const details = ({ finding }: Judged): { subject: string; fixable: boolean } =>
    view.format === 'json' && deployment !== undefined
      ? { subject: finding.object?.subject ?? '', fixable: fixesOf(finding, deployment).length > 0 }
      : { subject: '', fixable: false };
  const findings = judged
    .filter(({ severity }) => !view.errorsOnly || severity === 'error')
    .map((entry) => reportFinding(entry, details(entry), nameOf));
  return { text: reporterFor(view).findings(inOrder(findings)), shown: findings.length, counts };
}
