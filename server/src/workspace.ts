import picomatch from 'picomatch/posix';
import { Checks } from './linter/checks.ts';
import { judgeBy, type Judge, type Judged, type SeverityOverrides } from './linter/judge.ts';
import type { Shown } from './linter/ledger.ts';
import type { Rule } from './linter/rule.ts';
import type { PlacedSuppression } from './linter/suppressions.ts';
import { defaultConfiguration, readConfiguration, type Configuration } from './model/configuration.ts';
import type { BlockContents, FileContents } from './model/contents.ts';
import { Deployment } from './model/deployment.ts';
import type { LyncObject } from './model/object.ts';
import type { Block } from './parser/block.ts';
import type { BlockChange, SourceFile } from './parser/sourceFile.ts';

export interface WorkspaceOptions {
  /** How many people of a file enter the deployment without waiting. */
  readonly atOnce?: number;
  /** The files are read, looked at and never edited: so nobody need note what depends on what. */
  readonly once?: boolean;
  /** Each person is looked at by all rules, whatever is known of others who are alike: slow, and the same. */
  readonly alone?: boolean;
}

/** More people than these enter a deployment in slices: a file may have a hundred thousand. */
const mostAtOnce = 1000;

/** So many are read and looked at in one go, while what was read of them is at hand. */
const group = 24;

/** People of a file who are yet to enter the deployment, from `next` on. */
interface Arrival {
  readonly contents: FileContents;
  readonly blocks: readonly Block[];
  next: number;
}

/**
 * One deployment: a folder, its configuration, and the files that make it up. Of a large file the people enter by and by, and
 * are looked at as they come; what depends on all of them waits until they are in.
 */
export class Workspace {
  readonly root: string;
  readonly deployment = new Deployment();
  readonly checks: Checks;
  configurationFile: SourceFile | undefined;
  readonly #overrides: SeverityOverrides;
  readonly #mostAtOnce: number;
  #judge: Judge;
  #belongs = matcher(defaultConfiguration);
  #arrivals: Arrival[] = [];
  readonly #outside = new Set<Block>();

  constructor(
    root: string,
    rules: readonly Rule[],
    overrides: SeverityOverrides,
    { atOnce = mostAtOnce, ...options }: WorkspaceOptions = {},
  ) {
    this.root = root;
    this.#overrides = overrides;
    this.#mostAtOnce = atOnce;
    this.#judge = judgeBy(defaultConfiguration, overrides);
    this.checks = new Checks(this.deployment, rules, options);
  }

  configure(file: SourceFile | undefined): void {
    this.configurationFile = file;
    const configuration = file ? readConfiguration(file) : defaultConfiguration;
    this.deployment.configuration = configuration;
    this.#judge = judgeBy(configuration, this.#overrides);
    this.#belongs = matcher(configuration);
  }

  /** Whether the configuration counts a file to the deployment, by its path. */
  belongs(uri: string): boolean {
    return uri.startsWith(`${this.root}/`) && this.#belongs(pathIn(this.root, uri));
  }

  add(contents: FileContents): void {
    this.deployment.open(contents);
    this.#enter(contents, [], [...contents.file.blocks]);
  }

  remove(contents: FileContents): void {
    const inside = [...contents.file.blocks].filter((block) => !this.#outside.delete(block));
    this.#arrivals = this.#arrivals.filter((arrival) => arrival.contents !== contents);
    this.deployment.apply(
      inside.map((block) => [block, contents.of(block)]),
      [],
    );
    this.deployment.close(contents);
    this.checks.change(contents, inside, []);
    this.checks.drop(contents);
    this.#settleArrivals();
  }

  /** Follows an edit of one of the files. */
  change(contents: FileContents, edit: BlockChange): void {
    const { removed, added } = contents.change(edit);
    // An object may be new although its text is not, and a block may hold none.
    const gone = new Set([...edit.removed, ...removed.keys()]);
    const come = new Set([...edit.added, ...added.keys()]);
    const left: [Block, BlockContents][] = [];
    for (const block of gone) {
      const before = removed.get(block);
      if (!this.#outside.delete(block) && before) left.push([block, before]);
    }
    this.checks.change(contents, gone, []);
    this.#enter(contents, left, [...come]);
  }

  /**
   * Brings the findings up to date, as far as `isEnough` lets it.
   * @param isEnough asked now and then: when it says yes, the rest stays for later
   * @returns whether all is done
   */
  check(isEnough: () => boolean = () => false): boolean {
    return this.#arrive(isEnough) && this.checks.run(isEnough);
  }

  /** The URIs of the files in which findings may differ since the last call. */
  takeTouched(): string[] {
    return Array.from(this.checks.takeTouched(), ({ uri }) => uri);
  }

  /** What is found in a file, after its suppressions and the configuration's severities. */
  findings(file: FileContents): Judged[] {
    this.check();
    return this.checks.in(file).all(this.#judge);
  }

  /** What of a file's findings is worth showing now: see {@link Ledger.worst}. It shows what is known, and waits for nothing. */
  shown(file: FileContents, limit: number, near: Iterable<Block>): Shown {
    return this.checks.in(file).worst(limit, near, this.#judge);
  }

  /** What is known to be found in some blocks of a file. */
  findingsIn(file: FileContents, blocks: Iterable<Block>): Judged[] {
    return this.checks.in(file).in(blocks, this.#judge);
  }

  /** How many findings are known at some people, counted without words: at a cost that grows with the people alone. */
  countAt(people: Iterable<LyncObject>): number {
    const blocks = new Map<FileContents, Set<Block>>();
    const written = new Set<LyncObject>();
    for (const person of people) {
      const contents = this.deployment.file(person.file.uri);
      if (!contents) continue;
      let ofFile = blocks.get(contents);
      if (!ofFile) blocks.set(contents, (ofFile = new Set()));
      ofFile.add(person.block);
      // A block that is no item may hold others, too.
      if (person.block.kind !== 'item') written.add(person);
    }
    let total = 0;
    for (const [contents, ofFile] of blocks) {
      const ledger = this.checks.in(contents);
      const shared = [...ofFile].filter(({ kind }) => kind !== 'item');
      for (const block of shared) ofFile.delete(block);
      total += ledger.size(ofFile, this.#judge);
      if (shared.length === 0) continue;
      for (const { finding } of ledger.in(shared, this.#judge))
        if (finding.object && written.has(finding.object)) total++;
    }
    return total;
  }

  /** How many findings of each rule are known in a file. */
  counts(file: FileContents): ReadonlyMap<string, number> {
    return this.checks.in(file).counts(this.#judge);
  }

  /** The comments of a file that silence findings, by place. */
  suppressions(file: FileContents): readonly PlacedSuppression[] {
    return this.checks.in(file).suppressions();
  }

  /** What is wrong with the configuration itself. */
  configurationFindings(): Judged[] {
    const file = this.configurationFile;
    return (file ? this.checks.findingsOfDeployment(file) : []).flatMap((finding) => {
      const severity = this.#judge(finding);
      return severity === 'off' ? [] : [{ finding, severity }];
    });
  }

  /** How many users there are in the files, and how many of them sign in with two factors. */
  population(counts: (file: SourceFile) => boolean = () => true): { users: number; twoFactorUsers: number } {
    let [users, twoFactorUsers] = [0, 0];
    for (const standing of this.deployment.populated()) {
      for (const { file } of standing.users) {
        if (!counts(file)) continue;
        users++;
        if (standing.twoFactor.on) twoFactorUsers++;
      }
    }
    return { users, twoFactorUsers };
  }

  /** Takes blocks out of the deployment and others in; people beyond the first few wait. */
  #enter(contents: FileContents, left: Iterable<[Block, BlockContents]>, blocks: readonly Block[]): void {
    const people = blocks.filter((block) => contents.isPerson(block));
    const waits = people.length > this.#mostAtOnce;
    const now = waits ? blocks.filter((block) => !contents.isPerson(block)) : blocks;
    this.deployment.apply(left, entries(contents, now));
    this.checks.change(contents, [], now);
    if (!waits) return;
    this.#arrivals.push({ contents, blocks: people, next: 0 });
    for (const block of people) this.#outside.add(block);
    this.checks.holdsBack = true;
  }

  /** Lets people in who are still outside. @returns whether all are in */
  #arrive(isEnough: () => boolean): boolean {
    for (let arrival = this.#arrivals[0]; arrival; arrival = this.#arrivals[0]) {
      const { contents, blocks } = arrival;
      while (arrival.next < blocks.length) {
        const come = blocks
          .slice(arrival.next, (arrival.next += group))
          // Some may have been edited since, and have entered or gone.
          .filter((block) => this.#outside.delete(block));
        this.deployment.apply([], entries(contents, come));
        this.checks.admit(contents, come);
        if (isEnough()) return false;
      }
      this.#arrivals.shift();
    }
    this.#settleArrivals();
    return true;
  }

  #settleArrivals(): void {
    if (this.#arrivals.length === 0) this.checks.holdsBack = false;
  }
}

function* entries(contents: FileContents, blocks: Iterable<Block>): Generator<[Block, BlockContents]> {
  for (const block of blocks) yield [block, contents.of(block)];
}

function matcher({ files, exclude }: Configuration): (path: string) => boolean {
  const options = { dot: false, nocase: true };
  return picomatch([...files], { ...options, ignore: [...exclude, '**/node_modules/**'] });
}

/** A file's path below a folder, as people read it; of the folder itself, and of a file elsewhere, its name. */
export function pathIn(root: string, uri: string): string {
  return uri.startsWith(`${root}/`) ? decoded(uri.slice(root.length + 1)) : nameOfFile(uri);
}

/** The name of a file or folder, as people read it. */
export function nameOfFile(uri: string): string {
  return decoded(uri.slice(uri.lastIndexOf('/') + 1));
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
