/**
 * How to switch a lost feature off for a user. Where the winning policy applies to such users only, it is set there; where
 * others have it too, the user gets a policy of the two-factor users, so that nobody else notices.
 */
import { parseIdentity } from '../schema/identity.ts';
import { policyKey, type SectionType } from '../schema/schema.ts';
import type { Deployment } from '../model/deployment.ts';
import type { EffectiveObject } from '../model/effective.ts';
import { lostFeatures, stillOn, type LostFeature } from '../model/lostFeatures.ts';
import type { LyncObject } from '../model/object.ts';
import type { Standing } from '../model/standing.ts';
import { readValue, type Value } from '../model/values.ts';
import { counted, grouped } from '../model/wording.ts';
import type { Change, PropertyValue } from './change.ts';
import { canSet } from './edits.ts';
import type { Fix } from './rule.ts';

type Setting = readonly [property: string, value: PropertyValue];

export function* policyFixes(feature: LostFeature, user: LyncObject, deployment: Deployment): Generator<Fix> {
  const standing = deployment.standing(user);
  const effective = standing.effective(feature.section);
  if (!effective || stillOn(feature, standing, deployment).length === 0) return;
  const here = settingsFor([feature], standing, deployment);
  const inPlace = setInPlace(effective, here, user, deployment);
  const grant = grantOwn(user, standing, effective, deployment);
  const alone = effective.object && reachesLimitedOnly(effective.object, deployment);
  for (const fix of alone ? [inPlace, grant] : [grant, inPlace]) if (fix) yield fix;
}

/**
 * How to free two-factor users from a policy that leaves features on for them: set there if it is theirs alone, else a
 * policy of their own for each of them.
 */
export function* reachFixes(policy: LyncObject, deployment: Deployment): Generator<Fix> {
  const reach = deployment.reach(policy);
  if (!reach || reach.left.size === 0) return;
  const settings = [...reach.left.values()]
    .flat()
    .map(({ setting }): Setting => [setting.property, setting.remedy]);
  const others = !reachesLimitedOnly(policy, deployment);
  if (others) {
    const split = splitOff(policy, [...reach.left.keys()], deployment);
    if (split.length > 0) {
      yield {
        title: `Give ${counted(reach.limitedUsers, 'two-factor user')} a ${policyKey(policy.section.name)} of their own with ${words(settings)}`,
        changes: split,
      };
    }
  }
  if (!settings.every(([property]) => canSet(policy, property))) return;
  yield {
    title: `${setWords(settings)} here (${whom(policy, deployment)})`,
    changes: settings.map(([property, value]) => ({ kind: 'set', object: policy, property, value })),
    onlyByHand: others,
  };
}

function splitOff(policy: LyncObject, features: readonly LostFeature[], deployment: Deployment): Change[] {
  const changes: Change[] = [];
  for (const standing of deployment.populated()) {
    const effective = standing.effective(policy.section.name);
    if (!standing.limited || effective?.object !== policy) continue;
    const feature = features.find((candidate) => stillOn(candidate, standing, deployment).length > 0);
    for (const user of feature ? standing.users : []) {
      const fix = grantOwn(user, standing, effective, deployment);
      changes.push(...(fix?.changes ?? []));
    }
  }
  return changes;
}

/** Whom a setting in an object would reach, in words. */
export function whom(object: LyncObject, deployment: Deployment): string {
  const reach = deployment.reach(object);
  if (!reach) return 'applies to nobody in these files';
  const others = reach.users - reach.limitedUsers;
  if (others === 0) return `applies to ${counted(reach.users, 'two-factor user')} only`;
  return `applies to ${counted(reach.users, 'user')}, ${grouped(others)} of them not affected by two-factor sign-in`;
}

/** The values to be set so that the features are off. */
function settingsFor(
  features: readonly LostFeature[],
  standing: Standing,
  deployment: Deployment,
): Setting[] {
  return features.flatMap((feature) =>
    stillOn(feature, standing, deployment).map(({ setting }): Setting => [setting.property, setting.remedy]),
  );
}

function setInPlace(
  { object, section, identity }: EffectiveObject,
  settings: readonly Setting[],
  user: LyncObject,
  deployment: Deployment,
): Fix | undefined {
  if (!object) {
    // The built-in default applies because the files do not hold Global, which every deployment has.
    return {
      title: `Define ${section.name} 'Global' with ${words(settings)} (applies to everybody who has no nearer one)`,
      changes: [
        {
          kind: 'add',
          section: section.name,
          like: undefined,
          near: user,
          properties: [['Identity', 'Global'], ...settings],
        },
      ],
      onlyByHand: true,
    };
  }
  if (!settings.every(([property]) => canSet(object, property))) return undefined;
  return {
    title: `${setWords(settings)} in ${section.name} '${identity ?? ''}' (${whom(object, deployment)})`,
    changes: settings.map(([property, value]): Change => ({ kind: 'set', object, property, value })),
    onlyByHand: !reachesLimitedOnly(object, deployment),
  };
}

/** Whether everybody whom an object applies to is somebody who cannot use Exchange-dependent features. */
function reachesLimitedOnly(object: LyncObject, deployment: Deployment): boolean {
  const reach = deployment.reach(object);
  return reach !== undefined && reach.users === reach.limitedUsers;
}

/** Grants a policy that differs from the winning one in what two-factor users need, and in nothing else. */
function grantOwn(
  user: LyncObject,
  standing: Standing,
  effective: EffectiveObject,
  deployment: Deployment,
): Fix | undefined {
  const { section } = effective;
  const key = policyKey(section.name);
  if (!section.grantCmdlet || !canSet(user, key)) return undefined;
  const all = settingsFor(
    lostFeatures.filter((candidate) => candidate.section === section.name),
    standing,
    deployment,
  );
  const existing = existingPolicy(effective, all, deployment);
  if (existing) {
    return {
      title: `Grant '${user.subject}' the ${key} '${existing}'`,
      changes: [{ kind: 'set', object: user, property: key, value: existing }],
    };
  }
  const name = newName(effective, deployment);
  const like = effective.object
    ? `, like '${effective.identity ?? ''}' but with ${words(all)}`
    : ` with ${words(all)}`;
  return {
    title: `Grant '${user.subject}' a new ${key} '${name}'${like}`,
    changes: [
      {
        kind: 'add',
        section: section.name,
        like: effective.object,
        near: user,
        properties: [['Identity', `Tag:${name}`], ...all],
      },
      { kind: 'set', object: user, property: key, value: name },
    ],
  };
}

/**
 * A per-user policy of the files that is as the winning one is, but has off what two-factor users have no use for. All of
 * that: else the user would go from one policy to the next, with each fix for another feature.
 */
function existingPolicy(
  effective: EffectiveObject,
  needed: readonly Setting[],
  deployment: Deployment,
): string | undefined {
  // Thousands of users ask the same question.
  const answers = deployment.scratch(effective.section.name) as Map<string, string | undefined>;
  const question = JSON.stringify([effective.identity, needed]);
  if (!answers.has(question)) answers.set(question, findExisting(effective, needed, deployment));
  return answers.get(question);
}

function findExisting(
  { section, object: winner }: EffectiveObject,
  needed: readonly Setting[],
  deployment: Deployment,
): string | undefined {
  const lost = lostFeatures
    .filter((feature) => feature.section === section.name)
    .flatMap(({ settings }) => settings);
  const free = new Set(['Identity', 'Description', ...lost.map(({ property }) => property)]);
  const others = [...section.properties.keys()].filter((name) => !free.has(name));
  for (const candidate of deployment.all(section.name)) {
    const identity = candidate.text('Identity');
    if (identity === undefined || candidate === winner || parseIdentity(identity).scope !== 'User') continue;
    const valueIn = (property: string): Value => valueOf(section, candidate, property);
    if (!needed.every(([property, value]) => valueIn(property) === value)) continue;
    // What is off already must stay off.
    if (lost.some(({ property, on }) => on(valueIn(property)) && !on(valueOf(section, winner, property))))
      continue;
    if (others.every((name) => equal(candidate, winner, name))) return parseIdentity(identity).name;
  }
  return undefined;
}

function valueOf(section: SectionType, object: LyncObject | undefined, name: string): Value {
  const property = object?.setProperty(name);
  if (property?.type) return readValue(property.type, property.value);
  return (section.property(name)?.default ?? null) as Value;
}

function equal(a: LyncObject, b: LyncObject | undefined, name: string): boolean {
  const [left, right] = [a.setProperty(name), b?.setProperty(name)];
  // Lists and objects are too much to compare here: they must be absent on both sides.
  if (left?.value.type === 'sequence' || right?.value.type === 'sequence') return false;
  const type = a.section.property(name);
  const fallback = (type?.default ?? null) as Value;
  const value = (property: typeof left): Value =>
    property && type ? readValue(type, property.value) : fallback;
  return JSON.stringify(value(left)) === JSON.stringify(value(right));
}

/** `TwoFactor`, with the name of the policy that it is made from; the next free one. */
function newName({ section, identity, scope }: EffectiveObject, deployment: Deployment): string {
  const from = identity && scope !== 'Global' ? `${parseIdentity(identity).name}-` : '';
  const base = `${from}TwoFactor`;
  for (let number = 1; ; number++) {
    const name = number === 1 ? base : `${base}${number}`;
    if (!deployment.find(section.name, `Tag:${name}`) && !isGranted(section, name, deployment)) return name;
  }
}

/** Whether users have been granted a policy of that name, even if none is there: they would have a new one, too. */
function isGranted({ name: section }: SectionType, name: string, deployment: Deployment): boolean {
  for (const { assigned } of deployment.populated())
    if (assigned.get(section)?.toLowerCase() === name.toLowerCase()) return true;
  return false;
}

/** What is done to settings of an object: those without a value are cleared. */
function setWords(settings: readonly Setting[]): string {
  const set = settings.filter(([, value]) => value !== null);
  const cleared = settings.filter(([, value]) => value === null).map(([property]) => property);
  if (cleared.length === 0) return `Set ${words(set)}`;
  return set.length === 0
    ? `Clear ${cleared.join(', ')}`
    : `Set ${words(set)} and clear ${cleared.join(', ')}`;
}

function words(settings: readonly Setting[]): string {
  return settings
    .map(([property, value]) => (value === null ? `no ${property}` : `${property} ${String(value)}`))
    .join(', ');
}
