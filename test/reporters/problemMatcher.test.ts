import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { folder, lyncLint, write } from '../cli/terminal.ts';

type Field = 'file' | 'line' | 'column' | 'severity' | 'code' | 'message';
type Pattern = { readonly regexp: string } & Readonly<Partial<Record<Field, number>>>;
type Problem = Partial<Record<Field, string>>;

interface Contributions {
  readonly problemPatterns: readonly { readonly name: string; readonly patterns: readonly Pattern[] }[];
  readonly problemMatchers: readonly {
    readonly name: string;
    readonly pattern: string;
    readonly fileLocation: readonly string[];
  }[];
}

const { problemPatterns, problemMatchers } = (
  JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
    readonly contributes: Contributions;
  }
).contributes;

/** What VS Code reads of a task's output: it takes the colours away, and asks for the patterns in lines that follow each other. */
function problemsIn(output: string): Problem[] {
  const [matcher] = problemMatchers;
  const patterns = problemPatterns.find(({ name }) => `$${name}` === matcher?.pattern)?.patterns ?? [];
  const lines = output.replaceAll(/\u001B\[[\d;]*m/g, '').split('\n');
  return lines.flatMap((_, from) => {
    const problem: Problem = {};
    for (const [index, { regexp, ...fields }] of patterns.entries()) {
      const match = new RegExp(regexp).exec(lines[from + index] ?? '');
      if (!match) return [];
      for (const [field, group] of Object.entries(fields)) problem[field as Field] = match[group] ?? '';
    }
    return [problem];
  });
}

describe('the problem matcher $lync-lint', () => {
  it('is there by that name, and finds files as they are named', () => {
    assert.deepEqual(
      problemMatchers.map(({ name, fileLocation }) => [name, ...fileLocation]),
      [['lync-lint', 'autoDetect', '${workspaceFolder}']],
    );
  });

  for (const color of [false, true])
    it(`reads every finding of real output${color ? ' in colours' : ''}`, async () => {
      const samples = fileURLToPath(new URL('../../samples', import.meta.url));
      await write({
        'a: 1:2.lync.yaml':
          'csuser:\n  - { SipAddress: sip:a@contoso.com, Nonsense: 1 }\n  - { SipAddress: 1, X: [ }\n',
      });
      const paths = [samples, folder];
      const { out } = await lyncLint(paths, {}, { color });
      const json = await lyncLint(paths, { format: 'json' });
      const { findings } = JSON.parse(json.out) as {
        readonly findings: readonly {
          readonly file: string;
          readonly rule: string;
          readonly severity: string;
          readonly message: string;
          readonly range: { readonly start: { readonly line: number; readonly character: number } };
        }[];
      };
      assert.ok(findings.length > 50);
      assert.deepEqual(
        problemsIn(out),
        findings.map(({ file, rule, severity, message, range: { start } }) => ({
          file,
          line: String(start.line + 1),
          column: String(start.character + 1),
          severity,
          code: rule,
          message,
        })),
      );
    });
});
