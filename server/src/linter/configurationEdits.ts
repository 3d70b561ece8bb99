/** How `lync.config.yaml` is changed: comments, order and shape stay. */
import type { Severity } from '../model/configuration.ts';
import type { Block } from '../parser/block.ts';
import { isNull, textOf, type Mapping, type Node } from '../parser/nodes.ts';
import type { SourceFile } from '../parser/sourceFile.ts';
import { insertion, keyStyle, lineEndBehind, lineEndOf, type TextEdit } from './edits.ts';
import { scalarText } from './yamlText.ts';

/** The edit that gives a rule a severity; `undefined` where the file is not in a shape that takes it. */
export function ruleSetting(file: SourceFile, id: string, severity: Severity | 'off'): TextEdit | undefined {
  const blocks = [...file.blocks];
  if (blocks.some(({ problems }) => problems.length > 0)) return undefined;
  const found = blocks.flatMap((block) => settingIn(block)).at(-1);
  if (found) return inRules(file, found, id, severity);
  const root = blocks.map((block) => block.root).find((node) => node !== undefined);
  const isWhole = blocks.some(({ kind }) => kind === 'document');
  if (isWhole && root && (root.type !== 'mapping' || root.flow)) {
    const block = blocks.find((candidate) => candidate.root === root);
    if (root.type !== 'mapping' || !block) return undefined;
    const style = keyStyle(root);
    const rules = `${scalarText('rules', style)}: { ${setting(id, severity, style)} }`;
    return moved(file, block, insertion(block, root, [rules]));
  }
  const last = blocks.at(-1)?.text ?? '';
  const eol = lineEndOf(file.text);
  const before = last === '' || last === '\uFEFF' || last.endsWith('\n') ? '' : eol;
  return {
    start: file.length,
    end: file.length,
    text: `${before}rules:${eol}  ${setting(id, severity)}${eol}`,
  };
}

/** What a configuration is that says nothing else. */
export function newConfiguration(id: string, severity: Severity | 'off'): string {
  return `rules:\n  ${setting(id, severity)}\n`;
}

/** The key `rules` in a block, with its value; a header has none. */
interface Found {
  readonly block: Block;
  readonly keyEnd: number;
  readonly column: number;
  readonly value: Node | undefined;
  /** Whether it stands in braces. */
  readonly parent: Mapping | undefined;
}

function settingIn(block: Block): Found[] {
  const columnOf = (offset: number): number => offset - (block.text.lastIndexOf('\n', offset - 1) + 1);
  if (block.kind === 'header') {
    const key = block.sectionKey;
    return key?.text === 'rules'
      ? [{ block, keyEnd: key.end, column: 0, value: undefined, parent: undefined }]
      : [];
  }
  const { root } = block;
  if (block.kind === 'item' || root?.type !== 'mapping') return [];
  return root.pairs
    .filter(({ key }) => textOf(key) === 'rules')
    .map(({ key, value }) => ({
      block,
      keyEnd: key.end,
      column: columnOf(key.start),
      value,
      parent: root.flow ? root : undefined,
    }));
}

function inRules(
  file: SourceFile,
  { block, keyEnd, column, value, parent }: Found,
  id: string,
  severity: Severity | 'off',
): TextEdit | undefined {
  const style = keyStyle(parent);
  if (value?.type === 'mapping') {
    const known = value.pairs.findLast(({ key }) => textOf(key) === id);
    const own = value.flow ? keyStyle(value) : style;
    if (!known) {
      if (value.pairs.length === 0)
        return moved(file, block, {
          start: value.start,
          end: value.end,
          text: `{ ${setting(id, severity, style)} }`,
        });
      return moved(file, block, insertion(block, value, [setting(id, severity, own)]));
    }
    const { value: before } = known;
    if (before.type !== 'scalar' && before.type !== 'alias') return undefined;
    const quotes = before.type === 'scalar' && before.style !== 'block' ? before.style : 'plain';
    const text = scalarText(severity, before.end > before.start ? quotes : own);
    const end = before.start + block.text.slice(before.start, before.end).trimEnd().length;
    return moved(file, block, { start: before.start, end, text: end > before.start ? text : ` ${text}` });
  }
  if (value && !isNull(value)) return undefined;
  if (value && value.end > value.start)
    return moved(file, block, {
      start: value.start,
      end: value.end,
      text: `{ ${setting(id, severity, style)} }`,
    });
  if (parent) {
    const at = value?.end ?? keyEnd + 1;
    return moved(file, block, { start: at, end: at, text: ` { ${setting(id, severity, style)} }` });
  }
  // A list that is not meant to be there follows in blocks of its own.
  if (file.blocks.after(block)?.kind === 'item') return undefined;
  const { text } = block;
  const at = lineEndBehind(text, keyEnd);
  const eol = lineEndOf(file.text);
  const line = `${' '.repeat(column + 2)}${setting(id, severity)}`;
  return moved(file, block, {
    start: at,
    end: at,
    text: text.endsWith('\n') || at < text.length ? line + eol : eol + line,
  });
}

function setting(
  id: string,
  severity: Severity | 'off',
  style: 'plain' | 'double' | 'single' | 'block' = 'plain',
): string {
  return `${scalarText(id, style)}: ${scalarText(severity, style)}`;
}

/** An edit of a block as one of its file. */
function moved(file: SourceFile, block: Block, { start, end, text }: TextEdit): TextEdit {
  return { ...file.absolute(block, { start, end }), text };
}
