// `npm start [-- FOLDER]`: checks a folder on the command line, then opens it in VS Code with the extension.
// `--no-open` only checks; `--port N` asks for that port where VS Code is served to a browser.
// LYNC_START_ONCE=1 makes sure that the served VS Code answers, and ends.
import { existsSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { hasDisplay, main, onPath, root, run, Stop } from './command.mjs';
import { ensureBuilt, ensureInstalled } from './setup.mjs';
import { serveVSCode } from './vscode/serve.mjs';

const options = /** @type {const} */ ({ 'no-open': { type: 'boolean' }, port: { type: 'string' } });

await main(async () => {
  const { folder, open, port } = readArguments();
  await ensureInstalled();
  await ensureBuilt();
  await check(folder);
  if (!open) return;
  const once = process.env.LYNC_START_ONCE === '1';
  const desktop = once || !hasDisplay() ? undefined : onPath('code');
  if (desktop !== undefined) await openDesktop(desktop, folder);
  else await serve(folder, port, once);
});

function readArguments() {
  let parsed;
  try {
    parsed = parseArgs({ options, allowPositionals: true });
  } catch {
    throw new Stop('Usage: npm start [-- [--no-open] [--port N] [FOLDER]]', 2);
  }
  const [named] = parsed.positionals;
  // npm runs this in the project's folder; a relative path is meant from where npm was called.
  const folder =
    named === undefined ? join(root, 'samples', 'contoso') : resolve(process.env.INIT_CWD ?? '', named);
  if (!existsSync(folder) || !statSync(folder).isDirectory()) {
    throw new Stop(`There is no folder '${folder}'.`, 2);
  }
  const port = Number(parsed.values.port ?? 0);
  if (!Number.isInteger(port) || port < 0 || port > 65535) {
    throw new Stop('A port is a number up to 65535.', 2);
  }
  return { folder, port, open: parsed.values['no-open'] !== true };
}

/** Findings give the linter the exit code 1, and here they are what one wants to see. */
async function check(/** @type {string} */ folder) {
  const linter = join(root, 'dist', 'lync-lint.cjs');
  console.log(`\n> lync-lint ${folder}`);
  const code = await run(process.execPath, [linter, folder]);
  if (code > 1) throw new Stop(`lync-lint ended with exit code ${code}.`, code);
}

async function openDesktop(/** @type {string} */ code, /** @type {string} */ folder) {
  console.log(`\nOpening ${folder} in VS Code with the extension.`);
  const exitCode = await run(code, [`--extensionDevelopmentPath=${root}`, folder]);
  if (exitCode !== 0) throw new Stop(`VS Code ended with exit code ${exitCode}.`, exitCode);
}

async function serve(/** @type {string} */ folder, /** @type {number} */ port, /** @type {boolean} */ once) {
  const { url, ended, stop } = await serveVSCode({ folder, extensionPath: root, port });
  console.log(`\nVS Code with the extension has ${folder} open at\n\n  ${url}\n`);
  if (once) {
    await requireWorkbench(url);
    stop();
    return;
  }
  console.log('Open this address in a browser. Ctrl+C ends it.');
  await ended;
  throw new Stop('The VS Code server has ended.');
}

async function requireWorkbench(/** @type {string} */ url) {
  // The first answer turns the token in the address into a cookie, and a browser brings that along.
  const welcome = await fetch(url, { redirect: 'manual' });
  const cookie = welcome.headers.getSetCookie().join('; ');
  const response = await fetch(new URL(welcome.headers.get('location') ?? '', url), { headers: { cookie } });
  const page = await response.text();
  if (!response.ok || !page.includes('workbench')) {
    throw new Stop(`The address answered with status ${response.status} and no workbench.`);
  }
  console.log('It answers.');
}
