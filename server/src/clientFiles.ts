/** Files that only the editor can reach: of a virtual workspace, or for a server that runs in a browser. */
import { RequestType, type Connection } from 'vscode-languageserver';
import type { InitializationOptions } from './client.ts';
import type { Files } from './documents.ts';

/** Asks the client for the YAML files below a folder. */
const listFiles = new RequestType<{ folder: string }, string[], void>('lync/listFiles');
/** Asks the client for a file's text; `null` where it cannot be read. */
export const readFile = new RequestType<{ uri: string }, string | null, void>('lync/readFile');

export function clientFiles(connection: Connection, options: InitializationOptions | undefined): Files {
  if (options?.servesFiles !== true)
    return { list: () => Promise.resolve([]), read: () => Promise.resolve(undefined) };
  // A client may fail at one of them, or be offline: then that one is not there.
  return {
    list: (folder) => connection.sendRequest(listFiles, { folder }).catch(() => []),
    read: (uri) =>
      connection.sendRequest(readFile, { uri }).then(
        (text) => text ?? undefined,
        () => undefined,
      ),
  };
}
