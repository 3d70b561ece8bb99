import { valueWords } from '../model/describe.ts';
import { lostFeatures, type LeftOn } from '../model/lostFeatures.ts';
import { twoFactorPool } from '../linter/examples.ts';
import { reachFixes } from '../linter/policyFix.ts';
import type { LyncObject } from '../model/object.ts';
import { counted } from '../model/wording.ts';
import { rule } from '../linter/rule.ts';

export default rule({
  id: 'policy-reaches-2fa-users',
  severity: 'info',
  group: 'features',
  summary: 'Policies and configurations that leave a feature on for two-factor users.',
  why: 'Each affected user has findings of their own; this one says, where the setting is made, how many they are, and whether somebody else has the setting too. A policy applies as a whole to everybody whom no nearer one reaches. Source: help of Get-CsEffectivePolicy.',
  remedy:
    'Set it here if it reaches two-factor users only; else give them a policy of their own, by the fix at any of these users.',
  needs: ['CsUser', 'CsWebServiceConfiguration'],
  sections: [...new Set(lostFeatures.map(({ section }) => section))],
  object: function* (policy, deployment) {
    const reach = deployment.reach(policy);
    if (!reach || reach.left.size === 0) return;
    const set = [...reach.left.values()].flat().find(({ value }) => value.property);
    const features = [...reach.left].map(([{ name }, left]) => `${name} (${left.map(shortly).join(', ')})`);
    yield {
      at: set?.value.property && policy.placeOf(set.value.property),
      message: `This leaves on for ${counted(reach.limitedUsers, 'two-factor user')} what needs Exchange: ${features.join('; ')}. ${advice(policy, reach.users - reach.limitedUsers)}`,
    };
  },
  fixes: ({ object }, deployment) => (object ? reachFixes(object, deployment) : []),
  examples: {
    bad: [
      `${twoFactorPool}CsUserServicesPolicy:
  - Identity: Global
    UcsAllowed: true
    #           ^^^^ policy-reaches-2fa-users
CsUser:
  - SipAddress: sip:ken@contoso.com
    RegistrarPool: pool01.contoso.com
`,
      `${twoFactorPool}CsMobilityPolicy:
  - Identity: Tag:Phones
    #         ^^^^^^^^^^ policy-reaches-2fa-users
    AllowSaveCredentials: false
CsUser:
  - SipAddress: sip:ken@contoso.com
    RegistrarPool: pool01.contoso.com
    MobilityPolicy: Phones
`,
    ],
    good: [
      `${twoFactorPool}CsUserServicesPolicy:
  - { Identity: Global, UcsAllowed: false }
CsUser:
  - SipAddress: sip:ken@contoso.com
    RegistrarPool: pool01.contoso.com
`,
    ],
    near: [
      `# Global leaves it on, but reaches Ann alone, who has no second factor: Ken has a policy of his own.
${twoFactorPool}CsUserServicesPolicy:
  - { Identity: Global, UcsAllowed: true }
  - { Identity: Tag:SmartCard, UcsAllowed: false }
CsUser:
  - SipAddress: sip:ken@contoso.com
    RegistrarPool: pool01.contoso.com
    UserServicesPolicy: SmartCard
  - SipAddress: sip:ann@contoso.com
    RegistrarPool: pool02.contoso.com
`,
    ],
  },
});

function shortly({ setting, value }: LeftOn): string {
  return value.property ? `${setting.property} ${valueWords(value)}` : `${setting.property} not set`;
}

function advice({ section }: LyncObject, others: number): string {
  if (others === 0) return 'It applies to two-factor users only: set it here.';
  const also = `${counted(others, 'user')} without this limitation ${others === 1 ? 'has' : 'have'} it too`;
  return section.grantCmdlet === undefined
    ? `${also}, and nobody can be granted a ${section.name}: what is set here changes for all of them.`
    : `${also}: give two-factor users a policy of their own.`;
}
