// VS Code in a browser with the extension loaded from this checkout: for trying it out, by a person or a test.
import { extensionHost, startServer } from './server.mjs';

/**
 * @param {{ folder: string, extensionPath: string, port?: number | undefined }} what
 */
export async function serveVSCode({ folder, extensionPath, port = 0 }) {
  const server = await startServer({ extensionPath, extensionHost: extensionHost(), port });
  const url = server.address({ folder, extensionPath });
  return { url, ended: server.ended, stop: server.stop };
}
