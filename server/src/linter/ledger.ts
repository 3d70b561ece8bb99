/**
 * What was found in one file, kept as counts: findings get their words when somebody wants to read them. A file may have a
 * hundred thousand; an editor shows the worst of them.
 */
import { severities, type Severity } from '../model/configuration.ts';
import type { FileContents } from '../model/contents.ts';
import type { SourceFile } from '../parser/sourceFile.ts';
import type { Block } from '../parser/block.ts';
import { nothing, type Check, type Tallies, type Tally } from './check.ts';
import type { Finding } from './finding.ts';
import type { Judge, Judged } from './judge.ts';
import { Silence } from './silence.ts';
import { suppressionsIn, Suppressions, type PlacedSuppression, type Suppression } from './suppressions.ts';
import { unusedSuppressions, type Sight } from './unusedSuppressions.ts';
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
  /** What suppressions are judged by; `undefined` while something is yet to be looked at. */
  readonly sight: Sight | undefined;
  /** What is said of a file is something else than before. */
  touch(file: SourceFile): void;
}

/** When more checks than these lose something to suppressions, the windows are of no use. */
const mostMoved = 1000;

export class Ledger {
  readonly file: SourceFile;
  readonly #contents: FileContents;
  readonly #source: Source;
  readonly #tallies: Tallies;
  readonly #checks = new Map<Tally, Set<Check>>();
  /** Findings that stand elsewhere than in the block of the check that made them. */
  readonly #guests = new Map<Check | undefined, readonly Finding[]>();
  /** The blocks that may have suppressions, with those, once somebody has asked. */
  readonly #suppressing = new Map<Block, readonly Suppression[] | undefined>();
  /** Counts up whenever something was looked at. */
  #version = 0;
  #view: View = undisturbed;
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
    // With the same tally its findings may stand on other lines.
    this.#version++;
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
    this.#version++;
    if (findings.length > 0) this.#guests.set(check, findings);
    else this.#guests.delete(check);
  }

  come(block: Block): void {
    this.#version++;
    if (block.text.includes('lync-')) this.#suppressing.set(block, undefined);
  }

  gone(block: Block): void {
    this.#version++;
    this.#suppressing.delete(block);
  }

  /** Brings up to date what is said of suppressions, which may change although nothing in the file does. */
  refresh(): void {
    if (this.#suppressing.size > 0) this.#look();
  }

  /** The comments that silence findings, by place. */
  suppressions(): readonly PlacedSuppression[] {
    return this.#look().silence?.suppressions.all ?? [];
  }

  /** Everything that is found, by place. */
  all(judge: Judge): Judged[] {
    const view = this.#look();
    const found: Judged[] = [];
    for (const checks of this.#checks.values())
      for (const check of checks) this.#add(found, this.#own(check), view, judge);
    this.#addOthers(found, view, judge);
    return this.#inOrder(found);
  }

  /** How many findings there are of each rule. */
  counts(judge: Judge): Map<string, number> {
    const view = this.#look();
    const counts = new Map<string, number>();
    for (const [tally, size] of this.#sizes(view)) {
      if (size === 0) continue;
      for (const mark of tally)
        if (judge(mark) !== 'off') counts.set(mark.rule.id, (counts.get(mark.rule.id) ?? 0) + size);
    }
    const others: Judged[] = [];
    this.#addOthers(others, view, judge);
    for (const { finding } of others) counts.set(finding.rule.id, (counts.get(finding.rule.id) ?? 0) + 1);
    return counts;
  }

  /** How much stands in some blocks, without words. */
  size(blocks: ReadonlySet<Block>, judge: Judge): number {
    const view = this.#look();
    const sizes = new Map<Tally, number>();
    let total = 0;
    for (const block of blocks) {
      const check = this.#source.checkOf(block);
      const tally = check ? tallyIn(view, check) : nothing;
      let size = sizes.get(tally);
      if (size === undefined) sizes.set(tally, (size = tally.filter((mark) => judge(mark) !== 'off').length));
      total += size;
    }
    const others: Judged[] = [];
    this.#addOthers(others, view, judge);
    return total + others.filter(({ finding }) => blocks.has(finding.at.block)).length;
  }

  /** What stands in some blocks. */
  in(blocks: Iterable<Block>, judge: Judge): Judged[] {
    const wanted = new Set(blocks);
    const view = this.#look();
    const found: Judged[] = [];
    for (const block of wanted) {
      const check = this.#source.checkOf(block);
      if (check) this.#add(found, this.#own(check), view, judge);
    }
    const others: Judged[] = [];
    this.#addOthers(others, view, judge);
    found.push(...others.filter(({ finding }) => wanted.has(finding.at.block)));
    return this.#inOrder(found);
  }

  /**
   * At most `limit` findings: those in the blocks of `near` first, where somebody is at work, then the most severe.
   */
  worst(limit: number, near: Iterable<Block>, judge: Judge): Shown {
    const view = this.#look();
    const others: Judged[] = [];
    this.#addOthers(others, view, judge);
    const shown = new Map<Finding, Judged>();
    const take = (judged: readonly Judged[]): void => {
      for (const entry of judged) if (shown.size < limit) shown.set(entry.finding, entry);
    };
    const nearBlocks = new Set(near);
    take(this.in(nearBlocks, judge));
    let total = others.length;
    for (const [tally, size] of this.#sizes(view))
      total += size * tally.filter((mark) => judge(mark) !== 'off').length;
    for (const severity of severities) {
      const found = others.filter((other) => other.severity === severity);
      const enough = found.length + limit - shown.size;
      for (const check of this.#first(severity, limit, view, judge)) {
        if (found.length >= enough) break;
        if (nearBlocks.has(check.block)) continue;
        const own: Judged[] = [];
        this.#add(own, this.#own(check), view, judge);
        found.push(...own.filter((entry) => entry.severity === severity));
      }
      take(this.#inOrder(found));
      if (shown.size === limit) break;
    }
    return { findings: this.#inOrder([...shown.values()]), total };
  }

  /** The checks with findings of a severity in the order of the file, at least the first `most` of them. */
  #first(severity: Severity, most: number, view: View, judge: Judge): Iterable<Check> {
    const has = (tally: Tally): boolean => tally.some((mark) => judge(mark) === severity);
    const moved = view.silence?.left.size ?? 0;
    if (moved > mostMoved) return this.#scan(view, has);
    if (judge !== this.#judge) this.#windows.clear();
    this.#judge = judge;
    let window = this.#windows.get(severity);
    if (!window) {
      window = new Window(this.file.blocks, has, () => this.#scan(undisturbed, has));
      this.#windows.set(severity, window);
    }
    const first = window.first(most + moved);
    return moved === 0 ? first : first.filter((check) => has(tallyIn(view, check)));
  }

  #scan(view: View, has: (tally: Tally) => boolean): Iterable<Check> {
    let size = 0;
    for (const [tally, number] of this.#sizes(view)) if (has(tally)) size += number;
    const { blocks } = this.file;
    // Many: they come soon from the top. Few: they may be far apart.
    if (size * 8 > this.#contents.size) return this.#fromTop(view, has);
    return this.#withTally(view, has)
      .map((check) => ({ check, offset: blocks.startOf(check.block).offset }))
      .sort((a, b) => a.offset - b.offset)
      .map(({ check }) => check);
  }

  *#fromTop(view: View, has: (tally: Tally) => boolean): Generator<Check> {
    for (const block of this.file.blocks) {
      const check = this.#source.checkOf(block);
      if (check && has(tallyIn(view, check))) yield check;
    }
  }

  #withTally({ silence }: View, has: (tally: Tally) => boolean): Check[] {
    const found: Check[] = [];
    for (const [tally, checks] of this.#checks) {
      if (!has(tally) || silence?.gone.get(tally) === checks.size) continue;
      for (const check of checks) if (!silence?.left.has(check)) found.push(check);
    }
    for (const [tally, checks] of silence?.moved ?? []) {
      if (!has(tally)) continue;
      for (const check of checks) found.push(check);
    }
    return found;
  }

  /** How many checks have each tally, in parts that add up. */
  *#sizes({ silence }: View): Generator<[tally: Tally, checks: number]> {
    for (const [tally, { size }] of this.#checks) yield [tally, size - (silence?.gone.get(tally) ?? 0)];
    for (const [tally, { length }] of silence?.moved ?? []) yield [tally, length];
  }

  /** The findings of a check that stand in its block: the others are guests, here or in another file. */
  #own(check: Check): Finding[] {
    return this.#source.findingsOf(check).filter(({ at }) => at.block === check.block);
  }

  #add(found: Judged[], findings: readonly Finding[], { silence }: View, judge: Judge): void {
    for (const finding of findings) {
      if (!this.#isHere(finding)) continue;
      if (silence?.suppressions.silencer(finding.rule.id, this.#lineOf(finding))) continue;
      const severity = judge(finding);
      if (severity !== 'off') found.push({ finding, severity });
    }
  }

  /** Adds what no check of this file has found in its own block. */
  #addOthers(found: Judged[], view: View, judge: Judge): void {
    for (const findings of this.#guests.values()) this.#add(found, findings, view, judge);
    // What may silence these has been asked.
    for (const finding of view.unused) {
      const severity = judge(finding);
      if (severity !== 'off' && this.#isHere(finding)) found.push({ finding, severity });
    }
  }

  #isHere({ at }: Finding): boolean {
    return at.file === this.file && this.file.blocks.has(at.block);
  }

  #lineOf({ at }: Finding): number {
    return this.file.positionInBlock(at.block, at.start).line;
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

  /** What suppressions leave, and what is said of them. */
  #look(): View {
    const { sight } = this.#source;
    const before = this.#view;
    if (before.version === this.#version && (!sight || before.sight === sight)) return before;
    const version = this.#version;
    const silence = before.version === version ? before.silence : this.#findSilence();
    // While something is yet to be looked at, what was said before stays.
    const judged = silence && sight ? unusedSuppressions(silence, this.#contents, sight) : undefined;
    const unused = judged ?? (silence ? before.unused : []);
    this.#view = { version, silence, sight, unused };
    if (!areSame(unused, before.unused)) this.#source.touch(this.file);
    return this.#view;
  }

  #findSilence(): Silence | undefined {
    if (this.#suppressing.size === 0) return undefined;
    const { blocks } = this.file;
    const found = [...this.#suppressing].flatMap(([block, known]) => {
      const inBlock = known ?? suppressionsIn(block);
      if (!known) this.#suppressing.set(block, inBlock);
      if (inBlock.length === 0) return [];
      const { line } = blocks.startOf(block);
      return inBlock.map((suppression) => ({ ...suppression, block, fileLine: line + suppression.line }));
    });
    if (found.length === 0) return undefined;
    const own = (check: Check): Finding[] => this.#own(check);
    const checkOf = (block: Block): Check | undefined => this.#source.checkOf(block);
    const silence = new Silence(new Suppressions(found), this.file, { checkOf, own }, this.#tallies);
    for (const finding of [...this.#guests.values()].flat())
      if (this.#isHere(finding)) silence.takes(finding.rule.id, this.#lineOf(finding));
    return silence;
  }
}

/** What a file's suppressions do to it. */
interface View {
  /** The ledger's when this was worked out. */
  readonly version: number;
  /** `undefined` where there are none. */
  readonly silence: Silence | undefined;
  /** What they were judged by; `undefined` if that is yet to be done. */
  readonly sight: Sight | undefined;
  /** What is said of those that silence nothing. */
  readonly unused: readonly Finding[];
}

/** Without suppressions. */
const undisturbed: View = { version: 0, silence: undefined, sight: undefined, unused: [] };

function tallyIn({ silence }: View, check: Check): Tally {
  return silence?.left.get(check) ?? check.tally;
}

function areSame(a: readonly Finding[], b: readonly Finding[]): boolean {
  return (
    a.length === b.length &&
    a.every(({ at, message }, index) => {
      const other = b[index];
      return other?.message === message && other.at.block === at.block && other.at.start === at.start;
    })
  );
}

/** Two findings of one place, by rule, then message: in whatever order they were found. */
function compare(a: Finding, b: Finding): number {
  const [left, right] = a.rule === b.rule ? [a.message, b.message] : [a.rule.id, b.rule.id];
  return left < right ? -1 : left > right ? 1 : 0;
}
