/** The result for other programs: one object, the same bytes for the same input. */
import type { Result } from './report.ts';

export function toJson({ findings, summary }: Result): string {
  const plain = findings.map(({ file, rule, severity, message, subject, range, related, fixable, docs }) => ({
    file,
    rule,
    severity,
    message,
    subject,
    range,
    related,
    fixable,
    docs,
  }));
  return `${JSON.stringify({ version: 1, findings: plain, summary }, null, 2)}\n`;
}
