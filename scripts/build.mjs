// Bundles everything that runs from dist/. `--dev`: readable, with source maps; `--watch`: again on every change.
import { chmodSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { isProgram, main, root, Stop } from './command.mjs';

/** @type {{ version: string }} */
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

/** @typedef {{ source: string, output: string, options: import('esbuild').BuildOptions, executable?: boolean }} Target */

/** @type {import('esbuild').BuildOptions} */
const node = {
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  // The UMD builds that some packages name as "main" hide their imports from a bundler.
  mainFields: ['module', 'main'],
};

/** @type {import('esbuild').BuildOptions} */
const browser = { platform: 'browser', target: 'es2022' };

/** @type {readonly Target[]} */
export const targets = [
  {
    source: 'client/src/extension.ts',
    output: 'dist/client.cjs',
    options: { ...node, external: ['vscode'] },
  },
  {
    source: 'client/src/browser.ts',
    output: 'dist/client.browser.cjs',
    options: { ...browser, format: 'cjs', external: ['vscode'] },
  },
  {
    source: 'server/src/bin/language-server.ts',
    output: 'dist/server.cjs',
    options: node,
    executable: true,
  },
  {
    source: 'server/src/bin/language-server-worker.ts',
    output: 'dist/server.browser.js',
    options: { ...browser, format: 'iife' },
  },
  {
    source: 'server/src/bin/lync-lint.ts',
    output: 'dist/lync-lint.cjs',
    options: node,
    executable: true,
  },
  {
    // One bundle for both extension hosts, so it may use nothing of Node.
    source: 'test/vscode/suite.ts',
    output: 'dist/test/vscode.cjs',
    options: { ...browser, format: 'cjs', external: ['vscode'] },
  },
];

/** @param {{ dev?: boolean }} [mode] */
export async function build({ dev = false } = {}) {
  const esbuild = await import('esbuild');
  const started = Date.now();
  await Promise.all(
    targets.map(async (target) => {
      await reporting(target, esbuild.build(settings(target, dev)));
      const output = join(root, target.output);
      if (target.executable) chmodSync(output, 0o755);
      // A source map of an earlier --dev build would belong to other code now.
      if (!dev) rmSync(`${output}.map`, { force: true });
    }),
  );
  const sizes = targets.map(
    ({ output }) => `${output} ${Math.ceil(statSync(join(root, output)).size / 1024)} KB`,
  );
  console.log(`Built in ${Date.now() - started} ms: ${sizes.join(', ')}`);
}

async function watch(/** @type {boolean} */ dev) {
  const esbuild = await import('esbuild');
  for (const target of targets) {
    const context = await esbuild.context({ ...settings(target, dev), logLevel: 'info' });
    await context.watch();
  }
  console.log('Watching for changes; Ctrl+C ends it.');
}

/** @returns {import('esbuild').BuildOptions} */
function settings(/** @type {Target} */ { source, output, options, executable }, /** @type {boolean} */ dev) {
  const hasHashbang = readFileSync(join(root, source), 'utf8').startsWith('#!');
  return {
    ...options,
    absWorkingDir: root,
    entryPoints: [source],
    outfile: output,
    bundle: true,
    minify: !dev,
    sourcemap: dev,
    legalComments: 'none',
    define: { LYNC_VERSION: JSON.stringify(version) },
    logLevel: 'warning',
    ...(executable && !hasHashbang ? { banner: { js: '#!/usr/bin/env node' } } : {}),
  };
}

/** esbuild has printed what is wrong and where; the error that it throws says the same once more. */
async function reporting(/** @type {Target} */ target, /** @type {Promise<unknown>} */ building) {
  try {
    await building;
  } catch {
    throw new Stop(`${target.source} could not be bundled.`);
  }
}

if (isProgram(import.meta.url)) {
  const dev = process.argv.includes('--dev');
  await main(() => (process.argv.includes('--watch') ? watch(dev) : build({ dev })));
}
