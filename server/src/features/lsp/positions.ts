/** Places as the Language Server Protocol names them: the one file in which offsets become positions. */
import type * as lsp from 'vscode-languageserver-types';
import type { Block } from '../../parser/block.ts';
import type { SourceFile } from '../../parser/sourceFile.ts';
import type { Span } from '../../parser/span.ts';
import type { Place } from '../../model/place.ts';

/** @param line the block's first line, for those who know it */
export function toRange(
  file: SourceFile,
  block: Block,
  { start, end }: Span,
  line = file.blocks.startOf(block).line,
): lsp.Range {
  return {
    start: file.positionInBlock(block, start, line),
    end: file.positionInBlock(block, end, line),
  };
}

/** The location of a place; `undefined` where its text has changed since it was found. */
export function toLocation({ file, block, start, end }: Place): lsp.Location | undefined {
  return file.blocks.has(block) ? { uri: file.uri, range: toRange(file, block, { start, end }) } : undefined;
}

/** The range from one offset of a file to another. */
export function toFileRange(file: SourceFile, { start, end }: Span): lsp.Range {
  return { start: file.positionAt(start), end: file.positionAt(end) };
}

export function isBefore(a: lsp.Position, b: lsp.Position): boolean {
  return a.line < b.line || (a.line === b.line && a.character < b.character);
}

/** Sorts ranges by where they start. */
export function inOrder({ start: a }: lsp.Range, { start: b }: lsp.Range): number {
  return a.line - b.line || a.character - b.character;
}
