/** A foreign object as one of ours: the schema's names and types, without what PowerShell adds. */
import { isPowerShellNoise, type PropertyType, type SectionType } from '../schema/schema.ts';
import type { ForeignObject } from './foreign.ts';
import type { ImportedObject, ImportedValue, Origin } from './imported.ts';
import { aliased } from './sections.ts';
import type { Tally } from './tally.ts';
import { convert, type Loss } from './values.ts';

export interface Shaping {
  readonly section: SectionType;
  readonly origin: Origin;
  /** Whether the file has nothing but text, as CSV. */
  readonly isText: boolean;
}

/** @param tally told of what did not come through */
export function shaped(
  foreign: ForeignObject,
  { section, origin, isText }: Shaping,
  tally: Tally,
): ImportedObject {
  const properties = new Map<string, ImportedValue>();
  const unset = new Set<string>();
  const taken = new Set<string>();
  for (const [written, value] of foreign.members) {
    const { name, type } = propertyOf(section, written);
    if (isPowerShellNoise(section, name) || name.length > longestName) continue;
    const converted = convert(type, value, isText);
    if (converted.loss) {
      const sentence = sentences[converted.loss];
      tally.add('left out', `${converted.loss} ${section.name} ${name}`, origin, (count) =>
        sentence(`'${name}' of ${count} ${section.name} ${count === 1 ? 'object' : 'objects'}`, section),
      );
    }
    if (converted.value === undefined && !converted.loss) unset.add(name);
    if (converted.value === undefined || taken.has(name.toLowerCase())) continue;
    taken.add(name.toLowerCase());
    properties.set(name, policyName(section, type, converted.value));
  }
  return { section: section.name, properties, unset, origin };
}

/** No property has a longer name; what has one is no export. */
const longestName = 256;

function propertyOf(section: SectionType, written: string): { name: string; type: PropertyType | undefined } {
  const trimmed = written.trim();
  // Start-LyncCsvExporter calls a user's pool so.
  const isPool = section.name === 'CsUser' && trimmed.toLowerCase() === 'pool';
  const type = section.property(isPool ? 'RegistrarPool' : aliased(trimmed));
  return { name: type?.name ?? trimmed, type };
}

/** A policy is granted to a user by its name without `Tag:`. */
function policyName(
  section: SectionType,
  type: PropertyType | undefined,
  value: ImportedValue,
): ImportedValue {
  const isGranted = section.name === 'CsUser' && type?.type === 'reference' && type.name.endsWith('Policy');
  return isGranted && typeof value === 'string' ? value.replace(/^tag:/i, '') : value;
}

const sentences: Readonly<Record<Loss, (what: string, section: SectionType) => string>> = {
  'type name': (what, section) =>
    `${what} is lost: the file has only the name of a .NET type there, because Export-Csv and a small -Depth do not take lists and objects apart. Export with ${section.cmdlet} | Export-Clixml -Depth 4.`,
  object: (what) => `${what} was left out: it holds an object that is no part of a Lync setting.`,
  size: (what) => `${what} was taken over in part: it holds more values in each other than any export has.`,
};
