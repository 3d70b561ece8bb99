import { rollBack, rollBackPool, withoutForce } from '../linter/rollBack.ts';
import { twoFactorPool } from '../linter/examples.ts';
import { twoFactorReason } from '../linter/featureRule.ts';
import { rule } from '../linter/rule.ts';

export default rule({
  id: 'require-ucs-rollback',
  severity: 'error',
  group: 'features',
  summary: 'Two-factor users whose contacts are still in Exchange although the policy forbids it.',
  why: 'UcsAllowed: false only stops contacts from moving. Those that have moved stay in the mailbox, where a two-factor client cannot read them: the contact list is empty until they are rolled back. Source: help of Invoke-CsUcsRollback; "Planning for and deploying two-factor authentication in Lync Server 2013".',
  remedy: 'Run Invoke-CsUcsRollback for the user, without -Force, which can lose contacts.',
  isPersonal: true,
  needs: ['CsUser', 'CsWebServiceConfiguration', 'CsUserServicesPolicy', 'CsUnifiedContactStore'],
  sections: ['CsUnifiedContactStore'],
  object: function* (store, deployment) {
    const mode = store.setProperty('UcsMode');
    if (!mode || store.text('UcsMode')?.toLowerCase() !== 'migrated') return;
    const user = deployment.find('CsUser', store.subject);
    if (!user) return;
    const standing = deployment.standing(user);
    // While the policy allows it, no-ucs-with-2fa has the first word: a roll-back alone would not last.
    if (!standing.limited || standing.value('CsUserServicesPolicy', 'UcsAllowed')?.value !== false) return;
    yield {
      at: store.placeOf(mode),
      message: `The contacts of '${user.subject}' are still in Exchange, where a two-factor sign-in cannot read them: UcsAllowed is false, but that does not bring them back. Run Invoke-CsUcsRollback -Identity '${user.subject.replaceAll("'", "''")}'.`,
      related: [{ at: user.at, message: `The user '${user.subject}'` }, twoFactorReason(standing)],
    };
  },
  shell: [
    {
      text: `The policy is right already, so this is all, for each user whose \`UcsMode\` is \`Migrated\`. ${withoutForce}`,
      commands: rollBack,
    },
    rollBackPool,
  ],
  examples: {
    bad: [
      `${twoFactorPool}CsUserServicesPolicy:
  - { Identity: Global, UcsAllowed: false }
CsUser:
  - SipAddress: sip:ken@contoso.com
    RegistrarPool: pool01.contoso.com
CsUnifiedContactStore:
  - SipUri: sip:ken@contoso.com
    UcsMode: Migrated
    #        ^^^^^^^^ require-ucs-rollback
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
      `# The contacts have not moved, and do not: the policy forbids it.
${twoFactorPool}CsUserServicesPolicy:
  - { Identity: Global, UcsAllowed: false }
CsUser:
  - SipAddress: sip:ken@contoso.com
    RegistrarPool: pool01.contoso.com
CsUnifiedContactStore:
  - { SipUri: sip:ken@contoso.com, UcsMode: Ready To Migrate }
`,
      `# Ann signs in with her password: her client reads the contacts from Exchange.
${twoFactorPool}CsUserServicesPolicy:
  - { Identity: Global, UcsAllowed: false }
CsUser:
  - SipAddress: sip:ann@contoso.com
    RegistrarPool: pool02.contoso.com
CsUnifiedContactStore:
  - { SipUri: sip:ann@contoso.com, UcsMode: Migrated }
`,
    ],
  },
});
