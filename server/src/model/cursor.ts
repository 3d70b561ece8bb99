/** Which path, key or value a cursor is in, in complete and in half-typed text. Everything that completes asks here. */
import type { Block } from '../parser/block.ts';
import { sketchAt } from '../parser/sketch.ts';
import type { Collection, Entry, SketchCursor, Word } from '../parser/sketchWords.ts';
import type { Span } from '../parser/span.ts';
import { sectionType, type PropertyType, type SectionType } from '../schema/schema.ts';
import type { FileContents } from './contents.ts';
import type { LyncObject } from './object.ts';
import { suppressionCursor, type SuppressionCursor } from './suppressionCursor.ts';

/** The word that the cursor is in, maybe empty, and how it is written. */
export interface WordPlace extends Span {
  /** Both ends count from the start of the file, and leave quotes out. */
  readonly start: number;
  readonly end: number;
  /** What of the word is in front of the cursor. */
  readonly typed: string;
  readonly quote: Word['quote'];
  readonly closed: boolean;
  /** Of the word, its quote included, on its line: from 0, in UTF-16 units. */
  readonly column: number;
  /** Whether the word touches the colon, dash or comma in front of it. */
  readonly needsSpace: boolean;
  readonly flow: boolean;
  /** Whether strings are in double quotes around here, as in JSON. */
  readonly json: boolean;
  /** The file's line end. */
  readonly eol: string;
}

/** The keys of an object, in lower case, with their values as text; empty where the value is no scalar. */
export type Present = ReadonlyMap<string, string>;

export interface SectionCursor {
  readonly kind: 'section';
  readonly place: WordPlace;
  readonly hasColon: boolean;
}

/** Where a new object of a section may begin. */
export interface ItemCursor {
  readonly kind: 'item';
  readonly section: SectionType;
  readonly place: WordPlace;
  /** Whether a section may begin here as well. */
  readonly orSection: boolean;
}

export interface PropertyCursor {
  readonly kind: 'property';
  readonly section: SectionType;
  readonly place: WordPlace;
  readonly hasColon: boolean;
  /** Without the word at the cursor. */
  readonly present: Present;
  /** Whether the word is all that there is of the object, so that a whole one may take its place. */
  readonly isAlone: boolean;
  readonly object: LyncObject | undefined;
}

export interface ValueCursor {
  readonly kind: 'value';
  readonly section: SectionType;
  /** As the schema spells it; as written where the schema does not know it. */
  readonly property: string;
  readonly type: PropertyType | undefined;
  readonly place: WordPlace;
  readonly present: Present;
  /** Of an item of a list: the others. */
  readonly listed: readonly string[] | undefined;
  /** Whether the item lacks its dash. */
  readonly needsDash: boolean;
  readonly object: LyncObject | undefined;
}

/** Behind the `*` of an alias. */
export interface AliasCursor {
  readonly kind: 'alias';
  readonly place: WordPlace;
  /** What only can stand there: what a merge key names, and an object, are mappings. */
  readonly holds: 'mapping' | 'anything';
}

export type CursorContext =
  SectionCursor | ItemCursor | PropertyCursor | ValueCursor | AliasCursor | SuppressionCursor;

/**
 * What the cursor at `offset` (UTF-16, from the start of the file) is in.
 * @returns `undefined` where nothing of ours can be written: in block scalars, comments, sections that are not known
 */
export function cursorAt(contents: FileContents, offset: number): CursorContext | undefined {
  const { file } = contents;
  const found = file.blocks.at(offset);
  if (!found) return { kind: 'section', place: emptyPlace, hasColon: false };
  const { block } = found;
  const at = offset - found.start.offset;
  if (block.kind === 'elided' || !mayHoldWord(block.text, at)) return undefined;
  if (block.kind === 'aside') return inAside(contents, block, at, found.start.offset);
  const section = block.kind === 'item' ? contents.sectionOf(block) : undefined;
  const cursor = sketchAt(block.text, at, section);
  if (!cursor) return undefined;
  if (cursor.at === 'comment') return suppressionCursor(block.text, cursor.start, at, found.start.offset);
  const context = new Interpreter(contents, block, at, found.start.offset).read(cursor);
  const isFirst = context?.kind === 'item' && block.kind === 'header';
  const column = isFirst ? itemColumn(file.blocks.after(block)) : undefined;
  // Items must stand at one column.
  return column === undefined || column === context?.place.column ? context : undefined;
}

/** Stands for an item of a list in a path. */
export const item = Symbol('item');
export type Step = string | typeof item;

/** Gives a meaning to what a sketch has found. */
class Interpreter {
  readonly #contents: FileContents;
  readonly #block: Block;
  readonly #at: number;
  readonly #start: number;

  constructor(contents: FileContents, block: Block, at: number, start: number) {
    this.#contents = contents;
    this.#block = block;
    this.#at = at;
    this.#start = start;
  }

  read(cursor: Exclude<SketchCursor, { at: 'comment' }>): CursorContext | undefined {
    const { word } = cursor;
    const { text } = this.#block;
    if (cursor.at === 'stray') {
      const place = placeIn(text, this.#start, this.#at, word, undefined);
      if (cursor.sequence) return this.#bare(cursor.sequence, word);
      const isBlank = word.text === '' && word.quote === '';
      return isBlank && place.column === 0 ? { kind: 'section', place, hasColon: false } : undefined;
    }
    const { entry } = cursor;
    const place = placeIn(text, this.#start, this.#at, word, entry);
    if (cursor.at === 'key') return this.#key(entry, place, word);
    const steps = stepsTo(entry);
    if (cursor.at === 'alias') return { kind: 'alias', place, holds: heldAt(steps) };
    const [name, ...rest] = steps;
    if (name === undefined)
      return place.column === 0 ? { kind: 'section', place, hasColon: false } : undefined;
    const section = typeof name === 'string' ? sectionType(name) : undefined;
    if (!section) return undefined;
    if (rest.length === 0) {
      // On the line of the key nothing but brackets can be the value.
      const isOwnLine = /^[ \t]*$/.test(lineBefore(text, word.start - word.quote.length));
      return isOwnLine ? { kind: 'item', section, place, orSection: false } : undefined;
    }
    const path = rest[0] === item ? rest.slice(1) : rest;
    if (path.length > 0) return this.#value(section, path, entry, place, false);
    if (entry.of?.flow) return { kind: 'item', section, place, orSection: false };
    const object = this.#objectAt();
    const isAlone = word.quote === '';
    return { kind: 'property', section, place, hasColon: false, present: none, isAlone, object };
  }

  #key(entry: Entry, place: WordPlace, word: Word): CursorContext | undefined {
    const mapping = entry.of;
    if (!mapping) return undefined;
    const [name, ...rest] = stepsTo(mapping.holder);
    const hasColon = entry.colon;
    if (name === undefined) return { kind: 'section', place, hasColon };
    const section = typeof name === 'string' ? sectionType(name) : undefined;
    const path = rest[0] === item ? rest.slice(1) : rest;
    if (!section || path.length > 0) return undefined;
    const present = presentIn(mapping, entry);
    const isAlone = mapping.entries.length === 1 && !hasColon && word.quote === '';
    return { kind: 'property', section, place, hasColon, present, isAlone, object: this.#objectAt() };
  }

  /** A value by the path from its object on. */
  #value(
    section: SectionType,
    path: readonly Step[],
    entry: Entry,
    place: WordPlace,
    needsDash: boolean,
  ): CursorContext | undefined {
    const [name, ...rest] = path;
    if (typeof name !== 'string') return undefined;
    const type = section.property(name);
    const inList = rest[0] === item;
    const members = inList ? rest.slice(1) : rest;
    const [member] = members;
    let holder = entry;
    if (member !== undefined) {
      // `Registrar:` in a list is the beginning of a name, and the colon no indicator.
      if (members.length > 1 || typeof member !== 'string') return undefined;
      const isName = type?.items?.target === 'CsService' && place.needsSpace && place.typed === '';
      if (isName) return this.#unfinishedName(section, name, entry, type);
      if (!/^(?:friendlyname|name|value)$/i.test(member)) return undefined;
      holder = entry.of?.holder ?? entry;
    }
    const list = inList ? holder.of : undefined;
    const owner = inList ? list?.holder.of : holder.of;
    // A list whose first item is being typed below its key has no dash yet.
    const isFirst =
      type?.type === 'list' && !inList && !place.flow && isOnOwnLine(this.#block.text, place, this.#start);
    return {
      kind: 'value',
      section,
      property: type?.name ?? name,
      type,
      place,
      present: owner ? presentIn(owner, holder.key ? holder : list?.holder) : none,
      listed: list ? listedIn(list, holder) : type?.type === 'list' ? [] : undefined,
      needsDash: needsDash || isFirst,
      object: this.#objectAt(),
    };
  }

  /** `- Registrar:$0`: the word goes from its beginning, colon included, to the cursor. */
  #unfinishedName(
    section: SectionType,
    property: string,
    entry: Entry,
    type: PropertyType,
  ): CursorContext | undefined {
    const { key } = entry;
    const list = entry.of?.holder.of;
    if (!key || !list || key.quote !== '') return undefined;
    const text = `${key.text}:`;
    const word: Word = { start: key.start, end: key.end + 1, text, quote: '', closed: true };
    const place = placeIn(this.#block.text, this.#start, this.#at, word, entry.of.holder);
    const listed = listedIn(list, entry.of.holder);
    const present = list.holder.of ? presentIn(list.holder.of, list.holder) : none;
    const object = this.#objectAt();
    return { kind: 'value', section, property, type, place, present, listed, needsDash: false, object };
  }

  /** A word at the column of a sequence's dashes, without a dash. */
  #bare(sequence: Collection, word: Word): CursorContext | undefined {
    const place = placeIn(this.#block.text, this.#start, this.#at, word, undefined);
    const [name, ...rest] = stepsTo(sequence.holder);
    const section = typeof name === 'string' ? sectionType(name) : undefined;
    if (!section) return undefined;
    if (rest.length === 0) return { kind: 'item', section, place, orSection: place.column === 0 };
    const path = rest[0] === item ? rest.slice(1) : rest;
    const entry: Entry = { of: sequence, key: undefined, colon: true, value: undefined };
    return path.length === 1 ? this.#value(section, [...path, item], entry, place, true) : undefined;
  }

  #objectAt(): LyncObject | undefined {
    const { objects } = this.#contents.of(this.#block);
    if (this.#block.kind === 'item') return objects[0];
    return objects.find(
      ({ mapping, mappingBlock }) =>
        mappingBlock === this.#block && mapping.start <= this.#at && this.#at <= mapping.end,
    );
  }
}

/** Between items somebody types: a section on the first line, and a new item on those below it. */
function inAside(contents: FileContents, block: Block, at: number, start: number): CursorContext | undefined {
  const { text } = block;
  const cursor = sketchAt(text, at);
  if (cursor?.at === 'comment') return suppressionCursor(text, cursor.start, at, start);
  if (!cursor) return undefined;
  const place = placeIn(text, start, at, cursor.word, undefined);
  if (!text.slice(0, at).includes('\n'))
    return place.column === 0
      ? {
          kind: 'section',
          place,
          hasColon: cursor.at !== 'stray' && cursor.entry.colon && cursor.at === 'key',
        }
      : undefined;
  if (cursor.word.text !== '') return undefined;
  const section = sectionType(contents.sectionOf(block) ?? '');
  const column = itemColumn(contents.file.blocks.after(block));
  if (section && column === place.column) return { kind: 'item', section, place, orSection: column === 0 };
  return place.column === 0 ? { kind: 'section', place, hasColon: false } : undefined;
}

function itemColumn(block: Block | undefined): number | undefined {
  return block?.kind === 'item' ? block.text.search(/\S/) : undefined;
}

/** Keys and items on the way to an entry, from the outermost on. */
export function stepsTo(entry: Entry): Step[] {
  const steps: Step[] = [];
  for (let at: Entry | undefined = entry; at; at = at.of?.holder) {
    if (at.key) steps.unshift(at.key.text);
    else if (at.of) steps.unshift(item);
  }
  return steps;
}

function heldAt(steps: readonly Step[]): AliasCursor['holds'] {
  const merges = steps.findLast((step) => step !== item) === '<<';
  const [name, ...rest] = steps;
  const isObject = typeof name === 'string' && sectionType(name) && rest[0] === item && rest.length === 1;
  return merges || isObject ? 'mapping' : 'anything';
}

const none: Present = new Map();

/** The keys of a mapping but that of one entry, with their values. */
export function presentIn({ kind, entries }: Collection, except: Entry | undefined): Present {
  const present = new Map<string, string>();
  if (kind !== 'mapping') return present;
  for (const entry of entries) {
    if (!entry.key || entry === except) continue;
    const value = entry.value && 'text' in entry.value ? entry.value.text : '';
    present.set(entry.key.text.toLowerCase(), value);
  }
  return present;
}

/** The words of a sequence but that of one item. */
export function listedIn({ entries }: Collection, except: Entry): string[] {
  return entries.flatMap((entry) =>
    entry !== except && entry.value && 'text' in entry.value ? [entry.value.text] : [],
  );
}

/** Not in front of a dash, a bracket or a comment, nor inside of a line end or of the white space that a line begins with. */
function mayHoldWord(text: string, at: number): boolean {
  const before = text[at - 1] ?? '\n';
  if (before === '\r' && text[at] === '\n') return false;
  if (!/[\s[{,:\uFEFF-]/.test(before)) return true;
  const newline = text.indexOf('\n', at);
  const rest = text.slice(at, newline < 0 ? text.length : newline).trimEnd();
  if (/^(?:-(?:\s|$)|[#{[&*!|>"'?])/.test(rest)) return false;
  const inIndentation = /^[ \t\uFEFF]*$/.test(lineBefore(text, at));
  return !(inIndentation && /^[ \t]/.test(rest));
}

/** The text between the start of the line and an offset. */
function lineBefore(text: string, at: number): string {
  return text.slice(text.lastIndexOf('\n', at - 1) + 1, at);
}

function isOnOwnLine(text: string, { start, quote }: WordPlace, offset: number): boolean {
  return /^[ \t]*$/.test(lineBefore(text, start - offset - quote.length));
}

const emptyPlace: WordPlace = {
  ...{ start: 0, end: 0, typed: '', quote: '', closed: true, column: 0 },
  ...{ needsSpace: false, flow: false, json: false, eol: '\n' },
};

/**
 * @param start where `text` begins in its file
 * @param at the cursor in `text`
 */
export function placeIn(
  text: string,
  start: number,
  at: number,
  word: Word,
  entry: Entry | undefined,
): WordPlace {
  const outer = word.start - word.quote.length;
  return {
    start: start + word.start,
    end: start + word.end,
    typed: text.slice(word.start, Math.max(word.start, at)),
    quote: word.quote,
    closed: word.closed,
    column: lineBefore(text, outer).replace('\uFEFF', '').length,
    needsSpace: /[:,-]/.test(text.charAt(outer - 1)) && outer > 0,
    flow: isInFlow(entry),
    json: isJson(entry),
    eol: text.includes('\r\n') ? '\r\n' : '\n',
  };
}

function isInFlow(entry: Entry | undefined): boolean {
  return entry?.of?.flow ?? false;
}

/** Whether a neighbour in brackets or braces, or what they belong to, is in double quotes. */
function isJson(entry: Entry | undefined): boolean {
  for (let at = entry; at?.of?.flow; at = at.of.holder) {
    for (const { key, value } of at.of.entries) {
      const word = key ?? (value && 'text' in value ? value : undefined);
      if (word && (key !== undefined || at === entry) && word.quote === '"') return true;
    }
  }
  return false;
}
