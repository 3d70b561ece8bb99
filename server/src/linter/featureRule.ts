/** What the rules about lost features have in common: one table says what is lost, each rule what that means to people. */
import { policyKey } from '../schema/schema.ts';
import { describeValue, placeOfValue } from '../model/describe.ts';
import type { Deployment } from '../model/deployment.ts';
import { lostFeature, stillOn, type LeftOn } from '../model/lostFeatures.ts';
import type { LyncObject } from '../model/object.ts';
import type { Place } from '../model/place.ts';
import type { Standing } from '../model/standing.ts';
import { policyFixes } from './policyFix.ts';
import type { Related, Report } from './finding.ts';
import { rule, type Rule } from './rule.ts';

interface FeatureRule extends Omit<Rule, 'group' | 'needs' | 'sections' | 'object' | 'fixes'> {
  /** What happens to the user, with the name in `{user}`. */
  readonly loses: string;
  /** Sections without which it cannot look, besides those of users, their sign-in and the feature. */
  readonly alsoNeeds?: readonly string[];
  /** Further conditions on one user. */
  readonly applies?: (user: LyncObject, standing: Standing, deployment: Deployment) => boolean;
  /** Further places. */
  readonly related?: (user: LyncObject, deployment: Deployment) => (Related | undefined)[];
}

/** A rule about the users for whom a setting leaves a feature on that they have lost. */
export function featureRule({ loses, alsoNeeds = [], applies, related, ...definition }: FeatureRule): Rule {
  const feature = lostFeature(definition.id);
  return rule({
    ...definition,
    group: 'features',
    needs: ['CsUser', 'CsWebServiceConfiguration', feature.section, ...alsoNeeds],
    sections: ['CsUser'],
    object: function* (user, deployment): Iterable<Report> {
      const standing = deployment.standing(user);
      if (!standing.limited) return;
      const left = stillOn(feature, standing, deployment);
      if (left.length === 0 || applies?.(user, standing, deployment) === false) return;
      yield {
        at: placeOfAssignment(user, feature.section),
        message: `${loses.replace('{user}', `'${user.subject}'`)}: ${describeSettings(left)}. ${definition.remedy}`,
        related: [...because(left), twoFactorReason(standing), ...(related?.(user, deployment) ?? [])],
      };
    },
    fixes: (finding, deployment) => (finding.object ? policyFixes(feature, finding.object, deployment) : []),
  });
}

function describeSettings(left: readonly LeftOn[]): string {
  return left.map(({ setting, value }) => describeValue(value, setting.property)).join(', and ');
}

function because(left: readonly LeftOn[]): (Related | undefined)[] {
  return left.map(({ setting, value }) => {
    const at = placeOfValue(value);
    return at && { at, message: describeValue(value, setting.property) };
  });
}

/** The user's own key that makes it so, else the user's address. */
export function placeOfAssignment(user: LyncObject, section: string): Place | undefined {
  const property = user.setProperty(policyKey(section));
  return property?.own ? user.placeOf(property) : undefined;
}

/** Why a user counts as one who signs in with two factors, where something in the files says so. */
export function twoFactorReason(standing: Standing): Related | undefined {
  const { at, reason } = standing.twoFactor;
  return at && { at, message: `Two factors: ${reason}` };
}
