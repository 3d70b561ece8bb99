/** Effective values and their reasons in words, the same in every message and hover. */
import type { EffectiveObject, EffectiveValue } from './effective.ts';
import type { Place } from './place.ts';

/** `UcsAllowed is true in 'Global'`, or how it comes about where nothing is written. */
export function describeValue(value: EffectiveValue, property: string): string {
  const { effective } = value;
  const text = valueWords(value);
  if (value.property) return `${property} is ${text} in '${effective.identity ?? ''}'`;
  if (!effective.object)
    return `no ${effective.section.name} applies here, so the built-in default does: ${property} is ${text}`;
  if (value.value === null) return `${property} is not set in '${effective.identity ?? ''}'`;
  return `${property} is not set in '${effective.identity ?? ''}', so its default applies: ${text}`;
}

export function valueWords({ value }: EffectiveValue): string {
  if (value === null) return 'not set (the client decides)';
  return value === undefined ? 'not readable' : String(value);
}

/** Where a value is decided: the setting itself, else the object that leaves it out. */
export function placeOfValue({ effective, property }: EffectiveValue): Place | undefined {
  return property && effective.object ? effective.object.placeOf(property) : effective.object?.at;
}

/** The scopes in the order in which they were looked at: `Tag:X (not defined), Site:Redmond`. */
export function describeSteps({ steps, object }: EffectiveObject): string {
  const words = steps.map(({ identity, found }) => (found ? identity : `${identity} (not defined)`));
  return [...words, ...(object ? [] : ['built-in default'])].join(' → ');
}
