/**
 * What differs between two states of one deployment: its files today and a month ago, say. Only what both states speak of
 * counts: of a section that one of them does not have, nothing is known there.
 */
import { identityKey } from '../schema/identity.ts';
import { sectionType, sectionTypes, type PropertyType, type SectionType } from '../schema/schema.ts';
import type { Deployment } from './deployment.ts';
import { isUnchecked, type LyncObject, type Property } from './object.ts';
import { quoted } from './wording.ts';
import { propertiesOf, worthOf, type Worth } from './worth.ts';

/** A property that is another in the second state. */
export interface Changed {
  readonly name: string;
  /** `undefined` where the schema does not know it. */
  readonly type: PropertyType | undefined;
  readonly from: Worth;
  readonly to: Worth;
}

/** An object that is in one state only, or is not the same in both. */
export interface Difference {
  readonly section: SectionType;
  /** Its name, as the second state writes it if that has it. */
  readonly subject: string;
  readonly from: LyncObject | undefined;
  readonly to: LyncObject | undefined;
  /** What differs; of an object that is in one state only all that is set. */
  readonly changes: readonly Changed[];
}

/** An object of which the states say too much or too little. */
export interface Unclear {
  readonly section: SectionType;
  readonly subject: string;
  readonly reason: string;
}

export interface Comparison {
  /** By section, and in a section as the second state has them; what only the first has comes last. */
  readonly differences: readonly Difference[];
  readonly unclear: readonly Unclear[];
  /** What the states do not say, in sentences. */
  readonly remarks: readonly string[];
}

/** What has to happen to the first of two states to become the second. */
export function compare(from: Deployment, to: Deployment): Comparison {
  const differences: Difference[] = [];
  const unclear: Unclear[] = [];
  const onlyIn: Record<'first' | 'second', string[]> = { first: [], second: [] };
  for (const section of sectionTypes()) {
    const [before, after] = [from.has(section.name), to.has(section.name)];
    if (before !== after) onlyIn[before ? 'first' : 'second'].push(section.name);
    if (!before || !after) continue;
    compareSection(section, [from, to], differences, unclear);
  }
  const remarks = [
    ...(['first', 'second'] as const)
      .filter((state) => onlyIn[state].length > 0)
      .map((state) => {
        const other = state === 'first' ? 'second' : 'first';
        return `The ${other} state does not have ${onlyIn[state].join(', ')}, so nothing is known of what is in there, and it is no part of the plan.`;
      }),
    ...unknownSections([from, to]),
    ...silences(differences, to),
  ];
  return { differences, unclear, remarks };
}

/** The way back. Its remarks are those of the way there. */
export function reversed({ differences, unclear, remarks }: Comparison): Comparison {
  const back = differences.map(({ section, from, to, changes }) => ({
    section,
    subject: (from ?? to)?.subject ?? '',
    from: to,
    to: from,
    changes: changes.map(({ name, type, from: was, to: is }) => ({ name, type, from: is, to: was })),
  }));
  return { differences: back, unclear, remarks };
}

function compareSection(
  section: SectionType,
  [from, to]: readonly [Deployment, Deployment],
  differences: Difference[],
  unclear: Unclear[],
): void {
  const before = inState(section, from);
  const after = inState(section, to);
  const twice = new Map([...before.twice, ...after.twice]);
  for (const subject of twice.values())
    unclear.push({
      section,
      subject,
      reason: 'A state has several objects of this name: which one counts, the servers decide.',
    });
  if (before.nameless + after.nameless > 0)
    unclear.push({
      section,
      subject: '',
      reason: `An object has no ${section.key}, so nobody knows which one it is.`,
    });
  for (const key of new Set([...after.objects.keys(), ...before.objects.keys()])) {
    if (twice.has(key)) continue;
    const [old, young] = [before.objects.get(key), after.objects.get(key)];
    if (old && young && isSameText(old, young)) continue;
    // Nobody can remove what applies to all, or make it: where a state leaves it out, it has Lync's defaults.
    const isAlways = section.scopes.includes('Global') && key === 'global';
    const changes = changesOf(section, old, young, isAlways || (old !== undefined && young !== undefined));
    if (changes.length === 0 && (isAlways || (old && young))) continue;
    const subject = (young ?? old)?.subject ?? '';
    differences.push({ section, subject, from: old, to: young, changes });
  }
}

interface InState {
  readonly objects: ReadonlyMap<string, LyncObject>;
  /** Names that several objects have, by key. */
  readonly twice: ReadonlyMap<string, string>;
  readonly nameless: number;
}

function inState(section: SectionType, deployment: Deployment): InState {
  const objects = new Map<string, LyncObject>();
  const twice = new Map<string, string>();
  let nameless = 0;
  for (const object of deployment.all(section.name)) {
    const key = keyOfObject(section, object);
    if (key === undefined) nameless++;
    else if (objects.has(key)) twice.set(key, object.subject);
    else objects.set(key, object);
  }
  return { objects, twice, nameless };
}

function keyOfObject(section: SectionType, object: LyncObject): string | undefined {
  // A computer has one patch version for each component.
  if (section.name === 'CsServerPatchVersion') return object.keys.at(-1);
  const { subject } = object;
  return subject.trim() === '' ? undefined : (object.keys[0] ?? identityKey(section, subject));
}

/** Whether two objects are written alike: then nothing of them need be read. */
function isSameText(a: LyncObject, b: LyncObject): boolean {
  return (
    a.block.kind === 'item' &&
    b.block.kind === 'item' &&
    a.block.text === b.block.text &&
    !/[*&]/.test(a.block.text)
  );
}

/** @param isInBoth whether what one of them does not have has its default there */
function changesOf(
  section: SectionType,
  from: LyncObject | undefined,
  to: LyncObject | undefined,
  isInBoth: boolean,
): Changed[] {
  const [before, after] = [propertiesOf(from), propertiesOf(to)];
  const changes: Changed[] = [];
  for (const name of new Set([...after.keys(), ...before.keys()])) {
    const [old, young] = [before.get(name), after.get(name)];
    const property = young ?? old;
    if (!property || isLeftOut(section, property)) continue;
    const [was, is] = [worthOf(section, name, from, old), worthOf(section, name, to, young)];
    const isOther = isInBoth ? was.key !== is.key : was.value !== null || is.value !== null;
    if (isOther) changes.push({ name: property.name, type: property.type, from: was, to: is });
  }
  return changes;
}

/** What names the object, what only the servers or the directory write, and what nobody checks. */
function isLeftOut(section: SectionType, property: Property): boolean {
  const { name, type } = property;
  if (name === section.key || (section.key !== 'Identity' && name === 'Identity')) return true;
  // Exchange writes whether somebody has a mailbox there for voice: that is a decision of people.
  if (type?.readOnly === true && name !== 'ExUmEnabled') return true;
  return (section.name === 'CsUser' && followers.has(name)) || isUnchecked(section, property);
}

/** Properties of users that follow their pool. */
const followers = new Set(['HomeServer', 'TargetRegistrarPool', 'TargetServerIfMoving']);

function* unknownSections(states: readonly Deployment[]): Generator<string> {
  const unknown = new Set<string>();
  for (const { files } of states)
    for (const contents of files)
      for (const { key } of contents.sections())
        if (/^cs/i.test(key.text) && !sectionType(key.text)) unknown.add(key.text);
  if (unknown.size > 0)
    yield `Not compared, because no section of that name is known: ${quoted([...unknown].sort())}.`;
}

/** An export may have fewer columns than another: then nothing was cleared. */
function* silences(differences: readonly Difference[], to: Deployment): Generator<string> {
  const cleared = new Set<string>();
  for (const { section, from, to: young, changes } of differences) {
    if (section.name !== 'CsUser' || !from || !young) continue;
    for (const { name, to: worth } of changes) if (!worth.isSaid) cleared.add(name);
  }
  if (cleared.size === 0) return;
  for (const user of to.all('CsUser')) {
    for (const { name } of user.properties) cleared.delete(name);
    if (cleared.size === 0) return;
  }
  yield `No user of the second state has ${[...cleared].sort().join(', ')}, and users of the first have. If the files only leave it out, do not run what clears it.`;
}

/** Where a state cannot be read, as far as somebody can tell: then a plan would remove what is only misspelled. */
export function* unreadPlaces(
  deployment: Deployment,
): Generator<{ readonly uri: string; readonly line: number }> {
  for (const contents of deployment.files) {
    for (const [block, { misplaced }] of contents.blocks) {
      const at = block.problems[0]?.start ?? misplaced.find((entry) => entry.block === block)?.node.start;
      if (at !== undefined)
        yield { uri: contents.file.uri, line: contents.file.positionInBlock(block, at).line };
    }
  }
}
