import { rule } from '../linter/rule.ts';
import { parseIdentity } from '../schema/identity.ts';
import { policyKey, sectionType, sectionTypes } from '../schema/schema.ts';

/** A policy that only others than users have is not used in vain: of those sections nothing is said. */
const users = sectionType('CsUser');
const granted = [...sectionTypes()]
  .filter(({ kind, name }) => kind === 'policy' && users?.property(policyKey(name))?.target === name)
  .map(({ name }) => name);

export default rule({
  id: 'no-unused-policy',
  severity: 'hint',
  group: 'files',
  summary: 'Per-user policies that no user in the files is granted.',
  why: 'A policy that nobody has is a leftover, or somebody wrote it and forgot to grant it: then the people it was meant for still have the old one. Common-area phones and analog devices can have policies, too, and are in no file here. Source: help of the Grant-Cs cmdlets.',
  remedy: 'Grant it to the users it was made for, or remove it.',
  needs: ['CsUser'],
  sections: granted,
  object: function* (policy, deployment) {
    const { section, subject } = policy;
    if (subject === '' || parseIdentity(subject).scope !== 'User') return;
    // Of two with the same name the second is nobody's, and no-duplicate-identity says so.
    if (deployment.find(section.name, subject) !== policy) return;
    if (!deployment.isGrantedToNobody(section.name, subject)) return;
    yield {
      message: `No user in these files is granted '${parseIdentity(subject).name}'. Grant it to those it was made for, or remove it.`,
    };
  },
  shell: [
    {
      text: 'See whether somebody has it after all; without output nobody does:',
      commands: [
        "Get-CsUser -Filter {UserServicesPolicy -eq 'SmartCard'} | Select-Object SipAddress",
        "Remove-CsUserServicesPolicy -Identity 'Tag:SmartCard' -WhatIf",
      ],
    },
  ],
  examples: {
    bad: [
      `CsUserServicesPolicy:
  - Identity: Tag:SmartCard
    #         ^^^^^^^^^^^^^ no-unused-policy
    UcsAllowed: false
CsUser:
  - { SipAddress: sip:ken@contoso.com, RegistrarPool: pool01.contoso.com }
`,
    ],
    good: [
      `CsUserServicesPolicy:
  - { Identity: Tag:SmartCard, UcsAllowed: false }
CsUser:
  - { SipAddress: sip:ken@contoso.com, UserServicesPolicy: { FriendlyName: smartcard } }
`,
    ],
    near: [
      `# Site policies and the Global one are nobody's to grant.
CsClientPolicy:
  - { Identity: Global }
  - { Identity: Site:Dublin }
CsUser:
  - { SipAddress: sip:ken@contoso.com, RegistrarPool: pool01.contoso.com }
`,
      `# Whoever has it may be in files that are not here: these have no users.
CsUserServicesPolicy:
  - { Identity: Tag:SmartCard, UcsAllowed: false }
`,
      `# Somebody who is disabled has it all the same, and gets it back when enabled.
CsUserServicesPolicy:
  - { Identity: Tag:SmartCard, UcsAllowed: false }
CsUser:
  - { SipAddress: sip:ken@contoso.com, Enabled: false, UserServicesPolicy: SmartCard }
`,
    ],
  },
});
