// The JSON Schema of *.lync.yaml, for editors without our server. What it cannot say, the linter says: what names refer to,
// whom a policy reaches, and everything about two factors.
import { sectionSnippets } from './schemaSnippets.mjs';
import { anyCase, oneOfNames, sharedDefinitions, valueSchema } from './schemaValues.mjs';

/** @typedef {import('./source.mjs').Source} Source */
/** @typedef {import('./source.mjs').PropertyType} PropertyType */
/** @typedef {import('./source.mjs').SectionType} SectionType */
/** @typedef {import('./schemaValues.mjs').Schema} Schema */

export const draft = 'http://json-schema.org/draft-07/schema#';

/** Where editors without our extension find a schema. */
export function schemaUrl(/** @type {string} */ file) {
  return `https://raw.githubusercontent.com/lync-topology/lync-topology/main/schemas/${file}`;
}

/** @returns {Schema} */
export function fileSchema(/** @type {Source} */ source) {
  const sections = [...source.sectionTypes()];
  return {
    $schema: draft,
    $id: schemaUrl('lync.schema.json'),
    title: 'Lync topology and policies',
    description: 'What the Lync Server Management Shell prints, section by section.',
    type: ['object', 'null'],
    properties: Object.fromEntries(sections.map((section) => [section.name, sectionSchema(section)])),
    patternProperties: {
      ...Object.fromEntries(sections.map((section) => [otherSpellings([section.name]), listOf(section)])),
      '^[xX]-': {},
      [otherNouns(sections)]: {
        description: 'Not checked: only what two-factor sign-in touches is known here.',
      },
    },
    additionalProperties: false,
    definitions: {
      ...sharedDefinitions,
      ...Object.fromEntries(sections.map((section) => [section.name, objectSchema(section, source)])),
    },
  };
}

/** @returns {Schema} */
function sectionSchema(/** @type {SectionType} */ section) {
  const { name, cmdlet, description, scopes } = section;
  const where = scopes.length > 0 ? ` Scopes, the last that is defined wins: ${scopes.join(', ')}.` : '';
  return {
    title: name,
    description: `${description} What ${cmdlet} prints.${where}`,
    ...listOf(section),
  };
}

/**
 * A list of objects, or one object, as PowerShell prints a single one.
 *
 * @returns {Schema}
 */
function listOf(/** @type {SectionType} */ { name }) {
  const object = { $ref: `#/definitions/${name}` };
  return { type: ['array', 'object', 'null'], items: object, if: { type: 'object' }, then: object };
}

/**
 * @param {SectionType} section
 * @param {Source} source
 * @returns {Schema}
 */
function objectSchema(section, source) {
  const properties = [...section.properties.values()];
  const snippets = sectionSnippets(section, source);
  return {
    title: section.name,
    type: 'object',
    properties: Object.fromEntries(
      properties.map((type) => [type.name, propertySchema(type, section, source)]),
    ),
    patternProperties: { ...spellings(section, source), '^[xX]-': {}, '^<<$': {} },
    ...(section.open ? {} : { additionalProperties: false }),
    ...requiredKey(section),
    ...(snippets.length > 0 ? { defaultSnippets: snippets } : {}),
  };
}

/**
 * @param {PropertyType} type
 * @param {SectionType} section
 * @param {Source} source
 * @returns {Schema}
 */
function propertySchema(type, section, { prose }) {
  const { default: usual, defaultKind, description = '', deprecated, readOnly } = type;
  const hasDefault = usual !== undefined && usual !== null && defaultKind !== 'conflict';
  const text = [description, ...facts(type, String)].join(' ').trim();
  const markdown = [prose(description), ...facts(type, (word) => `\`${word}\``)].join(' ').trim();
  return {
    description: text,
    ...(markdown === text ? {} : { markdownDescription: markdown }),
    ...(hasDefault ? withDefault(valueSchema(type, section), usual) : valueSchema(type, section)),
    ...(readOnly ? { readOnly } : {}),
    // Not deprecationMessage: editors show that as a problem, and exports have these properties, mostly empty.
    ...(deprecated === undefined ? {} : { deprecated: true, doNotSuggest: true }),
  };
}

/**
 * Red Hat's server writes every property that has a default into each new object, going by the first type. Nobody wants that.
 *
 * @param {Schema} schema
 * @param {unknown} usual
 * @returns {Schema}
 */
function withDefault(schema, usual) {
  const { type } = schema;
  return { ...schema, ...(Array.isArray(type) ? { type: type.toReversed() } : {}), default: usual };
}

/**
 * What a hover tells besides the description.
 *
 * @param {PropertyType} type
 * @param {(text: string) => string} code
 */
function* facts({ default: usual, defaultKind, minimum, maximum, unit, target, ...type }, code) {
  if (target !== undefined) yield `The name of a ${target}.`;
  if (defaultKind === 'unset') yield 'Default: not set, and the client decides.';
  else if (usual !== undefined && usual !== null && typeof usual !== 'object')
    yield `Default: ${typeof usual === 'string' ? code(usual) : usual}${defaultKind === 'memory' ? ' (not documented by Microsoft)' : ''}.`;
  const words = unit === undefined ? '' : ` ${unit}`;
  if (minimum !== undefined && maximum !== undefined) yield `From ${minimum} to ${maximum}${words}.`;
  else if (minimum !== undefined) yield `At least ${minimum}${words}.`;
  else if (maximum !== undefined) yield `At most ${maximum}${words}.`;
  if (type.deprecated !== undefined) yield type.deprecated;
  if (type.note !== undefined) yield type.note;
  const missing = type.products && servers.filter(([product]) => !type.products?.includes(product));
  if (missing && missing.length > 0) yield `Not in ${missing.map(([, name]) => name).join(', ')}.`;
}

/** @type {readonly (readonly [product: string, name: string])[]} */
const servers = [
  ['Lync2010', 'Lync Server 2010'],
  ['Lync2013', 'Lync Server 2013'],
  ['SfB2015', 'Skype for Business Server 2015'],
  ['SfB2019', 'Skype for Business Server 2019'],
];

/**
 * The properties in other spellings: checked by their type, and never offered.
 *
 * @returns {Record<string, Schema>}
 */
function spellings(/** @type {SectionType} */ section, /** @type {Source} */ { powerShellNoise }) {
  /** @type {Map<string, { schema: Schema, names: string[] }>} */
  const groups = new Map();
  const add = (/** @type {string} */ name, /** @type {Schema} */ schema) => {
    const key = JSON.stringify(schema);
    const group = groups.get(key) ?? { schema, names: [] };
    groups.set(key, { schema, names: [...group.names, name] });
  };
  for (const type of section.properties.values()) add(type.name, looseSchema(type, section));
  for (const name of powerShellNoise) if (!section.property(name)) add(name, {});
  return Object.fromEntries([...groups.values()].map(({ schema, names }) => [otherSpellings(names), schema]));
}

/**
 * What many properties of a type have in common, so that few patterns do for all of them.
 *
 * @param {PropertyType} type
 * @param {SectionType} section
 * @returns {Schema}
 */
function looseSchema(type, section) {
  const schema = valueSchema(type, section);
  switch (type.type) {
    case 'integer':
      return { type: schema.type, pattern: schema.pattern };
    case 'identity':
      return { anyOf: schema.anyOf };
    case 'enum':
      return { type: ['integer', 'string', 'null'], pattern: oneOfNames(type.values ?? []) };
    default:
      return schema;
  }
}

/** Names in any case. The usual spelling is among them; editors look at `properties` first. */
function otherSpellings(/** @type {readonly string[]} */ names) {
  return oneOfNames(names);
}

/**
 * An object without a name: nothing can refer to it. A merge key may bring the name.
 *
 * @returns {Schema}
 */
function requiredKey(/** @type {SectionType} */ section) {
  const { key } = section;
  if (section.property(key)?.required !== true) return {};
  const names = key === 'SipAddress' ? [key, 'Identity'] : [key];
  return {
    if: { propertyNames: { not: { pattern: `^(?:${names.map(anyCase).join('|')}|<<)$` } } },
    then: { required: [key] },
  };
}

/** Nouns of other cmdlets, but not the plural of a known one: that is a mistake. */
function otherNouns(/** @type {readonly SectionType[]} */ sections) {
  const known = sections.map(({ name }) => anyCase(name.replace(/y$/, '')));
  return `^[cC][sS](?!(?:${known.map((name) => name.replace('[cC][sS]', '')).join('|')})(?:[sS]|[iI][eE][sS])?$)`;
}
