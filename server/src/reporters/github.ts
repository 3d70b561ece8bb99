/** Commands for a GitHub Actions workflow, which shows each as an annotation beside its line. */
import type { Severity } from '../model/configuration.ts';
import type { ReportedFinding, Reporter } from './report.ts';
import { clean, closingLine } from './text.ts';

export const githubReporter: Reporter = {
  head: '',
  file: () => '',
  findings: (findings) => findings.map((finding) => `${command(finding)}\n`).join(''),
  between: '',
  endOfFile: '',
  emptyFile: () => '',
  foot: ({ summary, unread }) =>
    `${unread.map((sentence) => `::error title=lync-lint::${data(clean(sentence))}\n`).join('')}${closingLine(summary)}\n`,
};

const names: Readonly<Record<Severity, string>> = {
  error: 'error',
  warning: 'warning',
  info: 'notice',
  hint: 'notice',
};

function command(finding: ReportedFinding): string {
  const { file, rule, severity, message, range, related, docs } = finding;
  const { start, end } = range;
  // Columns are for what is within one line.
  const columns: [string, number][] =
    start.line === end.line
      ? [
          ['col', start.character + 1],
          ['endColumn', end.character + 1],
        ]
      : [];
  const properties: [string, string | number][] = [
    ['file', file],
    ['line', start.line + 1],
    ['endLine', end.line + 1],
    ...columns,
    ['title', rule],
  ];
  const written = properties.map(([name, value]) => `${name}=${property(clean(String(value)))}`);
  const lines = [
    message,
    ...related.map((place) => `- ${place.file}:${place.range.start.line + 1}: ${place.message}`),
    docs,
  ];
  return `::${names[severity]} ${written.join(',')}::${data(lines.map(clean).join('\n'))}`;
}

/** A message may have several lines. */
function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

/** A property ends at a comma, all of them at a colon. */
function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
