/** What is found in an export, sorted: the objects of sections, and the reasons why others are none. */
import { sectionType, type SectionType } from '../schema/schema.ts';
import { isForeignList, isForeignObject, memberOf, type Foreign, type ForeignObject } from './foreign.ts';
import type { ImportedObject, Intake, Origin } from './imported.ts';
import { placeholdersIn } from './placeholders.ts';
import { bareType, sectionInName, sectionOfNames, sectionOfTypes } from './sections.ts';
import { shaped } from './shapes.ts';
import { Tally } from './tally.ts';

/** What is known of a value from where it stands. */
export interface Surroundings {
  /** Of the value, unless it says so itself. */
  readonly line?: number;
  /** The section that it must be of: it stands under its name. */
  readonly section?: SectionType;
  /** The section that something around it is named for. */
  readonly hint?: SectionType;
  /** The noun of a cmdlet that it stands under, if that is no section. */
  readonly noun?: string;
}

/** Sorts what one file holds. */
export class Sorting {
  readonly #file: string;
  readonly #isText: boolean;
  readonly #hint: SectionType | undefined;
  readonly #tally = new Tally();

  /** @param isText whether the file has nothing but text, as CSV */
  constructor(file: string, isText = false) {
    this.#file = file;
    this.#isText = isText;
    this.#hint = sectionInName(file.replace(/^.*[/\\!]/, '').replace(/\.\w+$/, ''));
  }

  /** The section of an object, if it is one's. */
  sectionOf(object: ForeignObject, around: Surroundings = {}): SectionType | undefined {
    const section = sectionOfTypes(object.types) ?? around.section;
    // What Get-CsTopology holds has the same types as what Get-CsPool and Get-CsSite print, but no names.
    if (section)
      return section.kind !== 'topology' || memberOf(object, section.key) !== undefined ? section : undefined;
    return isPlain(object) ? sectionOfNames(object.members.keys(), around.hint ?? this.#hint) : undefined;
  }

  /** What a value that stands at the top of the file, or in a package of such, comes to. */
  *take(value: Foreign, around: Surroundings = {}): Generator<Intake> {
    const taken = yield* this.#take(value, around, 0);
    if (!taken) this.#leaveOut(value, around);
  }

  /** Says what there is to say about what was left out; there is no more. */
  *remarks(): Generator<Intake> {
    for (const remark of this.#tally.remarks()) yield { remark };
  }

  /** Notes what was left out. @param key the same for what makes one remark */
  leftOut(key: string, line: number | undefined, message: (count: number) => string): void {
    this.#tally.add('left out', key, this.#origin(line), message);
  }

  /** @returns whether anything was taken, or spoken about */
  *#take(value: Foreign, around: Surroundings, depth: number): Generator<Intake, boolean> {
    if (isForeignList(value)) {
      let taken = value.length === 0;
      for (const item of value) {
        const isTaken = yield* this.#take(item, around, depth + 1);
        taken ||= isTaken;
        // Beside others that were taken, each that was not is worth a word.
        if (!isTaken && isForeignObject(item)) {
          this.#leaveOut(item, around);
          taken = true;
        }
      }
      return taken;
    }
    if (!isForeignObject(value) || depth > deepest) return false;
    const section = this.sectionOf(value, around);
    const line = value.line ?? around.line;
    if (section && this.#isUnnamed(value, section)) {
      this.leftOut(`unnamed ${section.name}`, line, (count) => unnamed(section, count));
      return true;
    }
    if (section) {
      const origin = this.#origin(line);
      const object = shaped(value, { section, origin, isText: this.#isText }, this.#tally);
      this.#noticePlaceholders(object);
      yield { object };
      return true;
    }
    if (!isPlain(value)) return false;
    return yield* this.#takeMembers(value, { ...around, ...(line ? { line } : {}) }, depth);
  }

  /** The members of a package: a hash table of exports, or what Get-CsEnvironmentInfo gathers. */
  *#takeMembers(
    { members, isRest }: ForeignObject,
    around: Surroundings,
    depth: number,
  ): Generator<Intake, boolean> {
    let taken = isRest ?? false;
    const others: [ForeignObject, Surroundings][] = [];
    for (const [name, member] of members) {
      if (isTopology(member)) {
        taken = true;
        this.leftOut('topology', around.line, topologyInside);
        continue;
      }
      if (!isForeignList(member) && !isForeignObject(member)) continue;
      const section = sectionType(name);
      const hint = section ?? sectionInName(name) ?? around.hint;
      const inside: Surroundings = {
        ...(around.line ? { line: around.line } : {}),
        ...(section ? { section } : {}),
        ...(hint ? { hint } : {}),
        ...(!section && /^Cs[A-Z]\w{1,60}$/.test(name) ? { noun: name } : {}),
      };
      const isTaken = yield* this.#take(member, inside, depth + 1);
      if (isTaken && !(isForeignList(member) && member.length === 0)) taken = true;
      else if (isForeignObject(member)) others.push([member, inside]);
    }
    // Where nothing was taken, one word about the whole will do.
    if (taken) for (const [member, inside] of others) this.#leaveOut(member, inside);
    return taken;
  }

  /** Whether it is a person whom Lync does not know: Get-CsAdUser and reports print them all. */
  #isUnnamed(object: ForeignObject, section: SectionType): boolean {
    if (section.name !== 'CsUser') return false;
    const address = memberOf(object, section.key);
    return address === null || address === '';
  }

  #noticePlaceholders(object: ImportedObject): void {
    for (const [name, property] of placeholdersIn(object))
      this.#tally.add('missing', `placeholder ${name}`, object.origin, (count) =>
        unreplaced(name, property, count),
      );
  }

  #leaveOut(value: Foreign, { line, noun, hint = this.#hint }: Surroundings): void {
    if (!isForeignObject(value)) {
      this.leftOut('no object', line, (count) =>
        count === 1
          ? 'A value that is no object was left out: an export holds what a Get-Cs cmdlet prints.'
          : `${count} values that are no objects were left out: an export holds what a Get-Cs cmdlet prints.`,
      );
      return;
    }
    const at = value.line ?? line;
    if (noun !== undefined) {
      this.leftOut(`noun ${noun}`, at, (count) =>
        count === 1
          ? `An object of ${noun} was left out: no section is called so, and no rule looks at such objects.`
          : `${count} objects of ${noun} were left out: no section is called so, and no rule looks at such objects.`,
      );
      return;
    }
    const [type] = value.types;
    if (type !== undefined && !isPlain(value)) {
      const name = bareType(type);
      this.leftOut(`type ${name}`, at, (count) =>
        count === 1
          ? `An object of type '${name}' was left out: no section has such.`
          : `${count} objects of type '${name}' were left out: no section has such.`,
      );
      return;
    }
    const names = [...value.members.keys()].slice(0, 5);
    this.leftOut(`names ${names.join('\n')}`, at, (count) => unrecognised(names, count, hint));
  }

  #origin(line: number | undefined): Origin {
    return { file: this.#file, ...(line === undefined ? {} : { line }) };
  }
}

/** Packages are flat: Get-CsEnvironmentInfo's has four layers. */
const deepest = 12;

/** Whether an object is of PowerShell's own making, and its type says nothing. */
function isPlain({ types }: ForeignObject): boolean {
  const [type] = types;
  if (type === undefined) return true;
  return /^(?:System\.Management\.Automation\.PSCustomObject|System\.Object|System\.Collections\..*|System\.Data\.DataRow)$/.test(
    bareType(type),
  );
}

function unrecognised(names: readonly string[], count: number, hint: SectionType | undefined): string {
  const which =
    names.length === 0
      ? 'no properties'
      : `properties such as ${names.map((name) => `'${name}'`).join(', ')}`;
  const what =
    count === 1 ? `An object with ${which} was left out` : `${count} objects with ${which} were left out`;
  const asked = hint ? ` They do not fit ${hint.name}, for which the file is named.` : '';
  return `${what}: it is not clear which cmdlet printed ${count === 1 ? 'it' : 'them'}.${asked} Export all properties with Export-Clixml, which keeps the type, or name the file for the cmdlet's noun: CsClientPolicy.json.`;
}

/** Get-CsEnvironmentInfo packs the topology document as text. */
function isTopology(member: Foreign): boolean {
  const text = isForeignObject(member) ? member.text : member;
  return typeof text === 'string' && /^\s*<Topology\s/.test(text);
}

function topologyInside(): string {
  return 'The topology document inside was left out: it is read only as a file of its own. Save what Get-CsTopology -AsXml prints, and import that file, too.';
}

function unreplaced(name: string, property: string, count: number): string {
  const where = count === 1 ? `in ${property} is` : `, here in ${property}, is in ${count} objects`;
  return `'${name}'${count === 1 ? ' ' : ''}${where} a variable of PowerShell that nobody has filled in. Export the objects from the deployment itself.`;
}

function unnamed(section: SectionType, count: number): string {
  return count === 1
    ? `A user without ${section.key} was left out: this account is not enabled for Lync.`
    : `${count} users without ${section.key} were left out: these accounts are not enabled for Lync.`;
}
