import assert from 'node:assert/strict';
import fc from 'fast-check';
import { ImportError } from '../../server/src/importers/imported.ts';
import { publishedTopology } from '../../server/src/importers/publishedTopology.ts';
import { topologyBuilder } from '../../server/src/importers/topologyBuilder.ts';
import { findingsIn, imported, ofSection, told } from './imported.ts';
import { published, saved } from './topologyText.ts';

/** Without what is said of every topology. */
async function complaints(text: string, format = publishedTopology): Promise<string[]> {
  return told(await imported(format, text)).filter((line) => /^(?:missing|changed)/.test(line));
}

describe('a published topology', () => {
  it('is recognised by its first element, whatever its file is called', () => {
    assert.ok(publishedTopology.recognises(published));
    assert.ok(publishedTopology.recognises(`\uFEFF<?xml version="1.0"?>\n<!-- saved -->\n${published}`));
    assert.ok(!publishedTopology.recognises(saved));
    assert.ok(!publishedTopology.recognises('<Topology xmlns="urn:something:else">'));
    assert.ok(!publishedTopology.recognises(`CsSite: '<Topology urn:schema:Microsoft.Rtc.'`));
  });

  it('becomes what the cmdlets print', async () => {
    const result = await imported(publishedTopology, published, 100);
    assert.deepEqual(ofSection(result, 'CsSipDomain'), [
      { Identity: 'contoso.com', Name: 'contoso.com', IsDefault: true },
      { Identity: 'fabrikam.com', Name: 'fabrikam.com', IsDefault: false },
    ]);
    assert.deepEqual(ofSection(result, 'CsSite'), [
      {
        Identity: 'Site:Dublin & Cork',
        SiteId: 1,
        Services: [
          'Registrar:SE01.contoso.com',
          'UserDatabase:SE01.contoso.com',
          'WebServer:SE01.contoso.com',
        ],
        Pools: ['SE01.contoso.com'],
        DisplayName: 'Dublin & Cork',
        Description: 'Where it began',
        SiteType: 'CentralSite',
      },
    ]);
    assert.deepEqual(ofSection(result, 'CsComputer'), [
      { Identity: 'SE01.contoso.com', Pool: 'SE01.contoso.com', Fqdn: 'SE01.contoso.com' },
    ]);
    const [registrar, database, web] = ofSection(result, 'CsService');
    assert.deepEqual(registrar, {
      Identity: 'Registrar:SE01.contoso.com',
      WebServer: 'WebServer:SE01.contoso.com',
      SipPort: 5061,
      IsPoolEnabledForSAOnEdge: false,
      Ports: [
        {
          Owner: 'urn:component:Registrar',
          Usage: 'SipServer',
          InterfaceSide: 'Primary',
          InterfaceNumber: 1,
          Port: 5061,
          Protocol: 'Mtls',
          UrlPath: '/',
          AuthorizesRequests: true,
          GruuType: 'HomeServer',
        },
        {
          Owner: 'urn:component:QoE',
          Usage: 'SipServer',
          InterfaceSide: 'Primary',
          InterfaceNumber: 1,
          Port: 5061,
          Protocol: 'Mtls',
          UrlPath: '/LiveServer/QoE/',
          AuthorizesRequests: true,
          GruuType: 'QoS',
        },
      ],
      DependentServiceList: [],
      ServiceId: '1-Registrar-1',
      SiteId: 'Site:Dublin & Cork',
      PoolFqdn: 'SE01.contoso.com',
      Version: 8,
      RoleVersion: 2,
      Role: 'Registrar',
    });
    assert.equal(database?.Identity, 'UserDatabase:SE01.contoso.com');
    assert.equal(database.SqlInstanceName, 'rtc');
    assert.deepEqual(web?.DependentServiceList, ['Registrar:SE01.contoso.com']);
    assert.equal(web.ExternalFqdn, 'web.contoso.com');
    assert.equal(web.ExternalHttpsPort, 4443);
    assert.equal(web.PublishedExternalHttpsPort, 443);
    assert.equal(web.AppSharingPortStart, 49152);
    assert.equal(web.AppSharingPortCount, 16383);
  });

  it('says where everything stood', async () => {
    const { objects } = await imported(publishedTopology, published);
    const lines = objects.map(({ section, origin }) => `${section} ${origin.line ?? 0}`);
    assert.deepEqual(lines, [
      'CsSipDomain 3',
      'CsSipDomain 4',
      'CsSite 7',
      'CsPool 14',
      'CsComputer 16',
      'CsService 29',
      'CsService 45',
      'CsService 55',
    ]);
  });

  it('says what is left out', async () => {
    const lines = told(await imported(publishedTopology, published));
    assert.deepEqual(lines, [
      'left out 4: AllowSubDomains of SIP domains is left out: no cmdlet prints it.',
      'left out 10: City of sites is left out: no cmdlet prints it.',
      'left out 10: CountryCode of sites is left out: no cmdlet prints it.',
      'left out 14: RequiresReplication of pools is left out: no cmdlet prints it.',
      'left out 14: RequiresSetup of pools is left out: no cmdlet prints it.',
      'left out 16: FaultDomain of computers is left out: no cmdlet prints it.',
      'left out 16: UpgradeDomain of computers is left out: no cmdlet prints it.',
      'left out 17: IPAddress of network interfaces is left out: no cmdlet prints it.',
      'left out 70: <Component> of services is left out: no cmdlet prints it.',
    ]);
  });
});

describe('a Topology Builder file', () => {
  it('becomes what the cmdlets print', async () => {
    const result = await imported(topologyBuilder, saved);
    assert.deepEqual(
      ofSection(result, 'CsSite').map(({ Identity, ParentSite, FederationRoute, SiteType }) => [
        Identity,
        SiteType,
        ParentSite,
        FederationRoute,
      ]),
      [
        ['Site:Redmond', 'CentralSite', undefined, 'EdgeServer:EDGE01.contoso.com'],
        ['Site:Boise', 'RemoteSite', 'Site:Redmond', undefined],
      ],
    );
    assert.deepEqual(
      ofSection(result, 'CsPool').map(({ Identity, Computers, BackupPoolFqdn, Site }) => [
        Identity,
        Computers,
        BackupPoolFqdn,
        Site,
      ]),
      [
        ['pool01.contoso.com', ['fe01.contoso.com', 'fe02.contoso.com'], 'se02.contoso.com', 'Site:Redmond'],
        ['sql01.contoso.com', ['sql01.contoso.com'], undefined, 'Site:Redmond'],
        ['EDGE01.contoso.com', ['EDGE01.contoso.com'], undefined, 'Site:Redmond'],
        ['dir01.contoso.com', ['dir01.contoso.com'], undefined, 'Site:Redmond'],
        ['se02.contoso.com', ['se02.contoso.com'], 'pool01.contoso.com', 'Site:Boise'],
      ],
    );
    const services = new Map(ofSection(result, 'CsService').map((service) => [service.Identity, service]));
    const registrar = services.get('Registrar:pool01.contoso.com');
    assert.equal(registrar?.BackupRegistrar, 'Registrar:se02.contoso.com');
    assert.equal(registrar.EnableAutomaticFailover, true);
    assert.equal(registrar.FailbackDetectionInterval, '00:10:00');
    assert.equal(registrar.FailureDetectionInterval, '1.00:00:00');
    assert.equal(registrar.MonitoringDatabase, 'MonitoringDatabase:sql01.contoso.com');
    const edge = services.get('EdgeServer:EDGE01.contoso.com');
    assert.equal(edge?.Registrar, 'Director:dir01.contoso.com');
    assert.equal(edge.AccessEdgeExternalFqdn, 'sip.contoso.com');
    assert.equal(edge.MediaCommunicationPortCount, 10000);
    const director = services.get('Director:dir01.contoso.com');
    assert.equal(director?.IsDirector, true);
    assert.equal(director.ServiceId, undefined);
    assert.equal(services.get('MonitoringDatabase:sql01.contoso.com')?.SqlInstanceName, '');
    assert.equal(services.get('FileStore:sql01.contoso.com')?.UncPath, '\\\\contoso.com\\lync$');
    assert.deepEqual(ofSection(result, 'CsSimpleUrl'), [
      {
        Identity: 'Global',
        SimpleUrl: [
          {
            SimpleUrlEntry: [{ Url: 'https://meet.contoso.com' }, { Url: 'https://join.contoso.com' }],
            Component: 'Meet',
            Domain: 'contoso.com',
            ActiveUrl: 'https://meet.contoso.com',
          },
        ],
        UseBackendDatabase: false,
      },
    ]);
  });

  it('is not read where it says what was before', async () => {
    const result = await imported(topologyBuilder, saved);
    assert.deepEqual(await complaints(saved, topologyBuilder), []);
    assert.ok(!ofSection(result, 'CsSite').some(({ Identity }) => Identity === 'Site:Old'));
  });

  it('that has not been published says so', async () => {
    const lines = told(await imported(topologyBuilder, saved));
    assert.ok(
      lines.some((line) => line.startsWith('hint 9: This topology has not been published')),
      lines.join('\n'),
    );
  });

  it('holds nothing that the schema does not know', async () => {
    const found = findingsIn(await imported(topologyBuilder, saved));
    assert.deepEqual(
      found.filter((line) => /^(?:no-unknown|valid-value|prefer-canonical)/.test(line)),
      [],
    );
  });
});

describe('a topology with something wrong', () => {
  it('that was a PowerShell script has variables in it', async () => {
    const script = published
      .replaceAll('SE01.contoso.com', '$SkypeFQDN')
      .replace('Dublin &amp; Cork', '$DomainName')
      .replace('web.contoso.com', 'web.${Domain}');
    assert.deepEqual(
      (await complaints(script)).map((line) =>
        line.replace(/ is no name.*?in\.(?: Import \S+ topology.*?prints\.)/, ' …'),
      ),
      [
        "missing 7: '$DomainName' …",
        "missing 14: '$SkypeFQDN' … It is so in 4 places, of which this is the first.",
        "missing 66: '${Domain}' …",
      ],
    );
  });

  it('with an id that is there twice keeps both, and refers to the first', async () => {
    const [cluster = ''] = /<Cluster [\s\S]*?<\/Cluster>/.exec(published) ?? [];
    const text = published.replace('</Clusters>', `${cluster.replaceAll('SE01', 'SE02')}</Clusters>`);
    const result = await imported(publishedTopology, text);
    assert.deepEqual(
      ofSection(result, 'CsPool').map(({ Identity }) => Identity),
      ['SE01.contoso.com', 'SE02.contoso.com'],
    );
    assert.deepEqual(await complaints(text), [
      "changed 20: The pool id '1:1' is in the file twice, first in line 14: whatever refers to it is taken to mean that one.",
    ]);
  });

  it('with references to what is not there leaves them out', async () => {
    const text = published
      .replace('RoleName="WebServices" Instance="1"', 'RoleName="WebServices" Instance="7"')
      .replace('<ClusterId SiteId="1" Number="1" />', '<ClusterId SiteId="3" Number="1" />')
      .replaceAll('<ClusterId SiteId="1" Number="1" />', '<ClusterId SiteId="3" Number="1" />')
      .replace('DefaultDomain="contoso.com"', 'DefaultDomain="contoso.net"');
    assert.deepEqual(await complaints(text), [
      "missing 32: 'Registrar:SE01.contoso.com' depends on service '1-WebServices-7', which the file does not have: the reference is left out.",
      "missing 14: Pool 'SE01.contoso.com' is in site '3', which the file does not have.",
      "missing 3: The default SIP domain 'contoso.net' is none of the file's SIP domains.",
    ]);
  });

  it('whose services are nowhere says that of each', async () => {
    const text = published.replace(/(<Clusters>)[\s\S]*(<\/Clusters>)/, '$1$2');
    const lines = told(await imported(publishedTopology, text));
    assert.deepEqual(
      lines
        .filter((line) => line.includes('no pool of the file'))
        .map((line) => line.replace(/, which.*/, '')),
      [
        "left out 22: Service '1-Registrar-1' is installed on '1:1'",
        "left out 38: Service '1-UserStore-1' is installed on '1:1\\rtc'",
        "left out 48: Service '1-WebServices-1' is installed on '1:1'",
      ],
    );
  });

  it('without one of its parts is imported as far as it goes', async () => {
    const text = published.replace(/<Sites>[\s\S]*<\/Sites>/, '');
    const result = await imported(publishedTopology, text);
    assert.equal(ofSection(result, 'CsService').length, 3);
    const lines = await complaints(text);
    assert.ok(
      lines.includes('missing 1: The file has no <Sites>: it is no whole topology.'),
      lines.join('\n'),
    );
  });

  it('says of an element that is not known that it is left out', async () => {
    const text = published.replace('<Services>', '<Tenants><Tenant Name="a" /></Tenants><Services>');
    const lines = told(await imported(publishedTopology, text));
    assert.ok(
      lines.includes(
        'left out 28: <Tenants> in <Topology> is left out, with all that is in it: its meaning is not known.',
      ),
      lines.join('\n'),
    );
  });

  it('that is cut off gives what was read, and says where it ends', async () => {
    for (const [format, text] of [
      [publishedTopology, published],
      [topologyBuilder, saved],
    ] as const) {
      let most = 0;
      for (let length = 0; length < text.trimEnd().length; length += 37) {
        const { objects, remarks, failure } = await imported(format, text.slice(0, length));
        assert.ok(failure instanceof ImportError, String(length));
        assert.equal(failure.origin.line, text.slice(0, length).split('\n').length);
        assert.ok(objects.length >= most, 'what was there is there no more');
        // What was cut off is not missing.
        assert.ok(!remarks.some(({ kind }) => kind === 'missing'));
        most = objects.length;
      }
      assert.ok(most > 7);
    }
  });

  it('with databases of one kind on two instances says that one name means both', async () => {
    const [service = ''] =
      /<Service [^>]*>\s*<ServiceId [^>]*UserStore[\s\S]*?<\/Service>/.exec(published) ?? [];
    const [instance = ''] = /<SqlInstance>[\s\S]*?<\/SqlInstance>/.exec(published) ?? [];
    const second = service.replace('Instance="1"', 'Instance="2"').replace('"rtc"', '"mirror"');
    const text = published
      .replace('</Services>', `${second}</Services>`)
      .replace(
        '</SqlInstances>',
        `${instance.replace('"rtc"', '"Mirror"')}${instance.replace('"rtc"', '""')}</SqlInstances>`,
      );
    const result = await imported(publishedTopology, text);
    assert.deepEqual(
      ofSection(result, 'CsService').map(({ SqlInstanceName: name }) => name),
      [undefined, 'rtc', undefined, 'Mirror'],
    );
    assert.match(
      (await complaints(text)).join('\n'),
      /^changed \d+: Two services are called 'UserDatabase:SE01/,
    );
    assert.match(
      told(result).join('\n'),
      /The default instance of SQL Server on 'SE01\.contoso\.com' is left out/,
    );
  });

  it('in any other way is refused, or read as far as it makes sense', async () => {
    const mutation = fc.record({
      of: fc.constantFrom([publishedTopology, published] as const, [topologyBuilder, saved] as const),
      from: fc.double({ min: 0, max: 1, noNaN: true }),
      length: fc.nat(400),
      instead: fc.constantFrom(
        '',
        '<',
        '>',
        '"',
        '&',
        '</',
        '<a>',
        '\0',
        '\uFFFF',
        '$x',
        '__proto__',
        'constructor',
      ),
    });
    await fc.assert(
      fc.asyncProperty(mutation, async ({ of: [format, text], from, length, instead }) => {
        const at = Math.floor(from * text.length);
        const { objects } = await imported(format, text.slice(0, at) + instead + text.slice(at + length));
        for (const { properties } of objects) assert.ok(properties.get('Identity'));
      }),
      { numRuns: 300 },
    );
  });

  it('that is something else is refused', async () => {
    const { objects, failure } = await imported(publishedTopology, '<Policies><Policy /></Policies>');
    assert.equal(failure?.message, 'This is no <Topology> but <Policies>, which is read in no such way.');
    assert.deepEqual(objects, []);
  });
});
