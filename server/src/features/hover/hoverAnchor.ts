/** What an anchor is used for, what an alias stands for, and what a merge key brings. */
import { anchorOf, usesOf } from '../../model/anchorPoint.ts';
import type { FileContents } from '../../model/contents.ts';
import { broughtBy, mergeAt, type Brought, type Merge } from '../../model/merging.ts';
import { blocksAt } from '../../model/pointed.ts';
import { isNull, type Node } from '../../parser/nodes.ts';
import { code, plain } from '../markdown.ts';
import { counted } from '../../model/wording.ts';
import type { AnchorIn } from '../lsp/pointed.ts';

/** The merge key, or an alias that it names, at `offset` (UTF-16, from the start of the file). */
export function mergeIn(contents: FileContents, offset: number): Merge | undefined {
  for (const [block, at] of blocksAt(contents.file, offset)) {
    const merge = block.text.includes('<<') ? mergeAt(block, at) : undefined;
    if (merge) return merge;
  }
  return undefined;
}

/** What a merge brings, in its order, each with its value, and what overrides it. */
export function* describeMerge(contents: FileContents, merge: Merge): Generator<string> {
  const brought = broughtBy(contents, merge);
  const { by } = merge;
  const what = by.type === 'alias' ? `*${by.name}` : '<<';
  const kept = brought.filter(({ overriddenBy }) => !overriddenBy).length;
  if (brought.length === 0) {
    yield `${code(what)} brings nothing.`;
    return;
  }
  const overridden = brought.length - kept;
  yield `${code(what)} brings ${counted(kept, 'property', 'properties')}${overridden === 0 ? '' : `; ${overridden} more ${overridden === 1 ? 'is' : 'are'} overridden`}:`;
  yield listed(brought.map(broughtWords));
}

function broughtWords({ key, value, overriddenBy, counts }: Brought): string {
  const line = `${plain(key)}: ${valueOf(value)}`;
  if (!overriddenBy) return line;
  const by = overriddenBy === 'own' ? "the object's own" : 'a mapping that is merged before, with';
  return `~~${line}~~, overridden by ${by} ${valueOf(counts)}`;
}

/** Of an alias what it stands for and where that is written, of an anchor how often it is used. */
export function* describeAnchor({ name, at, isAlias, target, contents }: AnchorIn): Generator<string> {
  if (!isAlias) {
    const aliases = usesOf(contents, target).filter((use) => use.isAlias).length;
    yield `**${code(`&${name}`)}** is used by ${counted(aliases, 'alias', 'aliases')} in this document.`;
    return;
  }
  const anchor = anchorOf(target);
  const { file } = contents;
  const line = anchor && file.positionInBlock(target.block, anchor.start).line + 1;
  const where = line === undefined ? '' : `, from line ${line}`;
  yield `**${code(at.block.text.slice(at.start, at.end))}** stands for ${valueOf(target.node)}${where}.`;
  if (target.node.type !== 'scalar') yield* describeHeld(target.node);
}

/** What an anchor holds, in short. */
export function* describeHeld(node: Node): Generator<string> {
  if (node.type === 'sequence') yield listed(node.items.map(valueOf));
  else if (node.type === 'mapping')
    yield listed(
      node.pairs.map(
        ({ key, value }) => `${key.type === 'scalar' ? plain(key.text) : '…'}: ${valueOf(value)}`,
      ),
    );
  else yield valueOf(node);
}

function valueOf(node: Node): string {
  if (isNull(node)) return 'nothing';
  switch (node.type) {
    case 'scalar':
      return code(shortened(node.text));
    case 'alias':
      return code(`*${node.name}`);
    case 'sequence':
      return `a list of ${node.items.length}`;
    case 'mapping':
      return `a mapping of ${counted(node.pairs.length, 'key')}`;
  }
}

function shortened(text: string): string {
  return text.length > longest ? `${text.slice(0, longest).replace(/[\uD800-\uDBFF]$/, '')}…` : text;
}

const longest = 200;
/** Nobody reads more lines in a hover. */
const mostShown = 40;

function listed(lines: readonly string[]): string {
  const shown = lines.slice(0, mostShown).map((line) => `- ${line}`);
  if (lines.length > mostShown) shown.push(`- … and ${lines.length - mostShown} more`);
  return shown.join('\n');
}
