/** The command line: arguments in, output and exit code out. */
import { options } from './config.ts';
import {
  DiskError,
  displayPath,
  findUpwards,
  isFolder,
  readText,
  toPath,
  toUri,
  writeText,
  yamlFilesBelow,
  type Encoding,
} from './disk.ts';
import { fixesOf, safeChanges } from './linter/bulk.ts';
import { editsOf } from './linter/edits.ts';
import type { Finding } from './linter/finding.ts';
import { nearest } from './linter/nearest.ts';
import { configurationFileName, severities, type Severity } from './model/configuration.ts';
import type { Deployment } from './model/deployment.ts';
import { isConfiguration, Project } from './project.ts';
import type { Workspace } from './workspace.ts';
import { toJson } from './reporters/json.ts';
import {
  inOrder,
  reportFinding,
  type ReportedFinding,
  type Result,
  type Summary,
} from './reporters/report.ts';
import { describeRule, listRules } from './reporters/rules.ts';
import { clean, toText } from './reporters/text.ts';
import { rules } from './rules/index.ts';
import type { SourceFile } from './parser/sourceFile.ts';

export type OptionName = keyof typeof options;

export interface Arguments {
  readonly positionals: readonly string[];
  readonly values: Readonly<Partial<Record<OptionName, string | boolean | readonly string[]>>>;
}

/** What a process has around it. */
export interface Terminal {
  readonly folder: string;
  readonly color: boolean;
  readonly version: string;
  readonly input: () => Promise<string>;
  readonly out: (text: string) => void;
  readonly error: (text: string) => void;
}

/** Something that the caller can put right; its message says how. */
export class UsageError extends Error {}

export const exitCodes = { clean: 0, findings: 1, failed: 2 } as const;

/** Runs `lync-lint`. @returns the exit code: 0 clean, 1 findings, 2 could not run */
export async function run(args: Arguments, given: Terminal): Promise<number> {
  // Names of files can hold what steers a terminal.
  const terminal: Terminal = {
    ...given,
    error: (message) => {
      given.error(`${clean(message)}\n`);
    },
  };
  try {
    if (args.values.help === true) terminal.out(help());
    else if (args.values.version === true) terminal.out(`${terminal.version}\n`);
    else if (args.positionals[0] === 'rules') terminal.out(showRules(args.positionals.slice(1)));
    else return await check(args, terminal);
    return exitCodes.clean;
  } catch (error) {
    if (!(error instanceof UsageError) && !(error instanceof DiskError)) throw error;
    terminal.error(`lync-lint: ${error.message}`);
    return exitCodes.failed;
  }
}

async function check({ positionals, values }: Arguments, terminal: Terminal): Promise<number> {
  const format = choose('format', text(values.format) ?? 'text', ['text', 'json']);
  const maxWarnings = wholeNumber('max-warnings', text(values['max-warnings']));
  const project = new Project(rules, severityOverrides(values.rule));
  const paths = positionals[0] === 'check' ? positionals.slice(1) : positionals;
  if (values.stdin === true && values.fix === true)
    throw new UsageError('--fix writes files, so it does not go with --stdin.');
  const input =
    values.stdin === true
      ? await loadInput(project, text(values['stdin-filename']), paths, terminal)
      : await load(project, paths, terminal);
  const fixed = values.fix === true ? await fix(project, input, terminal) : true;

  const result = report(project, input.reported, terminal.folder);
  const shown =
    values.quiet === true
      ? { ...result, findings: result.findings.filter(({ severity }) => severity === 'error') }
      : result;
  const output =
    format === 'json'
      ? toJson(shown)
      : toText(shown, { color: terminal.color && values['no-color'] !== true && !text(values.output) });
  const target = text(values.output);
  if (target === undefined) terminal.out(output);
  else await writeText(target, output);

  if (input.failed || !fixed) return exitCodes.failed;
  const { errors, warnings } = result.summary;
  return errors > 0 || (maxWarnings !== undefined && warnings > maxWarnings)
    ? exitCodes.findings
    : exitCodes.clean;
}

interface Input {
  /** The files whose findings are wanted; others of their deployments were read to judge them. */
  readonly reported: ReadonlySet<string>;
  readonly encodings: ReadonlyMap<string, Encoding>;
  /** Something could not be read, and was said. */
  readonly failed: boolean;
}

/** Reads the deployments at the paths: all of each, even if only a part of it was named. */
async function load(project: Project, named: readonly string[], terminal: Terminal): Promise<Input> {
  const paths = named.length > 0 ? named : ['.'];
  const folders: string[] = [];
  const reported = new Set<string>();
  const encodings = new Map<string, Encoding>();
  const loose: string[] = [];
  const complaints: string[] = [];
  const complain = (message: string): void => {
    complaints.push(message);
    terminal.error(`lync-lint: ${message}`);
  };
  for (const path of paths) {
    const folder = await isFolder(path);
    const configuration = await findUpwards(folder ? path : `${path}/..`, configurationFileName);
    const root = configuration === undefined ? path : `${configuration}/..`;
    if (folder || configuration !== undefined) folders.push(toUri(root));
    if (!folder) loose.push(toUri(path));
  }
  project.setFolders([...folders, toUri(terminal.folder)]);
  const candidates = new Set<string>();
  for (const folder of new Set(folders))
    for (const uri of await yamlFilesBelow(toPath(folder), complain)) candidates.add(uri);
  const read = async (uri: string, use: (text: string) => void): Promise<void> => {
    try {
      const { text: content, encoding } = await readText(toPath(uri));
      encodings.set(uri, encoding);
      use(content);
    } catch (error) {
      if (!(error instanceof DiskError)) throw error;
      complain(error.message);
    }
  };
  for (const uri of candidates)
    if (isConfiguration(uri))
      await read(uri, (content) => {
        project.setConfiguration(uri, content);
      });
  for (const uri of candidates)
    if (!isConfiguration(uri) && project.wants(uri))
      await read(uri, (content) => {
        project.setFile(uri, content);
      });
  for (const uri of loose)
    if (!isConfiguration(uri))
      await read(uri, (content) => {
        project.setFile(uri, content, { named: true });
      });

  const asked = paths.map(toUri);
  for (const uri of [...project.uris, ...candidates].filter((candidate) => encodings.has(candidate))) {
    if (asked.some((path) => uri === path || uri.startsWith(`${path}/`))) reported.add(uri);
  }
  const isWanted = (uri: string): boolean =>
    project.file(uri) !== undefined || asked.includes(uri) || project.findings(uri).length > 0;
  if (![...reported].some(isWanted) && complaints.length === 0) {
    throw new UsageError(
      `There is no Lync file (*.lync.yaml, or what ${configurationFileName} names) at ${paths.map((path) => `'${path}'`).join(', ')}.`,
    );
  }
  return { reported, encodings, failed: complaints.length > 0 };
}

/** One file from standard input, in the deployment that its name puts it into. */
async function loadInput(
  project: Project,
  name: string | undefined,
  paths: readonly string[],
  terminal: Terminal,
): Promise<Input> {
  if (paths.length > 0) throw new UsageError('--stdin takes no path: --stdin-filename names the file.');
  const uri = toUri(name ?? 'stdin.lync.yaml');
  const configuration =
    name === undefined ? undefined : await findUpwards(`${name}/..`, configurationFileName);
  let failed = false;
  if (configuration === undefined) {
    project.setFolders([toUri(terminal.folder)]);
  } else {
    failed = (await load(project, [`${configuration}/..`], terminal)).failed;
  }
  const content = await terminal.input();
  if (isConfiguration(uri)) project.setConfiguration(uri, content);
  else project.setFile(uri, content, { named: true });
  return { reported: new Set([uri]), encodings: new Map(), failed };
}

/** Applies the safe fixes until nothing changes any more, and writes the files. @returns whether all could be written */
async function fix(project: Project, { reported, encodings }: Input, terminal: Terminal): Promise<boolean> {
  const changed = new Set<SourceFile>();
  const left = new Set<SourceFile>();
  // A fix may bring an object that another rule has something to say about: three rounds are enough for that.
  for (let round = 0; round < 3; round++) {
    let any = false;
    for (const workspace of project.workspaces) {
      const { deployment } = workspace;
      const findings = judgedIn(project, workspace, reported)
        .map(({ finding }) => finding)
        .filter((finding) => {
          const broken = brokenFiles(finding, deployment, encodings);
          for (const file of broken) left.add(file);
          return broken.length === 0;
        });
      for (const [file, edits] of editsOf(safeChanges(findings, deployment), deployment)) {
        for (const edit of edits.toReversed()) project.editAt(file.uri, edit);
        changed.add(file);
        any = true;
      }
    }
    if (!any) break;
  }
  for (const file of changed) {
    await writeText(toPath(file.uri), file.text, encodings.get(file.uri));
    terminal.error(`Fixed ${displayPath(file.uri, terminal.folder)}.`);
  }
  for (const { uri } of left) {
    const name = displayPath(uri, terminal.folder);
    terminal.error(
      `lync-lint: '${name}' is left as it is: not all of it is text in UTF-8 or UTF-16. Save it as UTF-8 first.`,
    );
  }
  return left.size === 0;
}

/** The files that a finding's fix would change and that cannot be written without a loss. */
function brokenFiles(
  finding: Finding,
  deployment: Deployment,
  encodings: Input['encodings'],
): readonly SourceFile[] {
  if (![...encodings.values()].includes('broken')) return [];
  const files = editsOf(safeChanges([finding], deployment), deployment).keys();
  return [...files].filter(({ uri }) => encodings.get(uri) === 'broken');
}

function judgedIn(
  project: Project,
  workspace: Workspace,
  reported: ReadonlySet<string>,
): ReturnType<Project['findings']> {
  return [...reported]
    .filter((uri) => project.workspaceOf(uri) === workspace)
    .flatMap((uri) => project.findings(uri));
}

function report(project: Project, reported: ReadonlySet<string>, folder: string): Result {
  const names = new Map<string, string>();
  const nameOf = ({ uri }: SourceFile): string => {
    let name = names.get(uri);
    if (name === undefined) names.set(uri, (name = displayPath(uri, folder)));
    return name;
  };
  const findings: ReportedFinding[] = [];
  const counts: Record<Severity, number> = { error: 0, warning: 0, info: 0, hint: 0 };
  let [users, twoFactorUsers] = [0, 0];
  for (const workspace of project.workspaces) {
    for (const judged of judgedIn(project, workspace, reported)) {
      counts[judged.severity]++;
      findings.push(reportFinding(judged, fixesOf(judged.finding, workspace.deployment).length > 0, nameOf));
    }
    const population = workspace.population(({ uri }) => reported.has(uri));
    users += population.users;
    twoFactorUsers += population.twoFactorUsers;
  }
  const files = [...reported].filter((uri) => project.file(uri)).length;
  const summary: Summary = {
    files,
    users,
    twoFactorUsers,
    errors: counts.error,
    warnings: counts.warning,
    infos: counts.info,
    hints: counts.hint,
  };
  return { findings: inOrder(findings), summary };
}

function showRules([id, ...more]: readonly string[]): string {
  if (more.length > 0) throw new UsageError("'rules' takes one rule at most.");
  if (id === undefined) return listRules(rules);
  const rule = rules.find((candidate) => candidate.id === id);
  if (rule) return describeRule(rule);
  const meant = nearest(
    id,
    rules.map((candidate) => candidate.id),
  );
  throw new UsageError(
    `There is no rule '${id}'${meant ? `: is '${meant}' meant?` : ". 'lync-lint rules' lists them."}`,
  );
}

function severityOverrides(given: Arguments['values']['rule']): ReadonlyMap<string, Severity | 'off'> {
  const overrides = new Map<string, Severity | 'off'>();
  for (const entry of typeof given === 'object' ? given : []) {
    const [id = '', severity = ''] = entry.split('=');
    if (!rules.some((rule) => rule.id === id)) {
      const meant = nearest(
        id,
        rules.map((rule) => rule.id),
      );
      throw new UsageError(
        `--rule ${entry}: there is no rule '${id}'${meant ? `; is '${meant}' meant?` : '.'}`,
      );
    }
    overrides.set(id, choose('rule', severity, [...severities, 'off']));
  }
  return overrides;
}

function choose<T extends string>(name: OptionName, value: string, allowed: readonly T[]): T {
  const found = allowed.find((candidate) => candidate === value);
  if (found === undefined) throw new UsageError(`--${name} takes ${allowed.join(', ')}, not '${value}'.`);
  return found;
}

function wholeNumber(name: OptionName, value: string | undefined): number | undefined {
  if (value === undefined) return undefined;
  if (!/^\d+$/.test(value)) throw new UsageError(`--${name} takes a whole number, not '${value}'.`);
  return Number(value);
}

function text(value: Arguments['values'][OptionName]): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

export function help(): string {
  const names = Object.entries(options).map(([name, option]): [string, string] => {
    const placeholder = 'value' in option ? ` ${option.value}` : '';
    return [`--${name}${placeholder}`, option.description];
  });
  const width = Math.max(...names.map(([name]) => name.length));
  const lines = names.map(([name, description]) => `  ${name.padEnd(width)}  ${description}`);
  return `Finds two-factor users of Lync who still have Exchange-dependent features on, and what is wrong around them.

  lync-lint [check] [PATH…]   check the deployments at the paths; default: the current folder
  lync-lint rules [ID]        list the rules, or explain one

${lines.join('\n')}

Exit code: 0 no errors, 1 errors or too many warnings, 2 could not run.
`;
}
