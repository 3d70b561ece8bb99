/** From what was read to the report: at once, or piece by piece where there is too much of it. */
import {
  frameProject,
  groupsOf,
  isAboutDeployment,
  runTask,
  sharedNames,
  withoutRepeats,
  type Headcount,
  type Piece,
  type PieceResult,
  type Setup,
  type Survey,
  type Task,
  type World,
} from './batch.ts';
import { displayPath, readText, toPath } from './disk.ts';
import type { Input } from './inputs.ts';
import type { SeverityOverrides } from './linter/judge.ts';
import type { Project } from './project.ts';
import { reporterFor, showsFixes, writeFindings, type View, type WrittenFindings } from './reporters/file.ts';
import { unmatched } from './reporters/baseline.ts';
import type { Fingerprint } from './reporters/fingerprint.ts';
import { compare, written, type FileReport, type SeverityCounts, type Summary } from './reporters/report.ts';
import { sumOf, sumOfTallies, type Tally } from './reporters/tally.ts';
import { rules } from './rules/index.ts';

/** Does tasks, several at a time where there are several processors. */
export type Execute = (task: Task, setup: Setup) => Promise<PieceResult[]>;

export interface ReportOptions {
  readonly view: View;
  readonly overrides: SeverityOverrides;
  /** The folder that names are relative to. */
  readonly folder: string;
  readonly execute: Execute | undefined;
  readonly out: (text: string) => void;
}

/** Below this size, in bytes, of large files together, the report of all pieces is kept until it is known to be right. */
const mostKept = 64 * 1024 * 1024;

/** How it ended. */
export interface Outcome {
  readonly summary: Summary;
  /** How many findings were left out, because the baseline has them. */
  readonly leftOut: number;
  /** How many findings of the baseline there are no more, in files that were asked for. */
  readonly gone: number;
  /** What all findings of a file are known by, where a new baseline is made. */
  readonly prints: ReadonlyMap<string, readonly Fingerprint[]>;
}

/** Writes the report. */
export async function report(project: Project, input: Input, options: ReportOptions): Promise<Outcome> {
  const sums = new Sums(options.view);
  await (input.large.length > 0
    ? reportPieces(input, sums, options)
    : reportAll(project, input, sums, options));
  const { summary, leftOut, prints } = sums;
  return { summary, leftOut, prints, gone: sums.goneFrom(input.isAsked) };
}

export function worldOf(folder: string): World {
  const names = new Map<string, string>();
  return {
    rules,
    read: async (uri) => (await readText(toPath(uri))).text,
    nameOf: ({ uri }) => {
      let name = names.get(uri);
      if (name === undefined) names.set(uri, (name = displayPath(uri, folder)));
      return name;
    },
  };
}

/** Adds up what is reported. */
class Sums {
  #counts: SeverityCounts = { error: 0, warning: 0, info: 0, hint: 0 };
  #tally: Tally = new Map();
  readonly #baseline: View['baseline'];
  readonly #gone = new Map<string, number>();
  readonly prints = new Map<string, readonly Fingerprint[]>();
  leftOut = 0;
  users = 0;
  twoFactorUsers = 0;
  files = 0;

  constructor({ baseline }: View) {
    this.#baseline = baseline;
  }

  /** @param all what was found in a file */
  add(uri: string, all: readonly WrittenFindings[]): void {
    for (const { counts, tally, leftOut } of all) {
      this.#counts = sumOf(this.#counts, counts);
      this.#tally = sumOfTallies(this.#tally, tally);
      this.leftOut += leftOut;
    }
    if (this.#baseline?.isMade)
      this.prints.set(
        uri,
        all.flatMap(({ prints }) => prints),
      );
    const known = this.#baseline?.known.get(uri);
    if (known)
      this.#gone.set(
        uri,
        unmatched(
          known,
          all.map(({ alike }) => alike),
        ),
      );
  }

  /** How many findings of the baseline there are no more, in files that are gone, too. */
  goneFrom(isAsked: (uri: string) => boolean): number {
    let gone = 0;
    for (const [uri, { length }] of this.#baseline?.known ?? [])
      if (isAsked(uri)) gone += this.#gone.get(uri) ?? length;
    return gone;
  }

  get tally(): Tally {
    return this.#tally;
  }

  get summary(): Summary {
    const { error: errors, warning: warnings, info: infos, hint: hints } = this.#counts;
    const { files, users, twoFactorUsers } = this;
    return { files, users, twoFactorUsers, errors, warnings, infos, hints };
  }
}

async function reportAll(
  project: Project,
  { reported, unread }: Input,
  sums: Sums,
  options: ReportOptions,
): Promise<void> {
  const world = worldOf(options.folder);
  sums.files = [...reported].filter((uri) => project.file(uri)).length;
  countUsers(project, reported, sums);
  const files = function* (): Generator<FileReport> {
    for (const [file, uri] of inOrder(reported, options.folder)) {
      const found = writeFindings(
        project.findings(uri),
        project.workspaceOf(uri)?.deployment,
        options.view,
        world,
      );
      sums.add(uri, [found]);
      yield { file, shown: found.shown, pieces: [found.text] };
    }
  };
  const reporter = reporterFor(options.view, rules);
  for await (const text of written(reporter, files(), () => ({
    summary: sums.summary,
    tally: sums.tally,
    unread,
  })))
    options.out(text);
}

async function reportPieces(input: Input, sums: Sums, options: ReportOptions): Promise<void> {
  const { large, read, reported, unread } = input;
  const setup: Setup = { ...read, overrides: options.overrides, view: options.view };
  const world = worldOf(options.folder);
  const execute = options.execute ?? oneByOne(world);
  const pieces = large.flatMap((file) =>
    Array.from({ length: file.parts }, (_, part): Piece => ({ file, part })),
  );
  const isKept = !showsFixes(options.view) && large.reduce((sum, { size }) => sum + size, 0) <= mostKept;
  const first = await Promise.all(
    pieces.map(async (piece) => {
      const task: Task = { pieces: [piece], sketches: [], others: [], wants: isKept ? 'both' : 'survey' };
      const [result] = await execute(task, setup);
      return result;
    }),
  );
  const surveys = first.map((result): Survey => result?.survey ?? nobody);
  const sketches = surveys.flatMap(({ sketch }) => sketch ?? []);
  const frame = frameProject(setup, rules, sketches);
  const rootOf = ({ file }: Piece): string | undefined => frame.workspaceOf(file.uri)?.root;

  sums.files = [...reported].filter((uri) => frame.file(uri)).length;
  const ownCounts = new Map<Piece, readonly Headcount[]>();
  for (const [index, piece] of pieces.entries()) {
    const headcounts = surveys[index]?.headcounts ?? [];
    ownCounts.set(piece, headcounts);
    for (const { key, facts, users } of headcounts) {
      const standing = frame.workspaceOf(piece.file.uri)?.deployment.countElsewhere(key, facts, users);
      if (!standing || !reported.has(piece.file.uri)) continue;
      sums.users += users;
      if (standing.twoFactor.on) sums.twoFactorUsers += users;
    }
  }

  countUsers(frame, reported, sums);

  const results = new Map<Piece, Promise<PieceResult | undefined>>();
  const groups = [...new Set(pieces.map(rootOf))].flatMap((root) => {
    const indexes = pieces.flatMap((piece, index) => (rootOf(piece) === root ? [index] : []));
    return groupsOf(
      indexes.flatMap((index) => pieces[index] ?? []),
      indexes.map((index) => surveys[index] ?? nobody),
    );
  });
  const isMixed = sketches.some((sketch) => sketch.isMixed);
  const taskOf = (group: readonly Piece[]): Task => {
    const root = group[0] && rootOf(group[0]);
    const others = pieces
      .filter((piece) => !group.includes(piece) && rootOf(piece) === root)
      .flatMap((piece) => ownCounts.get(piece) ?? []);
    return { pieces: group, sketches, others: combined(others), wants: 'report' };
  };
  for (const group of groups) {
    const [only] = group;
    const mayDiffer = only && surveys[pieces.indexOf(only)]?.hasSuppressions === true;
    if (isKept && !isMixed && group.length === 1 && only && !mayDiffer) {
      results.set(only, Promise.resolve(first[pieces.indexOf(only)]));
      continue;
    }
    if (!group.some(({ file }) => reported.has(file.uri))) continue;
    const done = execute(taskOf(group), setup);
    for (const [index, piece] of group.entries()) {
      const result = done.then((all) => all[index]);
      // Whoever waits for it is told of a failure; here it is only started.
      result.catch(() => undefined);
      results.set(piece, result);
    }
  }

  for await (const text of writtenPieces()) options.out(text);

  async function* writtenPieces(): AsyncGenerator<string> {
    const reporter = reporterFor(options.view, rules);
    const ofFile = new Map<string, Piece[]>();
    for (const piece of pieces) ofFile.set(piece.file.uri, [...(ofFile.get(piece.file.uri) ?? []), piece]);
    const files = async function* (): AsyncGenerator<FileReport> {
      for (const [file, uri] of inOrder(reported, options.folder)) {
        const own = ofFile.get(uri) ?? [];
        const findings = frame.findings(uri);
        const beside = writeFindings(
          own.length === 0 ? findings : findings.filter(({ finding }) => isAboutDeployment(finding.rule)),
          frame.workspaceOf(uri)?.deployment,
          options.view,
          world,
        );
        const all = [beside, ...(await inSequence(beside, own))];
        sums.add(uri, all);
        yield {
          file,
          shown: all.map(({ shown }) => shown).reduce(sumOf),
          pieces: all.map(({ text }) => text),
        };
      }
    };
    yield* written(reporter, files(), () => ({ summary: sums.summary, tally: sums.tally, unread }));
  }

  /** What pieces of a file have. One that has findings like those before it is looked at again, for they are counted on. */
  async function inSequence(
    beside: WrittenFindings,
    own: readonly Piece[],
  ): Promise<readonly WrittenFindings[]> {
    const found: [piece: Piece, report: WrittenFindings][] = [];
    for (const piece of own) {
      const report = (await results.get(piece))?.report;
      results.delete(piece);
      if (report) found.push([piece, report]);
    }
    const lists = [beside, ...found.map(([, report]) => report)].map(({ alike }) => withoutRepeats(alike));
    const shared = sharedNames(lists);
    const before = new Map<number, number>();
    const countOn = ({ alike }: WrittenFindings): void => {
      for (const number of alike) if (shared.has(number)) before.set(number, (before.get(number) ?? 0) + 1);
    };
    countOn(beside);
    const reports: WrittenFindings[] = [];
    for (const [piece, report] of found) {
      const group = groups.find((candidate) => candidate.includes(piece)) ?? [piece];
      const again = report.alike.some((number) => before.has(number))
        ? (await execute({ ...taskOf(group), before }, setup))[group.indexOf(piece)]?.report
        : undefined;
      reports.push(again ?? report);
      countOn(report);
    }
    return reports;
  }
}

/** Does tasks in this thread, and never two at once: each holds a large file. */
function oneByOne(world: World): Execute {
  let before: Promise<unknown> = Promise.resolve();
  return (task, setup) => {
    const done = before.then(() => runTask(task, setup, world));
    before = done.catch(() => undefined);
    return done;
  };
}

const nobody: Survey = {
  names: new Float64Array(),
  headcounts: [],
  hasSuppressions: false,
  sketch: undefined,
};

/** The same people, each standing once. */
function combined(headcounts: readonly Headcount[]): Headcount[] {
  const known = new Map<string, Headcount>();
  for (const { key, facts, users } of headcounts)
    known.set(key, { key, facts, users: users + (known.get(key)?.users ?? 0) });
  return [...known.values()];
}

function inOrder(uris: ReadonlySet<string>, folder: string): [name: string, uri: string][] {
  const named = Array.from(uris, (uri): [string, string] => [displayPath(uri, folder), uri]);
  return named.sort(([a], [b]) => compare(a, b));
}

function countUsers(project: Project, reported: ReadonlySet<string>, sums: Sums): void {
  project.check();
  for (const workspace of project.workspaces) {
    const population = workspace.population(({ uri }) => reported.has(uri));
    sums.users += population.users;
    sums.twoFactorUsers += population.twoFactorUsers;
  }
}
