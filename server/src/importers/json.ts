/** What ConvertTo-Json writes: of Windows PowerShell, and of PowerShell 7. */
import { sectionType } from '../schema/schema.ts';
import type { Foreign } from './foreign.ts';
import type { Format, Intake, TextChunks } from './imported.ts';
import { JsonText, type JsonPiece } from './jsonText.ts';
import { Sorting } from './sorting.ts';

export const json: Format = {
  name: 'JSON, as ConvertTo-Json writes it',
  recognises: (head) => /^\s*(?:\{\s*(?:"|\}\s*$|$)|\[\s*(?:[[{"\]]|$))/.test(head),
  read,
};

async function* read(text: TextChunks, file: string): AsyncGenerator<Intake> {
  const sorting = new Sorting(file);
  const source = new JsonText(text, file);
  try {
    if ((await source.next()) === '[') yield* list(source, sorting, undefined);
    else yield* mapping(source, sorting);
    if ((await source.next()) !== undefined)
      source.fail('There is text behind the end of the JSON. Import the parts as files of their own.');
  } catch (error) {
    // What was said of the objects in front of a mistake holds.
    yield* sorting.remarks();
    throw error;
  }
  yield* sorting.remarks();
}

/** A list, item by item. */
async function* list(source: JsonText, sorting: Sorting, name: string | undefined): AsyncGenerator<Intake> {
  const section = name === undefined ? undefined : sectionType(name);
  await source.skip('[');
  if (await source.skip(']')) return;
  do {
    const piece = await source.value();
    yield* sorting.take(parsed(piece, source), { line: piece.line, ...(section ? { section } : {}) });
  } while (await source.skip(','));
  if (!(await source.skip(']'))) await unexpected(source, 'a comma or ]');
}

/**
 * An object: one of a section, a hash table of exports, or `{ "value": [...], "Count": 2 }`, as Windows PowerShell wraps lists.
 * Lists that cannot be a property of an object are taken item by item, for they may be of any length.
 */
async function* mapping(source: JsonText, sorting: Sorting): AsyncGenerator<Intake> {
  const { line } = await opening(source);
  const members = new Map<string, Foreign>();
  let isRest = false;
  if (!(await source.skip('}'))) {
    do {
      if ((await source.next()) !== '"') await unexpected(source, 'a name in quotes');
      const name = nameOf(parsed(await source.value(), source));
      if (!(await source.skip(':'))) await unexpected(source, 'a colon');
      const isMany = sectionType(name) !== undefined || (name === 'value' && members.size === 0);
      if (isMany && (await source.next()) === '[') {
        isRest = true;
        yield* list(source, sorting, name);
      } else members.set(name, parsed(await source.value(), source));
    } while (await source.skip(','));
    if (!(await source.skip('}'))) await unexpected(source, 'a comma or }');
  }
  if (members.size === 0 && isRest) return;
  yield* sorting.take({ types: [], text: undefined, members, line, isRest }, { line });
}

async function opening(source: JsonText): Promise<{ line: number }> {
  await source.next();
  const { line } = source;
  await source.skip('{');
  return { line };
}

async function unexpected(source: JsonText, wanted: string): Promise<never> {
  const found = await source.next();
  return source.fail(
    found === undefined
      ? 'The file ends too early: it is cut off. Make the export anew.'
      : `This is no JSON: '${found}' stands where ${wanted} is expected. Make the export anew, and do not edit it.`,
  );
}

function nameOf(value: Foreign): string {
  return typeof value === 'string' ? value : '';
}

function parsed(piece: JsonPiece, source: JsonText): Foreign {
  try {
    return foreign(parse(piece.text), piece.line);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return source.fail('What begins here is no JSON. Make the export anew, and do not edit it.', piece.line);
  }
}

/** Windows PowerShell writes NaN and Infinity, which JSON does not have. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (!/NaN|Infinity/.test(text)) throw error;
    return JSON.parse(
      text.replace(/"[^"\\]*(?:\\.[^"\\]*)*"|-?\b(?:NaN|Infinity)\b/g, (found) =>
        found.startsWith('"') ? found : 'null',
      ),
    );
  }
}

function foreign(value: unknown, line: number): Foreign {
  if (Array.isArray(value)) return value.map((item) => foreign(item, line));
  if (typeof value === 'object' && value !== null) {
    const members = new Map(Object.entries(value).map(([name, member]) => [name, foreign(member, line)]));
    return { types: [], text: undefined, members, line };
  }
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;
}
