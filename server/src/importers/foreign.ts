/** A value as PowerShell has it, whatever kind of file it came in, before the schema says what it is to be. */
export type Foreign = null | boolean | number | string | readonly Foreign[] | ForeignObject;

export interface ForeignObject {
  /** .NET types, the object's own first; none where the file does not say. */
  readonly types: readonly string[];
  /** What its ToString() gave, where the file says so. */
  readonly text: string | undefined;
  readonly members: ReadonlyMap<string, Foreign>;
  /** From 1, where it begins in its file. */
  readonly line: number | undefined;
  /** Whether something in it was taken before: this is the rest. */
  readonly isRest?: boolean;
}

export function isForeignObject(value: Foreign | undefined): value is ForeignObject {
  return typeof value === 'object' && value !== null && 'members' in value;
}

export function isForeignList(value: Foreign | undefined): value is readonly Foreign[] {
  return Array.isArray(value);
}

/** A member by its name in any case. */
export function memberOf(object: ForeignObject, name: string): Foreign | undefined {
  const exact = object.members.get(name);
  if (exact !== undefined) return exact;
  const lower = name.toLowerCase();
  for (const [key, value] of object.members) if (key.toLowerCase() === lower) return value;
  return undefined;
}

/** The text of what PowerShell prints as an object with a name: of a policy that was granted, a pool, an identity. */
export function nameOf(object: ForeignObject): string | undefined {
  for (const name of ['FriendlyName', 'Name', 'Value']) {
    const value = memberOf(object, name);
    if (typeof value === 'string' && value !== '') return value;
  }
  return object.text;
}
