/** What scripts leave in files: variables of PowerShell that nobody replaced, as `$SkypeFQDN` in a topology made from a template. */
import type { ImportedObject, ImportedValue } from './imported.ts';

/** The placeholders in an object, each once, with the property that has it first. */
export function placeholdersIn({ properties }: ImportedObject): Map<string, string> {
  const found = new Map<string, string>();
  for (const [name, value] of properties) collect(name, value, found);
  return found;
}

function collect(name: string, value: ImportedValue, found: Map<string, string>): void {
  if (typeof value === 'string') {
    if (!value.includes('$')) return;
    for (const [, placeholder] of value.matchAll(variable))
      if (placeholder !== undefined && !found.has(placeholder)) found.set(placeholder, name);
    return;
  }
  if (typeof value !== 'object' || value === null) return;
  for (const inner of Object.values<ImportedValue>(value)) collect(name, inner, found);
}

/**
 * `$Name`, `${Name}`, `$(…)`, at the beginning or behind what parts words: `\\server\d$` and `C$x` are shares, and `$1` stands in
 * patterns.
 */
const variable = /(?:^|[^\w$\\])(\$(?:[A-Za-z_]\w+|\{[A-Za-z_][\w:]*\}|\([^)]*\)))/g;
