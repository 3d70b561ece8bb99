/** A state of a deployment that is not the one at hand: its files as they were. */
import type { Deployment } from '../model/deployment.ts';
import { isConfiguration, Project } from '../project.ts';

export interface StateFile {
  readonly uri: string;
  readonly text: string;
}

/**
 * The deployment in a folder, of files that are there, below and elsewhere.
 * @param root the folder's URI
 * @returns `undefined` where none of the files belongs to it
 */
export function stateOf(root: string, files: readonly StateFile[]): Deployment | undefined {
  // Nothing is looked for in the files, and everybody in them counts at once.
  const project = new Project([], new Map(), { once: true, atOnce: Infinity });
  project.setFolders([root]);
  for (const { uri, text } of files) if (isConfiguration(uri)) project.setConfiguration(uri, text);
  for (const { uri, text } of files)
    if (!isConfiguration(uri) && project.wants(uri)) project.setFile(uri, text);
  const own = project.workspaces.find((workspace) => workspace.root === root)?.deployment;
  return own && own.files.length > 0 ? own : undefined;
}
