/** Runs the rules over a deployment and keeps what they find, with the block that it is about, until that may have changed. */
import { severities } from '../model/configuration.ts';
import type { BlockContents, FileContents } from '../model/contents.ts';
import type { Deployment } from '../model/deployment.ts';
import type { LyncObject } from '../model/object.ts';
import { place, type Place } from '../model/place.ts';
import { release, track, type Reader } from '../model/tracking.ts';
import type { Block } from '../parser/block.ts';
import type { SourceFile } from '../parser/sourceFile.ts';
import { Check, nothing, Tallies } from './check.ts';
import type { Finding, Report } from './finding.ts';
import { Ledger } from './ledger.ts';
import type { Rule } from './rule.ts';

/** The rules about the deployment as a whole: what they found, and whether they must look again. */
class Overview implements Reader {
  epoch = 0;
  stale = true;
  findings: readonly Finding[] = [];

  invalidate(): void {
    this.stale = true;
  }
}

/** How many checks keep their findings in words: more than an editor shows. */
const mostInWords = 4096;
/** What changed last is looked at before anybody asks, unless it is more than somebody types or pastes. */
const mostFresh = 1000;

export class Checks {
  readonly #deployment: Deployment;
  readonly #rules: readonly Rule[];
  readonly #objectRules = new Map<string, readonly Rule[]>();
  readonly #blockRules: readonly Rule[];
  readonly #checks = new Map<Block, Check>();
  readonly #overview = new Overview();
  readonly #ledgers = new Map<SourceFile, Ledger>();
  readonly #tallies = new Tallies();
  /** What changed last, the newest at the end: it is looked at first. */
  readonly #fresh: Check[] = [];
  /** The others, in the order in which they came, from `#next` on. */
  #waiting: Check[] = [];
  #next = 0;
  readonly #words = new Map<Check, readonly Finding[]>();
  /** The files in which a check has findings that is not of that place. */
  readonly #visits = new Map<Check | undefined, Set<Ledger>>();
  readonly #touched = new Set<SourceFile>();
  /** People are still to come, so that nothing that depends on all of them can be said. */
  holdsBack = false;

  constructor(deployment: Deployment, rules: readonly Rule[]) {
    this.#deployment = deployment;
    this.#rules = rules;
    this.#blockRules = rules.filter(({ block }) => block);
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
      const check = this.#fresh.pop() ?? this.#waiting[this.#next++];
      if (!check) break;
      if (check.stale) this.#look(check);
      if (count % 16 === 0 && isEnough()) return false;
    }
    this.#waiting = [];
    this.#next = 0;
    if (this.#overview.stale) this.#lookOver();
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

  checkOf(block: Block): Check | undefined {
    return this.#checks.get(block);
  }

  /** The findings of a check in words, which are kept for those that are asked for again and again. */
  findingsOf(check: Check): readonly Finding[] {
    if (check.stale) this.#look(check);
    let words = this.#words.get(check);
    if (!words) this.#keep(check, (words = this.#checkBlock(check)));
    return words;
  }

  readonly #enqueue = (check: Check): void => {
    if (this.#fresh.length < mostFresh) this.#fresh.push(check);
    else this.#waiting.push(check);
  };

  #look(check: Check): void {
    check.stale = false;
    const before = check.tally;
    const found = track(check, () => this.#checkBlock(check));
    const own = found.filter(({ at }) => at.block === check.block);
    this.#ledgerOf(check.contents).move(check, this.#tallies.of(own));
    this.#visit(check, own.length === found.length ? [] : found.filter(({ at }) => at.block !== check.block));
    if (this.#words.has(check)) this.#keep(check, found);
    if (before !== nothing || check.tally !== nothing) this.#touched.add(check.contents.file);
  }

  #refreshOverview(): void {
    const isAllSeen = !this.holdsBack && this.#next === this.#waiting.length;
    if (isAllSeen && this.#overview.stale) this.#lookOver();
  }

  #lookOver(): void {
    this.#overview.stale = false;
    this.#overview.findings = track(this.#overview, () => this.#checkDeployment());
    this.#visit(undefined, this.#overview.findings);
  }

  #keep(check: Check, words: readonly Finding[]): void {
    if (this.#words.size >= mostInWords) this.#words.clear();
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

  #checkBlock({ contents: file, block }: Check): Finding[] {
    const contents = file.of(block);
    const findings: Finding[] = [];
    for (const object of contents.objects) findings.push(...this.#checkObject(object));
    findings.push(...this.#checkText(file, block, contents));
    return findings;
  }

  #checkObject(object: LyncObject): Finding[] {
    const { name } = object.section;
    let rules = this.#objectRules.get(name);
    if (!rules) {
      rules = this.#rules.filter((rule) => rule.object && (!rule.sections || rule.sections.includes(name)));
      this.#objectRules.set(name, rules);
    }
    return this.#run(rules, object, (rule) => rule.object?.(object, this.#deployment));
  }

  #checkText(file: FileContents, block: Block, contents: BlockContents): Finding[] {
    return this.#run(
      this.#blockRules,
      undefined,
      (rule) => rule.block?.({ file, block, contents }, this.#deployment),
      () => place(file.file, block, { start: 0, end: 0 }),
    );
  }

  #checkDeployment(): Finding[] {
    const first = (): Finding['at'] | undefined => {
      const [use] = this.#deployment.files.flatMap((file) => file.sections());
      return use && place(use.file, use.block, use.key);
    };
    return this.#run(
      this.#rules,
      undefined,
      (rule) => rule.deployment?.(this.#deployment, this.#rules),
      first,
    );
  }

  /** A rule that throws is reported by its name, and the others go on. */
  #run(
    rules: readonly Rule[],
    object: LyncObject | undefined,
    look: (rule: Rule) => Iterable<Report> | undefined,
    elsewhere?: () => Finding['at'] | undefined,
  ): Finding[] {
    const findings: Finding[] = [];
    for (const rule of rules) {
      const found: Finding[] = [];
      try {
        for (const report of look(rule) ?? []) {
          const at = report.at ?? object?.at ?? elsewhere?.();
          if (at) found.push(complete(rule, report, at, object));
        }
      } catch (error) {
        const at = object?.at ?? elsewhere?.();
        const reporter = this.#rules.find(({ id }) => id === 'internal-error');
        const message = `The rule '${rule.id}' failed here (${error instanceof Error ? error.message : String(error)}). The other rules went on; this is a defect of the checker, not of the file.`;
        if (at && reporter) findings.push(complete(reporter, { message }, at, object));
      }
      findings.push(...(object ? merged(found) : found));
    }
    return findings;
  }
}

function complete(rule: Rule, report: Report, at: Finding['at'], object: LyncObject | undefined): Finding {
  const related = (report.related ?? []).filter((entry) => entry !== undefined);
  return { rule, message: report.message, at, related, object, severity: report.severity };
}

/** A rule speaks once of an object: what else it has to say of it is in the first finding, with the places. */
function merged(findings: readonly Finding[]): readonly Finding[] {
  const [first, ...others] = findings;
  if (!first || others.length === 0) return findings;
  const used = findings.map(({ rule, severity }) => severity ?? rule.severity);
  const related = [...first.related];
  for (const other of others) {
    if (!isSamePlace(other.at, first.at)) related.push({ at: other.at, message: other.message });
    related.push(...other.related);
  }
  const message = findings.map((finding) => finding.message).join(' ');
  return [{ ...first, message, related, severity: severities.find((severity) => used.includes(severity)) }];
}

function isSamePlace(a: Place, b: Place): boolean {
  return a.block === b.block && a.start === b.start && a.end === b.end;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
