/** The language server as a Node process: `lync-language-server --stdio`, or as VS Code starts it. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { clientFiles } from '../clientFiles.ts';
import { readText, toPath, yamlFilesBelow } from '../disk.ts';
import type { InitializationOptions } from '../client.ts';
import type { Files } from '../documents.ts';
import { serve } from '../server.ts';
import { version } from '../version.ts';

if (process.argv.includes('--version')) {
  process.stdout.write(`${version}\n`);
} else if (process.argv.length < 3 || process.argv.includes('--help')) {
  process.stderr.write(
    'Usage: lync-language-server --stdio\nServes Lync topology and policy files to any editor that speaks the Language Server Protocol.\n',
  );
  process.exitCode = process.argv.includes('--help') ? 0 : 2;
} else {
  // The package's own choice of transport follows the arguments; console.log would break the protocol on stdio.
  console.log = console.error;
  const filesOf: Parameters<typeof serve>[1] = (connection, params) => {
    const remote = clientFiles(connection, params.initializationOptions as InitializationOptions | undefined);
    const local: Files = {
      list: async (folder) => {
        try {
          return await yamlFilesBelow(toPath(folder), (message) => {
            connection.console.warn(message);
          });
        } catch {
          return [];
        }
      },
      read: (uri) =>
        readText(toPath(uri)).then(
          ({ text }) => text,
          () => undefined,
        ),
    };
    const filesFor = (uri: string): Files => (uri.startsWith('file:') ? local : remote);
    return { list: (folder) => filesFor(folder).list(folder), read: (uri) => filesFor(uri).read(uri) };
  };
  serve(createConnection(ProposedFeatures.all), filesOf, { collectGarbage: collector() });
}

/** The engine keeps room that is no longer used until it is needed elsewhere; of a large file that is several times its size. */
function collector(): (() => void) | undefined {
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('gc');
  if (typeof collect !== 'function') return undefined;
  return () => {
    (collect as () => void)();
  };
}
