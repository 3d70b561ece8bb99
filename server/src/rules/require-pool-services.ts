import { branchProblem, incompleteness } from '../linter/poolGaps.ts';
import { rule } from '../linter/rule.ts';
import type { Deployment } from '../model/deployment.ts';
import type { LyncObject } from '../model/object.ts';
import { isFrontEnd, isWithoutFrontEnd } from '../model/poolServices.ts';
import { fqdnOf, poolOf } from '../model/topology.ts';

export default rule({
  id: 'require-pool-services',
  severity: 'error',
  group: 'files',
  summary: 'Pools that lack a service they cannot do without, and central sites without a Front End pool.',
  why: 'A Front End pool and a Standard Edition server sign people in, keep their contacts and meetings, and give them web pages, meeting content and the address book: that takes a Registrar, user services, web services, a user database and a file store. A branch appliance has a Registrar and Mediation Servers, and leaves the rest to a pool of its central site. Only what the files would show is missed. Source: "Supported topologies in Lync Server 2013"; "Define and configure a Front End pool or Standard Edition server in Lync Server 2013"; "Define a Survivable Branch Appliance or Server in Lync Server 2013".',
  remedy: 'Complete the pool in Topology Builder, or export the services that the files leave out.',
  sections: ['CsSite', 'CsPool', 'CsService'],
  object: function* (object, deployment) {
    if (object.section.name === 'CsSite') {
      if (isWithoutFrontEnd(object, deployment))
        yield {
          message: `The central site '${object.subject}' has neither a Front End pool nor a Standard Edition server, so it can home nobody. Add one, or make it a branch site.`,
        };
      return;
    }
    const pool = object.section.name === 'CsPool' ? fqdnOf(object) : poolOf(object);
    if (pool === undefined || spokesman(pool, deployment) !== object) return;
    const message =
      isFrontEnd(pool, deployment) === true
        ? incompleteness(pool, deployment)
        : branchProblem(pool, deployment);
    if (message !== undefined) yield { message };
  },
  shell: [
    {
      text: 'See what the published topology has on the pool, and what it names:',
      commands: ["Get-CsService -PoolFqdn 'pool01.contoso.com'"],
    },
  ],
  examples: {
    bad: [
      `CsPool:
  - Identity: pool01.contoso.com
    #         ^^^^^^^^^^^^^^^^^^ require-pool-services
    Services: [Registrar:pool01.contoso.com, UserServer:pool01.contoso.com]
`,
      `# The first pool shows that file stores and databases are in the files.
CsService:
  - { Identity: Registrar:pool01.contoso.com, UserServer: UserServer:pool01.contoso.com, WebServer: WebServer:pool01.contoso.com }
  - { Identity: UserServer:pool01.contoso.com, UserDatabase: UserDatabase:sql01.contoso.com }
  - { Identity: WebServer:pool01.contoso.com, FileStore: FileStore:files01.contoso.com }
  - { Identity: UserDatabase:sql01.contoso.com }
  - { Identity: FileStore:files01.contoso.com }
  - Identity: Registrar:pool02.contoso.com
    #         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ require-pool-services
    UserServer: UserServer:pool02.contoso.com
    WebServer: WebServer:pool02.contoso.com
  - { Identity: UserServer:pool02.contoso.com, UserDatabase: null }
  - { Identity: WebServer:pool02.contoso.com, FileStore: null }
`,
      `# A branch appliance without a pool for the contacts of its people.
CsService:
  - { Identity: Registrar:pool01.contoso.com, UserServer: UserServer:pool01.contoso.com }
  - { Identity: UserServer:pool01.contoso.com }
  - Identity: Registrar:sba01.contoso.com
    #         ^^^^^^^^^^^^^^^^^^^^^^^^^^^ require-pool-services
    UserServer: null
  - { Identity: MediationServer:sba01.contoso.com, Registrar: Registrar:sba01.contoso.com }
`,
      `# One branch appliance cannot rely on another.
CsService:
  - { Identity: Registrar:pool01.contoso.com, UserServer: UserServer:pool01.contoso.com }
  - { Identity: UserServer:pool01.contoso.com }
  - { Identity: Registrar:sba01.contoso.com, UserServer: UserServer:pool01.contoso.com }
  - Identity: Registrar:sba02.contoso.com
    #         ^^^^^^^^^^^^^^^^^^^^^^^^^^^ require-pool-services
    UserServer: Registrar:sba01.contoso.com
`,
      `CsSite:
  - Identity: Site:Redmond
    #         ^^^^^^^^^^^^ require-pool-services
    SiteType: CentralSite
    Pools: [edge01.contoso.com]
CsPool:
  - { Identity: edge01.contoso.com, Services: [EdgeServer:edge01.contoso.com], Site: Site:Redmond }
CsService:
  - { Identity: EdgeServer:edge01.contoso.com, SiteId: Site:Redmond }
`,
    ],
    good: [
      `CsSite:
  - { Identity: Site:Redmond, SiteType: CentralSite, Pools: [pool01.contoso.com, sql01.contoso.com, files01.contoso.com] }
CsPool:
  - { Identity: pool01.contoso.com, Services: [Registrar:pool01.contoso.com, UserServer:pool01.contoso.com, WebServer:pool01.contoso.com] }
  - { Identity: sql01.contoso.com, Services: [UserDatabase:sql01.contoso.com] }
  - { Identity: files01.contoso.com, Services: [FileStore:files01.contoso.com] }
CsService:
  - { Identity: Registrar:pool01.contoso.com, UserServer: UserServer:pool01.contoso.com, WebServer: WebServer:pool01.contoso.com }
  - { Identity: UserServer:pool01.contoso.com, UserDatabase: UserDatabase:sql01.contoso.com }
  - { Identity: WebServer:pool01.contoso.com, FileStore: FileStore:files01.contoso.com }
  - { Identity: UserDatabase:sql01.contoso.com }
  - { Identity: FileStore:files01.contoso.com }
`,
    ],
    near: [
      `# Branch appliances and Directors have no user services; the people of the branch have theirs on a pool.
CsService:
  - { Identity: Registrar:pool01.contoso.com, UserServer: UserServer:pool01.contoso.com, WebServer: WebServer:pool01.contoso.com }
  - { Identity: UserServer:pool01.contoso.com }
  - { Identity: WebServer:pool01.contoso.com }
  - { Identity: Registrar:sba01.contoso.com, UserServer: UserServer:pool01.contoso.com }
  - { Identity: MediationServer:sba01.contoso.com, Registrar: Registrar:sba01.contoso.com }
  - { Identity: Director:dir01.contoso.com, WebServer: WebServer:dir01.contoso.com }
  - { Identity: WebServer:dir01.contoso.com }
`,
      `# No file has a service of a pool, only its name.
CsPool:
  - { Identity: pool01.contoso.com }
`,
      `# Only the Registrars were exported, so that a pool has no other services here says nothing.
CsService:
  - { Identity: Registrar:pool01.contoso.com, UserServer: UserServer:pool01.contoso.com, WebServer: WebServer:pool01.contoso.com }
  - { Identity: Registrar:pool02.contoso.com, UserServer: UserServer:pool02.contoso.com, WebServer: WebServer:pool02.contoso.com }
`,
      `# File stores and databases are on servers of their own, and no file has them, nor what services name.
CsPool:
  - { Identity: pool01.contoso.com, Services: [Registrar:pool01.contoso.com, UserServer:pool01.contoso.com, WebServer:pool01.contoso.com] }
CsService:
  - { Identity: Registrar:pool01.contoso.com, PoolFqdn: pool01.contoso.com, Version: 6 }
  - { Identity: UserServer:pool01.contoso.com, PoolFqdn: pool01.contoso.com, Version: 6 }
  - { Identity: WebServer:pool01.contoso.com, PoolFqdn: pool01.contoso.com, Version: 6 }
`,
      `# What stands in this site, besides the Edge pool, is in no file.
CsSite:
  - { Identity: Site:Redmond, SiteType: CentralSite, Pools: [edge01.contoso.com, pool01.contoso.com] }
CsPool:
  - { Identity: edge01.contoso.com, Services: [EdgeServer:edge01.contoso.com] }
  - { Identity: pool01.contoso.com }
CsService:
  - { Identity: EdgeServer:edge01.contoso.com }
`,
      `# Only the gateways and Mediation Servers were exported, so what else runs on the pool is not known.
CsSite:
  - { Identity: Site:Redmond, SiteType: CentralSite, Pools: [pool01.contoso.com] }
CsPool:
  - { Identity: pool01.contoso.com }
CsService:
  - { Identity: MediationServer:pool01.contoso.com, PstnGateway: PstnGateway:gw01.contoso.com }
  - { Identity: PstnGateway:gw01.contoso.com, MediationServer: MediationServer:pool01.contoso.com }
`,
      `# A branch site needs no Front End pool.
CsSite:
  - { Identity: Site:Galway, SiteType: RemoteSite, Pools: [gw01.contoso.com] }
CsPool:
  - { Identity: gw01.contoso.com, Services: [PstnGateway:gw01.contoso.com] }
CsService:
  - { Identity: PstnGateway:gw01.contoso.com }
`,
    ],
  },
});

/** The object of which it is said what a pool lacks: the pool, else its Registrar, else its user services. */
function spokesman(pool: string, deployment: Deployment): LyncObject | undefined {
  const { topology } = deployment;
  return (
    deployment.find('CsPool', pool) ??
    topology.service(pool, 'Registrar') ??
    topology.service(pool, 'UserServer')
  );
}
