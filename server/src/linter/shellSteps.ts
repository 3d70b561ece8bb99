/** What to run on the servers for what a rule asks for. The linter edits files; this is for the deployment that they describe. */
import { lostFeatures, type LostFeature } from '../model/lostFeatures.ts';
import { sectionType } from '../schema/schema.ts';
import type { Rule, ShellStep } from './rule.ts';

/** The steps of a rule: what the table of lost features gives, and then what the rule itself adds. */
export function shellStepsOf({ id, shell = [] }: Rule): ShellStep[] {
  if (id === 'policy-reaches-2fa-users')
    return [{ text: 'The rule of each feature has the commands:', commands: [] }];
  const feature = lostFeatures.find(({ rule }) => rule === (sameSetting.get(id) ?? id));
  return [...(feature ? policySteps(id, feature) : []), ...shell];
}

/** Rules that ask for the setting of a lost feature beside the rule that is named in the table. */
const sameSetting = new Map([['no-ucs-after-rollback', 'no-ucs-with-2fa']]);

function policySteps(rule: string, { section, settings }: LostFeature): ShellStep[] {
  const set = settings.map(({ property, remedy }) => `-${property} ${literal(remedy)}`).join(' ');
  const grant = sectionType(section)?.grantCmdlet;
  if (grant === undefined)
    return [{ text: 'For everybody:', commands: [`Set-${section} -Identity 'Global' ${set}`] }];
  // What is cleared is not set in a new policy.
  const fresh = settings.filter(({ remedy }) => remedy !== null);
  const made = fresh.map(({ property, remedy }) => ` -${property} ${literal(remedy)}`).join('');
  const others = lostFeatures.filter((entry) => entry.section === section && entry.rule !== rule);
  const together =
    others.length > 1
      ? ` A user has one policy of a kind, so put into it what the other rules about \`${section}\` ask for: ${others.map((entry) => `[${entry.rule}](${entry.rule}.md)`).join(', ')}.`
      : '';
  return [
    {
      text: 'Where everybody who has the policy signs in with two factors, set it there:',
      commands: [`Set-${section} -Identity 'Sales' ${set}`],
    },
    {
      text: `Where others have it too, give the two-factor users a policy of their own. A new policy starts from the defaults, not from the policy that they had: repeat what that one sets.${together}`,
      commands: [
        `New-${section} -Identity 'TwoFactor'${made}`,
        `${grant} -Identity 'sip:ken@contoso.com' -PolicyName 'TwoFactor'`,
      ],
    },
  ];
}

/** A value as PowerShell takes it. */
function literal(value: boolean | string | null): string {
  if (value === null) return '$null';
  return typeof value === 'boolean' ? `$${String(value)}` : value;
}
