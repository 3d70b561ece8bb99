import {
  compareBuilds,
  installedComponent,
  isBaseBuild,
  passiveBuild,
  productOfBuild,
} from '../model/builds.ts';
import type { Deployment } from '../model/deployment.ts';
import type { LyncObject } from '../model/object.ts';
import { parseIdentity } from '../schema/identity.ts';
import { twoFactorPool } from '../linter/examples.ts';
import { rule } from '../linter/rule.ts';

export default rule({
  id: 'require-2fa-server-version',
  severity: 'error',
  group: 'passive',
  summary: 'Servers of two-factor pools that are too old for passive authentication.',
  why: 'Passive authentication came to Lync Server 2013 with the cumulative update of July 2013 (5.0.8308.420), and must be on every Edge server, Director and Front End that two-factor users meet. Get-CsServerVersion prints the base version only, so a version that ends in .0 says nothing about updates: that is for information. Source: "Planning for two-factor authentication in Lync Server 2013".',
  remedy:
    'Install the cumulative update of July 2013 or a later one; take the versions from Get-CsServerPatchVersion.',
  needs: ['CsWebServiceConfiguration', 'CsServerPatchVersion'],
  sections: ['CsServerPatchVersion', 'CsService'],
  object: function* (object, deployment) {
    if (object.section.name === 'CsService') {
      yield* checkProduct(object, deployment);
      return;
    }
    const version = object.setProperty('Version');
    const computer = object.subject;
    const own = installedComponent(object);
    if (!version || !own) return;
    // Not every component changes with an update: the computer is as new as its newest.
    const newest = deployment.patchLevels().ofComputer.get(computer.toLowerCase());
    if (!newest || compareBuilds(own.build, newest) !== 0 || compareBuilds(newest, passiveBuild) >= 0) return;
    const pool = poolOfComputer(computer, deployment);
    if (pool === undefined) return;
    const text = object.text('Version') ?? '';
    const unknown = productOfBuild(newest) === 6 && isBaseBuild(newest);
    yield {
      at: object.placeOf(version),
      ...(unknown ? { severity: 'info' as const } : {}),
      message: unknown
        ? `The update level of '${computer}' is not known: ${text} is the base version of Lync Server 2013, and two-factor pool '${pool}' needs 5.0.8308.420 (July 2013) or later. Take the version from Get-CsServerPatchVersion.`
        : `'${computer}' is too old for two-factor sign-in to pool '${pool}': it runs ${text}, and passive authentication needs 5.0.8308.420 (cumulative update of July 2013) or later.`,
    };
  },
  examples: {
    bad: [
      `${twoFactorPool}CsPool:
  - { Identity: pool01.contoso.com, Computers: [fe01.contoso.com] }
CsServerPatchVersion:
  - PSComputerName: fe01.contoso.com
    ComponentName: Microsoft Lync Server 2013, Front End Server
    Version: 5.0.8308.291
    #        ^^^^^^^^^^^^ require-2fa-server-version
`,
      `${twoFactorPool}CsService:
  - Identity: Registrar:pool01.contoso.com
    PoolFqdn: pool01.contoso.com
    Role: Registrar
    Version: 5
    #        ^ require-2fa-server-version
`,
    ],
    good: [
      `${twoFactorPool}CsPool:
  - { Identity: pool01.contoso.com, Computers: [fe01.contoso.com] }
CsServerPatchVersion:
  - { PSComputerName: fe01.contoso.com, ComponentName: "Microsoft Lync Server 2013, Front End Server", Version: 5.0.8308.420 }
`,
    ],
    near: [
      `# Not every component changes with an update: a server is as new as its newest one.
${twoFactorPool}CsPool:
  - { Identity: pool01.contoso.com, Computers: [fe01.contoso.com] }
CsServerPatchVersion:
  - { PSComputerName: fe01.contoso.com, ComponentName: "Microsoft Lync Server 2013, Front End Server", Version: 5.0.8308.420 }
  - { PSComputerName: fe01.contoso.com, ComponentName: "Microsoft Lync Server 2013, Audio Test Service", Version: 5.0.8308.0 }
`,
      `# People of pool02 sign in with a password, for which its servers are new enough.
${twoFactorPool}CsPool:
  - { Identity: pool01.contoso.com, Computers: [fe01.contoso.com] }
  - { Identity: pool02.contoso.com, Computers: [fe02.contoso.com] }
CsServerPatchVersion:
  - { PSComputerName: fe01.contoso.com, ComponentName: "Microsoft Lync Server 2013, Front End Server", Version: 5.0.8308.992 }
  - { PSComputerName: fe02.contoso.com, ComponentName: "Microsoft Lync Server 2013, Front End Server", Version: 5.0.8308.291 }
`,
      `# This is Skype for Business Server 2015, which has passive authentication without any update.
${twoFactorPool}CsPool:
  - { Identity: pool01.contoso.com, Computers: [fe01.contoso.com] }
CsServerPatchVersion:
  - { PSComputerName: fe01.contoso.com, ComponentName: "Skype for Business Server 2015, Front End Server", Version: 6.0.9319.0 }
`,
      `# Nobody signs in to a Mediation Server, so its age does not matter here.
${twoFactorPool}CsService:
  - { Identity: Registrar:pool01.contoso.com, Role: Registrar, PoolFqdn: pool01.contoso.com, Version: 6 }
  - { Identity: WebServer:pool01.contoso.com, Role: WebServer, PoolFqdn: pool01.contoso.com, Version: 6 }
  - { Identity: MediationServer:med01.contoso.com, Role: MediationServer, PoolFqdn: med01.contoso.com, Version: 5 }
`,
    ],
  },
});

function* checkProduct(
  service: LyncObject,
  deployment: Deployment,
): Generator<{ at: ReturnType<LyncObject['placeOf']>; message: string }> {
  const version = service.setProperty('Version');
  const pool = service.text('PoolFqdn') ?? parseIdentity(service.subject).name;
  if (!version || Number(service.text('Version')) !== 5) return;
  const role = (service.text('Role') ?? parseIdentity(service.subject).role ?? '').toLowerCase();
  if (!['registrar', 'director', 'edgeserver'].includes(role) || !meetsTwoFactorUsers(pool, deployment))
    return;
  yield {
    at: service.placeOf(version),
    message: `Pool '${pool}' runs Lync Server 2010 (Version 5), which cannot do passive authentication. Two-factor users need Lync Server 2013 with the cumulative update of July 2013, or later.`,
  };
}

/** The two-factor pool, or the Edge pool or Director of one, that a computer belongs to. */
function poolOfComputer(computer: string, deployment: Deployment): string | undefined {
  const pool = deployment.topology.poolOfComputer(computer);
  return pool !== undefined && meetsTwoFactorUsers(pool, deployment) ? pool : undefined;
}

function meetsTwoFactorUsers(pool: string, deployment: Deployment): boolean {
  const lower = pool.toLowerCase();
  const pools = deployment.twoFactorPools().map((entry) => entry.pool);
  if (pools.some((other) => other.toLowerCase() === lower)) return true;
  if (pools.some((other) => deployment.topology.servingPool(other, 'EdgeServer')?.toLowerCase() === lower))
    return true;
  return (
    deployment
      .find('CsWebServiceConfiguration', `Service:WebServer:${pool}`)
      ?.text('UseWsFedPassiveAuth')
      ?.toLowerCase() === 'true'
  );
}
