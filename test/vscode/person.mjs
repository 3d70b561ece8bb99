// What a person does with the extension, from the first file to the script for the servers, in a real VS Code.
// Every step says what it saw; pictures go to .cache/screenshots.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { main, Stop } from '../../scripts/command.mjs';
import { ensureBuilt, ensureInstalled } from '../../scripts/setup.mjs';
import { copyOfSample } from './folder.mjs';
import { commitAll, plan } from './planning.mjs';
import { openWorkbench, until } from './workbench.mjs';
import { write } from './writing.mjs';

/** Somebody in samples/contoso with a finding that a quick fix repairs, and the line where it stands. */
const file = 'redmond.lync.yaml';
const person = 'Jonathan Haas';
const culprit = 'UserServicesPolicy: UcsPilot # left';

await main(async () => {
  await ensureInstalled();
  await ensureBuilt();
  const folder = copyOfSample('contoso');
  commitAll(folder);
  const lines = readFileSync(join(folder, 'users', file), 'utf8').split('\n');
  const lineNumber = lines.findIndex((line) => line.includes(person)) + 1;
  const workbench = await openWorkbench(folder);
  let passed = 0;

  /** @template T @param {string} what @param {() => Promise<T>} action @returns {Promise<T>} */
  const step = async (what, action) => {
    try {
      const result = await action();
      passed += 1;
      console.log(`  ✓ ${what}`);
      return result;
    } catch (error) {
      await workbench.picture('failed-step');
      console.log(`  ✗ ${what}: see .cache/screenshots/failed-step.png`);
      throw error;
    }
  };

  try {
    await step(`opens ${file} with quick open`, () => workbench.openFile(`${file}:${lineNumber}`));
    const place = await step(`sees what is wrong with ${person} underlined`, () =>
      workbench.finding('error', culprit),
    );
    await workbench.picture('finding');

    await step('points at it and reads why', async () => {
      const text = await workbench.hover(place);
      if (text.trim() === '') throw new Stop('The hover is empty.');
      await workbench.picture('hover');
    });

    await step('points at the user and reads what two factors take away', async () => {
      const text = await workbench.hover(await workbench.word('jonathan.haas'));
      if (!text.includes('two factors') || !text.includes('still on'))
        throw new Stop(`The hover says: ${text}`);
      await workbench.picture('user');
    });

    await step('opens the Problems panel', async () => {
      await workbench.openProblems();
      await workbench.problems((lines) => lines.some((line) => line.includes(file)));
      await workbench.picture('problems');
      await workbench.closeProblems();
    });

    const before = await step('opens the menu of quick fixes', async () => {
      await workbench.click(await workbench.finding('error', culprit));
      await workbench.openQuickFixes();
      await workbench.picture('quick-fixes');
      return { text: await workbench.text(), findings: await workbench.findings('error') };
    });

    await step('takes the first one, and the finding is gone', async () => {
      await workbench.takeFirstQuickFix();
      await until('another text in the editor', async () => (await workbench.text()) !== before.text);
      await until('one finding less', async () => (await workbench.findings('error')) < before.findings);
      await workbench.picture('fixed');
    });

    await step('saves the file', () => workbench.save());
    await write(workbench, step, folder);
    await plan(workbench, step, folder);
  } finally {
    await workbench.close();
  }
  // scripts/test.mjs reads this line.
  console.log(`person steps: ${passed} passed, 0 failed`);
});
