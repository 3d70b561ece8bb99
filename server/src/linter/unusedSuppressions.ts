/** Suppressions that silence nothing, as findings. */
import type { FileContents } from '../model/contents.ts';
import type { Deployment } from '../model/deployment.ts';
import type { LyncObject } from '../model/object.ts';
import { place } from '../model/place.ts';
import { enumerated } from '../model/wording.ts';
import { sectionTypes } from '../schema/schema.ts';
import type { Finding, Related } from './finding.ts';
import { missingSections } from './missing.ts';
import { nearest } from './nearest.ts';
import type { Fix, Rule } from './rule.ts';
import { Uses, type Silence } from './silence.ts';
import { withoutComment, withoutNames } from './suppressionText.ts';
import {
  firstLineOf,
  isSwitch,
  unusedSuppression,
  type PlacedSuppression,
  type RuleName,
  type Stretch,
  type SuppressionKind,
} from './suppressions.ts';

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

/** A suppression of one rule, or, without a name, of all. */
interface Entry {
  readonly of: PlacedSuppression;
  readonly name: RuleName | undefined;
}

/** So many blocks are asked what a rule would have to know of them; of more nobody can say that in passing. */
const mostAsked = 64;

/** The findings about a file's suppressions. */
export function unusedSuppressions(silence: Silence, contents: FileContents, sight: Sight): Finding[] {
  const { suppressions, uses } = silence;
  const { file } = contents;
  const entries = suppressions.all.map((suppression) => entriesOf(suppression));
  /** Which of them silence what is said of others. */
  const usesOnOthers = new Uses();
  const { openers, ends } = pairs(entries.flat().filter(({ of }) => isSwitch(of)));

  const isKnown = ({ name }: Entry): boolean => name === undefined || sight.rules.has(name.id);
  const isMeta = ({ name }: Entry): boolean => name?.id === unusedSuppression;
  const isUnused = (entry: Entry): boolean => {
    const { of, name } = entry;
    if (of.kind === 'enable') return (openers.get(entry) ?? []).length === 0;
    if (isMeta(entry)) return !usesOnOthers.hasAny(of);
    return !(name ? uses.has(of, name.id) : uses.hasAny(of)) && isSure(entry);
  };
  const said = new Map<PlacedSuppression, Entry[]>();
  for (const [index, ofComment] of entries.entries()) {
    const suppression = suppressions.all[index];
    const found = ofComment.filter((entry) => !isMeta(entry) && (!isKnown(entry) || isUnused(entry)));
    if (!suppression || found.length === 0) continue;
    const silencer = suppressions.silencer(unusedSuppression, suppression.fileLine);
    if (silencer) usesOnOthers.add(silencer, unusedSuppression);
    else said.set(suppression, found);
  }
  // What silences the others is judged when it is known what there is to say of them.
  for (const entry of entries.flat().filter(isMeta))
    if (isUnused(entry)) said.set(entry.of, [...(said.get(entry.of) ?? []), entry]);
  return [...said].flatMap(([suppression, found]) => [...findings(suppression, found)]);

  /** Whether the rules could see everything where the entry silences them. */
  function isSure({ of, name }: Entry): boolean {
    const first = firstLineOf(of);
    const last = isSwitch(of) ? (ends.get(of)?.of.fileLine ?? Infinity) : first;
    if (silence.unread.some((stretch) => stretch.first <= last && stretch.last >= first)) return false;
    const rules = name ? [sight.rules.get(name.id)] : [...sight.rules.values()];
    if (name && sight.blind.has(name.id)) return false;
    const asked = rules.filter((rule) => rule && (rule.lacks !== undefined || sight.blind.has(rule.id)));
    if (asked.length === 0) return true;
    const objects = objectsIn(contents, { first, last });
    if (!objects) return false;
    return !asked.some((rule) =>
      objects.some((object) =>
        rule?.lacks
          ? rule.lacks(object, sight.deployment)
          : (rule?.sections?.includes(object.section.name) ?? true),
      ),
    );
  }

  function* findings(suppression: PlacedSuppression, found: readonly Entry[]): Generator<Finding> {
    const all = [...sight.rules.keys()];
    const meant = new Map(
      found.flatMap((entry) => {
        const near = entry.name && !isKnown(entry) ? nearest(entry.name.id, all) : undefined;
        return near === undefined ? [] : [[entry, near] as const];
      }),
    );
    const gone = found.filter((entry) => !meant.has(entry));
    if (gone.length > 0) yield finding(suppression, gone);
    for (const [entry, near] of meant) yield misspelled(entry, near);
  }

  function finding(suppression: PlacedSuppression, gone: readonly Entry[]): Finding {
    const isWhole = gone.length === entriesOf(suppression).length;
    // Where a stretch goes, its end has nothing left to end.
    const goneToo = [...openers].flatMap(([end, opened]) =>
      opened.length > 0 && opened.every((entry) => gone.includes(entry)) ? [end] : [],
    );
    const others = isWhole ? [] : gone.slice(1);
    const related = [
      ...others.map((entry): Related => ({ at: placeOf(entry), message: 'This one, too' })),
      ...goneToo.map((end): Related => ({ at: placeOf(end), message: 'Here it ends' })),
    ];
    const [first] = gone;
    const at = isWhole || !first ? place(file, suppression.block, suppression) : placeOf(first);
    const message = [...sentences(gone, { isWhole, isEnded: ends.has(suppression), isKnown })].join(' ');
    const title = isWhole ? 'Remove the comment' : `Remove ${list(gone)} from the comment`;
    const changes = [...removal(gone), ...removal(goneToo)];
    const fix: Fix = { title: goneToo.length > 0 ? `${title}, and what ends it` : title, changes };
    return { rule: sight.rule, message, at, related, object: undefined, severity: undefined, fixes: [fix] };
  }

  function misspelled(entry: Entry, near: string): Finding {
    const at = placeOf(entry);
    const id = entry.name?.id ?? '';
    const isOnly = entry.of.rules.length === 1;
    const fixes: Fix[] = [
      {
        title: `Change '${id}' to '${near}'`,
        changes: [{ kind: 'replace', at, text: near }],
        onlyByHand: true,
      },
      {
        title: isOnly ? 'Remove the comment' : `Remove '${id}' from the comment`,
        changes: removal([entry]),
        onlyByHand: true,
      },
    ];
    const message = `There is no rule '${id}': is '${near}' meant?`;
    return { rule: sight.rule, message, at, related: [], object: undefined, severity: undefined, fixes };
  }

  function placeOf({ of, name }: Entry): Finding['at'] {
    return place(file, of.block, name ?? of);
  }

  function removal(gone: readonly Entry[]): Fix['changes'] {
    const comments = new Map<PlacedSuppression, RuleName[]>();
    for (const { of, name } of gone) comments.set(of, [...(comments.get(of) ?? []), ...(name ? [name] : [])]);
    return [...comments].flatMap(([of, names]) =>
      names.length === of.rules.length
        ? [withoutComment(file, of)]
        : [...withoutNames(file, of, new Set(names))],
    );
  }
}

function entriesOf(of: PlacedSuppression): Entry[] {
  return of.rules.length > 0 ? of.rules.map((name) => ({ of, name })) : [{ of, name: undefined }];
}

interface Pairs {
  /** What each end ends. */
  readonly openers: ReadonlyMap<Entry, readonly Entry[]>;
  /** Where a stretch ends, if all of it does. */
  readonly ends: ReadonlyMap<PlacedSuppression, Entry>;
}

/** @param switches in the order of the file */
function pairs(switches: readonly Entry[]): Pairs {
  const openers = new Map<Entry, readonly Entry[]>();
  const ends = new Map<PlacedSuppression, Entry>();
  let open: Entry[] = [];
  for (const entry of switches) {
    if (entry.of.kind === 'disable') {
      open.push(entry);
      continue;
    }
    const { name } = entry;
    openers.set(
      entry,
      open.filter((other) => !name || !other.name || other.name.id === name.id),
    );
    // A stretch of all rules goes on for the others when one is enabled.
    const ended = open.filter((other) => !name || other.name?.id === name.id);
    open = open.filter((other) => !ended.includes(other));
    for (const { of } of ended) if (!open.some((other) => other.of === of)) ends.set(of, entry);
  }
  return { openers, ends };
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

interface Circumstances {
  readonly isWhole: boolean;
  readonly isEnded: boolean;
  readonly isKnown: (entry: Entry) => boolean;
}

/** What there is to say of some entries of one comment. */
function* sentences(gone: readonly Entry[], { isWhole, isEnded, isKnown }: Circumstances): Generator<string> {
  const kind = gone[0]?.of.kind ?? 'enable';
  for (const { name } of gone.filter((entry) => !isKnown(entry)))
    yield `There is no rule '${name?.id ?? ''}'${/\s/.test(name?.id ?? '') ? '; commas stand between several' : ''}.`;
  const known = gone.filter(isKnown);
  const where = kind === 'disable' && isEnded ? 'up to its end' : places[kind];
  if (known.length > 0 && kind === 'enable')
    yield known[0]?.name
      ? `${list(known)} ${known.length === 1 ? 'is' : 'are'} not disabled here, so nothing ends here.`
      : 'Nothing is disabled here, so nothing ends here.';
  else if (known.length > 0)
    yield known[0]?.name
      ? `${list(known)} ${known.length === 1 ? 'finds' : 'find'} nothing ${where}, so nothing is silenced.`
      : `No rule finds anything ${where}, so nothing is silenced.`;
  const what = isWhole ? 'the comment' : gone.length === 1 ? 'the name' : 'the names';
  if (kind === 'enable') yield `Remove ${what}.`;
  else yield `Remove ${what}, before ${what === 'the names' ? 'they hide' : 'it hides'} something new.`;
}

const places: Readonly<Record<SuppressionKind, string>> = {
  'disable-next-line': 'on the next line',
  'disable-line': 'on this line',
  disable: 'from here on',
  enable: 'here',
};

function list(entries: readonly Entry[]): string {
  return enumerated(entries.map(({ name }) => `'${name?.id ?? ''}'`));
}
