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
  });
});
