// The JSON Schema of lync.config.yaml.
import { draft, schemaUrl } from './schema.mjs';
import { enumSchema } from './schemaValues.mjs';

/** @typedef {import('./source.mjs').Source} Source */
/** @typedef {import('./schemaValues.mjs').Schema} Schema */

/** @returns {Schema} */
export function configurationSchema(/** @type {Source} */ source) {
  const { defaultConfiguration, rules, severities, twoFactorMethods } = source;
  const severity = enumSchema([...severities, 'off']);
  return {
    $schema: draft,
    $id: schemaUrl('lync.config.schema.json'),
    title: 'Configuration of a Lync deployment',
    description: 'It makes its folder the root of a deployment. Everything in it is optional.',
    ...mapping({
      files: {
        description: 'Globs of the files that belong to the deployment, relative to this folder.',
        ...globs,
        default: defaultConfiguration.files,
      },
      exclude: { description: "Globs of files that do not belong to it, whatever 'files' says.", ...globs },
      rules: {
        description: 'The severity of a rule, or off.',
        ...mapping(
          Object.fromEntries(
            rules.map((rule) => [
              rule.id,
              { description: `${rule.summary} Usually: ${rule.severity}.`, ...severity },
            ]),
          ),
        ),
      },
      twoFactor: {
        description: 'Who signs in with two factors, where the exported settings do not say.',
        ...mapping({
          pools: {
            description: "Pools whose users sign in with two factors, or with 'method: None' do not.",
            type: ['array', 'null'],
            items: {
              ...mapping({
                pool: { description: 'The FQDN of the pool.', type: ['string', 'number', 'boolean'] },
                method: { description: 'The second factor.', ...enumSchema(twoFactorMethods) },
              }),
              type: 'object',
              required: ['pool'],
            },
          },
        }),
      },
      exchange: {
        description: 'How clients sign in to Exchange.',
        ...mapping({
          requiresSecondFactor: flag(
            'Exchange Web Services themselves ask for a second factor: warnings about lost features become errors.',
          ),
          hybridModernAuthentication: flag(
            'Clients sign in to Lync and Exchange by Hybrid Modern Authentication, so nothing is lost.',
          ),
        }),
      },
      mobile: {
        description: 'How mobile clients reach Exchange.',
        ...mapping({
          gateway: {
            description: 'What lets mobile clients through to Exchange. Any name: it is for the reader.',
            type: ['string', 'number', 'boolean', 'null'],
          },
        }),
      },
    }),
    patternProperties: { '^x-': {} },
  };
}

/**
 * Settings by name, and no others. All may be left out or empty.
 *
 * @returns {Schema}
 */
function mapping(/** @type {Record<string, Schema>} */ properties) {
  return { type: ['object', 'null'], properties, additionalProperties: false };
}

/** @returns {Schema} */
function flag(/** @type {string} */ description) {
  return { description, type: ['boolean', 'null'], default: false };
}

/** A glob is relative to the folder of the configuration, and stays in it. */
const globs = {
  type: ['array', 'null'],
  items: {
    type: ['string', 'number', 'boolean'],
    pattern: String.raw`^(?![/\\]|[A-Za-z]:)(?!(?:.*[/\\])?\.\.(?:[/\\]|$))`,
    errorMessage: "A glob is relative to the folder of this file, without '..'.",
  },
};
