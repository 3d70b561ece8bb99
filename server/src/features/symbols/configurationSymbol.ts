/** The outline of a `lync.config.yaml`: its settings, and what is set in them. */
import { SymbolKind, type DocumentSymbol } from 'vscode-languageserver-types';
import type { Block } from '../../parser/block.ts';
import { textOf, type Node, type Scalar } from '../../parser/nodes.ts';
import type { SourceFile } from '../../parser/sourceFile.ts';
import { toRange } from '../lsp/positions.ts';

/** Nobody nests settings more deeply. */
const deepest = 4;

/** Each setting with those inside of it. A list's entries have the names of the pools that they are about. */
export function configurationSymbols(file: SourceFile): DocumentSymbol[] {
  const symbols: DocumentSymbol[] = [];
  for (const block of file.blocks) {
    const { root } = block;
    const last = symbols.at(-1);
    if (block.kind === 'header') {
      const key = block.sectionKey;
      if (key) symbols.push(symbol(file, block, key, undefined, []));
    } else if (block.kind === 'item' && root && last) {
      const children = entrySymbols(file, block, [root], 1);
      const end = file.positionInBlock(block, root.end);
      last.children = [...(last.children ?? []), ...children];
      last.range = { start: last.range.start, end };
    } else if (root) {
      symbols.push(...settingSymbols(file, block, root, 0));
    }
  }
  return symbols;
}

function settingSymbols(file: SourceFile, block: Block, node: Node, depth: number): DocumentSymbol[] {
  if (depth > deepest) return [];
  if (node.type === 'sequence') return entrySymbols(file, block, node.items, depth);
  if (node.type !== 'mapping') return [];
  return node.pairs.flatMap(({ key, value }) => {
    if (key.type !== 'scalar' || key.end <= key.start) return [];
    return [symbol(file, block, key, value, settingSymbols(file, block, value, depth + 1))];
  });
}

/** The entries of a list that are about a pool; a list of globs is seen at a glance. */
function entrySymbols(
  file: SourceFile,
  block: Block,
  items: readonly Node[],
  depth: number,
): DocumentSymbol[] {
  return items.flatMap((item) => {
    if (item.type !== 'mapping' || depth > deepest) return [];
    const pool = item.pairs.find(({ key }) => textOf(key) === 'pool')?.value;
    const name = textOf(pool)?.trim();
    if (!pool || !name) return [];
    const range = toRange(file, block, item);
    return [{ name, kind: SymbolKind.Module, range, selectionRange: toRange(file, block, pool) }];
  });
}

function symbol(
  file: SourceFile,
  block: Block,
  key: Scalar,
  value: Node | undefined,
  children: DocumentSymbol[],
): DocumentSymbol {
  const detail = textOf(value);
  const end = Math.max(key.end, value?.end ?? 0);
  return {
    name: key.text.trim() || "''",
    ...(detail === undefined || detail === '' ? {} : { detail }),
    kind: SymbolKind.Property,
    range: toRange(file, block, { start: key.start, end }),
    selectionRange: toRange(file, block, key),
    children,
  };
}
