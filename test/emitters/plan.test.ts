import assert from 'node:assert/strict';
import fc from 'fast-check';
import { planBetween, planScript, usersOf, type Plan } from '../../server/src/emitters/plan.ts';
import { isEmpty, type PlanSteps } from '../../server/src/emitters/planSteps.ts';
import { planTables } from '../../server/src/emitters/planProcedure.ts';
import type { Deployment } from '../../server/src/model/deployment.ts';
import { Project } from '../../server/src/project.ts';
import { parseFixture, root } from '../fixture.ts';
import { projectWith, sampleFiles, sampleNames } from '../samples.ts';
import { commandsIn, isAskedFor, isTried, nasty, parseScript, skeletonOf, tableIn } from './script.ts';
import { Servers, type State, type Value, type Values } from './servers.ts';

function deploymentOf(files: ReadonlyMap<string, string>): Deployment {
  const project = new Project([], undefined, { once: true });
  project.setFolders([root]);
  for (const [name, text] of files) project.setFile(`${root}/${name}`, text);
  const [workspace] = project.workspaces;
  assert.ok(workspace);
  return workspace.deployment;
}

function plan(from: string, to: string): Plan {
  return planBetween(deploymentOf(parseFixture(from).files), deploymentOf(parseFixture(to).files));
}

function scriptOf(steps: PlanSteps): string {
  return planScript(steps, { from: 'git:v1', to: '.' });
}

/** What the script's tables hold. */
function tablesOf(steps: PlanSteps): Record<string, unknown> {
  const tree = parseScript(scriptOf(steps));
  return Object.fromEntries(
    planTables.flatMap((name) => (steps[name].length > 0 ? [[name, tableIn(tree, name)]] : [])),
  );
}

function leftOf({ left }: PlanSteps): string[] {
  return left.map(({ noun, subject, reason }) => `${noun} ${subject}: ${reason}`);
}

const mayCall =
  /^(?:(?:Get|Set|New|Remove|Grant)-Cs\w+|Move-CsUser|Invoke-CsUcsRollback|Debug-CsUnifiedContactStore|Get-(?:OneUser|PolicyName|PresentObject|Text|Words|Person|Holder|Command|Date|Location|Content)|Update-(?:Object|Grant|User)|Move-Person|Remove-Object|Test-(?:Object|Values|Grant|Move|UcsForbidden|Path)|Restore-ContactList|Write-(?:Log|Step|Host|Warning)|Where-Object|ForEach-Object|Join-Path|New-Object|Add-Content)$/;

/** What the cmdlets must be for any script. */
function checkScript(script: string): void {
  const tree = parseScript(script);
  for (const { node, name } of commandsIn(tree)) {
    assert.match(name, mayCall, node.text);
    if (!/^(?:Set|New|Grant|Invoke|Remove|Move)-Cs/.test(name)) continue;
    assert.ok(isAskedFor(node) && isTried(node), node.text);
    assert.match(node.text, / -Confirm:\$false -ErrorAction Stop$/);
  }
  assert.doesNotMatch(script.replace(/^#.*$/gm, ''), /-Force/i);
  assert.doesNotMatch(script.replaceAll('\r\n', ''), /[\r\n]/, 'lines end in CR LF');
}

const ken = (rest: string): string => `CsUser:\n  - { SipAddress: 'sip:ken@contoso.com', ${rest} }\n`;

describe('a plan', () => {
  it('is empty where nothing has changed', () => {
    for (const name of sampleNames) {
      const [one, two] = [1, 2].map(() => projectWith(sampleFiles(name)).workspaces[0]?.deployment);
      assert.ok(one && two);
      const { there, back, comparison } = planBetween(one, two);
      assert.deepEqual([isEmpty(there), isEmpty(back), comparison.differences], [true, true, []]);
      assert.equal(scriptOf(there), '');
    }
  });

  it('makes, sets, grants and removes, and goes back', () => {
    const { there, back } = plan(
      `CsClientPolicy:
  - { Identity: Global, DisableEmoticons: true }
  - { Identity: Tag:Old, MaxPhotoSizeKB: 10 }
${ken('ClientPolicy: Old, RegistrarPool: pool01.contoso.com, LineURI: ')}`,
      `CsClientPolicy:
  - { Identity: Global, DisableEmoticons: false, IMWarning: It's late }
  - { Identity: Tag:New, HotdeskingTimeout: 0:10:00 }
${ken("ClientPolicy: New, RegistrarPool: pool02.contoso.com, LineURI: 'tel:+1'")}`,
    );
    assert.deepEqual(tablesOf(there), {
      made: [
        {
          Noun: 'CsClientPolicy',
          Identity: 'Tag:New',
          Make: true,
          Settings: { HotdeskingTimeout: '00:10:00' },
        },
      ],
      set: [
        {
          Noun: 'CsClientPolicy',
          Identity: 'Global',
          From: { DisableEmoticons: true, IMWarning: null },
          Settings: { DisableEmoticons: false, IMWarning: "It's late" },
        },
      ],
      grants: [{ Noun: 'CsClientPolicy', From: 'Old', Policy: 'New', Users: ['sip:ken@contoso.com'] }],
      users: [{ From: { LineURI: null }, Settings: { LineURI: 'tel:+1' }, Users: ['sip:ken@contoso.com'] }],
      moves: [{ From: 'pool01.contoso.com', Pool: 'pool02.contoso.com', Users: ['sip:ken@contoso.com'] }],
      gone: [{ Noun: 'CsClientPolicy', Identity: 'Tag:Old', From: { MaxPhotoSizeKB: 10 } }],
    });
    assert.deepEqual(tablesOf(back), {
      made: [{ Noun: 'CsClientPolicy', Identity: 'Tag:Old', Make: true, Settings: { MaxPhotoSizeKB: 10 } }],
      set: [
        {
          Noun: 'CsClientPolicy',
          Identity: 'Global',
          From: { DisableEmoticons: false, IMWarning: "It's late" },
          Settings: { DisableEmoticons: true, IMWarning: null },
        },
      ],
      grants: [{ Noun: 'CsClientPolicy', From: 'New', Policy: 'Old', Users: ['sip:ken@contoso.com'] }],
      users: [{ From: { LineURI: 'tel:+1' }, Settings: { LineURI: null }, Users: ['sip:ken@contoso.com'] }],
      moves: [{ From: 'pool02.contoso.com', Pool: 'pool01.contoso.com', Users: ['sip:ken@contoso.com'] }],
      gone: [{ Noun: 'CsClientPolicy', Identity: 'Tag:New', From: { HotdeskingTimeout: '00:10:00' } }],
    });
    assert.equal(usersOf(there), 1);
    for (const steps of [there, back]) {
      checkScript(scriptOf(steps));
      assert.deepEqual(leftOf(steps), []);
    }
  });

  it('opens a way to sign in before it closes others, and so on the way back', () => {
    const web = (rest: string): string =>
      `CsWebServiceConfiguration:\n  - { Identity: 'Service:WebServer:pool01.contoso.com', ${rest} }\n`;
    const proxy = (rest: string): string =>
      `CsProxyConfiguration:\n  - { Identity: 'Service:Registrar:pool01.contoso.com', ${rest} }\n`;
    const { there, back } = plan(
      proxy('UseKerberosForClientToProxyAuth: true') + web('UseWsFedPassiveAuth: false, UsePinAuth: true'),
      proxy('UseKerberosForClientToProxyAuth: false') + web('UseWsFedPassiveAuth: true, UsePinAuth: false'),
    );
    const nouns = (steps: PlanSteps['set']): string[] => steps.map(({ section }) => section.name);
    assert.deepEqual(nouns(there.set), []);
    assert.deepEqual(nouns(there.signIn), ['CsWebServiceConfiguration', 'CsProxyConfiguration']);
    assert.deepEqual(nouns(back.set), ['CsProxyConfiguration']);
    assert.deepEqual(nouns(back.signIn), ['CsWebServiceConfiguration']);
    for (const steps of [there, back]) checkScript(scriptOf(steps));
  });

  it('rolls contacts back only where the second state forbids the store', () => {
    const state = (allowed: boolean, mode: string): string =>
      `CsUserServicesPolicy:\n  - { Identity: Global, UcsAllowed: ${String(allowed)} }
CsUnifiedContactStore:\n  - { SipUri: 'sip:ken@contoso.com', UcsMode: ${mode} }
${ken('RegistrarPool: pool01.contoso.com')}`;
    const { there, back } = plan(state(true, 'Migrated'), state(false, 'Disabled'));
    assert.deepEqual(tablesOf(there).rollbacks, [
      { Scopes: ['Service:UserServer:pool01.contoso.com', 'Global'], Users: ['sip:ken@contoso.com'] },
    ]);
    assert.deepEqual(leftOf(back), [
      'CsUnifiedContactStore sip:ken@contoso.com: Contacts move to Exchange by themselves, once the policy lets them and the user signs in.',
    ]);
    checkScript(scriptOf(there));
    assert.deepEqual(leftOf(plan(state(true, 'Migrated'), state(true, 'Disabled')).there), [
      'CsUnifiedContactStore sip:ken@contoso.com: A roll-back would last seven days only, because the policy of the second state allows the Unified Contact Store.',
    ]);
  });

  it('grants what no section has by the cmdlet of its name', () => {
    const { there } = plan(
      ken('DialPlan: A, VoiceRoutingPolicy: '),
      ken('DialPlan: , VoiceRoutingPolicy: B'),
    );
    assert.deepEqual(tablesOf(there).grants, [
      { Noun: 'CsDialPlan', From: 'A', Policy: null, Users: ['sip:ken@contoso.com'] },
      { Noun: 'CsVoiceRoutingPolicy', From: null, Policy: 'B', Users: ['sip:ken@contoso.com'] },
    ]);
    assert.match(scriptOf(there), /Grant-CsVoiceRoutingPolicy -Identity \$Name/);
    checkScript(scriptOf(there));
  });

  it('names what has no cmdlet, and why', () => {
    const { there } = plan(
      `CsPool: [{ Identity: pool01.contoso.com }]
CsAuthConfig: [{ Identity: Global, Scenario: AllowAllExternallyAndInternally }]
CsPartnerApplication: [{ Identity: exchange, Enabled: true }]
CsClientVersionPolicy: [{ Identity: Global, Rules: [{ UserAgent: OC }] }]
CsClientPolicy:
  - { Identity: Global, EnableHotdesking: true, TracingLevel: Full }
  - { Identity: Tag:A }
  - { Identity: Tag:B }
CsUser:
  - { SipAddress: 'sip:old@contoso.com', ClientPolicy: B }
  - { SipAddress: 'sip:ken@contoso.com', ClientPolicy: A, RegistrarPool: pool01.contoso.com, ProxyAddresses: [a] }
`,
      `CsPool: [{ Identity: pool02.contoso.com }]
CsAuthConfig: [{ Identity: Global, Scenario: BlockModernAuthExternallyAndInternally }]
CsPartnerApplication: [{ Identity: exchange, Enabled: false }]
CsClientVersionPolicy: [{ Identity: Global, Rules: [{ UserAgent: OCPhone }] }]
CsClientPolicy:
  - { Identity: Global, TracingLevel: , EnableNew: true }
  - { Identity: 'Tag:*' }
CsUser:
  - { SipAddress: 'sip:new@contoso.com' }
  - { SipAddress: 'sip:ken@contoso.com', ClientPolicy: A, RegistrarPool: pool03.contoso.com, ProxyAddresses: [b] }
`,
    );
    assert.deepEqual(tablesOf(there), {
      set: [
        {
          Noun: 'CsClientPolicy',
          Identity: 'Global',
          From: { EnableHotdesking: true },
          Settings: { EnableHotdesking: null },
        },
      ],
    });
    assert.deepEqual(leftOf(there), [
      'CsPool pool02.contoso.com: Topology Builder changes and publishes the topology.',
      'CsPool pool01.contoso.com: Topology Builder changes and publishes the topology.',
      'CsUser sip:new@contoso.com: Only the second state has this user. Enable-CsUser needs an account in Active Directory: enable the user by hand, and make the plan again.',
      "CsUser sip:ken@contoso.com: The second state does not have pool 'pool03.contoso.com', so nobody can be moved there.",
      'CsUser sip:ken@contoso.com: ProxyAddresses: Set-CsUser has no such parameter.',
      'CsUser sip:old@contoso.com: Only the first state has this user. Disable-CsUser deletes contacts, meetings and grants for good: do it by hand.',
      'CsClientPolicy Global: TracingLevel: it is not set any more, and what Lync has then is not documented.',
      'CsClientPolicy Global: EnableNew: no parameter of that name is known.',
      "CsClientPolicy Tag:*: '*', '?', '[' and ']' in a name may stand for other characters, and so for several objects. Do it by hand.",
      'CsClientPolicy Tag:A: Users of the second state have this policy although it is not defined there: it stays.',
      'CsClientPolicy Tag:B: Users whom only the first state has keep this policy: it stays.',
      'CsClientVersionPolicy Global: Rules: it holds objects, which need cmdlets of their own.',
      'CsPartnerApplication exchange: With whom the servers trust each other is set up by hand: see New-, Set- and Remove-CsPartnerApplication.',
      'CsAuthConfig Global: Set-CsAuthConfig changes how clients of all pools sign in at once: run it by hand.',
    ]);
    assert.match(scriptOf(there), /\r\n# ---- What is left for you -+\r\n#\r\n# CsPool: Topology Builder/);
  });

  it('looks at all users at once where many are concerned', () => {
    const state = (pool: string): string =>
      `CsUser:\n${Array.from({ length: 600 }, (_, index) => `  - { SipAddress: 'sip:u${index}@contoso.com', RegistrarPool: ${pool} }\n`).join('')}`;
    const { there } = plan(state('pool01.contoso.com'), state('pool02.contoso.com'));
    const script = scriptOf(there);
    checkScript(script);
    assert.match(script, /# One by one would take hours\./);
    assert.equal(there.moves.length, 600);
    assert.ok(script.length < 40_000, String(script.length));
  });

  it('has names nowhere but in literals and comments', () => {
    const scriptFor = (name: string): string => {
      const state = (index: number): string => {
        const objects = {
          CsClientPolicy: [
            { Identity: 'Global', IMWarning: `w${index}${name}` },
            { Identity: `Tag:p${index}${name}`, Description: `d${name}` },
          ],
          CsUser: [
            {
              SipAddress: `sip:u${name}`,
              RegistrarPool: `pool${index}${name}`,
              ClientPolicy: `Tag:p${index}${name}`,
              LineURI: `tel:${index}${name}`,
            },
            ...(index === 1 ? [] : [{ SipAddress: `sip:new${name}` }]),
          ],
        };
        return Object.entries(objects)
          .map(
            ([section, items]) =>
              `${section}:\n${items.map((item) => `  - ${JSON.stringify(item)}\n`).join('')}`,
          )
          .join('');
      };
      const one = deploymentOf(new Map([['a.lync.yaml', state(1)]]));
      const two = deploymentOf(new Map([['a.lync.yaml', state(2)]]));
      const { there } = planBetween(one, two);
      const script = planScript(there, { from: name, to: name });
      checkScript(script);
      const tables = tablesOf(there) as Record<string, { Users?: string[]; Settings?: Values }[]>;
      assert.deepEqual(tables.moves?.[0]?.Users, [`sip:u${name}`.trim()]);
      assert.equal(tables.set?.[0]?.Settings?.IMWarning, `w2${name}`);
      return skeletonOf(parseScript(script));
    };
    const plain = scriptFor('plain');
    const names = fc
      .oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }))
      .filter((name) => !/[*?[\]]/.test(name));
    fc.assert(
      fc.property(names, (name) => {
        assert.equal(scriptFor(name), plain);
      }),
      {
        numRuns: 40,
        examples: nasty.filter((name) => !/[*?[\]]|\p{Cs}/u.test(name)).map((name): [string] => [name]),
      },
    );
  });
});

/** What may be set, by noun: a value or nothing. */
const settable: Readonly<Record<string, Readonly<Record<string, readonly Value[]>>>> = {
  CsClientPolicy: {
    DisableEmoticons: [true, false],
    MaxPhotoSizeKB: [10, 30],
    DisplayPhoto: ['NoPhoto', 'AllPhotos'],
    IMWarning: ["It's late", 'x; $(y) `n'],
    HotdeskingTimeout: ['00:05:00', '1.00:00:30'],
  },
  CsVoicePolicy: { PstnUsages: [['Local'], ['Local', "Long 'Distance'"]], EnableCallPark: [true, false] },
  CsUserServicesPolicy: { UcsAllowed: [true, false], MigrationDelayInDays: [0, 7] },
  CsWebServiceConfiguration: { UseWsFedPassiveAuth: [true, false], UsePinAuth: [true, false] },
  CsProxyConfiguration: { UseKerberosForClientToProxyAuth: [true, false] },
};
const userSettings = { LineURI: ['tel:+1', 'tel:+2'], HostedVoiceMail: [true, false] };
const names = ['A', 'B', "O'Brien"];
const addresses = ['sip:ann@contoso.com', 'sip:ken@contoso.com', 'sip:jörg@contoso.com'];

function values(of: Readonly<Record<string, readonly Value[]>>): fc.Arbitrary<Values> {
  return fc.record(
    Object.fromEntries(Object.entries(of).map(([name, may]) => [name, fc.constantFrom(...may)])),
    { requiredKeys: [] },
  ) as fc.Arbitrary<Values>;
}

function identities(noun: string): string[] {
  if (noun === 'CsWebServiceConfiguration')
    return ['Global', 'Site:Redmond', 'Service:WebServer:pool01.contoso.com'];
  if (noun === 'CsProxyConfiguration') return ['Global', 'Service:Registrar:pool01.contoso.com'];
  const site = noun === 'CsUserServicesPolicy' ? [] : ['Site:Redmond'];
  return ['Global', ...site, ...names.map((name) => `Tag:${name}`)];
}

/** States in which users have only policies that are there. */
const states: fc.Arbitrary<State> = fc
  .record(
    Object.fromEntries(
      Object.entries(settable).map(([noun, of]) => [
        noun,
        fc.record(Object.fromEntries(identities(noun).map((identity) => [identity, values(of)])), {
          requiredKeys: [],
        }),
      ]),
    ),
  )
  .chain((objects) => {
    const policy = (noun: string): fc.Arbitrary<string | null> =>
      fc.constantFrom(
        null,
        ...Object.keys(objects[noun] ?? {}).flatMap((key) => (key.startsWith('Tag:') ? [key.slice(4)] : [])),
      );
    const user = fc
      .record({
        RegistrarPool: fc.constantFrom('pool01.contoso.com', 'pool02.contoso.com'),
        EnterpriseVoiceEnabled: fc.boolean(),
        ClientPolicy: policy('CsClientPolicy'),
        VoicePolicy: policy('CsVoicePolicy'),
        UserServicesPolicy: policy('CsUserServicesPolicy'),
      })
      .chain((own) => values(userSettings).map((set): Values => ({ ...own, ...set })));
    return fc.record({
      objects: fc.constant(objects as State['objects']),
      users: fc.record(Object.fromEntries(addresses.map((address) => [address, user]))),
      migrated: fc.subarray(addresses),
    });
  });

/** How a state is written: that must not matter. */
interface Style {
  readonly tags: boolean;
  readonly nulls: boolean;
  readonly upper: boolean;
  readonly turned: boolean;
}

const styles: fc.Arbitrary<Style> = fc.record({
  tags: fc.boolean(),
  nulls: fc.boolean(),
  upper: fc.boolean(),
  turned: fc.boolean(),
});

/** Plain where it can be: that is how exports are written, and what is read fastest. */
function scalar(value: Value): string {
  return typeof value === 'string' && /^[a-z][\w.:@+-]*\w$/i.test(value) ? value : JSON.stringify(value);
}

function yamlOf(state: State, { tags, nulls, upper, turned }: Style): string {
  const lines: string[] = [];
  const item = (entries: [string, Value][]): void => {
    const ordered = turned ? entries.toReversed() : entries;
    for (const [index, [key, value]] of ordered.entries())
      lines.push(`  ${index === 0 ? '-' : ' '} ${key}: ${scalar(value)}`);
  };
  for (const [noun, things] of Object.entries(state.objects)) {
    lines.push(`${noun}:${Object.keys(things).length === 0 ? ' []' : ''}`);
    for (const [identity, given] of Object.entries(things)) {
      const name = tags ? identity : identity.replace(/^Tag:|^Service:/, '');
      const unset = nulls ? Object.keys(settable[noun] ?? {}).map((key): [string, Value] => [key, null]) : [];
      item([
        ['Identity', upper ? name.toUpperCase() : name],
        ...Object.entries({ ...Object.fromEntries(unset), ...given }),
      ]);
    }
  }
  lines.push('CsUser:');
  for (const [address, given] of Object.entries(state.users))
    item([['SipAddress', address], ...Object.entries(given).filter(([, value]) => nulls || value !== null)]);
  lines.push('CsUnifiedContactStore:');
  for (const address of addresses)
    item([
      ['SipUri', address],
      ['UcsMode', state.migrated.includes(address) ? 'Migrated' : 'Disabled'],
    ]);
  return `${lines.join('\n')}\n`;
}

function stateOf(state: State, style: Style): Deployment {
  return deploymentOf(new Map([['state.lync.yaml', yamlOf(state, style)]]));
}

const simple: Style = { tags: true, nulls: false, upper: false, turned: false };

describe('the steps of a plan', () => {
  it('bring servers from the first state to the second, and back', () => {
    let runs = 0;
    fc.assert(
      fc.property(states, states, styles, (one, two, style) => {
        const before = stateOf(one, simple);
        // Written in capitals, names are others to servers that are not Lync's.
        const { there, back } = planBetween(before, stateOf(two, { ...style, upper: false }));
        const servers = new Servers(one);
        servers.run(there);
        assert.deepEqual(servers.contents, new Servers(two).contents);
        assert.ok(there.left.every(({ noun }) => noun === 'CsUnifiedContactStore'));
        const { changes } = servers;
        servers.run(there);
        assert.equal(servers.changes, changes, 'a second run changes nothing');
        servers.run(back);
        assert.deepEqual(servers.contents, new Servers(one).contents);
        // A script takes as long to parse as hundreds of plans take to make.
        if (runs++ % 250 > 0) return;
        for (const steps of [there, back])
          if (!isEmpty(steps)) {
            checkScript(scriptOf(steps));
            assert.deepEqual(fromTables(tablesOf(steps)), fromSteps(steps));
          }
      }),
      { numRuns: 2000 },
    );
  }).timeout(120_000);

  it('are none between two ways to write a state', () => {
    fc.assert(
      fc.property(states, styles, styles, (state, one, two) => {
        const { there, comparison } = planBetween(stateOf(state, one), stateOf(state, two));
        assert.deepEqual([isEmpty(there), comparison.differences, comparison.unclear], [true, [], []]);
      }),
      { numRuns: 500 },
    );
  });

  it('roll back those only whose contacts are where the second state does not have them', () => {
    fc.assert(
      fc.property(states, states, (one, two) => {
        const { there } = planBetween(stateOf(one, simple), stateOf(two, simple));
        const servers = new Servers(one);
        servers.run(there);
        const left = there.left.map(({ subject }) => subject);
        for (const address of addresses)
          if (!left.includes(address))
            assert.equal(servers.migrated.includes(address), two.migrated.includes(address), address);
      }),
      { numRuns: 300 },
    );
  });
});

/** What the tables say, one line a step, to hold it against the steps. */
function fromTables(tables: Record<string, unknown>): string[] {
  return Object.entries(tables)
    .flatMap(([table, rows]) =>
      (rows as Record<string, unknown>[]).flatMap(({ Users, ...row }) =>
        ((Users as string[] | undefined) ?? ['']).map((user) => JSON.stringify([table, user, row])),
      ),
    )
    .sort();
}

function fromSteps(steps: PlanSteps): string[] {
  const plain = (map: ReadonlyMap<string, Value> | undefined): unknown => map && Object.fromEntries(map);
  const lines: unknown[] = [];
  for (const table of ['made', 'set', 'signIn', 'gone'] as const)
    for (const { section, identity, from, to } of steps[table])
      lines.push([
        table,
        '',
        {
          Noun: section.name,
          Identity: identity,
          Make: from ? undefined : true,
          From: plain(from),
          Settings: plain(to),
        },
      ]);
  for (const { noun, user, from, policy } of steps.grants)
    lines.push(['grants', user, { Noun: noun.name, From: from, Policy: policy }]);
  for (const { user, from, to } of steps.users)
    lines.push(['users', user, { From: plain(from), Settings: plain(to) }]);
  for (const { user, from, to } of steps.moves) lines.push(['moves', user, { From: from, Pool: to }]);
  for (const { user, scopes } of steps.rollbacks) lines.push(['rollbacks', user, { Scopes: scopes }]);
  return lines.map((line) => JSON.stringify(line)).sort();
}
