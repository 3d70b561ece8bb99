/** The large deployment has the numbers of one that was in production, and is well kept: nothing is found in it. */
import assert from 'node:assert/strict';
import type { Deployment } from '../server/src/model/deployment.ts';
import type { LyncObject } from '../server/src/model/object.ts';
import { poolKind } from '../server/src/model/poolKind.ts';
import { poolOf, roleOf } from '../server/src/model/topology.ts';
import type { Project } from '../server/src/project.ts';
import { root } from './fixture.ts';
import { projectWith } from './samples.ts';

/** The scripts are JavaScript, and no program of the tests' compiler. */
const generator = new URL('../scripts/generators/topology.mjs', import.meta.url).href;

describe('the large deployment', () => {
  let largeTopology: (size: { users: number }) => Map<string, string>;
  let files: ReadonlyMap<string, string>;
  let project: Project;
  let deployment: Deployment;
  let services: readonly LyncObject[];

  before(async () => {
    ({ largeTopology } = (await import(generator)) as { largeTopology: typeof largeTopology });
    files = largeTopology({ users: 2000 });
    project = projectWith(new Map(Array.from(files, ([name, text]) => [`${root}/${name}`, text])));
    project.check();
    const workspace = project.workspaceOf(`${root}/topology.lync.yaml`);
    assert.ok(workspace);
    ({ deployment } = workspace);
    services = deployment.all('CsService');
  });

  const ofRole = (role: string): number => services.filter((service) => roleOf(service) === role).length;
  const ofKind = (...kinds: string[]): number =>
    deployment.all('CsPool').filter(({ subject }) => kinds.includes(poolKind(subject, deployment) ?? ''))
      .length;

  it('has as many sites, pools, computers, services and SIP domains', () => {
    const types = deployment.all('CsSite').map((site) => site.text('SiteType'));
    assert.equal(types.filter((type) => type === 'CentralSite').length, 5);
    assert.equal(types.filter((type) => type === 'RemoteSite').length, 55);
    assert.equal(deployment.count('CsPool'), 620);
    assert.equal(deployment.count('CsComputer'), 778);
    assert.equal(deployment.count('CsService'), 786);
    assert.equal(deployment.count('CsSipDomain'), 16);
  });

  it('has as many pools of each kind', () => {
    assert.equal(ofRole('PstnGateway'), 331);
    assert.equal(ofRole('TrustedApplicationPool'), 78);
    assert.equal(ofRole('Registrar'), 51);
    assert.equal(ofKind('branch'), 27);
    assert.equal(ofKind('frontEnd', 'standardEdition'), 24);
    assert.equal(ofKind('edge'), 11);
  });

  it('has three versions at once, and stores that are older than the pools', () => {
    const versions = (of: readonly LyncObject[]): (string | undefined)[] =>
      [...new Set(of.map((service) => service.text('Version')))].sort();
    assert.deepEqual(versions(services), ['6', '7', '8']);
    const registrars = services.filter((service) => roleOf(service) === 'Registrar');
    assert.deepEqual(versions(registrars), ['7', '8']);
    assert.equal(registrars.filter((service) => service.text('Version') === '8').length, 7);
  });

  it('has names in every case, short ones, and gateways by their address', () => {
    const pools = services.map((service) => poolOf(service) ?? '');
    assert.ok(pools.some((pool) => pool === pool.toUpperCase() && !/^[\d.]+$/.test(pool)));
    assert.ok(pools.some((pool) => !pool.includes('.')));
    assert.ok(pools.some((pool) => /^[\d.]+$/.test(pool)));
  });

  it('has pairs, and people with and without two factors', () => {
    assert.equal(deployment.all('CsPool').filter((pool) => pool.setProperty('BackupPoolFqdn')).length, 18);
    const { users = 0, twoFactorUsers = 0 } =
      project.workspaceOf(`${root}/topology.lync.yaml`)?.population() ?? {};
    assert.equal(users, 2000);
    assert.ok(twoFactorUsers > 200 && twoFactorUsers < 1000, String(twoFactorUsers));
  });

  it('is well kept', () => {
    const found = [...project.uris]
      .flatMap((uri) => project.findings(uri))
      .map(({ finding }) => `${finding.rule.id} ${finding.object?.subject ?? ''}: ${finding.message}`);
    assert.deepEqual(found, []);
  });

  it('is the same whenever it is made', () => {
    assert.deepEqual(largeTopology({ users: 2000 }), files);
  });
});
