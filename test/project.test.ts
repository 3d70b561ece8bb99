import fc from 'fast-check';
import { Twin } from './incremental.ts';

const topology = `CsSite:
  - Identity: Site:Redmond
    Pools: [pool01.contoso.com]
CsPool:
  - Identity: pool01.contoso.com
    Computers: [fe01.contoso.com]
  - { Identity: pool02.contoso.com, Site: Site:Redmond }
CsService:
  - { Identity: Registrar:pool01.contoso.com, PoolFqdn: pool01.contoso.com, Version: 6, EdgeServer: EdgeServer:edge01.contoso.com }
  - { Identity: Registrar:pool02.contoso.com, Role: Registrar, PoolFqdn: pool02.contoso.com, Version: 7 }
CsWebServiceConfiguration:
  - &web
    Identity: Service:WebServer:pool01.contoso.com
    UseWsFedPassiveAuth: true
    UseWindowsAuth: None
  - <<: *web
    Identity: Global
    UseWsFedPassiveAuth: false
CsProxyConfiguration:
  Identity: Global
  UseKerberosForClientToProxyAuth: true
CsServerPatchVersion:
  - { PSComputerName: fe01.contoso.com, ComponentName: Front End Server, Version: 5.0.8308.291 }
`;

const users = `# Who is there
CsUserServicesPolicy:
  - { Identity: Global, UcsAllowed: true }
  - Identity: Tag:SmartCard
    UcsAllowed: false
CsClientPolicy:
  - Identity: Site:Redmond
    DisplayPhoto: AllPhotos
CsMobilityPolicy: []
CsUser:
  # lync-disable-next-line no-ucs-with-2fa -- a ticket
  - SipAddress: sip:ken@contoso.com
    RegistrarPool: pool01.contoso.com
  - SipAddress: sip:ann@contoso.com
    RegistrarPool: pool01.contoso.com
    UserServicesPolicy: SmartCard
  - SipAddress: sip:bob@contoso.com
    RegistrarPool: pool02.contoso.com
    TwoFactorAuthentication: AzureMfa
    ClientPolicy: Sales
x-notes:
  - *web
CsUnifiedContactStore:
  - { SipUri: sip:ann@contoso.com, UcsMode: Migrated }
`;

const shared = `CsSite: &all
  - &site
    Identity: Site:Dublin
    Pools: [pool03.contoso.com]
CsPool:
  - Identity: pool03.contoso.com
CsSipDomain: *all
x-more: [*site]
---
CsPool:
  - Identity: pool04.contoso.com
CsSite:
  - *site
`;

type Step = (twin: Twin) => void;

describe('a project that has followed edits', () => {
  it('finds what a project finds that has read the same texts', () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 8 }), (steps) => {
        const twin = new Twin([
          ['topology.lync.yaml', topology],
          ['users.lync.yaml', users],
          ['more.lync.yaml', shared],
        ]);
        for (const { follow } of steps) {
          follow(twin);
          twin.assertSame();
        }
      }),
      { numRuns: Number(process.env.RUNS ?? 300) },
    );
  });
});

const piece = fc.constantFrom(
  ...[
    '\n',
    '\n',
    '\r\n',
    '  ',
    '- ',
    '\n  - ',
    '\n- ',
    ': ',
    ', ',
    '"',
    "'",
    '{',
    '}',
    '[',
    ']',
    '# ',
    '|',
    '😀',
  ],
  ...[
    '&web ',
    '*web',
    '&all ',
    '*all',
    '<<: *web\n',
    '\n---\n',
    '\n...\n',
    '?',
    '!!str ',
    '\t',
    '\uFEFF',
    '%YAML 1.2\n',
  ],
  ...[
    'true',
    'false',
    'no',
    'null',
    '7',
    '5',
    'SmartCard',
    'Sales',
    'Global',
    'Site:Redmond',
    'POOL01.contoso.com',
  ],
  ...[
    'CsUser:\n',
    '\nCsUser:\n',
    '\nCsPool:\n',
    '\nCsUserServicesPolicy: []\n',
    '\nCsClientPolicy:\n',
    'csuser:\n',
  ],
  ...[
    '\n  - Identity: Global\n',
    '\n  - *web\n',
    '\n  - SipAddress: sip:new@contoso.com\n    RegistrarPool: pool01.contoso.com\n',
  ],
  ...[
    '\n    Enabled: false\n',
    '\n    TwoFactorAuthentication: None\n',
    "\n    TwoFactorAuthentication: '5'\n",
    '\n    TwoFactorAuthentication: 5\n',
  ],
  ...[
    '\nCsUser: *all\n',
    '\nCsUser: &all\n',
    '\nCsPool: &all\n',
    '\n    ClientPolicy: { FriendlyName: Sales }\n',
  ],
  ...[
    '# lync-disable no-ucs-with-2fa\n',
    '\n# lync-enable\n',
    ' # lync-disable-line',
    '\n# lync-disable-next-line valid-value, no-unknown-property\n',
  ],
);

const text = fc.array(piece, { maxLength: 3 }).map((pieces) => pieces.join(''));

const configuration = fc
  .array(
    fc.constantFrom(
      ...[
        'twoFactor:\n  pools:\n    - { pool: pool02.contoso.com, method: RsaSecurId }\n',
        'exchange:\n  requiresSecondFactor: true\n',
      ],
      ...[
        'exchange:\n  hybridModernAuthentication: true\n',
        'mobile:\n  gateway: LyncShield\n',
        'rules:\n  no-ucs-with-2fa: off\n',
      ],
      ...[
        'rules: { no-such-rule: info, valid-value: hint }\n',
        'twoFactor: { pools: [{ pool: pool09.contoso.com }] }\n',
      ],
      ...[
        'exclude: [users*]\n',
        "files: ['**/*.yaml']\n",
        'files:\n  - topology.lync.yaml\n',
        'misspelled: 1\n',
      ],
    ),
    { maxLength: 3 },
  )
  .map((parts) => parts.join(''));

const name = fc.constantFrom('topology.lync.yaml', 'users.lync.yaml', 'more.lync.yaml', 'plain.yaml');
const part = fc.double({ min: 0, max: 1, noNaN: true });

function named(label: string, follow: Step): { follow: Step; toString(): string } {
  return { follow, toString: () => label };
}

const step = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.tuple(name, part, fc.nat(30), text).map(([file, at, length, inserted]) =>
      named(`edit ${file} at ${at}, ${length} -> ${JSON.stringify(inserted)}`, (twin) => {
        const start = Math.floor(at * twin.text(file).length);
        twin.edit(file, start, Math.min(start + length, twin.text(file).length), inserted);
      }),
    ),
  },
  {
    weight: 6,
    arbitrary: fc.tuple(name, part, fc.nat(3), text).map(([file, at, length, inserted]) =>
      named(`replace ${length} lines of ${file} at ${at} by ${JSON.stringify(inserted)}`, (twin) => {
        const [start, end] = lines(twin.text(file), at, length);
        twin.edit(file, start, end, inserted);
      }),
    ),
  },
  {
    weight: 6,
    arbitrary: fc.tuple(name, part, fc.nat(6), name, part).map(([from, at, length, to, where]) =>
      named(`copy ${length} lines of ${from} at ${at} to ${to} at ${where}`, (twin) => {
        const [start, end] = lines(twin.text(from), at, length);
        const [target] = lines(twin.text(to), where, 0);
        twin.edit(to, target, target, twin.text(from).slice(start, end));
      }),
    ),
  },
  fc.tuple(name, fc.constantFrom(topology, users, shared, ''), fc.boolean()).map(([file, whole, open]) =>
    named(`set ${file} to ${whole.length} characters`, (twin) => {
      twin.set(file, whole, { open });
    }),
  ),
  name.map((file) =>
    named(`${file} with CRLF`, (twin) => {
      twin.set(file, twin.text(file).replace(/\r?\n/g, '\r\n'), { open: true });
    }),
  ),
  name.map((file) =>
    named(`remove ${file}`, (twin) => {
      twin.remove(file);
    }),
  ),
  fc.option(configuration, { nil: undefined }).map((settings) =>
    named(`configure ${JSON.stringify(settings)}`, (twin) => {
      twin.configure('lync.config.yaml', settings);
    }),
  ),
);

/** The offsets of the first of some whole lines, and of their end. */
function lines(whole: string, at: number, count: number): [start: number, end: number] {
  const start = whole.lastIndexOf('\n', Math.floor(at * whole.length)) + 1;
  let end = start;
  for (let left = count; left > 0 && end < whole.length; left--) {
    const next = whole.indexOf('\n', end);
    end = next < 0 ? whole.length : next + 1;
  }
  return [start, end];
}
