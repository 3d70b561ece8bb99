// The measurements: each drives a program as people would, and gives times in ms and memory in bytes.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, Stop } from '../command.mjs';
import { Client, memoryOf, uriOf } from './client.mjs';

export const ourServer = join(root, 'dist', 'server.cjs');
const yamlServer = join(root, 'node_modules', 'yaml-language-server', 'bin', 'yaml-language-server');
const ourLinter = join(root, 'dist', 'lync-lint.cjs');
// The other programs need more than the usual limit.
const nodeArgs = ['--max-old-space-size=12000'];

/** The value below which a part of the numbers lies: 0.5 is the median. */
export function quantile(/** @type {readonly number[]} */ numbers, /** @type {number} */ part) {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
}

/**
 * How long a library takes for a file.
 *
 * @param {string} library
 * @param {string} file
 * @param {number} runs
 * @returns {Promise<{ times: number[], peak: number }>}
 */
export async function parse(library, file, runs) {
  const { output } = await runProgram([
    join(root, 'scripts', 'bench', 'parse.mjs'),
    library,
    file,
    String(runs),
  ]);
  /** @type {{ times: number[], peak: number }} */
  const result = JSON.parse(output);
  return result;
}

/** `lync-lint` over a folder, as a whole process. */
export async function lint(/** @type {string} */ folder) {
  const started = performance.now();
  const { peak, errors, code } = await runProgram([ourLinter, folder]);
  if (code === 2) throw new Stop(`lync-lint could not run: ${errors}`);
  return { time: performance.now() - started, peak };
}

/** Opens a file in the other server, and types a few keys. */
export async function yamlServerOn(/** @type {string} */ file, /** @type {number} */ keys) {
  const client = new Client(yamlServer, { nodeArgs });
  await client.initialize(undefined);
  const started = performance.now();
  const published = client.published(({ uri }) => uri === uriOf(file));
  await client.open(file, 'yaml');
  await published;
  const open = performance.now() - started;
  const { keystrokes } = await type(client, file, keys);
  const memory = client.memory()?.now ?? 0;
  await client.stop();
  return { open, keystrokes, memory };
}

/**
 * Opens a file of a deployment in our server, and works on it.
 *
 * @param {string} folder
 * @param {string} file
 * @param {{ keys: number, policies?: string, profile?: string | undefined }} work how many keys are typed, and a file with a
 * policy that everybody has; `profile`: where a processor profile goes
 */
export async function ourServerOn(folder, file, { keys, policies, profile }) {
  const profiled = profile === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profile}`];
  const client = new Client(ourServer, { nodeArgs: profiled });
  await client.initialize(folder);
  const started = performance.now();
  let [first, all] = [Number.NaN, Number.NaN];
  client.listen(({ uri, diagnostics }) => {
    if (uri !== uriOf(file) || diagnostics.length === 0) return;
    all = performance.now() - started;
    if (Number.isNaN(first)) first = all;
  });
  await client.open(file, 'lync-yaml');
  await quiet(client, () => all);
  const { keystrokes, hovers, actions } = await type(client, file, keys);
  await pause(6000);
  const memory = client.memory()?.now ?? 0;
  const policy = policies === undefined ? undefined : await editPolicy(client, file, policies);
  await client.stop();
  return { first, all, keystrokes, hovers, actions, memory, policy };
}

/** Types a letter behind a policy's name, and takes it away again, at places all over the file. */
async function type(/** @type {Client} */ client, /** @type {string} */ file, /** @type {number} */ keys) {
  const lines = readFileSync(file, 'utf8').split('\n');
  const name =
    /(?:UserServicesPolicy: SmartCard|RegistrarPool: [^ ]*|SipAddress: [^ ]*|DisplayPhoto: AllPhotos)$/;
  const places = lines.flatMap((line, number) => (name.test(line) ? [number] : []));
  const [keystrokes, hovers, actions] = [[], [], []].map(() => /** @type {number[]} */ ([]));
  for (let key = 0; key < keys; key++) {
    const line = places[((key >> 1) * 7919) % places.length] ?? 0;
    const character = lines[line]?.length ?? 0;
    const isTyped = key % 2 === 0;
    const end = { line, character: isTyped ? character : character + 1 };
    const started = performance.now();
    const published = client.published(({ uri }) => uri === uriOf(file));
    await client.change(file, { line, character }, end, isTyped ? 'x' : '');
    await published;
    keystrokes?.push(performance.now() - started);
    const position = { line, character: character - 1 };
    hovers?.push(await timed(() => client.ask('textDocument/hover', file, { position })));
    const range = { start: position, end: position };
    actions?.push(
      await timed(() => client.ask('textDocument/codeAction', file, { range, context: { diagnostics: [] } })),
    );
  }
  return { keystrokes: keystrokes ?? [], hovers: hovers ?? [], actions: actions ?? [] };
}

/** Changes a policy that everybody has, and keeps asking as somebody would who goes on working. */
async function editPolicy(
  /** @type {Client} */ client,
  /** @type {string} */ file,
  /** @type {string} */ policies,
) {
  await client.open(policies, 'lync-yaml');
  await pause(1000);
  const lines = readFileSync(policies, 'utf8').split('\n');
  const line = lines.findIndex((text) => /^ {4}DisplayPhoto: AllPhotos/.test(text));
  const start = { line, character: '    DisplayPhoto: '.length };
  const started = performance.now();
  let [first, all] = [Number.NaN, Number.NaN];
  client.listen(({ uri }) => {
    if (uri !== uriOf(file)) return;
    all = performance.now() - started;
    if (Number.isNaN(first)) first = all;
  });
  await client.change(policies, start, { line, character: start.character + 'AllPhotos'.length }, 'NoPhoto');
  const waits = [];
  const until = performance.now() + 2000;
  while (performance.now() < until) {
    waits.push(await timed(() => client.ask('textDocument/hover', policies, { position: start })));
    await pause(5);
  }
  await quiet(client, () => all);
  return { first, all, longestWait: Math.max(...waits) };
}

/** Waits until nothing more comes. */
async function quiet(/** @type {Client} */ client, /** @type {() => number} */ last) {
  for (let before = Number.NaN; ;) {
    await pause(2500);
    if (client.process.exitCode !== null) throw new Stop('The server has ended.');
    if (last() === before) return;
    before = last();
  }
}

async function timed(/** @type {() => Promise<unknown>} */ work) {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

/** @returns {Promise<void>} */
function pause(/** @type {number} */ ms) {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/**
 * Runs a Node program to its end.
 *
 * @param {readonly string[]} args
 * @returns {Promise<{ output: string, errors: string, code: number | null, peak: number }>}
 */
function runProgram(args) {
  const child = spawn(process.execPath, [...nodeArgs, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  let [output, errors, peak] = ['', '', 0];
  // Reports of large deployments are not kept.
  child.stdout.on('data', (/** @type {Buffer} */ data) => {
    if (output.length < 100_000) output += data.toString();
  });
  child.stderr.on('data', (/** @type {Buffer} */ data) => (errors += data.toString()));
  const watch = setInterval(() => {
    // A process that is about to end has no memory any more.
    const now = memoryOf(child.pid)?.peak ?? 0;
    if (now > peak) peak = now;
  }, 50);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      clearInterval(watch);
      resolve({ output, errors, code, peak });
    });
  });
}
