// `npm run package`: the extension as one file, lync-topology-VERSION.vsix.
import { mkdirSync, readFileSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { build } from './build.mjs';
import { main, root, run, Stop, tool } from './command.mjs';
import { ensureInstalled } from './setup.mjs';

/** Room to grow by a half, and an alarm when something gets in that does not belong there. */
const largestKB = 600;

await main(async () => {
  await ensureInstalled();
  await build();
  const manifest = readFileSync(join(root, 'package.json'), 'utf8');
  const { name, version } = /** @type {{ name: string, version: string }} */ (JSON.parse(manifest));
  const file = `${name}-${version}.vsix`;
  // The file gets its name when it has passed; until then it is build output like any other.
  const made = join(root, '.cache', file);
  mkdirSync(join(root, '.cache'), { recursive: true });

  let output = '';
  const args = ['package', '--no-dependencies', '--out', made];
  const code = await run(tool('vsce'), args, { onOutput: (text) => (output += text) });
  if (code !== 0) throw new Stop(`vsce ended with exit code ${code}.`, code);
  if (/\bWARNING\b/.test(output)) throw new Stop('vsce warned, and a package is made without warnings.');

  const kilobytes = Math.ceil(statSync(made).size / 1024);
  if (kilobytes > largestKB)
    throw new Stop(`${file} has ${kilobytes} KB, more than the ${largestKB} KB it may have.`);
  renameSync(made, join(root, file));
  console.log(`${file}: ${kilobytes} KB`);
});
