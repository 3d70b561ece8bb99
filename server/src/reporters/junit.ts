/** JUnit's XML, which build servers show as tests: a suite per file, a case per finding. */
import { total, type ReportedFinding, type Reporter } from './report.ts';

export const junitReporter: Reporter = {
  head: '<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="lync-lint">\n',
  file: (name, shown) =>
    suite(name, {
      tests: total(shown),
      failures: shown.error + shown.warning,
      skipped: shown.info + shown.hint,
    }),
  findings: (findings) => findings.map(testcase).join(''),
  between: '',
  endOfFile: '  </testsuite>\n',
  emptyFile: (name) =>
    `${suite(name, { tests: 1 })}    <testcase classname="${attribute(name)}" name="no findings"/>\n  </testsuite>\n`,
  foot: ({ unread }) => `${unread.length > 0 ? unreadSuite(unread) : ''}</testsuites>\n`,
};

interface Outcomes {
  readonly tests: number;
  readonly failures?: number;
  readonly errors?: number;
  readonly skipped?: number;
}

function suite(name: string, { tests, failures = 0, errors = 0, skipped = 0 }: Outcomes): string {
  return `  <testsuite name="${attribute(name)}" tests="${tests}" failures="${failures}" errors="${errors}" skipped="${skipped}">\n`;
}

/**
 * What is no more than information fails nothing: its case is skipped, which shows the message all the same. The name says no
 * line, so that a build server knows the finding again when lines have moved.
 */
function testcase(finding: ReportedFinding): string {
  const { file, severity, message } = finding;
  const name = `    <testcase classname="${attribute(file)}" name="${attribute(nameOf(finding))}">\n`;
  const end = '    </testcase>\n';
  if (severity === 'info' || severity === 'hint')
    return `${name}      <skipped message="${attribute(message)}"/>\n${end}`;
  const failure = `<failure type="${severity}" message="${attribute(message)}">${escaped(placesOf(finding))}</failure>`;
  return `${name}      ${failure}\n${end}`;
}

/** No two findings of a file have the same. */
function nameOf({ rule, subject, details: { fingerprint, ordinal = 1 } }: ReportedFinding): string {
  const { section = '', about = '' } = fingerprint ?? {};
  const object = section === '' ? '' : `: ${section} ${subject}`;
  return `${rule}${object}${about === '' ? '' : ` (${about})`}${ordinal > 1 ? ` #${ordinal}` : ''}`;
}

function placesOf({ file, range, related, docs }: ReportedFinding): string {
  const places = [{ file, range, message: '' }, ...related].map(
    (place) =>
      `${place.file}:${place.range.start.line + 1}:${place.range.start.character + 1}${place.message === '' ? '' : `: ${place.message}`}`,
  );
  return [...places, docs].join('\n');
}

function unreadSuite(unread: readonly string[]): string {
  const cases = unread.map(
    (sentence) =>
      `    <testcase classname="lync-lint" name="${attribute(sentence)}">\n      <error message="${attribute(sentence)}"/>\n    </testcase>\n`,
  );
  return `${suite('lync-lint', { tests: unread.length, errors: unread.length })}${cases.join('')}  </testsuite>\n`;
}

/** In quotes. A line's end would become a blank. */
function attribute(text: string): string {
  return escaped(text).replaceAll(/[\t\n]/g, (character) => `&#${character.charCodeAt(0)};`);
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\r': '&#13;',
};

/** What XML 1.0 forbids cannot be escaped either, so something else stands for it. */
function escaped(text: string): string {
  return text
    .replaceAll(/[^\t\n\r\x20-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '\uFFFD')
    .replaceAll(/[&<>"\r]/g, (character) => entities[character] ?? character);
}
