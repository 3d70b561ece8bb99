import { rule } from '../linter/rule.ts';
import type { Deployment } from '../model/deployment.ts';
import { poolKind, rolesOfPool, type PoolKind } from '../model/poolKind.ts';
import { poolOf, roleOf } from '../model/topology.ts';
import { referenceName } from '../model/values.ts';
import { parseIdentity } from '../schema/identity.ts';

/** The kinds of pool that cannot be a next hop, as the message names them. */
const unfit: Readonly<Partial<Record<PoolKind, string>>> = {
  edge: 'is an Edge pool itself, and leads out of the network again',
  branch: 'is a survivable branch appliance, which serves its own branch alone',
  mediation: 'only has Mediation Servers, which know no users',
  gateway: 'is a PSTN gateway',
  database: 'is a database server',
  fileStore: 'is a file server',
};

/** Roles that are on a next hop, whichever of its services the files have. */
const fitting = ['registrar', 'director', 'userserver', 'webserver', 'conferencingserver'];

export default rule({
  id: 'valid-edge-next-hop',
  severity: 'error',
  group: 'files',
  summary: 'Edge pools whose next hop can sign nobody in.',
  why: 'An Edge pool hands whoever comes from outside on to its next hop, which finds out who it is and where he is at home. That is a Front End pool, a Standard Edition server or a Director. Behind anything else nobody signs in from outside, and federation fails. Source: help of Set-CsEdgeServer; "Define your Edge topology in Lync Server 2013".',
  remedy: 'Make a Front End pool, a Standard Edition server or a Director the next hop of the Edge pool.',
  sections: ['CsService'],
  object: function* (service, deployment) {
    if (roleOf(service)?.toLowerCase() !== 'edgeserver') return;
    const edge = poolOf(service) ?? service.subject;
    const property = service.property('Registrar');
    if (!property) return;
    const name = referenceName(property.value)?.trim() ?? '';
    if (!service.setProperty('Registrar') || name === '') {
      yield {
        at: service.placeOf(property),
        message: `The Edge pool '${edge}' has no next hop, so nobody who comes from outside gets any further. Name the Registrar of a Front End pool or Standard Edition server, or a Director.`,
      };
      return;
    }
    const hop = parseIdentity(name).name;
    const what = deployment.resolves('CsService', name) ? unfitness(hop, deployment) : undefined;
    if (what === undefined) return;
    const target = deployment.find('CsService', name);
    yield {
      at: service.placeOf(property),
      message: `The next hop of the Edge pool '${edge}' must sign people in, and '${hop}' ${what}. Name the Registrar of a Front End pool or Standard Edition server, or a Director.`,
      related: [target && target !== service ? { at: target.at, message: `'${hop}' is this` } : undefined],
    };
  },
  shell: [
    {
      text: 'The next hop is changed in Topology Builder, or by:',
      commands: [
        "Set-CsEdgeServer -Identity 'EdgeServer:edge01.contoso.com' -Registrar 'Registrar:pool01.contoso.com'",
      ],
    },
  ],
  examples: {
    bad: [
      `CsService:
  - { Identity: Registrar:pool01.contoso.com, UserServer: UserServer:pool01.contoso.com }
  - { Identity: UserServer:pool01.contoso.com }
  - { Identity: Registrar:sba01.contoso.com, UserServer: UserServer:pool01.contoso.com }
  - { Identity: MediationServer:sba01.contoso.com, Registrar: Registrar:sba01.contoso.com }
  - Identity: EdgeServer:edge01.contoso.com
    Registrar: Registrar:sba01.contoso.com
    #          ^^^^^^^^^^^^^^^^^^^^^^^^^^^ valid-edge-next-hop
`,
      `# Another Edge pool is no way in, and neither is a Mediation Server.
CsService:
  - { Identity: Registrar:pool01.contoso.com }
  - { Identity: MediationServer:med01.contoso.com, Registrar: Registrar:pool01.contoso.com }
  - Identity: EdgeServer:edge01.contoso.com
    Registrar: EdgeServer:edge02.contoso.com
    #          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ valid-edge-next-hop
  - Identity: EdgeServer:edge02.contoso.com
    Registrar: MediationServer:med01.contoso.com
    #          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ valid-edge-next-hop
`,
      `# As an export writes what is not set.
CsService:
  - Identity: EdgeServer:edge01.contoso.com
    Registrar:
   #^^^^^^^^^ valid-edge-next-hop
`,
    ],
    good: [
      `CsService:
  - { Identity: Registrar:pool01.contoso.com, UserServer: UserServer:pool01.contoso.com }
  - { Identity: UserServer:pool01.contoso.com }
  - { Identity: Director:dir01.contoso.com }
  - { Identity: EdgeServer:edge01.contoso.com, Registrar: Registrar:pool01.contoso.com }
  - { Identity: EdgeServer:edge02.contoso.com, Registrar: Director:dir01.contoso.com }
`,
    ],
    near: [
      `# A Director may be printed as a Registrar.
CsService:
  - { Identity: Registrar:dir01.contoso.com, IsDirector: true }
  - { Identity: EdgeServer:edge01.contoso.com, Registrar: Registrar:dir01.contoso.com }
`,
      `# The Mediation Servers are on the Front End Servers, as is usual.
CsService:
  - { Identity: Registrar:pool01.contoso.com, UserServer: UserServer:pool01.contoso.com }
  - { Identity: UserServer:pool01.contoso.com }
  - { Identity: MediationServer:pool01.contoso.com, Registrar: Registrar:pool01.contoso.com }
  - { Identity: EdgeServer:edge01.contoso.com, Registrar: Registrar:pool01.contoso.com }
`,
      `# Whether this Registrar is one of a branch is in no file.
CsService:
  - { Identity: Registrar:pool01.contoso.com }
  - { Identity: EdgeServer:edge01.contoso.com, Registrar: Registrar:pool01.contoso.com }
`,
      `# Which Edge pool is meant is not written here.
CsService:
  - { Identity: EdgeServer:edge01.contoso.com }
`,
    ],
  },
});

/** Why a pool can be no next hop; `undefined` for one that can, and where the files do not say. */
function unfitness(pool: string, deployment: Deployment): string | undefined {
  const roles = rolesOfPool(pool, deployment);
  if (roles.size === 0) return undefined;
  const known = unfit[poolKind(pool, deployment) ?? 'other'];
  if (known !== undefined) return known;
  return fitting.some((role) => roles.has(role)) ? undefined : `only has ${[...roles.values()].join(', ')}`;
}
