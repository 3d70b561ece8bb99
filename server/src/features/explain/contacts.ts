/**
 * Where a user's contacts are, and what has to be done about them in which order.
 *
 * A policy with UcsAllowed: false does not bring contacts back, and a roll-back alone lasts seven days; so the policy comes first.
 * Source: help of Invoke-CsUcsRollback; "Roll back migrated users"; "Planning for and deploying two-factor authentication in
 * Lync Server 2013". -Force can lose contacts, and is never part of the advice.
 */
import type { Deployment } from '../../model/deployment.ts';
import { ownValue } from '../../model/effective.ts';
import type { LyncObject } from '../../model/object.ts';
import type { Standing } from '../../model/standing.ts';
import { parseIdentity } from '../../schema/identity.ts';
import { code } from '../markdown.ts';

/** Paragraphs of Markdown. */
export function* contactsOf(user: LyncObject, standing: Standing, deployment: Deployment): Generator<string> {
  const mode = deployment.find('CsUnifiedContactStore', user.subject)?.text('UcsMode');
  const identity = quoted(user.subject);
  yield mode === undefined
    ? `No file says where the contacts are; ${code(`Debug-CsUnifiedContactStore -Identity ${identity}`)} prints it.`
    : `UcsMode is ${code(mode)}: ${modeWords(mode)}.`;
  if (!standing.limited) return;
  const allowed = standing.value('CsUserServicesPolicy', 'UcsAllowed')?.value;
  const steps = [...stepsOf(identity, mode, allowed, deployment)];
  if (steps.length === 0) {
    if (allowed === false) yield 'There is nothing to do: the policy keeps them there.';
    return;
  }
  yield steps.length > 1 ? 'What to do, in this order:' : 'What to do:';
  yield steps.map((step, index) => `${index + 1}. ${step}`).join('\n');
}

function* stepsOf(
  identity: string,
  mode: string | undefined,
  allowed: unknown,
  deployment: Deployment,
): Generator<string> {
  if (allowed === true) {
    const policy = forbidding(deployment);
    const name = quoted(policy ?? 'TwoFactor');
    const create = `New-CsUserServicesPolicy -Identity ${name} -UcsAllowed $false`;
    const grant = `Grant-CsUserServicesPolicy -Identity ${identity} -PolicyName ${name}`;
    const why = 'or the contacts move to Exchange again, seven days after a roll-back at the latest';
    if (policy === undefined) yield `Make a policy that forbids it: ${code(create)}`;
    yield `Grant ${policy === undefined ? 'it' : 'a policy that forbids it'}, ${why}: ${code(grant)}`;
  }
  if (mode === undefined || !isMigrated(mode)) return;
  const lasting = allowed === undefined || allowed === null ? ', once UcsAllowed is false for the user' : '';
  yield `Bring the contacts back${lasting}, without ${code('-Force')}, which can lose them: ${code(`Invoke-CsUcsRollback -Identity ${identity}`)}`;
}

/** The name of a policy per user that keeps contacts in Lync. */
function forbidding(deployment: Deployment): string | undefined {
  for (const policy of deployment.all('CsUserServicesPolicy')) {
    const { scope, name } = parseIdentity(policy.subject);
    if (scope === 'User' && name !== '' && ownValue(policy, 'UcsAllowed').value === false) return name;
  }
  return undefined;
}

function modeWords(mode: string): string {
  if (isMigrated(mode)) return 'the contacts are in Exchange';
  const moves = mode.toLowerCase() === 'ready to migrate';
  return `the contacts are in Lync${moves ? ', and move to Exchange at the next sign-in' : ''}`;
}

function isMigrated(mode: string): boolean {
  return mode.toLowerCase() === 'migrated';
}

/** A name as PowerShell reads it, which takes typographic quotes for quotes. */
function quoted(name: string): string {
  return `'${name.replaceAll(/['\u2018-\u201B]/g, '$&$&')}'`;
}
