/**
 * What YAML text says, with the place of everything. Spans count from the start of the block that holds the node, so
 * that text above a block can move it without touching its nodes.
 */
import type { Span } from './span.ts';

export type Node = Scalar | Mapping | Sequence | Alias;

export interface Scalar extends Span {
  readonly type: 'scalar';
  /** The value by YAML 1.2's core schema. */
  readonly value: string | number | bigint | boolean | null;
  /** The content as text: `5.10` where `value` is 5.1; quotes and escapes are undone. */
  readonly text: string;
  readonly style: 'plain' | 'single' | 'double' | 'block';
  readonly anchor: string | undefined;
}

export interface Mapping extends Span {
  readonly type: 'mapping';
  readonly pairs: readonly Pair[];
  readonly flow: boolean;
  readonly anchor: string | undefined;
}

export interface Pair {
  readonly key: Node;
  /** An absent value is an empty plain scalar behind the colon. */
  readonly value: Node;
}

export interface Sequence extends Span {
  readonly type: 'sequence';
  readonly items: readonly Node[];
  readonly flow: boolean;
  readonly anchor: string | undefined;
}

export interface Alias extends Span {
  readonly type: 'alias';
  readonly name: string;
}

/** Something that YAML forbids, at its place. `code` is the `yaml` package's name for it. */
export interface SyntaxProblem extends Span {
  readonly code: string;
  readonly message: string;
}

/** The text of a scalar, `undefined` for anything else and for null. */
export function textOf(node: Node | undefined): string | undefined {
  return node?.type === 'scalar' && node.value !== null ? node.text : undefined;
}

/** Whether nothing was written: an absent value, `null`, `~`. */
export function isNull(node: Node): boolean {
  return node.type === 'scalar' && node.value === null;
}
