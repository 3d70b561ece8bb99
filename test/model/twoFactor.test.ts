import assert from 'node:assert/strict';
import { deploymentOf, standingOf } from './deployment.ts';

const passive = `CsWebServiceConfiguration:
  - { Identity: Service:WebServer:pool01.contoso.com, UseWsFedPassiveAuth: true }
`;
const password = `CsWebServiceConfiguration:
  - { Identity: Global, UseWsFedPassiveAuth: false }
`;
const ken = `CsUser:
  - SipAddress: sip:ken@contoso.com
    RegistrarPool: pool01.contoso.com
`;

/** Whether Ken signs in with two factors, and whether Exchange is out of reach for him. */
function decide(...parts: string[]): string {
  const { on, limited, method } = standingOf(deploymentOf(parts.join(''))).twoFactor;
  return on ? `${method ?? 'some method'}, ${limited ? 'limited' : 'not limited'}` : 'off';
}

function configured(settings: string, ...parts: string[]): string {
  return decide(`#- lync.config.yaml\n${settings}#- deployment.lync.yaml\n`, ...parts);
}

const named = (method: string): string =>
  `twoFactor:\n  pools:\n    - { pool: POOL01.contoso.com${method} }\n`;

describe('a user signs in with two factors', () => {
  it('where the pool uses passive authentication', () => {
    assert.equal(decide(passive, ken), 'some method, limited');
    assert.equal(decide(password, ken), 'off');
    assert.equal(decide(ken), 'off');
  });

  it('where the configuration names the pool, whatever the pool uses', () => {
    assert.equal(configured(named(', method: RsaSecurId'), password, ken), 'RsaSecurId, limited');
    assert.equal(configured(named(''), password, ken), 'some method, limited');
    assert.equal(configured(named(', method: None'), passive, ken), 'off');
    assert.equal(configured('twoFactor:\n  pools: [{ pool: pool02.contoso.com }]\n', password, ken), 'off');
  });

  it('where the user has a method, whatever the configuration says of the pool', () => {
    const own = (method: string): string => `${ken}    TwoFactorAuthentication: ${method}\n`;
    assert.equal(decide(password, own('azuremfa')), 'AzureMfa, limited');
    assert.equal(decide(passive, own('None')), 'off');
    assert.equal(configured(named(', method: None'), password, own('SmartCard')), 'SmartCard, limited');
    assert.equal(configured(named(', method: RsaSecurId'), passive, own('None')), 'off');
    assert.equal(configured(named(', method: RsaSecurId'), password, own('')), 'RsaSecurId, limited');
  });

  it('by the number of a method, but not by a text that looks like one', () => {
    const deployment = deploymentOf(`${password}CsUser:
  - { SipAddress: sip:ann@contoso.com, RegistrarPool: pool01.contoso.com, TwoFactorAuthentication: '2' }
  - { SipAddress: sip:ken@contoso.com, RegistrarPool: pool01.contoso.com, TwoFactorAuthentication: 2 }
`);
    assert.equal(standingOf(deployment, 'ann').twoFactor.on, false);
    assert.equal(standingOf(deployment, 'ken').twoFactor.method, 'AzureMfa');
  });

  it('never who is disabled or homed nowhere', () => {
    const own = 'TwoFactorAuthentication: SmartCard';
    assert.equal(decide(passive, `${ken}    Enabled: false\n    ${own}\n`), 'off');
    assert.equal(decide(passive, `CsUser:\n  - { SipAddress: sip:ken@contoso.com, ${own} }\n`), 'off');
  });

  it('never because of a gateway that asks for the device', () => {
    assert.equal(configured('mobile:\n  gateway: LyncShield\n', password, ken), 'off');
  });
});

describe('Hybrid Modern Authentication', () => {
  const hybrid = 'exchange:\n  hybridModernAuthentication: true\n';
  const own = `${ken}    TwoFactorAuthentication: AzureMfa\n`;
  const versions = (...numbers: number[]): string =>
    `CsService:\n${numbers.map((version) => `  - { Identity: Registrar:pool0${version}.contoso.com, Version: ${version} }\n`).join('')}`;

  it('lets two-factor users reach Exchange', () => {
    assert.equal(configured(hybrid, password, versions(7, 8), own), 'AzureMfa, not limited');
    assert.equal(decide(password, versions(7, 8), own), 'AzureMfa, limited');
  });

  it('does not where the pool uses passive authentication', () => {
    assert.equal(configured(hybrid, passive, versions(7), own), 'AzureMfa, limited');
    assert.equal(configured(hybrid, passive, versions(7), ken), 'some method, limited');
  });

  it('does not while Lync runs anywhere', () => {
    assert.equal(configured(hybrid, password, versions(6, 7), own), 'AzureMfa, limited');
    const installed = (version: string): string =>
      `CsServerPatchVersion:\n  - { PSComputerName: fe01.contoso.com, ComponentName: Core, Version: ${version} }\n`;
    assert.equal(configured(hybrid, password, installed('5.0.8308.1001'), own), 'AzureMfa, limited');
    assert.equal(configured(hybrid, password, installed('7.0.2046.0'), own), 'AzureMfa, not limited');
  });

  it('does though stores and gateways are older, and branch appliances', () => {
    const services = `CsService:
  - { Identity: Registrar:pool01.contoso.com, Version: 7 }
  - { Identity: FileStore:files.contoso.com, Version: 6 }
  - { Identity: CentralManagementDatabase:sql.contoso.com, Version: 6 }
  - { Identity: PstnGateway:gw.contoso.com, Version: 5 }
  - { Identity: Registrar:sba.contoso.com, Version: 6, UserServer: UserServer:pool01.contoso.com }
  - { Identity: MediationServer:sba.contoso.com, Version: 6 }
CsPool:
  - { Identity: sba.contoso.com }
CsServerPatchVersion:
  - { PSComputerName: sba.contoso.com, ComponentName: Core, Version: 5.0.8308.992 }
`;
    assert.equal(configured(hybrid, password, services, own), 'AzureMfa, not limited');
    const old = services.replace('sba.contoso.com, Version: 6', 'sba.contoso.com, Version: 5');
    assert.equal(configured(hybrid, password, old, own), 'AzureMfa, limited');
  });

  it('does not on Skype for Business Server 2015 before May 2017, where the files say so', () => {
    const installed = (version: string): string => `CsServerPatchVersion:
  - { PSComputerName: fe01.contoso.com, ComponentName: Audio Test Service, Version: 6.0.9319.0 }
  - { PSComputerName: fe01.contoso.com, ComponentName: Front End Server, Version: ${version} }
`;
    assert.equal(configured(hybrid, password, installed('6.0.9319.272'), own), 'AzureMfa, limited');
    assert.equal(configured(hybrid, password, installed('6.0.9319.281'), own), 'AzureMfa, not limited');
    assert.equal(configured(hybrid, password, installed('6.0.9319.0'), own), 'AzureMfa, not limited');
    assert.equal(configured(hybrid, password, installed('6.0.9319'), own), 'AzureMfa, not limited');
    const pool = 'CsPool:\n  - { Identity: pool01.contoso.com, Computers: [fe01.contoso.com] }\n';
    assert.equal(configured(hybrid, password, pool, installed('6.0.9319.259'), own), 'AzureMfa, limited');
  });

  it('does not where clients authenticate with AD FS, or with nothing', () => {
    const clients = (identity: string, servers = ''): string =>
      `CsOAuthConfiguration:\n  - Identity: Global\n    Realm: contoso.com\n${identity}${servers}`;
    const named = (name: string): string => `    ClientAuthorizationOAuthServerIdentity: ${name}\n`;
    const servers = `CsOAuthServer:
  - { Identity: sts.contoso.com, Type: adfs }
  - { Identity: evoSTS, Type: AzureAD }
`;
    const decided = (...parts: string[]): string => configured(hybrid, password, ...parts, own);
    assert.equal(decided(clients(named('STS.contoso.com'), servers)), 'AzureMfa, limited');
    assert.equal(decided(clients(named('evosts'), servers)), 'AzureMfa, not limited');
    assert.equal(decided(clients(named(''), servers)), 'AzureMfa, limited');
    assert.equal(decided(clients(named("''"))), 'AzureMfa, limited');
    // Neither is in the files.
    assert.equal(decided(clients('', servers)), 'AzureMfa, not limited');
    assert.equal(decided(clients(named('sts.contoso.com'))), 'AzureMfa, not limited');
  });

  it('is not what plain modern authentication with AD FS is', () => {
    const adfs = `CsOAuthConfiguration:
  - { Identity: Global, ClientAuthorizationOAuthServerIdentity: sts.contoso.com }
CsOAuthServer:
  - { Identity: sts.contoso.com, Type: ADFS }
`;
    assert.equal(decide(password, adfs, versions(7, 8), own), 'AzureMfa, limited');
  });

  it('says why it does not, where it is declared', () => {
    const text = `#- lync.config.yaml\n${hybrid}#- deployment.lync.yaml\n${password}${versions(6)}${own}`;
    assert.match(
      standingOf(deploymentOf(text)).twoFactor.reason,
      /; Hybrid Modern Authentication does not lift that: 'pool06\.contoso\.com' runs Lync/,
    );
  });
});
