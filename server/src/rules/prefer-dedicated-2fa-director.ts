import { twoFactorPool } from '../linter/examples.ts';
import { rule } from '../linter/rule.ts';
import { poolKind } from '../model/poolKind.ts';
import { poolOf, roleOf } from '../model/topology.ts';
import { quoted } from '../model/wording.ts';
import { divided, nextHopOf } from '../model/wayIn.ts';

const homes = ['frontEnd', 'standardEdition', 'registrar'];

export default rule({
  id: 'prefer-dedicated-2fa-director',
  severity: 'hint',
  group: 'passive',
  summary: 'Edge pools of two-factor pools that have no Director behind them.',
  why: 'Microsoft strongly recommends an Edge pool, a Director and a pool for two-factor users alone. Without a Director a pool that homes people is the first to ask everybody from outside who they are. Source: "Planning for two-factor authentication in Lync Server 2013".',
  remedy:
    'Add a Director for two-factor users in Topology Builder, and make it the next hop of their Edge pool.',
  needs: ['CsWebServiceConfiguration', 'CsService'],
  sections: ['CsService'],
  object: function* (service, deployment) {
    if (roleOf(service)?.toLowerCase() !== 'edgeserver') return;
    const edge = poolOf(service);
    const hop = edge === undefined ? undefined : nextHopOf(edge, deployment);
    const property = service.setProperty('Registrar');
    if (edge === undefined || hop === undefined || !property) return;
    if (!homes.includes(poolKind(hop, deployment) ?? '')) return;
    const { twoFactor } = divided(deployment.topology.poolsBehindEdge(edge), deployment);
    if (twoFactor.length === 0) return;
    yield {
      at: service.placeOf(property),
      message: `Two-factor users of ${quoted(twoFactor)} come in through the Edge pool '${edge}', whose next hop is '${hop}', a pool that homes people. Consider a Director of their own in front of it, which asks for the second factor before anybody reaches the pool.`,
    };
  },
  shell: [
    {
      text: 'When Topology Builder has published the Director, it is made the next hop of the Edge pool there, or by:',
      commands: [
        "Set-CsEdgeServer -Identity 'EdgeServer:edge01.contoso.com' -Registrar 'Registrar:dir01.contoso.com'",
      ],
    },
  ],
  examples: {
    bad: [
      `${twoFactorPool}CsService:
  - { Identity: Registrar:pool01.contoso.com, EdgeServer: EdgeServer:edge01.contoso.com }
  - Identity: EdgeServer:edge01.contoso.com
    Registrar: Registrar:pool01.contoso.com
    #          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ prefer-dedicated-2fa-director
`,
    ],
    good: [
      `${twoFactorPool}CsService:
  - { Identity: Registrar:pool01.contoso.com, EdgeServer: EdgeServer:edge01.contoso.com }
  - { Identity: EdgeServer:edge01.contoso.com, Registrar: Director:dir01.contoso.com }
  - { Identity: Director:dir01.contoso.com }
`,
    ],
    near: [
      `# Nobody has two factors behind this Edge pool.
${twoFactorPool}CsService:
  - { Identity: Registrar:pool01.contoso.com }
  - { Identity: Registrar:pool02.contoso.com, EdgeServer: EdgeServer:edge02.contoso.com }
  - { Identity: EdgeServer:edge02.contoso.com, Registrar: Registrar:pool02.contoso.com }
`,
      `# A Director is printed as a Registrar, too.
${twoFactorPool}CsService:
  - { Identity: Registrar:pool01.contoso.com, EdgeServer: EdgeServer:edge01.contoso.com }
  - { Identity: EdgeServer:edge01.contoso.com, Registrar: Registrar:dir01.contoso.com }
  - { Identity: Registrar:dir01.contoso.com, IsDirector: true }
`,
      `# The files do not say what the next hop is.
${twoFactorPool}CsService:
  - { Identity: Registrar:pool01.contoso.com, EdgeServer: EdgeServer:edge01.contoso.com }
  - { Identity: EdgeServer:edge01.contoso.com, Registrar: Registrar:dir01.contoso.com }
`,
    ],
  },
});
