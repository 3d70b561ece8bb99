/** What every explanation has: links to places, findings, products. */
import type { Judged } from '../../linter/judge.ts';
import { severities } from '../../model/configuration.ts';
import type { LyncObject } from '../../model/object.ts';
import type { Place } from '../../model/place.ts';
import { productOfVersion } from '../../model/topology.ts';
import type { Project } from '../../project.ts';
import { productName } from '../../schema/products.ts';
import { pathIn, type Workspace } from '../../workspace.ts';
import { code, link, plain } from '../markdown.ts';
import { toLocation } from '../lsp/positions.ts';

/** The product of a version, 5 to 8. */
export function productOf(version: number | undefined): string | undefined {
  const product = version === undefined ? undefined : productOfVersion.get(version);
  return product === undefined ? undefined : productName(product);
}

/** What is known to be found of some objects, the worst first. @param workspace where links to them are worth having */
export function findingsOf(objects: Iterable<LyncObject>, project: Project, workspace?: Workspace): string {
  const found = judgedOf(objects, project);
  if (found.length === 0) return 'None.';
  return found
    .sort((a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity))
    .map(({ finding, severity }) => {
      const where = workspace ? ` (${whereOf(finding.at, workspace)})` : '';
      return `- **${severity}** ${code(finding.rule.id)}: ${plain(finding.message)}${where}`;
    })
    .join('\n');
}

/** What is known to be found of some objects. */
export function judgedOf(objects: Iterable<LyncObject>, project: Project): Judged[] {
  const found: Judged[] = [];
  for (const object of objects)
    for (const judged of project.findingsIn(object.file.uri, [object.block]))
      if (judged.finding.object === object || judged.finding.at.block.kind === 'item') found.push(judged);
  return found;
}

/** A place as a link: the file's path in the deployment, and the line. */
export function whereOf(at: Place | undefined, { root }: Workspace): string {
  const location = at && toLocation(at);
  if (!location) return '';
  const line = location.range.start.line + 1;
  return link(`${pathIn(root, location.uri)}:${line}`, `${location.uri}#L${line}`);
}
