// Installs a VS Code that needs no display: the VS Code server with its web workbench, as the npm package
// code-server carries it. It is large, so it lives in a git-ignored folder of its own and is kept.
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isProgram, main, root, runQuietly, Stop } from '../command.mjs';

const codeServerVersion = '4.139.1'; // has VS Code 1.139.1
const nodeVersion = '24.21.0'; // VS Code's server does not start with Node 20

const cache = join(root, '.cache');
const home = join(cache, 'vscode-host');
/** An installation under way is named after its process. */
const besidePrefix = 'vscode-host.new-';
/** Written last, so a half installation has none. It names what is installed, so a new version replaces it. */
const stamp = {
  codeServer: codeServerVersion,
  node: nodeVersion,
  platform: process.platform,
  arch: process.arch,
};

/**
 * @typedef {object} Host
 * @property {string} node the Node.js to run the server with
 * @property {string} server the server's main file
 */

/** @returns {Promise<Host>} */
export async function ensureHost() {
  const nodePackage = requirePlatform();
  if (!isInstalled()) await install(nodePackage);
  return paths(home, nodePackage);
}

/** Gives the name of the npm package that has Node.js for this machine. */
function requirePlatform() {
  if (process.platform === 'linux' && (process.arch === 'x64' || process.arch === 'arm64')) {
    return `node-linux-${process.arch}`;
  }
  throw new Stop(
    `The VS Code without a display runs on Linux (x64 or arm64), not on ${process.platform} ${process.arch}: ` +
      'install desktop VS Code and its `code` command, and use `npm run test:desktop` for its tests.',
  );
}

function isInstalled() {
  const file = join(home, 'stamp.json');
  return existsSync(file) && readFileSync(file, 'utf8') === JSON.stringify(stamp);
}

/** Installs beside the final place and renames: whoever finds `home` with its stamp finds it complete. */
async function install(/** @type {string} */ nodePackage) {
  const started = Date.now();
  console.log(
    'Installing a VS Code that runs in a browser: about 700 MB, once, kept in .cache/vscode-host …',
  );
  mkdirSync(cache, { recursive: true });
  removeLeftovers();
  const beside = join(cache, `${besidePrefix}${process.pid}`);
  mkdirSync(beside);
  const dependencies = { 'code-server': codeServerVersion, [nodePackage]: nodeVersion };
  writeFileSync(join(beside, 'package.json'), JSON.stringify({ private: true, dependencies }));

  console.log(`  code-server ${codeServerVersion} and Node.js ${nodeVersion}`);
  await npmInstall(beside);
  console.log("  the VS Code server's own packages");
  await npmInstall(join(beside, 'node_modules', 'code-server', 'lib', 'vscode'));
  const { node, server } = paths(beside, nodePackage);
  await runQuietly('A first start of the VS Code server', node, [server, '--version']);

  writeFileSync(join(beside, 'stamp.json'), JSON.stringify(stamp));
  if (isInstalled()) {
    // Somebody else was faster, and may be running it by now.
    rmSync(beside, { recursive: true, force: true });
  } else {
    rmSync(home, { recursive: true, force: true });
    renameSync(beside, home);
  }
  console.log(`  done after ${Math.round((Date.now() - started) / 1000)} s`);
}

/** Removes what an interrupted installation has left behind, but not what a running one is working on. */
function removeLeftovers() {
  for (const name of readdirSync(cache)) {
    if (!name.startsWith(besidePrefix)) continue;
    try {
      process.kill(Number(name.slice(besidePrefix.length)), 0);
    } catch {
      rmSync(join(cache, name), { recursive: true, force: true });
    }
  }
}

/** Without install scripts: they compile native modules, and the server runs without those. */
async function npmInstall(/** @type {string} */ folder) {
  const options = ['--ignore-scripts', '--omit=dev', '--no-audit', '--no-fund', '--loglevel=error'];
  await runQuietly('Installing VS Code', 'npm', ['install', ...options], { cwd: folder });
}

/** @returns {Host} */
function paths(/** @type {string} */ folder, /** @type {string} */ nodePackage) {
  const modules = join(folder, 'node_modules');
  return {
    node: join(modules, nodePackage, 'bin', 'node'),
    server: join(modules, 'code-server', 'lib', 'vscode', 'out', 'server-main.js'),
  };
}

if (isProgram(import.meta.url)) {
  await main(async () => {
    await ensureHost();
  });
}
