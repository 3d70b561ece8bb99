// What a person writes with the extension: a user, another name for a policy, what can be repaired at once, and the script for
// the servers.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Stop } from '../../scripts/command.mjs';
import { until } from './workbench.mjs';

/** @typedef {import('./workbench.mjs').Workbench} Workbench */
/** @typedef {<T>(what: string, action: () => Promise<T>) => Promise<T>} Step */

const address = 'sip:new.person@contoso.com';

/**
 * @param {Workbench} workbench
 * @param {Step} step
 * @param {string} folder the deployment, which is changed
 */
export async function write(workbench, step, folder) {
  await step('opens a file of users and goes to its end', async () => {
    await workbench.openFile('branch.lync.yaml');
    await workbench.goToEnd();
  });

  await step('writes a user with what is offered alone', async () => {
    await workbench.type('  ');
    await workbench.take('- SipAddress:', 'sipa');
    await workbench.type('sip:new.person@');
    await workbench.take(address, 'cont');
    await workbench.press('Enter');
    await workbench.take('RegistrarPool', 'reg');
    await workbench.offers();
    await workbench.picture('completion');
    await workbench.take('pool-red-2fa.contoso.com', 'red-2');
    for (const [key, part, policy] of /** @type {const} */ ([
      ['ClientPolicy', 'clientp', 'TwoFactor'],
      ['UserServicesPolicy', 'userserv', 'SmartCard'],
      ['MobilityPolicy', 'mobil', 'TwoFactorMobile'],
    ])) {
      await workbench.press('Enter');
      await workbench.take(key, part);
      await workbench.take(policy, '');
    }
    await workbench.save();
    const written = readFileSync(join(folder, 'users/branch.lync.yaml'), 'utf8');
    const wanted = `
  - SipAddress: ${address}
    RegistrarPool: pool-red-2fa.contoso.com
    ClientPolicy: TwoFactor
    UserServicesPolicy: SmartCard
    MobilityPolicy: TwoFactorMobile`;
    if (!written.trimEnd().endsWith(wanted)) throw new Stop(`Written is ${written.slice(-300)}`);
  });

  await step('sees nothing underlined in it', async () => {
    await workbench.openProblems();
    await workbench.problems((lines) => !lines.some((line) => line.includes(address)));
    await workbench.picture('written');
    await workbench.closeProblems();
  });

  await step('sees above a policy whom it reaches, and lists them', async () => {
    await workbench.openFile(`policies.lync.yaml:${lineOf(folder, 'policies.lync.yaml', 'Tag:SmartCard')}`);
    await workbench.takeLens(/^applies to [\d,]+ users/);
    await workbench.page.locator('.peekview-widget').waitFor();
    await workbench.picture('users-of-a-policy');
    await workbench.press('Escape');
    await workbench.page.locator('.peekview-widget').waitFor({ state: 'hidden' });
  });

  await step('gives the policy another name, in all files', async () => {
    const line = lineOf(folder, 'policies.lync.yaml', 'Tag:SmartCard');
    await workbench.openFile(`policies.lync.yaml:${line}:${'  - Identity: Tag:Smart'.length}`);
    await workbench.rename('PhysicalCard');
    await until('the new name', async () => (await workbench.text()).includes('PhysicalCard'));
    await workbench.picture('renamed');
    await workbench.saveAll();
    for (const [file, text] of /** @type {const} */ ([
      ['policies.lync.yaml', 'Tag:PhysicalCard'],
      ['users/branch.lync.yaml', 'UserServicesPolicy: PhysicalCard'],
    ])) {
      await until(`'${text}' in ${file}`, async () =>
        Promise.resolve(readFileSync(join(folder, file), 'utf8').includes(text)),
      );
    }
  });

  await step('has an explanation of a user beside the file', async () => {
    await workbench.openFile(`branch.lync.yaml:${lineOf(folder, 'users/branch.lync.yaml', address)}`);
    await workbench.runCommand('Lync: Explain Effective Policy');
    await workbench.page.locator('.tab', { hasText: 'new.person' }).waitFor();
    await workbench.preview(/signs in with two factors/);
    await workbench.picture('explanation');
    await workbench.runCommand('View: Close Editors in Other Groups');
  });

  await step('has a picture of sites and pools beside the file', async () => {
    await workbench.runCommand('Lync: Show Topology');
    await workbench.preview(/pool-red-2fa/);
    await workbench.picture('topology');
    await workbench.runCommand('View: Close Editors in Other Groups');
  });

  await step('has the page of a rule beside the file', async () => {
    await workbench.runCommand('Lync: Show Rule');
    await workbench.acceptQuickPick('valid-pool-pairing', { typed: true });
    await workbench.preview(/stand in for one another in pairs/);
    await workbench.picture('rule');
    await workbench.runCommand('View: Close Editors in Other Groups');
  });

  await step('repairs at once what can be repaired in a file', async () => {
    const line = lineOf(folder, 'users/redmond.lync.yaml', 'UcsPilot # contacts were rolled back');
    await workbench.openFile(`redmond.lync.yaml:${line}`);
    await until('findings', async () => (await workbench.findings('error')) > 0);
    const before = await workbench.text();
    await workbench.runCommand('Fix All');
    await until('another text', async () => (await workbench.text()) !== before);
    await workbench.picture('fixed-all');
    await workbench.save();
  });

  await step('imports users from a CSV, after a preview', async () => {
    const csv = 'SipAddress,DisplayName,RegistrarPool\n';
    const changed = 'sip:jonathan.haas@contoso.com,Jon Haas,pool-red-2fa.contoso.com\n';
    const added = 'sip:imported@contoso.com,Imported,pool-red-2fa.contoso.com\n';
    writeFileSync(join(folder, 'users.csv'), csv + changed + added);
    await workbench.runCommand('Lync: Import…');
    await workbench.acceptQuickPick('Files');
    await workbench.typePath(join(folder, 'users.csv'));
    const preview = workbench.page.locator('.bulk-edit-panel');
    await preview.locator('.monaco-list-row', { hasText: 'redmond.lync.yaml' }).waitFor();
    await workbench.picture('import-preview');
    const path = join(folder, 'users/redmond.lync.yaml');
    if (readFileSync(path, 'utf8').includes('Jon Haas')) throw new Stop('It was written before.');
    await preview.getByRole('button', { name: 'Apply' }).click();
    await workbench.preview(/is not in the import, and stays|are not in the import, and stay/);
    await workbench.picture('imported');
    await workbench.runCommand('View: Close Editors in Other Groups');
    await workbench.saveAll();
    await until('the imported users', async () => {
      const text = readFileSync(path, 'utf8');
      return Promise.resolve(text.includes('DisplayName: Jon Haas') && text.includes('sip:imported@'));
    });
  });

  await step('saves the script that exports a deployment', async () => {
    await workbench.runCommand('Lync: Save Export Script');
    await workbench.acceptPath('Export-LyncDeployment.ps1');
    const path = join(folder, 'Export-LyncDeployment.ps1');
    await until('the script on the disk', async () => Promise.resolve(existsSync(path)));
    await workbench.picture('export-script');
  });

  await step('creates the script for the servers', async () => {
    await workbench.openFile('policies.lync.yaml');
    await workbench.runCommand('Lync: Create Remediation Script');
    await workbench.acceptQuickPick('The whole deployment');
    await workbench.acceptPath('Lync-Remediation.ps1');
    await workbench.page.locator('.tab.active[data-resource-name="Lync-Remediation.ps1"]').waitFor();
    await workbench.picture('script');
    const path = join(folder, 'Lync-Remediation.ps1');
    const script = existsSync(path) ? readFileSync(path, 'utf8') : '';
    for (const piece of ['SupportsShouldProcess', 'Invoke-CsUcsRollback', "'PhysicalCard'"])
      if (!script.includes(piece)) throw new Stop(`The script has no ${piece}.`);
  });
}

/** The number of a line that has some text, from 1. */
function lineOf(/** @type {string} */ folder, /** @type {string} */ file, /** @type {string} */ text) {
  return (
    readFileSync(join(folder, file), 'utf8')
      .split('\n')
      .findIndex((line) => line.includes(text)) + 1
  );
}
