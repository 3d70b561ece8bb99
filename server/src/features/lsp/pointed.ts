/** What a position of a document points at: where the features that go from name to name begin. */
import type * as lsp from 'vscode-languageserver-types';
import { anchorAt, type AnchorPoint } from '../../model/anchorPoint.ts';
import type { FileContents } from '../../model/contents.ts';
import { pointedAt, pointedAtInConfiguration, type Pointed } from '../../model/pointed.ts';
import type { Place } from '../../model/place.ts';
import type { Project } from '../../project.ts';
import type { Workspace } from '../../workspace.ts';

export interface PointedIn extends Pointed {
  readonly workspace: Workspace;
  /** What the editor is to underline: the innermost name. */
  readonly origin: Place;
}

/** The names at a position of a file or a configuration; `undefined` where nothing is named. */
export function pointedIn(project: Project, uri: string, position: lsp.Position): PointedIn | undefined {
  const workspace = project.workspaceOf(uri);
  if (!workspace) return undefined;
  const contents = project.file(uri);
  const configuration = project.configurationFile(uri);
  const pointed = contents
    ? pointedAt(contents, contents.file.offsetAt(position))
    : configuration &&
      pointedAtInConfiguration(workspace.deployment, configuration, configuration.offsetAt(position));
  return pointed && { ...pointed, workspace, origin: pointed.occurrences[0].at };
}

export interface AnchorIn extends AnchorPoint {
  readonly contents: FileContents;
}

/** The anchor or alias at a position of a file, if the alias has an anchor: it goes before what its value names. */
export function anchorIn(project: Project, uri: string, position: lsp.Position): AnchorIn | undefined {
  const contents = project.workspaceOf(uri) && project.file(uri);
  const point = contents && anchorAt(contents, contents.file.offsetAt(position));
  return point && { ...point, contents };
}
