import assert from 'node:assert/strict';
import { deploymentOf } from './deployment.ts';

describe('the backups of pools', () => {
  const { ofPool, byPool } = deploymentOf(`CsPool:
  - { Identity: Pool01.contoso.com, BackupPoolFqdn: pool02.contoso.com }
  - { Identity: pool02.contoso.com, BackupPoolFqdn: null }
CsService:
  - { Identity: Registrar:pool01.contoso.com, BackupRegistrar: Registrar:pool02.contoso.com }
  - { Identity: Registrar:pool02.contoso.com, BackupRegistrar: Registrar:pool01.contoso.com }
  - { Identity: Registrar:sba01.contoso.com, BackupRegistrar: Registrar:Pool02.contoso.com }
  - { Identity: WebServer:pool03.contoso.com }
`).backups();

  it('are said by pools, else by Registrars, and counted once', () => {
    assert.deepEqual(
      Array.from(ofPool.values(), ({ pool, by, object }) => `${pool} ${by} ${object.section.name}`),
      [
        'Pool01.contoso.com pool02.contoso.com CsPool',
        'pool02.contoso.com pool01.contoso.com CsService',
        'sba01.contoso.com Pool02.contoso.com CsService',
      ],
    );
  });

  it('are found from the pool that stands in, too', () => {
    assert.deepEqual(
      byPool.get('pool02.contoso.com')?.map(({ pool }) => pool),
      ['Pool01.contoso.com', 'sba01.contoso.com'],
    );
  });
});
