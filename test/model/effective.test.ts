import assert from 'node:assert/strict';
import { describeSteps } from '../../server/src/model/describe.ts';
import { effectiveOfPool } from '../../server/src/model/effective.ts';
import { deploymentOf, standingOf } from './deployment.ts';

const topology = `CsPool:
  - { Identity: pool01.contoso.com, Site: Site:Redmond }
`;

const ken = `CsUser:
  - SipAddress: sip:ken@contoso.com
    RegistrarPool: pool01.contoso.com
`;

/** The policy of a section that Ken has, and the way to it. */
function policyOf(text: string, section = 'CsUserServicesPolicy', name = 'ken'): string | undefined {
  const effective = standingOf(deploymentOf(text), name).effective(section);
  return effective && describeSteps(effective);
}

describe('the effective policy', () => {
  const scopes = [
    ['per user', '  - Identity: Tag:Sales\n', 'Tag:Sales'],
    [
      'of the service',
      '  - Identity: UserServer:pool01.contoso.com\n',
      'Service:UserServer:pool01.contoso.com',
    ],
    ['of the site', '  - Identity: Site:Redmond\n', 'Site:Redmond'],
    ['for everybody', '  - Identity: Global\n', 'Global'],
    ['built in', '', 'built-in default'],
  ] as const;

  for (const [index, [name, , identity]] of scopes.entries()) {
    it(`is the one ${name} where no nearer one is defined`, () => {
      const defined = scopes.slice(index).map(([, text]) => text);
      const section =
        defined.join('') === '' ? 'CsUserServicesPolicy: []\n' : `CsUserServicesPolicy:\n${defined.join('')}`;
      const steps = policyOf(`${topology}${section}${ken}    UserServicesPolicy: Sales\n`);
      const passed = scopes.slice(0, index).map(([, , other]) => `${other} (not defined)`);
      assert.equal(steps, [...passed, identity].join(' → '));
    });
  }

  it('applies as a whole: what it leaves out has its own default, not the value of the next scope', () => {
    const deployment = deploymentOf(`${topology}CsClientPolicy:
  - { Identity: Global, DisplayPhoto: NoPhoto, MaxPhotoSizeKB: 10 }
  - { Identity: Site:Redmond, MaxPhotoSizeKB: 20 }
${ken}`);
    const standing = standingOf(deployment);
    assert.equal(standing.value('CsClientPolicy', 'MaxPhotoSizeKB')?.value, 20);
    assert.equal(standing.value('CsClientPolicy', 'DisplayPhoto')?.value, 'AllPhotos');
    assert.equal(standing.value('CsClientPolicy', 'DisplayPhoto')?.property, undefined);
  });

  it('has the default of a property that is written and empty', () => {
    for (const empty of ['', ' null', ' ~']) {
      const deployment = deploymentOf(
        `CsUserServicesPolicy:\n  - Identity: Global\n    UcsAllowed:${empty}\n${ken}`,
      );
      assert.equal(standingOf(deployment).value('CsUserServicesPolicy', 'UcsAllowed')?.value, true);
    }
  });

  it('is the next one where the assigned policy is not defined', () => {
    assert.equal(
      policyOf(`CsUserServicesPolicy:\n  - Identity: Global\n${ken}    UserServicesPolicy: Gone\n`),
      'Tag:Gone (not defined) → Service:UserServer:pool01.contoso.com (not defined) → Global',
    );
  });

  it('is not known where no file has the section, and the default where the section is empty', () => {
    assert.equal(policyOf(ken), undefined);
    for (const section of [
      'CsUserServicesPolicy:\n',
      'CsUserServicesPolicy: []\n',
      'csuserservicespolicy: null\n',
    ])
      assert.match(policyOf(section + ken) ?? '', /built-in default$/);
  });

  it('is not known where a site has one and the site of the pool is not known', () => {
    const section = 'CsUserServicesPolicy:\n  - Identity: Site:Redmond\n  - Identity: Global\n';
    assert.equal(policyOf(section + ken), undefined);
    assert.equal(
      policyOf(`${section}  - Identity: Tag:Sales\n${ken}    UserServicesPolicy: Sales\n`),
      'Tag:Sales',
    );
    assert.match(policyOf(topology + section + ken) ?? '', /Site:Redmond$/);
  });

  it('of the site is that of the pool, wherever the topology says it', () => {
    const section = 'CsClientPolicy:\n  - Identity: Site:Redmond\n';
    for (const said of [
      'CsPool:\n  - { Identity: POOL01.contoso.com, Site: redmond }\n',
      'CsSite:\n  - { Identity: Site:Redmond, Pools: [pool01.contoso.com] }\n',
      'CsService:\n  - { Identity: Registrar:pool01.contoso.com, PoolFqdn: pool01.contoso.com, SiteId: Site:Redmond }\n',
    ])
      assert.match(policyOf(said + section + ken, 'CsClientPolicy') ?? '', /Site:Redmond$/i, said);
  });

  it('of the service is that of the central pool for people of a branch appliance', () => {
    const steps = policyOf(`CsService:
  - { Identity: Registrar:sba01.contoso.com, PoolFqdn: sba01.contoso.com, SiteId: Site:Dublin, UserServer: UserServer:pool01.contoso.com }
CsUserServicesPolicy:
  - Identity: UserServer:pool01.contoso.com
  - Identity: Site:Dublin
CsUser:
  - { SipAddress: sip:ken@contoso.com, RegistrarPool: sba01.contoso.com }
`);
    assert.equal(steps, 'Service:UserServer:pool01.contoso.com');
  });

  it('of the web services is that of the central pool, too, whichever of its services the appliance names', () => {
    for (const named of ['UserServer', 'WebServer']) {
      const deployment = deploymentOf(`CsService:
  - { Identity: Registrar:sba01.contoso.com, SiteId: Site:Dublin, ${named}: ${named}:pool01.contoso.com }
CsWebServiceConfiguration:
  - { Identity: Service:WebServer:pool01.contoso.com, UseWsFedPassiveAuth: true }
`);
      const found = effectiveOfPool(deployment, 'CsWebServiceConfiguration', 'sba01.contoso.com');
      assert.equal(found?.identity, 'Service:WebServer:pool01.contoso.com', named);
    }
  });

  it('is found by its name in any case, with prefix or without, and by the name in an object', () => {
    for (const name of [
      'Sales',
      'SALES',
      'Tag:sales',
      'tag:Sales',
      '{ FriendlyName: Sales, Anchor: null }',
      '{ Name: sales }',
    ])
      assert.match(
        policyOf(`CsUserServicesPolicy:\n  - Identity: TAG:Sales\n${ken}    UserServicesPolicy: ${name}\n`) ??
          '',
        /^Tag:sales$/i,
        name,
      );
  });

  it('of two users with the same policy in another spelling is the same', () => {
    const deployment = deploymentOf(`CsUserServicesPolicy:
  - Identity: Tag:Sales
CsUser:
  - { SipAddress: sip:ken@contoso.com, RegistrarPool: pool01.contoso.com, UserServicesPolicy: sales }
  - { SipAddress: sip:ann@contoso.com, RegistrarPool: pool01.contoso.com, UserServicesPolicy: Tag:SALES }
`);
    const [first, second] = ['ken', 'ann'].map((name) =>
      standingOf(deployment, name).effective('CsUserServicesPolicy'),
    );
    assert.ok(first?.object);
    assert.equal(first.object, second?.object);
  });
});

describe('the effective configuration of a pool', () => {
  const web = `CsWebServiceConfiguration:
  - Identity: Global
  - Identity: Site:Redmond
  - Identity: WebServer:pool01.contoso.com
`;

  it('is that of its service, its site, or Global', () => {
    const identity = (pool: string): string | undefined =>
      effectiveOfPool(
        deploymentOf(`${topology}  - { Identity: pool02.contoso.com, Site: Site:Redmond }
  - { Identity: pool03.contoso.com, Site: Site:Dublin }
${web}`),
        'CsWebServiceConfiguration',
        pool,
      )?.identity;
    assert.equal(identity('pool01.contoso.com'), 'Service:WebServer:pool01.contoso.com');
    assert.equal(identity('pool02.contoso.com'), 'Site:Redmond');
    assert.equal(identity('pool03.contoso.com'), 'Global');
  });

  it('has no site scope where the section has none', () => {
    const proxy = 'CsProxyConfiguration:\n  - Identity: Site:Redmond\n  - Identity: Global\n';
    const effective = effectiveOfPool(
      deploymentOf(topology + proxy),
      'CsProxyConfiguration',
      'pool01.contoso.com',
    );
    assert.equal(
      effective && describeSteps(effective),
      'Service:Registrar:pool01.contoso.com (not defined) → Global',
    );
  });
});
