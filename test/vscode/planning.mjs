// What a person does at the end: asks what has changed since the last commit, and saves the script that brings the servers there.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Stop } from '../../scripts/command.mjs';
import { until } from './workbench.mjs';

/** @typedef {import('./workbench.mjs').Workbench} Workbench */
/** @typedef {<T>(what: string, action: () => Promise<T>) => Promise<T>} Step */

/** Makes a repository of a folder, with all that is in it in one commit. */
export function commitAll(/** @type {string} */ folder) {
  // The other tests have git switched off.
  mkdirSync(join(folder, '.vscode'));
  writeFileSync(join(folder, '.vscode/settings.json'), '{ "git.enabled": true }\n');
  const name = [
    '-c',
    'user.name=Contoso',
    '-c',
    'user.email=contoso@example.com',
    '-c',
    'commit.gpgsign=false',
  ];
  for (const args of [
    ['init', '--quiet'],
    ['add', '--all'],
    [...name, 'commit', '--quiet', '--message', 'Export'],
  ]) {
    const { status, error, stderr } = spawnSync('git', args, { cwd: folder, encoding: 'utf8' });
    if (status !== 0) throw new Stop(`git ${args.join(' ')} failed: ${error?.message ?? stderr}`);
  }
}

/**
 * @param {Workbench} workbench
 * @param {Step} step
 * @param {string} folder the deployment, which has changed since the commit
 */
export async function plan(workbench, step, folder) {
  await step('plans what has changed since the last commit', async () => {
    await workbench.openFile('policies.lync.yaml');
    await workbench.runCommand('Lync: Plan Changes');
    await workbench.acceptQuickPick('A revision');
    await workbench.acceptText('HEAD');
    await until('the plan', async () => (await workbench.text()).startsWith("From 'HEAD'"));
    await workbench.picture('plan');
    const text = await workbench.text();
    for (const piece of ['CsUserServicesPolicy', 'PhysicalCard', 'CsUser'])
      if (!text.includes(piece)) throw new Stop(`The plan does not say '${piece}':\n${text}`);
  });

  await step('saves the script of the plan', async () => {
    // What it was asked with goes after a while to where all such questions are kept.
    await workbench.runCommand('Notifications: Show Notifications');
    await workbench.page.locator('.notifications-center').getByText('Save Script', { exact: true }).click();
    await workbench.acceptPath('Lync-Plan.ps1');
    const path = join(folder, 'Lync-Plan.ps1');
    await until('the script on the disk', async () => Promise.resolve(existsSync(path)));
    if (!readFileSync(path, 'utf8').includes("'PhysicalCard'"))
      throw new Stop('The script has no PhysicalCard.');
  });
}
