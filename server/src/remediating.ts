/** `lync-lint remediate`: from a project to a PowerShell script. */
import { DiskError, displayPath, writeText } from './disk.ts';
import { contactFindings } from './emitters/contacts.ts';
import { withMark } from './emitters/layout.ts';
import { remediation, summaryOf, type Remediation } from './emitters/remediation.ts';
import { UsageError, type Input } from './inputs.ts';
import type { Judged, SeverityOverrides } from './linter/judge.ts';
import type { Project } from './project.ts';
import type { Workspace } from './workspace.ts';

export interface RemediateOptions {
  /** What is being remedied, for the reader of the script. */
  readonly title: string;
  /** The file to write to; standard output if left out. */
  readonly target: string | undefined;
  readonly errorsOnly: boolean;
  readonly overrides: SeverityOverrides;
  readonly folder: string;
  readonly now: Date;
  readonly out: (text: string) => void;
  readonly error: (text: string) => void;
}

/**
 * Writes the script for what is found in the files that were asked for. Where there is nothing to do no script is written: an
 * empty one in a scheduled task would look like success.
 * @throws UsageError where the files are of several deployments, since a session reaches the servers of one
 * @throws DiskError where not all could be read: who has which policy is then not known
 */
export async function remediate(project: Project, input: Input, options: RemediateOptions): Promise<void> {
  const { title, target, errorsOnly, overrides, folder, now, out, error } = options;
  if (input.unread.length > 0)
    throw new DiskError('No script is written, because not all of the deployment could be read.');
  const [workspace, ...others] = workspacesOf(project, input.reported);
  if (others.length > 0)
    throw new UsageError(
      'The paths are of several deployments, and a script is for the servers of one: name the paths of one.',
    );
  const judged = [...input.reported].flatMap((uri) => [
    ...project.findings(uri),
    ...contactFindings(project, uri, project.file(uri)?.file.blocks ?? [], ({ file }) =>
      input.reported.has(file.uri),
    ),
  ]);
  const made = workspace && make(judged, workspace);
  if (!made || made.script === '') {
    const left = made?.left.length ?? 0;
    const rest = left > 0 ? ` ${left} left for you to do: 'lync-lint check' says what.` : '';
    error(`There is nothing that cmdlets could do, so no script is written.${rest}`);
    return;
  }
  const text = withMark(made.script);
  if (target === undefined) out(text);
  else await writeText(target, text);
  error(summaryOf(made));

  function make(found: readonly Judged[], { deployment }: Workspace): Remediation {
    const wanted = found.filter(({ severity }) => !errorsOnly || severity === 'error');
    return remediation(
      wanted.map(({ finding }) => finding),
      deployment,
      { title, now, nameOf: ({ uri }) => displayPath(uri, folder), overrides },
    );
  }
}

function workspacesOf(project: Project, uris: Iterable<string>): Workspace[] {
  const found = new Set<Workspace>();
  for (const uri of uris) {
    const workspace = project.workspaceOf(uri);
    if (workspace) found.add(workspace);
  }
  return [...found];
}
