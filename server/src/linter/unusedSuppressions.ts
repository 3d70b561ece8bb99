/** Suppressions that silence nothing, as findings. */
import type { FileContents } from '../model/contents.ts';
import type { Deployment } from '../model/deployment.ts';
import type { LyncObject } from '../model/object.ts';
import { sectionTypes } from '../schema/schema.ts';
import type { Finding } from './finding.ts';
import { missingSections } from './missing.ts';
import type { Rule } from './rule.ts';
import { Uses, type Silence } from './silence.ts';
import { entriesOf, pairsOf, type Entry, type Pairs } from './suppressionEntries.ts';
import {
  firstLineOf,
  isSwitch,
  unusedSuppression,
  type PlacedSuppression,
  type Stretch,
} from './suppressions.ts';
import { findingsOf, isKnown } from './unusedFindings.ts';

/** What of a deployment decides whether a suppression can be called unused. */
export interface Sight {
  /** The rule in whose name it is said. */
  readonly rule: Rule;
  readonly rules: ReadonlyMap<string, Rule>;
  /** The rules that cannot look, because sections are missing. */
  readonly blind: ReadonlySet<string>;
  readonly deployment: Deployment;
  /** The sections that the files have. */
  readonly sections: string;
}

/**
 * What suppressions are judged by now; `undefined` where nobody wants that.
 * @param before what it was: it stays the same as long as it says the same
 */
export function sightOf(
  deployment: Deployment,
  rules: readonly Rule[],
  before: Sight | undefined,
): Sight | undefined {
  const rule = rules.find(({ id }) => id === unusedSuppression);
  if (!rule) return undefined;
  const missing = [...missingSections(deployment, rules).values()].flat();
  const needy = rules.filter(({ needs }) => needs?.some((section) => !deployment.has(section)));
  const blind = new Set([...missing, ...needy.map(({ id }) => id)]);
  const present = [...sectionTypes()].filter(({ name }) => deployment.has(name)).map(({ name }) => name);
  const sections = present.join();
  const isSame = before?.sections === sections && [...blind].join() === [...before.blind].join();
  return isSame
    ? before
    : { rule, rules: new Map(rules.map((known) => [known.id, known])), blind, deployment, sections };
}

/** So many blocks are asked what a rule would have to know of them; of more nobody can say that in passing. */
const mostAsked = 64;

/** The findings about a file's suppressions. */
export function unusedSuppressions(silence: Silence, contents: FileContents, sight: Sight): Finding[] {
  const { suppressions, uses } = silence;
  const entries = suppressions.all.map((suppression) => entriesOf(suppression));
  /** Which of them silence what is said of others. */
  const usesOnOthers = new Uses();
  const { openers, ends } = pairsOf(entries.flat().filter(({ of }) => isSwitch(of)));

  const isMeta = ({ name }: Entry): boolean => name?.id === unusedSuppression;
  const isUnused = (entry: Entry): boolean => {
    const { of, name } = entry;
    if (of.kind === 'enable') return (openers.get(entry) ?? []).length === 0;
    if (isMeta(entry)) return !usesOnOthers.hasAny(of);
    const isUsed = name ? uses.has(of, name.id) : uses.hasAny(of);
    return !isUsed && isSure(entry, stretchOf(of, ends), silence, contents, sight);
  };
  const said = new Map<PlacedSuppression, Entry[]>();
  for (const [index, ofComment] of entries.entries()) {
    const suppression = suppressions.all[index];
    const found = ofComment.filter(
      (entry) => !isMeta(entry) && (!isKnown(entry, sight.rules) || isUnused(entry)),
    );
    if (!suppression || found.length === 0) continue;
    const silencer = suppressions.silencer(unusedSuppression, suppression.fileLine);
    if (silencer) usesOnOthers.add(silencer, unusedSuppression);
    else said.set(suppression, found);
  }
  // What silences the others is judged when it is known what there is to say of them.
  for (const entry of entries.flat().filter(isMeta))
    if (isUnused(entry)) said.set(entry.of, [...(said.get(entry.of) ?? []), entry]);
  const circumstances = { file: contents.file, rule: sight.rule, rules: sight.rules, openers, ends };
  return [...said].flatMap(([suppression, found]) => [...findingsOf(suppression, found, circumstances)]);
}

/** The lines on which a suppression silences. */
function stretchOf(of: PlacedSuppression, ends: Pairs['ends']): Stretch {
  const first = firstLineOf(of);
  return { first, last: isSwitch(of) ? (ends.get(of)?.of.fileLine ?? Infinity) : first };
}

/** Whether the rules could see everything where an entry silences them. */
function isSure(
  { name }: Entry,
  { first, last }: Stretch,
  { unread }: Silence,
  contents: FileContents,
  { rules, blind, deployment }: Sight,
): boolean {
  if (unread.some((stretch) => stretch.first <= last && stretch.last >= first)) return false;
  if (name && blind.has(name.id)) return false;
  const silenced = name ? [rules.get(name.id)] : [...rules.values()];
  const asked = silenced.filter((rule) => rule && (rule.lacks !== undefined || blind.has(rule.id)));
  if (asked.length === 0) return true;
  const objects = objectsIn(contents, { first, last });
  if (!objects) return false;
  const cannotJudge = (rule: Rule, object: LyncObject): boolean =>
    (rule.sections?.includes(object.section.name) ?? true) &&
    (blind.has(rule.id) || rule.lacks?.(object, deployment) === true);
  return !asked.some((rule) => rule && objects.some((object) => cannotJudge(rule, object)));
}

/** The objects whose blocks have a part of a stretch; `undefined` where those are too many. */
function objectsIn(contents: FileContents, { first, last }: Stretch): LyncObject[] | undefined {
  const objects: LyncObject[] = [];
  let count = 0;
  for (const [block, line] of contents.file.blocks.fromLine(first)) {
    if (line > last) break;
    if (++count > mostAsked) return undefined;
    objects.push(...contents.of(block).objects);
  }
  return objects;
}
