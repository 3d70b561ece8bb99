/** The programs as people get them: bundled, and run by Node. */
import { spawn, spawnSync, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const project = dirname(dirname(fileURLToPath(import.meta.url)));

export const programs = {
  linter: join(project, 'dist', 'lync-lint.cjs'),
  server: join(project, 'dist', 'server.cjs'),
  worker: join(project, 'dist', 'server.browser.js'),
} as const;

/** Bundles the programs unless they are newer than what they are made from. */
export function ensureBuilt(): void {
  const built = Math.min(...Object.values(programs).map(timeOf));
  const sources = readdirSync(join(project, 'server', 'src'), { recursive: true, encoding: 'utf8' });
  if (sources.every((name) => timeOf(join(project, 'server', 'src', name)) < built)) return;
  const { status, stderr } = spawnSync(process.execPath, [join(project, 'scripts', 'build.mjs')], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`The programs cannot be built.\n${stderr}`);
}

function timeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

export function startServer(...args: readonly string[]): ChildProcessWithoutNullStreams {
  return spawn(process.execPath, [programs.server, ...args]);
}

/** What a process has printed and returned. */
export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly error: string;
}

export function ended(child: ChildProcessWithoutNullStreams): Promise<Ended> {
  let [out, error] = ['', ''];
  child.stdout.on('data', (data: Buffer) => (out += data.toString()));
  child.stderr.on('data', (data: Buffer) => (error += data.toString()));
  return new Promise((resolve) => {
    child.on('close', (code) => {
      resolve({ code, out, error });
    });
  });
}
