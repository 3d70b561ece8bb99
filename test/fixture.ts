/**
 * Fixtures that look like the editor: documents, and under a line what is expected of it.
 *
 *     #- users.lync.yaml
 *     CsUser:
 *       - SipAddress: sip:ken@contoso.com
 *         RegistrarPool: pool09.contoso.com
 *         #              ^^^^^^^^^^^^^^^^^^ error no-undefined-reference
 *
 * A `#` right in front of carets counts as one, for what begins in the first column.
 */
import assert from 'node:assert/strict';
import type { Judged } from '../server/src/linter/judge.ts';
import { Project } from '../server/src/project.ts';
import { rules } from '../server/src/rules/index.ts';

export const root = 'file:///contoso';

export interface Expectation {
  readonly file: string;
  readonly line: number;
  readonly start: number;
  readonly end: number;
  readonly rule: string;
  readonly severity?: string;
}

export interface Fixture {
  /** Texts by file name, with the expectations left in: they are comments. */
  readonly files: ReadonlyMap<string, string>;
  readonly expected: readonly Expectation[];
}

const mark = /^\s*#\s*(\^+)\s+(?:(error|warning|info|hint)\s+)?([a-z0-9-]+)\s*$/;

export function parseFixture(text: string): Fixture {
  const files = new Map<string, string>();
  const expected: Expectation[] = [];
  let name = 'deployment.lync.yaml';
  let lines: string[] = [];
  const close = (): void => {
    if (lines.some((line) => line.trim() !== '')) files.set(name, lines.join('\n'));
    lines = [];
  };
  let target = 0;
  for (const line of text.split('\n')) {
    const header = /^#- (\S+)$/.exec(line);
    if (header) {
      close();
      name = header[1] ?? name;
      continue;
    }
    const found = mark.exec(line);
    if (found) {
      const [, carets = '', severity, rule = ''] = found;
      const end = line.indexOf(carets) + carets.length;
      const start = line.indexOf(carets) - (line.startsWith('#^') ? 1 : 0);
      expected.push({ file: name, line: target, start, end, rule, ...(severity ? { severity } : {}) });
    } else {
      target = lines.length;
    }
    lines.push(line);
  }
  close();
  return { files, expected };
}

/** A project with the fixture's files. */
export function projectOf({ files }: Fixture): Project {
  const project = new Project(rules);
  project.setFolders([root]);
  for (const [name, text] of files) {
    if (name.endsWith('lync.config.yaml')) project.setConfiguration(`${root}/${name}`, text);
    else project.setFile(`${root}/${name}`, text);
  }
  return project;
}

/** What is found in all files, in the form of expectations. */
export function findingsOf(
  project: Project,
  only?: string,
): (Expectation & { message: string; judged: Judged })[] {
  return [
    ...project.uris,
    ...project.workspaces.map(({ root: folder }) => `${folder}/lync.config.yaml`),
  ].flatMap((uri) =>
    project.findings(uri).flatMap((judged) => {
      const { at, rule, message } = judged.finding;
      if (only !== undefined && rule.id !== only) return [];
      const start = at.file.positionInBlock(at.block, at.start);
      const end = at.file.positionInBlock(at.block, at.end);
      const last = end.line === start.line ? end.character : start.character + 1;
      const file = uri.slice(root.length + 1);
      return [
        {
          file,
          line: start.line,
          start: start.character,
          end: last,
          rule: rule.id,
          severity: judged.severity,
          message,
          judged,
        },
      ];
    }),
  );
}

/** Asserts that a rule finds exactly what stands under the lines. */
export function check(text: string, rule: string): void {
  const fixture = parseFixture(text);
  const found = findingsOf(projectOf(fixture), rule);
  const severe = new Set(fixture.expected.filter(({ severity }) => severity).map(({ rule: id }) => id));
  const words = ({ file, line, start, end, rule: id, severity }: Expectation): string =>
    `${file}:${line + 1}:${start}-${end} ${severe.has(id) ? `${severity ?? '?'} ` : ''}${id}`;
  const expected = fixture.expected.filter(({ rule: id }) => id === rule).map(words);
  assert.deepEqual(found.map(words).sort(), expected.sort(), found.map(({ message }) => message).join('\n'));
}
