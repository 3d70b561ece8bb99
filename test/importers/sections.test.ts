import assert from 'node:assert/strict';
import { sectionInName, sectionOfNames, sectionOfTypes } from '../../server/src/importers/sections.ts';
import { sectionType, sectionTypes } from '../../server/src/schema/schema.ts';

describe('the section of an object', () => {
  it('is told by its type, wherever the object has been', () => {
    const settings = 'Microsoft.Rtc.Management.WritableConfig.Settings';
    const policy = 'Microsoft.Rtc.Management.WritableConfig.Policy';
    for (const [type, section] of [
      ['Microsoft.Rtc.Management.ADConnect.Schema.OCSADUser', 'CsUser'],
      ['Microsoft.Rtc.Management.ADConnect.Schema.OCSADUserOrAppContact', 'CsUser'],
      [`${policy}.Client.ClientPolicy`, 'CsClientPolicy'],
      [`${policy}.UsersServices.UserServicesPolicy`, 'CsUserServicesPolicy'],
      [`${settings}.Web.WebServiceSettings`, 'CsWebServiceConfiguration'],
      [`${settings}.SipProxy.ProxySettings`, 'CsProxyConfiguration'],
      [`${settings}.SSAuth.OAuthSettings`, 'CsOAuthConfiguration'],
      [`${settings}.SSAuth.OAuthServer`, 'CsOAuthServer'],
      [`${settings}.SSAuth.PartnerApplication`, 'CsPartnerApplication'],
      [`${settings}.Meeting.MeetingPolicy`, 'CsConferencingPolicy'],
      [`${policy}.Mobility.Mobility`, 'CsMobilityPolicy'],
      [`${policy}.Im.IMArchivingPolicy`, 'CsArchivingPolicy'],
      [`${settings}.Archiving.ArchivingSettings`, 'CsArchivingConfiguration'],
      [`${settings}.UserServices.UserServicesSettings`, 'CsUserServicesConfiguration'],
      ['Microsoft.Rtc.Management.Xds.DisplayPool', 'CsPool'],
      ['Microsoft.Rtc.Management.Xds.DisplaySite', 'CsSite'],
      ['Microsoft.Rtc.Management.Xds.DisplayEdgeServer', 'CsService'],
      [`${settings}.Edge.DisplayHostingProvider`, undefined],
      ['System.Management.Automation.PSCustomObject', undefined],
      ['Contoso.ClientPolicy', undefined],
    ] as const)
      for (const prefix of ['', 'Deserialized.', 'Selected.', 'Selected.Deserialized.'])
        assert.equal(sectionOfTypes([`${prefix}${type}`, 'System.Object'])?.name, section, prefix + type);
  });

  it('is told by all of its properties', () => {
    for (const section of sectionTypes())
      assert.equal(sectionOfNames(section.properties.keys())?.name, section.name);
  });

  it('is told by the properties that only one section has', () => {
    for (const [names, section] of [
      ['Identity UcsAllowed', 'CsUserServicesPolicy'],
      ['identity ucsallowed enableawaysinceindication migrationdelayindays', 'CsUserServicesPolicy'],
      ['SipAddress RegistrarPool ClientPolicy Enabled', 'CsUser'],
      ['SIPAddress UPN Pool VoiceEnabled', 'CsUser'],
      ['SipUri UcsMode', 'CsUnifiedContactStore'],
      ['PSComputerName ComponentName Version', 'CsServerPatchVersion'],
      ['Identity Pool Fqdn', 'CsComputer'],
      ['Identity Fqdn Services Computers Site', 'CsPool'],
      ['Identity UseWindowsAuth UseCertificateAuth XsAnyElements Element', 'CsWebServiceConfiguration'],
      ['Identity Description', undefined],
      ['Identity', undefined],
      ['UcsAllowed', undefined],
      ['Identity Name Value', undefined],
      ['Identity Priority Pattern Translation', undefined],
    ] as const)
      assert.equal(sectionOfNames(names.split(' '))?.name, section, names);
  });

  it('may be in the name of a file', () => {
    for (const [name, section] of [
      ['Skype_CsClientPolicy', 'CsClientPolicy'],
      ['clientpolicy', 'CsClientPolicy'],
      ['CsUserServicesPolicy-2024', 'CsUserServicesPolicy'],
      ['LyncUsers', 'CsUser'],
      ['users', 'CsUser'],
      ['get-cspool', 'CsPool'],
      ['Carpool report', undefined],
      ['website', undefined],
      ['export', undefined],
    ] as const)
      assert.equal(sectionInName(name)?.name, section, name);
  });

  it('decides by the name only between sections that explain as much', () => {
    const pin = sectionType('CsPinPolicy');
    assert.equal(sectionOfNames(['Identity', 'Description'], pin)?.name, 'CsPinPolicy');
    assert.equal(
      sectionOfNames(['Identity', 'UcsAllowed', 'MigrationDelayInDays'], pin)?.name,
      'CsUserServicesPolicy',
    );
  });
});
