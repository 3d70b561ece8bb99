// The JSON Schema of lync.config.yaml. The linter reads that file with case, and wants every name known.
import { prose } from './markdown.mjs';
import { draft, schemaUrl } from './schema.mjs';
import { enumSchema } from './schemaValues.mjs';

/** @typedef {import('./source.mjs').Source} Source */
/** @typedef {import('./schemaValues.mjs').Schema} Schema */

/**
 * @typedef {object} SettingType
 * @property {string} name
 * @property {'mapping' | 'pools' | 'rules' | 'globs' | 'boolean' | 'pool' | 'enum' | 'name'} type
 * @property {string} description
 * @property {string} [default] in YAML
 * @property {Readonly<Partial<Record<string, string>>>} [values] with what they mean
 * @property {readonly SettingType[]} [settings]
 */

/** @returns {Schema} */
export function configurationSchema(/** @type {Source} */ source) {
  return {
    $schema: draft,
    $id: schemaUrl('lync.config.schema.json'),
    title: 'Configuration of a Lync deployment',
    description: 'It makes its folder the root of a deployment. Everything in it is optional.',
    ...mapping(settingsOf(source), source),
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
  const markdown = prose(description);
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

/** @returns {readonly SettingType[]} */
function settingsOf(/** @type {Source} */ { twoFactorMethods }) {
  return [
    {
      name: 'files',
      type: 'globs',
      description: 'Globs of the files that belong to the deployment, relative to this folder.',
    },
    {
      name: 'exclude',
      type: 'globs',
      description: 'Globs of files that do not belong to it, whatever `files` says.',
    },
    { name: 'rules', type: 'rules', description: 'The severity of a rule, or `off`.' },
    {
      name: 'twoFactor',
      type: 'mapping',
      description: 'Who signs in with two factors, where the exported settings do not say.',
      settings: [
        {
          name: 'pools',
          type: 'pools',
          description: 'Pools whose users sign in with two factors, or with `method: None` do not.',
          settings: [
            { name: 'pool', type: 'pool', description: 'The FQDN of the pool.' },
            {
              name: 'method',
              type: 'enum',
              description: 'The second factor.',
              values: Object.fromEntries(twoFactorMethods.map((method) => [method, ''])),
            },
          ],
        },
      ],
    },
    {
      name: 'exchange',
      type: 'mapping',
      description: 'How clients sign in to Exchange.',
      settings: [
        {
          name: 'requiresSecondFactor',
          type: 'boolean',
          description:
            'Exchange Web Services themselves ask for a second factor: warnings about lost features become errors.',
        },
        {
          name: 'hybridModernAuthentication',
          type: 'boolean',
          description:
            'Clients sign in to Lync and Exchange by Hybrid Modern Authentication, so nothing is lost.',
        },
      ],
    },
    {
      name: 'mobile',
      type: 'mapping',
      description: 'How mobile clients reach Exchange.',
      settings: [
        {
          name: 'gateway',
          type: 'name',
          description: 'What lets mobile clients through to Exchange. Any name: it is for the reader.',
        },
      ],
    },
  ];
}
