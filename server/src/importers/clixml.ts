/** What Export-Clixml writes. Source: [MS-PSRP] 2.2.5, serialization of PowerShell's objects. */
import type { Foreign } from './foreign.ts';
import { ImportError, type Format, type Intake, type TextChunks } from './imported.ts';
import { ObjectReader } from './clixmlObjects.ts';
import { Sorting } from './sorting.ts';
import { xmlReader } from './xml.ts';

export const clixml: Format = {
  name: 'CLIXML, as Export-Clixml writes it',
  recognises: (head) =>
    /^\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--(?:(?!-->)[\s\S])*-->\s*)*<(?:\w+:)?Objs[\s>]/.test(head) &&
    head.includes(namespace),
  read,
};

const namespace = 'http://schemas.microsoft.com/powershell/2004/04';

async function* read(text: TextChunks, file: string): AsyncGenerator<Intake> {
  const sorting = new Sorting(file);
  const found: Intake[] = [];
  const objects = new ObjectReader(file, sorting, (value: Foreign, around) => {
    for (const intake of sorting.take(value, around)) found.push(intake);
  });
  const reader = xmlReader(file, objects);
  let failure: ImportError | undefined;
  const attempt = (action: () => void): void => {
    try {
      action();
    } catch (error) {
      if (!(error instanceof ImportError)) throw error;
      failure = error;
    }
  };
  for await (const chunk of text) {
    attempt(() => {
      reader.write(chunk);
    });
    yield* found.splice(0);
    if (failure) break;
  }
  if (!failure)
    attempt(() => {
      reader.end();
    });
  yield* found;
  yield* sorting.remarks();
  if (failure) throw failure;
}
