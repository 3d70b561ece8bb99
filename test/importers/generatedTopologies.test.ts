/** Topologies of all sizes and shapes come in without loss: what the generator put in is what comes out. */
import assert from 'node:assert/strict';
import type { Format, ImportedValue } from '../../server/src/importers/imported.ts';
import { publishedTopology } from '../../server/src/importers/publishedTopology.ts';
import { topologyBuilder } from '../../server/src/importers/topologyBuilder.ts';
import { findingsIn, imported, ofSection, told, type Result } from './imported.ts';

type Shape = 'published' | 'design' | 'downloaded';
interface Generated {
  readonly text: string;
  readonly counts: Readonly<Record<string, number>>;
  readonly sites: readonly { name: string; number: number; parent?: { name: string }; pools: string[] }[];
  readonly pools: readonly {
    fqdn: string;
    site: { name: string };
    computers: string[];
    services: Readonly<Record<string, ImportedValue>>[];
    backup?: string;
  }[];
}

/** The scripts are JavaScript, and no program of the tests' compiler. */
const generator = new URL('../../scripts/generators/topologyXml.mjs', import.meta.url).href;
const formats: Readonly<Record<Shape, Format>> = {
  published: publishedTopology,
  design: topologyBuilder,
  downloaded: topologyBuilder,
};

describe('a generated topology', () => {
  let topologyXml: (shape: Shape, pools: number) => Generated;

  before(async () => {
    ({ topologyXml } = (await import(generator)) as { topologyXml: typeof topologyXml });
  });

  for (const shape of ['published', 'design', 'downloaded'] as const)
    for (const size of [1, 20, 620])
      describe(`${shape}, of ${size} pools`, () => {
        let made: Generated;
        let result: Result;

        before(async () => {
          made = topologyXml(shape, size);
          result = await imported(formats[shape], made.text);
        });

        it('is recognised by one format only', () => {
          const head = made.text.slice(0, 4096);
          const known = [publishedTopology, topologyBuilder].filter(({ recognises }) => recognises(head));
          assert.deepEqual(known, [formats[shape]]);
        });

        it('has as many of everything on both sides', () => {
          assert.equal(made.counts.pools, size);
          const services = ofSection(result, 'CsService');
          assert.deepEqual(
            {
              sites: ofSection(result, 'CsSite').length,
              pools: ofSection(result, 'CsPool').length,
              computers: ofSection(result, 'CsComputer').length,
              services: services.length,
              ports: services.flatMap(({ Ports: ports }) => ports ?? []).length,
              sipDomains: ofSection(result, 'CsSipDomain').length,
            },
            made.counts,
          );
          for (const section of ['CsUser', 'CsClientPolicy'])
            assert.deepEqual(ofSection(result, section), []);
          assert.equal(ofSection(result, 'CsSimpleUrl').length, shape === 'published' ? 0 : 1);
        });

        it('has every property of every service', () => {
          const found = new Map(ofSection(result, 'CsService').map((service) => [service.Identity, service]));
          for (const service of made.pools.flatMap(({ services }) => services)) {
            const other = found.get(service.Identity ?? null);
            for (const [property, value] of Object.entries(service)) {
              // The generator lists what a service needs; Lync lists what needs the service.
              if (value === null || property === 'DependentServiceList') continue;
              // It is the pool's, unless an Edge pool has another; where it would be is not known.
              if (property === 'InternalInterfaceFqdn') continue;
              // What has never been published has no number.
              const expected = property === 'ServiceId' && shape === 'design' ? undefined : value;
              assert.deepEqual(
                other?.[property],
                expected,
                `${JSON.stringify(service.Identity)} ${property}`,
              );
            }
          }
        });

        it('has every pool with its computers, services, site and backup', () => {
          const pools = made.pools.map(({ fqdn, site, computers, services, backup }) => ({
            Identity: fqdn,
            Services: services.map(({ Identity }) => Identity).sort(),
            Computers: computers,
            ...(backup === undefined ? {} : { BackupPoolFqdn: backup }),
            Site: `Site:${site.name}`,
            Fqdn: fqdn,
          }));
          const found = ofSection(result, 'CsPool').map(({ Identity, Services, ...pool }) => ({
            Identity,
            ...pool,
            Services: (Services as string[]).sort(),
          }));
          assert.deepEqual(byIdentity(found), byIdentity(pools));
        });

        it('has every site with its pools and its central site', () => {
          const names = new Set(made.pools.map(({ fqdn }) => fqdn));
          const sites = made.sites.map(({ name, number, parent, pools }) => ({
            Identity: `Site:${name}`,
            SiteId: number,
            Pools: pools.filter((pool) => names.has(pool)),
            SiteType: parent ? 'RemoteSite' : 'CentralSite',
            ParentSite: parent && `Site:${parent.name}`,
          }));
          const found = ofSection(result, 'CsSite').map(
            ({ Identity, SiteId, Pools, SiteType, ParentSite }) => ({
              Identity,
              SiteId,
              Pools,
              SiteType,
              ParentSite,
            }),
          );
          assert.deepEqual(byIdentity(found), byIdentity(sites));
        });

        it('misses and changes nothing', () => {
          assert.equal(result.failure, undefined);
          assert.deepEqual(
            told(result).filter((line) => /^(?:missing|changed)/.test(line)),
            [],
          );
        });

        it('is well kept', () => {
          const found = findingsIn(result).filter((line) => !line.startsWith('incomplete-deployment'));
          assert.deepEqual(found, []);
        });
      });

  it('of 620 pools is there in well under two seconds', async () => {
    const { text } = topologyXml('published', 620);
    const start = performance.now();
    await imported(publishedTopology, text);
    assert.ok(performance.now() - start < 2000);
  });

  it('is the same whenever it is made', () => {
    assert.deepEqual(topologyXml('design', 20), topologyXml('design', 20));
  });
});

function byIdentity<Item extends { Identity?: unknown }>(items: readonly Item[]): Item[] {
  return items.toSorted((a, b) => (String(a.Identity) < String(b.Identity) ? -1 : 1));
}
