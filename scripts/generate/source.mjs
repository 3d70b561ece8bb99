// The tables that everything generated comes from, out of the project's own TypeScript.
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { root } from '../command.mjs';

/** @typedef {import('../../server/src/linter/rule.ts').Rule} Rule */
/** @typedef {import('../../server/src/model/lostFeatures.ts').LostFeature} LostFeature */
/** @typedef {import('../../server/src/schema/schema.ts').PropertyType} PropertyType */
/** @typedef {import('../../server/src/schema/schema.ts').SectionType} SectionType */
/** @typedef {import('../../server/src/config.ts').Setting} Setting */
/** @typedef {import('../../server/src/config.ts').Option} Option */

/**
 * @typedef {object} Source
 * @property {readonly Rule[]} rules
 * @property {typeof import('../../server/src/linter/rulePage.ts').markdownOf} markdownOf
 * @property {typeof import('../../server/src/linter/rulePage.ts').prose} prose
 * @property {typeof import('../../server/src/linter/rulePage.ts').rulePage} rulePage
 * @property {readonly LostFeature[]} lostFeatures
 * @property {() => Iterable<SectionType>} sectionTypes
 * @property {(name: string) => SectionType | undefined} sectionType
 * @property {Readonly<Record<string, Setting>>} settings
 * @property {Readonly<Record<string, Option>>} options
 * @property {typeof import('../../server/src/cli.ts').run} run
 * @property {typeof import('../../server/src/model/configuration.ts').severities} severities
 * @property {typeof import('../../server/src/schema/configurationSchema.ts').configurationSettings} configurationSettings
 * @property {readonly string[]} powerShellNoise
 */

const entry = `
export { rules } from './rules/index.ts';
export { markdownOf, prose, rulePage } from './linter/rulePage.ts';
export { lostFeatures } from './model/lostFeatures.ts';
export { severities } from './model/configuration.ts';
export { configurationSettings } from './schema/configurationSchema.ts';
export { powerShellNoise, sectionType, sectionTypes } from './schema/schema.ts';
export { options, settings } from './config.ts';
export { run } from './cli.ts';
`;

/** @returns {Promise<Source>} */
export async function loadSource() {
  mkdirSync(join(root, '.cache'), { recursive: true });
  // Two runs at once must not meet in one file.
  const bundle = join(root, '.cache', `generate-${process.pid}.cjs`);
  try {
    await build({
      stdin: { contents: entry, resolveDir: join(root, 'server', 'src'), loader: 'ts' },
      outfile: bundle,
      bundle: true,
      platform: 'node',
      format: 'cjs',
      mainFields: ['module', 'main'],
      logLevel: 'warning',
    });
    /** @type {Source} */
    const source = await import(pathToFileURL(bundle).href);
    return source;
  } finally {
    rmSync(bundle, { force: true });
  }
}
