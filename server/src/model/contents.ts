/** What a file contributes to its deployment: the sections and objects that its blocks hold. */
import { Anchors, type Placed } from '../parser/anchors.ts';
import type { Block } from '../parser/block.ts';
import type { BlockKind } from '../parser/cut.ts';
import type { Node, Scalar } from '../parser/nodes.ts';
import type { BlockChange, SourceFile } from '../parser/sourceFile.ts';
import { sectionType, type SectionType } from '../schema/schema.ts';
import { LyncObject } from './object.ts';
import { Source } from './tracking.ts';

/** A top-level key: the place where a section's objects begin. */
export interface SectionUse {
  readonly file: SourceFile;
  readonly block: Block;
  readonly key: Scalar;
  /** `undefined` where no section has that name. */
  readonly type: SectionType | undefined;
  /** Its value, where that is written in the same block; a header's items follow in blocks of their own. */
  readonly value: Node | undefined;
}

/** A section with the number of the document, from 0, that it stands in. */
export interface PlacedSection extends SectionUse {
  readonly document: number;
}

/** What one block holds. */
export interface BlockContents {
  readonly sections: readonly SectionUse[];
  readonly objects: readonly LyncObject[];
  /** Where an object was expected and something else stands. */
  readonly misplaced: readonly Misplaced[];
}

export interface Misplaced {
  readonly section: SectionType;
  readonly block: Block;
  readonly node: Node;
}

/** The blocks whose contents an edit took away and brought; an object may be new although its text is not. */
export interface ContentsChange {
  readonly removed: ReadonlyMap<Block, BlockContents>;
  readonly added: ReadonlyMap<Block, BlockContents>;
}

export class FileContents {
  readonly file: SourceFile;
  /** Changes whenever a top-level key does. */
  readonly sectionKeys = new Source();
  readonly anchors: Anchors;
  /** What a block holds; of nearly all blocks of a large file that is one object and nothing else. */
  readonly #contents = new Map<Block, BlockContents | LyncObject>();
  /** For each block the name of the section that it stands in. */
  readonly #sectionOf = new Map<Block, string | undefined>();
  /** The blocks with top-level keys, and those between documents. */
  readonly #structure = new Set<Block>();

  constructor(file: SourceFile) {
    this.file = file;
    this.anchors = new Anchors(file);
    // Items are read one by one, when somebody wants them.
    for (const [block, section] of this.#standings([...file.blocks], undefined)) {
      this.#sectionOf.set(block, section);
      if (block.kind !== 'item') this.#enter(block);
    }
  }

  /** Every block with what it holds, in the order of the file. */
  get blocks(): Iterable<[Block, BlockContents]> {
    return this.#everyBlock();
  }

  /** The number of blocks. */
  get size(): number {
    return this.#sectionOf.size;
  }

  of(block: Block): BlockContents {
    const known = this.#contents.get(block);
    if (known) return known instanceof LyncObject ? { ...nothing, objects: [known] } : known;
    return this.#sectionOf.has(block) ? this.#enter(block) : nothing;
  }

  /** The name, as written, of the section that a block stands in: of an item, or of what is typed between items. */
  sectionOf(block: Block): string | undefined {
    return this.#sectionOf.get(block);
  }

  /** Whether a block is an item of a section with an entry for each user. */
  isPerson(block: Block): boolean {
    const section = block.kind === 'item' ? this.#sectionOf.get(block) : undefined;
    return section !== undefined && sectionType(section)?.kind === 'user';
  }

  /** Every top-level key in the order of the file. */
  sections(): PlacedSection[] {
    this.sectionKeys.read();
    const placed = [...this.#structure].map((block) => ({
      block,
      offset: this.file.blocks.startOf(block).offset,
    }));
    placed.sort((a, b) => a.offset - b.offset);
    let document = 0;
    return placed.flatMap(({ block }) => {
      if (block.kind === 'trivia' || block.kind === 'document') document++;
      return this.of(block).sections.map((section) => ({ ...section, document }));
    });
  }

  /** Follows an edit of the file's text. */
  change(change: BlockChange): ContentsChange {
    const { removed, added, before } = change;
    const gone = new Map<Block, BlockContents>();
    const keysGone = removed.some((block) => this.#structure.has(block));
    for (const block of removed) this.#leave(block, gone);
    const affected = new Map(this.#standings(added, before));
    for (const block of this.anchors.change(change))
      if (!affected.has(block)) affected.set(block, this.#sectionOf.get(block));
    for (const block of affected.keys()) this.#leave(block, gone);
    const come = new Map<Block, BlockContents>();
    for (const [block, section] of affected) {
      this.#sectionOf.set(block, section);
      come.set(block, this.#enter(block));
    }
    if (keysGone || added.some((block) => this.#structure.has(block))) this.sectionKeys.changed();
    return { removed: gone, added: come };
  }

  *#everyBlock(): Generator<[Block, BlockContents]> {
    for (const block of this.file.blocks) yield [block, this.of(block)];
  }

  /** The added blocks, and those behind them that now stand in another section than before, each with its section. */
  *#standings(added: readonly Block[], before: Block | undefined): Generator<[Block, string | undefined]> {
    const isNew = new Set(added);
    let section = before && this.#sectionBehind(before, this.#sectionOf.get(before));
    let block = before ? this.file.blocks.after(before) : this.file.blocks.first;
    for (; block; block = this.file.blocks.after(block)) {
      if (!isNew.has(block) && (!behind.has(block.kind) || this.#sectionOf.get(block) === section)) return;
      section = this.#sectionBehind(block, section);
      yield [block, section];
    }
  }

  /** The section that goes on behind a block which stands in `section`. */
  #sectionBehind(block: Block, section: string | undefined): string | undefined {
    if (block.kind === 'header') return block.sectionKey?.text;
    return behind.has(block.kind) ? section : undefined;
  }

  #leave(block: Block, gone: Map<Block, BlockContents>): void {
    const contents = this.#contents.get(block);
    if (contents) gone.set(block, this.of(block));
    this.#contents.delete(block);
    this.#sectionOf.delete(block);
    this.#structure.delete(block);
  }

  #enter(block: Block): BlockContents {
    const contents = this.#read(block, this.#sectionOf.get(block));
    if (contents.sections.length > 0 || block.kind === 'trivia' || block.kind === 'document')
      this.#structure.add(block);
    const [only] = contents.objects;
    const isOne = block.kind === 'item' && contents.objects.length === 1 && contents.misplaced.length === 0;
    this.#contents.set(block, only && isOne ? only : contents);
    return contents;
  }

  #read(block: Block, section: string | undefined): BlockContents {
    switch (block.kind) {
      case 'trivia':
      case 'elided':
        return nothing;
      case 'header': {
        const key = block.sectionKey;
        return key ? { ...nothing, sections: [this.#use(block, key, undefined)] } : nothing;
      }
      case 'item': {
        const type = section === undefined ? undefined : sectionType(section);
        return type && block.root ? this.#objects(type, block, [block.root]) : nothing;
      }
      case 'section':
      case 'aside':
      case 'document':
        return this.#readRoot(block);
    }
  }

  #readRoot(block: Block): BlockContents {
    const { root } = block;
    if (root?.type !== 'mapping') return nothing;
    const sections: SectionUse[] = [];
    const objects: LyncObject[] = [];
    const misplaced: Misplaced[] = [];
    for (const { key, value } of root.pairs) {
      if (key.type !== 'scalar') continue;
      const use = this.#use(block, key, value);
      sections.push(use);
      if (!use.type) continue;
      const target = this.anchors.resolve(block, value);
      if (!target || (target.node.type === 'scalar' && target.node.value === null)) continue;
      // PowerShell prints a single object without a list around it.
      const items = target.node.type === 'sequence' ? target.node.items : [value];
      const found = this.#objects(use.type, target.node.type === 'sequence' ? target.block : block, items);
      objects.push(...found.objects);
      misplaced.push(...found.misplaced);
    }
    return { sections, objects, misplaced };
  }

  #objects(section: SectionType, block: Block, items: readonly Node[]): BlockContents {
    const objects: LyncObject[] = [];
    const misplaced: Misplaced[] = [];
    for (const item of items) {
      const target: Placed | undefined = this.anchors.resolve(block, item);
      if (target?.node.type === 'mapping')
        objects.push(
          new LyncObject(section, this.file, block, this.anchors, item === block.root ? undefined : item),
        );
      else if (target) misplaced.push({ section, block, node: item });
    }
    return { sections: [], objects, misplaced };
  }

  #use(block: Block, key: Scalar, value: Node | undefined): SectionUse {
    return { file: this.file, block, key, type: sectionType(key.text), value };
  }
}

/** The kinds of blocks behind which a section goes on. */
const behind: ReadonlySet<BlockKind> = new Set(['item', 'aside', 'elided']);

const nothing: BlockContents = { sections: [], objects: [], misplaced: [] };
