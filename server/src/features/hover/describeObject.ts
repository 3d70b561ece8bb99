/** What an object of the files does, in Markdown. */
import type { Deployment } from '../../model/deployment.ts';
import type { LyncObject } from '../../model/object.ts';
import type { Reach } from '../../model/reach.ts';
import { counted, grouped } from '../../model/wording.ts';
import { code, plain } from '../markdown.ts';

/** For the name of a policy or configuration: whom it reaches. */
export function* describeReach(object: LyncObject, deployment: Deployment): Generator<string> {
  yield `**${code(object.subject)}** (${object.section.name})`;
  const reach = deployment.reach(object);
  if (reach) yield `Applies to ${usersOf(reach)}.`;
  if (reach && reach.left.size > 0)
    yield `Leaves on for those: ${plain([...reach.left.keys()].map(({ name }) => name).join(', '))}.`;
}

function usersOf({ users, limitedUsers }: Reach): string {
  const limit = 'whose client cannot reach Exchange Web Services';
  if (limitedUsers === users) return `${counted(users, 'two-factor user')} ${limit}`;
  const all = counted(users, 'user');
  if (limitedUsers === 0)
    return `${all}, ${users === 1 ? 'not' : 'none of them'} affected by two-factor sign-in`;
  return `${all}, ${limitedUsers === 1 ? '1 of them a two-factor user' : `${grouped(limitedUsers)} of them two-factor users`} ${limit}`;
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
