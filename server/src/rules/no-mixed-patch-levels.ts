import { rule } from '../linter/rule.ts';
import {
  compareBuilds,
  componentOf,
  installedComponent,
  isBaseBuild,
  type InstalledComponent,
} from '../model/builds.ts';
import type { Deployment } from '../model/deployment.ts';
import type { LyncObject } from '../model/object.ts';
import { counted } from '../model/wording.ts';

export default rule({
  id: 'no-mixed-patch-levels',
  severity: 'warning',
  group: 'passive',
  summary: 'Servers that are behind other servers of the same pool.',
  why: "A user may meet any server of the pool, so what an update brings or mends works at one sign-in and not at the next. A base version, which ends in .0, may only mean that the level is not known: that is for information. Source: RDCheckServerVersion and RDCheckPatchVersion, rules of Microsoft's on-premises diagnostics for Skype for Business Server.",
  remedy: 'Install the newest update of the pool on all its servers.',
  needs: ['CsServerPatchVersion'],
  sections: ['CsServerPatchVersion'],
  object: function* (object, deployment) {
    const version = object.setProperty('Version');
    const ahead = aheadOf(object, deployment);
    if (!version || !ahead) return;
    // Of one server it is said once, not for every component.
    const behind = deployment
      .namesakes('CsServerPatchVersion', object.subject)
      .filter((other) => aheadOf(other, deployment));
    if (behind[0] !== object) return;
    const own = installedComponent(object);
    const isUnknown = own && isBaseBuild(own.build);
    const others = behind.length > 1 ? ` (and ${counted(behind.length - 1, 'other component')})` : '';
    const newer = ahead.object.setProperty('Version');
    yield {
      at: object.placeOf(version),
      ...(isUnknown ? { severity: 'info' as const } : {}),
      message: `'${object.subject}' is behind '${ahead.computer}' of the same pool: '${object.text('ComponentName') ?? ''}' is ${text(object)} here and ${text(ahead.object)} there${others}. ${isUnknown ? 'Install the same update on both, or take the version from Get-CsServerPatchVersion: this is the base version.' : 'Install the same update on both.'}`,
      related: [newer && { at: ahead.object.placeOf(newer), message: `'${ahead.computer}' is ahead` }],
    };
  },
  shell: [
    {
      text: 'See what is installed on both; an update is installed on the server itself:',
      commands: [
        "Invoke-Command -ComputerName 'fe01.contoso.com', 'fe02.contoso.com' -ScriptBlock { Get-CsServerPatchVersion }",
      ],
    },
  ],
  examples: {
    bad: [
      `CsPool:
  - { Identity: pool01.contoso.com, Computers: [fe01.contoso.com, fe02.contoso.com] }
CsServerPatchVersion:
  - PSComputerName: fe01.contoso.com
    ComponentName: Microsoft Lync Server 2013, Front End Server
    Version: 5.0.8308.420
    #        ^^^^^^^^^^^^ no-mixed-patch-levels
  - PSComputerName: fe02.contoso.com
    ComponentName: Microsoft Lync Server 2013, Front End Server
    Version: 5.0.8308.992
`,
      `CsComputer:
  - { Identity: fe01.contoso.com, Pool: pool01.contoso.com }
  - { Identity: fe02.contoso.com, Pool: pool01.contoso.com }
CsServerPatchVersion:
  - { PSComputerName: fe01.contoso.com, ComponentName: Front End Server, Version: 5.0.8308.992 }
  - { PSComputerName: fe01.contoso.com, ComponentName: Core Components, Version: 5.0.8308.992 }
  - PSComputerName: fe02.contoso.com
    ComponentName: Front End Server
    Version: 5.0.8308.0
    #        ^^^^^^^^^^ info no-mixed-patch-levels
  - { PSComputerName: FE02.contoso.com, ComponentName: core components, Version: 5.0.8308.0 }
`,
    ],
    good: [
      `CsPool:
  - { Identity: pool01.contoso.com, Computers: [fe01.contoso.com, fe02.contoso.com] }
CsServerPatchVersion:
  - { PSComputerName: fe01.contoso.com, ComponentName: "Microsoft Lync Server 2013, Front End Server", Version: 5.0.8308.992 }
  - { PSComputerName: fe02.contoso.com, ComponentName: "Microsoft Lync Server 2013, Front End Server", Version: 5.0.8308.992 }
`,
    ],
    near: [
      `# Not every component changes with an update, and these are servers of two pools.
CsPool:
  - { Identity: pool01.contoso.com, Computers: [fe01.contoso.com, fe02.contoso.com] }
  - { Identity: edge01.contoso.com }
CsServerPatchVersion:
  - { PSComputerName: fe01.contoso.com, ComponentName: "Microsoft Lync Server 2013, Front End Server", Version: 5.0.8308.992 }
  - { PSComputerName: fe01.contoso.com, ComponentName: "Microsoft Lync Server 2013, Audio Test Service", Version: 5.0.8308.0 }
  - { PSComputerName: fe02.contoso.com, ComponentName: "Microsoft Lync Server 2013, Front End Server", Version: 5.0.8308.992 }
  - { PSComputerName: edge01.contoso.com, ComponentName: "Microsoft Lync Server 2013, Front End Server", Version: 5.0.8308.956 }
`,
      `# Where a server belongs is in no file.
CsServerPatchVersion:
  - { PSComputerName: fe01.contoso.com, ComponentName: "Microsoft Lync Server 2013, Front End Server", Version: 5.0.8308.956 }
  - { PSComputerName: fe02.contoso.com, ComponentName: "Microsoft Lync Server 2013, Front End Server", Version: 5.0.8308.992 }
`,
    ],
  },
});

/** The component of another server of the pool that is newer than this one. */
function aheadOf(object: LyncObject, deployment: Deployment): InstalledComponent | undefined {
  const own = installedComponent(object);
  const pool = own && deployment.topology.poolOfComputer(own.computer)?.toLowerCase();
  const levels = pool === undefined ? undefined : deployment.patchLevels().ofPool.get(pool);
  const newest = levels?.ofComponent.get(componentOf(object));
  if (!own || !newest || newest.computer.toLowerCase() === own.computer.toLowerCase()) return undefined;
  return compareBuilds(own.build, newest.build) < 0 ? newest : undefined;
}

function text(object: LyncObject): string {
  return object.text('Version')?.trim() ?? '';
}
