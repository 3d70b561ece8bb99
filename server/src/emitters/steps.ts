/**
 * From findings to what the cmdlets are to do about them.
 *
 * First the policies, then who has them, and only then the contacts: Invoke-CsUcsRollback lasts seven days unless the policy
 * forbids the Unified Contact Store, and the policy alone brings no contacts back. Ways to sign in are closed last: Microsoft
 * asks to roll back before two-factor authentication is on. Source: help of Invoke-CsUcsRollback; "Planning for and deploying
 * two-factor authentication in Lync Server 2013".
 */
import { fixesOf } from '../linter/bulk.ts';
import type { AddObject, Change, PropertyValue, SetProperty } from '../linter/change.ts';
import type { Finding } from '../linter/finding.ts';
import { whom } from '../linter/policyFix.ts';
import type { Deployment } from '../model/deployment.ts';
import { ownValue } from '../model/effective.ts';
import type { LyncObject } from '../model/object.ts';
import type { Value } from '../model/values.ts';
import type { SourceFile } from '../parser/sourceFile.ts';
import { identityKey, identityText, parseIdentity } from '../schema/identity.ts';
import { policyKey, sectionType, type SectionType } from '../schema/schema.ts';
import { copiedFrom, type Copied } from './copied.ts';
import type { Literal } from './powershell.ts';
import { isSignIn, obstacle } from './signIn.ts';

/** Why a step is there. */
interface Reasons {
  readonly rules: Set<string>;
  /** The file that what it changes comes from. */
  readonly file: SourceFile;
}

/** A policy or a configuration that is to have settings. */
export interface SettingStep extends Reasons {
  readonly section: SectionType;
  readonly identity: string;
  readonly settings: Map<string, PropertyValue>;
  /** What else a new one is to have; `undefined`: it is there already. */
  readonly copied: ReadonlyMap<string, Literal> | undefined;
  /** What a new one should have and cannot be given here, each in a sentence. */
  readonly omitted: readonly string[];
  /** What is known of it, for whoever reads the script. */
  readonly note: string;
}

/** A policy that a user is to have; `null`: none of the user's own. */
export interface Grant extends Reasons {
  readonly section: SectionType;
  readonly policy: string | null;
  readonly user: string;
  readonly object: LyncObject;
}

/** A user whose contacts are to come back from Exchange. */
export interface Rollback extends Reasons {
  readonly user: string;
  /** Where the policy of those stands who have none of their own, the nearest scope first. */
  readonly scopes: readonly string[];
}

/** What no cmdlet is given for, and why. */
export interface Left {
  readonly rule: string;
  readonly subject: string;
  readonly file: SourceFile;
  readonly reason: string;
}

/** The steps so far, by what they change. */
interface Steps {
  readonly settings: Map<string, SettingStep>;
  readonly grants: Map<string, Grant>;
}

export interface Plan {
  readonly policies: readonly SettingStep[];
  readonly grants: readonly Grant[];
  readonly rollbacks: readonly Rollback[];
  readonly signIn: readonly SettingStep[];
  readonly left: readonly Left[];
  /** How many findings are about the files and not about the servers, by rule. */
  readonly ofFiles: ReadonlyMap<string, number>;
}

/** The rule that finds whose contacts are in Exchange although the policy forbids it. */
export const rollbackRule = 'require-ucs-rollback';
const ucsPolicy = 'CsUserServicesPolicy';
export const contactStore = 'CsUnifiedContactStore';

/** @param rollsBack whether contacts are to be rolled back of those for whom the steps themselves forbid the store */
export function planOf(findings: Iterable<Finding>, deployment: Deployment, rollsBack: boolean): Plan {
  const settings = new Map<string, SettingStep>();
  const grants = new Map<string, Grant>();
  const rollbacks = new Map<string, Rollback>();
  const left: Left[] = [];
  const ofFiles = new Map<string, number>();
  const stores: Finding[] = [];
  const waiting: [Finding, reason: string][] = [];

  for (const finding of findings) {
    const { rule } = finding;
    if (rule.group !== 'features' && rule.group !== 'passive') {
      ofFiles.set(rule.id, (ofFiles.get(rule.id) ?? 0) + 1);
      continue;
    }
    if (rule.id === rollbackRule) {
      stores.push(finding);
      continue;
    }
    const steps = stepsFor(finding, deployment);
    if (typeof steps === 'string') {
      waiting.push([finding, steps]);
      continue;
    }
    for (const step of steps) {
      if ('user' in step) take(grants, keyOfUser(step.section, step.object), step);
      else takeSettings(settings, keyOf(step.section, step.identity), step);
    }
  }
  for (const [finding, reason] of waiting)
    if (!endsAnyway(finding, { settings, grants }, deployment)) left.push(leave(finding, reason));
  for (const { identity, omitted, rules, file } of settings.values())
    for (const reason of omitted) left.push({ rule: [...rules].join(', '), subject: identity, file, reason });

  const rollBack = (user: LyncObject, scopes: readonly string[], rules: Iterable<string>): void => {
    const name = userName(user);
    const key = identityKey(user.section, user.subject);
    if (typeof name === 'string') {
      if (!rollbacks.has(key))
        rollbacks.set(key, { user: name, scopes, rules: new Set(rules), file: user.file });
    } else {
      left.push({ rule: rollbackRule, subject: user.subject, file: user.file, reason: name.problem });
    }
  };
  for (const finding of stores) {
    const user = deployment.find('CsUser', finding.object?.subject ?? '');
    if (user) rollBack(user, scopesOf(user, deployment), [rollbackRule]);
  }
  for (const { user, scopes, rules } of rollsBack ? freed({ settings, grants }, deployment) : []) {
    const mode = deployment.find(contactStore, user.subject)?.text('UcsMode')?.toLowerCase();
    if (mode === 'migrated') rollBack(user, scopes, rules);
    else if (mode === undefined)
      left.push({ rule: rollbackRule, subject: user.subject, file: user.file, reason: unknownStore });
  }

  const all = [...settings.values()];
  return {
    policies: all.filter((step) => !isSignIn(step.section)),
    grants: [...grants.values()],
    rollbacks: [...rollbacks.values()],
    signIn: all.filter((step) => isSignIn(step.section)),
    left,
    ofFiles,
  };
}

/** Offline messages are off where Conversation History is: see the table of lost features. */
function endsAnyway({ rule, object }: Finding, steps: Steps, deployment: Deployment): boolean {
  return (
    rule.id === 'no-offline-im-with-2fa' &&
    object !== undefined &&
    valueAfter(object, 'CsClientPolicy', 'EnableIMAutoArchiving', steps, deployment) === false
  );
}

const unknownStore =
  'The files do not say where these contacts are (CsUnifiedContactStore). Run Debug-CsUnifiedContactStore -Identity <user>; where UcsMode is Migrated, run Invoke-CsUcsRollback -Identity <user> once this script is through.';

/** Of two steps that say something of the same, the first counts, as it does when files are edited. */
function take<T extends Reasons>(steps: Map<string, T>, key: string, step: T): T {
  const known = steps.get(key);
  if (!known) {
    steps.set(key, step);
    return step;
  }
  for (const rule of step.rules) known.rules.add(rule);
  // It says of a policy what other rules say of each user.
  if (known.rules.size > 1) known.rules.delete('policy-reaches-2fa-users');
  return known;
}

function takeSettings(steps: Map<string, SettingStep>, key: string, step: SettingStep): void {
  const { settings } = take(steps, key, step);
  for (const [name, value] of step.settings) if (!settings.has(name)) settings.set(name, value);
}

/** The steps that a finding's safe fix comes to, or why there are none. */
function stepsFor(finding: Finding, deployment: Deployment): (SettingStep | Grant)[] | string {
  const fixes = fixesOf(finding, deployment);
  const safe = fixes.find(({ onlyByHand }) => !onlyByHand);
  const [first] = fixes;
  if (!safe)
    return first ? `Only by hand, because others may have it too: ${first.title}` : finding.rule.remedy;
  const steps: (SettingStep | Grant)[] = [];
  for (const change of safe.changes) {
    const step = stepFor(change, finding.rule.id, deployment);
    if (typeof step === 'string') return step;
    steps.push(step);
  }
  return steps;
}

function stepFor(change: Change, rule: string, deployment: Deployment): SettingStep | Grant | string {
  switch (change.kind) {
    case 'replace':
      return 'This is about the text of the file: no cmdlet is needed.';
    case 'add':
      return newObject(change, rule, deployment);
    case 'set':
      return change.object.section.name === 'CsUser'
        ? grant(change, rule)
        : setting(change, rule, deployment);
  }
}

function newObject(
  { section: name, like, near, properties }: AddObject,
  rule: string,
  deployment: Deployment,
): SettingStep | string {
  const section = sectionType(name);
  const [[, written] = ['', null], ...given] = properties;
  if (!section) return `No cmdlet is known for ${name}.`;
  const settings = new Map(given);
  const identity = identityFor(section, String(written ?? ''), settings.values(), deployment);
  if (typeof identity !== 'string') return identity.problem;
  const { values, omitted } = like ? copiedFrom(like, settings) : fromNothing;
  return {
    section,
    identity,
    settings,
    copied: values,
    omitted,
    note: like
      ? `new, like '${like.subject}' in everything else`
      : "new, with Lync's defaults in everything else",
    rules: new Set([rule]),
    file: (like ?? near).file,
  };
}

const fromNothing: Copied = {
  values: new Map(),
  omitted: [
    "The files do not hold what applies here now, so the new one has Lync's defaults in everything else. Compare it with the present one first.",
  ],
};

function setting(
  { object, property, value }: SetProperty,
  rule: string,
  deployment: Deployment,
): SettingStep | string {
  const { section, file } = object;
  if (section.scopes.length === 0 || !section.property(property))
    return `No cmdlet is known that sets ${property} of ${section.name}.`;
  const identity = identityFor(section, object.subject, [value], deployment);
  if (typeof identity !== 'string') return identity.problem;
  return {
    section,
    identity,
    settings: new Map([[property, value]]),
    copied: undefined,
    omitted: [],
    note: isSignIn(section) ? '' : whom(object, deployment),
    rules: new Set([rule]),
    file,
  };
}

function grant({ object, property, value }: SetProperty, rule: string): Grant | string {
  const section = sectionType(`Cs${property}`);
  if (!section?.grantCmdlet || policyKey(section.name) !== property)
    return `No cmdlet is known that sets ${property} of a user.`;
  const user = userName(object);
  if (typeof user !== 'string') return user.problem;
  const policy = value === null ? null : parseIdentity(String(value)).name;
  return { section, policy, user, object, rules: new Set([rule]), file: object.file };
}

interface Problem {
  readonly problem: string;
}

/** The identity as the cmdlets take it. An empty one would be Global's to `Set-`, and a wildcard many objects' to `Get-`. */
function identityFor(
  section: SectionType,
  written: string,
  values: Iterable<PropertyValue>,
  deployment: Deployment,
): string | Problem {
  const identity = parseIdentity(written);
  if (identity.scope !== 'Global' && identity.name.trim() === '')
    return { problem: `This ${section.name} has no Identity that a cmdlet could be given.` };
  if (isWildcard(identity.name)) return { problem: wildcard };
  const problem = isSignIn(section) ? obstacle(section, identity, values, deployment) : undefined;
  return problem === undefined ? identityText(identity) : { problem };
}

/** A user's name as the cmdlets take it: the SIP address, with `sip:` in front, else the Identity. */
export function userName(user: LyncObject): string | Problem {
  const address = user.text('SipAddress')?.trim();
  const name = address ? address.replace(/^(?:sip:)?/i, 'sip:') : user.subject.trim();
  if (name === '' || name === 'sip:') return { problem: 'The file does not say who this user is.' };
  return isWildcard(name) ? { problem: wildcard } : name;
}

export function isWildcard(name: string): boolean {
  return /[*?[\]]/.test(name);
}

export const wildcard =
  "'*', '?', '[' and ']' in a name may stand for other characters, and so for several objects. Do it by hand.";

interface Freed {
  readonly user: LyncObject;
  readonly scopes: readonly string[];
  readonly rules: Iterable<string>;
}

/** The users for whom the steps forbid the Unified Contact Store. */
function* freed({ settings, grants }: Steps, deployment: Deployment): Generator<Freed> {
  for (const { section, policy, object: user, rules } of grants.values()) {
    if (section.name !== ucsPolicy || policy === null) continue;
    if (valueAfter(user, ucsPolicy, 'UcsAllowed', { settings, grants }, deployment) === false)
      yield { user, scopes: [`Tag:${policy}`], rules };
  }
  const changed = new Map<LyncObject, SettingStep>();
  for (const step of settings.values()) {
    const object = step.section.name === ucsPolicy ? deployment.find(ucsPolicy, step.identity) : undefined;
    if (object && step.settings.get('UcsAllowed') === false) changed.set(object, step);
  }
  for (const standing of changed.size > 0 ? deployment.populated() : []) {
    const effective = standing.effective(ucsPolicy);
    const step = effective?.object && changed.get(effective.object);
    if (!step || !standing.limited) continue;
    const scopes = effective.steps.map(({ identity }) => identity);
    for (const user of standing.users)
      if (!grants.has(keyOfUser(step.section, user))) yield { user, scopes, rules: step.rules };
  }
}

/** What a user's policy says of a property once the steps are done. */
function valueAfter(
  user: LyncObject,
  policy: string,
  property: string,
  { settings, grants }: Steps,
  deployment: Deployment,
): Value {
  const section = sectionType(policy);
  const standing = deployment.standing(user);
  const granted = section && grants.get(keyOfUser(section, user));
  const identity = granted?.policy ? `Tag:${granted.policy}` : standing.effective(policy)?.identity;
  if (!section || identity === undefined) return undefined;
  const set = settings.get(keyOf(section, identity))?.settings.get(property);
  if (set !== undefined) return set;
  const object = deployment.find(policy, identity);
  return object && ownValue(object, property).value;
}

function scopesOf(user: LyncObject, deployment: Deployment): string[] {
  const steps = deployment.standing(user).effective(ucsPolicy)?.steps ?? [];
  return steps.map(({ identity }) => identity);
}

function leave({ rule, object, at, message }: Finding, reason: string): Left {
  return { rule: rule.id, subject: object?.subject ?? message, file: at.file, reason };
}

function keyOf(section: SectionType, identity: string): string {
  return `${section.name} ${identityKey(section, identity)}`;
}

function keyOfUser(section: SectionType, user: LyncObject): string {
  return `${section.name} ${identityKey(user.section, user.subject)}`;
}
