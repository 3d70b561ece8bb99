import assert from 'node:assert/strict';
import fc from 'fast-check';
import { remediation, stepWords, type Remediation } from '../../server/src/emitters/remediation.ts';
import { safeChanges } from '../../server/src/linter/bulk.ts';
import { editsOf } from '../../server/src/linter/edits.ts';
import { twoFactorPool } from '../../server/src/linter/examples.ts';
import type { Finding } from '../../server/src/linter/finding.ts';
import { ownValue } from '../../server/src/model/effective.ts';
import { referenceName } from '../../server/src/model/values.ts';
import type { Project } from '../../server/src/project.ts';
import { rules } from '../../server/src/rules/index.ts';
import { identityText, parseIdentity } from '../../server/src/schema/identity.ts';
import { parseFixture, projectOf, root } from '../fixture.ts';
import { projectWith, sampleFiles, sampleNames } from '../samples.ts';
import { commandsIn, isAskedFor, isTried, nasty, parseScript, skeletonOf, tableIn } from './script.ts';

interface Step {
  readonly Noun: string;
  readonly Identity: string;
  readonly Make?: boolean;
  readonly Settings: Readonly<Record<string, unknown>>;
  readonly Copied?: Readonly<Record<string, unknown>>;
}

interface Tables {
  readonly policies: readonly Step[];
  readonly grants: readonly { Noun: string; Policy: string | null; Users: readonly string[] }[];
  readonly rollbacks: readonly { Scopes: readonly string[]; Users: readonly string[] }[];
  readonly signIn: readonly Step[];
}

function findingsIn(project: Project): Finding[] {
  return [...project.uris].flatMap((uri) => project.findings(uri)).map(({ finding }) => finding);
}

function remedy(project: Project, options: Partial<Parameters<typeof remediation>[2]> = {}): Remediation {
  const [workspace] = project.workspaces;
  assert.ok(workspace);
  return remediation(findingsIn(project), workspace.deployment, {
    title: 'contoso',
    nameOf: ({ uri }) => uri.slice(root.length + 1),
    ...options,
  });
}

function remedyOf(text: string): Remediation {
  return remedy(projectOf(parseFixture(text)));
}

function tablesOf({ script }: Remediation): Tables {
  const tree = parseScript(script);
  const table = (name: string): unknown => tableIn(tree, name) ?? [];
  return {
    policies: table('policies'),
    grants: table('grants'),
    rollbacks: table('rollbacks'),
    signIn: table('signIn'),
  } as Tables;
}

function leftOf({ left }: Remediation): string[] {
  return left.map(({ rule, subject }) => `${rule} ${subject}`);
}

/** What the cmdlets must be for any script. */
function checkScript(script: string): void {
  const tree = parseScript(script);
  const commands = commandsIn(tree);
  for (const { node, name } of commands) {
    assert.match(name, allowed, node.text);
    if (!/^(?:Set|New|Grant|Invoke|Remove|Add|Clear|Move|Disable|Enable)-Cs/.test(name)) continue;
    assert.ok(isAskedFor(node) && isTried(node), node.text);
    assert.match(node.text, / -ErrorAction Stop$/);
  }
  assert.doesNotMatch(script.replace(/^#.*$/gm, ''), /-Force/i);
  assert.doesNotMatch(script.replaceAll('\r\n', ''), /[\r\n]/, 'lines end in CR LF');
}

const allowed =
  /^(?:(?:Get|Set|New|Grant)-Cs\w+|Invoke-CsUcsRollback|Debug-CsUnifiedContactStore|(?:Get-(?:OneUser|PolicyName|Text|Words|PresentObject|Command|Date|Location|Content))|Update-(?:Object|Grant)|Restore-ContactList|Test-(?:UcsForbidden|Path)|Write-(?:Log|Step|Host|Warning)|Where-Object|ForEach-Object|Join-Path|Add-Content)$/;

const ken = (rest = ''): string => `CsUser:
  - SipAddress: sip:ken@contoso.com
    RegistrarPool: pool01.contoso.com
${rest}`;

describe('the remediation of a policy', () => {
  it('is set where it reaches two-factor users only', () => {
    const made = remedyOf(`${twoFactorPool}CsUserServicesPolicy:
  - { Identity: Global, UcsAllowed: false }
  - { Identity: Tag:Pilot, UcsAllowed: true }
${ken('    UserServicesPolicy: Pilot\n')}`);
    assert.deepEqual(tablesOf(made), {
      policies: [{ Noun: 'CsUserServicesPolicy', Identity: 'Tag:Pilot', Settings: { UcsAllowed: false } }],
      grants: [],
      rollbacks: [],
      signIn: [],
    });
    assert.match(made.script, /Set-CsUserServicesPolicy -Identity \$Step\.Identity @wanted /);
    assert.doesNotMatch(made.script, /New-Cs|Grant-Cs/);
  });

  it('is a new policy, like the one that others have, and a grant', () => {
    const made = remedyOf(`${twoFactorPool}CsMobilityPolicy:
  - Identity: Global
    EnableMobility: true
    AllowExchangeConnectivity: true
    AllowSaveCredentials: false
    VoiceSettings:
    PSComputerName: fe01.contoso.com
    x-owner: Ann
CsUser:
  - { SipAddress: 'sip:ken@contoso.com', RegistrarPool: pool01.contoso.com }
  - { SipAddress: 'sip:ann@contoso.com', RegistrarPool: pool02.contoso.com }
`);
    const { policies, grants } = tablesOf(made);
    assert.deepEqual(policies, [
      {
        Noun: 'CsMobilityPolicy',
        Identity: 'Tag:TwoFactor',
        Make: true,
        Settings: { AllowExchangeConnectivity: false },
        Copied: { EnableMobility: true, AllowSaveCredentials: false },
      },
    ]);
    assert.deepEqual(grants, [
      { Noun: 'CsMobilityPolicy', Policy: 'TwoFactor', Users: ['sip:ken@contoso.com'] },
    ]);
    assert.match(made.script, /Grant-CsMobilityPolicy -Identity \$Name -PolicyName \$Grant\.Policy /);
    assert.equal(stepWords(made), '1 user, 1 policy');
  });

  it('takes over lists of text, and says what it cannot', () => {
    const made = remedyOf(`${twoFactorPool}CsClientPolicy:
  - Identity: Global
    DisableCalendarPresence: false
    EnableIMAutoArchiving: false
    EnableCallLogAutoArchiving: false
    DisplayPhoto: NoPhoto
    EnableExchangeContactSync: false
    DisableFreeBusyInfo: true
    DisableMeetingSubjectAndLocation: true
    IMWarning: "Be kind.\\nBe brief."
    HotdeskingTimeout: 00:05:00
    MaxPhotoSizeKB: 30
    EnableTracing: perhaps
    Nonsense: 1
    PolicyEntry:
      - { Name: OnlineFeedbackURL, Value: x }
CsUser:
  - { SipAddress: 'sip:ken@contoso.com', RegistrarPool: pool01.contoso.com }
  - { SipAddress: 'sip:ann@contoso.com', RegistrarPool: pool02.contoso.com }
`);
    assert.deepEqual(tablesOf(made).policies[0]?.Copied, {
      EnableIMAutoArchiving: false,
      EnableCallLogAutoArchiving: false,
      DisplayPhoto: 'NoPhoto',
      EnableExchangeContactSync: false,
      DisableFreeBusyInfo: true,
      DisableMeetingSubjectAndLocation: true,
      IMWarning: 'Be kind.\nBe brief.',
      HotdeskingTimeout: '00:05:00',
      MaxPhotoSizeKB: 30,
    });
    assert.deepEqual(
      made.left.map(({ subject, reason }) => `${subject}: ${reason}`),
      [
        "Tag:TwoFactor: EnableTracing of 'Global' is not copied: its value is none that it can have.",
        "Tag:TwoFactor: Nonsense of 'Global' is not copied: no parameter of that name is known.",
        "Tag:TwoFactor: PolicyEntry of 'Global' is not copied: it holds objects, which need cmdlets of their own.",
      ],
    );
  });

  it('unsets what must not be there with $null', () => {
    const made = remedyOf(`${twoFactorPool}CsClientPolicy:
  - Identity: Tag:Search
    SPSearchInternalURL: https://sharepoint.contoso.com/search.asmx
${ken('    ClientPolicy: Tag:Search\n')}`);
    assert.equal(tablesOf(made).policies[0]?.Settings.SPSearchInternalURL, null);
  });

  it('says that a new one is like nothing where the files do not hold what applies', () => {
    const made = remedyOf(`${twoFactorPool}CsUserServicesPolicy: []\n${ken()}`);
    assert.deepEqual(tablesOf(made).policies, [
      {
        Noun: 'CsUserServicesPolicy',
        Identity: 'Tag:TwoFactor',
        Make: true,
        Settings: { UcsAllowed: false },
        Copied: {},
      },
    ]);
    assert.match(made.script, /The files do not hold what applies here now/);
  });
});

describe('the remediation of contacts in Exchange', () => {
  const stores = `CsUnifiedContactStore:
  - { SipUri: sip:ken@contoso.com, UcsMode: Migrated }
  - { SipUri: sip:ann@contoso.com, UcsMode: Disabled }
`;

  it('is a roll-back, where the policy is right already', () => {
    const made = remedyOf(`${twoFactorPool}CsUserServicesPolicy:
  - { Identity: Global, UcsAllowed: false }
${ken()}${stores}`);
    assert.deepEqual(tablesOf(made), {
      policies: [],
      grants: [],
      rollbacks: [
        { Scopes: ['Service:UserServer:pool01.contoso.com', 'Global'], Users: ['sip:ken@contoso.com'] },
      ],
      signIn: [],
    });
    assert.equal(stepWords(made), '1 user, 1 roll-back');
  });

  it('comes behind the policy and the grant that make it last', () => {
    const made = remedyOf(`${twoFactorPool}CsUserServicesPolicy:
  - { Identity: Global, UcsAllowed: true }
CsUser:
  - { SipAddress: 'sip:ken@contoso.com', RegistrarPool: pool01.contoso.com }
  - { SipAddress: 'sip:ann@contoso.com', RegistrarPool: pool01.contoso.com }
  - { SipAddress: 'sip:don@contoso.com', RegistrarPool: pool02.contoso.com }
${stores}`);
    const { rollbacks, grants } = tablesOf(made);
    assert.deepEqual(rollbacks, [{ Scopes: ['Tag:TwoFactor'], Users: ['sip:ken@contoso.com'] }]);
    assert.deepEqual(grants[0]?.Users, ['sip:ken@contoso.com', 'sip:ann@contoso.com']);
    const loops = [...made.script.matchAll(/^foreach \(\$\w+ in \$(\w+)\)/gm)].map(([, name]) => name);
    assert.deepEqual(loops, ['policies', 'grants', 'rollbacks']);
  });

  it('is for everybody whom a policy reaches that is set', () => {
    const made = remedyOf(`${twoFactorPool}CsUserServicesPolicy:
  - { Identity: 'Service:UserServer:pool01.contoso.com', UcsAllowed: true }
${ken()}${stores}`);
    assert.deepEqual(tablesOf(made).rollbacks, [
      { Scopes: ['Service:UserServer:pool01.contoso.com'], Users: ['sip:ken@contoso.com'] },
    ]);
  });

  it('is done only where the policy that applies is asked and forbids the store', () => {
    const { script } = remedyOf(`${twoFactorPool}CsUserServicesPolicy:
  - { Identity: Global, UcsAllowed: false }
${ken()}${stores}`);
    const restore = script.slice(script.indexOf('function Restore-ContactList'));
    const asked = restore.indexOf('-not (Test-UcsForbidden $Name $Rollback.Scopes)');
    assert.ok(asked > 0 && asked < restore.indexOf('Invoke-CsUcsRollback'));
    assert.ok(restore.indexOf('Debug-CsUnifiedContactStore') < restore.indexOf('Invoke-CsUcsRollback'));
  });

  it('is left to people where the files do not say where contacts are', () => {
    const made = remedyOf(`${twoFactorPool}CsUserServicesPolicy:
  - { Identity: Tag:Pilot, UcsAllowed: true }
${ken('    UserServicesPolicy: Pilot\n')}`);
    assert.deepEqual(tablesOf(made).rollbacks, []);
    assert.deepEqual(leftOf(made), ['require-ucs-rollback sip:ken@contoso.com']);
  });

  it('is not wanted where the rule is off', () => {
    const project = projectOf(
      parseFixture(`${twoFactorPool}CsUserServicesPolicy:
  - { Identity: Tag:Pilot, UcsAllowed: true }
${ken('    UserServicesPolicy: Pilot\n')}${stores}`),
    );
    assert.equal(remedy(project).steps.rollbacks, 1);
    const made = remedy(project, { overrides: new Map([['require-ucs-rollback', 'off']]) });
    assert.deepEqual([made.steps.rollbacks, made.left], [0, []]);
  });
});

describe('the remediation of sign-in', () => {
  const pool = (rest: string): string => `CsWebServiceConfiguration:
  - Identity: Service:WebServer:pool01.contoso.com
    UseWsFedPassiveAuth: true
    DefaultValidityPeriodHours: 24
    ${rest}
`;
  const uri =
    'WsFedPassiveMetadataUri: https://sts.contoso.com/federationmetadata/2007-06/federationmetadata.xml';

  it('closes the other ways of a pool, last of all', () => {
    const made = remedyOf(`${pool(uri)}CsProxyConfiguration:
  - { Identity: Global, UseKerberosForClientToProxyAuth: true }
`);
    assert.deepEqual(tablesOf(made).signIn, [
      {
        Noun: 'CsWebServiceConfiguration',
        Identity: 'Service:WebServer:pool01.contoso.com',
        Settings: { UseWindowsAuth: 'None', UseCertificateAuth: false, UsePinAuth: false },
      },
      {
        Noun: 'CsProxyConfiguration',
        Identity: 'Service:Registrar:pool01.contoso.com',
        Make: true,
        Settings: { UseKerberosForClientToProxyAuth: false, UseNtlmForClientToProxyAuth: false },
        Copied: {},
      },
    ]);
    assert.equal(stepWords(made), '2 sign-in configurations');
  });

  it('is left to people where nobody could sign in afterwards', () => {
    const made = remedyOf(`${pool('WsFedPassiveMetadataUri:')}CsProxyConfiguration: []\n`);
    assert.equal(made.script, '');
    assert.deepEqual(leftOf(made).sort(), [
      'require-passive-metadata-uri Service:WebServer:pool01.contoso.com',
      'require-passive-only Service:WebServer:pool01.contoso.com',
      'require-registrar-lockdown Service:WebServer:pool01.contoso.com',
    ]);
  });

  it('is left to people where it reaches beyond a pool', () => {
    const made = remedyOf(
      `CsWebServiceConfiguration:\n  - { Identity: Global, UseWsFedPassiveAuth: true, ${uri} }\n`,
    );
    assert.equal(made.script, '');
    assert.ok(leftOf(made).includes('require-passive-only Global'));
  });

  it('is left to people where others come in through the same Edge pool', () => {
    const made =
      remedyOf(`${pool(`${uri}\n    UseWindowsAuth: None\n    UseCertificateAuth: false\n    UsePinAuth: false`)}CsService:
  - { Identity: Registrar:pool01.contoso.com, Role: Registrar, PoolFqdn: pool01.contoso.com, EdgeServer: EdgeServer:edge01.contoso.com }
  - { Identity: Registrar:pool02.contoso.com, Role: Registrar, PoolFqdn: pool02.contoso.com, EdgeServer: EdgeServer:edge01.contoso.com }
CsProxyConfiguration:
  - { Identity: Registrar:pool01.contoso.com, UseKerberosForClientToProxyAuth: false, UseNtlmForClientToProxyAuth: false }
  - { Identity: EdgeServer:edge01.contoso.com }
`);
    assert.equal(made.script, '');
    assert.deepEqual(leftOf(made), ['require-edge-lockdown EdgeServer:edge01.contoso.com']);
  });
});

describe('what no cmdlet is given for', () => {
  it('is listed with the reason, and not dropped', () => {
    const made = remedyOf(`${twoFactorPool}CsUserServicesPolicy:
  - { Identity: Tag:Pilot, UcsAllowed: true }
CsUser:
  - SipAddress: sip:ken@contoso.com
    RegistrarPool: pool01.contoso.com
    UserServicesPolicy: Pilot
    ExUmEnabled: true
    Nonsense: 1
CsUnifiedContactStore:
  - { SipUri: sip:ken@contoso.com, UcsMode: Disabled }
`);
    const list = made.script.slice(made.script.indexOf('What is left for you')).replaceAll('\r\n# ', ' ');
    assert.match(list, /no-exchange-voicemail-with-2fa: Tell the user to hear voice mail in Outlook/);
    assert.match(list, / {2}of sip:ken@contoso\.com \(deployment\.lync\.yaml\)/);
    assert.match(
      list,
      /lync-lint finds in the files what no cmdlet is needed for: .*no-unknown-property \(1\)/,
    );
  });

  for (const name of ['*', 'k?n', '[a-z]'])
    it(`is a user called '${name}', which may be several`, () => {
      const made = remedyOf(`${twoFactorPool}CsUserServicesPolicy:
  - { Identity: Global, UcsAllowed: true }
CsUser:
  - { SipAddress: 'sip:${name}', RegistrarPool: pool01.contoso.com }
  - { SipAddress: 'sip:ann@contoso.com', RegistrarPool: pool02.contoso.com }
`);
      assert.equal(made.script, '');
      assert.ok(leftOf(made).includes(`no-ucs-with-2fa sip:${name}`));
    });

  it('is a policy without a name, which to Set- would be Global', () => {
    const made = remedyOf(`${twoFactorPool}CsUserServicesPolicy:
  - { Identity: 'Tag:', UcsAllowed: true }
${ken("    UserServicesPolicy: 'Tag:'\n")}`);
    assert.doesNotMatch(made.script, /'Tag:'$/m);
    assert.ok(leftOf(made).includes('no-ucs-with-2fa sip:ken@contoso.com'), leftOf(made).join('\n'));
  });

  it('is not what ends by itself', () => {
    const made = remedyOf(`${twoFactorPool}CsImConfiguration:
  - { Identity: Global, EnableOfflineIm: true }
CsClientPolicy:
  - { Identity: Global }
CsUser:
  - { SipAddress: 'sip:ken@contoso.com', RegistrarPool: pool01.contoso.com }
  - { SipAddress: 'sip:ann@contoso.com', RegistrarPool: pool02.contoso.com }
`);
    assert.deepEqual(leftOf(made), ['policy-reaches-2fa-users Global']);
  });
});

describe('every remediation script', () => {
  const texts = [
    ...rules
      .flatMap(({ examples }) => [...examples.bad, ...examples.good, ...(examples.near ?? [])])
      .map((text) => projectOf(parseFixture(text))),
    ...sampleNames.map((name) => projectWith(sampleFiles(name))),
  ];

  it('is right PowerShell, asks before each change, and overrides nothing', () => {
    let scripts = 0;
    for (const project of texts) {
      const { script } = remedy(project, { now: new Date(0) });
      if (script === '') continue;
      scripts++;
      checkScript(script);
    }
    assert.ok(scripts > 30, String(scripts));
  });

  it('asks of the servers what the fixes write into the files', () => {
    for (const name of sampleNames) {
      const before = projectWith(sampleFiles(name));
      const { policies, grants, signIn } = tablesOf(remedy(before));
      const after = projectWith(sampleFiles(name));
      const [workspace] = after.workspaces;
      assert.ok(workspace);
      const { deployment } = workspace;
      for (const [file, edits] of editsOf(safeChanges(findingsIn(after), deployment), deployment))
        for (const edit of edits.toReversed()) after.editAt(file.uri, edit);
      for (const { Noun, Identity, Settings } of [...policies, ...signIn]) {
        const object = deployment.find(Noun, Identity);
        assert.ok(object, Identity);
        for (const [property, value] of Object.entries(Settings))
          assert.equal(ownValue(object, property).value, value, `${Identity} ${property}`);
      }
      for (const { Noun, Policy, Users } of grants)
        for (const user of Users) {
          const assigned = deployment.find('CsUser', user)?.property(Noun.slice(2));
          assert.equal(assigned && referenceName(assigned.value), Policy, user);
        }
      const users = before.workspaces[0]?.deployment.all('CsUser') ?? [];
      const changed = users.flatMap((user) =>
        ['UserServicesPolicy', 'ClientPolicy', 'MobilityPolicy'].filter(
          (key) => deployment.find('CsUser', user.subject)?.text(key) !== user.text(key),
        ),
      );
      assert.equal(changed.length, grants.flatMap(({ Users }) => Users).length);
    }
  });

  it('has names nowhere but in literals and comments', () => {
    const scriptFor = (name: string): string => {
      // A slash would make a folder of the file's name, and what is left of it is hidden and belongs to no deployment.
      const fileName = `f${name.replaceAll(/[/\p{Cs}]/gu, '')}.lync.yaml`;
      const files = new Map([
        [
          `${root}/${encodeURIComponent(fileName)}`,
          `${twoFactorPool}${JSON.stringify({
            CsUserServicesPolicy: [
              { Identity: 'Global', UcsAllowed: true },
              { Identity: `Tag:p${name}`, UcsAllowed: true },
            ],
            CsClientPolicy: [{ Identity: 'Global', IMWarning: `w${name}`, Description: `d${name}` }],
            CsUser: [
              {
                SipAddress: `sip:u${name}`,
                RegistrarPool: 'pool01.contoso.com',
                UserServicesPolicy: `p${name}`,
              },
              { SipAddress: 'sip:ann@contoso.com', RegistrarPool: 'pool02.contoso.com' },
            ],
            CsUnifiedContactStore: [{ SipUri: `sip:u${name}`, UcsMode: 'Migrated' }],
          })
            .slice(1, -1)
            .replaceAll(/,"(Cs[A-Z]\w+)":\[/g, '\n$1: [')
            .replace('"CsUserServicesPolicy":', 'CsUserServicesPolicy: ')}\n`,
        ],
      ]);
      const made = remedy(projectWith(files), { title: name, nameOf: ({ uri }) => decodeURIComponent(uri) });
      checkScript(made.script);
      const tables = tablesOf(made);
      const identity = identityText(parseIdentity(`Tag:p${name}`));
      assert.equal(tables.policies.find(({ Noun }) => Noun === 'CsUserServicesPolicy')?.Identity, identity);
      assert.equal(tables.policies.find(({ Copied }) => Copied)?.Copied?.IMWarning, `w${name}`);
      assert.deepEqual(tables.rollbacks, [{ Scopes: [identity], Users: [`sip:u${name}`.trim()] }]);
      assert.deepEqual(tables.grants[0]?.Users, [`sip:u${name}`.trim()]);
      return skeletonOf(parseScript(made.script));
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

  it('takes time that grows with the users, and no faster', () => {
    const user = (index: number): string =>
      `  - { SipAddress: 'sip:u${index}@contoso.com', RegistrarPool: pool0${(index % 2) + 1}.contoso.com }\n`;
    const text = `${twoFactorPool}CsUserServicesPolicy:\n  - { Identity: Global, UcsAllowed: true }\nCsUser:\n`;
    const made = remedyOf(text + Array.from({ length: 4000 }, (_, index) => user(index)).join(''));
    assert.equal(made.users, 2000);
    assert.ok(made.script.length < 200_000, String(made.script.length));
  });
});
