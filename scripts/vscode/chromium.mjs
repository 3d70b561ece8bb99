// Finds a browser of the Chromium family, or installs one where the system's package manager can.
import { existsSync } from 'node:fs';
import { isExecutable, isProgram, main, onPath, run, runQuietly, Stop } from '../command.mjs';

const names = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'chrome',
  'microsoft-edge',
  'microsoft-edge-stable',
];

const places = [
  '/opt/google/chrome/chrome',
  '/opt/microsoft/msedge/msedge',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
];

/** @returns {Promise<string>} the path of the browser */
export async function ensureChromium() {
  return (await findChromium()) ?? (await installChromium());
}

async function findChromium() {
  const chosen = process.env.CHROME_PATH;
  if (chosen !== undefined && chosen !== '') {
    if (isExecutable(chosen)) return chosen;
    throw new Stop(`CHROME_PATH names '${chosen}', which is not a program.`);
  }
  for (const path of [...names.map(onPath), ...places.filter(isExecutable)]) {
    // Ubuntu has a 'chromium-browser' that only says how to install the real one: ask before believing.
    if (path !== undefined && (await run(path, ['--version'], { quiet: true })) === 0) return path;
  }
  return undefined;
}

async function installChromium() {
  const asRoot = await rootPrefix();
  if (asRoot === undefined) {
    throw new Stop(
      'No Chromium was found: install Chromium, Chrome or Edge, or set CHROME_PATH to the path of one.',
    );
  }
  console.log('Installing Chromium with apt-get …');
  const [apt, ...args] = [...asRoot, 'apt-get'];
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  await runQuietly('Updating the package lists', apt, [...args, 'update'], { env });
  await runQuietly(
    'Installing Chromium',
    apt,
    [...args, 'install', '-y', '--no-install-recommends', 'chromium', 'fonts-dejavu-core'],
    { env },
  );
  const installed = await findChromium();
  if (installed === undefined) {
    throw new Stop(
      'apt-get installed no working Chromium: install one by hand and set CHROME_PATH to its path.',
    );
  }
  return installed;
}

/** What to put before a command to run it as root; undefined where that, or apt-get, is not to be had. */
async function rootPrefix() {
  if (!existsSync('/etc/debian_version') || onPath('apt-get') === undefined) return undefined;
  if (process.getuid?.() === 0) return [];
  if (onPath('sudo') === undefined) return undefined;
  return (await run('sudo', ['-n', 'true'], { quiet: true })) === 0 ? ['sudo', '-n'] : undefined;
}

if (isProgram(import.meta.url)) {
  await main(async () => {
    console.log(await ensureChromium());
  });
}
