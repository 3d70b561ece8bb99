// How long each feature takes on a large file that somebody works in.
import { readFileSync } from 'node:fs';
import { Client, uriOf } from './client.mjs';

/** How often each is asked: the first time may find something to be worked out, and counts like any other. */
const times = 20;

/** How long, in ms, a server has to look at a file before it is asked. */
const settling = 8000;

/** @typedef {import('vscode-languageserver/node').Position} Position */

/**
 * The requests of an editor at places all over a file, each behind an edit at another place.
 *
 * @type {readonly { name: string, method: string, params: (at: Place) => Record<string, unknown> }[]}
 */
export const requests = [
  { name: 'hover', method: 'textDocument/hover', params: ({ position }) => ({ position }) },
  {
    name: 'completion of a value',
    method: 'textDocument/completion',
    params: ({ position }) => ({ position }),
  },
  {
    name: 'completion of a key',
    method: 'textDocument/completion',
    params: ({ key }) => ({ position: key }),
  },
  { name: 'definition', method: 'textDocument/definition', params: ({ position }) => ({ position }) },
  {
    name: 'highlights',
    method: 'textDocument/documentHighlight',
    params: ({ address }) => ({ position: address }),
  },
  {
    name: 'references of a user',
    method: 'textDocument/references',
    params: ({ address }) => ({ position: address, context: { includeDeclaration: true } }),
  },
  {
    name: 'references of a policy that a third of all have',
    method: 'textDocument/references',
    params: ({ position }) => ({ position, context: { includeDeclaration: true } }),
  },
  {
    name: 'rename of a user',
    method: 'textDocument/rename',
    params: ({ address }) => ({ position: address, newName: 'sip:somebody.else@contoso.com' }),
  },
  { name: 'symbols of the file', method: 'textDocument/documentSymbol', params: () => ({}) },
  { name: 'symbols of the deployment', method: 'workspace/symbol', params: () => ({ query: 'jonathan' }) },
  {
    name: 'code actions',
    method: 'textDocument/codeAction',
    params: ({ range }) => ({ range, context: { diagnostics: [] } }),
  },
  { name: 'code lenses', method: 'textDocument/codeLens', params: () => ({}) },
  {
    name: 'inlay hints of a screen',
    method: 'textDocument/inlayHint',
    params: ({ screen }) => ({ range: screen }),
  },
  { name: 'folding ranges', method: 'textDocument/foldingRange', params: () => ({}) },
  {
    name: 'selection ranges',
    method: 'textDocument/selectionRange',
    params: ({ position }) => ({ positions: [position] }),
  },
  { name: 'links', method: 'textDocument/documentLink', params: () => ({}) },
  {
    name: 'indentation of a new line',
    method: 'textDocument/onTypeFormatting',
    params: ({ key }) => ({ position: key, ch: '\n', options: { tabSize: 2, insertSpaces: true } }),
  },
  { name: 'explanation of a user', method: 'lync/explain', params: ({ address }) => ({ position: address }) },
];

/**
 * @typedef {object} Place
 * @property {Position} position on the name of a policy
 * @property {Position} address on a user's address
 * @property {Position} key where a line begins
 * @property {{ start: Position, end: Position }} range the policy's name
 * @property {{ start: Position, end: Position }} screen fifty lines
 */

/**
 * @param {string} server
 * @param {string} folder
 * @param {string} file
 * @returns {Promise<{ name: string, times: number[] }[]>} in ms
 */
export async function featuresOn(server, folder, file) {
  const client = new Client(server);
  await client.initialize(folder);
  const published = client.published(({ uri, diagnostics }) => uri === uriOf(file) && diagnostics.length > 0);
  await client.open(file, 'lync-yaml');
  await published;
  // Everything is looked at once, before somebody begins to work.
  await new Promise((resolve) => setTimeout(resolve, settling));
  const lines = readFileSync(file, 'utf8').split('\n');
  const places = lines.flatMap((line, number) =>
    line.endsWith('UserServicesPolicy: SmartCard') ? [number] : [],
  );
  const results = [];
  for (const { name, method, params } of requests) {
    /** @type {number[]} */
    const taken = [];
    for (let number = 0; number < times; number++) {
      const line = places[(number * 7919) % places.length] ?? 0;
      const place = placeAt(lines, line);
      // What stands still could have been worked out before.
      await client.change(file, { line: 1, character: 0 }, { line: 1, character: 0 }, '# typed\n');
      await client.change(file, { line: 1, character: 0 }, { line: 2, character: 0 }, '');
      const started = performance.now();
      await client.ask(method, file, params(place));
      taken.push(performance.now() - started);
    }
    results.push({ name, times: taken });
  }
  await client.stop();
  return results;
}

/** @returns {Place} */
function placeAt(/** @type {readonly string[]} */ lines, /** @type {number} */ line) {
  const character = (lines[line]?.length ?? 0) - 1;
  let first = line;
  while (first > 0 && !/^ *- /.test(lines[first] ?? '')) first--;
  const position = { line, character };
  return {
    position,
    address: { line: first, character: (lines[first]?.indexOf('sip:') ?? 0) + 6 },
    key: { line, character: 4 },
    range: { start: position, end: position },
    screen: { start: { line, character: 0 }, end: { line: line + 50, character: 0 } },
  };
}
