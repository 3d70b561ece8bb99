/** Edits as the Language Server Protocol wants them. */
import type {
  AnnotatedTextEdit,
  ChangeAnnotation,
  CreateFile,
  TextDocumentEdit,
  TextEdit as ProtocolEdit,
  WorkspaceEdit,
} from 'vscode-languageserver-types';
import type { TextEdit } from '../../linter/edits.ts';
import type { SourceFile } from '../../parser/sourceFile.ts';
import { toFileRange } from './positions.ts';

/** What a client can do with what it is given; nothing of it where it has not said so. */
export interface ClientAbilities {
  /** It makes files: `create` is among its resource operations. */
  readonly creates?: boolean;
  /** It shows what an edit means, and asks before it is made: `changeAnnotationSupport`. */
  readonly annotates?: boolean;
  /** The commands of ours that it knows. */
  readonly commands?: ReadonlySet<string>;
}

/** The version of an open document, which an edit must match; `undefined` for one that is not open. */
export type VersionOf = (uri: string) => number | undefined;

/**
 * @param edits by file, in the order of its text, without overlap
 * @param annotation what all of it means, where that must be confirmed
 */
export function toWorkspaceEdit(
  edits: Iterable<readonly [file: SourceFile, edits: readonly TextEdit[]]>,
  versionOf: VersionOf,
  annotation?: ChangeAnnotation,
): WorkspaceEdit {
  const annotationId = 'lync';
  const documentChanges: TextDocumentEdit[] = [];
  for (const [file, list] of edits) {
    const written = list.map((edit): ProtocolEdit | AnnotatedTextEdit => ({
      range: toFileRange(file, edit),
      newText: edit.text,
      ...(annotation ? { annotationId } : {}),
    }));
    documentChanges.push({
      textDocument: { uri: file.uri, version: versionOf(file.uri) ?? null },
      edits: written,
    });
  }
  return { documentChanges, ...(annotation ? { changeAnnotations: { [annotationId]: annotation } } : {}) };
}

/** Makes a file with a text, unless there is one. */
export function newFile(uri: string, text: string): WorkspaceEdit {
  const start = { line: 0, character: 0 };
  const create: CreateFile = { kind: 'create', uri, options: { ignoreIfExists: true } };
  const edits = [{ range: { start, end: start }, newText: text }];
  return { documentChanges: [create, { textDocument: { uri, version: null }, edits }] };
}
