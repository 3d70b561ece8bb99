/** What the suppressions of a file leave of its checks' tallies, and which of them silence something. */
import { countLineEnds } from '../parser/block.ts';
import type { SourceFile } from '../parser/sourceFile.ts';
import { nothing, type Check, type Tallies, type Tally } from './check.ts';
import type { Finding } from './finding.ts';
import type { PlacedSuppression, Stretch, Suppressions } from './suppressions.ts';
import type { Block } from '../parser/block.ts';

/** Where nobody can say what would be found: text that cannot be read. */
const unreadable = 'yaml-syntax';

/** What a silence is worked out from. */
export interface Heard {
  checkOf(block: Block): Check | undefined;
  /** The findings of a check that stand in its block, in words. */
  own(check: Check): readonly Finding[];
}

/** The rules that a suppression has silenced. */
export class Uses {
  readonly #rules = new Map<PlacedSuppression, Set<string>>();

  add(suppression: PlacedSuppression, rule: string): void {
    const known = this.#rules.get(suppression);
    if (known) known.add(rule);
    else this.#rules.set(suppression, new Set([rule]));
  }

  has(suppression: PlacedSuppression, rule: string): boolean {
    return this.#rules.get(suppression)?.has(rule) ?? false;
  }

  hasAny(suppression: PlacedSuppression): boolean {
    return this.#rules.has(suppression);
  }
}

export class Silence {
  readonly suppressions: Suppressions;
  readonly uses = new Uses();
  /** What is left of the tallies that lose something. */
  readonly left = new Map<Check, Tally>();
  /** How many checks lose something of a tally, and the checks by what they are left with. */
  readonly gone = new Map<Tally, number>();
  readonly moved = new Map<Tally, Check[]>();
  /** The lines of blocks that cannot be read. */
  readonly unread: Stretch[] = [];

  /** Looks at the blocks where something is silenced, and no others. */
  constructor(suppressions: Suppressions, file: SourceFile, heard: Heard, tallies: Tallies) {
    this.suppressions = suppressions;
    let next = 0;
    let seen: Block | undefined;
    for (const { first, last } of suppressions.stretches) {
      if (last < next) continue;
      // All that is found in a block within the stretch is treated alike, and so are blocks with the same tally.
      const known = new Map<Tally, Tally>();
      for (const [block, line] of file.blocks.fromLine(Math.max(first, next))) {
        if (line > last) break;
        // In the last block all lines are looked for that would be behind it.
        if (block === seen) continue;
        seen = block;
        next = line + block.lines;
        const check = heard.checkOf(block);
        if (!check || check.tally === nothing) continue;
        const lastLine = block.text.endsWith('\n') ? next - 1 : next;
        if (check.tally.some(({ rule }) => rule.id === unreadable))
          this.unread.push({ first: line, last: lastLine });
        const isInside = line >= first && lastLine <= last;
        let tally = isInside ? known.get(check.tally) : undefined;
        if (!tally) {
          const lineOf = ({ at }: Finding): number => line + countLineEnds(block.text.slice(0, at.start));
          const loud = isInside
            ? check.tally.filter(({ rule }) => !this.takes(rule.id, first))
            : heard.own(check).filter((finding) => !this.takes(finding.rule.id, lineOf(finding)));
          tally = tallies.of(loud);
          if (isInside) known.set(check.tally, tally);
        }
        this.#move(check, tally);
      }
    }
  }

  /** Whether a finding of a rule on a line is silenced; whatever silences it is of use. */
  takes(rule: string, line: number): boolean {
    const silencer = this.suppressions.silencer(rule, line);
    if (silencer) this.uses.add(silencer, rule);
    return silencer !== undefined;
  }

  #move(check: Check, tally: Tally): void {
    if (tally === check.tally) return;
    this.left.set(check, tally);
    this.gone.set(check.tally, (this.gone.get(check.tally) ?? 0) + 1);
    const same = this.moved.get(tally);
    if (same) same.push(check);
    else this.moved.set(tally, [check]);
  }
}
