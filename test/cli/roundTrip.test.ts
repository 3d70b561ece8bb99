import assert from 'node:assert/strict';
import { cp, readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { options } from '../../server/src/config.ts';
import { at, folder, lyncLint, write } from './terminal.ts';

/** A block of code of the page, with the language behind its fence. */
interface CodeBlock {
  readonly language: string;
  readonly text: string;
}

const page = new URL('../../docs/round-trip.md', import.meta.url);
const people = 'contoso/users/pool01.contoso.com.lync.yaml';

function blocksOf(text: string): CodeBlock[] {
  return Array.from(text.matchAll(/^```(\w+)\n([^]*?)^```$/gm), ([, language = '', inside = '']) => ({
    language,
    text: inside,
  }));
}

/** What a command line of the page prints: what goes to standard output, then the rest. */
async function printed(command: string): Promise<string> {
  const definitions = Object.fromEntries(
    Object.entries(options).map(([name, option]) => [
      name,
      'value' in option
        ? {
            type: 'string' as const,
            multiple: name === 'rule',
            ...('short' in option ? { short: option.short } : {}),
          }
        : { type: 'boolean' as const },
    ]),
  );
  const args = command.replace(/^lync-lint /, '').split(' ');
  const { positionals, values } = parseArgs({ args, options: definitions, allowPositionals: true });
  const isPath = (word: string): boolean => !['import', 'plan'].includes(word);
  const inFolder = (name: 'output' | 'undo'): object => {
    const value = values[name];
    return typeof value === 'string' ? { [name]: at(value) } : {};
  };
  const { out, error } = await lyncLint(
    positionals.map((word) => (isPath(word) ? at(word) : word)),
    { ...values, ...inFolder('output'), ...inFolder('undo') },
  );
  return `${out}${error}`.replaceAll(`${folder}/`, '');
}

describe('the page about the round trip', () => {
  it('shows what is really printed and written, from the exports to the scripts', async () => {
    let ran = 0;
    for (const { language, text } of blocksOf(await readFile(page, 'utf8'))) {
      switch (language) {
        case 'csv':
          await write({ 'users.csv': text });
          break;
        case 'json':
          await write({ 'settings.json': text });
          break;
        case 'console': {
          const [first = '', ...rest] = text.split('\n');
          assert.equal(await printed(first.slice(2)), rest.join('\n'), first);
          if (ran++ === 0) await cp(at('contoso'), at('before'), { recursive: true });
          break;
        }
        case 'yaml':
          assert.equal(await readFile(at(people), 'utf8'), text);
          break;
        case 'diff': {
          const [before, after] = [
            await readFile(at(`before/${people.slice(8)}`), 'utf8'),
            await readFile(at(people), 'utf8'),
          ];
          for (const line of text.split('\n').filter((one) => /^[+ ] /.test(one)))
            assert.ok(after.includes(line.slice(1)));
          for (const line of text.split('\n').filter((one) => /^[- ] /.test(one)))
            assert.ok(before.includes(line.slice(1)));
          break;
        }
      }
    }
    assert.equal(ran, 5);
    for (const name of ['Lync-Plan.ps1', 'Lync-Undo.ps1'])
      assert.match(await readFile(at(name), 'utf8'), /SupportsShouldProcess/);
  });
});
