/** Comments that silence findings: `# lync-disable-next-line rule-id, rule-id -- reason`, and their kin. */
import { countLineEnds, type Block } from '../parser/block.ts';
import type { Node } from '../parser/nodes.ts';

export type SuppressionKind = 'disable-next-line' | 'disable-line' | 'disable' | 'enable';

export interface Suppression {
  readonly kind: SuppressionKind;
  /** Empty: every rule. */
  readonly rules: readonly string[];
  /** Counted from the block's start, as is the line. */
  readonly start: number;
  readonly end: number;
  readonly line: number;
}

/** The suppressions in a block's comments. */
export function suppressionsIn(block: Block): Suppression[] {
  if (!block.text.includes('lync-')) return [];
  const found: Suppression[] = [];
  for (const match of block.text.matchAll(comment)) {
    const start = match.index + match[0].indexOf('#');
    if (block.root && isInScalar(block.root, start)) continue;
    const [, kind = '', list = ''] = match;
    const [ids = ''] = list.split(/\s--(?:\s|$)/, 1);
    const rules = ids
      .split(',')
      .map((id) => id.trim())
      .filter((id) => id !== '');
    const line = countLineEnds(block.text.slice(0, start));
    found.push({ kind: kind as SuppressionKind, rules, start, end: match.index + match[0].length, line });
  }
  return found;
}

const comment =
  /(?:^|[ \t])#[ \t]*lync-(disable-next-line|disable-line|disable|enable)(?=[ \t\r]|$)([^\r\n]*)/gm;

/** Text in a scalar only looks like a comment. */
function isInScalar(node: Node, offset: number): boolean {
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

type PlacedSuppression = Suppression & { readonly fileLine: number };

/** The suppressions of a file, each with its line in it. */
export class Suppressions {
  readonly #byLine = new Map<number, Suppression[]>();
  /** Those that hold until another one names the rule, in the order of the file. */
  readonly #switches: PlacedSuppression[] = [];
  /** The same for one rule: a file may have thousands, and is asked for each finding. */
  readonly #switchesOf = new Map<string, readonly PlacedSuppression[]>();
  /** The lines that differ from the one in front of them in what they silence. */
  readonly #edges: readonly number[];

  constructor(found: readonly PlacedSuppression[]) {
    const edges: number[] = [];
    for (const suppression of [...found].sort((a, b) => a.fileLine - b.fileLine)) {
      const { kind, fileLine } = suppression;
      if (kind === 'disable' || kind === 'enable') {
        this.#switches.push(suppression);
        edges.push(firstLineOf(suppression));
        continue;
      }
      const line = kind === 'disable-line' ? fileLine : fileLine + 1;
      const sameLine = this.#byLine.get(line);
      if (sameLine) sameLine.push(suppression);
      else this.#byLine.set(line, [suppression]);
      edges.push(line, line + 1);
    }
    this.#edges = edges.sort((a, b) => a - b);
  }

  /** Whether a finding of a rule on a line (from 0) is silenced. */
  silences(rule: string, line: number): boolean {
    if (this.#byLine.get(line)?.some((suppression) => names(suppression, rule))) return true;
    const switches = this.#switchesFor(rule);
    const count = countUpTo(switches, line, firstLineOf);
    return switches[count - 1]?.kind === 'disable';
  }

  /** Whether all lines from `first` to `last` are alike in what they silence. */
  isUniform(first: number, last: number): boolean {
    const line = (edge: number): number => edge;
    return countUpTo(this.#edges, first, line) === countUpTo(this.#edges, last, line);
  }

  #switchesFor(rule: string): readonly PlacedSuppression[] {
    let switches = this.#switchesOf.get(rule);
    if (!switches) {
      switches = this.#switches.filter((suppression) => names(suppression, rule));
      this.#switchesOf.set(rule, switches);
    }
    return switches;
  }
}

/** The first line for which a switch counts: what is enabled is still silent on the line of the comment. */
function firstLineOf({ kind, fileLine }: PlacedSuppression): number {
  return kind === 'enable' ? fileLine + 1 : fileLine;
}

function names({ rules }: Suppression, rule: string): boolean {
  return rules.length === 0 || rules.includes(rule);
}

/** How many of `sorted` have a line of at most `line`. */
function countUpTo<T>(sorted: readonly T[], line: number, lineOf: (entry: T) => number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const entry = sorted[middle];
    if (entry !== undefined && lineOf(entry) <= line) low = middle + 1;
    else high = middle;
  }
  return low;
}
