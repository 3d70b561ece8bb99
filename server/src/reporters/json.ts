/** The result for other programs: one object, the same bytes for the same input. */
import type { ReportedFinding, Reporter } from './report.ts';

export const jsonReporter: Reporter = {
  head: '{\n  "version": 1,\n  "findings": [',
  file: () => '',
  findings: (findings) => findings.map((finding) => `\n${indented(plain(finding), 4)}`).join(','),
  between: ',',
  endOfFile: '',
  emptyFile: () => '',
  foot: ({ summary, isEmpty }) =>
    `${isEmpty ? '' : '\n  '}],\n  "summary": ${indented(summary, 2).trimStart()}\n}\n`,
};

/** JSON, each line of it moved to the right. */
export function indented(value: object, columns: number): string {
  return JSON.stringify(value, null, 2).replaceAll(/^/gm, ' '.repeat(columns));
}

function plain({
  file,
  rule,
  severity,
  message,
  subject,
  range,
  related,
  details,
  docs,
}: ReportedFinding): object {
  const places = related.map((place) => ({ file: place.file, range: place.range, message: place.message }));
  const fixable = details.isFixable ?? false;
  return { file, rule, severity, message, subject, range, related: places, fixable, docs };
}
