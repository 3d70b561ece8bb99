import { isInPairs, mismatches, twoProducts } from '../linter/pairing.ts';
import { rule } from '../linter/rule.ts';
import { backedUpPool, backupProperty } from '../model/backup.ts';

export default rule({
  id: 'valid-pool-pairing',
  severity: 'error',
  group: 'files',
  summary: 'Pools whose backup pool is no pair to them.',
  why: 'Front End pools stand in for one another in pairs: each names the other, and neither stands in for a third. Enterprise pools pair with Enterprise pools, Standard Edition servers with Standard Edition servers; Topology Builder does not check that. While the two run different versions, which is for a warning, pools cannot be failed over in a disaster. Survivable branch appliances are in no pair: a pool may back up any number of them. In Lync Server 2010 a pool could back up many. Source: "Backup Registrar relationships in Lync Server 2013"; "Supported pool pairing options and best practices for Lync Server 2013"; "Plan to upgrade to Skype for Business Server 2015".',
  remedy: 'Pair each pool with one other of the same edition and version in Topology Builder.',
  sections: ['CsPool', 'CsService'],
  lacks: (object, deployment) => {
    const pool = backupProperty(object) && backedUpPool(object);
    return pool !== undefined && isInPairs(pool, deployment) === undefined;
  },
  object: function* (object, deployment) {
    const pool = backedUpPool(object);
    const backup = pool === undefined ? undefined : deployment.backups().ofPool.get(pool.toLowerCase());
    const property = backupProperty(object);
    // A pair is in the files up to four times.
    if (!property || backup?.object !== object) return;
    const at = object.placeOf(property);
    if (backup.by.toLowerCase() === backup.pool.toLowerCase()) {
      const message = `'${backup.pool}' is its own backup: when it fails, nothing stands in for it. Pair it with another pool, or name none.`;
      yield { at, message };
      return;
    }
    if (isInPairs(backup.pool, deployment) !== true) return;
    const wrong = [...mismatches(backup, deployment)];
    const products = twoProducts(backup, deployment);
    if (wrong.length > 0) {
      const end = 'Correct the pair in Topology Builder.';
      yield { at, message: [...wrong, ...(products === undefined ? [end] : [products, end])].join(' ') };
    } else if (products !== undefined) {
      yield { at, severity: 'warning', message: products };
    }
  },
  shell: [
    {
      text: 'See which pools are paired in the published topology:',
      commands: ["Get-CsPoolBackupRelationship -PoolFqdn 'pool01.contoso.com'"],
    },
  ],
  examples: {
    bad: [
      `CsPool:
  - Identity: pool01.contoso.com
    Computers: [fe01.contoso.com, fe02.contoso.com]
    BackupPoolFqdn: pool02.contoso.com
    #               ^^^^^^^^^^^^^^^^^^ valid-pool-pairing
  - { Identity: pool02.contoso.com, Computers: [fe03.contoso.com, fe04.contoso.com], BackupPoolFqdn: pool03.contoso.com }
  - { Identity: pool03.contoso.com, Computers: [fe05.contoso.com, fe06.contoso.com], BackupPoolFqdn: pool02.contoso.com }
`,
      `CsService:
  - Identity: Registrar:pool01.contoso.com
    UserServer: UserServer:pool01.contoso.com
    BackupRegistrar: Registrar:pool02.contoso.com
    #                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ valid-pool-pairing
  - { Identity: Registrar:pool02.contoso.com, UserServer: UserServer:pool02.contoso.com }
  - { Identity: UserServer:pool01.contoso.com }
  - { Identity: UserServer:pool02.contoso.com }
`,
      `CsPool:
  - Identity: pool01.contoso.com
    BackupPoolFqdn: pool01.contoso.com
    #               ^^^^^^^^^^^^^^^^^^ valid-pool-pairing
`,
      `# An Enterprise pool and a Standard Edition server. Topology Builder lets them be paired.
CsPool:
  - { Identity: pool01.contoso.com, BackupPoolFqdn: se01.contoso.com }
  - Identity: se01.contoso.com
    BackupPoolFqdn: pool01.contoso.com
    #               ^^^^^^^^^^^^^^^^^^ valid-pool-pairing
CsService:
  - { Identity: Registrar:pool01.contoso.com, UserServer: UserServer:pool01.contoso.com }
  - { Identity: UserServer:pool01.contoso.com, UserDatabase: UserDatabase:sql01.contoso.com }
  - { Identity: UserDatabase:sql01.contoso.com }
  - { Identity: Registrar:se01.contoso.com, UserServer: UserServer:se01.contoso.com }
  - { Identity: UserServer:se01.contoso.com, UserDatabase: UserDatabase:se01.contoso.com }
  - { Identity: UserDatabase:se01.contoso.com }
`,
      `# In the middle of an upgrade.
CsPool:
  - Identity: pool01.contoso.com
    Computers: [fe01.contoso.com, fe02.contoso.com]
    BackupPoolFqdn: pool02.contoso.com
    #               ^^^^^^^^^^^^^^^^^^ warning valid-pool-pairing
  - { Identity: pool02.contoso.com, Computers: [fe03.contoso.com, fe04.contoso.com], BackupPoolFqdn: pool01.contoso.com }
CsService:
  - { Identity: Registrar:pool01.contoso.com, UserServer: UserServer:pool01.contoso.com, Version: 6 }
  - { Identity: UserServer:pool01.contoso.com, Version: 6 }
  - { Identity: Registrar:pool02.contoso.com, UserServer: UserServer:pool02.contoso.com, Version: 7 }
  - { Identity: UserServer:pool02.contoso.com, Version: 7 }
`,
    ],
    good: [
      `CsPool:
  - { Identity: pool01.contoso.com, Computers: [fe01.contoso.com, fe02.contoso.com], BackupPoolFqdn: pool02.contoso.com }
  - { Identity: pool02.contoso.com, Computers: [fe03.contoso.com, fe04.contoso.com], BackupPoolFqdn: pool01.contoso.com }
  - { Identity: pool03.contoso.com, Computers: [fe05.contoso.com, fe06.contoso.com], BackupPoolFqdn: null }
`,
    ],
    near: [
      `# Branch appliances are in no pair: one pool backs up any number of them, of whatever version.
CsService:
  - { Identity: Registrar:pool01.contoso.com, UserServer: UserServer:pool01.contoso.com, BackupRegistrar: Registrar:pool02.contoso.com, Version: 7 }
  - { Identity: Registrar:pool02.contoso.com, UserServer: UserServer:pool02.contoso.com, BackupRegistrar: Registrar:pool01.contoso.com, Version: 7 }
  - { Identity: UserServer:pool01.contoso.com, Version: 7 }
  - { Identity: UserServer:pool02.contoso.com, Version: 7 }
  - { Identity: Registrar:sba01.contoso.com, UserServer: UserServer:pool01.contoso.com, BackupRegistrar: Registrar:pool01.contoso.com, Version: 6 }
  - { Identity: Registrar:sba02.contoso.com, UserServer: UserServer:pool01.contoso.com, BackupRegistrar: Registrar:pool01.contoso.com, Version: 6 }
`,
      `# In Lync Server 2010 one pool backed up many others.
CsService:
  - { Identity: Registrar:pool01.contoso.com, UserServer: UserServer:pool01.contoso.com, BackupRegistrar: Registrar:pool03.contoso.com, Version: 5 }
  - { Identity: Registrar:pool02.contoso.com, UserServer: UserServer:pool02.contoso.com, BackupRegistrar: Registrar:pool03.contoso.com, Version: 5 }
  - { Identity: Registrar:pool03.contoso.com, UserServer: UserServer:pool03.contoso.com, Version: 5 }
  - { Identity: UserServer:pool01.contoso.com, Version: 5 }
  - { Identity: UserServer:pool02.contoso.com, Version: 5 }
  - { Identity: UserServer:pool03.contoso.com, Version: 5 }
`,
      `# Whether the first is a branch appliance, and so in no pair, is in no file.
CsPool:
  - { Identity: pool01.contoso.com, BackupPoolFqdn: pool02.contoso.com }
  - { Identity: pool02.contoso.com }
`,
      `# One says it of itself, of the other its Registrar does. Their stores have another version than they.
CsPool:
  - { Identity: pool01.contoso.com, Computers: [fe01.contoso.com, fe02.contoso.com], BackupPoolFqdn: POOL02.contoso.com }
  - { Identity: pool02.contoso.com, Computers: [fe03.contoso.com, fe04.contoso.com] }
CsService:
  - { Identity: Registrar:pool02.contoso.com, UserServer: UserServer:pool02.contoso.com, BackupRegistrar: Registrar:pool01.contoso.com, Version: 7 }
  - { Identity: Registrar:pool01.contoso.com, Version: 7 }
  - { Identity: UserServer:pool02.contoso.com, UserDatabase: UserDatabase:sql02.contoso.com, Version: 7 }
  - { Identity: UserDatabase:sql02.contoso.com, Version: 6 }
`,
    ],
  },
});
