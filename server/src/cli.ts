/** The command line: arguments in, output and exit code out. */
import { options } from './config.ts';
import { DiskError, displayPath, isThere, readText, toPath, toUri, writeText } from './disk.ts';
import { load, loadInput, UsageError, type Input } from './inputs.ts';
import { safeChanges } from './linter/bulk.ts';
import { editsOf } from './linter/edits.ts';
import type { Finding } from './linter/finding.ts';
import { nearest } from './linter/nearest.ts';
import { severities, type Severity } from './model/configuration.ts';
import type { Deployment } from './model/deployment.ts';
import { Project } from './project.ts';
import {
  BaselineError,
  entriesOf,
  knownFrom,
  parseBaseline,
  printBaseline,
  withoutKnown,
  type BaselineEntry,
  type Known,
} from './reporters/baseline.ts';
import { formats, type Baseline, type View } from './reporters/file.ts';
import { describeRule, listRules } from './reporters/rules.ts';
import { clean, counted } from './reporters/text.ts';
import { importInto } from './importing.ts';
import { plan, planFormats } from './planning.ts';
import { remediate } from './remediating.ts';
import { report, type Execute, type Outcome } from './reporting.ts';
import { rules } from './rules/index.ts';
import type { SourceFile } from './parser/sourceFile.ts';
import type { Workspace } from './workspace.ts';

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
  /** How many tasks can be done at once, and who does them; in this thread if left out. */
  readonly processors?: number;
  readonly execute?: Execute;
  /** From which size on, in bytes, a file is looked at piece by piece, if not from the usual one. */
  readonly large?: number;
}

/** From this size on, in bytes, a file is looked at piece by piece. */
const largeFile = 8 * 1024 * 1024;

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
    else if (args.positionals[0] === 'remediate') await writeRemediation(args, terminal);
    else if (args.positionals[0] === 'import') return await importExports(args, terminal);
    else if (args.positionals[0] === 'plan') await writePlan(args, terminal);
    else return await check(args, terminal);
    return exitCodes.clean;
  } catch (error) {
    if (!(error instanceof UsageError) && !(error instanceof DiskError)) throw error;
    terminal.error(`lync-lint: ${error.message}`);
    return exitCodes.failed;
  }
}

async function check({ positionals, values }: Arguments, terminal: Terminal): Promise<number> {
  if (values.undo !== undefined) throw new UsageError("--undo goes with 'plan' only.");
  const target = text(values.output);
  const baseline = await openBaseline(text(values.baseline), values['update-baseline'] === true);
  const view: View = {
    format: choose('format', text(values.format) ?? 'text', formats),
    color: terminal.color && values['no-color'] !== true && !target,
    errorsOnly: values.quiet === true,
    version: terminal.version,
    root: toUri(terminal.folder),
    baseline: baseline && { known: baseline.known, isMade: baseline.isMade },
  };
  const maxWarnings = wholeNumber('max-warnings', text(values['max-warnings']));
  const overrides = severityOverrides(values.rule);
  const project = new Project(rules, overrides, { once: values.fix !== true });
  const paths = positionals[0] === 'check' ? positionals.slice(1) : positionals;
  if (values.stdin === true && values.fix === true)
    throw new UsageError('--fix writes files, so it does not go with --stdin.');
  const { processors, large = largeFile } = terminal;
  const input =
    values.stdin === true
      ? await loadInput(project, text(values['stdin-filename']), paths, terminal)
      : await load(project, paths, terminal, values.fix === true ? {} : { large, parts: processors });
  const fixed = values.fix === true ? await fix(project, input, baseline?.known, terminal) : true;

  const pieces: string[] = [];
  const out = target === undefined ? terminal.out : (piece: string): void => void pieces.push(piece);
  const { folder, execute } = terminal;
  const outcome = await report(project, input, { view, overrides, folder, execute, out });
  if (target !== undefined) await writeText(target, pieces.join(''));
  if (baseline) await closeBaseline(baseline, input, outcome, terminal);

  const { errors, warnings } = outcome.summary;
  if (input.unread.length > 0 || !fixed) return exitCodes.failed;
  return errors > 0 || (maxWarnings !== undefined && warnings > maxWarnings)
    ? exitCodes.findings
    : exitCodes.clean;
}

async function importExports({ positionals, values }: Arguments, terminal: Terminal): Promise<number> {
  refuse(
    'import',
    values,
    (Object.keys(options) as OptionName[]).filter((name) => !fitForImport.has(name)),
  );
  const target = text(values.output);
  if (target === undefined)
    throw new UsageError("Name the folder to import into: 'lync-lint import FILE… --output FOLDER'.");
  const isDone = await importInto(positionals.slice(1), {
    ...terminal,
    target,
    update: values.update === true,
    prune: values.prune === true,
    partial: values.partial === true,
  });
  return isDone ? exitCodes.clean : exitCodes.findings;
}

const fitForImport = new Set<OptionName>(['output', 'update', 'prune', 'partial', 'no-color']);

async function writeRemediation({ positionals, values }: Arguments, terminal: Terminal): Promise<void> {
  refuse('remediate', values, ['format', 'undo', ...unfitForScripts]);
  const overrides = severityOverrides(values.rule);
  const project = new Project(rules, overrides, { once: true });
  const paths = positionals.slice(1);
  const { folder, out, error } = terminal;
  await remediate(project, await load(project, paths, terminal), {
    title: paths.length > 0 ? paths.join(', ') : folder,
    target: text(values.output),
    errorsOnly: values.quiet === true,
    overrides,
    folder,
    now: new Date(),
    out,
    error,
  });
}

async function writePlan({ positionals, values }: Arguments, terminal: Terminal): Promise<void> {
  refuse('plan', values, ['rule', 'quiet', ...unfitForScripts]);
  const [, from, to, ...more] = positionals;
  if (from === undefined || more.length > 0)
    throw new UsageError("'plan' takes the first state and the second: folders, or git:REVISION.");
  await plan([from, to], {
    format: choose('format', text(values.format) ?? 'text', planFormats),
    target: text(values.output),
    undo: text(values.undo),
    terminal,
    now: new Date(),
  });
}

const unfitForScripts = [
  ...(['max-warnings', 'baseline', 'update-baseline'] as const),
  ...(['fix', 'stdin', 'stdin-filename', 'update', 'prune', 'partial'] as const),
];

function refuse(command: string, values: Arguments['values'], names: readonly OptionName[]): void {
  const unfit = names.find((name) => values[name] !== undefined);
  if (unfit) throw new UsageError(`--${unfit} does not go with '${command}'.`);
}

/** A baseline with its file. */
interface OpenBaseline extends Baseline {
  readonly path: string;
  readonly entries: readonly BaselineEntry[];
}

/** @param isMade whether it is written anew, and so need not be there yet */
async function openBaseline(path: string | undefined, isMade: boolean): Promise<OpenBaseline | undefined> {
  if (path === undefined) {
    if (isMade)
      throw new UsageError('--update-baseline needs --baseline FILE, which names the file to write.');
    return undefined;
  }
  const exists = await isThere(path);
  if (!exists && !isMade)
    throw new UsageError(`There is no baseline '${path}': --update-baseline makes one.`);
  try {
    const entries = exists ? parseBaseline((await readText(path)).text) : [];
    return { path, entries, known: knownFrom(entries, (file) => toUri(`${path}/../${file}`)), isMade };
  } catch (error) {
    if (!(error instanceof BaselineError)) throw error;
    throw new UsageError(`'${path}' ${error.message}.`);
  }
}

/** Says what was left out, or writes what was found. What was not asked for stays as it was. */
async function closeBaseline(
  { path, entries, isMade }: OpenBaseline,
  { unread, isAsked }: Input,
  { leftOut, gone, prints }: Outcome,
  { error }: Terminal,
): Promise<void> {
  if (!isMade) {
    if (leftOut > 0)
      error(`Left out, because the baseline '${path}' has them: ${counted(leftOut, 'finding')}.`);
    if (gone > 0 && unread.length === 0)
      error(
        `The baseline '${path}' has ${counted(gone, 'finding')} that there ${gone === 1 ? 'is' : 'are'} no more: --update-baseline takes ${gone === 1 ? 'it' : 'them'} out.`,
      );
    return;
  }
  if (unread.length > 0)
    throw new DiskError(`The baseline '${path}' is left as it is, because not all files could be read.`);
  const folder = `${path}/..`;
  const kept = entries.filter(({ file }) => !isAsked(toUri(`${folder}/${file}`)));
  const found = Array.from(prints, ([uri, own]) => entriesOf(displayPath(uri, folder), own)).flat();
  await writeText(path, printBaseline([...kept, ...found]));
  error(`Wrote ${counted(leftOut, 'finding')} to the baseline '${path}'.`);
}

/** Applies the safe fixes until nothing changes any more, and writes the files. @returns whether all could be written */
async function fix(
  project: Project,
  { reported, encodings }: Input,
  known: Known | undefined,
  terminal: Terminal,
): Promise<boolean> {
  const changed = new Set<SourceFile>();
  const left = new Set<SourceFile>();
  // A fix may bring an object that another rule has something to say about: three rounds are enough for that.
  for (let round = 0; round < 3; round++) {
    let any = false;
    for (const workspace of project.workspaces) {
      const { deployment } = workspace;
      const findings = judgedIn(project, workspace, reported, known)
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
  known: Known | undefined,
): ReturnType<Project['findings']> {
  return [...reported]
    .filter((uri) => project.workspaceOf(uri) === workspace)
    .flatMap((uri) => withoutKnown(project.findings(uri), known?.get(uri)));
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

function help(): string {
  const names = Object.entries(options).map(([name, option]): [string, string] => {
    const placeholder = 'value' in option ? ` ${option.value}` : '';
    const short = 'short' in option ? `-${option.short}, ` : '';
    return [`${short}--${name}${placeholder}`, option.description];
  });
  const width = Math.max(...names.map(([name]) => name.length));
  const lines = names.map(([name, description]) => `  ${name.padEnd(width)}  ${description}`);
  return `Finds two-factor users of Lync who still have Exchange-dependent features on, and what is wrong around them.

  lync-lint [check] [PATH…]   check the deployments at the paths; default: the current folder
  lync-lint remediate [PATH…] write a PowerShell script that does on the servers what is safe to do
  lync-lint import FILE… -o FOLDER
                              make files of what Lync and Topology Builder write: XML, CLIXML, JSON, CSV, YAML, zip
  lync-lint plan FROM [TO]    say what has changed between two states, and write the PowerShell for it
  lync-lint rules [ID]        list the rules, or explain one

${lines.join('\n')}

Exit code: 0 no errors, 1 errors or too many warnings, 2 could not run.
`;
}
