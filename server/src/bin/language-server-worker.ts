/** The language server in a web worker: VS Code in a browser starts it, and reads the files for it. */
import { BrowserMessageReader, BrowserMessageWriter, createConnection } from 'vscode-languageserver/browser';
import { clientFiles } from '../clientFiles.ts';
import type { InitializationOptions } from '../client.ts';
import { serve } from '../server.ts';

const scope = self as DedicatedWorkerGlobalScope;
const connection = createConnection(new BrowserMessageReader(scope), new BrowserMessageWriter(scope));
serve(connection, (_, params) =>
  clientFiles(connection, params.initializationOptions as InitializationOptions | undefined),
);
