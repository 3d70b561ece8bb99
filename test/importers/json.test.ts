import assert from 'node:assert/strict';
import fc from 'fast-check';
import { json } from '../../server/src/importers/json.ts';
import { plain, read } from './texts.ts';

describe('JSON', () => {
  it('is recognised by how it begins', () => {
    for (const head of [users, '{"Identity":1}', ' [ ] ', '[[]]', '{ }'])
      assert.ok(json.recognises(head), head);
    for (const head of ['{ SipUri: a }', '[a, b]', '- a', '<Objs>', '{{'])
      assert.ok(!json.recognises(head), head);
  });

  it('gives the objects of a list, with enumerations by their numbers, dates and time spans', async () => {
    for (const size of [1, 5, 1000]) {
      const { objects, remarks, failure } = await read(json, policies, { size });
      assert.equal(failure, undefined);
      assert.deepEqual(remarks, []);
      assert.deepEqual(objects.map(plain), [
        {
          $: 'CsClientPolicy',
          Identity: 'Global',
          AddressBookAvailability: 'WebSearchAndFileDownload',
          DGRefreshInterval: '08:00:00',
          DisplayPhoto: 'PhotosFromADOnly',
          EnableExchangeContactSync: true,
          Description: '<b> & "c" }',
        },
        {
          $: 'CsClientPolicy',
          Identity: 'Tag:TwoFactor',
          DisplayPhoto: 'AllPhotos',
          HotdeskingTimeout: '1.00:05:00.2500000',
        },
      ]);
      assert.deepEqual(
        objects.map(({ origin }) => origin.line),
        [2, 15],
      );
    }
  });

  it('gives users by what names them', async () => {
    const { objects, remarks } = await read(json, users);
    assert.deepEqual(objects.map(plain), [
      {
        $: 'CsUser',
        SipAddress: 'sip:ken@contoso.com',
        RegistrarPool: 'pool01.contoso.com',
        ClientPolicy: 'TwoFactor',
        UserServicesPolicy: 'SmartCard',
        MobilityPolicy: 'Mobile',
        ProxyAddresses: ['sip:ken@contoso.com'],
        WhenCreated: '2013-08-12T14:05:45.000Z',
        Enabled: true,
      },
    ]);
    assert.deepEqual(
      remarks.map(({ message }) => message),
      ['A user without SipAddress was left out: this account is not enabled for Lync.'],
    );
  });

  it('is one object, a list in a list, or a table of exports', async () => {
    const one = '{"Identity":"Global","UcsAllowed":true}';
    for (const text of [
      one,
      `[${one}]`,
      `[[${one}]]`,
      `{"value":[${one}],"Count":1}`,
      `{"CsUserServicesPolicy":[${one}]}`,
      `{"CsUserServicesPolicy":${one}}`,
      `{"Policies":{"CsUserServicesPolicy":${one}}}`,
      `{"a":{"b":[${one}]}}`,
    ]) {
      const { objects, remarks, failure } = await read(json, text);
      assert.equal(failure, undefined, text);
      assert.deepEqual(remarks, [], text);
      assert.deepEqual(
        objects.map(plain),
        [{ $: 'CsUserServicesPolicy', Identity: 'Global', UcsAllowed: true }],
        text,
      );
    }
  });

  it('has a section by the name of its file where properties do not tell', async () => {
    const text = '[{"Identity":"Tag:A","Description":"b"}]';
    const named = await read(json, text, { file: 'export/CsPinPolicy-2024.json' });
    assert.deepEqual(named.objects.map(plain), [{ $: 'CsPinPolicy', Identity: 'Tag:A', Description: 'b' }]);
    const unnamed = await read(json, text);
    assert.equal(unnamed.objects.length, 0);
    assert.match(
      unnamed.remarks[0]?.message ?? '',
      /^An object with properties such as 'Identity', 'Description' was left out: it is not clear which cmdlet printed it\. Export/,
    );
    const wrong = await read(json, '[{"Identity":"Global","UcsAllowed":true}]', { file: 'CsPinPolicy.json' });
    assert.deepEqual(
      wrong.objects.map(({ section }) => section),
      ['CsUserServicesPolicy'],
    );
  });

  it('may have the numbers that JSON does not have', async () => {
    const { objects, failure } = await read(
      json,
      '[{"Identity":"Global","UcsAllowed":false,"MigrationDelayInDays":NaN,"x-a":"NaN"},{"Identity":"Tag:A","UcsAllowed":true,"EnableAwaySinceIndication":-Infinity}]',
    );
    assert.equal(failure, undefined);
    assert.equal(objects.length, 2);
    assert.equal(objects[0]?.properties.get('x-a'), 'NaN');
  });

  it('keeps what the schema does not know, unless it is an object', async () => {
    const { objects, remarks } = await read(
      json,
      '{"Identity":"Global","UcsAllowed":true,"EnableAwaySinceIndication":true,"New":5,"Names":["a"],"Deep":{"a":{"b":1}},"XsAnyElements":[]}',
      { file: 'CsUserServicesPolicy.json' },
    );
    assert.deepEqual(objects.map(plain), [
      {
        $: 'CsUserServicesPolicy',
        Identity: 'Global',
        UcsAllowed: true,
        EnableAwaySinceIndication: true,
        New: 5,
        Names: ['a'],
      },
    ]);
    assert.deepEqual(
      remarks.map(({ message }) => message),
      [
        "'Deep' of 1 CsUserServicesPolicy object was left out: it holds an object that is no part of a Lync setting.",
      ],
    );
  });

  it('says where it is cut off, and keeps what stands in front', async () => {
    for (const text of [policies, users]) {
      for (let end = 0; end < text.trimEnd().length; end += 10) {
        const { failure } = await read(json, text.slice(0, end), { size: 50 });
        assert.ok(failure, `${end}`);
      }
    }
    const { objects, failure } = await read(json, policies.slice(0, -20));
    assert.equal(objects.length, 1);
    assert.match(failure?.message ?? '', /cut off/);
  });

  it('says where it is damaged', async () => {
    for (const [text, message, line] of [
      ['[\n{"a":1},\n{"b":}]', /What begins here is no JSON/, 3],
      ['{"Identity":"Global"\n"b":1}', /'"' stands where a comma or } is expected/, 2],
      ['[{"a":1}]\n\n{"b":1}', /text behind the end/, 3],
      ['['.repeat(200), /nested more than 100 deep/, 1],
      ['{"a" 1}', /'1' stands where a colon/, 1],
      ['{1}', /'1' stands where a name/, 1],
    ] as const) {
      const { failure } = await read(json, text);
      assert.match(failure?.message ?? '', message, text);
      assert.equal(failure?.origin.line, line, text);
    }
  });

  it('reads what JSON.parse reads, and refuses the rest', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.constantFrom('{', '}', '[', ']', '"a"', ':', ',', '1', 'null', ' ', '\n', '"\\"', 'x', '"'),
          { maxLength: 12 },
        ),
        async (tokens) => {
          const text = `[${tokens.join('')}]`;
          const { failure } = await read(json, text, { size: 3 });
          let isJson = true;
          try {
            JSON.parse(text);
          } catch {
            isJson = false;
          }
          assert.equal(failure === undefined, isJson, text);
        },
      ),
      { numRuns: 5000 },
    );
  });
});

const policies = String.raw`[
    {
        "Identity":  "Global",
        "Description":  "\u003cb\u003e \u0026 \"c\" }",
        "AddressBookAvailability":  0,
        "AttendantSafeTransfer":  null,
        "DGRefreshInterval":  { "Ticks": 288000000000, "Days": 0, "Hours": 8, "Milliseconds": 0, "Minutes": 0, "Seconds": 0, "TotalDays": 0.33, "TotalSeconds": 28800 },
        "DisplayPhoto":  1,
        "EnableExchangeContactSync":  true,
        "Element":  { "Name": "ClientPolicy" },
        "XsAnyElements":  [],
        "Anchor":  { "FullName": "Global" },
        "ScopeClass":  0
    },
    {
        "Identity":  "Tag:TwoFactor",
        "DisplayPhoto":  "AllPhotos",
        "HotdeskingTimeout":  { "Ticks": 867002500000, "TotalSeconds": 86700.25 },
        "EnableTracing": null,
        "DisableFeedsTab": null,
        "IMWarning": null
    }
]
`
  .replace(/("Description".*\n)/, '')
  .replace(
    '"EnableExchangeContactSync":  true,',
    '"EnableExchangeContactSync":  true,\n        "Description":  "\\u003cb\\u003e \\u0026 \\"c\\" }",',
  );

const users = String.raw`{
  "value": [
    {
      "SipAddress": "sip:ken@contoso.com",
      "RegistrarPool": { "FriendlyName": "pool01.contoso.com", "Anchor": { "ServiceId": "1-Registrar-1" } },
      "ClientPolicy": { "Name": "TwoFactor" },
      "UserServicesPolicy": "Tag:SmartCard",
      "MobilityPolicy": { "Value": "Mobile" },
      "VoicePolicy": "",
      "ProxyAddresses": "sip:ken@contoso.com",
      "WhenCreated": "\/Date(1376316345000)\/",
      "Enabled": true
    },
    { "SipAddress": null, "RegistrarPool": null, "ClientPolicy": null, "Enabled": null, "LineURI": null }
  ],
  "Count": 2
}`;
