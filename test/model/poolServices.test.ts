import assert from 'node:assert/strict';
import { isFrontEnd, isLostBranch, missingServices } from '../../server/src/model/poolServices.ts';
import { deploymentOf } from './deployment.ts';

const listed = (pool: string, ...roles: string[]): string =>
  `  - { Identity: ${pool}, Services: [${roles.map((role) => `${role}:${pool}`).join(', ')}] }\n`;

describe('a Front End pool', () => {
  const is = (text: string): boolean | undefined => isFrontEnd('pool01.contoso.com', deploymentOf(text));
  const pool = (...roles: string[]): string => `CsPool:\n${listed('pool01.contoso.com', ...roles)}`;

  it('is known by its user services, and by what only Front End pools have', () => {
    assert.equal(is(pool('UserServer')), true);
    assert.equal(is(pool('Registrar', 'ConferencingServer')), true);
  });

  it('may be a Director or a branch appliance where its Registrar is in no file', () => {
    assert.equal(is(pool('Registrar', 'WebServer')), undefined);
    assert.equal(is(pool('Registrar', 'MediationServer')), undefined);
    assert.equal(is('CsPool:\n  - { Identity: pool01.contoso.com }\n'), undefined);
  });

  it('is told from both by its Registrar', () => {
    const registrar = (properties: string): string =>
      `CsService:\n  - { Identity: Registrar:pool01.contoso.com, ${properties} }\n`;
    assert.equal(is(pool('Registrar', 'WebServer') + registrar('EdgeServer: null')), true);
    assert.equal(is(pool('Registrar', 'WebServer') + registrar('IsDirector: true')), false);
    assert.equal(is(registrar('UserServer: UserServer:pool01.contoso.com')), true);
    assert.equal(is(registrar('UserServer: UserServer:pool02.contoso.com')), false);
  });
});

describe('the services that a pool lacks', () => {
  const missing = (text: string): readonly string[] =>
    missingServices('pool01.contoso.com', deploymentOf(text));

  it('are those that are not in its list', () => {
    assert.deepEqual(missing(`CsPool:\n${listed('pool01.contoso.com', 'UserServer')}`), [
      'Registrar',
      'WebServer',
    ]);
  });

  it('are only those that the files have of others, where it has no list', () => {
    const own = 'CsService:\n  - { Identity: UserServer:POOL01.contoso.com }\n';
    assert.deepEqual(missing(own), []);
    assert.deepEqual(missing(`${own}  - { Identity: WebServer:pool02.contoso.com }\n`), ['WebServer']);
  });

  it('are not those that its Registrar names: if they are nowhere, that is an undefined reference', () => {
    const text = `CsPool:
${listed('pool01.contoso.com', 'Registrar')}CsService:
  - { Identity: Registrar:pool01.contoso.com, UserServer: UserServer:pool01.contoso.com, WebServer: WebServer:pool01.contoso.com }
`;
    assert.deepEqual(missing(text), []);
  });
});

describe('the stores that a pool lacks', () => {
  const missing = (web: string, more = ''): readonly string[] =>
    missingServices(
      'pool01.contoso.com',
      deploymentOf(`CsService:
  - { Identity: Registrar:pool01.contoso.com }
  - { Identity: UserServer:pool01.contoso.com }
  - { Identity: WebServer:pool01.contoso.com${web} }
${more}`),
    );
  const store = '  - { Identity: FileStore:files01.contoso.com }\n';

  it('are those that the files have, and that nothing on it names', () => {
    assert.deepEqual(missing(', FileStore: null', store), ['FileStore']);
    assert.deepEqual(missing(', UserServer: UserServer:pool01.contoso.com', store), ['FileStore']);
    assert.deepEqual(missing(', FileStore: FileStore:files01.contoso.com', store), []);
  });

  it('are named by the lists of dependent services, whichever way they are read', () => {
    assert.deepEqual(
      missing(', UserServer: null, DependentServiceList: [FileStore:files01.contoso.com]', store),
      [],
    );
    const other =
      '  - { Identity: FileStore:files01.contoso.com, DependentServiceList: [WebServer:pool01.contoso.com] }\n';
    assert.deepEqual(missing(', UserServer: null', other), []);
  });

  it('are none where no file has stores, or what services name', () => {
    assert.deepEqual(missing(', FileStore: null'), []);
    assert.deepEqual(missing('', store), []);
  });

  it('may be known from the lists of pools alone', () => {
    const pool = `CsPool:\n${listed('files01.contoso.com', 'FileStore')}`;
    assert.deepEqual(missing(', FileStore: null', pool), ['FileStore']);
  });
});

describe('a branch appliance', () => {
  const isLost = (registrar: string, more = ''): boolean =>
    isLostBranch(
      'sba01.contoso.com',
      deploymentOf(`CsService:
  - { Identity: Registrar:sba01.contoso.com${registrar} }
  - { Identity: MediationServer:sba01.contoso.com, Registrar: Registrar:sba01.contoso.com }
${more}`),
    );

  it('is lost where it names no pool for user services', () => {
    assert.ok(isLost(', UserServer: null'));
    assert.ok(isLost('', '  - { Identity: UserServer:pool01.contoso.com }\n'));
    assert.ok(!isLost(', UserServer: UserServer:pool01.contoso.com'));
    assert.ok(!isLost(', DependentServiceList: [UserServer:pool01.contoso.com]'));
  });

  it('is not where the files have no user services at all', () => {
    assert.ok(!isLost(''));
  });
});
