/** Settings, rules and values of lync.config.yaml. */
import { CompletionItemKind, type CompletionList, type Position } from 'vscode-languageserver-types';
import type { Rule } from '../../linter/rule.ts';
import { item, listedIn, placeIn, presentIn, stepsTo, type WordPlace } from '../../model/cursor.ts';
import type { Deployment } from '../../model/deployment.ts';
import { sketchAt } from '../../parser/sketch.ts';
import type { Entry, SketchCursor } from '../../parser/sketchWords.ts';
import type { SourceFile } from '../../parser/sourceFile.ts';
import {
  settingAt,
  settingsBelow,
  severityMeanings,
  type SettingType,
} from '../../schema/configurationSchema.ts';
import {
  keyInsertion,
  toList,
  valueInsertion,
  withoutBlank,
  type CompletionOptions,
  type Draft,
  type Snippet,
} from './completionItems.ts';
import { registrarPools } from './pools.ts';
import { describeRule, describeSetting } from '../hover/hoverConfiguration.ts';
import { plain } from '../markdown.ts';

/** What may stand at a position of a configuration; `undefined` where nothing of it is known. */
export function completeConfiguration(
  file: SourceFile,
  deployment: Deployment,
  rules: readonly Rule[],
  position: Position,
  options: CompletionOptions,
): CompletionList | undefined {
  const { text } = file;
  const at = file.offsetAt(position);
  const cursor = sketchAt(text, at);
  if (!cursor) return text.trim() === '' && at === text.length ? first(file, options) : undefined;
  if (cursor.at === 'comment' || cursor.at === 'alias') return undefined;
  const place = placeIn(text, 0, at, cursor.word, cursor.at === 'stray' ? undefined : cursor.entry);
  return toList(file, place, [...drafts(text, cursor, place, deployment, rules)], options);
}

function first(file: SourceFile, options: CompletionOptions): CompletionList | undefined {
  const at = file.length;
  const word = { start: at, end: at, text: '', quote: '', closed: true } as const;
  const place = placeIn(file.text, 0, at, word, undefined);
  return toList(file, place, [...settingDrafts(place, [], new Map(), false)], options);
}

function* drafts(
  text: string,
  cursor: Exclude<SketchCursor, { at: 'comment' }>,
  place: WordPlace,
  deployment: Deployment,
  rules: readonly Rule[],
): Generator<Draft> {
  if (cursor.at === 'stray') {
    const path = cursor.sequence && stepsTo(cursor.sequence.holder).filter((step) => step !== item);
    if (path?.join('.') === 'twoFactor.pools') yield poolDraft(place, '- ', deployment);
    else if (!path && place.column === 0 && cursor.word.text === '')
      yield* settingDrafts(place, [], new Map(), false);
    return;
  }
  const { entry } = cursor;
  const steps = stepsTo(cursor.at === 'key' && entry.of ? entry.of.holder : entry);
  const path = steps.filter((step) => step !== item);
  const mapping = cursor.at === 'key' ? entry.of : undefined;
  const present = mapping ? presentIn(mapping, entry) : new Map<string, string>();
  const setting = settingAt(path);
  const below = isBelow(text, place);
  const hasColon = mapping !== undefined && entry.colon;
  if (mapping || path.length === 0) {
    if (path[0] === 'rules' && path.length === 1) yield* ruleDrafts(place, present, rules, hasColon);
    else yield* settingDrafts(place, path, present, hasColon);
  } else if (path[0] === 'rules' && path.length === 2) {
    yield* severityDrafts(
      place,
      rules.find(({ id }) => id === path[1]),
    );
  } else if (path[0] === 'rules' && path.length === 1 && below) {
    yield* ruleDrafts(place, present, rules, false);
  } else if (setting?.type === 'pools') {
    // Behind a dash an entry begins with its first key; in brackets it is one as a whole.
    if (steps.at(-1) === item && entry.of?.flow !== true) yield* settingDrafts(place, path, present, false);
    else if (entry.of?.flow === true || below)
      yield poolDraft(place, entry.of?.flow === true ? '' : '- ', deployment);
  } else if (setting?.settings) {
    if (below) yield* settingDrafts(place, path, present, false);
  } else if (setting) {
    yield* valueDrafts(place, setting, deployment, poolsBeside(entry));
  }
}

/** Whether the word at the cursor stands on a line of its own. */
function isBelow(text: string, { start, quote }: WordPlace): boolean {
  const line = text.lastIndexOf('\n', start - 1) + 1;
  return text.slice(line, start - quote.length).trim() === '';
}

function* settingDrafts(
  place: WordPlace,
  path: readonly string[],
  present: ReadonlyMap<string, string>,
  hasColon: boolean,
): Generator<Draft> {
  for (const setting of settingsBelow(path)) {
    if (present.has(setting.name.toLowerCase())) continue;
    const { snippet, isNested } = behind(setting, place);
    const insert = keyInsertion(place, setting.name, hasColon, snippet);
    yield {
      label: setting.name,
      kind: CompletionItemKind.Property,
      insert: isNested ? { ...insert, text: withoutBlank(insert.text) } : insert,
      detail: setting.default === undefined ? setting.type : `default: ${setting.default}`,
      documentation: () => describeSetting(setting, [...path, setting.name]),
      retrigger: !hasColon && ['boolean', 'enum', 'pool', 'mapping', 'rules'].includes(setting.type),
    };
  }
}

/** What follows a new key: its settings on lines below, or a value on the same. */
function behind(setting: SettingType, place: WordPlace): { snippet: Snippet; isNested: boolean } {
  const below = `${place.eol}${' '.repeat(place.column + 2)}`;
  switch (setting.type) {
    case 'globs':
      return { snippet: { snippet: "['$0']" }, isNested: false };
    case 'pools':
      return place.flow
        ? { snippet: { snippet: '[{ pool: $0 }]' }, isNested: false }
        : { snippet: { snippet: `${below}- pool: $0` }, isNested: true };
    case 'mapping':
    case 'rules':
      return place.flow
        ? { snippet: { snippet: '{ $0 }' }, isNested: false }
        : { snippet: { snippet: `${below}$0` }, isNested: true };
    default:
      return { snippet: { snippet: '$0' }, isNested: false };
  }
}

function* ruleDrafts(
  place: WordPlace,
  present: ReadonlyMap<string, string>,
  rules: readonly Rule[],
  hasColon: boolean,
): Generator<Draft> {
  for (const rule of rules) {
    if (present.has(rule.id)) continue;
    yield {
      label: rule.id,
      kind: CompletionItemKind.Property,
      insert: keyInsertion(place, rule.id, hasColon),
      detail: `${rule.severity} by default`,
      documentation: () => describeRule(rule),
      retrigger: !hasColon,
    };
  }
}

function* severityDrafts(place: WordPlace, rule: Rule | undefined): Generator<Draft> {
  for (const [severity, meaning] of Object.entries(severityMeanings)) {
    yield {
      label: severity,
      kind: CompletionItemKind.EnumMember,
      insert: valueInsertion(place, severity),
      detail: severity === rule?.severity ? 'default' : meaning,
      documentation: () => [plain(meaning), ...(rule ? [...describeRule(rule)] : [])],
    };
  }
}

function* valueDrafts(
  place: WordPlace,
  setting: SettingType,
  deployment: Deployment,
  taken: ReadonlySet<string>,
): Generator<Draft> {
  const draft = (value: string | boolean, detail: string | undefined): Draft => ({
    label: String(value),
    kind: CompletionItemKind.Value,
    insert: valueInsertion(place, value),
    detail,
  });
  switch (setting.type) {
    case 'boolean':
      for (const value of [true, false])
        yield draft(value, setting.default === String(value) ? 'default' : undefined);
      return;
    case 'enum':
    case 'name':
      for (const [value, meaning] of Object.entries(setting.values ?? {})) yield draft(value, meaning);
      return;
    case 'pool':
      for (const name of registrarPools(deployment))
        if (!taken.has(name.toLowerCase())) yield draft(name, deployment.topology.siteOf(name));
      return;
    case 'globs':
      if (setting.name === 'files') yield draft('**/*.lync.{yaml,yml}', 'default');
      return;
    default:
      return;
  }
}

/** The pools that other entries of the same list name. */
function poolsBeside(entry: Entry): ReadonlySet<string> {
  const list = entry.of?.holder.of;
  const taken = new Set<string>();
  for (const other of list?.kind === 'sequence' ? list.entries : []) {
    if (other === entry.of?.holder || !other.value || 'text' in other.value) continue;
    const name = presentIn(other.value, undefined).get('pool');
    if (name !== undefined) taken.add(name.toLowerCase());
  }
  for (const name of entry.of?.kind === 'sequence' ? listedIn(entry.of, entry) : []) taken.add(name);
  return taken;
}

function poolDraft(place: WordPlace, dash: string, deployment: Deployment): Draft {
  const [pool = 'pool01.contoso.com'] = registrarPools(deployment);
  const entry = `{ pool: \${1:${pool}}, method: \${2:SmartCard} }`;
  return {
    label: `${dash}{ pool, method }`,
    kind: CompletionItemKind.Snippet,
    insert: { start: place.start, end: place.end, text: { snippet: dash + entry } },
    filter: 'pool',
    detail: 'a two-factor pool',
  };
}
