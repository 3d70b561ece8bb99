// What every script here needs: where the project is, how to stop with a sentence, how to run a program.
import { spawn } from 'node:child_process';
import { accessSync, constants, realpathSync, statSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { atEnd } from './cleanup.mjs';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

const windows = process.platform === 'win32';

/** A reason to stop that the reader can act on. It is printed as a sentence, without a stack trace. */
export class Stop extends Error {
  /**
   * @param {string} message
   * @param {number} [exitCode]
   */
  constructor(message, exitCode = 1) {
    super(message);
    this.exitCode = exitCode;
  }
}

/**
 * Runs a script's body and turns what it returns or throws into the exit code.
 * `LYNC_TRACE=1` adds the stack trace, for whoever works on the scripts themselves.
 *
 * @param {() => Promise<number | void>} body
 */
export async function main(body) {
  try {
    process.exitCode = (await body()) ?? 0;
  } catch (error) {
    const trace = process.env.LYNC_TRACE === '1' && error instanceof Error;
    console.error(trace ? error.stack : error instanceof Error ? error.message : String(error));
    // Something may still be running that would keep this process waiting: cleanup.mjs ends it on exit.
    process.exit(error instanceof Stop ? error.exitCode : 1);
  }
}

/** True when the module with this `import.meta.url` is the program, not an import of another one. */
export function isProgram(/** @type {string} */ moduleUrl) {
  return process.argv[1] !== undefined && fileURLToPath(moduleUrl) === realpathSync(process.argv[1]);
}

/**
 * Runs a program to its end and gives its exit code. Its output goes where ours goes; with `onOutput`
 * the caller reads along.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, quiet?: boolean, onOutput?: (text: string) => void }} [options]
 * @returns {Promise<number>}
 */
export function run(command, args, { cwd = root, env = process.env, quiet = false, onOutput } = {}) {
  const piped = quiet || onOutput !== undefined;
  const child = spawn(command, args, {
    cwd,
    env,
    stdio: ['inherit', piped ? 'pipe' : 'inherit', piped ? 'pipe' : 'inherit'],
    // On Windows programs such as `npm` and `code` are .cmd files, which only a shell can start.
    shell: windows && !command.endsWith('.exe'),
  });
  const stop = atEnd(() => child.kill());
  for (const [from, to] of /** @type {const} */ ([
    [child.stdout, process.stdout],
    [child.stderr, process.stderr],
  ])) {
    from?.setEncoding('utf8').on('data', (/** @type {string} */ text) => {
      if (!quiet) to.write(text);
      onOutput?.(text);
    });
  }
  return new Promise((resolve, reject) => {
    child.once('error', (error) => {
      reject(new Stop(`'${command}' could not be started: ${error.message}.`));
    });
    child.once('close', (code) => {
      stop();
      resolve(code ?? 1);
    });
  });
}

/**
 * Runs a program whose output matters only when it fails; then its last lines are part of the message.
 *
 * @param {string} task what was being done, as the beginning of a sentence: 'Installing VS Code'
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv }} [options]
 */
export async function runQuietly(task, command, args, options = {}) {
  let output = '';
  const code = await run(command, args, { ...options, quiet: true, onOutput: (text) => (output += text) });
  if (code === 0) return;
  const lastLines = output.trim().split('\n').slice(-15).join('\n');
  throw new Stop(`${lastLines}\n${task} failed: '${command} ${args[0] ?? ''}' ended with exit code ${code}.`);
}

/** Whether a desktop program would have a screen to appear on. */
export function hasDisplay() {
  const { DISPLAY = '', WAYLAND_DISPLAY = '' } = process.env;
  return process.platform !== 'linux' || DISPLAY !== '' || WAYLAND_DISPLAY !== '';
}

/** A command-line tool of one of the installed packages, by the name it has in `node_modules/.bin`. */
export function tool(/** @type {string} */ name) {
  return join(root, 'node_modules', '.bin', windows ? `${name}.cmd` : name);
}

/** The full path of a program that a shell would find by this name, or undefined. */
export function onPath(/** @type {string} */ name) {
  const endings = windows ? ['.cmd', '.exe', '.bat'] : [''];
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    for (const ending of endings) {
      const path = join(folder, name + ending);
      if (isExecutable(path)) return path;
    }
  }
  return undefined;
}

export function isExecutable(/** @type {string} */ path) {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
