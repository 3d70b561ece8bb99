/** What an object of the files does, in Markdown. */
import type { Deployment } from '../../model/deployment.ts';
import type { LyncObject } from '../../model/object.ts';
import { counted } from '../../model/wording.ts';
import { code, plain } from '../markdown.ts';

/** For the name of a policy or configuration: whom it reaches. */
export function* describeReach(object: LyncObject, deployment: Deployment): Generator<string> {
  yield `**${code(object.subject)}** (${object.section.name})`;
  const reach = deployment.reach(object);
  if (reach)
    yield `Applies to ${counted(reach.users, 'user')}, ${reach.limitedUsers} of them two-factor users whose client cannot reach Exchange.`;
  if (reach && reach.left.size > 0)
    yield `Leaves on for those: ${plain([...reach.left.keys()].map(({ name }) => name).join(', '))}.`;
}

/** An object that a reference names: whom it reaches, and its first settings. */
export function* describeReferenced(object: LyncObject, deployment: Deployment): Generator<string> {
  yield* describeReach(object, deployment);
  const shown = object.properties
    .filter(
      ({ name, value }) => name !== object.section.key && value.type === 'scalar' && value.value !== null,
    )
    .slice(0, 12);
  const lines = shown.map(
    ({ name, value }) => `- ${plain(name)}: ${code(value.type === 'scalar' ? value.text : '')}`,
  );
  if (lines.length > 0) yield lines.join('\n');
}
