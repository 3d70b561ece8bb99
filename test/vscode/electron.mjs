// Starts one VS Code with the tests, through @vscode/test-electron: `electron.mjs served|desktop FOLDER`.
// A process of its own, so that run.mjs can read what it prints, and start it under a virtual display.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { downloadAndUnzipVSCode, runTests } from '@vscode/test-electron';
import { endWithParent, temporaryFolder } from '../../scripts/cleanup.mjs';
import { main, root, Stop } from '../../scripts/command.mjs';
import { ensureChromium } from '../../scripts/vscode/chromium.mjs';
import { ensureHost } from '../../scripts/vscode/host.mjs';
import { userSettings } from '../../scripts/vscode/settings.mjs';

const [, , kind, folder] = process.argv;

endWithParent();
await main(async () => {
  if ((kind !== 'served' && kind !== 'desktop') || folder === undefined) {
    throw new Stop('Usage: electron.mjs served|desktop FOLDER');
  }
  const profile = temporaryFolder('lync-profile-').path;
  mkdirSync(join(profile, 'user', 'User'), { recursive: true });
  writeFileSync(join(profile, 'user', 'User', 'settings.json'), JSON.stringify(userSettings));
  try {
    await runTests({
      vscodeExecutablePath: kind === 'desktop' ? await desktopVSCode() : await servedVSCode(),
      extensionDevelopmentPath: root,
      extensionTestsPath: join(root, 'dist', 'test', 'vscode.cjs'),
      launchArgs: [
        folder,
        `--user-data-dir=${join(profile, 'user')}`,
        `--extensions-dir=${join(profile, 'extensions')}`,
      ],
    });
  } catch (error) {
    if (error instanceof Stop) throw error;
    throw new Stop(error instanceof Error ? `${error.message}.` : String(error));
  }
});

/** Everything is installed before the launcher's time limit begins to count. */
async function servedVSCode() {
  await ensureHost();
  await ensureChromium();
  return join(root, 'scripts', 'vscode', 'launcher.mjs');
}

async function desktopVSCode() {
  try {
    return await downloadAndUnzipVSCode({
      version: 'stable',
      cachePath: join(root, '.cache', 'vscode-desktop'),
    });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Stop(`Desktop VS Code could not be downloaded (${reason}): use \`npm run test:vscode\`.`);
  }
}
