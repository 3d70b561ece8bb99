// The folder that the tests open in VS Code: a copy, because they edit its files.
import { cpSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '../../scripts/cleanup.mjs';
import { root, Stop } from '../../scripts/command.mjs';

/** @returns {string} the path of the copy, which is deleted when this process ends */
export function copyOfSample(/** @type {string} */ name) {
  const sample = join(root, 'samples', name);
  if (!existsSync(sample)) throw new Stop(`There is no folder samples/${name} to test with.`);
  const copy = join(temporaryFolder('lync-test-').path, name);
  cpSync(sample, copy, { recursive: true });
  return copy;
}
