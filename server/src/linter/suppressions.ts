/** Comments that silence findings: `# lync-disable-next-line rule-id, rule-id -- reason`, and their kin. */
import { countLineEnds, type Block } from '../parser/block.ts';
import type { Node } from '../parser/nodes.ts';
import type { Span } from '../parser/span.ts';

export type SuppressionKind = 'disable-next-line' | 'disable-line' | 'disable' | 'enable';

/** The rule under whose name it is reported that a suppression silences nothing. It must be named to be silenced itself. */
export const unusedSuppression = 'no-unused-suppression';

/** An id that a suppression names, counted from the block's start. */
export interface RuleName extends Span {
  readonly id: string;
}

/** Counted from the block's start, as is the line. */
export interface Suppression extends Span {
  readonly kind: SuppressionKind;
  /** Empty: every rule. */
  readonly rules: readonly RuleName[];
  readonly line: number;
}

/** The suppressions in a block's comments. */
export function suppressionsIn(block: Block): Suppression[] {
  if (!block.text.includes('lync-')) return [];
  const found: Suppression[] = [];
  for (const match of block.text.matchAll(comment)) {
    const start = match.index + match[0].indexOf('#');
    if (block.root && isInScalar(block.root, start)) continue;
    const [whole, kind = '', list = ''] = match;
    const line = countLineEnds(block.text.slice(0, start));
    const end = match.index + whole.trimEnd().length;
    const rules = [...namesIn(list, match.index + whole.length - list.length)];
    found.push({ kind: kind as SuppressionKind, rules, start, end, line });
  }
  return found;
}

/** The ids in what follows a suppression's word, up to the reason. */
function* namesIn(list: string, offset: number): Generator<RuleName> {
  const [ids = ''] = list.split(/\s--(?:\s|$)/, 1);
  for (const { 0: written, index } of ids.matchAll(/[^,]+/g)) {
    const id = written.trim();
    if (id === '') continue;
    const start = offset + index + written.indexOf(id);
    yield { id, start, end: start + id.length };
  }
}

// A byte-order mark may stand in front of the first line.
const comment =
  /(?:^|[ \t\uFEFF])#[ \t]*lync-(disable-next-line|disable-line|disable|enable)(?=[ \t\r]|$)([^\r\n]*)/gm;

/** Text in a scalar only looks like a comment. */
export function isInScalar(node: Node, offset: number): boolean {
  if (offset < node.start || offset >= node.end) return false;
  switch (node.type) {
    case 'scalar':
      return true;
    case 'mapping':
      return node.pairs.some(({ key, value }) => isInScalar(key, offset) || isInScalar(value, offset));
    case 'sequence':
      return node.items.some((item) => isInScalar(item, offset));
    case 'alias':
      return false;
  }
}

export type PlacedSuppression = Suppression & { readonly block: Block; readonly fileLine: number };

/** Lines, from 0, both included, that are alike in what is silenced on them. */
export interface Stretch {
  readonly first: number;
  readonly last: number;
}

/** The suppressions of a file, each with its line in it. */
export class Suppressions {
  /** In the order of the file. */
  readonly all: readonly PlacedSuppression[];
  /** Where anything is silenced at all. */
  readonly stretches: readonly Stretch[];
  readonly #byLine = new Map<number, PlacedSuppression[]>();
  /** Those that hold until another one names the rule, in the order of the file. */
  readonly #switches: readonly PlacedSuppression[];
  /** The same for one rule: a file may have thousands, and is asked for each finding. */
  readonly #switchesOf = new Map<string, readonly PlacedSuppression[]>();

  constructor(found: readonly PlacedSuppression[]) {
    this.all = [...found].sort((a, b) => a.fileLine - b.fileLine);
    this.#switches = this.all.filter(isSwitch);
    for (const suppression of this.all) {
      if (isSwitch(suppression)) continue;
      const line = firstLineOf(suppression);
      const sameLine = this.#byLine.get(line);
      if (sameLine) sameLine.push(suppression);
      else this.#byLine.set(line, [suppression]);
    }
    this.stretches = [...this.#findStretches()];
  }

  /** The comment that silences a finding of a rule on a line (from 0). */
  silencer(rule: string, line: number): PlacedSuppression | undefined {
    const own = this.#byLine.get(line)?.find((suppression) => names(suppression, rule));
    if (own) return own;
    const switches = this.#switchesFor(rule);
    const last = switches[countUpTo(switches, line) - 1];
    return last?.kind === 'disable' ? last : undefined;
  }

  #switchesFor(rule: string): readonly PlacedSuppression[] {
    let switches = this.#switchesOf.get(rule);
    if (!switches) {
      switches = this.#switches.filter((suppression) => names(suppression, rule));
      this.#switchesOf.set(rule, switches);
    }
    return switches;
  }

  *#findStretches(): Generator<Stretch> {
    const edges = new Set(this.#switches.map(firstLineOf));
    for (const line of this.#byLine.keys()) edges.add(line).add(line + 1);
    const sorted = [...edges].sort((a, b) => a - b);
    const disabled = new Set<string>();
    let next = 0;
    for (const [index, first] of sorted.entries()) {
      for (
        let entry = this.#switches[next];
        entry && firstLineOf(entry) <= first;
        entry = this.#switches[++next]
      ) {
        const ids = entry.rules.length > 0 ? entry.rules.map(({ id }) => id) : [everything];
        if (entry.kind === 'enable' && entry.rules.length === 0) disabled.clear();
        for (const id of ids)
          if (entry.kind === 'disable') disabled.add(id);
          else disabled.delete(id);
      }
      if (disabled.size > 0 || this.#byLine.has(first))
        yield { first, last: (sorted[index + 1] ?? Infinity) - 1 };
    }
  }
}

const everything = '*';

export function isSwitch({ kind }: Suppression): boolean {
  return kind === 'disable' || kind === 'enable';
}

/** The first line for which a suppression counts: what is enabled is still silent on the line of the comment. */
export function firstLineOf({ kind, fileLine }: PlacedSuppression): number {
  return kind === 'enable' || kind === 'disable-next-line' ? fileLine + 1 : fileLine;
}

/** Whether a suppression is about a rule. */
export function names({ rules }: Suppression, rule: string): boolean {
  return rules.length === 0 ? rule !== unusedSuppression : rules.some(({ id }) => id === rule);
}

/** How many of `sorted` count on a line. */
function countUpTo(sorted: readonly PlacedSuppression[], line: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const entry = sorted[middle];
    if (entry && firstLineOf(entry) <= line) low = middle + 1;
    else high = middle;
  }
  return low;
}
