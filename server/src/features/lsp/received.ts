/** Positions and ranges that came over the wire in a message of our own: nothing of it is believed. */
import type { Position, Range } from 'vscode-languageserver-types';

export function isPosition(value: unknown): value is Position {
  if (typeof value !== 'object' || value === null) return false;
  const { line, character } = value as Partial<Record<keyof Position, unknown>>;
  return isCount(line) && isCount(character);
}

export function isRange(value: unknown): value is Range {
  if (typeof value !== 'object' || value === null) return false;
  const { start, end } = value as Partial<Record<keyof Range, unknown>>;
  return isPosition(start) && isPosition(end);
}

function isCount(value: unknown): boolean {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}
