/** How the tables of a script are laid out: values on lines, in the order in which they came. */
import { inComment, isPlain, literal, type Literal } from './powershell.ts';

/**
 * A script as it is written to a file: with a byte-order mark if there is anything beyond ASCII in it, for Windows PowerShell
 * takes text without one for ANSI, and names with umlauts would be unreadable.
 */
export function withMark(script: string): string {
  return /^[\x00-\x7F]*$/.test(script) ? script : `\uFEFF${script}`;
}

/** A policy or a configuration: which one it is, and the values that a step knows of it. */
export function objectEntry(
  noun: string,
  identity: string,
  isMade: boolean,
  values: readonly (readonly [name: string, Iterable<readonly [string, Literal]> | undefined])[],
): string[] {
  return [
    '    @{',
    `        Noun = '${noun}'`,
    row(8, 'Identity = ', identity),
    ...(isMade ? ['        Make = $true'] : []),
    ...values.flatMap(([name, entries]) => (entries ? hashTable(name, entries) : [])),
    '    }',
  ];
}

export function hashTable(name: string, values: Iterable<readonly [string, Literal]>): string[] {
  const rows = Array.from(values, ([key, value]) => row(12, `${key} = `, value));
  return rows.length > 0
    ? [`        ${name} = [ordered]@{`, ...rows, '        }']
    : [`        ${name} = @{}`];
}

/** A value on a line, and beside it, if it had to be written in codes, how it reads. */
export function row(indent: number, before: string, value: Literal): string {
  const text = typeof value === 'string' ? [value] : Array.isArray(value) ? (value as readonly string[]) : [];
  const reads = text.every(isPlain) ? '' : ` # reads: ${inComment(text.join(', ').slice(0, 120))}`;
  return `${' '.repeat(indent)}${before}${literal(value)}${reads}`;
}

export function indented(lines: readonly string[], by = 4): string[] {
  return lines.map((line) => `${' '.repeat(by)}${line}`);
}

/** In the order in which each group's first comes. */
export function grouped<T>(entries: readonly T[], keyOf: (entry: T) => string): Iterable<readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const entry of entries) {
    const key = keyOf(entry);
    const group = groups.get(key);
    if (group) group.push(entry);
    else groups.set(key, [entry]);
  }
  return groups.values();
}
