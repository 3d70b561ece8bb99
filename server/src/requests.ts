/** Which feature answers which request. */
import {
  LSPErrorCodes,
  ResponseError,
  type CancellationToken,
  type CodeAction,
  type CodeActionContext,
  type CodeActionParams,
  type Command,
  type Connection,
  type DocumentOnTypeFormattingParams,
  type InlayHintParams,
  type Position,
  type ReferenceParams,
  type RenameParams,
  type SelectionRangeParams,
  type ServerCapabilities,
  type TextDocumentIdentifier,
} from 'vscode-languageserver';
import type { Client } from './client.ts';
import type { Settings } from './config.ts';
import type { Documents } from './documents.ts';
import { codeActionKinds, codeActions, resolveCodeAction } from './features/codeActions/codeActions.ts';
import { codeLenses, resolveCodeLens } from './features/codeLens/codeLens.ts';
import { completion, triggerCharacters } from './features/completion/completion.ts';
import type { CompletionOptions } from './features/completion/completionItems.ts';
import { definition } from './features/definition.ts';
import { documentHighlight } from './features/documentHighlight.ts';
import { documentLinks } from './features/documentLink.ts';
import { documentSymbols } from './features/symbols/documentSymbol.ts';
import { explain } from './features/explain/explain.ts';
import { foldingRanges } from './features/foldingRange.ts';
import { hover } from './features/hover/hover.ts';
import { importing, type ImportParams } from './features/importing.ts';
import { inlayHints } from './features/inlayHints.ts';
import { onTypeFormatting } from './features/onTypeFormatting.ts';
import { references } from './features/references.ts';
import { listedRules, rulePageOf } from './features/rulePages.ts';
import { scriptAnswer } from './features/remediationScript.ts';
import { planAnswer } from './features/plan.ts';
import { prepareRename, rename, type Refusal } from './features/rename.ts';
import { selectionRanges } from './features/selectionRange.ts';
import { usersOf } from './features/codeLens/showUsers.ts';
import { status } from './features/status.ts';
import { workspaceSymbols } from './features/symbols/workspaceSymbol.ts';
import { topologyPicture } from './features/topology/topologyPicture.ts';
import type { Project } from './project.ts';
import type { Publisher } from './publishing.ts';
import { sharingOf } from './sharing.ts';
import { canonical } from './uri.ts';

/** What the answers rest on. */
export interface Desk {
  readonly project: Project;
  readonly documents: Documents;
  readonly publisher: Publisher;
  readonly client: () => Client | undefined;
  readonly settings: () => Settings;
  /** For the log: people see `null`, not stack traces. */
  readonly complain: (error: unknown) => void;
}

/** What the server can do besides reporting findings. */
export const features: ServerCapabilities = {
  completionProvider: { triggerCharacters },
  hoverProvider: true,
  definitionProvider: true,
  referencesProvider: true,
  documentHighlightProvider: true,
  renameProvider: { prepareProvider: true },
  codeActionProvider: { codeActionKinds: [...codeActionKinds], resolveProvider: true },
  documentSymbolProvider: true,
  workspaceSymbolProvider: true,
  inlayHintProvider: true,
  codeLensProvider: { resolveProvider: true },
  foldingRangeProvider: true,
  selectionRangeProvider: true,
  documentLinkProvider: { resolveProvider: false },
  documentOnTypeFormattingProvider: { firstTriggerCharacter: '\n' },
};

interface AtDocument {
  readonly textDocument: TextDocumentIdentifier;
}

interface AtPosition extends AtDocument {
  readonly position: Position;
}

/** Answers the requests of a client. */
export function answerRequests(connection: Connection, desk: Desk): void {
  const { project, documents, publisher, settings, client, complain } = desk;
  const { versionOf } = documents;

  connection.onCompletion(
    at((uri, { position }: AtPosition) => completion(project, uri, position, completionOptions(uri))),
  );

  connection.onHover(
    at((uri, { position }: AtPosition) =>
      hover(project, uri, position, { besidesSchema: isBesidesSchema(uri) }),
    ),
  );

  connection.onDefinition(
    at((uri, { position }: AtPosition) => definition(project, uri, position, client()?.takesLinks === true)),
  );

  connection.onReferences(
    atAll((uri, { position, context }: ReferenceParams) =>
      references(project, uri, position, context.includeDeclaration),
    ),
  );

  connection.onDocumentHighlight(
    at((uri, { position }: AtPosition) => documentHighlight(project, uri, position)),
  );

  connection.onPrepareRename(
    at((uri, { position }: AtPosition) => accepted(prepareRename(project, uri, position))),
  );

  connection.onRenameRequest(
    atAll((uri, { position, newName }: RenameParams) =>
      accepted(rename(project, uri, position, newName, versionOf)),
    ),
  );

  connection.onCodeAction(
    at((uri, { range, context }: CodeActionParams) =>
      settings()['lync.enable'] && !(documents.patience > 0 && isOnSave(context))
        ? codeActions(project, { uri, range, only: context.only, versionOf, client: client() ?? {} })
        : undefined,
    ),
  );

  connection.onCodeActionResolve(
    (action: CodeAction) =>
      answer(() =>
        settings()['lync.enable'] ? resolveCodeAction(project, action, versionOf, client()) : undefined,
      ) ?? action,
  );

  connection.onDocumentSymbol(
    at((uri: string) => documentSymbols(project, uri, settings()['lync.maxSymbolsPerFile'])),
  );

  connection.onWorkspaceSymbol(({ query }) => answer(() => workspaceSymbols(project, query)));

  connection.languages.inlayHint.on(
    at((uri, { range }: InlayHintParams) =>
      inlayHints(project, uri, range, {
        policies: settings()['lync.inlayHints.effectivePolicies'],
        defaults: settings()['lync.inlayHints.defaults'],
      }),
    ),
  );

  connection.onCodeLens(
    at((uri: string) => (settings()['lync.codeLens'] ? codeLenses(project, uri) : undefined)),
  );

  connection.onCodeLensResolve((lens) => {
    const resolved = answer(() => resolveCodeLens(project, lens)) ?? lens;
    const { command } = resolved;
    if (!command || knows(command)) return resolved;
    // What a client cannot run is text in it.
    return { ...resolved, command: { title: command.title, command: '' } };
  });

  connection.onFoldingRanges(at((uri: string) => foldingRanges(project, uri, client()?.mostFolds)));

  connection.onSelectionRanges(
    at((uri, { positions }: SelectionRangeParams) => selectionRanges(project, uri, positions)),
  );

  connection.onDocumentLinks(at((uri: string) => documentLinks(project, uri)));

  connection.onDocumentOnTypeFormatting(
    at((uri, { position, ch, options }: DocumentOnTypeFormattingParams) =>
      onTypeFormatting(project, uri, position, ch, options),
    ),
  );

  connection.onRequest(
    'lync/status',
    at((uri: string) => status(project, uri)),
  );

  connection.onRequest(
    'lync/explain',
    at((uri, { position }: AtPosition) => explain(project, uri, position)),
  );

  connection.onRequest(
    'lync/topologyPicture',
    atAll((uri: string) => topologyPicture(project, uri)),
  );

  connection.onRequest(
    'lync/remediationScript',
    atAll((uri, { scope }: AtDocument & { readonly scope: unknown }) =>
      scriptAnswer(project, uri, scope, new Date()),
    ),
  );

  connection.onRequest(
    'lync/plan',
    atAll((uri, { first }: AtDocument & { readonly first: unknown }) =>
      accepted(planAnswer(project, uri, first, new Date())),
    ),
  );

  connection.onRequest('lync/rules', () => answer(() => listedRules(project)));

  connection.onRequest('lync/rulePage', ({ id }: { readonly id: string }) =>
    answer(() => rulePageOf(project, id)),
  );

  connection.onRequest('lync/usersOf', (data: unknown) => answer(() => usersOf(project, data)));

  connection.onRequest('lync/import', async (params: ImportParams, token: CancellationToken) => {
    await publisher.whole(token);
    return answerLater(() => {
      const { folder, near } = params;
      const given = { ...params, folder: canonical(folder), near: near && canonical(near) };
      return importing(project, given, { versionOf, pause: () => pause(token) });
    });
  });

  function completionOptions(uri: string): CompletionOptions {
    return {
      besidesSchema: isBesidesSchema(uri),
      snippets: client()?.takesSnippets === true,
      retrigger: client()?.commands.has('editor.action.triggerSuggest') === true,
    };
  }

  function isBesidesSchema(uri: string): boolean {
    return sharingOf(uri, { documents, client: client(), project }) === 'schema';
  }

  /** Whether the client can run a command. */
  function knows({ command }: Command): boolean {
    return client()?.commands.has(command) === true;
  }

  /** Answers from what is known now. */
  function at<P extends AtDocument, T>(
    find: (uri: string, params: P) => T | undefined,
  ): (params: P) => T | null {
    return (params) => answer(() => find(canonical(params.textDocument.uri), params));
  }

  /** Answers when everybody is known whom the answer may be about. */
  function atAll<P extends AtDocument, T>(
    find: (uri: string, params: P) => T | undefined,
  ): (params: P, token: CancellationToken) => Promise<T | null> {
    return async (params, token) => {
      await publisher.whole(token);
      refuseIfCancelled(token);
      return answer(() => find(canonical(params.textDocument.uri), params));
    };
  }

  function answer<T>(find: () => T | undefined): T | null {
    try {
      return find() ?? null;
    } catch (error) {
      return nothing(error);
    }
  }

  async function answerLater<T>(find: () => Promise<T | undefined>): Promise<T | null> {
    try {
      return (await find()) ?? null;
    } catch (error) {
      return nothing(error);
    }
  }

  function nothing(error: unknown): null {
    if (error instanceof ResponseError) throw error;
    complain(error);
    return null;
  }
}

/** Lets others have their turn. @throws ResponseError where nobody waits for an answer any more */
async function pause(token: CancellationToken): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 0));
  refuseIfCancelled(token);
}

function refuseIfCancelled(token: CancellationToken): void {
  if (token.isCancellationRequested) throw new ResponseError(LSPErrorCodes.RequestCancelled, 'Cancelled.');
}

/** Whether all of a file is to be fixed: before all files are read, a comment may look as if it silenced nothing. */
function isOnSave({ only = [] }: CodeActionContext): boolean {
  return only.some((kind) => kind.startsWith('source'));
}

/** A refusal is shown to whoever has asked, as the reason why nothing happens. */
function accepted<T>(answer: T | Refusal | undefined): T | undefined {
  if (answer !== undefined && typeof answer === 'object' && answer !== null && 'problem' in answer)
    throw new ResponseError(LSPErrorCodes.RequestFailed, answer.problem);
  return answer;
}
