import assert from 'node:assert/strict';
import {
  compareBuilds,
  isBaseBuild,
  parseBuild,
  passiveBuild,
  productOfPool,
} from '../../server/src/model/builds.ts';
import { deploymentOf } from './deployment.ts';

describe('a build', () => {
  it('is read from two to four numbers', () => {
    assert.deepEqual(parseBuild(' 5.0.8308.420 '), [5, 0, 8308, 420]);
    assert.deepEqual(parseBuild('5.0'), [5, 0]);
    for (const text of ['', '5', '5.0.x', '5.0.8308.420.1', 'July 2013', '-5.0'])
      assert.equal(parseBuild(text), undefined, text);
  });

  it('is compared number by number, and what is left out counts as 0', () => {
    assert.ok(compareBuilds([5, 0, 8308, 1001], passiveBuild) > 0);
    assert.ok(compareBuilds([5, 0, 8308, 99], passiveBuild) < 0);
    assert.equal(compareBuilds([5, 0, 8308], [5, 0, 8308, 0]), 0);
  });

  it('says nothing of updates where it is the base version of a product', () => {
    assert.ok(isBaseBuild([5, 0, 8308, 0]));
    assert.ok(isBaseBuild([6, 0, 9319]));
    assert.ok(!isBaseBuild([5, 0, 8308, 420]));
    assert.ok(!isBaseBuild([5, 0]));
  });
});

describe('the product of a pool', () => {
  const product = (text: string): number | undefined =>
    productOfPool('POOL01.contoso.com', deploymentOf(text));
  const patched = (version: string): string => `CsServerPatchVersion:
  - { PSComputerName: FE01.contoso.com, ComponentName: "Core Components", Version: 5.0.8308.0 }
  - { PSComputerName: fe01.contoso.com, ComponentName: "Front End Server", Version: ${version} }
`;

  it('is that of its services, else of the newest component on its computers', () => {
    const services = `CsService:\n  - { Identity: Registrar:pool01.contoso.com, Version: 7 }\n`;
    const pool = `CsPool:\n  - { Identity: pool01.contoso.com, Computers: [fe01.contoso.com] }\n`;
    const computer = `CsComputer:\n  - { Identity: fe01.contoso.com, Pool: pool01.contoso.com }\n`;
    assert.equal(product(services + pool + patched('5.0.8308.992')), 7);
    assert.equal(product(pool + patched('5.0.8308.992')), 6);
    assert.equal(product(computer + patched('6.0.9319.516')), 7);
    assert.equal(product(patched('6.0.9319.516')), undefined);
    assert.equal(product(pool), undefined);
  });
});
