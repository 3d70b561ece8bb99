/** textDocument/publishDiagnostics: what is found in a file, as diagnostics. */
import { DiagnosticSeverity, type Diagnostic, type Range } from 'vscode-languageserver-types';
import { ruleUrl } from '../config.ts';
import type { Judged } from '../linter/judge.ts';
import type { Severity } from '../model/configuration.ts';
import { grouped } from '../model/wording.ts';
import type { Project } from '../project.ts';
import { toLocation } from './lsp/positions.ts';

export const source = 'lync';

export interface DiagnosticsOptions {
  readonly limit: number;
  /** The rules whose findings somebody else reports. */
  readonly without?: ReadonlySet<string>;
}

/**
 * The diagnostics of a file in the order of its text, at most `limit` of them: those at the place of the last edit and the most
 * severe, and a line at the top of the file that says how many more there are.
 */
export function diagnostics(
  project: Project,
  uri: string,
  { limit, without }: DiagnosticsOptions,
): Diagnostic[] {
  const { findings, total } = project.shown(uri, limit);
  const wanted = findings.filter(({ finding }) => !without?.has(finding.rule.id));
  const shown = wanted.flatMap(toDiagnostics);
  const hidden = total - findings.length;
  if (hidden === 0) return shown;
  const start = { line: 0, character: 0 };
  const more: Diagnostic = {
    range: { start, end: start },
    severity: DiagnosticSeverity.Information,
    source,
    message: `${hidden === 1 ? '1 more finding in this file is' : `${grouped(hidden)} more findings in this file are`} not shown (lync.maxFindingsPerFile is ${limit}). 'lync-lint' prints all.`,
  };
  return [more, ...shown];
}

/** A finding as a diagnostic, with the places that led to it. */
export function toDiagnostics({ finding, severity }: Judged): Diagnostic[] {
  const location = toLocation(finding.at);
  if (!location) return [];
  const related = finding.related.flatMap(({ at, message }) => {
    const place = toLocation(at);
    return place ? [{ location: place, message }] : [];
  });
  const { id } = finding.rule;
  return [
    {
      range: location.range,
      severity: protocolSeverity[severity],
      source,
      code: id,
      codeDescription: { href: ruleUrl(id) },
      message: finding.message,
      ...(related.length > 0 ? { relatedInformation: related } : {}),
    },
  ];
}

/** Whether two lists say the same. */
export function areSame(a: readonly Diagnostic[], b: readonly Diagnostic[]): boolean {
  return a.length === b.length && a.every((diagnostic, index) => isSame(diagnostic, b[index]));
}

function isSame(a: Diagnostic, b: Diagnostic | undefined): boolean {
  const [left, right] = [a.relatedInformation ?? [], b?.relatedInformation ?? []];
  return (
    b !== undefined &&
    isSameRange(a.range, b.range) &&
    a.code === b.code &&
    a.severity === b.severity &&
    a.message === b.message &&
    left.length === right.length &&
    left.every(({ location, message }, index) => {
      const other = right[index];
      return (
        other?.message === message &&
        other.location.uri === location.uri &&
        isSameRange(location.range, other.location.range)
      );
    })
  );
}

function isSameRange(a: Range, b: Range): boolean {
  return (
    a.start.line === b.start.line &&
    a.start.character === b.start.character &&
    a.end.line === b.end.line &&
    a.end.character === b.end.character
  );
}

const protocolSeverity: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  info: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};
