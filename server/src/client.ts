/** What a client says of itself at initialization, as far as the server acts on it. */
import type { InitializeParams } from 'vscode-languageserver';
import { canonical } from './uri.ts';

/** What a client may say at initialization beyond the protocol. */
export interface InitializationOptions {
  /** It answers the requests of clientFiles.ts. */
  readonly servesFiles?: boolean;
  /** How long, in ms, to wait before findings are published: for who measures what comes after the wait. */
  readonly publishDelay?: number;
  /** The commands that it can run when somebody clicks on a code lens, a hint or an action. */
  readonly commands?: readonly string[];
  /** It shows what a file belongs to, and wants to hear when that may have changed. */
  readonly followsStatus?: boolean;
  /** Another extension checks documents of the language `yaml` here. */
  readonly hasYamlExtension?: boolean;
}

export interface Client {
  readonly folders: readonly string[];
  readonly options: InitializationOptions;
  readonly commands: ReadonlySet<string>;
  /** It asks for its settings. */
  readonly configures: boolean;
  readonly registersSettings: boolean;
  readonly registersFiles: boolean;
  readonly changesFolders: boolean;
  /** It asks for findings, rather than being told. */
  readonly pulls: boolean;
  /** It asks again when it is told that something has changed that it cannot know of. */
  readonly refreshes: {
    readonly diagnostics: boolean;
    readonly codeLenses: boolean;
    readonly inlayHints: boolean;
  };
  readonly showsProgress: boolean;
  readonly takesSnippets: boolean;
  readonly takesLinks: boolean;
  /** It makes new files, and asks before it makes changes that are marked so. */
  readonly creates: boolean;
  readonly annotates: boolean;
  readonly mostFolds: number | undefined;
}

export function clientOf(params: InitializeParams): Client {
  const { workspace, textDocument, window } = params.capabilities;
  const options = (params.initializationOptions ?? {}) as InitializationOptions;
  const edits = workspace?.workspaceEdit;
  return {
    folders: foldersOf(params),
    options,
    commands: new Set(Array.isArray(options.commands) ? options.commands : []),
    configures: workspace?.configuration === true,
    registersSettings: workspace?.didChangeConfiguration?.dynamicRegistration === true,
    registersFiles: workspace?.didChangeWatchedFiles?.dynamicRegistration === true,
    changesFolders: workspace?.workspaceFolders === true,
    pulls: textDocument?.diagnostic !== undefined,
    refreshes: {
      diagnostics: workspace?.diagnostics?.refreshSupport === true,
      codeLenses: workspace?.codeLens?.refreshSupport === true,
      inlayHints: workspace?.inlayHint?.refreshSupport === true,
    },
    showsProgress: window?.workDoneProgress === true,
    takesSnippets: textDocument?.completion?.completionItem?.snippetSupport === true,
    takesLinks: textDocument?.definition?.linkSupport === true,
    creates: edits?.documentChanges === true && (edits.resourceOperations ?? []).includes('create'),
    annotates: edits?.changeAnnotationSupport !== undefined,
    mostFolds: textDocument?.foldingRange?.rangeLimit,
  };
}

function foldersOf(params: InitializeParams): string[] {
  if (params.workspaceFolders) return params.workspaceFolders.map(({ uri }) => canonical(uri));
  // What clients had before there could be several folders; some still have nothing else.
  // eslint-disable-next-line @typescript-eslint/no-deprecated
  return params.rootUri ? [canonical(params.rootUri)] : [];
}
