import assert from 'node:assert/strict';
import { zipSync } from 'fflate';
import type { Imported } from '../../server/src/importers/intake.ts';
import { importTexts, plain } from './texts.ts';

describe('an import', () => {
  it('joins files of all kinds, zip files among them', async () => {
    const zip = zipSync({
      'users.csv': bytes('SipAddress,RegistrarPool\nsip:ken@contoso.com,pool01.contoso.com\n'),
      'sub/policy.json': bytes('{"Identity":"Global","UcsAllowed":true}'),
    });
    const { objects, failures, files, repeated, remarks } = await importTexts({
      'export.zip': zip,
      'pools.yaml': 'CsPool:\n- Identity: pool01.contoso.com\n  Fqdn: pool01.contoso.com\n',
      'again.json': '[{"Identity":"GLOBAL","UcsAllowed":true}, {"Identity":"Global","UcsAllowed":true}]',
    });
    assert.deepEqual(failures, []);
    assert.deepEqual(
      objects.map(({ section, origin }) => [section, origin.file, origin.line]),
      [
        ['CsUser', 'export.zip!users.csv', 2],
        ['CsUserServicesPolicy', 'again.json', 1],
        ['CsPool', 'pools.yaml', 2],
      ],
    );
    assert.equal(files, 4);
    assert.equal(repeated, 2);
    assert.deepEqual(remarks, []);
  });

  it('reads topologies beside objects', async () => {
    const { objects, failures } = await importTexts({
      'topology.xml': new TextEncoder().encode(topology),
      'policy.json': '{"CsUserServicesPolicy":{"Identity":"Global","UcsAllowed":true}}',
    });
    assert.deepEqual(failures, []);
    assert.deepEqual(
      new Set(objects.map(({ section }) => section)),
      new Set(['CsSipDomain', 'CsSite', 'CsPool', 'CsComputer', 'CsUserServicesPolicy']),
    );
  });

  it('counts what comes again as it was, and of the rest takes the later', async () => {
    const { objects, repeated, remarks } = await importTexts({
      'old.csv':
        'SipAddress,RegistrarPool\nsip:a@contoso.com,pool01\nsip:b@contoso.com,pool01\nsip:c@contoso.com,pool01\n',
      'new.csv':
        'SipAddress,RegistrarPool\nsip:A@contoso.com,pool02\nb@contoso.com,pool02\nsip:c@contoso.com,pool01\n',
      'versions.csv': 'PSComputerName,ComponentName,Version\nfe01,Core,5\nfe01,Web,5\n',
    });
    assert.deepEqual(objects.map(plain), [
      { $: 'CsUser', SipAddress: 'sip:A@contoso.com', RegistrarPool: 'pool02' },
      { $: 'CsUser', SipAddress: 'b@contoso.com', RegistrarPool: 'pool02' },
      { $: 'CsUser', SipAddress: 'sip:c@contoso.com', RegistrarPool: 'pool01' },
      { $: 'CsServerPatchVersion', PSComputerName: 'fe01', ComponentName: 'Core', Version: '5' },
      { $: 'CsServerPatchVersion', PSComputerName: 'fe01', ComponentName: 'Web', Version: '5' },
    ]);
    assert.equal(repeated, 1);
    assert.equal(
      messages({ remarks })[0],
      "changed old.csv:2 2 CsUser objects, the first 'sip:A@contoso.com', stand here and in new.csv, with other values: the later ones were taken.",
    );
  });

  it('names what a script left in', async () => {
    const { remarks } = await importTexts({
      'pools.json': String.raw`{"CsPool":[{"Identity":"$SkypeFQDN","Fqdn":"$SkypeFQDN","Site":"Site:$Site"},{"Identity":"a.$DomainName","Fqdn":"$SkypeFQDN"}],"CsService":[{"Identity":"FileStore:a","UncPath":"\\\\fs\\share$","ShareName":"C$a","Pattern":"^\\+1(\\d+)$1"}]}`,
    });
    assert.deepEqual(messages({ remarks }), [
      "missing pools.json:1 '$SkypeFQDN', here in Identity, is in 2 objects a variable of PowerShell that nobody has filled in. Export the objects from the deployment itself.",
      "missing pools.json:1 '$Site' in Site is a variable of PowerShell that nobody has filled in. Export the objects from the deployment itself.",
      "missing pools.json:1 '$DomainName' in Identity is a variable of PowerShell that nobody has filled in. Export the objects from the deployment itself.",
    ]);
  });

  it('says why a file is no export', async () => {
    const { objects, remarks } = await importTexts({
      'empty.xml': '',
      'picture.png': Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 1]),
      'page.html': '<!DOCTYPE html><html></html>',
      'store.xml': '<AnchoredXml xmlns="urn:x"/>',
      'other.xml': '<?xml version="1.0"?><rss/>',
      'screen.txt': 'Identity              : Global\nPolicyEntry           : {}\nDescription           :\n',
      'letter.txt': 'Dear all,\nhello.\n',
      'nothing.json': '[]',
    });
    assert.equal(objects.length, 0);
    assert.deepEqual(
      messages({ remarks }).map((message) => message.slice(0, 80)),
      [
        'left out empty.xml The file is empty.',
        'left out picture.png The file is no text. Import what PowerShell or Topology Bui',
        'left out page.html The file is a web page. Import what PowerShell or Topology Bu',
        'left out store.xml The file is a document of the Central Management store, as Ex',
        'left out other.xml The file is XML with <rss>, which is neither a topology nor C',
        'left out screen.txt The file holds what PowerShell shows on the screen, where lo',
        'left out letter.txt The file is no export that is known. These are: a Topology B',
        'left out nothing.json The file is JSON, as ConvertTo-Json writes it, and holds n',
      ],
    );
  });

  it('goes on behind a file that cannot be read, and keeps what it held in front', async () => {
    const { objects, failures, files } = await importTexts({
      'cut.json': '[{"Identity":"Global","UcsAllowed":true},{"Ident',
      'nested.zip': zipSync({
        'a.zip': zipSync({
          'b.json': bytes('[{"Identity":"Tag:A","UcsAllowed":true}]'),
          'c.zip': zipSync({ 'd.json': bytes('[]') }),
        }),
      }),
      'pools.yaml': 'CsPool:\n- Identity: pool01.contoso.com\n',
    });
    assert.deepEqual(
      failures.map(({ message, origin }) => [origin.file, message]),
      [
        ['cut.json', 'The file ends too early: it is cut off. Make the export anew.'],
        [
          'nested.zip!a.zip!c.zip',
          'Zip files in a zip file in a zip file are not read. Unpack them, and import the folder.',
        ],
      ],
    );
    assert.deepEqual(
      objects.map(({ section }) => section),
      ['CsUserServicesPolicy', 'CsUserServicesPolicy', 'CsPool'],
    );
    assert.equal(files, 3);
  });
});

function messages({ remarks }: Pick<Imported, 'remarks'>): string[] {
  return remarks.map(
    ({ kind, message, origin }) =>
      `${kind} ${origin.file}${origin.line === undefined ? '' : `:${origin.line}`} ${message}`,
  );
}

function bytes(content: string): Uint8Array {
  return new TextEncoder().encode(content);
}

const topology = `<Topology xmlns="urn:schema:Microsoft.Rtc.Management.Deploy.Topology.2008" Signature="0">
  <InternalDomains AllowAllDomains="false" DefaultDomain="contoso.com"><InternalDomain Name="contoso.com" Authoritative="false" AllowSubDomains="false" /></InternalDomains>
  <Sites><CentralSite SiteId="1"><Name>Redmond</Name><Location /></CentralSite></Sites>
  <Clusters><Cluster RequiresReplication="true" RequiresSetup="true" Fqdn="pool01.contoso.com"><ClusterId SiteId="1" Number="1" /><Machine OrdinalInCluster="1" Fqdn="fe01.contoso.com" /></Cluster></Clusters>
  <SqlInstances /><Services />
</Topology>`;
