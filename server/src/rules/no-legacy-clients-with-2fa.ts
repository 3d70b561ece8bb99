import { twoFactorPool } from '../linter/examples.ts';
import { rule } from '../linter/rule.ts';
import { clientRules, letsIn, poolsFilteredBy, type ClientVersion } from '../model/clientVersions.ts';
import { quoted } from '../model/wording.ts';

/**
 * Since which version a client can do passive authentication; `undefined`: none can. Telephones have a rule of their own.
 * The desktop client learned it with 15.0.4517.1004, the update of July 2013; no other build of 15.0.4517 is told apart.
 * Source: "Configuring passive authentication in Lync Server 2013" and KB 2817465; for mobile clients, the Lync team's blog of
 * 8 October 2013; for the names, help of New-CsClientVersionPolicyRule.
 */
const since: readonly (readonly [agent: string, version: ClientVersion | undefined])[] = [
  ['OC', [15, 0, 4517, 0]],
  ['iPhoneLync', [5, 2, 0, 0]],
  ['iPadLync', [5, 2, 0, 0]],
  ['AndroidLync', [5, 2, 0, 0]],
  ['WPLync', [5, 2, 0, 0]],
  ['CWA', undefined],
  ['UCCP', undefined],
  ['RTC', undefined],
  ['WM', undefined],
];

const needed = new Map([['OC', '15.0.4517.1004']]);

export default rule({
  id: 'no-legacy-clients-with-2fa',
  severity: 'warning',
  group: 'passive',
  summary:
    'Rules for client versions that let clients into two-factor pools which cannot do passive authentication.',
  why: 'Such a client gets past the filter, finds no way to sign in that it knows, and says no more than that signing in failed. Blocked by its version, its user would be told. Passive authentication came to the desktop client with 15.0.4517.1004 (July 2013) and to the mobile clients with 5.2. Only rules that allow a client are judged, not the DefaultAction. Source: "Planning for two-factor authentication in Lync Server 2013"; help of New-CsClientVersionPolicyRule.',
  remedy:
    'Give two-factor pools a CsClientVersionPolicy of their own that allows desktop clients from 15.0.4517.1004 and mobile clients from 5.2 only.',
  needs: ['CsWebServiceConfiguration', 'CsClientVersionPolicy', 'CsClientVersionConfiguration'],
  sections: ['CsClientVersionPolicy'],
  object: function* (policy, deployment) {
    const rules = clientRules(policy);
    if (!rules) return;
    const legacy = since.flatMap(([agent, version]) => {
      const found = letsIn(rules, agent, version);
      if (!found) return [];
      const from = version && ` before ${needed.get(agent) ?? version.slice(0, 2).join('.')}`;
      return [{ at: found.at, client: `${found.userAgent}${from ?? ''}` }];
    });
    const [first] = legacy;
    const pools = first ? poolsFilteredBy(policy, deployment) : [];
    if (!first || pools.length === 0) return;
    yield {
      at: first.at,
      message: `Users of the two-factor pool${pools.length === 1 ? '' : 's'} ${quoted(pools)} may try to sign in with clients that cannot do passive authentication: ${legacy.map(({ client }) => client).join(', ')}. Such a client fails without telling why. Allow newer ones only, in a CsClientVersionPolicy of the pool's own where others need the old ones.`,
    };
  },
  shell: [
    {
      text: 'A policy for the two-factor pool alone, and what it allows, here the desktop client; it replaces the other rules for this pool, so repeat those that should stay:',
      commands: [
        "New-CsClientVersionPolicy -Identity 'Service:Registrar:pool01.contoso.com'",
        "New-CsClientVersionPolicyRule -Parent 'Service:Registrar:pool01.contoso.com' -RuleId ([guid]::NewGuid()) -UserAgent 'OC' -CompareOp GEQ -MajorVersion 15 -MinorVersion 0 -BuildNumber 4517 -QfeNumber 1004 -Action Allow -Priority 0",
      ],
    },
  ],
  examples: {
    bad: [
      `${twoFactorPool}CsClientVersionConfiguration:
  - { Identity: Global, Enabled: true, DefaultAction: Block }
CsClientVersionPolicy:
  - Identity: Global
    Rules:
      - RuleId: desktop
        UserAgent: OC
        #          ^^ no-legacy-clients-with-2fa
        CompareOp: GEQ
        MajorVersion: 15
        MinorVersion: 0
        BuildNumber: 4420
        QfeNumber: 1017
        Action: Allow
`,
      `# What comes first decides: here an exception for one old client.
${twoFactorPool}CsClientVersionConfiguration:
  - { Identity: Global, Enabled: true }
CsClientVersionPolicy:
  - Identity: Tag:Travellers
    Rules:
      - { Priority: 1, UserAgent: iPhoneLync, CompareOp: LSS, MajorVersion: 5, MinorVersion: 2, BuildNumber: 0, QfeNumber: 0, Action: Block }
      - { Priority: 0, UserAgent: iPhoneLync, CompareOp: EQL, MajorVersion: 5, MinorVersion: 1, BuildNumber: 0, QfeNumber: 3, Action: AllowWithUrl }
      #                           ^^^^^^^^^^ no-legacy-clients-with-2fa
CsUser:
  - SipAddress: sip:ken@contoso.com
    RegistrarPool: pool01.contoso.com
    ClientVersionPolicy: Travellers
`,
    ],
    good: [
      `${twoFactorPool}CsClientVersionConfiguration:
  - { Identity: Global, Enabled: true, DefaultAction: Block }
CsClientVersionPolicy:
  - Identity: Service:Registrar:pool01.contoso.com
    Rules:
      - { UserAgent: OC, CompareOp: GEQ, MajorVersion: 15, MinorVersion: 0, BuildNumber: 4517, QfeNumber: 1004, Action: Allow }
      - { UserAgent: CWA, CompareOp: GEQ, MajorVersion: 0, MinorVersion: 0, BuildNumber: 0, QfeNumber: 0, Action: Block }
`,
    ],
    near: [
      `# The two-factor pool has a policy of its own, and the filter is off at the other one.
${twoFactorPool}  - { Identity: Service:WebServer:pool02.contoso.com, UseWsFedPassiveAuth: true }
CsSite:
  - { Identity: Site:Dublin, Pools: [pool02.contoso.com] }
  - { Identity: Site:Redmond, Pools: [pool01.contoso.com] }
CsClientVersionConfiguration:
  - { Identity: Global, Enabled: true }
  - { Identity: Site:Dublin, Enabled: false }
CsClientVersionPolicy:
  - Identity: Global
    Rules:
      - { UserAgent: OC, CompareOp: GEQ, MajorVersion: 4, MinorVersion: 0, BuildNumber: 0, QfeNumber: 0, Action: Allow }
  - Identity: Service:Registrar:pool01.contoso.com
    Rules: []
`,
      `# The old ones are blocked before they are allowed, and a rule that is not enabled allows nobody.
${twoFactorPool}CsClientVersionConfiguration:
  - { Identity: Global, Enabled: true }
CsClientVersionPolicy:
  - Identity: Global
    Rules:
      - { Priority: 2, UserAgent: OC, CompareOp: GEQ, MajorVersion: 4, MinorVersion: 0, BuildNumber: 0, QfeNumber: 0, Action: Allow }
      - { Priority: 1, UserAgent: OC, CompareOp: LSS, MajorVersion: 15, MinorVersion: 0, BuildNumber: 4517, QfeNumber: 1004, Action: BlockAndUpgrade }
      - { Priority: 0, UserAgent: OC, CompareOp: GEQ, MajorVersion: 0, MinorVersion: 0, BuildNumber: 0, QfeNumber: 0, Action: Allow, Enabled: false }
`,
      `# What a rule is about cannot be read: it may be the one that blocks.
${twoFactorPool}CsClientVersionConfiguration:
  - { Identity: Global, Enabled: true }
CsClientVersionPolicy:
  - Identity: Global
    Rules:
      - System.Object
      - { UserAgent: OC, CompareOp: GEQ, MajorVersion: 4, MinorVersion: 0, BuildNumber: 0, QfeNumber: 0, Action: Allow }
`,
    ],
  },
});
