/**
 * Changes as text edits. They touch only what they must: comments, order, indentation, quotes and line ends stay.
 */
import type { FileContents, SectionUse } from '../model/contents.ts';
import type { Deployment } from '../model/deployment.ts';
import { isUnchecked, type LyncObject } from '../model/object.ts';
import { referenceNode } from '../model/values.ts';
import type { Block } from '../parser/block.ts';
import { isNull, type Mapping, type Node, type Scalar } from '../parser/nodes.ts';
import type { SourceFile } from '../parser/sourceFile.ts';
import type { Span } from '../parser/span.ts';
import type { AddObject, FileChange, SetProperty, WrittenValue } from './change.ts';
import { scalarText, valueText, yamlText } from './yamlText.ts';

type Addition = AddObject<WrittenValue>;
type Setting = SetProperty<WrittenValue>;

/** The characters from `start` to `end` (UTF-16 offsets in the file) become `text`. */
export interface TextEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/**
 * The edits that make `changes`, by file, in the order of the text and without overlap. The same change twice is made once;
 * of two that contradict each other the first is made.
 */
export function editsOf(changes: Iterable<FileChange>, deployment: Deployment): Map<SourceFile, TextEdit[]> {
  const edits = new Map<SourceFile, TextEdit[]>();
  const add = (file: SourceFile, edit: TextEdit | undefined): void => {
    if (!edit) return;
    const list = edits.get(file);
    if (list) list.push(edit);
    else edits.set(file, [edit]);
  };
  const sets = new Map<LyncObject, Map<string, Setting>>();
  const additions = new Map<string, Map<string, Addition>>();
  for (const change of changes) {
    switch (change.kind) {
      case 'replace':
        add(change.at.file, replacement(change.at.file, change.at.block, change.at, change.text));
        break;
      case 'set': {
        const ofObject = sets.get(change.object) ?? new Map<string, Setting>();
        sets.set(change.object, ofObject);
        if (!ofObject.has(change.property)) ofObject.set(change.property, change);
        break;
      }
      case 'remove':
        add(change.object.file, removal(change.object));
        break;
      case 'add': {
        const ofSection = additions.get(change.section) ?? new Map<string, Addition>();
        additions.set(change.section, ofSection);
        const identity = valueText(change.properties[0]?.[1] ?? null, 'plain').toLowerCase();
        if (!ofSection.has(identity)) ofSection.set(identity, change);
        break;
      }
    }
  }
  for (const [object, ofObject] of sets)
    for (const edit of setEdits(object, [...ofObject.values()])) add(object.file, edit);
  for (const [section, ofSection] of additions) {
    const { file, edits: made, deeper } = addEdits(section, [...ofSection.values()], deployment);
    if (deeper)
      edits.set(
        file,
        (edits.get(file) ?? []).map((edit) => indented(edit, deeper)),
      );
    for (const edit of made) add(file, edit);
  }
  for (const [file, list] of edits) edits.set(file, inOrder(list));
  return edits;
}

/** Whether an object can be taken out without touching anything else: it is an item of its own, and nobody else names it. */
export function isRemovable({ block, mapping, written }: LyncObject): boolean {
  return block.kind === 'item' && written === block.root && mapping.anchor === undefined;
}

/** An item with the lines that it stands on. What it says in comments goes with it; those behind it are about what follows. */
function removal(object: LyncObject): TextEdit | undefined {
  if (!isRemovable(object)) return undefined;
  const { file, block } = object;
  return { ...file.absolute(block, { start: 0, end: contentEnd(block) }), text: '' };
}

/** Whether a property can be set without touching what an anchor shares with others. */
export function canSet(object: LyncObject, property: string): boolean {
  // Behind an alias the mapping is somebody else's, too.
  if (object.written.type === 'alias' || object.mapping.anchor !== undefined) return false;
  const written = object.property(property);
  if (!written?.own || written.written.type === 'alias') return true;
  return written.written.anchor === undefined;
}

/** Sorts edits, makes equal ones once, and drops one that overlaps an earlier. */
function inOrder(edits: readonly TextEdit[]): TextEdit[] {
  const sorted = [...edits].sort((a, b) => a.start - b.start || a.end - b.end);
  const kept: TextEdit[] = [];
  for (const edit of sorted) {
    const last = kept.at(-1);
    if (
      last &&
      (edit.start < last.end ||
        (edit.start === last.start && edit.end === last.end && edit.text === last.text))
    )
      continue;
    kept.push(edit);
  }
  return kept;
}

function* setEdits(object: LyncObject, changes: readonly Setting[]): Generator<TextEdit> {
  const { file, mapping, mappingBlock: block } = object;
  const missing: Setting[] = [];
  for (const change of changes) {
    const property = object.property(change.property);
    if (!property?.own) {
      missing.push(change);
      continue;
    }
    const isScalar = typeof change.value !== 'object' || change.value === null;
    const target =
      isScalar && property.written.type === 'mapping'
        ? (referenceNode(property.written) ?? property.written)
        : property.written;
    const style = target.type === 'scalar' && target.style !== 'plain' ? target.style : keyStyle(mapping);
    const text = valueText(change.value, style);
    // An empty value stands right behind its colon.
    yield replacement(file, block, target, target.end > target.start ? text : ` ${text}`);
  }
  if (missing.length > 0) {
    const style = keyStyle(mapping);
    const lines = missing.map(
      ({ property, value }) => `${scalarText(property, style)}: ${valueText(value, style)}`,
    );
    const edit = insertion(block, mapping, lines);
    const { offset } = file.blocks.startOf(block);
    yield { start: offset + edit.start, end: offset + edit.end, text: edit.text };
  }
}

/** A text in place of another. A block scalar goes on to the next line, whose start stays where it is unless lines are taken out. */
function replacement(file: SourceFile, block: Block, { start, end }: Span, text: string): TextEdit {
  if (text === '') return { ...file.absolute(block, { start, end }), text };
  const before = block.text.slice(start, end).replace(/[\r\n]+$/, '');
  return { ...file.absolute(block, { start, end: start + before.length }), text };
}

/** JSON stays JSON: there keys, and with them strings, are in double quotes. */
export function keyStyle(node: Node | undefined): Scalar['style'] {
  const first = node?.type === 'mapping' && node.flow ? node.pairs[0]?.key : undefined;
  return first?.type === 'scalar' && first.style === 'double' ? 'double' : 'plain';
}

/** Where in its block a mapping takes more keys, and with what around them. */
export function insertion(block: Block, mapping: Mapping, lines: readonly string[]): TextEdit {
  const { text } = block;
  const last = mapping.pairs.at(-1);
  if (!last) return { start: mapping.start, end: mapping.end, text: `{ ${lines.join(', ')} }` };
  if (mapping.flow)
    return { start: last.value.end, end: last.value.end, text: lines.map((line) => `, ${line}`).join('') };
  const end = lineEndBehind(text, last.value.end);
  const [first] = mapping.pairs;
  const column = first ? first.key.start - (text.lastIndexOf('\n', first.key.start - 1) + 1) : 0;
  const eol = lineEndOf(text);
  const written = lines.map((line) => `${' '.repeat(column)}${line}${eol}`).join('');
  return end === text.length && !text.endsWith('\n')
    ? { start: end, end, text: eol + written.slice(0, -eol.length) }
    : { start: end, end, text: written };
}

/** The start of the line behind `offset`; a block scalar already ends there. */
export function lineEndBehind(text: string, offset: number): number {
  if (text[offset - 1] === '\n') return offset;
  const newline = text.indexOf('\n', offset);
  return newline < 0 ? text.length : newline + 1;
}

export function lineEndOf(text: string): string {
  return text.includes('\r\n') ? '\r\n' : '\n';
}

interface Additions {
  readonly file: SourceFile;
  readonly edits: readonly TextEdit[];
  /** What is indented more than before: lines that others add to it must be, too. */
  readonly deeper?: Span;
}

/** Puts new objects behind the last one of their section, in the file where the section is. */
function addEdits(section: string, additions: readonly Addition[], deployment: Deployment): Additions {
  const near = additions[0]?.like ?? additions[0]?.near;
  if (!near) throw new Error('Nothing is to be added.');
  const place = placeFor(section, near, deployment);
  if (place) return addTo(place.contents, place.use, additions);
  return { file: near.file, edits: [appendSection(near.file, section, additions)] };
}

/** The file that an addition goes to. */
export function homeOf({ section, like, near }: Addition, deployment: Deployment): SourceFile {
  return placeFor(section, like ?? near, deployment)?.contents.file ?? near.file;
}

interface SectionPlace {
  readonly contents: FileContents;
  readonly use: SectionUse;
}

/** Where a section is, in the file of an object or else in another one. */
function placeFor(section: string, near: LyncObject, deployment: Deployment): SectionPlace | undefined {
  const home = deployment.file(near.file.uri);
  for (const contents of [...(home ? [home] : []), ...deployment.files]) {
    const use = contents.sections().findLast(({ type }) => type?.name === section);
    if (use) return { contents, use };
  }
  return undefined;
}

function addTo(contents: FileContents, use: SectionUse, additions: readonly Addition[]): Additions {
  const { file } = contents;
  const eol = lineEndOf(use.block.text);
  if (use.block.kind === 'header') {
    let last = use.block;
    for (let next = file.blocks.after(last); next?.kind === 'item'; next = file.blocks.after(last))
      last = next;
    const column = last.kind === 'item' ? (file.blocks.after(use.block)?.text.search(/\S/) ?? 2) : 2;
    const end = contentEnd(last);
    const at = file.blocks.startOf(last).offset + end;
    const startsMidLine = at > 0 && end === last.text.length && !endsWithLine(last);
    return { file, edits: [{ start: at, end: at, text: listed(additions, column, eol, startsMidLine) }] };
  }
  const target = use.value && contents.anchors.resolve(use.block, use.value);
  // A list that the section names by an alias takes them where it is written; what else it names becomes an entry.
  const { block, node: value } =
    target?.node.type === 'sequence' ? target : { block: use.block, node: use.value };
  const { offset } = file.blocks.startOf(block);
  if (value?.type === 'mapping' && !value.flow) {
    const behind = behindValue(block, value, offset, additions, eol);
    const deeper = { start: offset + value.start, end: behind.start };
    return { file, edits: [...intoList(block, value, offset), behind], deeper };
  }
  if (value?.type === 'sequence' && !value.flow)
    return { file, edits: [behindValue(block, value, offset, additions, eol)] };
  return { file, edits: [...addInFlow(use, value, offset, additions)] };
}

function* addInFlow(
  use: SectionUse,
  value: Node | undefined,
  offset: number,
  additions: readonly Addition[],
): Generator<TextEdit> {
  if (value?.type === 'sequence' && value.items.length > 0) {
    const end = offset + (value.items.at(-1)?.end ?? value.end);
    const style = keyStyle(value.items[0]);
    yield { start: end, end, text: additions.map((addition) => `, ${inFlow(addition, style)}`).join('') };
    return;
  }
  if (value?.type === 'mapping' || value?.type === 'alias') {
    const start = offset + value.start;
    const end = offset + value.end;
    const style = keyStyle(value);
    yield { start, end: start, text: '[' };
    yield {
      start: end,
      end,
      text: `${additions.map((addition) => `, ${inFlow(addition, style)}`).join('')}]`,
    };
    return;
  }
  // Nothing, an empty list, or something that is no list at all: a list takes its place.
  const start = offset + (value?.start ?? use.key.end + 1);
  const end = offset + (value?.end ?? use.key.end + 1);
  const style = use.key.style === 'double' ? 'double' : 'plain';
  const text = additions.map((addition) => inFlow(addition, style)).join(', ');
  yield { start, end, text: `${end > start ? '' : ' '}[${text}]` };
}

/** Behind the last line of a section's block value. */
function behindValue(
  { text }: Block,
  value: Node,
  offset: number,
  additions: readonly Addition[],
  eol: string,
): TextEdit {
  const at = lineEndBehind(text, value.end);
  const column = value.start - (text.lastIndexOf('\n', value.start - 1) + 1);
  return {
    start: offset + at,
    end: offset + at,
    text: listed(additions, column, eol, at === text.length && !text.endsWith('\n')),
  };
}

/** PowerShell prints a single object without a list around it: a second one makes it a list. */
function* intoList(block: Block, value: Mapping, offset: number): Generator<TextEdit> {
  yield { start: offset + value.start, end: offset + value.start, text: '- ' };
  for (
    let line = block.text.indexOf('\n', value.start) + 1;
    line > 0 && line < value.end;
    line = block.text.indexOf('\n', line) + 1
  ) {
    if (block.text[line] !== '\n' && block.text[line] !== '\r')
      yield { start: offset + line, end: offset + line, text: '  ' };
  }
}

/** Whole lines that another change puts into what becomes an item of a list. */
function indented(edit: TextEdit, { start, end }: Span): TextEdit {
  const wholeLines = edit.start === edit.end && /^[\r\n]|\n$/.test(edit.text);
  if (!wholeLines || edit.start <= start || edit.start > end) return edit;
  return { ...edit, text: edit.text.replace(/^(?=[^\r\n])/gm, '  ') };
}

function appendSection(file: SourceFile, section: string, additions: readonly Addition[]): TextEdit {
  const blocks = [...file.blocks];
  const last = blocks.at(-1);
  const eol = lineEndOf(last?.text ?? '');
  const whole = blocks.findLast(({ kind }) => kind !== 'trivia')?.kind === 'document';
  const before = !last || endsWithLine(last) ? '' : eol;
  // A document in another shape takes no further key behind it: the section starts a document of its own.
  const text = `${before}${whole ? `---${eol}` : ''}${section}:${eol}${listed(additions, 2, eol, false)}`;
  return { start: file.length, end: file.length, text };
}

function listed(additions: readonly Addition[], column: number, eol: string, startsMidLine: boolean): string {
  const indent = ' '.repeat(Math.max(0, column));
  const text = additions
    .map((addition) =>
      propertiesOf(addition).map(
        ([name, value], index) => `${indent}${index === 0 ? '- ' : '  '}${name}: ${value}${eol}`,
      ),
    )
    .flat()
    .join('');
  return startsMidLine ? eol + text.slice(0, -eol.length) : text;
}

function inFlow(addition: Addition, style: Scalar['style']): string {
  return `{ ${propertiesOf(addition, style)
    .map(([name, value]) => `${scalarText(name, style)}: ${value}`)
    .join(', ')} }`;
}

/** A new object's properties as text: those that it is given, then those of the object that it is like. */
function propertiesOf(
  { like, properties }: Addition,
  style: Scalar['style'] = 'plain',
): [name: string, value: string][] {
  const own = properties.map(([name, value]): [string, string] => [name, valueText(value, style)]);
  const given = new Set(properties.map(([name]) => name));
  const [identity, ...rest] = own;
  const copied: [string, string][] = [];
  for (const property of like?.properties ?? []) {
    const { name, value } = property;
    if (!like || given.has(name) || isUnchecked(like.section, property) || isNull(value)) continue;
    given.add(name);
    copied.push([name, yamlText(value, style)]);
  }
  return [...(identity ? [identity] : []), ...copied, ...rest];
}

/** The end of an item's own text: comments and blank lines behind it belong to what follows. */
function contentEnd(block: Block): number {
  const end = block.kind === 'header' ? (block.sectionKey?.end ?? 0) : (block.root?.end ?? 0);
  return lineEndBehind(block.text, end);
}

function endsWithLine(block: Block): boolean {
  return block.text.endsWith('\n');
}
