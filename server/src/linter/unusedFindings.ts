/** What is said of suppressions that silence nothing, and how they go. */
import { place } from '../model/place.ts';
import { enumerated } from '../model/wording.ts';
import type { SourceFile } from '../parser/sourceFile.ts';
import type { Finding, Related } from './finding.ts';
import { nearest } from './nearest.ts';
import type { Fix, Rule } from './rule.ts';
import { entriesOf, type Entry, type Pairs } from './suppressionEntries.ts';
import { withoutComment, withoutNames } from './suppressionText.ts';
import type { PlacedSuppression, RuleName, SuppressionKind } from './suppressions.ts';

export interface Circumstances extends Pairs {
  readonly file: SourceFile;
  /** The rule in whose name it is said. */
  readonly rule: Rule;
  readonly rules: ReadonlyMap<string, Rule>;
}

/** Whether there is a rule of that name; all rules at once are known. */
export function isKnown({ name }: Entry, rules: ReadonlyMap<string, Rule>): boolean {
  return name === undefined || rules.has(name.id);
}

/**
 * What there is to say of one comment: each name that looks like a rule's is a finding of its own.
 * @param found those of its entries that silence nothing
 */
export function* findingsOf(
  suppression: PlacedSuppression,
  found: readonly Entry[],
  circumstances: Circumstances,
): Generator<Finding> {
  const { rules } = circumstances;
  const meant = new Map(
    found.flatMap((entry) => {
      const near = entry.name && !isKnown(entry, rules) ? nearest(entry.name.id, rules.keys()) : undefined;
      return near === undefined ? [] : [[entry, near] as const];
    }),
  );
  const gone = found.filter((entry) => !meant.has(entry));
  if (gone.length > 0) yield unused(suppression, gone, circumstances);
  for (const [entry, near] of meant) yield misspelled(entry, near, circumstances);
}

function unused(
  suppression: PlacedSuppression,
  gone: readonly Entry[],
  circumstances: Circumstances,
): Finding {
  const { file, rule, openers } = circumstances;
  const isWhole = gone.length === entriesOf(suppression).length;
  // Where a stretch goes, its end has nothing left to end.
  const goneToo = [...openers].flatMap(([end, opened]) =>
    opened.length > 0 && opened.every((entry) => gone.includes(entry)) ? [end] : [],
  );
  const others = isWhole ? [] : gone.slice(1);
  const related = [
    ...others.map((entry): Related => ({ at: placeOf(entry, file), message: 'This one, too' })),
    ...goneToo.map((end): Related => ({ at: placeOf(end, file), message: 'Here it ends' })),
  ];
  const [first] = gone;
  const at = isWhole || !first ? place(file, suppression.block, suppression) : placeOf(first, file);
  const message = [...sentences(gone, isWhole, circumstances)].join(' ');
  const title = isWhole ? 'Remove the comment' : `Remove ${namesOf(gone)} from the comment`;
  const changes = [...removal(gone, file), ...removal(goneToo, file)];
  const fix: Fix = { title: goneToo.length > 0 ? `${title}, and what ends it` : title, changes };
  return { rule, message, at, related, object: undefined, severity: undefined, fixes: [fix] };
}

function misspelled(entry: Entry, near: string, { file, rule }: Circumstances): Finding {
  const at = placeOf(entry, file);
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
      changes: removal([entry], file),
      onlyByHand: true,
    },
  ];
  const message = `There is no rule '${id}': is '${near}' meant?`;
  return { rule, message, at, related: [], object: undefined, severity: undefined, fixes };
}

function placeOf({ of, name }: Entry, file: SourceFile): Finding['at'] {
  return place(file, of.block, name ?? of);
}

function removal(gone: readonly Entry[], file: SourceFile): Fix['changes'] {
  const comments = new Map<PlacedSuppression, RuleName[]>();
  for (const { of, name } of gone) comments.set(of, [...(comments.get(of) ?? []), ...(name ? [name] : [])]);
  return [...comments].flatMap(([of, names]) =>
    names.length === of.rules.length
      ? [withoutComment(file, of)]
      : [...withoutNames(file, of, new Set(names))],
  );
}

/** What there is to say of some entries of one comment. */
function* sentences(
  gone: readonly Entry[],
  isWhole: boolean,
  { rules, ends }: Circumstances,
): Generator<string> {
  const [first] = gone;
  const kind = first?.of.kind ?? 'enable';
  for (const { name } of gone.filter((entry) => !isKnown(entry, rules)))
    yield `There is no rule '${name?.id ?? ''}'${/\s/.test(name?.id ?? '') ? '; commas stand between several' : ''}.`;
  const known = gone.filter((entry) => isKnown(entry, rules));
  const where = kind === 'disable' && first && ends.has(first.of) ? 'up to its end' : places[kind];
  if (known.length > 0 && kind === 'enable')
    yield known[0]?.name
      ? `${namesOf(known)} ${known.length === 1 ? 'is' : 'are'} not disabled here, so nothing ends here.`
      : 'Nothing is disabled here, so nothing ends here.';
  else if (known.length > 0)
    yield known[0]?.name
      ? `${namesOf(known)} ${known.length === 1 ? 'finds' : 'find'} nothing ${where}, so nothing is silenced.`
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

function namesOf(entries: readonly Entry[]): string {
  return enumerated(entries.map(({ name }) => `'${name?.id ?? ''}'`));
}
