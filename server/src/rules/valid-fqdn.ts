import { rule } from '../linter/rule.ts';
import { hostNameProblem, hostNamesIn, interfaceNames, isForeignHost } from '../model/hostNames.ts';

export default rule({
  id: 'valid-fqdn',
  severity: 'error',
  group: 'files',
  summary: 'Names of pools, computers and interfaces that no host can have.',
  why: 'These names stand in DNS and in certificates, and both take letters, digits and hyphens between dots. With an underscore the name often works inside, and not outside, where public DNS and certification authorities refuse it. Source: "Define your edge topology" and "Define and configure a Front End pool or Standard Edition server in Lync Server 2013"; RFC 1123 for lengths and hyphens.',
  remedy:
    'Use letters, digits and hyphens. The name of a pool cannot be changed once it is published: define a new pool, and move the users.',
  sections: ['CsPool', 'CsComputer', 'CsService'],
  object: function* (object, deployment) {
    for (const { name, of, at } of hostNamesIn(object, deployment)) {
      if (hostNameProblem(name) === undefined) continue;
      const problem = hostNameProblem(name, { foreign: isForeignHost(name, deployment) });
      if (problem === undefined) continue;
      const says =
        of === 'pool' || of === 'computer'
          ? `cannot be the name of a ${of}`
          : `in ${of} is no name of a host`;
      yield {
        at,
        message: `'${name}' ${says}: ${problem}. DNS and certificates take letters, digits and hyphens between dots.`,
      };
    }
  },
  fixes: function* ({ object }) {
    if (object?.section.name !== 'CsService') return;
    for (const property of interfaceNames) {
      const text = object.text(property)?.trim() ?? '';
      if (!/^https?:/i.test(text) || !URL.canParse(text)) continue;
      const { hostname } = new URL(text);
      if (hostname === '' || hostNameProblem(hostname) !== undefined) continue;
      yield {
        title: `Set ${property} ${hostname}`,
        changes: [{ kind: 'set', object, property, value: hostname }],
        onlyByHand: true,
      };
    }
  },
  examples: {
    bad: [
      `CsPool:
  - Identity: pool_01.contoso.com
    #         ^^^^^^^^^^^^^^^^^^^ valid-fqdn
    Computers: [fe01.contoso.com]
CsComputer:
  - { Identity: fe01.contoso.com, Pool: pool_01.contoso.com }
  - Identity: fe02-.contoso.com
    #         ^^^^^^^^^^^^^^^^^ valid-fqdn
    Pool: pool_01.contoso.com
`,
      `CsService:
  - Identity: WebServer:pool01.contoso.com
    ExternalFqdn: https://web01.contoso.com/
    #             ^^^^^^^^^^^^^^^^^^^^^^^^^^ valid-fqdn
  - Identity: EdgeServer:edge01.contoso.com
    AccessEdgeExternalFqdn: sip..contoso.com
    #                       ^^^^^^^^^^^^^^^^ valid-fqdn
`,
      `# Nothing but the pool names this server.
CsPool:
  - Identity: pool01.contoso.com
    Computers:
      - fe01.contoso.com
      - fe 02.contoso.com
      # ^^^^^^^^^^^^^^^^^ valid-fqdn
`,
    ],
    good: [
      `CsPool:
  - { Identity: pool01.contoso.com, Computers: [fe01.contoso.com] }
CsComputer:
  - { Identity: fe01.contoso.com, Pool: pool01.contoso.com }
CsService:
  - { Identity: WebServer:pool01.contoso.com, ExternalFqdn: web-01.contoso.com, InternalFqdn: null }
`,
    ],
    near: [
      `# Case is free, short names occur, and a gateway may be there by its address.
CsPool:
  - { Identity: POOL01.Contoso.com, Computers: [FE01.Contoso.com] }
  - { Identity: WAC01 }
  - { Identity: 10.1.1.20 }
  - { Identity: "2001:db8::20" }
CsComputer:
  - { Identity: FE01.Contoso.com, Pool: POOL01.Contoso.com }
CsService:
  - { Identity: WacService:WAC01 }
  - { Identity: PstnGateway:10.1.1.20 }
  - { Identity: "PstnGateway:2001:db8::20" }
`,
      `# Windows and SQL Server take an underscore, and Lync is not installed there.
CsPool:
  - { Identity: sql_01.contoso.com }
CsService:
  - { Identity: UserDatabase:sql_01.contoso.com }
`,
    ],
  },
});
