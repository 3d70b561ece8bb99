import assert from 'node:assert/strict';
import { editionOf, poolKind } from '../../server/src/model/poolKind.ts';
import { deploymentOf } from './deployment.ts';

describe('the edition of a pool', () => {
  const edition = (text: string): string | undefined => editionOf('Pool01.contoso.com', deploymentOf(text));
  const pool = (properties: string): string =>
    `CsPool:\n  - { Identity: pool01.contoso.com, Services: [Registrar:pool01.contoso.com, UserServer:pool01.contoso.com], ${properties} }\n`;
  const users = (database: string): string =>
    `CsService:\n  - { Identity: UserServer:pool01.contoso.com, UserDatabase: UserDatabase:${database} }\n`;

  it('follows from where its user database is', () => {
    assert.equal(edition(users('POOL01.contoso.com')), 'Standard');
    assert.equal(edition(users('sql01.contoso.com')), 'Enterprise');
    assert.equal(
      edition(`CsService:
  - { Identity: UserServer:pool01.contoso.com }
  - { Identity: UserDatabase:pool01.contoso.com }
`),
      'Standard',
    );
  });

  it('follows from its computers where its user database is in no file', () => {
    assert.equal(edition(pool('Computers: [POOL01.contoso.com]')), 'Standard');
    assert.equal(edition(pool('Computers: [fe01.contoso.com]')), 'Enterprise');
    assert.equal(edition(pool('Computers: [fe01.contoso.com, fe02.contoso.com]')), 'Enterprise');
  });

  it('is that of its user database, whatever its computers are called', () => {
    assert.equal(edition(pool('Computers: [pool01.contoso.com]') + users('sql01.contoso.com')), 'Enterprise');
  });

  it('is not known where neither is in the files, and of a pool without user services', () => {
    assert.equal(edition(pool('Site: Redmond')), undefined);
    assert.equal(edition('CsPool:\n  - { Identity: pool01.contoso.com }\n'), undefined);
  });

  it('decides what kind of pool it is; the usual one is a Front End pool', () => {
    const kind = (text: string): string | undefined => poolKind('pool01.contoso.com', deploymentOf(text));
    assert.equal(kind(pool('Computers: [pool01.contoso.com]')), 'standardEdition');
    assert.equal(kind(pool('Computers: [fe01.contoso.com]')), 'frontEnd');
    assert.equal(kind(pool('Site: Redmond')), 'frontEnd');
  });
});
