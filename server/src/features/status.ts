/** What an open file belongs to: its deployment, and how many people there sign in with two factors. */
import type { Project } from '../project.ts';
import { nameOfFile } from '../workspace.ts';

export interface Status {
  /** The name of the deployment's folder; of a document that was never saved its own. */
  readonly deployment: string;
  /** The URI of its `lync.config.yaml`, if it has one. */
  readonly configuration: string | undefined;
  readonly files: number;
  readonly users: number;
  /** Those who sign in with two factors. */
  readonly twoFactorUsers: number;
  /** Those of them whose client cannot reach Exchange Web Services. */
  readonly limitedUsers: number;
}

/** @returns `undefined` for a file that belongs to no deployment */
export function status(project: Project, uri: string): Status | undefined {
  const workspace = project.workspaceOf(uri);
  if (!workspace) return undefined;
  const { deployment, root, configurationFile } = workspace;
  let [users, twoFactorUsers, limitedUsers] = [0, 0, 0];
  for (const standing of deployment.populated()) {
    users += standing.size;
    if (standing.twoFactor.on) twoFactorUsers += standing.size;
    if (standing.limited) limitedUsers += standing.size;
  }
  return {
    deployment: nameOfFile(root),
    configuration: configurationFile?.uri,
    files: deployment.files.length,
    users,
    twoFactorUsers,
    limitedUsers,
  };
}
