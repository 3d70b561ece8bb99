/** textDocument/documentHighlight: where in the document stands what the cursor is on. */
import { DocumentHighlightKind, type DocumentHighlight, type Position } from 'vscode-languageserver-types';
import type { Block } from '../parser/block.ts';
import type { SourceFile } from '../parser/sourceFile.ts';
import { usesOf } from '../model/anchorPoint.ts';
import { isOf, occurrencesInFile } from '../model/search.ts';
import { occurrencesInConfiguration } from '../model/occurrences.ts';
import type { Project } from '../project.ts';
import { anchorIn, pointedIn, type AnchorIn } from './lsp/pointed.ts';
import { inOrder, toRange } from './lsp/positions.ts';

/** An editor asks at every move of the cursor, and shows what is near it: so many blocks are looked through in each direction. */
const mostBlocks = 10_000;

/**
 * The places nearest to the position that name what it names, in the order of the text: where it is defined as written, elsewhere
 * as read. `undefined` where nothing is named.
 * @param most how many are worth showing
 */
export function documentHighlight(
  project: Project,
  uri: string,
  position: Position,
  most = 500,
): DocumentHighlight[] | undefined {
  const anchor = anchorIn(project, uri, position);
  if (anchor) return highlightsOf(anchor, most);
  const pointed = pointedIn(project, uri, position);
  if (!pointed) return undefined;
  const { workspace, origin, occurrences } = pointed;
  const [named] = occurrences;
  const contents = project.file(uri);
  const found = contents
    ? occurrencesInFile(contents, named, around(contents.file, origin.block))
    : [...occurrencesInConfiguration(workspace.deployment.configuration)].filter((other) =>
        isOf(other, named),
      );
  const highlights: DocumentHighlight[] = [];
  for (const { at, defines } of found) {
    const kind = defines ? DocumentHighlightKind.Write : DocumentHighlightKind.Read;
    highlights.push({ range: toRange(at.file, at.block, at), kind });
    if (highlights.length >= most) break;
  }
  return highlights.sort((a, b) => inOrder(a.range, b.range));
}

/** An anchor and its aliases, from the anchor on. */
function highlightsOf({ contents, target }: AnchorIn, most: number): DocumentHighlight[] {
  return usesOf(contents, target)
    .slice(0, most)
    .map(({ at, isAlias }) => ({
      range: toRange(at.file, at.block, at),
      kind: isAlias ? DocumentHighlightKind.Read : DocumentHighlightKind.Write,
    }));
}

/** A block, then those around it, the nearest first. */
function* around({ blocks }: SourceFile, block: Block): Generator<Block> {
  yield block;
  let [before, after] = [blocks.before(block), blocks.after(block)];
  for (let step = 0; step < mostBlocks && (before ?? after); step++) {
    if (before) yield before;
    if (after) yield after;
    [before, after] = [before && blocks.before(before), after && blocks.after(after)];
  }
}
