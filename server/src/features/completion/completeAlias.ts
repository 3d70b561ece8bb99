/** The names of anchors behind `*`, and the key that merges what one holds. */
import { CompletionItemKind } from 'vscode-languageserver-types';
import { anchorsBefore } from '../../model/anchorPoint.ts';
import type { FileContents } from '../../model/contents.ts';
import type { AliasCursor, PropertyCursor, WordPlace } from '../../model/cursor.ts';
import type { Placed } from '../../parser/anchors.ts';
import type { Node } from '../../parser/nodes.ts';
import type { Draft } from './completionItems.ts';
import { describeHeld } from '../hover/hoverAnchor.ts';
import { counted } from '../../model/wording.ts';

/** The anchors that may be named at the cursor, the nearest above it first. */
export function* aliasDrafts({ place, holds }: AliasCursor, contents: FileContents): Generator<Draft> {
  for (const { block, node } of anchorsAt(contents, place)) {
    if (node.type === 'alias' || node.anchor === undefined) continue;
    if (holds === 'mapping' && node.type !== 'mapping') continue;
    const line = contents.file.positionInBlock(block, node.start).line + 1;
    yield {
      label: node.anchor,
      kind: CompletionItemKind.Reference,
      insert: { start: place.start, end: place.end, text: node.anchor },
      detail: `${holdsWords(node)} in line ${line}`,
      documentation: () => describeHeld(node),
    };
  }
}

/** A merge key, where there is a mapping to merge and the object has none yet. */
export function* mergeDrafts(
  { place, hasColon, present }: PropertyCursor,
  contents: FileContents,
): Generator<Draft> {
  if (place.quote !== '' || place.json || present.has('<<')) return;
  if (!anchorsAt(contents, place).some(({ node }) => node.type === 'mapping')) return;
  yield {
    label: '<<',
    kind: CompletionItemKind.Property,
    insert: { start: place.start, end: place.end, text: hasColon ? '<<' : '<<: *' },
    detail: 'merges what an anchor holds',
    documentation: () => [
      'Takes over every key of a mapping with an anchor that the object does not have itself.',
    ],
    retrigger: !hasColon,
  };
}

function anchorsAt(contents: FileContents, { start }: WordPlace): Placed[] {
  const found = contents.file.blocks.at(start);
  return found ? anchorsBefore(contents, found.block, start - found.start.offset) : [];
}

function holdsWords(node: Node): string {
  if (node.type === 'mapping') return counted(node.pairs.length, 'key');
  return node.type === 'sequence' ? `a list of ${node.items.length}` : 'a value';
}
