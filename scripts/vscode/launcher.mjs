#!/usr/bin/env node
// Stands in for the desktop `code` program: takes the arguments that @vscode/test-electron gives, runs the
// extension's tests in the served VS Code, prints what they print, and ends with their exit code.
import { inspect } from 'node:util';
import { endWithParent } from '../cleanup.mjs';
import { main, Stop } from '../command.mjs';
import { openPage } from './page.mjs';
import { extensionHost, extensionId, startServer } from './server.mjs';

const timeLimitSeconds = Number(process.env.LYNC_VSCODE_TIMEOUT ?? 240);

const args = process.argv.slice(2);
endWithParent();
await main(async () => {
  const extensionPath = valueOf('--extensionDevelopmentPath');
  const testsPath = valueOf('--extensionTestsPath');
  const folder = args.find((arg) => !arg.startsWith('-'));
  if (extensionPath === undefined || testsPath === undefined || folder === undefined) {
    throw new Stop('Usage: launcher.mjs --extensionDevelopmentPath=… --extensionTestsPath=… FOLDER');
  }
  return withinTimeLimit(runTests({ extensionPath, testsPath, folder }));
});

/** @returns {Promise<number>} the exit code */
async function runTests(/** @type {{ extensionPath: string, testsPath: string, folder: string }} */ what) {
  const host = valueOf('--extensionDevelopmentKind') === 'web' ? 'web' : extensionHost();
  const server = await startServer({ extensionPath: what.extensionPath, extensionHost: host });
  const page = await openPage();
  const { exitCode } = await listenTo(page, what.extensionPath);
  const code = await Promise.race([
    exitCode,
    page.goto(server.address(what)).then(() => exitCode),
    server.ended.then(() => {
      throw new Stop('The VS Code server ended before the tests did.');
    }),
  ]);
  await page.context().browser()?.close();
  server.stop();
  return code;
}

function valueOf(/** @type {string} */ flag) {
  return args.find((arg) => arg.startsWith(`${flag}=`))?.slice(flag.length + 1);
}

/** Lets the page report: what the extension host prints, and how the tests end. */
async function listenTo(
  /** @type {import('playwright-core').Page} */ page,
  /** @type {string} */ extensionPath,
) {
  await page.exposeFunction(
    'codeAutomationLog',
    (/** @type {string} */ type, /** @type {unknown[]} */ values) => {
      const text = values.map((value) => (typeof value === 'string' ? value : inspect(value))).join(' ');
      if (isNoise(text, extensionPath)) return;
      (type === 'error' || type === 'warn' ? process.stderr : process.stdout).write(`${text}\n`);
    },
  );
  /** @type {((code: number) => void) | undefined} */
  let exit;
  await page.exposeFunction('codeAutomationExit', (/** @type {number} */ code) => exit?.(code));
  /** @type {Promise<number>} */
  const exitCode = new Promise((resolve, reject) => {
    exit = resolve;
    const stop = (/** @type {string} */ sentence) => () => {
      reject(new Stop(sentence));
    };
    page.once('crash', stop('The browser page crashed.'));
    page.once('close', stop('The browser ended before the tests did.'));
  });
  return { exitCode };
}

/** What VS Code says about itself at every start, and not about the extension; LYNC_TRACE=1 shows it. */
function isNoise(/** @type {string} */ text, /** @type {string} */ extensionPath) {
  if (process.env.LYNC_TRACE === '1' || text.includes(`${extensionPath}/dist/`)) return false;
  if (text.includes(extensionId(extensionPath))) return false;
  return (
    // Its own troubles; native modules, for one, are left out on purpose (host.mjs).
    /\/out\/vs\/|node_modules\/@vscode\//.test(text) ||
    /connection token|Creating a socket|reconnection-grace-time|additional builtin extensions/.test(text) ||
    /^\[(Service Worker|AgentHost:remote|AccountPolicyGate)\]/.test(text)
  );
}

/**
 * @template T
 * @param {Promise<T>} work
 * @returns {Promise<T>}
 */
async function withinTimeLimit(work) {
  /** @type {NodeJS.Timeout | undefined} */
  let timer;
  /** @type {Promise<never>} */
  const late = new Promise((_, reject) => {
    const stop = new Stop(`The tests in VS Code did not end within ${timeLimitSeconds} seconds.`);
    timer = setTimeout(reject, timeLimitSeconds * 1000, stop);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
