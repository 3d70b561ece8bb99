import type { Report } from '../linter/finding.ts';
import { rule } from '../linter/rule.ts';
import type { Deployment } from '../model/deployment.ts';
import { poolOf } from '../model/topology.ts';
import { isWebServer, webName, webNames, type WebName } from '../model/webNames.ts';

export default rule({
  id: 'unique-web-fqdn',
  severity: 'error',
  group: 'files',
  summary: 'Web services of two pools under one name, and internal names that are the name of a pool.',
  why: 'Clients find the web services of their own pool by these names: with one name for two pools, address book, meetings and sign-in of one of them end at the other. An internal name that is set must not be the name of the pool either: it is there for pools that are balanced by DNS, where web services need a name of their own at the load balancer. Source: "Change the Web Services URL in Lync Server 2013"; "Define and configure a Front End pool or Standard Edition server"; "Add Front End Web Services".',
  remedy:
    "Give each Front End pool, Standard Edition server and Director an external name of its own; leave the internal name empty where it is the pool's.",
  sections: ['CsService'],
  lacks: (service, deployment) => isWebServer(service) && !deployment.has('CsPool'),
  object: function* (service, deployment) {
    const pool = poolOf(service);
    if (pool === undefined || !isWebServer(service)) return;
    const external = webName(service, 'external');
    if (external) yield* sharedName(external, deployment);
    const internal = webName(service, 'internal');
    if (!internal) return;
    const at = service.placeOf(internal.property);
    if (isSame(internal.name, pool)) {
      // One server is its pool, and then the name is no other.
      if (!hasServersOfOtherNames(pool, deployment)) return;
      yield {
        at,
        message: `The web services of '${pool}' have the name of the pool itself as ${internal.property.name}, but one that is set must be another: it is there for DNS load balancing, which needs a name for web services alone. Set another, or leave it empty where a hardware load balancer serves the pool's name.`,
      };
      return;
    }
    if (deployment.find('CsPool', internal.name)) {
      yield {
        at,
        message: `The web services of '${pool}' have the name of another pool, '${internal.name}', as ${internal.property.name}: clients inside end there. Give them a name of their own.`,
      };
      return;
    }
    yield* sharedName(internal, deployment);
  },
  examples: {
    bad: [
      `CsService:
  - { Identity: WebServer:pool01.contoso.com, ExternalFqdn: web.contoso.com }
  - Identity: WebServer:pool02.contoso.com
    ExternalFqdn: Web.contoso.com
    #             ^^^^^^^^^^^^^^^ unique-web-fqdn
`,
      `CsPool:
  - { Identity: pool01.contoso.com, Computers: [fe01.contoso.com, fe02.contoso.com] }
CsService:
  - Identity: WebServer:pool01.contoso.com
    InternalFqdn: pool01.contoso.com
    #             ^^^^^^^^^^^^^^^^^^ unique-web-fqdn
`,
      `# A Director is a pool like any other here.
CsPool:
  - { Identity: pool01.contoso.com }
  - { Identity: dir01.contoso.com }
CsService:
  - Identity: WebServer:dir01.contoso.com
    InternalFqdn: pool01.contoso.com
    #             ^^^^^^^^^^^^^^^^^^ unique-web-fqdn
  - { Identity: WebServer:pool01.contoso.com }
`,
    ],
    good: [
      `CsPool:
  - { Identity: pool01.contoso.com, Computers: [fe01.contoso.com, fe02.contoso.com] }
  - { Identity: pool02.contoso.com, Computers: [fe03.contoso.com, fe04.contoso.com] }
CsService:
  - { Identity: WebServer:pool01.contoso.com, ExternalFqdn: web01.contoso.com, InternalFqdn: webint01.contoso.com }
  - { Identity: WebServer:pool02.contoso.com, ExternalFqdn: web02.contoso.com, InternalFqdn: null }
`,
    ],
    near: [
      `# A Standard Edition server is its pool, and its web services have its name inside, and may have it outside.
CsPool:
  - { Identity: se01.contoso.com, Computers: [se01.contoso.com] }
CsService:
  - { Identity: WebServer:se01.contoso.com, ExternalFqdn: se01.contoso.com, InternalFqdn: se01.contoso.com }
`,
      `# One name inside and outside, told apart by DNS, is for one pool.
CsPool:
  - { Identity: pool01.contoso.com, Computers: [fe01.contoso.com, fe02.contoso.com] }
CsService:
  - { Identity: WebServer:pool01.contoso.com, ExternalFqdn: web01.contoso.com, InternalFqdn: web01.contoso.com }
`,
      `# Which servers the pool has is in no file: it may be one.
CsService:
  - { Identity: WebServer:pool01.contoso.com, InternalFqdn: pool01.contoso.com }
`,
    ],
  },
});

function* sharedName({ name, service, property }: WebName, deployment: Deployment): Generator<Report> {
  const pool = poolOf(service);
  // Of two pools it is said of the second.
  const [first] = webNames(deployment).get(name.toLowerCase()) ?? [];
  const other = first && poolOf(first.service);
  if (!first || pool === undefined || other === undefined || isSame(other, pool)) return;
  yield {
    at: service.placeOf(property),
    message: `The web services of '${pool}' and of '${other}' are both called '${name}', so clients of one pool end at the other. Give each pool a name of its own.`,
    related: [{ at: first.service.placeOf(first.property), message: `The name of '${other}'` }],
  };
}

/** Whether the files say that a pool is more than one server of the same name. */
function hasServersOfOtherNames(pool: string, deployment: Deployment): boolean {
  return deployment.topology.computersOf(pool).every((computer) => !isSame(computer, pool));
}

function isSame(name: string, other: string): boolean {
  return name.toLowerCase() === other.toLowerCase();
}
