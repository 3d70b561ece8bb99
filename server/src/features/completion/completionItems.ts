/** From what is on offer to what an editor puts into the text: ranges, quotes, indentation and tab stops. */
import {
  CompletionItemTag,
  InsertTextFormat,
  InsertTextMode,
  type CompletionItem,
  type CompletionItemKind,
  type CompletionList,
} from 'vscode-languageserver-types';
import type { PropertyValue } from '../../linter/change.ts';
import { scalarText } from '../../linter/yamlText.ts';
import type { WordPlace } from '../../model/cursor.ts';
import type { SourceFile } from '../../parser/sourceFile.ts';
import { toFileRange } from '../lsp/positions.ts';

export interface CompletionOptions {
  /** Another extension offers what the JSON Schema says: only what it cannot know is offered here. */
  readonly besidesSchema?: boolean;
  /** Whether the client knows tab stops. */
  readonly snippets: boolean;
  /** Whether the client has VS Code's command to ask again at once. */
  readonly retrigger?: boolean;
}

/** A piece of text with tab stops: `${1:word}`, `$0`. All other `$`, `}` and `\` in it are escaped. */
export interface Snippet {
  readonly snippet: string;
}

/** Something on offer. */
export interface Draft {
  readonly label: string;
  readonly kind: CompletionItemKind;
  readonly insert: Insertion;
  readonly detail?: string | undefined;
  /** Paragraphs of Markdown, made only for what is shown. */
  readonly documentation?: (() => Iterable<string>) | undefined;
  /** What typing is held against, if not the label. */
  readonly filter?: string | undefined;
  readonly isDeprecated?: boolean;
  /** Another completion follows. */
  readonly retrigger?: boolean;
}

/** Text in place of what is around the cursor; the offsets count from the start of the file. */
export interface Insertion {
  readonly start: number;
  readonly end: number;
  readonly text: string | Snippet;
}

/** More are not sent: nobody looks through them, and typing brings the rest. */
export const mostItems = 200;

/** The list for drafts in the order in which they are to be shown. */
export function toList(
  file: SourceFile,
  place: WordPlace,
  drafts: readonly Draft[],
  options: CompletionOptions,
): CompletionList | undefined {
  if (drafts.length === 0) return undefined;
  const typed = place.typed.toLowerCase();
  const isLong = drafts.length > mostItems;
  const fitting = isLong
    ? drafts.filter(({ label, filter }) => (filter ?? label).toLowerCase().includes(typed))
    : drafts;
  const shown = fitting.slice(0, mostItems);
  return {
    isIncomplete: isLong,
    items: shown.map((draft, index) => toItem(file, place, draft, index, options)),
  };
}

function toItem(
  file: SourceFile,
  place: WordPlace,
  { label, kind, insert, detail, documentation, filter, isDeprecated, retrigger }: Draft,
  index: number,
  options: CompletionOptions,
): CompletionItem {
  const isSnippet = typeof insert.text !== 'string' && options.snippets;
  const text = typeof insert.text === 'string' ? insert.text : insert.text.snippet;
  const newText = typeof insert.text === 'string' || isSnippet ? text : withoutStops(text);
  const space = place.needsSpace ? ' ' : '';
  const quote = insert.start < place.start ? place.quote : '';
  const described = documentation && [...documentation()].join('\n\n');
  return {
    label,
    kind,
    sortText: String(index).padStart(4, '0'),
    filterText: quote + (filter ?? label),
    insertTextFormat: isSnippet ? InsertTextFormat.Snippet : InsertTextFormat.PlainText,
    // Every line is indented already, as its place needs it.
    insertTextMode: InsertTextMode.asIs,
    textEdit: { range: toFileRange(file, insert), newText: space + newText },
    ...(detail === undefined ? {} : { detail, labelDetails: { description: detail } }),
    ...(described ? { documentation: { kind: 'markdown' as const, value: described } } : {}),
    ...(isDeprecated ? { tags: [CompletionItemTag.Deprecated] } : {}),
    ...(retrigger && options.retrigger
      ? { command: { title: 'Complete what follows', command: 'editor.action.triggerSuggest' } }
      : {}),
  };
}

/** Text that stands for itself in a snippet. */
export function escaped(text: string): string {
  return text.replaceAll(/[\\$}]/g, '\\$&');
}

/** A snippet as plain text, each tab stop with the word that it holds. */
export function withoutStops(snippet: string): string {
  return snippet
    .replaceAll(/\$\{\d+:((?:\\.|[^}\\])*)\}/g, '$1')
    .replaceAll(/(?<!\\)\$\d/g, '')
    .replaceAll(/\\([\\$}])/g, '$1');
}

/** A key in place of the word: with its colon, unless one is there, and with what follows that. */
export function keyInsertion(
  place: WordPlace,
  name: string,
  hasColon: boolean,
  behind: string | Snippet = '',
): Insertion {
  if (hasColon) return { start: place.start, end: place.end, text: name };
  const quote = place.quote === '' ? (place.json ? '"' : '') : place.quote;
  const key = `${place.quote === '' ? quote : ''}${name}${quote}: `;
  const end = place.quote !== '' && place.closed ? place.end + 1 : place.end;
  const text = typeof behind === 'string' ? key + behind : { snippet: key + behind.snippet };
  return { start: place.start, end, text };
}

/** A key's text without the blank behind its colon, where the value follows on a line of its own. */
export function withoutBlank(text: Insertion['text']): Insertion['text'] {
  const strip = (written: string): string => written.replace(/: (?=\r?\n)/, ':');
  return typeof text === 'string' ? strip(text) : { snippet: strip(text.snippet) };
}

/** A value in place of the word, in its quotes; what is no string loses them. */
export function valueInsertion(place: WordPlace, value: PropertyValue, needsDash = false): Insertion {
  const { start, end, quote, closed } = place;
  if (quote === '') {
    const text = scalarText(value, place.json ? 'double' : 'plain');
    return { start, end, text: needsDash ? `- ${text}` : text };
  }
  if (typeof value !== 'string')
    return { start: start - 1, end: closed ? end + 1 : end, text: scalarText(value, 'plain') };
  const quoted = scalarText(value, quote === '"' ? 'double' : 'single');
  return { start, end, text: closed ? quoted.slice(1, -1) : quoted.slice(1) };
}

/** A value with tab stops. `value` is a snippet that needs no quotes of its own. */
export function snippetInsertion(place: WordPlace, { snippet }: Snippet): Insertion {
  const { start, end, quote, closed, json } = place;
  if (quote === '') return { start, end, text: { snippet: json ? `"${snippet}"` : snippet } };
  return { start, end, text: { snippet: closed ? snippet : snippet + quote } };
}

/** A key of an object with its value: `null` is nothing, a list is empty. */
export type Field = readonly [name: string, value: PropertyValue | Snippet | readonly []];

/** Keys and values as lines of an object, without indentation. */
export function fieldTexts(fields: readonly Field[], json: boolean): string[] {
  return fields.map(([name, value]) => {
    const key = json ? `"${name}"` : name;
    const text = fieldValue(value, json);
    return text === '' ? `${key}:` : `${key}: ${text}`;
  });
}

function fieldValue(value: Field[1], json: boolean): string {
  if (value === null) return json ? 'null' : '';
  if (typeof value !== 'object') return escaped(scalarText(value, json ? 'double' : 'plain'));
  if (!('snippet' in value)) return '[]';
  const plain = withoutStops(value.snippet);
  // What comes there is anybody's guess, and gets its quotes from whoever writes it.
  if (plain === '' && !json) return value.snippet;
  const written = scalarText(plain, json ? 'double' : 'plain');
  if (written === plain) return value.snippet;
  const quote = written.charAt(0);
  // A word that has quotes of its own is not worth a tab stop.
  return written === quote + plain + quote ? quote + value.snippet + quote : escaped(written);
}

/** A new object of a section at a place for an item, in its style. */
export function itemText(place: WordPlace, fields: readonly Field[]): string {
  const texts = fieldTexts(fields, place.json);
  // A closing brace would end a tab stop, but none is open here.
  if (place.flow) return `{ ${texts.join(', ')} }`;
  return `- ${texts.join(`${place.eol}${' '.repeat(place.column + 2)}`)}`;
}

/** The rest of an object at the place of its first key. */
export function propertiesText(place: WordPlace, fields: readonly Field[]): string {
  const texts = fieldTexts(fields, place.json);
  return texts.join(
    place.flow ? ', ' : `${place.eol}${' '.repeat(place.column + (place.needsSpace ? 1 : 0))}`,
  );
}

/** A section with its first object. */
export function sectionText(place: WordPlace, section: string, fields: readonly Field[]): string {
  if (place.flow)
    return `${place.json ? `"${section}"` : section}: [{ ${fieldTexts(fields, place.json).join(', ')} }]`;
  return `${section}:${place.eol}  ${itemText({ ...place, column: 2, flow: false, json: false }, fields)}`;
}
