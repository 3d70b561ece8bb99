import { twoFactorPool } from '../linter/examples.ts';
import { rule } from '../linter/rule.ts';
import type { Deployment } from '../model/deployment.ts';
import type { LyncObject } from '../model/object.ts';
import { poolOf, roleOf } from '../model/topology.ts';
import { divided, directorService, edgesInFrontOf, poolsBehind } from '../model/wayIn.ts';
import { quoted } from '../model/wording.ts';

export default rule({
  id: 'no-shared-2fa-edge',
  severity: 'warning',
  group: 'passive',
  summary: 'Edge pools and Directors that two-factor pools share with pools where a password is enough.',
  why: 'What must be off on an Edge pool or a Director for two factors is then off for everybody who comes in there, or it is left on and a password is enough. Microsoft strongly recommends Edge pools, Directors and pools for two-factor users alone. Source: "Planning for two-factor authentication in Lync Server 2013".',
  remedy: 'Give two-factor pools an Edge pool and a Director of their own, in Topology Builder.',
  needs: ['CsWebServiceConfiguration', 'CsService'],
  sections: ['CsService'],
  object: function* (service, deployment) {
    const pool = poolOf(service);
    const noun = nounOf(service, deployment);
    if (pool === undefined || noun === undefined) return;
    const { twoFactor, password } = divided(poolsBehind(pool, deployment), deployment);
    if (twoFactor.length === 0 || password.length === 0) return;
    // Said of the Edge pool where that is shared, and not once more of the Director behind it.
    if (noun === 'Director' && edgesInFrontOf(pool, deployment).some((edge) => isShared(edge, deployment)))
      return;
    yield {
      message: `${quoted(twoFactor)}, with two factors, and ${quoted(password)}, where a password is enough, share the ${noun} '${pool}'. Either passwords sign in through it from everywhere, or users of ${quoted(password)} cannot sign in through it at all. Give two-factor pools their own ${noun}.`,
    };
  },
  shell: [
    {
      text: 'When Topology Builder has published the new Edge pool, give it to the two-factor pool there, or by:',
      commands: [
        "Set-CsRegistrar -Identity 'Registrar:pool01.contoso.com' -EdgeServer 'EdgeServer:edge02.contoso.com'",
        "Set-CsConferenceServer -Identity 'ConferencingServer:pool01.contoso.com' -EdgeServer 'EdgeServer:edge02.contoso.com'",
      ],
    },
  ],
  examples: {
    bad: [
      `${twoFactorPool}CsService:
  - { Identity: Registrar:pool01.contoso.com, EdgeServer: EdgeServer:edge01.contoso.com }
  - { Identity: Registrar:pool02.contoso.com, EdgeServer: EdgeServer:edge01.contoso.com }
  - Identity: EdgeServer:edge01.contoso.com
    #         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ no-shared-2fa-edge
    Registrar: Director:dir01.contoso.com
  - { Identity: Director:dir01.contoso.com }
`,
      `# Each has an Edge pool, and both Edge pools have the same next hop.
${twoFactorPool}CsService:
  - { Identity: Registrar:pool01.contoso.com, EdgeServer: EdgeServer:edge01.contoso.com }
  - { Identity: Registrar:pool02.contoso.com, EdgeServer: EdgeServer:edge02.contoso.com }
  - { Identity: EdgeServer:edge01.contoso.com, Registrar: Director:dir01.contoso.com }
  - { Identity: EdgeServer:edge02.contoso.com, Registrar: Director:dir01.contoso.com }
  - Identity: Director:dir01.contoso.com
    #         ^^^^^^^^^^^^^^^^^^^^^^^^^^ no-shared-2fa-edge
`,
    ],
    good: [
      `${twoFactorPool}CsService:
  - { Identity: Registrar:pool01.contoso.com, EdgeServer: EdgeServer:edge01.contoso.com }
  - { Identity: Registrar:pool02.contoso.com, EdgeServer: EdgeServer:edge02.contoso.com }
  - { Identity: EdgeServer:edge01.contoso.com }
  - { Identity: EdgeServer:edge02.contoso.com }
`,
    ],
    near: [
      `# A pool that lync.config.yaml names has two factors, too.
#- lync.config.yaml
twoFactor:
  pools:
    - { pool: pool02.contoso.com, method: RsaSecurId }
#- deployment.lync.yaml
${twoFactorPool}CsService:
  - { Identity: Registrar:pool01.contoso.com, EdgeServer: EdgeServer:edge01.contoso.com }
  - { Identity: Registrar:pool02.contoso.com, EdgeServer: EdgeServer:edge01.contoso.com }
  - { Identity: EdgeServer:edge01.contoso.com, Registrar: Registrar:pool01.contoso.com }
`,
      `# A branch appliance has no web services; its people sign in by those of the two-factor pool.
${twoFactorPool}  - { Identity: Global, UseWsFedPassiveAuth: false }
CsService:
  - { Identity: Registrar:pool01.contoso.com, EdgeServer: EdgeServer:edge01.contoso.com }
  - { Identity: Registrar:sba01.contoso.com, UserServer: UserServer:pool01.contoso.com, EdgeServer: EdgeServer:edge01.contoso.com }
  - { Identity: EdgeServer:edge01.contoso.com }
`,
      `# The Director uses the Edge pool of the pool that it stands in front of.
${twoFactorPool}CsService:
  - { Identity: Registrar:pool01.contoso.com, EdgeServer: EdgeServer:edge01.contoso.com }
  - { Identity: Registrar:dir01.contoso.com, IsDirector: true, EdgeServer: EdgeServer:edge01.contoso.com }
  - { Identity: EdgeServer:edge01.contoso.com, Registrar: Registrar:dir01.contoso.com }
`,
    ],
  },
});

/** `undefined` for a service that is neither, and for one that does not stand for its pool. */
function nounOf(service: LyncObject, deployment: Deployment): 'Edge pool' | 'Director' | undefined {
  if (roleOf(service)?.toLowerCase() === 'edgeserver') return 'Edge pool';
  const pool = poolOf(service);
  return pool !== undefined && directorService(pool, deployment) === service ? 'Director' : undefined;
}

function isShared(edge: string, deployment: Deployment): boolean {
  const { twoFactor, password } = divided(deployment.topology.poolsBehindEdge(edge), deployment);
  return twoFactor.length > 0 && password.length > 0;
}
