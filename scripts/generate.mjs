// `npm run generate`: everything that is derived from something else. `-- --check` fails, and lists what is stale.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { format } from 'prettier';
import { main, root, run, Stop } from './command.mjs';
import { between } from './generate/markdown.mjs';
import { rulePage, rulesList, ruleTables } from './generate/pages.mjs';
import { manifestSettings, optionTable, outputExample, sectionTables } from './generate/reference.mjs';
import { configurationSchema } from './generate/configurationSchema.mjs';
import { exportScript } from './generate/exportScript.mjs';
import { fileSchema } from './generate/schema.mjs';
import { loadSource } from './generate/source.mjs';

/** In this order: what comes later is made from what these write. */
const generators = ['scripts/schema/generate.mjs', 'syntaxes/generate.mjs'];
const pages = 'docs/rules';

await main(async () => {
  const check = process.argv.includes('--check');
  let stale = false;
  for (const generator of generators) {
    const code = await run(process.execPath, [join(root, generator), ...(check ? ['--check'] : [])]);
    if (code !== 0 && !check) throw new Stop(`${generator} ended with exit code ${code}.`);
    stale ||= code !== 0;
  }
  const files = await generate();
  for (const [path, text] of files) {
    if (read(path) === text) continue;
    stale = true;
    if (check) console.error(`${path} is stale.`);
    else write(path, text);
  }
  for (const path of leftPages(files)) {
    stale = true;
    if (check) console.error(`${path} belongs to no rule.`);
    else rmSync(join(root, path));
  }
  if (check && stale) throw new Stop("Not everything generated is up to date. Run 'npm run generate'.");
});

/** Every generated file, by its path, with the text that it should have. */
async function generate() {
  const source = await loadSource();
  /** @type {Map<string, string>} */
  const files = new Map();
  /** @type {(path: string, name: string, content: string, initial?: string) => void} */
  const insert = (path, name, content, initial = '') => {
    files.set(path, between(path, files.get(path) ?? read(path) ?? initial, name, content));
  };

  files.set('package.json', withSettings(manifestSettings(source)));
  files.set('schemas/lync.schema.json', await json(fileSchema(source)));
  files.set('schemas/lync.config.schema.json', await json(configurationSchema(source)));
  files.set(
    'client/assets/Export-LyncDeployment.ps1',
    exportScript(read('scripts/generate/Export-LyncDeployment.ps1') ?? '', source),
  );
  for (const rule of source.rules) files.set(`${pages}/${rule.id}.md`, rulePage(rule, source));
  files.set(`${pages}/README.md`, rulesList(source));
  insert('docs/format.md', 'sections', sectionTables(source));
  insert('docs/command-line.md', 'options', optionTable(source));
  insert('docs/command-line.md', 'output', await outputExample(source));
  insert(
    'README.md',
    'rules',
    ruleTables(source, { heading: '###', folder: `${pages}/` }),
    '# Lync Topology\n\n<!-- rules:begin -->\n<!-- rules:end -->\n',
  );
  return files;
}

function withSettings(/** @type {object} */ properties) {
  const manifest = JSON.parse(read('package.json') ?? '');
  manifest.contributes.configuration.properties = properties;
  return `${JSON.stringify(manifest, null, 2)}\n`;
}

/** As everything else here is formatted. */
function json(/** @type {object} */ value) {
  return format(JSON.stringify(value), { parser: 'json', printWidth: 110 });
}

/** Pages of rules that are gone. */
function leftPages(/** @type {ReadonlyMap<string, string>} */ files) {
  const folder = join(root, pages);
  return (existsSync(folder) ? readdirSync(folder) : [])
    .map((name) => `${pages}/${name}`)
    .filter((path) => !files.has(path));
}

/** @returns {string | undefined} */
function read(/** @type {string} */ path) {
  const file = join(root, path);
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}

function write(/** @type {string} */ path, /** @type {string} */ text) {
  const file = join(root, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  console.log(`Wrote ${path}`);
}
