// What a value may be, as JSON Schema. It must accept all that the linter accepts: editors show what it refuses as a problem.
// JSON Schema compares with case and our names do not, so patterns have both cases of each letter.

/** @typedef {import('./source.mjs').PropertyType} PropertyType */
/** @typedef {import('./source.mjs').SectionType} SectionType */
/** @typedef {Record<string, unknown>} Schema */

/** A pattern for a name in any case. */
export function anyCase(/** @type {string} */ name) {
  return name.replace(/[a-z]|[^\w ]/gi, (character) => {
    const [lower, upper] = [character.toLowerCase(), character.toUpperCase()];
    return lower === upper ? `\\${character}` : `[${lower}${upper}]`;
  });
}

/** A pattern for one of some names in any case, and nothing else. */
export function oneOfNames(/** @type {readonly string[]} */ names) {
  return `^(?:${names.map(anyCase).join('|')})$`;
}

/**
 * The value of a property. Nothing set is right everywhere.
 *
 * @param {PropertyType} type
 * @param {SectionType} section
 * @returns {Schema}
 */
export function valueSchema(type, section) {
  switch (type.type) {
    case 'boolean':
      return {
        type: ['boolean', 'string', 'null'],
        pattern: oneOfNames(['true', 'false']),
        errorMessage: 'This must be true or false.',
      };
    case 'integer':
      return integerSchema(type);
    case 'enum':
      return enumSchema(type.values ?? [], type.valueDescriptions);
    case 'timespan':
      return {
        type: ['string', 'object', 'null'],
        pattern: String.raw`^(?:\d+\.)?\d{1,2}:\d{2}:\d{2}(?:\.\d{1,7})?$`,
        errorMessage: 'This must be a time span: hh:mm:ss or d.hh:mm:ss.',
      };
    case 'guid':
      return {
        type: ['string', 'null'],
        pattern: String.raw`^\{?[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}\}?$`,
        errorMessage: 'This must be a GUID.',
      };
    case 'identity':
      return identitySchema(section);
    case 'string':
    case 'reference':
      return single();
    case 'datetime':
      return { anyOf: [{ type: 'string' }, {}] };
    case 'list':
    case 'object':
      // Without a type: a live object may print anything here.
      return { items: {} };
  }
}

/**
 * A single value: a name may come as a number that looks like one, and as an object with the name in it. Editors offer values
 * for each type that is named here, so the last alternative names none.
 *
 * @returns {Schema}
 */
function single(/** @type {Schema} */ text = { $ref: '#/definitions/text' }) {
  return { anyOf: [text, { $ref: '#/definitions/named' }, { $ref: '#/definitions/other' }] };
}

/** What the values of many properties share. */
export const sharedDefinitions = {
  text: { type: 'string', errorMessage: 'This must be a single value.' },
  named: {
    // As a list, so that Red Hat's server does not put its own words in place of ours.
    type: ['object'],
    // Names compare without case, so these are not all that there may be.
    properties: { FriendlyName: {}, Name: {}, Value: {} },
  },
  other: { not: { type: ['string', 'object', 'array'] } },
};

/** @returns {Schema} */
function integerSchema(/** @type {PropertyType} */ { minimum, maximum, unit }) {
  const range = minimum !== undefined && maximum !== undefined ? ` from ${minimum} to ${maximum}` : '';
  return {
    type: ['integer', 'string', 'null'],
    ...(typeof minimum === 'number' ? { minimum } : {}),
    ...(typeof maximum === 'number' ? { maximum } : {}),
    pattern: String.raw`^[-+]?\d+$`,
    errorMessage: `This must be a whole number${range}${unit === undefined ? '' : ` (${unit})`}.`,
  };
}

/**
 * A value by its name, in any case, or by the number that ConvertTo-Json writes. Editors offer the usual spellings.
 *
 * @param {readonly string[]} values
 * @param {Readonly<Partial<Record<string, string>>>} [descriptions]
 * @returns {Schema}
 */
export function enumSchema(values, descriptions) {
  const described = values.map((value) => descriptions?.[value] ?? '');
  return {
    anyOf: [
      {
        enum: values,
        ...(described.some((text) => text !== '') ? { enumDescriptions: described } : {}),
      },
      { type: 'string', pattern: oneOfNames(values) },
      // Alternatives that look alike to Red Hat's hover get its title once for each; properties tell this one apart.
      { type: ['integer', 'null'], minimum: 0, maximum: values.length - 1, properties: {} },
    ],
  };
}

/**
 * Where an object applies, in the forms that the linter reads: a prefix that is no scope is a service's. Editors offer the
 * forms that the section has.
 *
 * @returns {Schema}
 */
function identitySchema(/** @type {SectionType} */ { name, scopes, serviceRoles, key }) {
  if (scopes.length === 0 || key !== 'Identity') return single();
  const roles = serviceRoles.length > 0 ? `(?:${serviceRoles.map(anyCase).join('|')})` : '[^:]*';
  const any = String.raw`[\s\S]*`;
  const forms = {
    Global: { pattern: anyCase('Global'), offered: ['Global'] },
    Site: { pattern: `${anyCase('Site')}:${any}`, offered: ['Site:${1:Redmond}'] },
    Service: {
      pattern: `(?:${anyCase('Service')}:)?${roles}:${any}`,
      offered: serviceRoles.map((role) => `Service:${role}:\${1:pool01.contoso.com}`),
    },
    User: { pattern: `(?:${anyCase('Tag')}:${any}|[^:]*)`, offered: ['Tag:${1:TwoFactor}'] },
  };
  const offered = scopes.flatMap((scope) => forms[scope].offered);
  return {
    ...single({
      type: 'string',
      pattern: String.raw`^\s*(?:${scopes.map((scope) => forms[scope].pattern).join('|')})\s*$`,
      errorMessage: `${name} has no such scope: it can be at ${scopes.join(', ')}.`,
    }),
    defaultSnippets: offered.map((body) => ({ label: body.replace(/\$\{1:(.*)\}/, '$1'), body })),
  };
}
