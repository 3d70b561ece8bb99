/** What a fix does beyond the place where somebody picks it, in words that an editor shows before it is done. */
import type { ChangeAnnotation } from 'vscode-languageserver-types';
import type { Change } from '../../linter/change.ts';
import { whom } from '../../linter/policyFix.ts';
import type { Deployment } from '../../model/deployment.ts';
import type { LyncObject } from '../../model/object.ts';
import { counted } from '../../model/wording.ts';
import { parseIdentity } from '../../schema/identity.ts';

/** So many things are named; of more it is said how many there are. */
const mostNamed = 3;

/**
 * What must be confirmed of some changes: that they are in several files, or that they reach people whom nobody asked about.
 * @param files how many files they are in
 */
export function previewOf(
  changes: readonly Change[],
  files: number,
  deployment: Deployment,
): ChangeAnnotation | undefined {
  if (files < 2 && !changes.some((change) => reachesOthers(change, deployment))) return undefined;
  const [first = `${counted(files, 'file')} change`, ...more] = named([...sentences(changes, deployment)]);
  return {
    label: first,
    needsConfirmation: true,
    ...(more.length > 0 ? { description: more.join('; ') } : {}),
  };
}

function reachesOthers(change: Change, deployment: Deployment): boolean {
  if (change.kind === 'add') return parseIdentity(String(change.properties[0]?.[1])).scope !== 'User';
  if (change.kind === 'replace') return false;
  const reach = deployment.reach(change.object);
  return reach !== undefined && reach.users > reach.limitedUsers;
}

/** What is new, what is changed, and who gets what. */
function* sentences(changes: readonly Change[], deployment: Deployment): Generator<string> {
  const added = new Set<string>();
  const changed = new Set<LyncObject>();
  const granted = new Map<string, Set<LyncObject>>();
  for (const change of changes) {
    if (change.kind === 'add') added.add(`${change.section} '${nameOf(change.properties[0]?.[1])}' is new`);
    if (change.kind !== 'set') continue;
    const { object, property, value } = change;
    if (object.section.kind !== 'user') {
      changed.add(object);
      continue;
    }
    const what = value === null ? `no ${property}` : `${property} '${String(value)}'`;
    const people = granted.get(what);
    if (people) people.add(object);
    else granted.set(what, new Set([object]));
  }
  yield* added;
  for (const object of changed)
    yield `${object.section.name} '${object.subject}' changes (${whom(object, deployment)})`;
  for (const [what, { size }] of granted)
    yield `${counted(size, 'user')} ${size === 1 ? 'gets' : 'get'} ${what}`;
}

function nameOf(identity: unknown): string {
  const { scope, name } = parseIdentity(String(identity));
  return scope === 'User' ? name : String(identity);
}

function named(words: readonly string[]): readonly string[] {
  if (words.length <= mostNamed + 1) return words;
  return [...words.slice(0, mostNamed), `and ${words.length - mostNamed} more`];
}
