import assert from 'node:assert/strict';
import { deploymentOf } from './deployment.ts';

describe('the computers of a pool', () => {
  const { topology } = deploymentOf(`CsPool:
  - { Identity: pool01.contoso.com, Computers: [fe01.contoso.com, fe02.contoso.com] }
  - { Identity: pool02.contoso.com }
  - { Identity: se01.contoso.com }
CsComputer:
  - { Identity: fe03.contoso.com, Pool: pool01.contoso.com }
  - { Identity: fe04.contoso.com, Pool: POOL02.contoso.com }
`);

  it('are those that it lists, else those that say that they belong to it', () => {
    assert.deepEqual(topology.computersOf('pool01.contoso.com'), ['fe01.contoso.com', 'fe02.contoso.com']);
    assert.deepEqual(topology.computersOf('pool02.contoso.com'), ['fe04.contoso.com']);
  });

  it('are the pool itself where the files name none', () => {
    assert.deepEqual(topology.computersOf('se01.contoso.com'), ['se01.contoso.com']);
    assert.deepEqual(topology.namedComputersOf('se01.contoso.com'), []);
  });
});

describe('the pools of a site', () => {
  it('are known from the site, from the pools and from their services', () => {
    const { topology } = deploymentOf(`CsSite:
  - { Identity: Site:Redmond, Pools: [pool01.contoso.com] }
CsPool:
  - { Identity: Pool02.contoso.com, Site: Site:REDMOND }
CsService:
  - { Identity: EdgeServer:edge01.contoso.com, SiteId: Site:Redmond }
`);
    assert.deepEqual([...topology.poolsOf('Site:redmond')].sort(), [
      'edge01.contoso.com',
      'pool01.contoso.com',
      'pool02.contoso.com',
    ]);
    assert.deepEqual(topology.poolsOf('Dublin'), []);
  });
});
