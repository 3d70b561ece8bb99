import { rollBack, rollBackPool, withoutForce } from '../linter/rollBack.ts';
import { policyExamples, passwordPool, twoFactorPool } from '../linter/examples.ts';
import { featureRule } from '../linter/featureRule.ts';

export default featureRule({
  id: 'no-ucs-with-2fa',
  severity: 'error',
  summary: 'Two-factor users whose contacts may move to the Unified Contact Store.',
  why: 'The Unified Contact Store keeps the contact list in the Exchange mailbox, and the client reads it by Exchange Web Services. With passive authentication it cannot: after such a sign-in the contact list is empty. Microsoft asks to roll back before two-factor authentication is switched on. UcsAllowed is true by default, and contacts move by themselves at the next sign-in. Source: "Planning for and deploying two-factor authentication in Lync Server 2013"; "Enable users for unified contact store".',
  loses: 'The contact list of {user} disappears after a two-factor sign-in',
  remedy:
    'Grant a policy with UcsAllowed: false, then run Invoke-CsUcsRollback for contacts that have moved; the policy alone does not bring them back.',
  shell: [
    {
      text: `Then bring back the contacts that have moved, those of users whose \`UcsMode\` is \`Migrated\`. Not before: without the policy a roll-back lasts seven days. ${withoutForce}`,
      commands: rollBack,
    },
    rollBackPool,
  ],
  examples: policyExamples(
    'no-ucs-with-2fa',
    'CsUserServicesPolicy',
    'UcsAllowed: true',
    'UcsAllowed: false',
    {
      bad: [
        `${twoFactorPool}# No scope is defined, so the built-in default applies: UcsAllowed is true.
CsUserServicesPolicy: []
CsUser:
  - SipAddress: sip:ken@contoso.com
  #             ^^^^^^^^^^^^^^^^^^^ no-ucs-with-2fa
    RegistrarPool: pool01.contoso.com
`,
        `${passwordPool}CsUserServicesPolicy:
  - Identity: Global
CsUser:
  - SipAddress: sip:ken@contoso.com
  #             ^^^^^^^^^^^^^^^^^^^ no-ucs-with-2fa
    RegistrarPool: pool01.contoso.com
    TwoFactorAuthentication: AzureMfa
`,
      ],
      near: [
        `# Global allows it, but the pool has a policy of its own, which goes before Global.
${twoFactorPool}CsUserServicesPolicy:
  - { Identity: Global, UcsAllowed: true }
  - { Identity: UserServer:pool01.contoso.com, UcsAllowed: false }
CsUser:
  - SipAddress: sip:ken@contoso.com
    RegistrarPool: pool01.contoso.com
`,
        `# The second factor is that of a pool, and Ken is homed in Skype for Business Online.
${twoFactorPool}CsUserServicesPolicy:
  - { Identity: Global, UcsAllowed: true }
CsUser:
  - { SipAddress: sip:ken@contoso.com, RegistrarPool: , HostingProvider: sipfed.online.lync.com }
`,
      ],
    },
  ),
});
