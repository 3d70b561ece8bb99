/** Runs the rules over a deployment and keeps what they find, with the block that it is about, until that may have changed. */
import type { FileContents } from '../model/contents.ts';
import type { Deployment } from '../model/deployment.ts';
import type { LyncObject } from '../model/object.ts';
import { release, track, type Reader } from '../model/tracking.ts';
import type { Block } from '../parser/block.ts';
import type { SourceFile } from '../parser/sourceFile.ts';
import { Check, nothing, Tallies, type Tally } from './check.ts';
import type { Finding } from './finding.ts';
import { Ledger } from './ledger.ts';
import { internalError, Look } from './look.ts';
import { Profiles } from './profiles.ts';
import type { Rule } from './rule.ts';
import { sightOf, type Sight } from './unusedSuppressions.ts';

/** The rules about the deployment as a whole: what they found, and whether they must look again. */
class Overview implements Reader {
  epoch = 0;
  stale = true;
  findings: readonly Finding[] = [];
  sight: Sight | undefined;

  invalidate(): void {
    this.stale = true;
  }
}

/** A person, and what is found of all who are alike. */
interface Alike {
  readonly person: LyncObject;
  readonly shared: Tally;
}

/** How many checks keep their findings in words: more than an editor shows. */
const mostInWords = 4096;
/** What changed last is looked at before anybody asks, unless it is more than somebody types or pastes. */
const mostFresh = 1000;

/** First come, first served, at the same cost for any length. */
class Queue {
  #checks: Check[] = [];
  #next = 0;

  get isEmpty(): boolean {
    return this.#next === this.#checks.length;
  }

  push(check: Check): void {
    this.#checks.push(check);
  }

  next(): Check | undefined {
    if (!this.isEmpty) return this.#checks[this.#next++];
    this.#checks = [];
    this.#next = 0;
    return undefined;
  }
}

export class Checks {
  readonly #deployment: Deployment;
  readonly #allRules: readonly Rule[];
  readonly #rules: Look;
  readonly #profiles = new Profiles();
  readonly #checks = new Map<Block, Check>();
  readonly #overview = new Overview();
  readonly #ledgers = new Map<SourceFile, Ledger>();
  readonly #tallies = new Tallies();
  /** What changed last, the newest at the end: it is looked at first. */
  readonly #fresh: Check[] = [];
  /** The others. Where something was found, people are looking; so it is looked at before the rest. */
  readonly #waiting = new Queue();
  readonly #calm = new Queue();
  readonly #words = new Map<Check, readonly Finding[]>();
  /** The files in which a check has findings that is not of that place. */
  readonly #visits = new Map<Check | undefined, Set<Ledger>>();
  readonly #touched = new Set<SourceFile>();
  /** People are still to come, so that nothing that depends on all of them can be said. */
  holdsBack = false;

  readonly #once: boolean;
  readonly #alone: boolean;

  /**
   * @param once nothing will change: nobody notes what depends on what, and all findings keep their words
   * @param alone each person is looked at by all rules, whatever is known of others who are alike
   */
  constructor(deployment: Deployment, rules: readonly Rule[], { once = false, alone = false } = {}) {
    this.#deployment = deployment;
    this.#allRules = rules;
    this.#rules = new Look(deployment, rules);
    this.#once = once;
    this.#alone = alone;
  }

  /** Follows a change of what a file contains: the blocks that went, and those that are new or mean something else now. */
  change(file: FileContents, gone: Iterable<Block>, come: Iterable<Block>): void {
    const ledger = this.#ledgerOf(file);
    for (const block of gone) {
      this.#end(block, ledger);
      ledger.gone(block);
    }
    for (const block of come) {
      const check = new Check(file, block, this.#enqueue);
      this.#checks.set(block, check);
      this.#enqueue(check);
      ledger.come(block);
    }
  }

  /** Takes new blocks, and looks at them at once. */
  admit(file: FileContents, blocks: readonly Block[]): void {
    const ledger = this.#ledgerOf(file);
    for (const block of blocks) {
      const check = new Check(file, block, this.#enqueue);
      this.#checks.set(block, check);
      ledger.come(block);
      this.#look(check);
    }
  }

  /** Forgets a file, after its contents were taken out. */
  drop({ file }: FileContents): void {
    this.#ledgers.delete(file);
  }

  /**
   * Looks again at what may have changed, at what was edited last first.
   * @param isEnough asked now and then: when it says yes, the rest stays for later
   * @returns whether all is done
   */
  run(isEnough = (): boolean => false): boolean {
    for (let count = 1; ; count++) {
      const check = this.#fresh.pop() ?? this.#waiting.next() ?? this.#calm.next();
      if (!check) break;
      if (check.stale) this.#look(check);
      if (count % 16 === 0 && isEnough()) return false;
    }
    if (this.#overview.stale) this.#lookOver();
    for (const ledger of this.#ledgers.values()) ledger.refresh();
    return true;
  }

  /** The files in which findings may differ from what they were at the last call. */
  takeTouched(): Set<SourceFile> {
    const touched = new Set(this.#touched);
    this.#touched.clear();
    return touched;
  }

  /** What is known to be found in a file, after a look at what changed last. */
  in(file: FileContents): Ledger {
    for (let check = this.#fresh.pop(); check; check = this.#fresh.pop()) {
      if (!check.stale) continue;
      if (this.holdsBack && !check.contents.isPerson(check.block)) this.#waiting.push(check);
      else this.#look(check);
    }
    this.#refreshOverview();
    return this.#ledgerOf(file);
  }

  /** What the rules about the whole deployment found in a file that is none of it: its configuration. */
  findingsOfDeployment(file: SourceFile): Finding[] {
    this.#refreshOverview();
    const found = this.#overview.findings.filter(({ at }) => at.file === file && file.blocks.has(at.block));
    const offset = ({ at }: Finding): number => file.absolute(at.block, at).start;
    return found.sort((a, b) => offset(a) - offset(b) || compare(a.rule.id, b.rule.id));
  }

  get sight(): Sight | undefined {
    const isDone = this.#fresh.length === 0 && this.#isAllSeen && !this.#overview.stale;
    return isDone ? this.#overview.sight : undefined;
  }

  touch(file: SourceFile): void {
    this.#touched.add(file);
  }

  checkOf(block: Block): Check | undefined {
    return this.#checks.get(block);
  }

  /** The findings of a check in words, which are kept for those that are asked for again and again. */
  findingsOf(check: Check): readonly Finding[] {
    if (check.stale) this.#look(check);
    let words = this.#words.get(check);
    // What is said may depend on more than what is counted.
    if (!words) this.#keep(check, (words = track(check, () => this.#read(check, this.#alike(check)))));
    return words;
  }

  #read({ contents, block }: Check, alike: Alike | undefined): readonly Finding[] {
    return alike
      ? this.#rules.atPerson(contents, block, alike.person, alike.shared)
      : this.#rules.at(contents, block);
  }

  readonly #enqueue = (check: Check): void => {
    if (this.#fresh.length < mostFresh) this.#fresh.push(check);
    else if (check.tally === nothing) this.#calm.push(check);
    else this.#waiting.push(check);
  };

  #look(check: Check): void {
    check.stale = false;
    const before = check.tally;
    // Nobody is told of changes where there will be none.
    if (this.#once) this.#find(check);
    else
      track(check, () => {
        this.#find(check);
      });
    if (before !== nothing || check.tally !== nothing) this.#touched.add(check.contents.file);
  }

  /** Brings a check's tally up to date, and its words where those are kept. */
  #find(check: Check): void {
    const { contents, block } = check;
    const alike = this.#alike(check);
    const ledger = this.#ledgerOf(contents);
    const keeps = this.#once || this.#words.has(check);
    if (alike && !keeps) {
      const own = this.#rules.atOwn(alike.person);
      ledger.move(check, own.length > 0 ? this.#tallies.of([...alike.shared, ...own]) : alike.shared);
      this.#visit(check, []);
      return;
    }
    const found = this.#read(check, alike);
    const own = found.filter(({ at }) => at.block === block);
    ledger.move(check, this.#tallies.of(own));
    this.#visit(check, own.length === found.length ? [] : found.filter(({ at }) => at.block !== block));
    if (keeps && found.length > 0) this.#keep(check, found);
    else this.#words.delete(check);
  }

  /** The person whom a block is about, if it is about one and nothing else. */
  #personAt({ contents, block }: Check): LyncObject | undefined {
    if (this.#alone || !contents.isPerson(block)) return undefined;
    const { objects } = contents.of(block);
    return objects.length === 1 ? objects[0] : undefined;
  }

  /** The person of a block, and what is found of all who are alike; `undefined` where nothing can be shared. */
  #alike(check: Check): Alike | undefined {
    const { contents, block } = check;
    const person = this.#personAt(check);
    if (!person) return undefined;
    const shared = this.#profiles.of(person)?.tally(() => {
      const found = this.#rules.atShared(contents, block, person);
      const isShared = found.every(({ at, rule }) => at.block === block && rule.id !== internalError);
      return isShared ? this.#tallies.of(found) : undefined;
    });
    return shared && { person, shared };
  }

  #refreshOverview(): void {
    if (this.#isAllSeen && this.#overview.stale) this.#lookOver();
  }

  get #isAllSeen(): boolean {
    return !this.holdsBack && this.#waiting.isEmpty && this.#calm.isEmpty;
  }

  #lookOver(): void {
    this.#overview.stale = false;
    const overview = this.#overview;
    track(overview, () => {
      overview.findings = this.#rules.atDeployment();
      overview.sight = sightOf(this.#deployment, this.#allRules, overview.sight);
    });
    this.#visit(undefined, overview.findings);
  }

  #keep(check: Check, words: readonly Finding[]): void {
    if (this.#words.size >= mostInWords && !this.#once) this.#words.clear();
    this.#words.set(check, words);
  }

  /** Tells the files in which findings stand that are not of the block of the check that made them. */
  #visit(check: Check | undefined, findings: readonly Finding[]): void {
    const before = this.#visits.get(check);
    if (!before && findings.length === 0) return;
    const now = new Set<Ledger>();
    for (const { file } of new Set(findings.map(({ at }) => at))) {
      this.#touched.add(file);
      const ledger = this.#ledgers.get(file);
      if (!ledger || now.has(ledger)) continue;
      now.add(ledger);
      ledger.setGuests(
        check,
        findings.filter(({ at }) => at.file === file),
      );
    }
    for (const ledger of before ?? []) {
      if (now.has(ledger)) continue;
      ledger.setGuests(check, []);
      this.#touched.add(ledger.file);
    }
    if (now.size > 0) this.#visits.set(check, now);
    else this.#visits.delete(check);
  }

  #end(block: Block, ledger: Ledger): void {
    const check = this.#checks.get(block);
    if (!check) return;
    release(check);
    check.stale = false;
    if (check.tally !== nothing) this.#touched.add(check.contents.file);
    ledger.move(check, nothing);
    this.#visit(check, []);
    this.#words.delete(check);
    this.#checks.delete(block);
  }

  #ledgerOf(contents: FileContents): Ledger {
    let ledger = this.#ledgers.get(contents.file);
    if (!ledger) this.#ledgers.set(contents.file, (ledger = new Ledger(contents, this, this.#tallies)));
    return ledger;
  }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
