// A process of its own for each library that reads the text, so that one's memory is not another's:
// `node parse.mjs LIBRARY FILE RUNS` prints the times in ms and the peak memory in bytes as JSON.
import { readFileSync } from 'node:fs';
import { load } from 'js-yaml';
import { parseDocument } from 'yaml';
import { memoryOf } from './client.mjs';

const [library = '', file = '', runs = '1'] = process.argv.slice(2);
const text = readFileSync(file, 'utf8');
const json = library === 'JSON.parse' ? JSON.stringify(load(text)) : '';

/** @type {Record<string, () => void>} */
const libraries = {
  'JSON.parse': () => {
    JSON.parse(json);
  },
  'js-yaml': () => {
    load(text);
  },
  // Its own check of keys is quadratic.
  yaml: () => {
    parseDocument(text, { uniqueKeys: false, logLevel: 'silent' });
  },
};
const times = [];
for (let run = 0; run < Number(runs); run++) {
  const started = performance.now();
  libraries[library]?.();
  times.push(performance.now() - started);
}
console.log(JSON.stringify({ times, peak: memoryOf(process.pid)?.peak ?? 0 }));
