import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  mostPools,
  mostSites,
  topologyPicture,
} from '../../../server/src/features/topology/topologyPicture.ts';
import { parseFixture, projectOf, root } from '../../fixture.ts';
import { projectWith, sampleFiles } from '../../samples.ts';
import { readPicture, type ReadPicture, type Rect } from './picture.ts';

const deployment = `#- topology.lync.yaml
CsSite:
  - { Identity: Site:Redmond, DisplayName: Redmond campus }
  - { Identity: Site:Fremont, SiteType: RemoteSite, ParentSite: Site:Redmond }
CsPool:
  - { Identity: pool01.contoso.com, Site: Site:Redmond, BackupPoolFqdn: pool02.contoso.com }
  - { Identity: pool02.contoso.com, Site: Site:Redmond, BackupPoolFqdn: pool01.contoso.com }
  - { Identity: se01.contoso.com, Site: Site:Redmond }
  - { Identity: dir01.contoso.com, Site: Site:Redmond }
  - { Identity: edge01.contoso.com, Site: Site:Redmond }
  - { Identity: sql01.contoso.com, Site: Site:Redmond }
  - { Identity: sba01.contoso.com, Site: Site:Fremont }
CsService:
  - { Identity: Registrar:pool01.contoso.com, Version: 6, EdgeServer: EdgeServer:edge01.contoso.com }
  - { Identity: UserServer:pool01.contoso.com, UserDatabase: UserDatabase:sql01.contoso.com }
  - { Identity: Registrar:pool02.contoso.com, Version: 7, EdgeServer: EdgeServer:edge09.contoso.com }
  - { Identity: UserServer:pool02.contoso.com, UserDatabase: { FriendlyName: UserDatabase:sql01.contoso.com } }
  - { Identity: Registrar:se01.contoso.com, Version: 6 }
  - { Identity: UserServer:se01.contoso.com, UserDatabase: UserDatabase:se01.contoso.com }
  - { Identity: UserDatabase:se01.contoso.com }
  - { Identity: Director:dir01.contoso.com, Version: 6 }
  - { Identity: EdgeServer:edge01.contoso.com, Version: 6, Registrar: Director:dir01.contoso.com }
  - { Identity: UserDatabase:sql01.contoso.com }
  - { Identity: Registrar:sba01.contoso.com, UserServer: UserServer:pool01.contoso.com, BackupRegistrar: Registrar:pool01.contoso.com }
#- settings.lync.yaml
CsWebServiceConfiguration:
  - Identity: Service:WebServer:pool01.contoso.com
    UseWsFedPassiveAuth: true
    WsFedPassiveMetadataUri: https://sts.contoso.com/federationmetadata/2007-06/federationmetadata.xml
    UseWindowsAuth: Negotiate
    UseCertificateAuth: false
    UsePinAuth: false
CsProxyConfiguration:
  - { Identity: Service:Registrar:pool01.contoso.com, UseKerberosForClientToProxyAuth: false, UseNtlmForClientToProxyAuth: false }
#- users.lync.yaml
CsUser:
  - { SipAddress: sip:ken@contoso.com, RegistrarPool: POOL01.contoso.com }
  - { SipAddress: sip:ann@contoso.com, RegistrarPool: pool02.contoso.com, TwoFactorAuthentication: SmartCard }
  - { SipAddress: sip:don@contoso.com, RegistrarPool: pool02.contoso.com }
`;

function pictureOf(text: string): ReadPicture {
  const project = projectOf(parseFixture(text));
  project.check();
  const [uri = ''] = project.uris;
  const found = topologyPicture(project, uri);
  assert.ok(found);
  return readPicture(found.svg);
}

function textsOf({ pools }: ReadPicture, pool: string): readonly string[] {
  return pools.get(`${pool}.contoso.com`)?.texts ?? assert.fail(`'${pool}' is not in the picture.`);
}

describe('the picture of a topology', () => {
  const picture = pictureOf(deployment);

  it('has a title, and says in words what it shows', () => {
    assert.equal(picture.title, 'Topology of contoso');
    assert.match(picture.desc, /^2 sites, 8 pools, 3 users, 2 with two factors, all of them cut off/);
  });

  it('frames sites with their pools, branch sites behind their central site', () => {
    const heads = picture.texts.filter((text) =>
      /\d pools?, (?!\d+ users?, \d+ with two factors, all)/.test(text),
    );
    assert.deepEqual(heads, [
      'Redmond (Redmond campus)6 pools, 3 users, 2 with two factors',
      'Fremontbranch site of Redmond, 1 pool, no users',
      'Site not in these files1 pool, no users',
    ]);
  });

  it('says what each pool is, and in which product', () => {
    for (const [pool, what] of [
      ['pool01', 'Front End · Lync 2013'],
      ['pool02', 'Front End · SfB 2015'],
      ['se01', 'Standard Edition · Lync 2013'],
      ['dir01', 'Director · Lync 2013'],
      ['edge01', 'Edge · Lync 2013'],
      ['edge09', 'Edge'],
      ['sba01', 'Survivable branch'],
      ['sql01', 'SQL store of pool01, pool02'],
    ] as const)
      assert.equal(textsOf(picture, pool)[1], what);
  });

  it('marks where a second factor is asked for, how, and what of it is open', () => {
    assert.deepEqual(textsOf(picture, 'pool01').slice(2), [
      '1 user, all with 2FA',
      '2FA',
      'passive authentication',
      'lockdown: 4 findings',
    ]);
    assert.deepEqual(picture.pools.get('pool01.contoso.com')?.classes, ['pool', 'frontEnd', 'two', 'open']);
    assert.match(
      picture.pools.get('pool01.contoso.com')?.tooltip ?? '',
      /^require-passive-only: Nobody is asked/m,
    );
  });

  it('tells a pool that asks everybody from people who bring a second factor of their own', () => {
    assert.deepEqual(textsOf(picture, 'pool02').slice(2), [
      '2 users, 1 with 2FA',
      '2FA',
      '1 user by own key',
    ]);
    assert.deepEqual(picture.pools.get('pool02.contoso.com')?.classes, ['pool', 'frontEnd']);
  });

  it('marks the Edge pool whose missing configuration the web services tell of', () => {
    assert.deepEqual(textsOf(picture, 'edge01').slice(2), [
      'SIP: Kerberos, NTLM, certificate',
      '2FA',
      'the pool behind it',
      'lockdown: 1 finding',
    ]);
    assert.deepEqual(textsOf(picture, 'edge09').slice(2), [
      'SIP: Kerberos, NTLM, certificate',
      '2FA',
      '1 user by own key',
    ]);
  });

  it('draws each link once', () => {
    assert.deepEqual(
      picture.lines
        .map(({ kind, from, to }) => `${kind} ${from} ${to}`.replaceAll('.contoso.com', ''))
        .sort(),
      [
        'backup pool01 pool02',
        'branch sba01 pool01',
        'edge pool01 edge01',
        'edge pool02 edge09',
        'nextHop edge01 dir01',
      ],
    );
  });

  it('leads to what defines a pool, and from a pool that is only named to nowhere', () => {
    assert.equal(picture.pools.get('edge09.contoso.com')?.isLink, false);
    assert.equal(picture.pools.get('pool01.contoso.com')?.isLink, true);
    assert.deepEqual(
      picture.places.map(({ line }) => line).sort((a, b) => a - b),
      [1, 2, 4, 5, 6, 7, 8, 9, 10],
    );
  });

  it('answers the three questions', () => {
    for (const line of [
      'At 2 of 4 pools that can home users:',
      'pool01 (1 user): passive authentication',
      '1 user elsewhere, by a key of their own',
      'edge01 → dir01 (2FA): Kerberos, NTLM, certificate',
      'edge01: require-edge-lockdown',
    ])
      assert.ok(picture.texts.includes(line), `${line}\n${picture.texts.join('\n')}`);
  });

  it('knows pools from users alone', () => {
    const { texts, pools } = pictureOf(
      'CsUser:\n  - { SipAddress: sip:ken@contoso.com, RegistrarPool: pool01.contoso.com }\n',
    );
    assert.ok(texts.includes('Site not in these files1 pool, 1 user'), texts.join('\n'));
    assert.deepEqual(pools.get('pool01.contoso.com')?.texts, [
      'pool01.contoso.com',
      'Registrar',
      '1 user',
      'sign-in: not in these files',
    ]);
    assert.ok(texts.includes('Not known without CsWebServiceConfiguration.'));
  });

  it('is none where no site and no pool is named', () => {
    const project = projectOf(parseFixture('CsClientPolicy:\n  - Identity: Global\n'));
    assert.equal(topologyPicture(project, `${root}/deployment.lync.yaml`), undefined);
    assert.equal(topologyPicture(project, `${root}/other.yaml`), undefined);
  });

  it('says how much it leaves out', () => {
    const sites = Array.from({ length: mostSites + 2 }, (_, index) => `  - Identity: Site:S${index}\n`);
    const pools = Array.from(
      { length: mostPools + 3 },
      (_, index) => `  - { Identity: p${index}.contoso.com, Site: Site:S1 }\n`,
    );
    const found = pictureOf(`CsSite:\n${sites.join('')}CsPool:\n${pools.join('')}`);
    assert.equal(found.frames.length, mostSites);
    assert.equal(found.pools.size, mostPools);
    assert.ok(found.texts.includes('and 3 more pools that the picture has no room for'));
    assert.ok(found.texts.some((text) => text.startsWith('2 more sites left out')));
    checkGeometry(found);
  });

  it('shows the sample without touching boxes', () => {
    const files = sampleFiles('contoso');
    const project = projectWith(files);
    project.check();
    const [uri = ''] = project.uris;
    const found = readPicture(topologyPicture(project, uri)?.svg ?? '');
    assert.equal(found.frames.length, 3);
    assert.ok(found.pools.size > 20 && found.lines.length > 8);
    checkGeometry(found);
  });
});

/** Names that somebody could write to break a picture. */
const nasty = [
  '<script>alert(1)</script>',
  'a"b',
  "x' onload='y",
  'a & b',
  ']]>',
  '\u202Egnp',
  '😀'.repeat(40),
  '&#60;b&#62;',
  'http://evil/',
  'ab\u0007c',
];

const name = fc.oneof(
  { weight: 4, arbitrary: fc.stringMatching(/^[a-z]{1,3}$/) },
  { weight: 1, arbitrary: fc.constantFrom(...nasty) },
);
const roles = [
  'Registrar',
  'UserServer',
  'UserDatabase',
  'EdgeServer',
  'Director',
  'MediationServer',
  'PstnGateway',
  'FileStore',
  'TrustedApplicationPool',
];
const service = fc.record({
  role: fc.constantFrom(...roles),
  pool: name,
  site: fc.option(fc.constantFrom('One', 'Two', 'Three', 'Four', 'Five')),
  to: name,
});
const topology = fc.record({
  sites: fc.uniqueArray(name, { maxLength: 4 }),
  services: fc.array(service, { maxLength: 80 }),
  pairs: fc.array(fc.tuple(name, name), { maxLength: 8 }),
});

describe('every picture', () => {
  it('is sound, without boxes that overlap and lines that cross them', () => {
    fc.assert(
      fc.property(topology, ({ sites, services, pairs }) => {
        const data = {
          CsSite: sites.map((site) => ({
            Identity: `Site:${site}`,
            DisplayName: site,
            ParentSite: `Site:${sites[0] ?? ''}`,
          })),
          CsService: services.map(({ role, pool, site, to }) => ({
            Identity: `${role}:${pool}`,
            Role: role,
            PoolFqdn: pool,
            ...(site === null ? {} : { SiteId: `Site:${site}` }),
            ...(role === 'EdgeServer'
              ? { Registrar: `Registrar:${to}` }
              : { EdgeServer: `EdgeServer:${to}`, UserServer: `UserServer:${to}` }),
          })),
          CsPool: pairs.map(([pool, backup]) => ({ Identity: pool, BackupPoolFqdn: backup })),
        };
        const project = projectOf({
          files: new Map([['all.lync.yaml', JSON.stringify(data)]]),
          expected: [],
        });
        const found = topologyPicture(project, `${root}/all.lync.yaml`);
        if (found) checkGeometry(readPicture(found.svg));
        else assert.equal(sites.length + services.length + pairs.length, 0);
      }),
      { numRuns: 150 },
    );
  });
});

function checkGeometry({ width, height, frames, pools, lines }: ReadPicture): void {
  const page = { x: 0, y: 0, width, height };
  const boxes = [...pools.values()].map(({ box }) => box);
  for (const [index, frame] of frames.entries()) {
    assert.ok(isIn(frame, page), 'A site is in the picture.');
    for (const other of frames.slice(index + 1)) assert.ok(!overlap(frame, other), 'Sites stand apart.');
  }
  for (const [index, box] of boxes.entries()) {
    assert.equal(frames.filter((frame) => isIn(box, frame)).length, 1, 'A pool is in one site.');
    for (const other of boxes.slice(index + 1)) assert.ok(!overlap(box, other), 'Pools stand apart.');
  }
  for (const { from, to, points } of lines) {
    const [start, end] = [pools.get(from)?.box, pools.get(to)?.box];
    assert.ok(start && end && from !== to, 'A line connects two pools.');
    assert.ok(
      touches(points[0], start) && touches(points.at(-1), end),
      'A line begins and ends at its pools.',
    );
    for (const [index, [x, y]] of points.entries()) {
      const [nextX, nextY] = points[index + 1] ?? [x, y];
      const stretch = {
        x: Math.min(x, nextX),
        y: Math.min(y, nextY),
        width: Math.abs(x - nextX),
        height: Math.abs(y - nextY),
      };
      assert.ok(isIn(stretch, page), 'A line is in the picture.');
      for (const box of boxes) assert.ok(!overlap(stretch, box), 'A line runs around pools.');
    }
  }
}

function isIn(inner: Rect, outer: Rect): boolean {
  return (
    inner.x >= outer.x &&
    inner.y >= outer.y &&
    inner.x + inner.width <= outer.x + outer.width &&
    inner.y + inner.height <= outer.y + outer.height
  );
}

function overlap(a: Rect, b: Rect): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

function touches(point: readonly [number, number] | undefined, { x, y, width, height }: Rect): boolean {
  if (!point) return false;
  return (point[0] === x || point[0] === x + width) && point[1] > y && point[1] < y + height;
}
