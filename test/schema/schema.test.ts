import assert from 'node:assert/strict';
import {
  isPowerShellNoise,
  sectionType,
  sectionTypes,
  type SectionType,
} from '../../server/src/schema/schema.ts';

function section(name: string): SectionType {
  const type = sectionType(name);
  assert.ok(type, name);
  return type;
}

const topology = [
  'CsSipDomain',
  'CsSite',
  'CsPool',
  'CsComputer',
  'CsService',
  'CsSimpleUrl',
  'CsServerPatchVersion',
];
const users = ['CsUser', 'CsUnifiedContactStore'];
const policies = [
  'UserServices',
  'Client',
  'Mobility',
  'ExternalAccess',
  'Archiving',
  'HostedVoicemail',
  'Conferencing',
]
  .concat(['Voice', 'Presence', 'Pin', 'ClientVersion'])
  .map((name) => `Cs${name}Policy`);
const configurations = [
  'WebService',
  'Proxy',
  'Registrar',
  'UserServices',
  'Archiving',
  'Mcx',
  'Im',
  'Privacy',
]
  .concat(['ClientVersion', 'OAuth'])
  .map((name) => `Cs${name}Configuration`);
const others = ['CsOAuthServer', 'CsPartnerApplication', 'CsAuthConfig'];

describe('the schema', () => {
  it('has every section that a file may have', () => {
    for (const name of [...topology, ...users, ...policies, ...configurations, ...others])
      assert.equal(section(name).name, name);
  });

  it('finds sections and properties in any case', () => {
    assert.equal(sectionType('CSUSER')?.name, 'CsUser');
    assert.equal(section('CsUser').property('sipADDRESS')?.name, 'SipAddress');
    assert.equal(sectionType('CsUsers'), undefined);
    assert.equal(sectionType('constructor'), undefined);
    assert.equal(section('CsUser').property('toString'), undefined);
  });

  it('has in each section the property that names its objects', () => {
    for (const type of sectionTypes()) assert.ok(type.property(type.key), `${type.name}.${type.key}`);
  });

  it('has only defaults that the property may have', () => {
    for (const type of sectionTypes()) {
      for (const { name, type: kind, default: value, values } of type.properties.values()) {
        const where = `${type.name}.${name}: ${JSON.stringify(value)}`;
        if (value === undefined || value === null) continue;
        if (kind === 'boolean') assert.equal(typeof value, 'boolean', where);
        if (kind === 'integer') assert.equal(typeof value, 'number', where);
        if (kind === 'enum') assert.ok(values?.includes(String(value)), where);
      }
    }
  });

  it('has references only to sections that are there', () => {
    for (const type of sectionTypes()) {
      for (const { name, target, items } of type.properties.values()) {
        for (const other of [target, items?.target])
          if (other !== undefined) assert.ok(sectionType(other), `${type.name}.${name}: ${other}`);
      }
    }
  });

  it('has a key of the user for every policy that can be granted', () => {
    for (const { name, grantCmdlet } of sectionTypes()) {
      if (grantCmdlet) assert.equal(section('CsUser').property(name.replace(/^Cs/, ''))?.target, name);
    }
  });

  it('knows what the features that two-factor users lose are by default', () => {
    const value = (name: string, property: string): unknown => section(name).property(property)?.default;
    assert.equal(value('CsUserServicesPolicy', 'UcsAllowed'), true);
    assert.equal(value('CsClientPolicy', 'DisplayPhoto'), 'AllPhotos');
    assert.equal(value('CsClientPolicy', 'DisableCalendarPresence') ?? undefined, undefined);
    assert.equal(value('CsMobilityPolicy', 'AllowExchangeConnectivity'), true);
    assert.equal(value('CsProxyConfiguration', 'UseNtlmForClientToProxyAuth'), true);
    assert.equal(value('CsWebServiceConfiguration', 'UseWsFedPassiveAuth'), false);
  });

  it('takes what PowerShell adds for noise, except where it names the object', () => {
    assert.equal(isPowerShellNoise(section('CsUser'), 'pscomputername'), true);
    assert.equal(isPowerShellNoise(section('CsServerPatchVersion'), 'PSComputerName'), false);
    assert.equal(isPowerShellNoise(section('CsUser'), 'SipAddress'), false);
  });
});
