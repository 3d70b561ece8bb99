import type { Anchors, Placed } from '../parser/anchors.ts';
import type { Block } from '../parser/block.ts';
import { isNull, textOf, type Mapping, type Node, type Scalar } from '../parser/nodes.ts';
import { keepForNow, type Forgetful } from '../parser/recent.ts';
import type { SourceFile } from '../parser/sourceFile.ts';
import { identityKey } from '../schema/identity.ts';
import { isPowerShellNoise, type PropertyType, type SectionType } from '../schema/schema.ts';
import { place, type Place } from './place.ts';
import type { Standing } from './standing.ts';
import { referenceNode } from './values.ts';

/** A key of an object and its value, wherever in the file they stand: an alias or a merge key may bring them from elsewhere. */
export interface Property {
  /** The name as the schema spells it; as written where the schema does not know it. */
  readonly name: string;
  readonly type: PropertyType | undefined;
  readonly key: Scalar;
  readonly keyBlock: Block;
  /** The value behind aliases. */
  readonly value: Node;
  readonly valueBlock: Block;
  /** Where the object itself names the value: the alias, if it is one. */
  readonly written: Node;
  /** Whether the key stands in the object itself, not in one that it merges. */
  readonly own: boolean;
}

/** What was read of an object. */
interface Reading {
  readonly written: Node;
  readonly target: Placed | undefined;
  readonly properties: readonly Property[];
}

/**
 * One object of a section: a user, a pool, a policy … with its properties in the order of the file. It never changes. What was
 * read of it is forgotten after a while, and read again when somebody asks.
 */
export class LyncObject implements Forgetful {
  readonly section: SectionType;
  readonly file: SourceFile;
  /** The block in which the object's section names it. */
  readonly block: Block;
  /** Of a user: {@link Deployment} alone reads and writes it. */
  standing: Standing | undefined;
  readonly #anchors: Anchors;
  /** What stands there, if it is not all that the block holds. */
  readonly #written: Node | undefined;
  #reading: Reading | undefined;
  #keys: readonly string[] | undefined;

  constructor(
    section: SectionType,
    file: SourceFile,
    block: Block,
    anchors: Anchors,
    written: Node | undefined,
  ) {
    this.section = section;
    this.file = file;
    this.block = block;
    this.standing = undefined;
    this.#anchors = anchors;
    this.#written = written;
  }

  /** What stands where the section names the object: a mapping, or an alias to one. */
  get written(): Node {
    return this.#read().written;
  }

  get mapping(): Mapping {
    const node = this.#read().target?.node;
    return node?.type === 'mapping' ? node : nothing;
  }

  get mappingBlock(): Block {
    return this.#read().target?.block ?? this.block;
  }

  get properties(): readonly Property[] {
    return this.#read().properties;
  }

  forget(): void {
    this.#reading = undefined;
  }

  #read(): Reading {
    if (this.#reading) return this.#reading;
    const { section, block } = this;
    const written = this.#written ?? block.root ?? nothing;
    const target = this.#anchors.resolve(block, written);
    const properties: Property[] = [];
    if (target) collect(properties, section, target, this.#anchors, undefined);
    this.#reading = { written, target, properties };
    if (!this.#written) keepForNow(this);
    return this.#reading;
  }

  /** What a node of the object stands for: itself, or what its alias names; `undefined` where there is no such anchor. */
  resolve(block: Block, node: Node): Placed | undefined {
    return this.#anchors.resolve(block, node);
  }

  /** The property of that name as the schema spells it. Of two the last counts, as everywhere in YAML's readers. */
  property(name: string): Property | undefined {
    let merged: Property | undefined;
    for (let i = this.properties.length - 1; i >= 0; i--) {
      const property = this.properties[i];
      if (property?.name !== name) continue;
      if (property.own) return property;
      merged = property;
    }
    return merged;
  }

  /** The property, unless its value is null: an empty value means not set. */
  setProperty(name: string): Property | undefined {
    const property = this.property(name);
    return property && !isNull(property.value) ? property : undefined;
  }

  /** The text of a scalar property; `undefined` where it is not set or no scalar. */
  text(name: string): string | undefined {
    return textOf(this.property(name)?.value);
  }

  /** The name that the object is known by, as its file writes it; empty where it has none. */
  get subject(): string {
    const { key } = this.section;
    return this.text(key) ?? (key === 'Identity' ? '' : (this.text('Identity') ?? ''));
  }

  /**
   * The spellings under which others find it, the one of its name first, if it has one. A user's line is the user's alone,
   * too; a computer has one patch version for each component.
   */
  get keys(): readonly string[] {
    return (this.#keys ??= this.#findKeys());
  }

  #findKeys(): readonly string[] {
    const name = this.text(this.section.key);
    if (name === undefined) return [];
    const key = identityKey(this.section, name);
    if (this.section.name === 'CsServerPatchVersion')
      return [key, `${key} ${this.text('ComponentName')?.toLowerCase() ?? ''}`];
    const line = this.section.name === 'CsUser' ? this.text('LineURI') : undefined;
    return line === undefined || line === '' ? [key] : [key, `line ${line.toLowerCase()}`];
  }

  /** Where the object is pointed at as a whole: its name, else its first key. */
  get at(): Place {
    const named = this.property(this.section.key);
    if (named?.valueBlock === this.mappingBlock && named.value.end > named.value.start)
      return this.placeOf(named);
    const first = this.mapping.pairs[0]?.key ?? this.written;
    return place(this.file, first === this.written ? this.block : this.mappingBlock, first);
  }

  /** Where a property's value is written, of an object with a name in it the name; its key where the value is empty or long. */
  placeOf({ written, key, keyBlock }: Property): Place {
    const value = referenceNode(written) ?? written;
    const isLong =
      (value.type === 'mapping' || value.type === 'sequence') &&
      /[\r\n]/.test(keyBlock.text.slice(value.start, value.end));
    return place(this.file, keyBlock, value.end > value.start && !isLong ? value : key);
  }

  keyPlaceOf(property: Property): Place {
    return place(this.file, property.keyBlock, property.key);
  }
}

const nothing: Mapping = { type: 'mapping', pairs: [], flow: false, anchor: undefined, start: 0, end: 0 };

/** A mapping's own properties, then those that its merge keys bring and it does not have, into `found`. */
function collect(
  found: Property[],
  section: SectionType,
  { node, block }: Placed,
  anchors: Anchors,
  seen: Set<Node> | undefined,
): void {
  if (node.type !== 'mapping' || seen?.has(node)) return;
  let merges = false;
  for (const { key, value } of node.pairs) {
    if (key.type !== 'scalar') continue;
    if (isMergeKey(key)) {
      merges = true;
      continue;
    }
    const type = section.property(key.text);
    const target = value.type === 'alias' ? anchors.resolve(block, value) : undefined;
    found.push({
      name: type?.name ?? key.text,
      type,
      key,
      keyBlock: block,
      value: target?.node ?? value,
      valueBlock: target?.block ?? block,
      written: value,
      own: seen === undefined,
    });
  }
  if (!merges) return;
  // A merge may name a mapping that contains it, or the same one a thousand times: each is taken once.
  const taken = seen ?? new Set();
  taken.add(node);
  for (const { key, value } of node.pairs) {
    const source = isMergeKey(key) ? anchors.resolve(block, value) : undefined;
    if (!source) continue;
    const sources =
      source.node.type === 'sequence'
        ? source.node.items.map((item) => anchors.resolve(source.block, item))
        : [source];
    for (const merged of sources) if (merged) collect(found, section, merged, anchors, taken);
  }
}

export function isMergeKey(key: Node): boolean {
  return key.type === 'scalar' && key.style === 'plain' && key.text === '<<';
}

/** Keys that nobody checks: the author's own, and what PowerShell adds to everything that it prints. */
export function isUnchecked(section: SectionType, { type, key }: Property): boolean {
  return type === undefined && (/^x-/i.test(key.text) || isPowerShellNoise(section, key.text));
}
