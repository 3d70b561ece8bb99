/** Which feature answers which request. */
import {
  CodeActionKind,
  type CodeAction,
  type Connection,
  type ServerCapabilities,
  type TextDocumentIdentifier,
} from 'vscode-languageserver';
import type { Client } from './client.ts';
import type { Settings } from './config.ts';
import type { Documents } from './documents.ts';
import { codeActions, resolveCodeAction } from './features/codeActions.ts';
import { hover } from './features/hover.ts';
import { status, type Status } from './features/status.ts';
import type { Project } from './project.ts';
import { canonical } from './uri.ts';

/** What the answers rest on. */
export interface Desk {
  readonly project: Project;
  readonly documents: Documents;
  readonly client: () => Client | undefined;
  readonly settings: () => Settings;
  /** For the log: people see `null`, not stack traces. */
  readonly complain: (error: unknown) => void;
}

/** What the server can do besides reporting findings. */
export const features: ServerCapabilities = {
  hoverProvider: true,
  codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix], resolveProvider: true },
};

/** Answers the requests of a client. */
export function answerRequests(connection: Connection, desk: Desk): void {
  const { project, documents, settings } = desk;
  const { versionOf } = documents;

  connection.onHover(({ textDocument, position }) =>
    answer(() => hover(project, canonical(textDocument.uri), position)),
  );

  connection.onCodeAction(({ textDocument, range, context }) =>
    answer(() => {
      if (!settings()['lync.enable']) return undefined;
      return codeActions(project, { uri: canonical(textDocument.uri), range, only: context.only, versionOf });
    }),
  );

  connection.onCodeActionResolve(
    (action: CodeAction) =>
      answer(() => (settings()['lync.enable'] ? resolveCodeAction(project, action, versionOf) : undefined)) ??
      action,
  );

  connection.onRequest(
    'lync/status',
    ({ textDocument }: { textDocument: TextDocumentIdentifier }): Status | null =>
      answer(() => status(project, canonical(textDocument.uri))),
  );

  function answer<T>(find: () => T | undefined): T | null {
    try {
      return find() ?? null;
    } catch (error) {
      desk.complain(error);
      return null;
    }
  }
}
