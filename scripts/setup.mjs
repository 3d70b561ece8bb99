// Brings a fresh clone, or one that was just updated, to where its programs can run.
// Nothing here may import a package: there may be none yet.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { build, targets } from './build.mjs';
import { isProgram, main, root, run, Stop } from './command.mjs';

/** What decides whether dist/ is still good: everything that a bundle is made from. */
const sources = [
  'client/src',
  'server/src',
  'test/vscode',
  'package-lock.json',
  'tsconfig.json',
  'scripts/build.mjs',
];

export async function ensureInstalled() {
  requireNode();
  if (isInstalled()) return;
  console.log('Installing the packages that package-lock.json names …');
  const code = await run('npm', ['ci', '--no-audit', '--no-fund']);
  if (code !== 0) throw new Stop('The packages could not be installed; the lines above say why.');
}

export async function ensureBuilt() {
  const outputs = targets.filter(({ source }) => existsSync(join(root, source))).map(({ output }) => output);
  const built = Math.min(...outputs.map((output) => modified(join(root, output))));
  const changed = Math.max(...sources.map((source) => newest(join(root, source))));
  if (changed >= built) await build();
}

function requireNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  throw new Stop(`Node.js 20.19 or newer is needed; this is ${process.versions.node}.`);
}

/**
 * npm notes in node_modules/.package-lock.json what it has installed, as the last thing it does.
 * Comparing that note with package-lock.json finds a missing, an interrupted and an outdated installation.
 */
function isInstalled() {
  const note = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(note)) return false;
  const installed = packages(note);
  return Object.entries(packages(join(root, 'package-lock.json'))).every(([path, wanted]) => {
    if (path === '') return true;
    const found = installed[path];
    // Optional packages are those of other operating systems.
    return found === undefined ? wanted.optional === true : found.version === wanted.version;
  });
}

function packages(/** @type {string} */ lockfile) {
  /** @typedef {{ packages: Record<string, { version?: string, optional?: boolean }> }} Lockfile */
  return /** @type {Lockfile} */ (JSON.parse(readFileSync(lockfile, 'utf8'))).packages;
}

/** The latest change in a file or a folder; a folder's own time tells that a file was deleted. */
function newest(/** @type {string} */ path) {
  let time = modified(path);
  if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) return time;
  for (const name of readdirSync(path)) time = Math.max(time, newest(join(path, name)));
  return time;
}

/** 0 for a file that is not there: as an output it is always outdated, as a source it never is new. */
function modified(/** @type {string} */ path) {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

if (isProgram(import.meta.url)) {
  await main(async () => {
    await ensureInstalled();
    await ensureBuilt();
  });
}
