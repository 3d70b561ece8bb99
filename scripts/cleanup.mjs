// Processes and temporary folders that end with this process, however it ends: normally, by an error,
// by Ctrl+C. All of it is synchronous, because nothing else runs once a process is on its way out.
import { spawn } from 'node:child_process';
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** @type {Set<() => void>} */
const pending = new Set();

/**
 * @param {() => void} task
 * @returns {() => void} does the task at once, instead of at the end
 */
export function atEnd(task) {
  if (pending.size === 0) listen();
  pending.add(task);
  return () => {
    if (pending.delete(task)) task();
  };
}

let listening = false;
function listen() {
  if (listening) return;
  listening = true;
  for (const [signal, code] of /** @type {const} */ ([
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ])) {
    process.once(signal, () => process.exit(code));
  }
  process.on('exit', () => {
    // Last in, first out: a server stops before the folder it writes to is deleted.
    for (const task of [...pending].reverse()) task();
  });
}

/** Ends this process soon after the one that started it, even when that one was killed and could say nothing. */
export function endWithParent() {
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) process.exit(1);
  }, 500).unref();
}

/** A new folder of our own; call `remove` to delete it early. */
export function temporaryFolder(/** @type {string} */ prefix) {
  const path = realpathSync(mkdtempSync(join(tmpdir(), prefix)));
  // A process that was just killed may still be writing its last file: hence the retries.
  const remove = atEnd(() => {
    rmSync(path, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
  });
  return { path, remove };
}

/**
 * Starts a program as the leader of a process group, so that `stop` also ends what it has started.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {import('node:child_process').SpawnOptions} options
 */
export function spawnGroup(command, args, options) {
  const child = spawn(command, args, { ...options, detached: true });
  const stop = atEnd(() => {
    if (child.pid === undefined) return;
    try {
      process.kill(-child.pid, 'SIGKILL');
    } catch {
      // The whole group is gone already.
    }
  });
  return { child, stop };
}
