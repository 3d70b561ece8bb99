/** Where somebody's contacts are often stands in another file than the user: whoever remedies the user means both. */
import type { Judged } from '../linter/judge.ts';
import type { LyncObject } from '../model/object.ts';
import type { Block } from '../parser/block.ts';
import type { Project } from '../project.ts';
import { contactStore, rollbackRule } from './steps.ts';

/**
 * What is found of contacts that are to be rolled back, of the users in some blocks of a file.
 * @param isIn whether an object's findings are taken anyway
 */
export function* contactFindings(
  project: Project,
  uri: string,
  blocks: Iterable<Block>,
  isIn: (object: LyncObject) => boolean,
): Generator<Judged> {
  const contents = project.file(uri);
  const deployment = project.workspaceOf(uri)?.deployment;
  if (!contents || !deployment || deployment.count(contactStore) === 0) return;
  for (const block of blocks) {
    for (const user of contents.of(block).objects) {
      if (user.section.name !== 'CsUser') continue;
      for (const store of deployment.namesakes(contactStore, user.subject)) {
        if (isIn(store)) continue;
        for (const judged of project.findingsIn(store.file.uri, [store.block]))
          if (judged.finding.rule.id === rollbackRule && judged.finding.object === store) yield judged;
      }
    }
  }
}
