/** What Export-Csv writes, and tables of reports that have the same columns. */
import Papa from 'papaparse';
import { sectionTypes } from '../schema/schema.ts';
import type { Foreign } from './foreign.ts';
import { ImportError, type Format, type Intake, type TextChunks } from './imported.ts';
import { aliased } from './sections.ts';
import { Sorting } from './sorting.ts';

export const csv: Format = {
  name: 'CSV, as Export-Csv writes it',
  recognises: (head) => shapeOf(head) !== undefined,
  read,
};

interface Shape {
  readonly delimiter: string;
  /** Whether the first line is `#TYPE Full.Type`. */
  readonly hasType: boolean;
}

/** A row with more characters than this has lost a quote. */
const longestRow = 0x10_0000;

async function* read(text: TextChunks, file: string): AsyncGenerator<Intake> {
  const sorting = new Sorting(file, true);
  const rows = new Rows(file);
  try {
    for await (const chunk of text) for (const row of rows.write(chunk)) yield* take(row, rows, sorting);
    for (const row of rows.end()) yield* take(row, rows, sorting);
  } catch (error) {
    yield* sorting.remarks();
    throw error;
  }
  yield* sorting.remarks();
}

interface Row {
  readonly fields: readonly string[];
  /** From 1. */
  readonly line: number;
}

function* take({ fields, line }: Row, { columns, types }: Rows, sorting: Sorting): Generator<Intake> {
  if (!columns) {
    const names = fields.length === 1 ? 'A line' : `A row of ${fields.length} values`;
    sorting.leftOut('no header', line, (count) =>
      count === 1
        ? `${names} was left out: no line in front of it names the columns.`
        : `${count} rows were left out: no line in front of them names the columns. Export them with Export-Csv, which writes that line.`,
    );
    return;
  }
  if (fields.length > columns.length)
    sorting.leftOut('long row', line, (count) =>
      count === 1
        ? 'A row has more values than there are columns: those behind the last column were left out. Is a quote or a delimiter inside a value?'
        : `${count} rows have more values than there are columns: those behind the last column were left out. Is a quote or a delimiter inside a value?`,
    );
  const members = new Map<string, Foreign>();
  for (const [at, name] of columns.entries()) {
    const field = fields[at] ?? '';
    if (name !== '') members.set(name, field === '' ? null : field);
  }
  yield* sorting.take({ types, text: undefined, members, line }, { line });
}

/** Cuts CSV into rows. */
class Rows {
  /** The names of the columns; `undefined` where the first line does not name any. */
  columns: readonly string[] | undefined;
  types: readonly string[] = [];
  readonly #file: string;
  #shape: Shape | undefined;
  #isFirst = true;
  #rest = '';
  #line = 1;
  /** A line end may be cut in two. */
  #carriage = '';

  constructor(file: string) {
    this.#file = file;
  }

  *write(chunk: string): Generator<Row> {
    const text = this.#carriage + chunk;
    this.#carriage = text.endsWith('\r') ? '\r' : '';
    this.#rest += text.slice(0, text.length - this.#carriage.length).replace(/\r\n?/g, '\n');
    // Until the first row has ended, its delimiter is not known for sure.
    if (this.#shape || hasHeader(this.#rest)) yield* this.#parse(false);
    if (this.#rest.length > longestRow) this.#fail();
  }

  *end(): Generator<Row> {
    this.#rest += this.#carriage === '' ? '' : '\n';
    this.#carriage = '';
    yield* this.#parse(true);
  }

  *#parse(isLast: boolean): Generator<Row> {
    this.#shape ??= shapeOf(this.#rest) ?? { delimiter: ',', hasType: false };
    const { delimiter, hasType } = this.#shape;
    if (hasType && this.types.length === 0) this.#takeType();
    const parser = new Papa.Parser({ delimiter, newline: '\n', quoteChar: '"' });
    const parsed = parser.parse(this.#rest, 0, !isLast) as Papa.ParseResult<string[]>;
    if (isLast && parsed.errors.some(({ code }) => code === 'MissingQuotes')) {
      const at = parsed.errors.find(({ code }) => code === 'MissingQuotes')?.index ?? 0;
      this.#line += countLines(this.#rest.slice(0, at));
      this.#fail();
    }
    this.#rest = this.#rest.slice(parsed.meta.cursor);
    for (const fields of parsed.data) {
      const line = this.#line;
      this.#line += 1 + fields.reduce((sum, field) => sum + countLines(field), 0);
      if (fields.every((field) => field.trim() === '')) continue;
      const isFirst = this.#isFirst;
      this.#isFirst = false;
      if (isFirst && areColumns(fields)) this.columns = fields.map((name) => name.trim());
      else yield { fields, line };
    }
  }

  #takeType(): void {
    const end = this.#rest.indexOf('\n');
    const [, type = ''] = /^\s*#TYPE\s+(\S+)/.exec(this.#rest.slice(0, end < 0 ? undefined : end)) ?? [];
    this.types = [type.replace(/^"|"$/g, '')];
    this.#rest = end < 0 ? '' : this.#rest.slice(end + 1);
    this.#line++;
  }

  #fail(): never {
    throw new ImportError(
      'A value in quotes begins here and does not end: the file is cut off, or a quote is missing.',
      {
        file: this.#file,
        line: this.#line,
      },
    );
  }
}

/** How a file is built by its first lines; `undefined` where it is no table with columns of Lync, nor one without their names. */
function shapeOf(head: string): Shape | undefined {
  const hasType = /^\s*"?#TYPE\s/.test(head);
  const body = hasType ? head.replace(/^[^\n]*\n/, '') : head;
  const [first = ''] = body.trimStart().split(/\r?\n/, 1);
  for (const delimiter of [',', ';', '\t', '|']) {
    if (!first.includes(delimiter)) continue;
    const fields = Papa.parse<string[]>(first, { delimiter }).data[0] ?? [];
    if (fields.length > 1 && areColumns(fields)) return { delimiter, hasType };
  }
  // O365DC writes tables with tabs, and no line that names the columns.
  if (/^[^\t{}<]+\t[^\t]*(?:\t|$)/.test(first)) return { delimiter: '\t', hasType };
  const isColumn = /^"[A-Za-z]\w*"\s*$/.test(first) && areColumns([first.trim().slice(1, -1)]);
  return hasType || isColumn ? { delimiter: ',', hasType } : undefined;
}

/** Whether the first row has ended, and what stands in front of it. */
function hasHeader(text: string): boolean {
  const lines = text.trimStart().split('\n', 3);
  return lines.length > (/^\s*"?#TYPE\s/.test(text) ? 2 : 1);
}

/** Whether these are names, and one of them is a property of Lync's. */
function areColumns(fields: readonly string[]): boolean {
  const names = fields.map((field) => field.trim()).filter((field) => field !== '');
  return (
    names.every((name) => /^[A-Za-z_][\w .()/-]{0,99}$/.test(name)) && names.some((name) => isProperty(name))
  );
}

let properties: ReadonlySet<string> | undefined;

function isProperty(name: string): boolean {
  properties ??= new Set(
    [...sectionTypes()].flatMap((section) => [...section.properties.keys()].map((key) => key.toLowerCase())),
  );
  return properties.has(aliased(name).toLowerCase());
}

function countLines(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count++;
  return count;
}
