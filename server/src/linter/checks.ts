/** Runs the rules over a deployment and keeps what they find, with the thing that it is about, until that may have changed. */
import { severities } from '../model/configuration.ts';
import type { BlockContents, ContentsChange, FileContents } from '../model/contents.ts';
import type { Deployment } from '../model/deployment.ts';
import type { LyncObject } from '../model/object.ts';
import { place, type Place } from '../model/place.ts';
import { release, track, type Reader } from '../model/tracking.ts';
import type { Block } from '../parser/block.ts';
import type { SourceFile } from '../parser/sourceFile.ts';
import type { Finding, Report } from './finding.ts';
import type { Rule } from './rule.ts';
import { suppressionsIn, Suppressions } from './suppressions.ts';

/** One thing that rules have looked at: what they found, and what they read to find it. */
class Check implements Reader {
  epoch = 0;
  findings: readonly Finding[] = [];
  /** The file that it is about; none for the deployment. */
  readonly file: SourceFile | undefined;
  readonly #look: () => readonly Finding[];
  readonly #stale: Set<Check>;

  constructor(file: SourceFile | undefined, look: () => readonly Finding[], stale: Set<Check>) {
    this.file = file;
    this.#look = look;
    this.#stale = stale;
    stale.add(this);
  }

  run(): void {
    this.findings = track(this, this.#look);
  }

  invalidate(): void {
    release(this);
    this.#stale.add(this);
  }

  end(): void {
    release(this);
    this.#stale.delete(this);
  }
}

export class Checks {
  readonly #deployment: Deployment;
  readonly #rules: readonly Rule[];
  readonly #objectRules = new Map<string, readonly Rule[]>();
  readonly #blockRules: readonly Rule[];
  readonly #ofBlock = new Map<Block, Check[]>();
  readonly #ofDeployment: Check;
  readonly #stale = new Set<Check>();
  readonly #touched = new Set<SourceFile>();
  readonly #suppressing = new Map<FileContents, Set<Block>>();

  constructor(deployment: Deployment, rules: readonly Rule[]) {
    this.#deployment = deployment;
    this.#rules = rules;
    this.#blockRules = rules.filter(({ block }) => block);
    this.#ofDeployment = new Check(undefined, () => this.#checkDeployment(), this.#stale);
  }

  /** Follows a change of what a file contains. */
  change(
    file: FileContents,
    { removed, added }: ContentsChange,
    gone: Iterable<Block>,
    come: Iterable<Block>,
  ): void {
    const suppressing = this.#suppressing.get(file) ?? new Set();
    this.#suppressing.set(file, suppressing);
    for (const block of [...gone, ...removed.keys()]) {
      for (const check of this.#ofBlock.get(block) ?? []) check.end();
      this.#ofBlock.delete(block);
      suppressing.delete(block);
    }
    for (const block of new Set([...come, ...added.keys()])) {
      const contents = file.of(block);
      const checks = contents.objects.map(
        (object) => new Check(file.file, () => this.#checkObject(object), this.#stale),
      );
      checks.push(new Check(file.file, () => this.#checkBlock(file, block, contents), this.#stale));
      this.#ofBlock.set(block, checks);
      if (block.text.includes('lync-')) suppressing.add(block);
    }
  }

  /** Looks again at what may have changed. */
  run(): void {
    while (this.#stale.size > 0) {
      const checks = [...this.#stale];
      this.#stale.clear();
      for (const check of checks) {
        const before = check.findings;
        check.run();
        if (check.file) this.#touched.add(check.file);
        for (const { at } of [...before, ...check.findings]) this.#touched.add(at.file);
      }
    }
  }

  /** The files in which findings may differ from what they were at the last call. */
  takeTouched(): Set<SourceFile> {
    const touched = new Set(this.#touched);
    this.#touched.clear();
    return touched;
  }

  /** What was found in a file, in the order of its text, without what its comments silence. */
  findingsIn(file: FileContents): Finding[] {
    const found: { readonly finding: Finding; readonly offset: number }[] = [];
    const suppressions = this.#suppressionsOf(file);
    const take = (finding: Finding): void => {
      const { block, start } = finding.at;
      if (finding.at.file !== file.file || !file.file.blocks.has(block)) return;
      if (suppressions?.silences(finding.rule.id, file.file.positionInBlock(block, start).line)) return;
      found.push({ finding, offset: file.file.blocks.startOf(block).offset + start });
    };
    for (const block of file.file.blocks)
      for (const check of this.#ofBlock.get(block) ?? []) check.findings.forEach(take);
    this.#ofDeployment.findings.forEach(take);
    found.sort((a, b) => a.offset - b.offset || compare(a.finding.rule.id, b.finding.rule.id));
    return found.map(({ finding }) => finding);
  }

  /** What the rules about the whole deployment found in a file that is none of it: its configuration. */
  findingsOfDeployment(file: SourceFile): Finding[] {
    const found = this.#ofDeployment.findings.filter(
      ({ at }) => at.file === file && file.blocks.has(at.block),
    );
    const offset = ({ at }: Finding): number => file.absolute(at.block, at).start;
    return found.sort((a, b) => offset(a) - offset(b) || compare(a.rule.id, b.rule.id));
  }

  #suppressionsOf(file: FileContents): Suppressions | undefined {
    const blocks = this.#suppressing.get(file);
    if (!blocks || blocks.size === 0) return undefined;
    const found = [...blocks].flatMap((block) => {
      const { line } = file.file.blocks.startOf(block);
      return suppressionsIn(block).map((suppression) => ({
        ...suppression,
        fileLine: line + suppression.line,
      }));
    });
    return found.length > 0 ? new Suppressions(found) : undefined;
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

  #checkBlock(file: FileContents, block: Block, contents: BlockContents): Finding[] {
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
