import { limitOf } from '../linter/poolLimit.ts';
import { rule } from '../linter/rule.ts';
import type { Deployment } from '../model/deployment.ts';
import type { LyncObject } from '../model/object.ts';
import { fqdnOf } from '../model/topology.ts';

export default rule({
  id: 'valid-pool-size',
  severity: 'error',
  group: 'files',
  summary: 'Pools of more servers than their kind can have.',
  why: 'Microsoft supports pools of up to twelve Front End Servers, sixteen in Skype for Business Server 2019, and of up to ten Directors. A Standard Edition server keeps the user database itself, so there is exactly one of it. Where no file tells the version of a pool of thirteen to sixteen servers, that is for information. Source: "Supported topologies in Lync Server 2013"; "Capacity planning for Skype for Business Server 2019".',
  remedy: 'Divide the pool in two, or correct the list of its computers.',
  sections: ['CsPool', 'CsComputer'],
  object: function* (object, deployment) {
    const pool = object.section.name === 'CsPool' ? fqdnOf(object) : poolOfFirst(object, deployment);
    if (pool === undefined) return;
    const named = deployment.topology.namedComputersOf(pool);
    const computers = new Set(named.map((name) => name.toLowerCase())).size;
    const limit = computers > 1 ? limitOf(pool, computers, deployment) : undefined;
    if (!limit || computers <= limit.most) return;
    const isListed = object.section.name === 'CsPool';
    const property = object.setProperty(isListed ? 'Computers' : 'Pool');
    const at = property && (isListed ? object.keyPlaceOf(property) : object.placeOf(property));
    yield {
      ...(at ? { at } : {}),
      ...(limit.isUnsure ? { severity: 'info' as const } : {}),
      message: limit.message,
    };
  },
  shell: [
    {
      text: 'See which computers the published topology has in the pool, and what it runs:',
      commands: ["Get-CsPool -Identity 'pool01.contoso.com' | Select-Object Computers, Services"],
    },
  ],
  examples: {
    bad: [
      `CsPool:
  - Identity: pool01.contoso.com
    Services: [Registrar:pool01.contoso.com, UserServer:pool01.contoso.com, WebServer:pool01.contoso.com]
    Computers:
   #^^^^^^^^^ valid-pool-size
${computers('fe', 13)}
CsService:
  - { Identity: Registrar:pool01.contoso.com, UserServer: UserServer:pool01.contoso.com, Version: 6 }
  - { Identity: UserServer:pool01.contoso.com, UserDatabase: UserDatabase:sql01.contoso.com, Version: 6 }
  - { Identity: WebServer:pool01.contoso.com, FileStore: FileStore:files01.contoso.com, Version: 6 }
  - { Identity: UserDatabase:sql01.contoso.com }
  - { Identity: FileStore:files01.contoso.com }
`,
      `# A Standard Edition server: its user database is on itself.
CsPool:
  - Identity: se01.contoso.com
    Services: [Registrar:se01.contoso.com, UserServer:se01.contoso.com, WebServer:se01.contoso.com, UserDatabase:se01.contoso.com]
    Computers: [se01.contoso.com, se02.contoso.com]
   #^^^^^^^^^ valid-pool-size
`,
      `CsPool:
  - Identity: dir01.contoso.com
    Services: [Director:dir01.contoso.com, WebServer:dir01.contoso.com]
    Computers:
   #^^^^^^^^^ valid-pool-size
${computers('dir', 11)}
`,
      `# The computers alone say which pool they belong to: it is said of the first.
CsComputer:
  - Identity: fe01.contoso.com
    Pool: se01.contoso.com
    #     ^^^^^^^^^^^^^^^^ valid-pool-size
  - { Identity: fe02.contoso.com, Pool: se01.contoso.com }
CsService:
  - { Identity: UserServer:se01.contoso.com, UserDatabase: UserDatabase:se01.contoso.com }
  - { Identity: UserDatabase:se01.contoso.com }
  - { Identity: Registrar:se01.contoso.com, UserServer: UserServer:se01.contoso.com }
`,
      `# No file tells the version, and in Skype for Business Server 2019 this is allowed.
CsPool:
  - Identity: pool01.contoso.com
    Services: [Registrar:pool01.contoso.com, UserServer:pool01.contoso.com, WebServer:pool01.contoso.com]
    Computers:
   #^^^^^^^^^ info valid-pool-size
${computers('fe', 13)}
`,
    ],
    good: [
      `CsPool:
  - Identity: pool01.contoso.com
    Services: [Registrar:pool01.contoso.com, UserServer:pool01.contoso.com, WebServer:pool01.contoso.com]
    Computers: [fe01.contoso.com, fe02.contoso.com, fe03.contoso.com]
  - Identity: se01.contoso.com
    Services: [Registrar:se01.contoso.com, UserServer:se01.contoso.com, WebServer:se01.contoso.com, UserDatabase:se01.contoso.com]
    Computers: [se01.contoso.com]
`,
    ],
    near: [
      `# Sixteen Front End Servers are allowed in Skype for Business Server 2019.
CsPool:
  - Identity: pool01.contoso.com
    Computers:
${computers('fe', 16)}
CsService:
  - { Identity: Registrar:pool01.contoso.com, UserServer: UserServer:pool01.contoso.com, Version: 8 }
  - { Identity: UserServer:pool01.contoso.com, Version: 8 }
`,
      `# An Enterprise pool may have one server: it has another name than the pool.
CsPool:
  - { Identity: pool01.contoso.com, Services: [Registrar:pool01.contoso.com, UserServer:pool01.contoso.com, WebServer:pool01.contoso.com], Computers: [fe01.contoso.com] }
`,
      `# The limit is for Front End Servers and Directors. This pool only has Mediation Servers.
CsPool:
  - Identity: med01.contoso.com
    Services: [MediationServer:med01.contoso.com]
    Computers:
${computers('med', 13)}
`,
      `# What the pool is there for is in no file.
CsPool:
  - Identity: pool01.contoso.com
    Computers:
${computers('fe', 13)}
`,
    ],
  },
});

/** The pool of a computer that is the first to say so, where no file defines the pool: of each pool it is said once. */
function poolOfFirst(computer: LyncObject, deployment: Deployment): string | undefined {
  const pool = computer.text('Pool');
  if (!pool || deployment.find('CsPool', pool)) return undefined;
  const [first] = deployment.topology.namedComputersOf(pool);
  return first === fqdnOf(computer) ? pool : undefined;
}

/** A list of that many computers, as an export writes it. */
function computers(name: string, count: number): string {
  return Array.from(
    { length: count },
    (_, index) => `      - ${name}${String(index + 1).padStart(2, '0')}.contoso.com`,
  ).join('\n');
}
