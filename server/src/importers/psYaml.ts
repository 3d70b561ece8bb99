/** What ConvertTo-Yaml of powershell-yaml writes, with our sections at the top or without, and YAML that is ours already. */
import type { Block } from '../parser/block.ts';
import type { Node } from '../parser/nodes.ts';
import { SourceFile } from '../parser/sourceFile.ts';
import { sectionType, type SectionType } from '../schema/schema.ts';
import { isForeignObject, type Foreign } from './foreign.ts';
import { ImportError, type Format, type Intake, type TextChunks } from './imported.ts';
import { Sorting } from './sorting.ts';
import { YamlValues } from './yamlValues.ts';

export const psYaml: Format = {
  name: 'YAML, as ConvertTo-Yaml of powershell-yaml writes it',
  recognises: (head) => firstLine.test(head),
  read,
};

/** Behind comments, directives and `---` a key with its colon, or an item of a list. Format-List pads in front of the colon. */
const firstLine =
  /^(?:[ \t]*(?:[#%].*|---[ \t]*(?:#.*)?)?\r?\n)*[ \t]*(?:---[ \t]+)?(?:-[ \t]+(?:[&!]\S+[ \t]+)?)*(?:(?:"[\w -]+"|'[\w -]+'|[A-Za-z][\w-]*):(?:\s|$)|\{|\[|-(?:\s|$))/;

/** The text is held as a whole: of an export with more, CLIXML is the form. Characters. */
const longest = 0x1000_0000;

/** The key that stands in front of a list without one, so that its items are cut like those of a section. */
const header = 'x-list:\n';

async function* read(text: TextChunks, file: string): AsyncGenerator<Intake> {
  const sorting = new Sorting(file);
  const chunks: string[] = [];
  let length = 0;
  for await (const chunk of text) {
    length += chunk.length;
    if (length > longest)
      throw new ImportError(
        'The file has more than 256 million characters of YAML, which must be read at once. Export with Export-Clixml, or in several files.',
        { file, line: 1 },
      );
    chunks.push(chunk);
  }
  const reading = new Reading(file, sorting);
  try {
    yield* reading.take(chunks.join(''));
  } catch (error) {
    yield* sorting.remarks();
    throw error;
  }
  yield* sorting.remarks();
}

/** What was read of a file so far. */
class Reading {
  readonly #file: string;
  readonly #sorting: Sorting;
  readonly #values = new YamlValues();
  /** The pairs of a document that is an object itself. */
  #bare = new Map<string, Foreign>();
  #bareLine = 1;
  /** Of the header above. */
  #section: string | undefined;

  constructor(file: string, sorting: Sorting) {
    this.#file = file;
    this.#sorting = sorting;
  }

  *take(text: string): Generator<Intake> {
    const starts = /^(?:[ \t]*(?:#.*)?\r?\n|---[ \t]*\r?\n)*(?=- )/.exec(text)?.[0];
    // Lists are cut only where they stand below a key.
    const source = starts === undefined ? text : starts + header + text.slice(starts.length);
    let line = 1;
    for (const block of new SourceFile(this.#file, source).blocks) {
      if (block.text.startsWith(header)) line--;
      yield* this.#block(block, line);
      line += block.lines;
    }
    yield* this.#closeDocument();
  }

  *#block(block: Block, line: number): Generator<Intake> {
    this.#check(block, line);
    switch (block.kind) {
      case 'trivia':
        if (/^(?:---|\.\.\.)/.test(block.text)) yield* this.#closeDocument();
        break;
      case 'header':
        this.#section = block.sectionKey?.text;
        break;
      case 'item':
        if (block.root) yield* this.#underKey(this.#section ?? '', block.root, firstContent(block, line));
        break;
      case 'section':
      case 'aside':
        this.#section = undefined;
        if (block.root?.type === 'mapping')
          for (const { key, value } of block.root.pairs)
            yield* this.#pair(key.type === 'scalar' ? key.text : '', value, firstContent(block, line));
        break;
      case 'document':
        yield* this.#closeDocument();
        if (block.root) yield* this.#document(block.root, firstContent(block, line));
        break;
      case 'elided':
        break;
    }
  }

  /** A value below a top-level key: of a section, or of an object that is the document. */
  *#pair(name: string, node: Node, line: number): Generator<Intake> {
    if (sectionType(name)) yield* this.#underKey(name, node, line);
    else if (/^x-/i.test(name)) this.#values.value(node, line);
    else {
      if (this.#bare.size === 0) this.#bareLine = line;
      this.#bare.set(name, this.#values.value(node, line));
    }
  }

  *#underKey(name: string, node: Node, line: number): Generator<Intake> {
    const value = this.#values.value(node, line);
    const section = sectionType(name);
    if (section || name === 'x-list') yield* this.#sorting.take(value, around(section, line));
    else if (!/^x-/i.test(name)) {
      const items = this.#bare.get(name);
      if (this.#bare.size === 0) this.#bareLine = line;
      if (Array.isArray(items)) (items as Foreign[]).push(value);
      else this.#bare.set(name, [value]);
    }
  }

  *#document(root: Node, line: number): Generator<Intake> {
    const value = this.#values.value(root, line);
    if (!isForeignObject(value)) yield* this.#sorting.take(value, { line });
    else {
      const rest = new Map<string, Foreign>();
      for (const [name, member] of value.members) {
        const section = sectionType(name);
        if (section) yield* this.#sorting.take(member ?? [], around(section, line));
        else if (!/^x-/i.test(name)) rest.set(name, member);
      }
      if (rest.size > 0) yield* this.#sorting.take({ ...value, members: rest }, { line });
    }
  }

  *#closeDocument(): Generator<Intake> {
    const members = this.#bare;
    const line = this.#bareLine;
    this.#bare = new Map();
    this.#section = undefined;
    this.#values.nextDocument();
    if (members.size > 0) yield* this.#sorting.take({ types: [], text: undefined, members, line }, { line });
  }

  #check(block: Block, line: number): void {
    const [problem] = block.problems;
    if (!problem) return;
    const at = line + block.text.slice(0, problem.start).split('\n').length - 1;
    throw new ImportError(`This cannot be read as YAML. ${problem.message}`, { file: this.#file, line: at });
  }
}

function around(section: SectionType | undefined, line: number): { line: number; section?: SectionType } {
  return { line, ...(section ? { section } : {}) };
}

/** The line of a block on which something stands; comments may be in front. */
function firstContent({ text }: Block, line: number): number {
  const lead = /^(?:[ \t]*(?:#.*)?\r?\n)*/.exec(text)?.[0] ?? '';
  return line + lead.split('\n').length - 1;
}
