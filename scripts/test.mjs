// `npm test`: everything that has to hold, in order, up to the first failure.
// `npm test -- --only unit,types` runs those steps alone.
import { parseArgs } from 'node:util';
import { join } from 'node:path';
import { main, root, run, Stop, tool } from './command.mjs';
import { ensureBuilt, ensureInstalled } from './setup.mjs';

/**
 * @typedef {object} Step
 * @property {string} name
 * @property {string} title
 * @property {string[]} command
 * @property {NodeJS.ProcessEnv} [env]
 * @property {RegExp} [passed] finds in the output how many tests passed; the step fails when none did
 * @property {boolean} [counted] whether those are part of the total
 */

const cache = (/** @type {string} */ name) => join(root, '.cache', name);
const vscodeTests = [process.execPath, join(root, 'test', 'vscode', 'run.mjs')];
const vscodePassed = /^vscode tests: (\d+) passed/m;

/** @type {readonly Step[]} */
const steps = [
  {
    name: 'format',
    title: 'Formatting (prettier)',
    command: [
      tool('prettier'),
      '--check',
      '.',
      '--log-level=warn',
      '--cache',
      `--cache-location=${cache('prettier')}`,
    ],
  },
  // Before the linter, which takes the types of one project from what this writes for another.
  { name: 'types', title: 'Types (tsc)', command: [tool('tsc'), '-b'] },
  {
    name: 'lint',
    title: 'Lint (eslint)',
    command: [tool('eslint'), '.', '--max-warnings=0', '--cache', `--cache-location=${cache('eslint')}`],
  },
  {
    name: 'unit',
    title: 'Unit tests (mocha)',
    command: [
      ...[tool('mocha'), '--import=tsx', '--forbid-only', ...(process.stdout.isTTY ? ['--color'] : [])],
      ...['test/**/*.test.ts', '--ignore', 'test/vscode/**'],
    ],
    passed: /^\s*(\d+) passing/m,
    counted: true,
  },
  {
    name: 'vscode',
    title: 'Tests in VS Code, Node extension host',
    command: vscodeTests,
    env: { LYNC_EXTENSION_HOST: 'node' },
    passed: vscodePassed,
    counted: true,
  },
  {
    name: 'vscode-web',
    title: 'Tests in VS Code, web extension host',
    command: vscodeTests,
    env: { LYNC_EXTENSION_HOST: 'web' },
    passed: vscodePassed,
    counted: true,
  },
  {
    name: 'person',
    title: 'A person in VS Code (playwright)',
    command: [process.execPath, join(root, 'test', 'vscode', 'person.mjs')],
    passed: /^person steps: (\d+) passed/m,
  },
];

await main(async () => {
  const chosen = chooseSteps();
  await timed('Setup and build', async () => {
    await ensureInstalled();
    await ensureBuilt();
  });
  let total = 0;
  for (const step of chosen) total += await timed(step.title, () => runStep(step));
  if (chosen.some((step) => step.counted)) console.log(`\n${total} passed, 0 failed`);
});

function chooseSteps() {
  const names = steps.map(({ name }) => name);
  let only;
  try {
    only = parseArgs({ options: { only: { type: 'string' } } }).values.only?.split(',');
  } catch {
    only = [''];
  }
  if (only === undefined) return steps;
  if (!only.every((name) => names.includes(name))) {
    throw new Stop(`Usage: npm test [-- --only STEP,STEP…] with these steps: ${names.join(', ')}`, 2);
  }
  return steps.filter(({ name }) => only.includes(name));
}

/** @returns {Promise<number>} how many tests the step adds to the total */
async function runStep(
  /** @type {Step} */ { title, command: [command = '', ...args], env, passed, counted },
) {
  if (passed === undefined) {
    const code = await run(command, args);
    if (code !== 0) throw new Stop(`${title}: failed with exit code ${code}.`, code);
    return 0;
  }
  let output = '';
  const code = await run(command, args, {
    env: { ...process.env, ...env },
    onOutput: (text) => (output += text),
  });
  if (code !== 0) throw new Stop(`${title}: failed with exit code ${code}.`, code);
  const count = Number(passed.exec(withoutColors(output))?.[1] ?? 0);
  if (count === 0) throw new Stop(`${title}: no test ran, and that is a failure.`);
  return counted ? count : 0;
}

/**
 * @template T
 * @param {string} title
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
async function timed(title, work) {
  console.log(`\n── ${title} ──`);
  const started = Date.now();
  const result = await work();
  console.log(`   ${((Date.now() - started) / 1000).toFixed(1)} s`);
  return result;
}

function withoutColors(/** @type {string} */ text) {
  return text.replace(/\u001b\[[0-9;]*m/g, '');
}
