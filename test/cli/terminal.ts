/** The command line as somebody types it, in a new folder for each test. */
import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { run, type Arguments, type Terminal } from '../../server/src/cli.ts';

export interface Printed {
  readonly code: number;
  readonly out: string;
  readonly error: string;
}

/** The current test's. */
export let folder: string;

beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'lync-lint-')));
});
afterEach(() => rm(folder, { recursive: true }));

export function at(name: string): string {
  return join(folder, name);
}

/** Writes files: a text as UTF-8, bytes as they are. */
export async function write(files: Readonly<Record<string, string | Buffer>>): Promise<void> {
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(at(name)), { recursive: true });
    await writeFile(at(name), content);
  }
}

/** @param terminal what of it is not as usual: without colours, and with nothing on standard input */
export async function lyncLint(
  positionals: readonly string[] = [folder],
  values: Arguments['values'] = {},
  terminal: Partial<Terminal> = {},
): Promise<Printed> {
  let [out, error] = ['', ''];
  const code = await run(
    { positionals, values },
    {
      folder,
      color: false,
      version: '1.2.3',
      input: () => Promise.resolve(''),
      out: (text) => (out += text),
      error: (text) => (error += text),
      ...terminal,
    },
  );
  return { code, out, error };
}
