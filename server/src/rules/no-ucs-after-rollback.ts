import { describeValue, placeOfValue } from '../model/describe.ts';
import { lostFeature, stillOn } from '../model/lostFeatures.ts';
import { twoFactorPool } from '../linter/examples.ts';
import { placeOfAssignment, twoFactorReason } from '../linter/featureRule.ts';
import { policyFixes } from '../linter/policyFix.ts';
import { rule } from '../linter/rule.ts';

const feature = lostFeature('no-ucs-with-2fa');

export default rule({
  id: 'no-ucs-after-rollback',
  severity: 'warning',
  group: 'features',
  summary: 'Two-factor users whose contacts are back in Lync, but may move to Exchange again.',
  why: 'Invoke-CsUcsRollback brings the contacts back for seven days. After that they move to Exchange again, unless the policy forbids it, and the contact list of a two-factor user is empty once more. Source: help of Invoke-CsUcsRollback; "Roll back migrated users".',
  remedy: 'Grant a policy with UcsAllowed: false, and the roll-back lasts.',
  isPersonal: true,
  needs: ['CsUser', 'CsWebServiceConfiguration', 'CsUserServicesPolicy', 'CsUnifiedContactStore'],
  sections: ['CsUser'],
  object: function* (user, deployment) {
    const standing = deployment.standing(user);
    if (!standing.limited) return;
    const [left] = stillOn(feature, standing, deployment);
    const store = left && deployment.find('CsUnifiedContactStore', user.subject);
    const mode = store?.setProperty('UcsMode');
    const state = store?.text('UcsMode');
    if (!left || !store || !mode || state === undefined || state.toLowerCase() === 'migrated') return;
    const at = placeOfValue(left.value);
    yield {
      at: placeOfAssignment(user, 'CsUserServicesPolicy'),
      message: `The contacts of '${user.subject}' are in Lync (UcsMode is ${state}), but do not stay there: ${describeValue(left.value, 'UcsAllowed')}, so they move to Exchange at a later sign-in, seven days after a roll-back at the latest. Grant a policy with UcsAllowed: false.`,
      related: [
        { at: store.placeOf(mode), message: `UcsMode is ${state}` },
        at && { at, message: describeValue(left.value, 'UcsAllowed') },
        twoFactorReason(standing),
      ],
    };
  },
  fixes: (finding, deployment) => (finding.object ? policyFixes(feature, finding.object, deployment) : []),
  examples: {
    bad: [
      `${twoFactorPool}CsUserServicesPolicy:
  - { Identity: Global, UcsAllowed: true }
CsUser:
  - SipAddress: sip:ken@contoso.com
  #             ^^^^^^^^^^^^^^^^^^^ no-ucs-after-rollback
    RegistrarPool: pool01.contoso.com
CsUnifiedContactStore:
  - { SipUri: sip:ken@contoso.com, UcsMode: Disabled }
`,
    ],
    good: [
      `${twoFactorPool}CsUserServicesPolicy:
  - { Identity: Global, UcsAllowed: false }
CsUser:
  - SipAddress: sip:ken@contoso.com
    RegistrarPool: pool01.contoso.com
CsUnifiedContactStore:
  - { SipUri: sip:ken@contoso.com, UcsMode: Disabled }
`,
    ],
    near: [
      `# Contacts may move back at any time, but Ann signs in with a password: her client reads them from Exchange.
${twoFactorPool}CsUserServicesPolicy:
  - { Identity: Global, UcsAllowed: true }
CsUser:
  - SipAddress: sip:ann@contoso.com
    RegistrarPool: pool02.contoso.com
CsUnifiedContactStore:
  - { SipUri: sip:ann@contoso.com, UcsMode: Disabled }
`,
      `# Nothing has been rolled back yet, so no-ucs-with-2fa alone has something to say.
${twoFactorPool}CsUserServicesPolicy:
  - { Identity: Global, UcsAllowed: true }
CsUser:
  - SipAddress: sip:ken@contoso.com
    RegistrarPool: pool01.contoso.com
CsUnifiedContactStore:
  - { SipUri: sip:ken@contoso.com, UcsMode: Migrated }
`,
    ],
  },
});
