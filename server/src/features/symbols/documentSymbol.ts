/** textDocument/documentSymbol: the outline of a file: documents, sections, and the objects in them. */
import { SymbolKind, type DocumentSymbol, type Range } from 'vscode-languageserver-types';
import type { FileContents } from '../../model/contents.ts';
import type { Deployment } from '../../model/deployment.ts';
import type { LyncObject } from '../../model/object.ts';
import { grouped } from '../../model/wording.ts';
import type { Block } from '../../parser/block.ts';
import { textOf, type Node, type Scalar } from '../../parser/nodes.ts';
import type { Span } from '../../parser/span.ts';
import type { Project } from '../../project.ts';
import type { SectionKind, SectionType } from '../../schema/schema.ts';
import { configurationSymbols } from './configurationSymbol.ts';
import { toRange } from '../lsp/positions.ts';

/** What an object is called that says no name. */
const nameless = '(no name)';

export const kinds: Readonly<Record<SectionKind, SymbolKind>> = {
  topology: SymbolKind.Module,
  user: SymbolKind.Object,
  policy: SymbolKind.Interface,
  configuration: SymbolKind.Struct,
  object: SymbolKind.Struct,
};

/** A top-level key with what stands below it. */
interface Entry {
  readonly type: SectionType | undefined;
  readonly key: Scalar;
  readonly block: Block;
  readonly value: Node | undefined;
  /** A header's items: one object each. They are read when they are shown. */
  readonly items: Block[];
  /** The objects of a section that is one block. */
  readonly objects: readonly LyncObject[];
}

/**
 * The outline of a file or a configuration. Several documents of a file are a level of their own.
 * @param most how many objects are shown; of the sections with the most objects only the first are
 */
export function documentSymbols(project: Project, uri: string, most = 5000): DocumentSymbol[] {
  const configuration = project.configurationFile(uri);
  if (configuration) return configurationSymbols(configuration);
  const contents = project.file(uri);
  const deployment = project.workspaceOf(uri)?.deployment;
  if (!contents || !deployment) return [];
  const documents = documentsOf(contents);
  const shown = allot(documents.flat(), most);
  const outlines = documents.map((entries) =>
    entries.map((entry) => sectionSymbol(entry, shown.get(entry) ?? 0, contents, deployment)),
  );
  return outlines.length < 2 ? outlines.flat() : outlines.flatMap(documentSymbol);
}

function documentSymbol(children: DocumentSymbol[], index: number): DocumentSymbol[] {
  const [first, last] = [children[0], children.at(-1)];
  if (!first || !last) return [];
  const range = { start: first.range.start, end: last.range.end };
  const name = `Document ${index + 1}`;
  return [{ name, kind: SymbolKind.File, range, selectionRange: first.selectionRange, children }];
}

/** The top-level keys of each document that has any. */
function documentsOf(contents: FileContents): Entry[][] {
  const documents: Entry[][] = [[]];
  let open: Entry | undefined;
  for (const block of contents.file.blocks) {
    if (block.kind === 'trivia' || block.kind === 'document') documents.push([]);
    if (block.kind === 'item') open?.items.push(block);
    // A key that is being typed between the items of a section stands inside of it, and is none yet.
    if (block.kind === 'item' || block.kind === 'aside' || block.kind === 'elided') continue;
    const entries = entriesOf(contents, block);
    documents.at(-1)?.push(...entries);
    open = block.kind === 'header' ? entries[0] : undefined;
  }
  return documents.filter((entries) => entries.length > 0);
}

function entriesOf(contents: FileContents, block: Block): Entry[] {
  const { sections, objects } = contents.of(block);
  return sections.map(({ key, type, value }) => ({
    type,
    key,
    block,
    value,
    items: [],
    objects: value ? objects.filter(({ section }) => section === type) : [],
  }));
}

/** How many objects of each section are shown, if `most` are: a small section is whole beside a large one. */
function allot(entries: readonly Entry[], most: number): Map<Entry, number> {
  const shown = new Map<Entry, number>();
  let left = most;
  for (const entry of entries.toSorted((a, b) => sizeOf(a) - sizeOf(b))) {
    shown.set(entry, Math.min(sizeOf(entry), left));
    left -= Math.min(sizeOf(entry), left);
  }
  return shown;
}

function sizeOf({ type, items, objects }: Entry): number {
  return type ? items.length + objects.length : 0;
}

function sectionSymbol(
  entry: Entry,
  shown: number,
  contents: FileContents,
  deployment: Deployment,
): DocumentSymbol {
  const { type, key, block, value, items, objects } = entry;
  const { file } = contents;
  const ofItems = items.slice(0, shown).flatMap((item) => contents.of(item).objects);
  const children = [...ofItems, ...objects.slice(0, shown)].flatMap((object) =>
    objectSymbol(object, deployment, value),
  );
  const size = sizeOf(entry);
  const last = items.at(-1);
  const end = last ? (last.root?.end ?? last.text.trimEnd().length) : Math.max(key.end, value?.end ?? 0);
  const detail = shown < size ? `${grouped(size)} (the first ${grouped(shown)} shown)` : grouped(size);
  return {
    name: key.text.trim() || nameless,
    ...(type ? { detail } : {}),
    kind: type ? kinds[type.kind] : SymbolKind.Key,
    range: {
      start: file.positionInBlock(block, key.start),
      end: file.positionInBlock(last ?? block, end),
    },
    selectionRange: toRange(file, block, key),
    children,
  };
}

/** Where an object and its name stand; lines count from the start of its block. */
interface Outline {
  readonly name: string;
  readonly range: Range;
  readonly selectionRange: Range;
}

/** Editors ask behind every edit, and nearly all objects are as they were: an object never changes. */
const outlines = new WeakMap<LyncObject, Outline>();

/** @param value what the object stands in, if that is not a block of its own */
function objectSymbol(object: LyncObject, deployment: Deployment, value: Node | undefined): DocumentSymbol[] {
  const { block, file, section } = object;
  let outline = outlines.get(object);
  if (!outline) {
    outline = outlineOf(object, value);
    if (!outline) return [];
    // What an alias stands for may change.
    if (block.kind === 'item' && !block.references) outlines.set(object, outline);
  }
  const { line } = file.blocks.startOf(block);
  const detail = section.name === 'CsUser' ? userDetail(object, deployment) : undefined;
  return [
    {
      name: outline.name,
      ...(detail === undefined ? {} : { detail }),
      kind: kinds[section.kind],
      range: below(line, outline.range),
      selectionRange: below(line, outline.selectionRange),
    },
  ];
}

/** @returns `undefined` for what a section names by an alias, and stands elsewhere */
function outlineOf(object: LyncObject, value: Node | undefined): Outline | undefined {
  const { block, file } = object;
  const { whole, name, at } = nameIn(object);
  if (value && (whole.start < value.start || whole.end > value.end)) return undefined;
  // The dash belongs to the item.
  const start = value ? whole.start : Math.max(0, block.text.indexOf('-'));
  const isInside = at.start >= whole.start && at.end <= whole.end && at.end > at.start;
  return {
    name: name.trim() || nameless,
    range: toRange(file, block, { start, end: whole.end }, 0),
    selectionRange: toRange(file, block, isInside ? at : whole, 0),
  };
}

function below(line: number, { start, end }: Range): Range {
  return {
    start: { line: start.line + line, character: start.character },
    end: { line: end.line + line, character: end.character },
  };
}

/** An object's name, where that stands, and where all of it is; spans count from the start of its block. */
function nameIn(object: LyncObject): { readonly name: string; readonly at: Span; readonly whole: Span } {
  const { block, section } = object;
  const root = block.kind === 'item' && !block.references ? block.root : undefined;
  if (root?.type === 'mapping') {
    // Without aliases and merge keys the last pair of that name is the property, and nothing else need be made of the others.
    const pair = root.pairs.findLast(({ key }) => isKey(key, section.key));
    const name = textOf(pair?.value);
    if (pair && name !== undefined) return { name, at: pair.value, whole: root };
  }
  const { at, subject, written } = object;
  return { name: subject, at: at.block === block ? at : written, whole: written };
}

function isKey(key: Node, name: string): boolean {
  if (key.type !== 'scalar' || key.text.length !== name.length) return false;
  return key.text === name || key.text.toLowerCase() === name.toLowerCase();
}

/** What decides about a user, if that is known yet. */
function userDetail(user: LyncObject, deployment: Deployment): string | undefined {
  const standing = deployment.standingOfMember(user);
  if (!standing) return undefined;
  const words = [
    ...(standing.twoFactor.on ? ['two factors'] : []),
    ...(standing.pool ? [standing.pool] : []),
  ];
  return words.length > 0 ? words.join(' · ') : undefined;
}
