/** Asks rules about one thing, and makes findings of what they say. */
import { severities } from '../model/configuration.ts';
import type { FileContents } from '../model/contents.ts';
import type { Deployment } from '../model/deployment.ts';
import type { LyncObject } from '../model/object.ts';
import { place, type Place } from '../model/place.ts';
import type { Block } from '../parser/block.ts';
import type { Tally } from './check.ts';
import type { Finding, Report } from './finding.ts';
import type { Rule } from './rule.ts';

/** The rules that are asked about one block. */
interface Asked {
  readonly object: readonly Rule[];
  readonly block: readonly Rule[];
}

export class Look {
  readonly #deployment: Deployment;
  readonly #rules: readonly Rule[];
  readonly #blockRules: readonly Rule[];
  readonly #ofSection = new Map<string, readonly Rule[]>();
  readonly #ofTally = new Map<string, Map<Tally, Asked>>();

  constructor(deployment: Deployment, rules: readonly Rule[]) {
    this.#deployment = deployment;
    this.#rules = rules;
    this.#blockRules = rules.filter(({ block }) => block);
  }

  /** Asks all rules. */
  at(contents: FileContents, block: Block): Finding[] {
    return this.#ask(contents, block, undefined, this.#blockRules);
  }

  /** Asks about a person the rules that are not about what is the person's own. */
  atShared(contents: FileContents, block: Block, person: LyncObject): Finding[] {
    const rules = this.#rulesOf(person.section.name).filter(({ isPersonal }) => isPersonal !== true);
    return this.#ask(contents, block, rules, this.#blockRules);
  }

  /** Asks about a person the rules that are about what is the person's own. */
  atOwn(person: LyncObject): Finding[] {
    return this.#askAbout(person, this.#askedFor(person, nobody).object);
  }

  /** Asks about a person only those rules that can have something to say: what all who are alike have is known. */
  atPerson(contents: FileContents, block: Block, person: LyncObject, shared: Tally): Finding[] {
    const asked = this.#askedFor(person, shared);
    return this.#ask(contents, block, asked.object, asked.block);
  }

  atDeployment(): Finding[] {
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

  #askedFor(person: LyncObject, shared: Tally): Asked {
    const { name } = person.section;
    let ofSection = this.#ofTally.get(name);
    if (!ofSection) this.#ofTally.set(name, (ofSection = new Map<Tally, Asked>()));
    let asked = ofSection.get(shared);
    if (!asked) {
      const speaks = (rule: Rule): boolean => shared.some((mark) => mark.rule === rule);
      asked = {
        object: this.#rulesOf(name).filter((rule) => rule.isPersonal === true || speaks(rule)),
        block: this.#blockRules.filter(speaks),
      };
      ofSection.set(shared, asked);
    }
    return asked;
  }

  #rulesOf(section: string): readonly Rule[] {
    let rules = this.#ofSection.get(section);
    if (!rules) {
      rules = this.#rules.filter(
        (rule) => rule.object && (!rule.sections || rule.sections.includes(section)),
      );
      this.#ofSection.set(section, rules);
    }
    return rules;
  }

  #ask(
    file: FileContents,
    block: Block,
    objectRules: readonly Rule[] | undefined,
    blockRules: readonly Rule[],
  ): Finding[] {
    const contents = file.of(block);
    const findings: Finding[] = [];
    for (const object of contents.objects)
      findings.push(...this.#askAbout(object, objectRules ?? this.#rulesOf(object.section.name)));
    if (blockRules.length === 0) return findings;
    const found = this.#run(
      blockRules,
      undefined,
      (rule) => rule.block?.({ file, block, contents }, this.#deployment),
      () => place(file.file, block, { start: 0, end: 0 }),
    );
    findings.push(...found);
    return findings;
  }

  #askAbout(object: LyncObject, rules: readonly Rule[]): Finding[] {
    return this.#run(rules, object, (rule) => rule.object?.(object, this.#deployment));
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
        const reporter = this.#rules.find(({ id }) => id === internalError);
        const message = `The rule '${rule.id}' failed here (${error instanceof Error ? error.message : String(error)}). The other rules went on; this is a defect of the checker, not of the file.`;
        if (at && reporter) findings.push(complete(reporter, { message }, at, object));
      }
      findings.push(...(object ? merged(found) : found));
    }
    return findings;
  }
}

const nobody: Tally = [];

/** The rule under whose name it is reported that another one failed. */
export const internalError = 'internal-error';

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
