import { twoFactorPool } from '../linter/examples.ts';
import { rule } from '../linter/rule.ts';
import { placeOfValue } from '../model/describe.ts';
import { ownValue } from '../model/effective.ts';
import type { LyncObject } from '../model/object.ts';
import { outsideTwoFactorUsers } from '../model/wayIn.ts';
import { counted } from '../model/wording.ts';

export default rule({
  id: 'require-external-authentication',
  severity: 'warning',
  group: 'passive',
  summary:
    'Web services that do not authenticate users outside, for two-factor users who have access from outside.',
  why: 'Two-factor users get the ticket with which they sign in from the web services of their pool. AllowExternalAuthentication, true by default, is whether those authenticate users outside; its help names OAuth. Where it is false, EnableOutsideAccess of the external access policy is probably of no use to two-factor users: this follows from both. Source: help of New-CsWebServiceConfiguration and New-CsExternalAccessPolicy.',
  remedy:
    'Set AllowExternalAuthentication to true, or give these users an external access policy with EnableOutsideAccess false.',
  needs: ['CsUser', 'CsWebServiceConfiguration'],
  sections: ['CsWebServiceConfiguration'],
  // Missed only where the setting is off, which is rare.
  lacks: (configuration, deployment) => !deployment.has('CsExternalAccessPolicy') && isOff(configuration),
  object: function* (configuration, deployment) {
    const property = configuration.setProperty('AllowExternalAuthentication');
    if (!property || !isOff(configuration)) return;
    const { users, standings } = outsideTwoFactorUsers(configuration, deployment);
    const allowed = standings[0]?.value('CsExternalAccessPolicy', 'EnableOutsideAccess');
    const at = allowed && placeOfValue(allowed);
    if (!allowed || users === 0) return;
    yield {
      at: configuration.placeOf(property),
      message: `${counted(users, 'two-factor user')} with access from outside may not be able to sign in from there: AllowExternalAuthentication is false, so these web services do not authenticate users outside. Set AllowExternalAuthentication to true, or take EnableOutsideAccess from these users.`,
      related: [
        at && { at, message: `EnableOutsideAccess is true in '${allowed.effective.identity ?? ''}'` },
      ],
    };
  },
  shell: [
    {
      text: 'Where they are to sign in from outside:',
      commands: [
        "Set-CsWebServiceConfiguration -Identity 'Service:WebServer:pool01.contoso.com' -AllowExternalAuthentication $true",
      ],
    },
    {
      text: 'Where they are not:',
      commands: [
        "New-CsExternalAccessPolicy -Identity 'InsideOnly' -EnableOutsideAccess $false",
        "Grant-CsExternalAccessPolicy -Identity 'sip:ken@contoso.com' -PolicyName 'InsideOnly'",
      ],
    },
  ],
  examples: {
    bad: [
      `${twoFactorPool}    AllowExternalAuthentication: false
    #                            ^^^^^ require-external-authentication
CsExternalAccessPolicy:
  - { Identity: Global, EnableOutsideAccess: true }
CsUser:
  - { SipAddress: sip:ken@contoso.com, RegistrarPool: pool01.contoso.com }
`,
    ],
    good: [
      `${twoFactorPool}    AllowExternalAuthentication: true
CsExternalAccessPolicy:
  - { Identity: Global, EnableOutsideAccess: true }
CsUser:
  - { SipAddress: sip:ken@contoso.com, RegistrarPool: pool01.contoso.com }
`,
    ],
    near: [
      `# Nobody with two factors has access from outside: it is off by default.
${twoFactorPool}    AllowExternalAuthentication: false
CsExternalAccessPolicy:
  - { Identity: Global }
  - { Identity: Tag:Travellers, EnableOutsideAccess: true }
CsUser:
  - { SipAddress: sip:ken@contoso.com, RegistrarPool: pool01.contoso.com }
  - { SipAddress: sip:ann@contoso.com, RegistrarPool: pool02.contoso.com, ExternalAccessPolicy: Travellers }
`,
      `# There is no Edge pool through which anybody could come from outside.
${twoFactorPool}    AllowExternalAuthentication: false
CsExternalAccessPolicy:
  - { Identity: Global, EnableOutsideAccess: true }
CsService:
  - { Identity: Registrar:pool01.contoso.com, EdgeServer: }
CsUser:
  - { SipAddress: sip:ken@contoso.com, RegistrarPool: pool01.contoso.com }
`,
    ],
  },
});

function isOff(configuration: LyncObject): boolean {
  return ownValue(configuration, 'AllowExternalAuthentication').value === false;
}
