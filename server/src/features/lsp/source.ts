import type { SourceFile } from '../../parser/sourceFile.ts';
import type { Project } from '../../project.ts';

/** The text behind a URI, be it a deployment's file or its configuration; `undefined` for files that are none of ours. */
export function sourceOf(project: Project, uri: string): SourceFile | undefined {
  if (!project.workspaceOf(uri)) return undefined;
  return project.file(uri)?.file ?? project.configurationFile(uri);
}
