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

  constructor(found: readonly PlacedSuppression[]) {
    for (const suppression of [...found].sort((a, b) => a.fileLine - b.fileLine)) {
      const { kind, fileLine } = suppression;
      if (kind === 'disable' || kind === 'enable') {
        this.#switches.push(suppression);
        continue;
      }
      const line = kind === 'disable-line' ? fileLine : fileLine + 1;
      this.#byLine.set(line, [...(this.#byLine.get(line) ?? []), suppression]);
    }
  }

  /** Whether a finding of a rule on a line (from 0) is silenced. */
  silences(rule: string, line: number): boolean {
    const names = ({ rules }: Suppression): boolean => rules.length === 0 || rules.includes(rule);
    if (this.#byLine.get(line)?.some(names)) return true;
    const last = this.#switches.findLast(
      (candidate) => names(candidate) && candidate.fileLine <= line - (candidate.kind === 'enable' ? 1 : 0),
    );
    return last?.kind === 'disable';
  }
}
