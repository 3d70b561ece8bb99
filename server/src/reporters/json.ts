/** The result for other programs: one object, the same bytes for the same input. */
import type { ReportedFinding, Reporter } from './report.ts';

export const jsonReporter: Reporter = {
  head: '{\n  "version": 1,\n  "findings": [',
  file: () => '',
  findings: (findings) => findings.map((finding) => `\n${indented(finding, 4)}`).join(','),
  between: ',',
  foot: (summary, isEmpty) =>
    `${isEmpty ? '' : '\n  '}],\n  "summary": ${indented(summary, 2).trimStart()}\n}\n`,
};

function indented(value: object, columns: number): string {
  return JSON.stringify('line' in value ? plain(value as ReportedFinding) : value, null, 2).replaceAll(
    /^/gm,
    ' '.repeat(columns),
  );
}

function plain(finding: ReportedFinding): object {
  const { file, rule, severity, message, subject, range, related, fixable, docs } = finding;
  return { file, rule, severity, message, subject, range, related, fixable, docs };
}
