// Runs the tests in VS Code and believes them only when they say that some ran and none failed.
// `--desktop` takes a desktop VS Code, which @vscode/test-electron downloads.
import { join } from 'node:path';
import { hasDisplay, main, onPath, root, run, Stop } from '../../scripts/command.mjs';
import { ensureBuilt, ensureInstalled } from '../../scripts/setup.mjs';
import { extensionHost } from '../../scripts/vscode/server.mjs';
import { copyOfSample } from './folder.mjs';

const desktop = process.argv.includes('--desktop');

await main(async () => {
  await ensureInstalled();
  await ensureBuilt();
  const start = join(root, 'test', 'vscode', 'electron.mjs');
  const args = [process.execPath, start, desktop ? 'desktop' : 'served', copyOfSample('contoso')];
  const [command = '', ...rest] = desktop ? [...virtualDisplay(), ...args] : args;
  const host = desktop ? 'node' : extensionHost();
  const where = desktop ? 'a desktop VS Code' : `the served VS Code (${host} extension host)`;
  console.log(`Running the tests in ${where} …`);

  let output = '';
  const code = await run(command, rest, { onOutput: (text) => (output += text) });
  const counts = /\bvscode tests: (\d+) passed, (\d+) failed/.exec(output);
  if (code !== 0) {
    throw new Stop(counts ? 'Tests in VS Code failed.' : 'The tests in VS Code did not run.', code);
  }
  if (counts === null) throw new Stop('VS Code ended without a word on how many tests it ran.');
  if (counts[2] !== '0') {
    throw new Stop('Tests in VS Code failed, and VS Code did not say so with its exit code.');
  }
  if (counts[1] === '0') throw new Stop('VS Code ran no test at all.');
  if (!output.includes(`vscode host: ${host}\n`)) {
    throw new Stop(`They did not run in the ${host} extension host.`);
  }
});

/** What to start before a program with windows, where there is no screen. */
function virtualDisplay() {
  if (hasDisplay()) return [];
  const xvfb = onPath('xvfb-run');
  if (xvfb !== undefined) return [xvfb, '-a'];
  throw new Stop(
    'Desktop VS Code needs a display and there is none: install xvfb, or use `npm run test:vscode`.',
  );
}
