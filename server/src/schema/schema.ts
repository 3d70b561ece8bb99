/** What may be written: the sections, their properties, types, values and defaults. Validation, hover and docs read this one table. */
import sections from './sections.json' with { type: 'json' };

export type SectionKind = 'topology' | 'user' | 'policy' | 'configuration' | 'object';

/** Where an object may apply, in the order in which Lync looks: domain words for the forms of an Identity. */
export type Scope = 'Global' | 'Site' | 'Service' | 'User';

export type ValueKind =
  | 'boolean'
  | 'integer'
  | 'string'
  | 'enum'
  | 'timespan'
  | 'datetime'
  | 'guid'
  | 'identity'
  | 'reference'
  | 'list'
  | 'object';

export interface PropertyType {
  readonly name: string;
  readonly type: ValueKind;
  readonly items?: { readonly type: ValueKind; readonly target?: string };
  /** The section that defines the names a reference may have. */
  readonly target?: string;
  readonly values?: readonly string[];
  readonly valueDescriptions?: Readonly<Partial<Record<string, string>>>;
  readonly default?: boolean | number | string | null | readonly unknown[];
  /** How sure the default is: `unset` means that the server sends nothing and the client decides. */
  readonly defaultKind?: 'documented' | 'unset' | 'memory' | 'conflict' | 'unknown' | 'n/a';
  /** Inclusive. A number, or a time span as text. */
  readonly minimum?: number | string;
  readonly maximum?: number | string;
  readonly unit?: string;
  readonly nullable?: boolean;
  readonly required?: boolean;
  readonly readOnly?: boolean;
  readonly deprecated?: string;
  /** The first product for which that is so; all if left out. */
  readonly deprecatedSince?: string;
  readonly products?: readonly string[];
  readonly description?: string;
  readonly note?: string;
}

export interface SectionType {
  readonly name: string;
  readonly kind: SectionKind;
  readonly description: string;
  /** The cmdlet that prints the section's objects. */
  readonly cmdlet: string;
  /** The property that names an object: `Identity` mostly, `SipAddress` for users. */
  readonly key: string;
  readonly scopes: readonly Scope[];
  readonly serviceRoles: readonly string[];
  readonly grantCmdlet: string | undefined;
  readonly note: string | undefined;
  /** Objects of this section may have properties that the table does not know. */
  readonly open: boolean;
  readonly properties: ReadonlyMap<string, PropertyType>;
  /** The property of that name, in any case. */
  property(name: string): PropertyType | undefined;
}

/** The section of that name, in any case. */
export function sectionType(name: string): SectionType | undefined {
  return byName.get(name) ?? byLowerName.get(name.toLowerCase());
}

/** All sections, in the order in which a reader would want them. */
export function sectionTypes(): Iterable<SectionType> {
  return byName.values();
}

/** The key of a user that names a policy of a section: `ClientPolicy` for `CsClientPolicy`. */
export function policyKey(section: string): string {
  return section.replace(/^Cs/, '');
}

/** Properties that PowerShell adds to what it prints, and that nobody wrote. `PSComputerName` is one except where it names the object. */
export function isPowerShellNoise(section: SectionType, name: string): boolean {
  const lower = name.toLowerCase();
  return noise.has(lower) && section.key.toLowerCase() !== lower;
}

/** What PowerShell adds to everything that it prints. */
export const powerShellNoise: readonly string[] = [
  ...['XsAnyElements', 'XsAnyAttributes', 'Element', 'Anchor', 'Key', 'ScopeClass', 'TypedIdentity'],
  ...['ConfigMetadata', 'DataSource', 'PSComputerName', 'RunspaceId', 'PSShowComputerName'],
];

const noise = new Set(powerShellNoise.map((name) => name.toLowerCase()));

interface SectionEntry extends Omit<Partial<SectionType>, 'properties' | 'name'> {
  readonly kind: SectionKind;
  readonly description: string;
  readonly cmdlet: string;
  readonly key: string;
  readonly properties: Readonly<Record<string, Omit<PropertyType, 'name'>>>;
}

function toSection(name: string, entry: SectionEntry): SectionType {
  const properties = new Map<string, PropertyType>();
  const byLower = new Map<string, PropertyType>();
  for (const [key, value] of Object.entries(entry.properties)) {
    const property: PropertyType = { name: key, ...value };
    properties.set(key, property);
    byLower.set(key.toLowerCase(), property);
  }
  return {
    name,
    kind: entry.kind,
    description: entry.description,
    cmdlet: entry.cmdlet,
    key: entry.key,
    scopes: entry.scopes ?? [],
    serviceRoles: entry.serviceRoles ?? [],
    grantCmdlet: entry.grantCmdlet,
    note: entry.note,
    open: entry.open ?? false,
    properties,
    property: (key) => properties.get(key) ?? byLower.get(key.toLowerCase()),
  };
}

const byName = new Map<string, SectionType>(
  Object.entries(sections as unknown as Record<string, SectionEntry>).map(([name, entry]) => [
    name,
    toSection(name, entry),
  ]),
);
const byLowerName = new Map([...byName].map(([name, section]) => [name.toLowerCase(), section]));
