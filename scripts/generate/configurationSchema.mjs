// The JSON Schema of lync.config.yaml. The linter reads that file with case, and wants every name known.
import { draft, schemaUrl } from './schema.mjs';
import { enumSchema } from './schemaValues.mjs';

/** @typedef {import('./source.mjs').Source} Source */
/** @typedef {import('./schemaValues.mjs').Schema} Schema */

/** @typedef {import('../../server/src/schema/configurationSchema.ts').SettingType} SettingType */

/** @returns {Schema} */
export function configurationSchema(/** @type {Source} */ source) {
  return {
    $schema: draft,
    $id: schemaUrl('lync.config.schema.json'),
    title: 'Configuration of a Lync deployment',
    description: 'It makes its folder the root of a deployment. Everything in it is optional.',
    ...mapping(source.configurationSettings, source),
    patternProperties: { '^x-': {} },
  };
}

/**
 * @param {SettingType} setting
 * @param {Source} source
 * @returns {Schema}
 */
function settingSchema(setting, source) {
  const { description } = setting;
  const markdown = source.prose(description);
  return {
    description: description.replaceAll('`', ''),
    ...(markdown === description && !description.includes('`') ? {} : { markdownDescription: markdown }),
    ...valueSchema(setting, source),
  };
}

/**
 * @param {SettingType} setting
 * @param {Source} source
 * @returns {Schema}
 */
function valueSchema({ type, settings = [], values = {}, default: usual }, source) {
  switch (type) {
    case 'mapping':
      return mapping(settings, source);
    case 'pools':
      return {
        type: ['array', 'null'],
        items: { ...mapping(settings, source), type: 'object', required: ['pool'] },
      };
    case 'rules':
      return rulesSchema(source);
    case 'globs':
      return { type: ['array', 'null'], items: glob };
    case 'boolean':
      // Red Hat's server would write a first type with a default into each new mapping.
      return {
        type: ['null', 'boolean'],
        default: usual === 'true',
      };
    case 'enum':
      return enumSchema(Object.keys(values), values);
    case 'pool':
      return { type: ['string', 'number', 'boolean'] };
    case 'name': {
      const examples = Object.keys(values);
      return {
        type: ['string', 'number', 'boolean', 'null'],
        ...(examples.length > 0 ? { examples } : {}),
      };
    }
  }
}

/**
 * Settings by name, and no others. All may be left out or empty.
 *
 * @param {readonly SettingType[]} settings
 * @param {Source} source
 * @returns {Schema}
 */
function mapping(settings, source) {
  return {
    type: ['object', 'null'],
    properties: Object.fromEntries(settings.map((setting) => [setting.name, settingSchema(setting, source)])),
    additionalProperties: false,
  };
}

/** @returns {Schema} */
function rulesSchema(/** @type {Source} */ { rules, severities }) {
  const severity = enumSchema([...severities, 'off']);
  return {
    type: ['object', 'null'],
    properties: Object.fromEntries(
      rules.map((rule) => [
        rule.id,
        { description: `${rule.summary} Usually: ${rule.severity}.`, ...severity },
      ]),
    ),
    additionalProperties: false,
  };
}

/** Relative to the folder of the configuration, and in it. */
const glob = {
  type: ['string', 'number', 'boolean'],
  pattern: String.raw`^(?![/\\]|[A-Za-z]:)(?!(?:.*[/\\])?\.\.(?:[/\\]|$))`,
  errorMessage: "A glob is relative to the folder of this file, without '..'.",
};
