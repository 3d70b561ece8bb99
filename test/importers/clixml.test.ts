import assert from 'node:assert/strict';
import { clixml } from '../../server/src/importers/clixml.ts';
import { importTexts, plain, read } from './texts.ts';

describe('CLIXML', () => {
  it('is recognised by its root', () => {
    assert.ok(clixml.recognises(policies));
    assert.ok(clixml.recognises(`<?xml version="1.0"?>\n<!-- a --><!-- b -->\n${policies}`));
    assert.ok(
      !clixml.recognises('<Topology xmlns="urn:schema:Microsoft.Rtc.Management.Deploy.Topology.2008">'),
    );
    assert.ok(!clixml.recognises('<!---->'.repeat(500)));
  });

  it('gives an object for each one that was exported, with the values of its types', async () => {
    for (const size of [1, 7, 100_000]) {
      const { objects, remarks, failure } = await read(clixml, policies, { size });
      assert.equal(failure, undefined);
      assert.deepEqual(remarks, []);
      assert.deepEqual(objects.map(plain), [
        {
          $: 'CsClientPolicy',
          Identity: 'Global',
          PolicyEntry: [],
          Description: 'First line\r\nsecond & last_',
          AddressBookAvailability: 'WebSearchAndFileDownload',
          DGRefreshInterval: '08:00:00',
          DisplayPhoto: 'PhotosFromADOnly',
          EnableClientMusicOnHold: false,
          MaxPhotoSizeKB: 30,
        },
        {
          $: 'CsClientPolicy',
          Identity: 'Tag:TwoFactor',
          DisplayPhoto: 'NoPhoto',
          HotdeskingTimeout: '1.00:05:00',
        },
      ]);
      assert.deepEqual(
        objects.map(({ origin }) => origin.line),
        [2, 27],
      );
    }
  });

  it('takes the names of the policies and the pool of users on a server', async () => {
    const { objects, remarks } = await read(clixml, users);
    assert.deepEqual(remarks, []);
    assert.deepEqual(objects.map(plain), [
      {
        $: 'CsUser',
        SipAddress: 'sip:ken@contoso.com',
        RegistrarPool: 'pool01.contoso.com',
        ClientPolicy: 'TwoFactor',
        UserServicesPolicy: 'SmartCard',
        Enabled: true,
        ExchangeArchivingPolicy: 'Uninitialized',
        ProxyAddresses: ['SMTP:ken@contoso.com', 'sip:ken@contoso.com'],
        WhenCreated: '2013-08-12T14:05:45.0000000+02:00',
      },
      {
        $: 'CsUser',
        SipAddress: 'sip:ann@contoso.com',
        RegistrarPool: 'pool01.contoso.com',
        ClientPolicy: 'TwoFactor',
      },
    ]);
  });

  it('finds the objects in packages and in lists of lists', async () => {
    const { objects, remarks, failure } = await read(clixml, packaged);
    assert.equal(failure, undefined);
    assert.deepEqual(objects.map(plain), [
      { $: 'CsUser', SipAddress: 'sip:ken@contoso.com', RegistrarPool: 'pool01.contoso.com' },
      {
        $: 'CsPool',
        Identity: 'pool01.contoso.com',
        Fqdn: 'pool01.contoso.com',
        Computers: ['fe01.contoso.com'],
      },
      { $: 'CsUserServicesPolicy', Identity: 'Global', UcsAllowed: true },
      { $: 'CsClientVersionPolicy', Identity: 'Global', Rules: [{ RuleId: 'a', Enabled: true }] },
    ]);
    assert.deepEqual(
      remarks.map(({ kind, message }) => [kind, message]),
      [
        ['left out', 'A user without SipAddress was left out: this account is not enabled for Lync.'],
        [
          'left out',
          "An object with properties such as 'Server' was left out: it is not clear which cmdlet printed it. Export all properties with Export-Clixml, which keeps the type, or name the file for the cmdlet's noun: CsClientPolicy.json.",
        ],
        [
          'left out',
          "An object of type 'Microsoft.Rtc.Management.Settings.Edge.DisplayHostingProvider' was left out: no section has such.",
        ],
      ],
    );
  });

  it('says which values a small depth has lost', async () => {
    const text = policies.replace(
      /<Obj N="PolicyEntry"[\s\S]*?<\/Obj>/,
      '<S N="PolicyEntry">System.Collections.Generic.List`1[PolicyEntry]</S>',
    );
    const { objects, remarks } = await read(clixml, text);
    assert.equal(objects.length, 2);
    assert.match(
      remarks[0]?.message ?? '',
      /^'PolicyEntry' of 1 CsClientPolicy object is lost: .* Get-CsClientPolicy \| Export-Clixml -Depth 4\.$/,
    );
  });

  it('gives what stands in front of where a file is cut off, and says where that is', async () => {
    for (const text of [policies, users, packaged]) {
      for (let end = 0; end < text.length; end += 10) {
        const { failure, objects } = await read(clixml, text.slice(0, end), { size: 50 });
        assert.ok(objects.length < 5);
        if (end < text.trimEnd().length - 7) assert.ok(failure, `${end}: ${text.slice(end - 20, end)}`);
      }
    }
    const { objects, failure } = await read(clixml, policies.slice(0, policies.indexOf('Tag:TwoFactor')));
    assert.equal(objects.length, 1);
    assert.match(failure?.message ?? '', /cut off/);
    assert.equal(failure?.origin.line, 30);
  });

  it('leaves nothing out without a word when parts are missing', async () => {
    const lines = policies.split('\n');
    for (const at of lines.keys()) {
      const text = lines.filter((_, index) => index !== at).join('\n');
      const { objects, remarks, failure } = await read(clixml, text, { size: 1000 });
      assert.ok(failure ?? (objects.length === 2 || remarks.length > 0), `${at}: ${lines[at] ?? ''}`);
    }
  });

  it('refuses entities and DTDs', async () => {
    const { failure } = await read(clixml, `<!DOCTYPE x [<!ENTITY a "b">]>\n${policies}`);
    assert.match(failure?.message ?? '', /DTD/);
  });

  it('keeps a wrong reference from being more than a remark', async () => {
    const { objects, remarks } = await read(
      clixml,
      users.replace(
        '<Ref N="ClientPolicy" RefId="1" />',
        '<Ref N="ClientPolicy" RefId="99" /><Ref N="PinPolicy" RefId="5" />',
      ),
    );
    assert.equal(objects.length, 2);
    assert.match(remarks[0]?.message ?? '', /^A value refers to an object/);
  });

  it('is read in the encodings of PowerShell', async () => {
    const utf16 = new Uint8Array(2 + users.length * 2);
    utf16.set([0xff, 0xfe]);
    for (let at = 0; at < users.length; at++)
      utf16.set([users.charCodeAt(at) & 0xff, users.charCodeAt(at) >> 8], 2 + at * 2);
    const { objects, failures } = await importTexts({ 'users.xml': utf16 });
    assert.deepEqual(failures, []);
    assert.equal(objects.length, 2);
  });
});

const policies = `<Objs Version="1.1.0.1" xmlns="http://schemas.microsoft.com/powershell/2004/04">
  <Obj RefId="0">
    <TN RefId="0">
      <T>Microsoft.Rtc.Management.WritableConfig.Policy.Client.ClientPolicy</T>
      <T>Microsoft.Rtc.Management.Xds.XdsGlobalRelationalPolicyLocalTaskPolicy</T>
      <T>System.Object</T>
    </TN>
    <ToString>Microsoft.Rtc.Management.WritableConfig.Policy.Client.ClientPolicy</ToString>
    <Props>
      <S N="Identity">Global</S>
      <Obj N="PolicyEntry" RefId="1"><TN RefId="1"><T>Microsoft.Rtc.Management.Xds.XdsList</T><T>System.Object</T></TN><LST /></Obj>
      <S N="Description">First line_x000D__x000A_second &amp; last_x005F_</S>
      <Obj N="AddressBookAvailability" RefId="2"><TN RefId="2"><T>Ns.Availability</T><T>System.Enum</T><T>System.ValueType</T><T>System.Object</T></TN><ToString>WebSearchAndFileDownload</ToString><I32>0</I32></Obj>
      <Nil N="AttendantSafeTransfer" />
      <TS N="DGRefreshInterval">PT8H</TS>
      <Obj N="DisplayPhoto" RefId="3"><TN RefId="3"><T>Ns.Photo</T><T>System.Enum</T><T>System.ValueType</T><T>System.Object</T></TN><ToString>PhotosFromADOnly</ToString><I32>1</I32></Obj>
      <B N="EnableClientMusicOnHold">false</B>
      <I64 N="MaxPhotoSizeKB">30</I64>
      <S N="Element">&lt;ClientPolicy xmlns="urn:schema:Microsoft.Rtc.Management.Policy.Client.2008" /&gt;</S>
      <Obj N="Anchor" RefId="4"><TN RefId="4"><T>Microsoft.Rtc.Management.ScopeFramework.GlobalScopeAnchor</T><T>System.Object</T></TN><ToString>Global</ToString></Obj>
    </Props>
    <MS>
      <S N="PSComputerName">fe01.contoso.com</S>
      <G N="RunspaceId">8d5e2e0e-5f6f-4b64-9a07-1b6f1a1c0c3a</G>
    </MS>
  </Obj>
  <Obj RefId="5">
    <TNRef RefId="0" />
    <Props>
      <S N="Identity">Tag:TwoFactor</S>
      <Obj N="DisplayPhoto" RefId="6"><TNRef RefId="3" /><ToString>NoPhoto</ToString><I32>0</I32></Obj>
      <TS N="HotdeskingTimeout">P1DT5M</TS>
    </Props>
  </Obj>
</Objs>
`;

const users = `<Objs Version="1.1.0.1" xmlns="http://schemas.microsoft.com/powershell/2004/04">
  <Obj RefId="0">
    <TN RefId="0"><T>Microsoft.Rtc.Management.ADConnect.Schema.OCSADUser</T><T>System.Object</T></TN>
    <ToString>CN=Ken Myer,OU=Redmond,DC=contoso,DC=com</ToString>
    <Props>
      <S N="SipAddress">sip:ken@contoso.com</S>
      <Obj N="RegistrarPool" RefId="2"><TN RefId="1"><T>Microsoft.Rtc.Management.Xds.XdsPoolName</T><T>System.Object</T></TN><ToString>pool01.contoso.com</ToString><Props><S N="FriendlyName">pool01.contoso.com</S></Props></Obj>
      <Obj N="ClientPolicy" RefId="1"><TN RefId="2"><T>Microsoft.Rtc.Management.ADConnect.Core.UserPolicyDefinition</T><T>System.Object</T></TN><ToString>TwoFactor</ToString><Props><S N="FriendlyName">TwoFactor</S><S N="Anchor">2</S></Props></Obj>
      <S N="UserServicesPolicy">Tag:SmartCard</S>
      <Nil N="VoicePolicy" />
      <B N="Enabled">true</B>
      <Obj N="ExchangeArchivingPolicy" RefId="3"><TN RefId="3"><T>Ns.E</T><T>System.Enum</T></TN><ToString>Uninitialized</ToString><I32>0</I32></Obj>
      <Obj N="ProxyAddresses" RefId="4"><TN RefId="4"><T>System.Collections.ArrayList</T><T>System.Object</T></TN><LST><S>SMTP:ken@contoso.com</S><S>sip:ken@contoso.com</S></LST></Obj>
      <DT N="WhenCreated">2013-08-12T14:05:45.0000000+02:00</DT>
    </Props>
  </Obj>
  <Obj RefId="5">
    <TNRef RefId="0" />
    <Props>
      <S N="SipAddress">sip:ann@contoso.com</S>
      <Ref N="RegistrarPool" RefId="2" />
      <Ref N="ClientPolicy" RefId="1" />
      <S N="PinPolicy"></S>
    </Props>
  </Obj>
</Objs>`;

const packaged = `<Objs Version="1.1.0.1" xmlns="http://schemas.microsoft.com/powershell/2004/04">
  <Obj RefId="0">
    <TN RefId="0"><T>System.Management.Automation.PSCustomObject</T><T>System.Object</T></TN>
    <MS>
      <DT N="TimeStamp">2016-03-01T10:00:00</DT>
      <Obj N="CMS" RefId="30"><TNRef RefId="0" /><MS><S N="Server">sql01</S></MS></Obj>
      <Obj N="EnvironmentData" RefId="1"><TNRef RefId="0" /><MS>
        <Obj N="UserData" RefId="2"><TN RefId="1"><T>System.Object[]</T><T>System.Array</T><T>System.Object</T></TN><LST>
          <Obj RefId="3"><TN RefId="2"><T>Selected.Microsoft.Rtc.Management.ADConnect.Schema.OCSADUser</T><T>System.Management.Automation.PSCustomObject</T><T>System.Object</T></TN><MS><S N="SipAddress">sip:ken@contoso.com</S><S N="RegistrarPool">pool01.contoso.com</S></MS></Obj>
          <Obj RefId="12"><TNRef RefId="2" /><MS><Nil N="SipAddress" /><S N="RegistrarPool"></S></MS></Obj>
        </LST></Obj>
        <Obj N="PoolData" RefId="4"><TNRef RefId="1" /><LST>
          <Obj RefId="5"><TN RefId="3"><T>Deserialized.Microsoft.Rtc.Management.Xds.DisplayPool</T><T>Deserialized.System.Object</T></TN><Props><S N="Identity">pool01.contoso.com</S><S N="Fqdn">pool01.contoso.com</S><Obj N="Computers" RefId="6"><TNRef RefId="1" /><LST><S>fe01.contoso.com</S></LST></Obj></Props></Obj>
        </LST></Obj>
      </MS></Obj>
      <Obj N="PolicyData" RefId="7"><TN RefId="4"><T>System.Collections.Hashtable</T><T>System.Object</T></TN><DCT>
        <En><S N="Key">UserServicesPolicy</S><Obj N="Value" RefId="8"><TNRef RefId="0" /><MS><S N="Identity">Global</S><B N="UcsAllowed">true</B></MS></Obj></En>
        <En><S N="Key">ClientVersionPolicy</S><Obj N="Value" RefId="9"><TNRef RefId="0" /><MS><S N="Identity">Global</S><Obj N="Rules" RefId="10"><TNRef RefId="1" /><LST><Obj RefId="11"><TNRef RefId="0" /><MS><S N="RuleId">a</S><B N="Enabled">true</B></MS></Obj></LST></Obj></MS></Obj></En>
      </DCT></Obj>
    </MS>
  </Obj>
  <Obj RefId="20">
    <TN RefId="20"><T>Microsoft.Rtc.Management.Settings.Edge.DisplayHostingProvider</T><T>System.Object</T></TN>
    <Props><S N="Identity">Exchange Online</S></Props>
  </Obj>
</Objs>
`;
