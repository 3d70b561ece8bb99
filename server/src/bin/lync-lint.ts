/** The process behind `lync-lint`. */
import { parseArgs } from 'node:util';
import { exitCodes, run, type Arguments } from '../cli.ts';
import { options } from '../config.ts';
import { decode } from '../disk.ts';
import { version } from '../version.ts';
import { isThread, processors, serveTasks, threads } from './threads.ts';

const definitions = Object.fromEntries(
  Object.entries(options).map(([name, option]) => [
    name,
    {
      ...('value' in option
        ? { type: 'string' as const, multiple: name === 'rule' }
        : { type: 'boolean' as const }),
      ...('short' in option ? { short: option.short } : {}),
    },
  ]),
);

async function main(): Promise<number> {
  let args: Arguments;
  try {
    args = parseArgs({ args: process.argv.slice(2), options: definitions, allowPositionals: true });
  } catch (error) {
    // The first sentence says which option is wrong; the rest is advice for programmers.
    const [message = ''] = (error instanceof Error ? error.message : String(error)).split('. ', 1);
    process.stderr.write(`lync-lint: ${message.replace(/\.$/, '')}. 'lync-lint --help' lists the options.\n`);
    return exitCodes.failed;
  }
  return run(args, {
    folder: process.cwd(),
    color: process.stdout.isTTY && process.env.NO_COLOR === undefined && process.env.TERM !== 'dumb',
    version,
    input: readInput,
    processors,
    execute: threads(process.argv[1] ?? '', process.cwd()),
    out: (text) => process.stdout.write(text),
    error: (text) => process.stderr.write(text),
  });
}

async function readInput(): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
  return decode(Buffer.concat(chunks)).text;
}

if (isThread) serveTasks();
else start();

function start(): void {
  // A reader that has seen enough, like head, closes the pipe: that is no failure of ours.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    process.exit(error.code === 'EPIPE' ? exitCodes.clean : exitCodes.failed);
  });

  main().then(
    (code) => {
      process.exitCode = code;
    },
    (error: unknown) => {
      const message = error instanceof Error ? error.message : String(error);
      process.stderr.write(`lync-lint: this is a defect, and should be reported: ${message}\n`);
      process.exitCode = exitCodes.failed;
    },
  );
}
