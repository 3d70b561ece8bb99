/** What stands at a place of a file, in the model's terms. */
import type { Block } from '../parser/block.ts';
import type { Node, Scalar } from '../parser/nodes.ts';
import { touches } from '../parser/span.ts';
import type { FileContents, SectionUse } from './contents.ts';
import type { LyncObject, Property } from './object.ts';

export type Located =
  | { readonly kind: 'section'; readonly block: Block; readonly section: SectionUse; readonly node: Scalar }
  | {
      readonly kind: 'key';
      readonly block: Block;
      readonly object: LyncObject;
      readonly property: Property;
      readonly node: Scalar;
    }
  | {
      readonly kind: 'value';
      readonly block: Block;
      readonly object: LyncObject;
      readonly property: Property;
      readonly node: Node;
    };

/** What a cursor at `offset` (UTF-16, from the start of the file) is on; `undefined` for white space, comments and the like. */
export function locate(contents: FileContents, offset: number): Located | undefined {
  const found = contents.file.blocks.at(offset);
  if (!found) return undefined;
  // At the start of a block the cursor may still be behind the last character of the one before.
  const before = offset === found.start.offset ? contents.file.blocks.before(found.block) : undefined;
  return (
    locateIn(contents, found.block, offset - found.start.offset) ??
    (before && locateIn(contents, before, before.text.length))
  );
}

/** The object at `offset` (UTF-16, from the start of the file): on a line of its own, in white space and comments, too. */
export function objectAt(contents: FileContents, offset: number): LyncObject | undefined {
  const found = contents.file.blocks.at(offset);
  if (!found) return undefined;
  const { objects } = contents.of(found.block);
  if (objects.length === 1) return objects[0];
  return objects.find(({ written }) => touches(written, offset - found.start.offset));
}

function locateIn(contents: FileContents, block: Block, offset: number): Located | undefined {
  const { sections, objects } = contents.of(block);
  const section = sections.find(({ key }) => touches(key, offset));
  if (section) return { kind: 'section', block, section, node: section.key };
  for (const object of objects) {
    for (const property of object.properties) {
      if (!property.own || property.keyBlock !== block) continue;
      if (touches(property.key, offset)) return { kind: 'key', block, object, property, node: property.key };
      const { written } = property;
      if (touches(written, offset))
        return { kind: 'value', block, object, property, node: nodeAt(written, offset) };
    }
  }
  return undefined;
}

/** The innermost node at an offset, which must touch `node`. */
export function nodeAt(node: Node, offset: number): Node {
  const children =
    node.type === 'sequence'
      ? node.items
      : node.type === 'mapping'
        ? node.pairs.flatMap(({ key, value }) => [key, value])
        : [];
  const child = children.find((candidate) => touches(candidate, offset));
  return child ? nodeAt(child, offset) : node;
}
