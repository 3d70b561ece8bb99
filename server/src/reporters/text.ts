/** The result for people: each finding with its line and what led to it. */
import type { Severity } from '../model/configuration.ts';
import { total, type ReportedFinding, type Reporter, type Summary } from './report.ts';

export interface TextOptions {
  readonly color: boolean;
}

export function textReporter({ color }: TextOptions): Reporter {
  const paint = color ? painted : plain;
  return {
    head: '',
    file: (name, shown) =>
      `${paint('bold', clean(name))}${paint('dim', ` (${counted(total(shown), 'finding')})`)}\n\n`,
    findings: (findings) => {
      let text = '';
      for (const ofPlace of runs(findings, isSamePlace)) {
        for (const line of describe(ofPlace, paint)) text += `${line}\n`;
        text += '\n';
      }
      return text;
    },
    between: '',
    endOfFile: '',
    emptyFile: () => '',
    foot: ({ summary }) => `${closing(summary, paint)}\n`,
  };
}

/** Neighbours that are alike, together. */
function* runs(
  findings: readonly ReportedFinding[],
  areAlike: (a: ReportedFinding, b: ReportedFinding) => boolean,
): Generator<ReportedFinding[]> {
  let run: ReportedFinding[] = [];
  for (const finding of findings) {
    const [first] = run;
    if (first && !areAlike(first, finding)) {
      yield run;
      run = [];
    }
    run.push(finding);
  }
  if (run.length > 0) yield run;
}

function isSamePlace({ range: a }: ReportedFinding, { range: b }: ReportedFinding): boolean {
  return (
    a.start.line === b.start.line &&
    a.start.character === b.start.character &&
    a.end.line === b.end.line &&
    a.end.character === b.end.character
  );
}

type Style = Severity | 'bold' | 'dim';
type Paint = (style: Style, text: string) => string;

const codes: Readonly<Record<Style, string>> = {
  error: '31;1',
  warning: '33;1',
  info: '36',
  hint: '35',
  bold: '1',
  dim: '2',
};

function painted(style: Style, text: string): string {
  return `\u001B[${codes[style]}m${text}\u001B[0m`;
}

function plain(_: Style, text: string): string {
  return text;
}

/** How many characters of a line are shown. */
const widest = 160;

/** All that is found at one place: its line once, each finding, and what led to them once. */
function* describe(findings: readonly ReportedFinding[], paint: Paint): Generator<string> {
  const [first] = findings;
  if (!first) return;
  yield* sourceLine(first, paint);
  const related = new Set<string>();
  for (const { file, range, severity, rule, message, related: places } of findings) {
    yield `  ${clean(file)}:${range.start.line + 1}:${range.start.character + 1}: ${paint(severity, severity)} ${paint('bold', rule)}`;
    yield `    ${clean(message)}`;
    for (const place of places) related.add(relatedLine(place));
  }
  for (const line of related) yield paint('dim', line);
}

function relatedLine({ file, range, message }: ReportedFinding['related'][number]): string {
  return `    - ${clean(file)}:${range.start.line + 1}:${range.start.character + 1}: ${clean(message)}`;
}

function* sourceLine(
  { line: source, range: { start, end }, severity }: ReportedFinding,
  paint: Paint,
): Generator<string> {
  const indent = source.length - source.trimStart().length;
  // A line can be a whole export: what stands around the place is enough.
  const long = source.length - indent > widest;
  const from = long ? Math.max(indent, start.character - widest / 2) : indent;
  const shown = clean(source.slice(from, long ? from + widest : undefined));
  if (shown === '') return;
  const at = Math.max(0, start.character - from);
  const width = end.line === start.line ? end.character - start.character : shown.length - at;
  const lead = blanks(shown.slice(0, at));
  const carets = blanks(shown.slice(at, at + width)).replaceAll(' ', '^') || '^';
  const gutter = String(start.line + 1);
  yield `  ${paint('dim', `${gutter} |`)} ${shown}`;
  yield `  ${paint('dim', `${' '.repeat(gutter.length)} |`)} ${lead}${paint(severity, carets)}`;
}

/** Nothing but characters of one column: nearly every line is. */
const isPlain = /^[\x20-\x7e]*$/;

/** As many blanks as a text takes columns on a terminal. */
function blanks(text: string): string {
  if (isPlain.test(text)) return ' '.repeat(text.length);
  return Array.from(text, columns).join('');
}

/** As many blanks as a character takes columns on a terminal: ideographs and emoji take two, combining marks none. */
function columns(character: string): string {
  if (/\p{M}/u.test(character)) return '';
  return /\p{Extended_Pictographic}|[\u1100-\u115F\u2E80-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6]/u.test(
    character,
  )
    ? '  '
    : ' ';
}

/** Files come from others: what they put into a name must not steer the terminal. */
export function clean(text: string): string {
  if (isPlain.test(text)) return text;
  return text.replaceAll('\t', ' ').replaceAll(/[\p{Cc}\u202A-\u202E\u2066-\u2069]/gu, '\uFFFD');
}

/** How it ended, in one line without colours. */
export function closingLine(summary: Summary): string {
  return closing(summary, plain);
}

function closing(summary: Summary, paint: Paint): string {
  const { errors, warnings, infos, hints, users, twoFactorUsers, files } = summary;
  const number = errors + warnings + infos + hints;
  const seen = `${counted(files, 'file')}, ${counted(users, 'user')}, ${twoFactorUsers} with two factors`;
  if (number === 0) return `${paint('bold', 'No findings')} in ${seen}.`;
  const parts: [number, Style, string][] = [
    [errors, 'error', 'error'],
    [warnings, 'warning', 'warning'],
    [infos, 'info', 'info'],
    [hints, 'hint', 'hint'],
  ];
  const words = parts
    .filter(([count]) => count > 0)
    .map(([count, style, noun]) => paint(style, noun === 'info' ? `${count} info` : counted(count, noun)));
  return `${paint('bold', counted(number, 'finding'))} (${words.join(', ')}) in ${seen}.`;
}

/** A number with its noun. */
export function counted(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
