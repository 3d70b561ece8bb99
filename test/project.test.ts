import assert from 'node:assert/strict';
import fc from 'fast-check';
import { isConfiguration, Project } from '../server/src/project.ts';
import { rules } from '../server/src/rules/index.ts';
import { root } from './fixture.ts';
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
    DefaultValidityPeriodHours: 24
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

const policies = 'CsUserServicesPolicy:\n  - Identity: Global\n    UcsAllowed: maybe\n';

/** A project with texts by path below the root, and the folders that are open. */
function projectWith(texts: Readonly<Record<string, string>>, folders: readonly string[] = ['']): Project {
  const project = new Project(rules);
  project.setFolders(folders.map((folder) => (folder === '' ? root : `${root}/${folder}`)));
  for (const [name, text] of Object.entries(texts)) {
    if (isConfiguration(`/${name}`)) project.setConfiguration(`${root}/${name}`, text);
    else project.setFile(`${root}/${name}`, text);
  }
  return project;
}

/** What is found in a file, as `severity rule`. */
function found(project: Project, name: string, without = 'incomplete-deployment'): string[] {
  return project
    .findings(`${root}/${name}`)
    .filter(({ finding }) => finding.rule.id !== without)
    .map(({ finding, severity }) => `${severity} ${finding.rule.id}`);
}

describe('a file belongs to a deployment', () => {
  it('when its name says so, in any folder', () => {
    const project = projectWith({ 'a.lync.yaml': policies, 'b/c.LYNC.yml': policies, 'd.yaml': policies });
    assert.deepEqual(found(project, 'a.lync.yaml'), ['error valid-value']);
    assert.equal(found(project, 'b/c.LYNC.yml').includes('error no-duplicate-identity'), true);
    assert.deepEqual(found(project, 'd.yaml'), []);
    assert.equal(project.workspaceOf(`${root}/d.yaml`), undefined);
  });

  it('when the configuration counts it in, and not out', () => {
    const project = projectWith({
      'lync.config.yaml': "files: ['*.yaml', 'users/**']\nexclude: [old*, 'users/archive/**']\n",
      'a.yaml': policies,
      'old.yaml': policies,
      'users/b.txt': 'CsUser:\n  - a\n',
      'users/archive/c.yaml': policies,
      'deep/d.lync.yaml': policies,
    });
    const belongs = ['a.yaml', 'old.yaml', 'users/b.txt', 'users/archive/c.yaml', 'deep/d.lync.yaml'].filter(
      (name) => project.workspaceOf(`${root}/${name}`),
    );
    assert.deepEqual(belongs, ['a.yaml', 'users/b.txt']);
    assert.equal(project.wants(`${root}/z.yaml`), true);
    assert.equal(project.wants(`${root}/old-z.yaml`), false);
  });

  it('when somebody names it, whatever its name', () => {
    const project = projectWith({});
    project.setFile(`${root}/export.txt`, policies, { named: true });
    assert.deepEqual(found(project, 'export.txt'), ['error valid-value']);
  });

  it('while it is open and has a section that is known', () => {
    const project = projectWith({});
    const uri = `${root}/values.yaml`;
    const set = (text: string): void => {
      project.setFile(uri, text, { open: true });
    };
    set('apiVersion: v1\nkind: List\nitems:\n  - a: b\n    a: c\n');
    assert.deepEqual(found(project, 'values.yaml'), []);
    set(policies);
    assert.deepEqual(found(project, 'values.yaml'), ['error valid-value']);
    project.editFile(uri, [
      { range: { start: { line: 0, character: 0 }, end: { line: 0, character: 2 } }, text: 'x-' },
    ]);
    assert.deepEqual(found(project, 'values.yaml'), []);
    project.editFile(uri, [
      { range: { start: { line: 0, character: 0 }, end: { line: 0, character: 2 } }, text: 'cs' },
    ]);
    assert.deepEqual(found(project, 'values.yaml'), ['hint prefer-canonical-case', 'error valid-value']);
    project.setFile(uri, policies, { open: false });
    assert.deepEqual(found(project, 'values.yaml'), []);
  });
});

describe('the root of a deployment', () => {
  const rootOf = (project: Project, name: string): string | undefined =>
    project.workspaceOf(`${root}/${name}`)?.root.slice(root.length);

  it('is the nearest folder above with a configuration, else the folder that is open, else its own', () => {
    const project = projectWith(
      {
        'east/lync.config.yaml': '',
        'east/site/a.lync.yaml': policies,
        'east/inner/lync.config.yaml': '',
        'east/inner/b.lync.yaml': policies,
        'west/c.lync.yaml': policies,
        'far/away/d.lync.yaml': policies,
      },
      ['west', 'east/site'],
    );
    assert.equal(rootOf(project, 'east/site/a.lync.yaml'), '/east');
    assert.equal(rootOf(project, 'east/inner/b.lync.yaml'), '/east/inner');
    assert.equal(rootOf(project, 'west/c.lync.yaml'), '/west');
    assert.equal(rootOf(project, 'far/away/d.lync.yaml'), '/far/away');
  });

  it('is the innermost of nested open folders', () => {
    const project = projectWith({ 'a/b/c.lync.yaml': policies, 'a/d.lync.yaml': policies }, ['', 'a', 'a/b']);
    assert.equal(rootOf(project, 'a/b/c.lync.yaml'), '/a/b');
    assert.equal(rootOf(project, 'a/d.lync.yaml'), '/a');
  });

  it('changes when a configuration comes or goes, and with it what is found', () => {
    const project = projectWith({ 'a/x.lync.yaml': policies, 'b/y.lync.yaml': policies });
    const duplicate = 'error no-duplicate-identity';
    assert.equal(found(project, 'b/y.lync.yaml').includes(duplicate), true);
    project.setConfiguration(`${root}/a/lync.config.yaml`, '');
    assert.equal(found(project, 'b/y.lync.yaml').includes(duplicate), false);
    assert.equal(rootOf(project, 'a/x.lync.yaml'), '/a');
    project.setConfiguration(`${root}/a/lync.config.yaml`, undefined);
    assert.equal(found(project, 'b/y.lync.yaml').includes(duplicate), true);
    assert.deepEqual(
      project.workspaces.map((workspace) => workspace.root),
      [root],
    );
  });
});

describe('the configuration', () => {
  const passive = `CsWebServiceConfiguration:
  - { Identity: Service:WebServer:pool01.contoso.com, UseWsFedPassiveAuth: true }
CsUserServicesPolicy: []
CsClientPolicy:
  - { Identity: Global, DisplayPhoto: AllPhotos, EnableIMAutoArchiving: false, DisableCalendarPresence: true }
CsUser:
  - { SipAddress: sip:ken@contoso.com, RegistrarPool: pool01.contoso.com, ExUmEnabled: true }
`;
  const severities = (settings: string): Map<string, string> => {
    const project = projectWith({ 'lync.config.yaml': settings, 'a.lync.yaml': passive });
    return new Map(
      found(project, 'a.lync.yaml', '').map((words) => words.split(' ').reverse() as [string, string]),
    );
  };

  it('gives rules another severity, or switches them off', () => {
    const found = severities(
      'rules:\n  no-ucs-with-2fa: hint\n  no-exchange-photos-with-2fa: off\n  incomplete-deployment: Error\n',
    );
    assert.equal(found.get('no-ucs-with-2fa'), 'hint');
    assert.equal(found.has('no-exchange-photos-with-2fa'), false);
    assert.equal(found.get('incomplete-deployment'), 'error');
  });

  it('raises the warnings about lost features to errors where Exchange asks for a second factor', () => {
    const [usual, raised] = [severities(''), severities('exchange: { requiresSecondFactor: true }\n')];
    for (const rule of rules) {
      const before = usual.get(rule.id);
      const expected = rule.group === 'features' && before === 'warning' ? 'error' : before;
      assert.equal(raised.get(rule.id), expected, rule.id);
    }
    assert.equal(raised.get('no-exchange-voicemail-with-2fa'), 'error');
    assert.equal(raised.get('no-call-log-history-with-2fa'), 'info');
  });

  it('has the last word on what is raised', () => {
    const found = severities(
      'exchange: { requiresSecondFactor: true }\nrules: { no-exchange-photos-with-2fa: warning }\n',
    );
    assert.equal(found.get('no-exchange-photos-with-2fa'), 'warning');
  });
});

describe('valid-configuration', () => {
  const good = `# The usual
files: ['**/*.lync.yaml']
exclude:
  - archive/**
rules:
  no-ucs-with-2fa: off
  valid-value: WARNING
twoFactor:
  pools:
    - { pool: POOL01.contoso.com, method: rsasecurid }
exchange:
  requiresSecondFactor: true
  hybridModernAuthentication: false
mobile:
  gateway: LyncShield
x-mine: 1
`;
  const pools = 'CsPool:\n  - Identity: pool01.contoso.com\n';
  /** What is said of a configuration, with the text that it is said of. */
  const said = (settings: string): string[] => {
    const project = projectWith({ 'lync.config.yaml': settings, 'a.lync.yaml': pools });
    return project.findings(`${root}/lync.config.yaml`).map(({ finding, severity }) => {
      const { start, end } = finding.at.file.absolute(finding.at.block, finding.at);
      return `${severity} ${finding.rule.id} at ${settings.slice(start, end)}: ${finding.message}`;
    });
  };

  it('finds nothing in a good one, or in an empty one', () => {
    assert.deepEqual(said(good), []);
    assert.deepEqual(said(good.replaceAll('\n', '\r\n')), []);
    for (const empty of [
      '',
      '# nothing\n',
      'rules:\n',
      'rules: {}\nfiles: []\n',
      'exchange:\nmobile: null\n',
    ])
      assert.deepEqual(said(empty), []);
  });

  const misspelled: readonly (readonly [right: string, wrong: string])[] = [
    ...['files', 'exclude', 'rules', 'twoFactor', 'exchange', 'mobile'].map(
      (name) => [`${name}:`, `${name}s:`] as const,
    ),
    ...['pools', 'requiresSecondFactor', 'hybridModernAuthentication', 'gateway'].map(
      (name) => [`  ${name}:`, `  ${name}s:`] as const,
    ),
    ['method:', 'methods:'],
    ['no-ucs-with-2fa:', 'no-ucs-with-2fas:'],
    ['POOL01', 'POOL09'],
    ['rsasecurid', 'SecurID'],
    ['WARNING', 'warn'],
  ];
  for (const [right, wrong] of misspelled) {
    it(`finds '${wrong.trim()}'`, () => {
      const [first, ...others] = said(good.replace(right, wrong));
      assert.match(first ?? '', /^error valid-configuration at /);
      const word = wrong.replace(/[:{ ]/g, '');
      assert.ok(first?.includes(word) ?? false, first);
      assert.deepEqual(others, []);
    });
  }

  const wrongTypes: readonly (readonly [settings: string, at: string])[] = [
    ['files: "*.yaml"', '"*.yaml"'],
    ['files: [{ a: b }]', '{ a: b }'],
    ['exclude: 1', '1'],
    ["files: ['../*.yaml']", "'../*.yaml'"],
    ['files:\n  - /etc/*', '/etc/*'],
    ['exclude: [a/../../b]', 'a/../../b'],
    ["files: ['C:\\a']", "'C:\\a'"],
    ['rules: off', 'off'],
    ['rules: { valid-value: [off] }', '[off]'],
    ['twoFactor: [pool01.contoso.com]', '[pool01.contoso.com]'],
    ['twoFactor: { pools: pool01.contoso.com }', 'pool01.contoso.com'],
    ['twoFactor: { pools: [pool01.contoso.com] }', 'pool01.contoso.com'],
    ['twoFactor: { pools: [{ method: Other }] }', '{ method: Other }'],
    ['exchange: yes', 'yes'],
    ['exchange: { requiresSecondFactor: yes }', 'yes'],
    ['mobile: LyncShield', 'LyncShield'],
    ['mobile: { gateway: [a] }', '[a]'],
  ];
  for (const [settings, at] of wrongTypes) {
    it(`finds ${JSON.stringify(settings)}`, () => {
      const [first, ...others] = said(settings);
      assert.ok(first?.startsWith(`error valid-configuration at ${at}: `), first ?? 'Nothing is said.');
      assert.deepEqual(others, []);
    });
  }

  it("finds a pool's misspelled name, and that the pool has none", () => {
    assert.deepEqual(
      said('twoFactor: { pools: [{ poll: pool01.contoso.com }] }').map((words) => words.split(': ')[0]),
      ['error valid-configuration at { poll', 'error valid-configuration at poll'],
    );
  });

  it('finds what is there twice', () => {
    for (const settings of [
      'rules: {}\nrules: {}\n',
      'rules: { valid-value: off, valid-value: off }\n',
      'mobile: { gateway: a, gateway: b }\n',
    ])
      assert.match(said(settings).join(), /^error valid-configuration at \S+: '\S+' is there twice/);
  });

  it('finds what is no YAML', () => {
    assert.notDeepEqual(said('rules: {\n'), []);
    assert.notDeepEqual(said('rules:\n\tvalid-value: off\n'), []);
    assert.notDeepEqual(said('- rules\n'), []);
  });
});

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
    '\n# lync-disable-next-line no-unused-suppression -- a ticket\n',
    '\n# lync-enable no-ucs-with-2fa, no-ucs-with-2fas\n',
    ' # lync-disable-line no-undefined-reference, incomplete-deployment',
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
  {
    weight: 3,
    arbitrary: fc.tuple(name, fc.nat(3)).map(([file, limit]) =>
      named(`glance at ${limit} of ${file}`, (twin) => {
        twin.glance(file, limit);
      }),
    ),
  },
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

describe('after one edit a project', () => {
  it('knows that an anchor is in another document now', () => {
    const twin = new Twin([['more.lync.yaml', 'CsSite: &x\n  - {}\nCsPool:\n  - Identity: a\nCsUser: *x\n']]);
    twin.edit('more.lync.yaml', 18, 18, '---\n');
    twin.assertSame();
    twin.edit('more.lync.yaml', 18, 22, '');
    twin.assertSame();
  });

  it('knows to which section people belong behind a line that is being typed among them', () => {
    const people = '  - SipAddress: sip:ken@contoso.com\n  - SipAddress: sip:ken@contoso.com\n';
    const twin = new Twin([['more.lync.yaml', `CsUser:\n  - SipAddress: sip:ann@contoso.com\n${people}`]]);
    let at = 'CsUser:\n  - SipAddress: sip:ann@contoso.com\n'.length;
    for (const typed of ['C', 's', 'P', 'o', 'o', 'l', ':', ' ', 'x', '\n']) {
      twin.edit('more.lync.yaml', at, at, typed === 'C' ? 'C\n' : typed);
      at++;
      twin.assertSame();
      if (typed === 'l') assert.match(twin.found('more.lync.yaml').join(), /no-duplicate-identity/);
    }
    twin.edit('more.lync.yaml', 2, 6, 'Pool');
    twin.assertSame();
  });

  it('still knows what is broken below a key that is no section any more', () => {
    const twin = new Twin([['more.lync.yaml', 'CsUser:\n  - { a: b }\n    c: d\n']]);
    twin.edit('more.lync.yaml', 0, 2, 'x-');
    twin.assertSame();
  });
});
