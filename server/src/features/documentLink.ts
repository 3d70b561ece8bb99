/** textDocument/documentLink: addresses of web pages, and the names of rules, which have a page each. */
import type { DocumentLink } from 'vscode-languageserver-types';
import { ruleUrl } from '../config.ts';
import type { Rule } from '../linter/rule.ts';
import { suppressionsIn } from '../linter/suppressions.ts';
import type { FileContents } from '../model/contents.ts';
import type { Block } from '../parser/block.ts';
import type { Node, Scalar } from '../parser/nodes.ts';
import type { Span } from '../parser/span.ts';
import type { Project } from '../project.ts';
import { toLocation, toRange } from './lsp/positions.ts';

/** More links than these nobody looks for in one file. */
const most = 2000;

/** What can be opened from a file, in the order of its text; `undefined` for files that are none of ours. */
export function documentLinks(project: Project, uri: string): DocumentLink[] | undefined {
  const workspace = project.workspaceOf(uri);
  const contents = project.file(uri);
  if (!workspace) return undefined;
  const rules = new Map(project.rules.map((rule) => [rule.id, rule]));
  if (!contents) return linksOfConfiguration(workspace.deployment.configuration.ruleKeys, rules);
  const links: DocumentLink[] = [];
  for (const link of linksIn(contents, rules)) {
    links.push(link);
    if (links.length === most) break;
  }
  return links;
}

function linksOfConfiguration(
  keys: readonly { readonly id: string; readonly at: Parameters<typeof toLocation>[0] }[],
  rules: ReadonlyMap<string, Rule>,
): DocumentLink[] {
  return keys.flatMap(({ id, at }) => {
    const rule = rules.get(id);
    const range = toLocation(at)?.range;
    return rule && range ? [{ range, target: ruleUrl(id), tooltip: tooltipOf(rule) }] : [];
  });
}

function* linksIn(contents: FileContents, rules: ReadonlyMap<string, Rule>): Generator<DocumentLink> {
  const { file } = contents;
  for (const block of file.blocks) {
    const { text } = block;
    const found: (Span & Pick<DocumentLink, 'target' | 'tooltip'>)[] = [];
    // Nodes of people are read again and again, and nearly nobody has an address of a page.
    if (text.includes('http') || text.includes('HTTP')) found.push(...addressesIn(contents, block));
    if (text.includes('lync-')) found.push(...rulesIn(block, rules));
    found.sort((a, b) => a.start - b.start);
    for (const { target, tooltip, ...span } of found)
      yield { range: toRange(file, block, span), target: target ?? '', tooltip: tooltip ?? '' };
  }
}

function* addressesIn(contents: FileContents, block: Block): Generator<Span & DocumentAddress> {
  for (const object of contents.of(block).objects) {
    for (const { name, type, written, own, keyBlock } of object.properties) {
      if (!own || keyBlock !== block) continue;
      const mayBe = type === undefined || type.type === 'string' || type.type === 'list';
      if (mayBe) yield* addressesOf(written, name, block.text);
    }
  }
}

interface DocumentAddress {
  readonly target: string;
  readonly tooltip: string;
}

/** The addresses in a value, in the members whose names end in Uri or Url. */
function* addressesOf(node: Node, name: string, text: string): Generator<Span & DocumentAddress> {
  switch (node.type) {
    case 'scalar': {
      const span = addressName.test(name) ? addressSpan(node, text) : undefined;
      if (span) yield { ...span, target: node.text, tooltip: `Open the address in '${name}'` };
      return;
    }
    case 'sequence':
      for (const item of node.items) yield* addressesOf(item, name, text);
      return;
    case 'mapping':
      for (const { key, value } of node.pairs)
        yield* addressesOf(value, key.type === 'scalar' ? key.text : name, text);
      return;
    case 'alias':
  }
}

const addressName = /ur[il]s?(?:override)?$/i;

/** Where an address stands that a browser can open, without its quotes: http or https, a host, and nobody's name in front of it. */
function addressSpan({ text: address, style, start, end }: Scalar, text: string): Span | undefined {
  if (!/^https?:\/\/[^\s/?#@"<>\\^`{|}]+(?:[/?#][^\s"<>\\^`{|}]*)?$/i.test(address)) return undefined;
  const span = style === 'plain' ? { start, end } : { start: start + 1, end: end - 1 };
  // With escapes or line ends in it, it is not what it looks like.
  return text.slice(span.start, span.end) === address ? span : undefined;
}

function* rulesIn(block: Block, rules: ReadonlyMap<string, Rule>): Generator<Span & DocumentAddress> {
  for (const suppression of suppressionsIn(block)) {
    for (const { id, start, end } of suppression.rules) {
      const rule = rules.get(id);
      if (rule) yield { start, end, target: ruleUrl(id), tooltip: tooltipOf(rule) };
    }
  }
}

function tooltipOf({ id, summary }: Rule): string {
  return `Open the page of rule '${id}': ${summary}`;
}
