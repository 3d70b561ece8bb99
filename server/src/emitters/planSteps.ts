/**
 * What differs between two states, as steps of cmdlets. The order is the script's: policies are made before anybody is granted
 * one, and go only when nobody has them; ways to sign in are opened before others are closed. So nobody is without a policy or
 * a way in on the way from one state to the other.
 */
import type { Deployment } from '../model/deployment.ts';
import type { Changed, Comparison, Difference } from '../model/difference.ts';
import { effectiveValue } from '../model/effective.ts';
import type { LyncObject } from '../model/object.ts';
import { documentedDefault, isPolicyOfUser, sectionOfPolicy, type Setting } from '../model/worth.ts';
import { identityKey, identityText, parseIdentity } from '../schema/identity.ts';
import type { PropertyType, SectionType } from '../schema/schema.ts';
import { reasonFor } from './copied.ts';
import type { Grantable } from './peopleProcedure.ts';
import { effectOnWays, isSignIn } from './signIn.ts';
import { contactStore, isWildcard, userName, wildcard } from './steps.ts';

export type Settings = ReadonlyMap<string, Setting>;

/** A policy or a configuration. */
export interface ObjectStep {
  readonly section: SectionType;
  readonly identity: string;
  /** What it has in the first state, as far as that is known; `undefined`: it is not there. */
  readonly from: Settings | undefined;
  /** What it is to have; `undefined`: it is to go. */
  readonly to: Settings | undefined;
}

/** A policy that a user is to have; `null`: none of the user's own. */
export interface GrantStep {
  readonly noun: Grantable;
  readonly user: string;
  readonly from: string | null;
  readonly policy: string | null;
}

/** What Set-CsUser sets. */
export interface UserStep {
  readonly user: string;
  readonly from: Settings;
  readonly to: Settings;
}

export interface MoveStep {
  readonly user: string;
  readonly from: string;
  readonly to: string;
}

export interface RollbackStep {
  readonly user: string;
  /** Where the policy of those stands who have none of their own, the nearest scope first. */
  readonly scopes: readonly string[];
}

/** What no cmdlet is given for, and why. */
export interface LeftOut {
  readonly noun: string;
  readonly subject: string;
  readonly reason: string;
}

/** In the order in which it is done. */
export interface PlanSteps {
  readonly made: readonly ObjectStep[];
  readonly set: readonly ObjectStep[];
  readonly grants: readonly GrantStep[];
  readonly users: readonly UserStep[];
  readonly moves: readonly MoveStep[];
  readonly rollbacks: readonly RollbackStep[];
  readonly signIn: readonly ObjectStep[];
  readonly gone: readonly ObjectStep[];
  readonly left: readonly LeftOut[];
}

type Growing = { -readonly [Key in keyof PlanSteps]: PlanSteps[Key][number][] };

/** @param to the second state, in which names that are granted must be defined */
export function stepsOf({ differences, unclear }: Comparison, to: Deployment): PlanSteps {
  const steps: Growing = {
    ...{ made: [], set: [], grants: [], users: [] },
    ...{ moves: [], rollbacks: [], signIn: [], gone: [], left: [] },
  };
  const stayers = policiesOf(differences);
  for (const difference of differences) {
    const { section } = difference;
    if (section.name === 'CsUser') addUser(difference, steps, to);
    else if (section.name === contactStore) addRollback(difference, steps, to);
    else if (byHand[section.name] ?? byHand[section.kind]) leave(steps, difference, reasonByHand(section));
    else addObject(difference, steps, { to, stayers });
  }
  for (const { section, subject, reason } of unclear)
    steps.left.push({ noun: section.name, subject, reason });
  // Those that open a way, too, go before those that do nothing but close some.
  steps.signIn.sort((a, b) => Number(onlyCloses(a)) - Number(onlyCloses(b)));
  return steps;
}

/** Whether there is nothing that a script could do. */
export function isEmpty({ made, set, grants, users, moves, rollbacks, signIn, gone }: PlanSteps): boolean {
  return [made, set, grants, users, moves, rollbacks, signIn, gone].every((list) => list.length === 0);
}

/** Set-CsUser has no others. Source: its help in Lync Server 2013. */
const parametersOfUser: ReadonlySet<string> = new Set([
  ...[
    'AudioVideoDisabled',
    'Enabled',
    'EnterpriseVoiceEnabled',
    'ExchangeArchivingPolicy',
    'HostedVoiceMail',
  ],
  ...['LineServerURI', 'LineURI', 'PrivateLine', 'RemoteCallControlTelephonyEnabled'],
]);

/** What no script does, by section or by kind of section. */
const byHand: Readonly<Partial<Record<string, string>>> = {
  topology: 'Topology Builder changes and publishes the topology.',
  CsServerPatchVersion: 'Updates are installed on the computers.',
  object: 'With whom the servers trust each other is set up by hand: see New-, Set- and Remove-',
  CsAuthConfig: 'Set-CsAuthConfig changes how clients of all pools sign in at once: run it by hand.',
};

function reasonByHand({ name, kind }: SectionType): string {
  const reason = byHand[name] ?? byHand[kind] ?? '';
  return kind === 'object' ? `${reason}${name}.` : reason;
}

function leave(steps: Growing, { section, subject }: Difference, reason: string): void {
  steps.left.push({ noun: section.name, subject, reason });
}

function onlyCloses({ from, to }: ObjectStep): boolean {
  return from !== undefined && to !== undefined && effectOnWays(to) === 'closes';
}

interface Surroundings {
  readonly to: Deployment;
  /** The policies of users whom no step concerns, because only the first state has them. */
  readonly stayers: ReadonlySet<string>;
}

function addObject(difference: Difference, steps: Growing, surroundings: Surroundings): void {
  const { section, from, to, changes } = difference;
  const identity = identityOf(difference);
  if (typeof identity !== 'string') {
    leave(steps, difference, identity.problem);
    return;
  }
  const isAlways = identity === 'Global';
  if (!to && !isAlways) {
    const obstacle = obstacleToRemoval(section, identity, surroundings);
    if (obstacle !== undefined) leave(steps, difference, obstacle);
    else steps.gone.push({ section, identity, from: knownOf(changes), to: undefined });
    return;
  }
  const isNew = !from && !isAlways;
  const values = new Map<string, Setting>();
  for (const change of changes) {
    const value = wantedOf(change);
    if (value === undefined) leave(steps, difference, `${change.name}: ${reasonOf(change)}`);
    else values.set(change.name, value);
  }
  if (values.size === 0 && !isNew) return;
  const step = {
    section,
    identity,
    from: isNew ? undefined : knownOf(changes.filter(({ name }) => values.has(name))),
    to: values,
  };
  const effect = isSignIn(section) ? effectOnWays(values) : 'nothing';
  if (isSignIn(section) && (isNew || effect === 'both' || effect === 'closes')) steps.signIn.push(step);
  else if (isNew) steps.made.push(step);
  else steps.set.push(step);
}

function identityOf({ section, subject }: Difference): string | { readonly problem: string } {
  const identity = parseIdentity(subject);
  if (identity.scope !== 'Global' && identity.name.trim() === '')
    return { problem: 'It has no Identity that a cmdlet could be given.' };
  if (!section.scopes.includes(identity.scope))
    return { problem: `No ${section.name} can be at that scope: it can be at ${section.scopes.join(', ')}.` };
  return isWildcard(identity.name) ? { problem: wildcard } : identityText(identity);
}

function obstacleToRemoval(
  section: SectionType,
  identity: string,
  { to, stayers }: Surroundings,
): string | undefined {
  if (section.grantCmdlet === undefined || parseIdentity(identity).scope !== 'User') return undefined;
  if (to.count('CsUser') > 0 && !to.isGrantedToNobody(section.name, identity))
    return 'Users of the second state have this policy although it is not defined there: it stays.';
  return stayers.has(`${section.name} ${identityKey(section, identity)}`)
    ? 'Users whom only the first state has keep this policy: it stays.'
    : undefined;
}

/** The policies that users have whom only the first state has. */
function policiesOf(differences: readonly Difference[]): Set<string> {
  const found = new Set<string>();
  for (const { section, to, changes } of differences) {
    if (section.name !== 'CsUser' || to) continue;
    for (const { name, from } of changes) {
      const policy = sectionOfPolicy(name);
      if (policy && typeof from.value === 'string')
        found.add(`${policy.name} ${identityKey(policy, `Tag:${from.value}`)}`);
    }
  }
  return found;
}

/** What is known of the present: what the first state says, or the default where it is documented. */
function knownOf(changes: readonly Changed[]): Settings {
  const known = new Map<string, Setting>();
  for (const { name, type, from } of changes) {
    const value = from.value === null ? type && silentOf(type, from.isSaid) : from.value;
    if (value !== undefined) known.set(name, value);
  }
  return known;
}

/** What a property has of which a state says that it is not set, or nothing. */
function silentOf(type: PropertyType, isSaid: boolean): Setting | undefined {
  const value = documentedDefault(type);
  return value === null && !isSaid && type.default !== null ? undefined : value;
}

/** What a parameter is to be given; `undefined` where none can be. */
function wantedOf({ type, to }: Changed): Setting | undefined {
  if (to.value !== null) return type && to.value;
  return type && documentedDefault(type);
}

function reasonOf({ type, to }: Changed): string {
  if (type && to.value === null) return 'it is not set any more, and what Lync has then is not documented.';
  if (type?.type === 'datetime') return 'PowerShell reads a time by the rules of the country.';
  return `${reasonFor({ type })}.`;
}

function addUser(difference: Difference, steps: Growing, state: Deployment): void {
  const { from, to, changes } = difference;
  if (!from || !to) {
    leave(steps, difference, to ? enabled : disabled);
    return;
  }
  const user = userName(to);
  if (typeof user !== 'string') {
    leave(steps, difference, user.problem);
    return;
  }
  const [was, is] = [new Map<string, Setting>(), new Map<string, Setting>()];
  for (const change of changes) {
    const { name } = change;
    if (isPolicyOfUser(difference.section, name)) {
      const problem = addGrant(change, user, steps, state);
      if (problem !== undefined) leave(steps, difference, `${name}: ${problem}`);
    } else if (name === 'RegistrarPool') {
      const problem = addMove(change, user, steps, state);
      if (problem !== undefined) leave(steps, difference, problem);
    } else if (!parametersOfUser.has(name)) {
      leave(steps, difference, notOfUser[name] ?? `${name}: Set-CsUser has no such parameter.`);
    } else {
      const value = wantedOf(change);
      if (value === undefined) leave(steps, difference, `${name}: ${reasonOf(change)}`);
      else is.set(name, value);
      for (const [key, known] of value === undefined ? [] : knownOf([change])) was.set(key, known);
    }
  }
  if (is.size > 0) steps.users.push({ user, from: was, to: is });
}

const enabled =
  'Only the second state has this user. Enable-CsUser needs an account in Active Directory: enable the user by hand, and make the plan again.';
const disabled =
  'Only the first state has this user. Disable-CsUser deletes contacts, meetings and grants for good: do it by hand.';

const notOfUser: Readonly<Partial<Record<string, string>>> = {
  ExUmEnabled: 'ExUmEnabled: Exchange writes it, by Enable-UMMailbox and Disable-UMMailbox.',
  TwoFactorAuthentication: 'TwoFactorAuthentication: only the files say it, and nothing is to be done.',
  AcpInfo: 'AcpInfo: Set-CsUserAcp and Remove-CsUserAcp change it.',
};

/** @returns why no policy is granted */
function addGrant(
  { name, type, from, to }: Changed,
  user: string,
  steps: Growing,
  state: Deployment,
): string | undefined {
  const section = sectionOfPolicy(name);
  const noun = section ?? { name: `Cs${name}`, grantCmdlet: `Grant-Cs${name}` };
  const [was, policy] = [from.value, to.value];
  if (!type || !isName(was) || !isName(policy))
    return 'what stands there is no policy that a user can be granted.';
  if (section && policy !== null && !state.resolves(section.name, `Tag:${policy}`))
    return `the second state does not define '${policy}', so it cannot be granted.`;
  steps.grants.push({ noun, user, from: was, policy });
  return undefined;
}

/** @returns why the user is not moved */
function addMove({ from, to }: Changed, user: string, steps: Growing, state: Deployment): string | undefined {
  if (typeof from.value !== 'string' || typeof to.value !== 'string')
    return 'Only one state says which pool the user is homed on: Enable-CsUser or Disable-CsUser is for people to run.';
  if (!state.resolves('CsPool', to.value))
    return `The second state does not have pool '${to.value}', so nobody can be moved there.`;
  steps.moves.push({ user, from: from.value, to: to.value });
  return undefined;
}

function isName(value: Setting | undefined): value is string | null {
  return value === null || typeof value === 'string';
}

const ucsPolicy = 'CsUserServicesPolicy';

function addRollback(difference: Difference, steps: Growing, state: Deployment): void {
  const { from, to, subject } = difference;
  const [was, is] = [modeOf(from), modeOf(to)];
  if (was === undefined || is === undefined) {
    leave(steps, difference, 'Only one state says where the contacts are: nothing is to be done.');
    return;
  }
  if (was !== 'migrated') {
    leave(
      steps,
      difference,
      'Contacts move to Exchange by themselves, once the policy lets them and the user signs in.',
    );
    return;
  }
  const user = state.find('CsUser', subject);
  const name = user && userName(user);
  const effective = user && state.standing(user).effective(ucsPolicy);
  if (typeof name !== 'string' || !effective) {
    leave(
      steps,
      difference,
      'The second state does not say which policy applies: run Invoke-CsUcsRollback by hand.',
    );
    return;
  }
  if (effectiveValue(effective, 'UcsAllowed').value !== false) {
    leave(
      steps,
      difference,
      'A roll-back would last seven days only, because the policy of the second state allows the Unified Contact Store.',
    );
    return;
  }
  steps.rollbacks.push({ user: name, scopes: effective.steps.map(({ identity }) => identity) });
}

function modeOf(store: LyncObject | undefined): string | undefined {
  return store?.text('UcsMode')?.toLowerCase();
}
