/**
 * What was found in one file, kept as counts: findings get their words when somebody wants to read them. A file may have a
 * hundred thousand; an editor shows the worst of them.
 */
import { severities, type Severity } from '../model/configuration.ts';
import type { FileContents } from '../model/contents.ts';
import type { SourceFile } from '../parser/sourceFile.ts';
import { countLineEnds, type Block } from '../parser/block.ts';
import { nothing, type Check, type Tallies, type Tally } from './check.ts';
import type { Finding } from './finding.ts';
import type { Judge, Judged } from './judge.ts';
import { suppressionsIn, Suppressions } from './suppressions.ts';
import { Window } from './window.ts';

/** What of a file's findings is shown, and how many there are. */
export interface Shown {
  /** By place. */
  readonly findings: readonly Judged[];
  readonly total: number;
}

/** What a ledger asks of those who keep the checks. */
export interface Source {
  checkOf(block: Block): Check | undefined;
  /** The findings of a check, in words. */
  findingsOf(check: Check): readonly Finding[];
}

export class Ledger {
  readonly file: SourceFile;
  readonly #contents: FileContents;
  readonly #source: Source;
  readonly #tallies: Tallies;
  readonly #checks = new Map<Tally, Set<Check>>();
  /** Findings that stand elsewhere than in the block of the check that made them. */
  readonly #guests = new Map<Check | undefined, readonly Finding[]>();
  readonly #suppressing = new Set<Block>();
  /** The first checks of each severity, as `#judge` sees it. */
  readonly #windows = new Map<Severity, Window>();
  #judge: Judge | undefined;

  constructor(contents: FileContents, source: Source, tallies: Tallies) {
    this.file = contents.file;
    this.#contents = contents;
    this.#source = source;
    this.#tallies = tallies;
  }

  /** A check has a new tally: `nothing` when it ends. */
  move(check: Check, tally: Tally): void {
    if (check.tally === tally) return;
    const before = check.tally;
    const same = this.#checks.get(before);
    same?.delete(check);
    if (same?.size === 0) this.#checks.delete(before);
    check.tally = tally;
    for (const window of this.#windows.values()) window.move(check, before, tally);
    if (tally === nothing) return;
    const checks = this.#checks.get(tally);
    if (checks) checks.add(check);
    else this.#checks.set(tally, new Set([check]));
  }

  /** Takes the findings that a check of another block, or the deployment's (`undefined`), has in this file. */
  setGuests(check: Check | undefined, findings: readonly Finding[]): void {
    if (findings.length > 0) this.#guests.set(check, findings);
    else this.#guests.delete(check);
  }

  come(block: Block): void {
    if (block.text.includes('lync-')) this.#suppressing.add(block);
  }

  gone(block: Block): void {
    this.#suppressing.delete(block);
  }

  /** Everything that is found, by place. */
  all(judge: Judge): Judged[] {
    const view = this.#view();
    const found: Judged[] = [];
    for (const checks of view.checks.values())
      for (const check of checks) this.#add(found, this.#own(check), view, judge);
    this.#addGuests(found, view, judge);
    return this.#inOrder(found);
  }

  /** How many findings there are of each rule. */
  counts(judge: Judge): Map<string, number> {
    const view = this.#view();
    const counts = new Map<string, number>();
    const count = (rule: string, by: number): void => {
      counts.set(rule, (counts.get(rule) ?? 0) + by);
    };
    for (const [tally, { size }] of view.checks)
      for (const mark of tally) if (judge(mark) !== 'off') count(mark.rule.id, size);
    const guests: Judged[] = [];
    this.#addGuests(guests, view, judge);
    for (const { finding } of guests) count(finding.rule.id, 1);
    return counts;
  }

  /** How much stands in some blocks, without words. */
  size(blocks: ReadonlySet<Block>, judge: Judge): number {
    const view = this.#view();
    const sizes = new Map<Tally, number>();
    let total = 0;
    for (const block of blocks) {
      const check = this.#source.checkOf(block);
      const tally = check ? view.tallyOf(check) : nothing;
      let size = sizes.get(tally);
      if (size === undefined) sizes.set(tally, (size = tally.filter((mark) => judge(mark) !== 'off').length));
      total += size;
    }
    const guests: Judged[] = [];
    this.#addGuests(guests, view, judge);
    return total + guests.filter(({ finding }) => blocks.has(finding.at.block)).length;
  }

  /** What stands in some blocks. */
  in(blocks: Iterable<Block>, judge: Judge): Judged[] {
    const wanted = new Set(blocks);
    const view = this.#view();
    const found: Judged[] = [];
    for (const block of wanted) {
      const check = this.#source.checkOf(block);
      if (check) this.#add(found, this.#own(check), view, judge);
    }
    const guests: Judged[] = [];
    this.#addGuests(guests, view, judge);
    found.push(...guests.filter(({ finding }) => wanted.has(finding.at.block)));
    return this.#inOrder(found);
  }

  /**
   * At most `limit` findings: those in the blocks of `near` first, where somebody is at work, then the most severe.
   */
  worst(limit: number, near: Iterable<Block>, judge: Judge): Shown {
    const view = this.#view();
    const guests: Judged[] = [];
    this.#addGuests(guests, view, judge);
    const shown = new Map<Finding, Judged>();
    const take = (judged: readonly Judged[]): void => {
      for (const entry of judged) if (shown.size < limit) shown.set(entry.finding, entry);
    };
    const nearBlocks = new Set(near);
    take(this.in(nearBlocks, judge));
    let total = guests.length;
    for (const [tally, { size }] of view.checks)
      total += size * tally.filter((mark) => judge(mark) !== 'off').length;
    for (const severity of severities) {
      take(guests.filter((guest) => guest.severity === severity));
      if (shown.size === limit) break;
      for (const check of this.#first(severity, limit, view, judge)) {
        if (shown.size === limit) break;
        if (nearBlocks.has(check.block)) continue;
        const found: Judged[] = [];
        this.#add(found, this.#own(check), view, judge);
        take(this.#inOrder(found.filter((entry) => entry.severity === severity)));
      }
    }
    return { findings: this.#inOrder([...shown.values()]), total };
  }

  /** The checks with findings of a severity in the order of the file, at least the first `most` of them. */
  #first(severity: Severity, most: number, view: View, judge: Judge): Iterable<Check> {
    const has = (tally: Tally): boolean => tally.some((mark) => judge(mark) === severity);
    if (view.checks !== this.#checks) return this.#scan(view, has);
    if (judge !== this.#judge) this.#windows.clear();
    this.#judge = judge;
    let window = this.#windows.get(severity);
    if (!window) {
      window = new Window(this.file.blocks, has, () => this.#scan(view, has));
      this.#windows.set(severity, window);
    }
    return window.first(most);
  }

  #scan(view: View, has: (tally: Tally) => boolean): Iterable<Check> {
    const tallies = [...view.checks.keys()].filter(has);
    const size = tallies.reduce((sum, tally) => sum + (view.checks.get(tally)?.size ?? 0), 0);
    const { blocks } = this.file;
    // Many: they come soon from the top. Few: they may be far apart.
    if (size * 8 > this.#contents.size) return this.#fromTop(new Set(tallies), view);
    return tallies
      .flatMap((tally) => [...(view.checks.get(tally) ?? [])])
      .map((check) => ({ check, offset: blocks.startOf(check.block).offset }))
      .sort((a, b) => a.offset - b.offset)
      .map(({ check }) => check);
  }

  *#fromTop(tallies: ReadonlySet<Tally>, view: View): Generator<Check> {
    for (const block of this.file.blocks) {
      const check = this.#source.checkOf(block);
      if (check && tallies.has(view.tallyOf(check))) yield check;
    }
  }

  /** The findings of a check that stand in its block: the others are guests, here or in another file. */
  #own(check: Check): Finding[] {
    return this.#source.findingsOf(check).filter(({ at }) => at.block === check.block);
  }

  #add(found: Judged[], findings: readonly Finding[], { suppressions }: View, judge: Judge): void {
    const { file } = this.#contents;
    for (const finding of findings) {
      const { file: there, block, start } = finding.at;
      if (there !== file || !file.blocks.has(block)) continue;
      if (suppressions?.silences(finding.rule.id, file.positionInBlock(block, start).line)) continue;
      const severity = judge(finding);
      if (severity !== 'off') found.push({ finding, severity });
    }
  }

  #addGuests(found: Judged[], view: View, judge: Judge): void {
    for (const findings of this.#guests.values()) this.#add(found, findings, view, judge);
  }

  #inOrder(judged: readonly Judged[]): Judged[] {
    const { blocks } = this.#contents.file;
    const placed = judged.map((entry) => {
      const { at } = entry.finding;
      return { entry, offset: blocks.startOf(at.block).offset + at.start };
    });
    placed.sort((a, b) => a.offset - b.offset || compare(a.entry.finding, b.entry.finding));
    return placed.map(({ entry }) => entry);
  }

  #view(): View {
    const suppressions = this.#suppressions();
    if (!suppressions) return { checks: this.#checks, tallyOf: (check) => check.tally, suppressions };
    return this.#silenced(suppressions);
  }

  #suppressions(): Suppressions | undefined {
    if (this.#suppressing.size === 0) return undefined;
    const { blocks } = this.#contents.file;
    const found = [...this.#suppressing].flatMap((block) => {
      const { line } = blocks.startOf(block);
      return suppressionsIn(block).map((suppression) => ({
        ...suppression,
        fileLine: line + suppression.line,
      }));
    });
    return found.length > 0 ? new Suppressions(found) : undefined;
  }

  /** The checks without what the file's comments silence. */
  #silenced(suppressions: Suppressions): View {
    const tallies = new Map<Check, Tally>();
    const checks = new Map<Tally, Set<Check>>();
    let line = 0;
    for (const block of this.#contents.file.blocks) {
      const first = line;
      line += block.lines;
      const check = this.#source.checkOf(block);
      if (!check || check.tally === nothing) continue;
      // Words and places are needed only where the silence begins or ends within the block.
      const loud: Tally = suppressions.isUniform(first, line)
        ? check.tally.filter(({ rule }) => !suppressions.silences(rule.id, first))
        : this.#own(check).filter(
            ({ rule, at }) =>
              !suppressions.silences(rule.id, first + countLineEnds(block.text.slice(0, at.start))),
          );
      const tally = this.#tallies.of(loud);
      tallies.set(check, tally);
      if (tally === nothing) continue;
      const same = checks.get(tally);
      if (same) same.add(check);
      else checks.set(tally, new Set([check]));
    }
    return { checks, tallyOf: (check) => tallies.get(check) ?? nothing, suppressions };
  }
}

/** A file's checks by what is left of their tallies. */
interface View {
  readonly checks: ReadonlyMap<Tally, ReadonlySet<Check>>;
  readonly tallyOf: (check: Check) => Tally;
  readonly suppressions: Suppressions | undefined;
}

/** Two findings of one place, by rule, then message: in whatever order they were found. */
function compare(a: Finding, b: Finding): number {
  const [left, right] = a.rule === b.rule ? [a.message, b.message] : [a.rule.id, b.rule.id];
  return left < right ? -1 : left > right ? 1 : 0;
}
