import { twoFactorPool } from '../linter/examples.ts';
import { rule } from '../linter/rule.ts';
import { audienceOf } from '../model/audience.ts';
import { ownValue } from '../model/effective.ts';
import { namesOfTwoFactorPools } from '../model/twoFactorPools.ts';
import { outsideTwoFactorUsers } from '../model/wayIn.ts';
import { counted } from '../model/wording.ts';

export default rule({
  id: 'no-outside-access-without-proxy',
  severity: 'info',
  group: 'passive',
  summary:
    'External access policies that let two-factor users in from outside, where the federation service must be reached, too.',
  why: 'Passive authentication sends the client to the federation service. Outside it gets there only by an AD FS proxy or another reverse proxy, and whether there is one is in no file of Lync. Microsoft leaves that out of its instructions for two factors, so it is easily forgotten. Source: "Planning for two-factor authentication in Lync Server 2013".',
  remedy:
    'See that people outside reach the federation service, and silence this here with that as the reason; or take EnableOutsideAccess from two-factor users.',
  needs: ['CsUser', 'CsWebServiceConfiguration', 'CsExternalAccessPolicy'],
  sections: ['CsExternalAccessPolicy'],
  object: function* (policy, deployment) {
    const property = policy.setProperty('EnableOutsideAccess');
    if (!property || ownValue(policy, 'EnableOutsideAccess').value !== true) return;
    // A gateway in front of what mobile devices reach is a reverse proxy that somebody has thought of.
    if (deployment.configuration.mobileGateway !== undefined) return;
    const passive = namesOfTwoFactorPools(deployment);
    const { users } = audienceOf(
      outsideTwoFactorUsers(policy, deployment).standings.filter(
        (standing) =>
          passive.has(standing.pool?.toLowerCase() ?? '') &&
          // Else require-external-authentication has said that nobody gets that far.
          standing.value('CsWebServiceConfiguration', 'AllowExternalAuthentication')?.value !== false,
      ),
    );
    if (users === 0) return;
    yield {
      at: policy.placeOf(property),
      message: `${counted(users, 'two-factor user')} may sign in from outside by this policy, and can only if the federation service is reached from there: by an AD FS proxy, or another reverse proxy. No file says whether there is one. See that there is, and silence this with that as the reason.`,
    };
  },
  shell: [
    {
      text: 'From outside, without VPN, this must answer; the address is in WsFedPassiveMetadataUri:',
      commands: [
        "Invoke-WebRequest -Uri 'https://sts.contoso.com/federationmetadata/2007-06/federationmetadata.xml'",
      ],
    },
    {
      text: 'Or two-factor users sign in from inside only:',
      commands: [
        "New-CsExternalAccessPolicy -Identity 'InsideOnly' -EnableOutsideAccess $false",
        "Grant-CsExternalAccessPolicy -Identity 'sip:ken@contoso.com' -PolicyName 'InsideOnly'",
      ],
    },
  ],
  examples: {
    bad: [
      `${twoFactorPool}CsExternalAccessPolicy:
  - Identity: Global
    EnableOutsideAccess: true
    #                    ^^^^ no-outside-access-without-proxy
CsUser:
  - { SipAddress: sip:ken@contoso.com, RegistrarPool: pool01.contoso.com }
  - { SipAddress: sip:ann@contoso.com, RegistrarPool: pool01.contoso.com }
`,
    ],
    good: [
      `${twoFactorPool}CsExternalAccessPolicy:
  - Identity: Global
    # lync-disable-next-line no-outside-access-without-proxy -- AD FS proxy at sts.contoso.com
    EnableOutsideAccess: true
  - { Identity: Tag:InsideOnly, EnableOutsideAccess: false }
CsUser:
  - { SipAddress: sip:ken@contoso.com, RegistrarPool: pool01.contoso.com }
  - { SipAddress: sip:ann@contoso.com, RegistrarPool: pool01.contoso.com, ExternalAccessPolicy: InsideOnly }
`,
    ],
    near: [
      `# A gateway is declared, and ann, who has the other policy, signs in with a password.
#- lync.config.yaml
mobile:
  gateway: LyncShield
#- deployment.lync.yaml
${twoFactorPool}CsExternalAccessPolicy:
  - { Identity: Global, EnableOutsideAccess: true }
  - { Identity: Tag:Travellers, EnableOutsideAccess: true }
CsUser:
  - { SipAddress: sip:ken@contoso.com, RegistrarPool: pool01.contoso.com }
  - { SipAddress: sip:ann@contoso.com, RegistrarPool: pool02.contoso.com, ExternalAccessPolicy: Travellers }
`,
      `# Only a policy that says so is judged, and federation is not access from outside.
${twoFactorPool}CsExternalAccessPolicy:
  - { Identity: Global, EnableFederationAccess: true }
CsUser:
  - { SipAddress: sip:ken@contoso.com, RegistrarPool: pool01.contoso.com }
`,
    ],
  },
});
