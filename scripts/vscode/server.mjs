// Starts the VS Code server on 127.0.0.1 and says at which address a browser finds what.
import { randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { spawnGroup, temporaryFolder } from '../cleanup.mjs';
import { Stop } from '../command.mjs';
import { ensureHost } from './host.mjs';
import { userSettings } from './settings.mjs';

/** @typedef {'node' | 'web'} ExtensionHost */

/**
 * @typedef {object} Server
 * @property {(what: Opened) => string} address the address at which a browser finds it
 * @property {() => void} stop
 * @property {Promise<void>} ended settles when the server has ended, wanted or not
 */

/**
 * @typedef {object} Opened what the browser shows
 * @property {string} folder
 * @property {string} extensionPath
 * @property {string} [testsPath] the entry of tests to run in the extension host
 */

/** Where the extension runs: in Node.js beside the server, or in a web worker of the page, as on vscode.dev. */
export function extensionHost() {
  const host = process.env.LYNC_EXTENSION_HOST ?? 'node';
  if (host === 'node' || host === 'web') return host;
  throw new Stop(`LYNC_EXTENSION_HOST is 'node' or 'web', not '${host}'.`);
}

/**
 * @param {{ extensionPath: string, extensionHost: ExtensionHost, port?: number }} options port 0, the default,
 *   is any free one
 * @returns {Promise<Server>}
 */
export async function startServer({ extensionPath, extensionHost, port = 0 }) {
  const host = await ensureHost();
  const data = temporaryFolder('lync-vscode-');
  // The server runs code for whoever it lets in, and any program on this machine can reach its port.
  const token = randomUUID();
  mkdirSync(join(data.path, 'data', 'User'), { recursive: true });
  const settings = { ...userSettings, ...(extensionHost === 'web' ? inWebWorker(extensionPath) : {}) };
  writeFileSync(join(data.path, 'data', 'User', 'settings.json'), JSON.stringify(settings));
  const { child, stop } = spawnGroup(
    host.node,
    [
      host.server,
      ...['--host', '127.0.0.1', '--port', String(port), '--connection-token', token],
      ...['--server-data-dir', data.path, '--extensions-dir', join(data.path, 'extensions')],
      '--accept-server-license-terms',
      '--disable-telemetry',
      '--disable-workspace-trust',
      // Without it the page ignores the payload in its address.
      '--enable-smoke-test-driver',
    ],
    {
      stdio: ['ignore', 'pipe', 'pipe'],
      // No marketplace: nothing here is to be fetched from anywhere.
      env: { ...process.env, EXTENSIONS_GALLERY: '{}' },
    },
  );
  /** @type {Promise<void>} */
  const ended = new Promise((resolve) =>
    child.once('close', () => {
      resolve();
    }),
  );
  const boundTo = await listening(child);
  return {
    address: (what) => address(boundTo, token, what),
    ended,
    stop: () => {
      stop();
      data.remove();
    },
  };
}

/**
 * An extension that can run in both hosts runs beside the server, unless the user's settings say otherwise.
 * (The payload's `extensionDevelopmentKind` is read by VS Code 1.139 and then forgotten.)
 */
function inWebWorker(/** @type {string} */ extensionPath) {
  return { 'remote.extensionKind': { [extensionId(extensionPath)]: ['web'] } };
}

/** An extension's identifier, such as `lync-topology.lync-topology`. */
export function extensionId(/** @type {string} */ extensionPath) {
  const manifest = readFileSync(join(extensionPath, 'package.json'), 'utf8');
  const { publisher, name } = /** @type {{ publisher: string, name: string }} */ (JSON.parse(manifest));
  return `${publisher}.${name}`;
}

/** @returns {Promise<number>} the port, once the server answers on it */
function listening(/** @type {import('node:child_process').ChildProcess} */ child) {
  return new Promise((resolve, reject) => {
    let output = '';
    const late = new Stop('The VS Code server did not start within a minute.');
    const timer = setTimeout(reject, 60_000, late);
    const read = (/** @type {Buffer} */ chunk) => {
      output += chunk.toString();
      if (output.includes('EADDRINUSE')) reject(new Stop('That port is in use: choose another one.'));
      const port = /Extension host agent listening on (\d+)/.exec(output)?.[1];
      if (port === undefined) return;
      // The server goes on logging, and blocks unless somebody goes on reading.
      for (const stream of [child.stdout, child.stderr]) stream?.off('data', read).resume();
      clearTimeout(timer);
      resolve(Number(port));
    };
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', read);
    child.once('error', (error) => {
      reject(new Stop(`The VS Code server could not be started: ${error.message}.`));
    });
    child.once('close', (code) => {
      const lastLines = output.trim().split('\n').slice(-15).join('\n');
      reject(new Stop(`${lastLines}\nThe VS Code server ended with exit code ${code}.`));
    });
  });
}

/** @returns {string} */
function address(
  /** @type {number} */ port,
  /** @type {string} */ token,
  /** @type {Opened} */ { folder, extensionPath, testsPath },
) {
  const remote = (/** @type {string} */ path) => `vscode-remote://127.0.0.1:${port}${encodeURI(path)}`;
  const payload = [['extensionDevelopmentPath', remote(extensionPath)]];
  if (testsPath !== undefined) payload.push(['extensionTestsPath', remote(testsPath)]);
  const query = new URLSearchParams({ tkn: token, folder, payload: JSON.stringify(payload) });
  return `http://127.0.0.1:${port}/?${query.toString()}`;
}
