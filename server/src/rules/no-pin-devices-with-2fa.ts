import { twoFactorPool } from '../linter/examples.ts';
import { rule } from '../linter/rule.ts';
import { clientRules, letsIn, poolsFilteredBy } from '../model/clientVersions.ts';
import type { Deployment } from '../model/deployment.ts';
import { ownValue } from '../model/effective.ts';
import type { LyncObject } from '../model/object.ts';
import type { Place } from '../model/place.ts';
import { namesOfTwoFactorPools } from '../model/twoFactorPools.ts';
import { quoted } from '../model/wording.ts';
import { parseIdentity } from '../schema/identity.ts';

/** Lync Phone Edition, and Communicator Phone Edition before it. Source: help of New-CsClientVersionPolicyRule. */
const telephones = ['OCPhone', 'CPE'];

export default rule({
  id: 'no-pin-devices-with-2fa',
  severity: 'warning',
  group: 'passive',
  summary: 'Settings that invite telephones to two-factor pools.',
  why: 'A telephone with Lync Phone Edition signs in with a PIN or a password, and a pool with passive authentication takes neither, so telephones on desks and in common areas do not work there. This follows from what must be off. A CsPinPolicy says nothing of it: people need a PIN for dial-in conferences, too. Source: "Create new Registrar configuration settings"; "Configuring passive authentication in Lync Server 2013".',
  remedy:
    'Home telephones on a pool without passive authentication, and block them on two-factor pools by their client version policy.',
  needs: ['CsWebServiceConfiguration'],
  sections: ['CsClientVersionPolicy', 'CsRegistrarConfiguration'],
  object: function* (object, deployment) {
    const found =
      object.section.name === 'CsRegistrarConfiguration'
        ? answersTelephones(object, deployment)
        : letsTelephonesIn(object, deployment);
    if (!found) return;
    yield {
      at: found.at,
      message: `${found.how}, but telephones sign in with a PIN or a password, and a pool with passive authentication takes neither. Home telephones on another pool, and ${found.remedy}.`,
    };
  },
  fixes: function* ({ object }) {
    if (object?.section.name !== 'CsRegistrarConfiguration') return;
    yield {
      title: 'Set EnableDHCPServer to false',
      changes: [{ kind: 'set', object, property: 'EnableDHCPServer', value: false }],
      // Telephones of other pools may find their way by this one.
      onlyByHand: true,
    };
  },
  shell: [
    {
      text: 'When telephones have moved to another pool, the Registrar of the two-factor pool need not answer them:',
      commands: [
        "Set-CsRegistrarConfiguration -Identity 'Service:Registrar:pool01.contoso.com' -EnableDHCPServer $false",
      ],
    },
    {
      text: 'And their clients are told that they are not welcome, in the client version policy of the pool:',
      commands: [
        "New-CsClientVersionPolicyRule -Parent 'Service:Registrar:pool01.contoso.com' -RuleId ([guid]::NewGuid()) -UserAgent 'OCPhone' -CompareOp GEQ -MajorVersion 0 -MinorVersion 0 -BuildNumber 0 -QfeNumber 0 -Action Block -Priority 0",
      ],
    },
  ],
  examples: {
    bad: [
      `${twoFactorPool}CsClientVersionConfiguration:
  - { Identity: Global, Enabled: true }
CsClientVersionPolicy:
  - Identity: Global
    Rules:
      - RuleId: desk-phone
        UserAgent: OCPhone
        #          ^^^^^^^ no-pin-devices-with-2fa
        CompareOp: GEQ
        MajorVersion: 4
        MinorVersion: 0
        BuildNumber: 7577
        QfeNumber: 0
        Action: Allow
`,
      `${twoFactorPool}CsRegistrarConfiguration:
  - Identity: Service:Registrar:pool01.contoso.com
    EnableDHCPServer: true
    #                 ^^^^ no-pin-devices-with-2fa
`,
    ],
    good: [
      `${twoFactorPool}CsClientVersionConfiguration:
  - { Identity: Global, Enabled: true }
CsClientVersionPolicy:
  - Identity: Service:Registrar:pool01.contoso.com
    Rules:
      - { UserAgent: OCPhone, CompareOp: GEQ, MajorVersion: 0, MinorVersion: 0, BuildNumber: 0, QfeNumber: 0, Action: Block }
CsRegistrarConfiguration:
  - { Identity: Service:Registrar:pool01.contoso.com, EnableDHCPServer: false }
`,
    ],
    near: [
      `# A PIN is for dial-in conferences, too: no policy says who has a telephone.
${twoFactorPool}CsPinPolicy:
  - { Identity: Global, MinPasswordLength: 6 }
  - { Identity: Tag:TwoFactor, MinPasswordLength: 8 }
CsUser:
  - { SipAddress: sip:ken@contoso.com, RegistrarPool: pool01.contoso.com, PinPolicy: TwoFactor, LineURI: "tel:+14255550100" }
`,
      `# Telephones are welcome at the other pools, which the Global settings are for.
${twoFactorPool}CsClientVersionConfiguration:
  - { Identity: Global, Enabled: true }
CsClientVersionPolicy:
  - Identity: Global
    Rules:
      - { UserAgent: OCPhone, CompareOp: GEQ, MajorVersion: 4, MinorVersion: 0, BuildNumber: 0, QfeNumber: 0, Action: Allow }
  - { Identity: Service:Registrar:pool01.contoso.com, Rules: [] }
CsRegistrarConfiguration:
  - { Identity: Global, EnableDHCPServer: true }
`,
    ],
  },
});

interface Invitation {
  readonly at: Place | undefined;
  /** The first half of a sentence. */
  readonly how: string;
  readonly remedy: string;
}

function letsTelephonesIn(policy: LyncObject, deployment: Deployment): Invitation | undefined {
  const rules = clientRules(policy) ?? [];
  const found = telephones.map((agent) => letsIn(rules, agent, undefined)).find((allowing) => allowing);
  const pools = found ? poolsFilteredBy(policy, deployment) : [];
  if (!found || pools.length === 0) return undefined;
  return {
    at: found.at,
    how: `This lets telephones (${found.userAgent}) sign in to ${quoted(pools)}`,
    remedy: `block ${found.userAgent} here, or in a CsClientVersionPolicy of the pool's own where others need it`,
  };
}

/** Only of a pool's own configuration: Global and site settings are for the telephones of all pools. */
function answersTelephones(configuration: LyncObject, deployment: Deployment): Invitation | undefined {
  const { scope, name } = parseIdentity(configuration.subject);
  const property = configuration.setProperty('EnableDHCPServer');
  if (scope !== 'Service' || !property || ownValue(configuration, 'EnableDHCPServer').value !== true)
    return undefined;
  if (!namesOfTwoFactorPools(deployment).has(name.toLowerCase())) return undefined;
  return {
    at: configuration.placeOf(property),
    how: `The Registrar of '${name}' answers telephones that look for a pool (EnableDHCPServer)`,
    remedy: 'set EnableDHCPServer to false here',
  };
}
