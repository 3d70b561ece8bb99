import { conflictOn } from '../linter/collocation.ts';
import { rule } from '../linter/rule.ts';
import type { Deployment } from '../model/deployment.ts';
import type { LyncObject } from '../model/object.ts';
import { place, type Place } from '../model/place.ts';
import { namesOf } from '../model/references.ts';
import { fqdnOf, poolOf, roleOf } from '../model/topology.ts';
import { parseIdentity } from '../schema/identity.ts';

export default rule({
  id: 'no-collocated-role',
  severity: 'error',
  group: 'files',
  summary: 'Roles on a pool whose computers can have no other role.',
  why: 'An Edge Server stands in the perimeter network, where whatever else runs on it is within reach from outside. A Director and an Office Web Apps Server need computers of their own, too, and Persistent Chat can share only those of a Standard Edition server. Source: "Supported topologies in Lync Server 2013"; "Supported server collocation in Lync Server 2013".',
  remedy: 'Give the role a pool of its own in Topology Builder.',
  sections: ['CsPool', 'CsService'],
  object: function* (object, deployment) {
    const pool = object.section.name === 'CsPool' ? fqdnOf(object) : poolOf(object);
    const conflict = pool === undefined ? undefined : conflictOn(pool, deployment);
    const at = pool && conflict && placeOf(object, pool, conflict.roles, deployment);
    if (!conflict || !at) return;
    yield { at, message: conflict.message };
  },
  shell: [
    {
      text: 'See what the published topology has on a pool:',
      commands: ["Get-CsService -PoolFqdn 'edge01.contoso.com' | Select-Object Role, Identity"],
    },
  ],
  examples: {
    bad: [
      `CsPool:
  - Identity: edge01.contoso.com
    Services:
      - EdgeServer:edge01.contoso.com
      - MediationServer:edge01.contoso.com
      # ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ no-collocated-role
`,
      `CsService:
  - { Identity: Director:dir01.contoso.com }
  - { Identity: WebServer:dir01.contoso.com }
  - Identity: MediationServer:dir01.contoso.com
    #         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ no-collocated-role
`,
      `CsPool:
  - Identity: pool01.contoso.com
    Computers: [fe01.contoso.com, fe02.contoso.com]
    Services:
      - Registrar:pool01.contoso.com
      - UserServer:pool01.contoso.com
      - WebServer:pool01.contoso.com
      - PersistentChatServer:pool01.contoso.com
      # ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ no-collocated-role
`,
      `CsService:
  - { Identity: MediationServer:med01.contoso.com }
  - Identity: WacService:med01.contoso.com
    #         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ no-collocated-role
`,
    ],
    good: [
      `CsPool:
  - { Identity: edge01.contoso.com, Services: [EdgeServer:edge01.contoso.com] }
  - { Identity: dir01.contoso.com, Services: [Director:dir01.contoso.com, WebServer:dir01.contoso.com] }
  - { Identity: chat01.contoso.com, Services: [PersistentChatServer:chat01.contoso.com] }
  - { Identity: wac01.contoso.com, Services: [WacService:wac01.contoso.com] }
`,
    ],
    near: [
      `# The topology is replicated to every server, and a Director has web services and applications.
CsService:
  - { Identity: EdgeServer:edge01.contoso.com }
  - { Identity: ManagementServer:edge01.contoso.com }
  - { Identity: Registrar:dir01.contoso.com, IsDirector: true, WebServer: WebServer:dir01.contoso.com }
  - { Identity: WebServer:dir01.contoso.com }
  - { Identity: ApplicationServer:dir01.contoso.com }
`,
      `# A Standard Edition server may have Persistent Chat and its databases.
CsPool:
  - Identity: se01.contoso.com
    Services:
      - Registrar:se01.contoso.com
      - UserServer:se01.contoso.com
      - WebServer:se01.contoso.com
      - UserDatabase:se01.contoso.com
      - PersistentChatServer:se01.contoso.com
      - PersistentChatDatabase:se01.contoso.com
`,
      `# Mediation Servers and trusted applications may share the computers of a Front End pool.
CsPool:
  - Identity: pool01.contoso.com
    Computers: [fe01.contoso.com, fe02.contoso.com]
    Services:
      - Registrar:pool01.contoso.com
      - UserServer:pool01.contoso.com
      - WebServer:pool01.contoso.com
      - MediationServer:pool01.contoso.com
      - ExternalServer:pool01.contoso.com
`,
      `# Which edition the pool is, is in no file.
CsPool:
  - { Identity: pool01.contoso.com, Services: [Registrar:pool01.contoso.com, UserServer:pool01.contoso.com, WebServer:pool01.contoso.com, PersistentChatServer:pool01.contoso.com] }
`,
    ],
  },
});

/** It is said once of a pool: in its own list where that has one of the roles, else of the first service that has. */
function placeOf(
  object: LyncObject,
  pool: string,
  roles: readonly string[],
  deployment: Deployment,
): Place | undefined {
  const isWrong = (role: string | undefined): boolean => roles.includes(role?.toLowerCase() ?? '');
  const listed = deployment.find('CsPool', pool);
  const services = listed?.setProperty('Services');
  const names = listed && services ? Array.from(namesOf(listed, services, 'CsService')) : [];
  const item = names.find(({ node }) => isWrong(parseIdentity(node.text).role));
  if (item) return object === listed ? place(object.file, item.block, item.node) : undefined;
  const first = deployment.topology.servicesOf(pool).find((service) => isWrong(roleOf(service)));
  return object === first ? object.at : undefined;
}
