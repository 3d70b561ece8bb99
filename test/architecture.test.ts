import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rules } from '../server/src/rules/index.ts';

const checkout = join(dirname(fileURLToPath(import.meta.url)), '..');

interface Import {
  readonly from: string;
  /** A file of the project by its path, or a package by its name. */
  readonly to: string;
  readonly typeOnly: boolean;
}

const files = new Map(
  ['server/src', 'client/src'].flatMap((folder) =>
    readdirSync(join(checkout, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .map((name): [string, string] => {
        const path = join(checkout, folder, name);
        return [relative(checkout, path).replaceAll('\\', '/'), readFileSync(path, 'utf8')];
      }),
  ),
);
const imports = [...files].flatMap(([file, text]) => importsOf(file, text));

/** What each room of server/src may import, besides itself. Everything is below what stands further down. */
const core = ['parser', 'schema', 'model', 'linter', 'workspace.ts', 'project.ts'];
const besides = ['config.ts', 'disk.ts', 'version.ts'];
/** The language server's own: what comes in, what is answered, what goes out. */
const server = [
  'client.ts',
  'uri.ts',
  'progress.ts',
  'documents.ts',
  'publishing.ts',
  'requests.ts',
  'server.ts',
];
/** The command line's own: what is read, looked at piece by piece, and written. */
const commandLine = [
  ...['batch.ts', 'inputs.ts', 'states.ts', 'reporting.ts', 'remediating.ts', 'planning.ts', 'importing.ts'],
  'cli.ts',
];
const edges = [...core, 'rules', 'features', 'reporters', 'importers', 'emitters', ...besides];
const serverEdges = edges.filter((room) => room !== 'disk.ts');
const mayImport: Readonly<Record<string, readonly string[]>> = {
  parser: [],
  schema: [],
  model: ['schema', 'parser'],
  linter: ['model', 'schema', 'parser'],
  'workspace.ts': ['linter', 'model', 'schema', 'parser'],
  'project.ts': ['workspace.ts', 'linter', 'model', 'schema', 'parser'],
  rules: ['linter', 'model', 'schema', 'parser'],
  'config.ts': [],
  'version.ts': [],
  'disk.ts': [],
  features: [...core, 'importers', 'emitters', 'config.ts'],
  reporters: [...core, 'config.ts'],
  importers: [...core, 'config.ts'],
  emitters: [...core, 'config.ts'],
  'uri.ts': [],
  'client.ts': ['uri.ts'],
  'documents.ts': ['project.ts', 'client.ts', 'uri.ts'],
  'progress.ts': ['documents.ts'],
  'sharing.ts': ['project.ts', 'client.ts', 'documents.ts'],
  'publishing.ts': [...core, 'features', 'config.ts', 'client.ts', 'uri.ts', 'documents.ts', 'sharing.ts'],
  'requests.ts': [...serverEdges, 'client.ts', 'uri.ts', 'documents.ts', 'publishing.ts', 'sharing.ts'],
  'server.ts': [...serverEdges, ...server],
  'batch.ts': [...core, 'reporters'],
  'inputs.ts': [...core, 'batch.ts', 'disk.ts'],
  'reporting.ts': [...edges, 'batch.ts', 'inputs.ts'],
  'remediating.ts': [...edges, 'inputs.ts'],
  'importing.ts': [...edges, 'inputs.ts'],
  'states.ts': [...core, 'emitters', 'inputs.ts', 'disk.ts'],
  'planning.ts': [...edges, 'inputs.ts', 'states.ts'],
  'cli.ts': [...edges, ...commandLine],
  'clientFiles.ts': ['client.ts', 'documents.ts'],
  bin: [...edges, ...commandLine, ...server, 'clientFiles.ts'],
};

/** Who may use which package. A name that ends in a slash stands for all that is in it. */
const users: Readonly<Record<string, readonly string[]>> = {
  yaml: ['server/src/parser/read.ts'],
  diff: ['server/src/importing.ts'],
  'fastest-levenshtein': ['server/src/linter/nearest.ts'],
  sax: ['server/src/importers/xml.ts'],
  papaparse: ['server/src/importers/csv.ts'],
  fflate: ['server/src/importers/zip.ts'],
  'picomatch/posix': ['server/src/workspace.ts'],
  'vscode-uri': ['server/src/disk.ts', 'server/src/uri.ts'],
  'vscode-languageserver-types': ['server/src/features/', 'client/src/'],
  'vscode-languageserver': [
    ...server.map((file) => `server/src/${file}`),
    'server/src/clientFiles.ts',
    'server/src/bin/',
  ],
  'vscode-languageserver/': ['server/src/bin/'],
  vscode: ['client/src/'],
  'vscode-languageclient': ['client/src/'],
  'vscode-languageclient/': ['client/src/'],
  'node:': ['server/src/disk.ts', 'server/src/bin/'],
};

describe('the architecture', () => {
  it('has imports that point down only', () => {
    const wrong = imports
      .filter(({ from, to }) => from.startsWith('server/') && to.startsWith('server/'))
      .filter(({ from, to }) => room(from) !== room(to) && !mayImport[room(from)]?.includes(room(to)));
    assert.deepEqual(wrong, []);
  });

  it('has a place in the table for every room', () => {
    const rooms = new Set([...files.keys()].filter((file) => file.startsWith('server/')).map(room));
    assert.deepEqual(
      [...rooms].filter((name) => !(name in mayImport)),
      [],
    );
  });

  it('keeps client and server apart', () => {
    const wrong = imports.filter(({ from, to }) => isOurs(to) && from.split('/')[0] !== to.split('/')[0]);
    assert.deepEqual(wrong, []);
  });

  it('lets only those use a package whose concern it is', () => {
    const wrong = imports.filter(({ from, to }) => {
      if (isOurs(to)) return false;
      const [, allowed = []] =
        Object.entries(users).find(([name]) => (/[/:]$/.test(name) ? to.startsWith(name) : to === name)) ??
        [];
      return !allowed.some((user) => (user.endsWith('/') ? from.startsWith(user) : from === user));
    });
    assert.deepEqual(wrong, []);
  });

  it('has no cycle of imports that are there when it runs', () => {
    const graph = new Map<string, string[]>();
    for (const { from, to, typeOnly } of imports)
      if (!typeOnly && isOurs(to)) graph.set(from, [...(graph.get(from) ?? []), to]);
    const done = new Set<string>();
    const cycles: string[] = [];
    const visit = (file: string, path: readonly string[]): void => {
      if (path.includes(file)) cycles.push([...path.slice(path.indexOf(file)), file].join(' -> '));
      if (done.has(file) || path.includes(file)) return;
      for (const next of graph.get(file) ?? []) visit(next, [...path, file]);
      done.add(file);
    };
    for (const file of graph.keys()) visit(file, []);
    assert.deepEqual(cycles, []);
  });

  it('has no barrel but the list of rules', () => {
    const barrels = [...files].filter(
      ([file, text]) =>
        /(?:^|\/)index\.ts$/.test(file) || /^export (?:\*|\{[^}]*\}|type \{[^}]*\}) from /m.test(text),
    );
    assert.deepEqual(
      barrels.map(([file]) => file),
      ['server/src/rules/index.ts'],
    );
  });

  it('has no file over 400 lines', () => {
    const long = [...files].filter(([, text]) => text.split('\n').length > 401);
    assert.deepEqual(
      long.map(([file]) => file),
      [],
    );
  });
});

describe('every rule', () => {
  const names = [...files.keys()]
    .map((file) => /^server\/src\/rules\/(.+)\.ts$/.exec(file)?.[1])
    .filter((name) => name !== undefined && name !== 'index');

  it('has the name of its file', () => {
    for (const { id } of rules) {
      const text = files.get(`server/src/rules/${id}.ts`) ?? '';
      assert.match(text, new RegExp(`^  id: '${id}',$`, 'm'));
    }
  });

  it('is in the list of rules', () => {
    assert.deepEqual(rules.map(({ id }) => id).sort(), names.sort());
  });
});

function isOurs(path: string): boolean {
  return path.startsWith('server/') || path.startsWith('client/');
}

/** The folder of server/src that a file is in, or its own name where it is in none. */
function room(file: string): string {
  return file.split('/')[2] ?? '';
}

function importsOf(file: string, text: string): Import[] {
  const found = text.matchAll(
    /^(?:import|export)\s+(?<type>type\s+)?(?:[^'"`;]*?\sfrom\s+)?'(?<name>[^']+)'|\bimport\(\s*'(?<later>[^']+)'/gm,
  );
  return Array.from(found, ({ groups = {} }) => {
    const name = groups.name ?? groups.later ?? '';
    const to = name.startsWith('.') ? posix.join(posix.dirname(file), name) : name;
    return { from: file, to, typeOnly: groups.type !== undefined };
  });
}
