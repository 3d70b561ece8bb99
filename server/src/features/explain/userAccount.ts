/** What becomes of a user, feature by feature: what hovers show in short and the explanation at length. */
import { describeValue, placeOfValue } from '../../model/describe.ts';
import type { Deployment } from '../../model/deployment.ts';
import type { EffectiveObject } from '../../model/effective.ts';
import { lostFeatures, stillOn, type LeftOn, type LostFeature } from '../../model/lostFeatures.ts';
import type { LyncObject } from '../../model/object.ts';
import type { Place } from '../../model/place.ts';
import type { Standing } from '../../model/standing.ts';
import { counted } from '../../model/wording.ts';
import { code, plain } from '../markdown.ts';

/** One feature that a client without Exchange Web Services does not have. All words are plain text. */
export interface FeatureAccount {
  /** A setting may be on and do no harm: the server keeps the history, a gateway lets mobiles through. */
  readonly state: 'on' | 'off' | 'not affected';
  readonly name: string;
  /** The settings that decide, with their values and why. */
  readonly settings: string;
  /** The policy or configuration that decides; `undefined`: the user's own entry. */
  readonly effective: EffectiveObject | undefined;
  readonly at: Place | undefined;
  /** What to do about it; `undefined` where there is nothing to do. */
  readonly remedy: string | undefined;
}

/** What goes on for a two-factor user: it does without Exchange Web Services. */
export const goesOn: readonly string[] = [
  'archiving by the server',
  'presence from calls',
  'forwarding',
  'delegation',
];

/** Whether and why a user signs in with two factors. */
export function signInWords(user: LyncObject, { twoFactor: { on, method, reason } }: Standing): string {
  return `**${code(user.subject)}** ${on ? `signs in with **two factors**${method ? ` (${method})` : ''}` : 'signs in **without a second factor**'}: ${plain(reason)}.`;
}

export function stateWords(state: FeatureAccount['state']): string {
  return state === 'on' ? '**still on**' : state;
}

/** The features that a two-factor user has lost, those that are still on in front. */
export function featureAccounts(
  user: LyncObject,
  standing: Standing,
  deployment: Deployment,
): FeatureAccount[] {
  const accounts: FeatureAccount[] = [];
  for (const feature of lostFeatures) {
    const account = accountOf(feature, standing, deployment);
    if (account) accounts.push(account);
  }
  const voiceMail = ['ExUmEnabled', 'HostedVoiceMail'].filter(
    (name) => user.text(name)?.toLowerCase() === 'true',
  );
  const [first] = voiceMail;
  const property = first === undefined ? undefined : user.property(first);
  if (property)
    accounts.push({
      state: 'on',
      name: 'voice-mail view',
      settings: `${voiceMail.join(', ')} true`,
      effective: undefined,
      at: user.placeOf(property),
      remedy:
        'Nothing in Lync hides it: tell the user to hear voice mail in Outlook, in Outlook on the web, or by ringing the mailbox',
    });
  // What there is to do comes first.
  return accounts.sort((a, b) => Number(b.state === 'on') - Number(a.state === 'on'));
}

function accountOf(
  feature: LostFeature,
  standing: Standing,
  deployment: Deployment,
): FeatureAccount | undefined {
  const [setting] = feature.settings;
  const value = setting && standing.value(feature.section, setting.property);
  if (!setting || !value) return undefined;
  const left = stillOn(feature, standing, deployment);
  const { name } = feature;
  const { effective } = value;
  if (left.length > 0)
    return {
      state: 'on',
      name,
      settings: settingWords(left),
      effective,
      at: placeOfLeft(left),
      remedy: remedyWords(left, effective.object, deployment),
    };
  return {
    state: setting.on(value.value) ? 'not affected' : 'off',
    name,
    settings: describeValue(value, setting.property),
    effective,
    at: placeOfValue(value),
    remedy: undefined,
  };
}

/** The settings that leave something on, and how they come to have their values. */
export function settingWords(left: readonly LeftOn[]): string {
  return left.map(({ setting, value }) => describeValue(value, setting.property)).join('; ');
}

export function placeOfLeft([first]: readonly LeftOn[]): Place | undefined {
  return first && placeOfValue(first.value);
}

/** What to set, and where: in the object itself if it is the two-factor users' alone or no policy, else in one of their own. */
export function remedyWords(
  left: readonly LeftOn[],
  object: LyncObject | undefined,
  deployment: Deployment,
): string {
  const settings = left
    .map(({ setting: { property, remedy } }) =>
      remedy === null ? `${property} empty` : `${property}: ${String(remedy)}`,
    )
    .join(', ');
  const reach = object && deployment.reach(object);
  const others = reach ? reach.users - reach.limitedUsers : 0;
  if (reach && others === 0) return `${settings} in '${object.subject}'`;
  const why = reach ? `: '${object.subject}' is ${counted(others, "other user's", "other users'")}, too` : '';
  // A configuration cannot be granted to anybody.
  if (object && object.section.grantCmdlet === undefined) return `${settings} in '${object.subject}'${why}`;
  return `${settings} in a policy of the two-factor users' own${why}`;
}
