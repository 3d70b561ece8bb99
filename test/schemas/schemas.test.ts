/** The generated JSON Schemas, as editors without our extension use them. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { severities, twoFactorMethods } from '../../server/src/model/configuration.ts';
import { lostFeatures } from '../../server/src/model/lostFeatures.ts';
import { rules } from '../../server/src/rules/index.ts';
import { sectionTypes } from '../../server/src/schema/schema.ts';
import { sampleFiles, cleanSamples } from '../samples.ts';
import { fileRules, findings } from './linter.ts';
import { offers, problems, schema, told } from './yamlEditor.ts';

const project = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const configurationFile = 'lync.config.yaml';

describe('the JSON Schema', () => {
  for (const sample of cleanSamples)
    for (const [uri, text] of sampleFiles(sample))
      it(`has nothing to say about ${sample}: ${uri.split('/').slice(4).join('/')}`, async () => {
        assert.deepEqual(await problems(text, uri.slice(uri.lastIndexOf('/') + 1)), []);
      });

  it('is of a size that editors load without a thought', () => {
    for (const name of ['lync.schema.json', 'lync.config.schema.json'])
      assert.ok(JSON.stringify(schema(name)).length < 400_000, name);
  });

  it('has patterns that every reader of JSON Schema understands', () => {
    for (const pattern of patternsIn(schema('lync.schema.json')))
      assert.doesNotMatch(pattern, /\(\?<|\(\?i|\\[pP]\{|[*+?]\+/, pattern);
  });

  it("is what the extension hands to Red Hat's, for the files that the extension is for", () => {
    const { contributes } = JSON.parse(readFileSync(join(project, 'package.json'), 'utf8')) as {
      contributes: {
        languages: { extensions: string[]; filenames: string[] }[];
        yamlValidation: { fileMatch: string | string[]; url: string }[];
      };
    };
    const matched = contributes.yamlValidation.flatMap(({ fileMatch }) => fileMatch);
    const ours = contributes.languages.flatMap(({ extensions, filenames }) => [
      ...extensions.map((extension) => `*${extension}`),
      ...filenames,
    ]);
    assert.deepEqual(matched, ours);
    for (const { url } of contributes.yamlValidation) assert.ok(existsSync(join(project, url)), url);
  });

  describe('finds', () => {
    const mistakes: readonly (readonly [what: string, text: string, expected: readonly string[]])[] = [
      [
        'a misspelled property',
        'CsUser:\n  - SipAddress: a\n    RegistarPool: b\n',
        ['3: Property RegistarPool is not allowed.'],
      ],
      ['a section without Cs', 'Users: []\n', ['1: Property Users is not allowed.']],
      [
        'a section in the plural',
        'CsClientPolicies: []\nCsUsers: []\n',
        ['1: Property CsClientPolicies is not allowed.', '2: Property CsUsers is not allowed.'],
      ],
      [
        'yes for true',
        'CsUserServicesPolicy:\n  - Identity: Global\n    UcsAllowed: yes\n',
        ['3: This must be true or false.'],
      ],
      [
        'a value that is none',
        'CsUser:\n  - SipAddress: a\n    Enabled: maybe\n',
        ['3: This must be true or false.'],
      ],
      [
        'a value outside of the enumeration',
        'CsClientPolicy:\n  - { Identity: Global, DisplayPhoto: Some }\n',
        ['2: Value is not accepted. Valid values: "NoPhoto", "PhotosFromADOnly", "AllPhotos".'],
      ],
      [
        'a number outside of the range',
        'CsClientPolicy:\n  - { Identity: Global, MaxPhotoSizeKB: 500 }\n',
        ['2: Value is above the maximum of 100.'],
      ],
      [
        'a time span in words',
        'CsClientPolicy:\n  - { Identity: Global, DGRefreshInterval: soon }\n',
        ['2: This must be a time span: hh:mm:ss or d.hh:mm:ss.'],
      ],
      [
        'a list where one value belongs',
        'CsUser:\n  - { SipAddress: a, RegistrarPool: [b] }\n',
        ['2: This must be a single value.'],
      ],
      [
        'a scope that the section does not have',
        'CsProxyConfiguration:\n  - Identity: Site:Redmond\n',
        ['2: CsProxyConfiguration has no such scope: it can be at Global, Service.'],
      ],
      [
        'an object without its name',
        'CsUser:\n  - DisplayName: Ken\n',
        ['2: Missing property "SipAddress".'],
      ],
      [
        'a text where objects belong',
        'CsUser: ken\n',
        ['1: Incorrect type. Expected one of array, object, null.'],
      ],
      [
        'a wrong value in an unusual spelling',
        'csuser:\n  - { sipaddress: a, ENABLED: maybe }\n',
        ['2: This must be true or false.'],
      ],
    ];
    for (const [what, text, expected] of mistakes)
      it(what, async () => {
        assert.deepEqual(await problems(text), expected);
      });
  });

  describe('says nothing of', () => {
    const fine: readonly (readonly [what: string, text: string])[] = [
      ['an empty file', '# nothing yet\n'],
      [
        'names in any case',
        'CSUSER:\n  - { sipaddress: a, REGISTRARPOOL: b, enabled: TRUE }\ncsClientPolicy:\n  - { identity: GLOBAL, displayphoto: allphotos }\n',
      ],
      ['enumerations as numbers', 'CsClientPolicy:\n  - { Identity: Global, DisplayPhoto: 2 }\n'],
      [
        'references as objects',
        'CsUser:\n  - { SipAddress: a, RegistrarPool: { friendlyname: b, Anchor: {} }, ClientPolicy: {} }\n',
      ],
      ['a single object', 'CsSipDomain:\n  Identity: contoso.com\n'],
      ['sections without objects', 'CsUser:\nCsPool: []\nCsSite: null\n'],
      ["the author's own keys", 'x-notes: [1]\nCsUser:\n  - { SipAddress: a, X-Ticket: 4711 }\n'],
      [
        "PowerShell's noise",
        'CsClientPolicy:\n  - { Identity: Global, ScopeClass: Global, PSComputerName: fe01, runspaceid: 5 }\n',
      ],
      ['nouns that are not checked', 'CsVoiceRoute: []\nCsUserReplicatorConfiguration: { a: 1 }\n'],
      [
        'services with ports that nobody listed',
        'CsService:\n  - { Identity: "Registrar:a", SomePort: 5 }\n',
      ],
      [
        'what a merge key brings',
        'x-base: &base { Identity: Global }\nCsClientPolicy:\n  - <<: *base\n    DisplayPhoto: NoPhoto\n',
      ],
      ['several documents', 'CsUser: []\n---\n---\nCsPool: []\n'],
      [
        'time spans as ConvertTo-Json writes them',
        'CsClientPolicy:\n  - { Identity: Global, DGRefreshInterval: { Ticks: 5, Hours: 8 } }\n',
      ],
    ];
    for (const [what, text] of fine)
      it(what, async () => {
        assert.deepEqual(await problems(text), []);
      });
  });

  describe('offers', () => {
    it('every section, in the usual spelling', async () => {
      const labels = (await offers('$0')).map(({ label }) => label);
      assert.deepEqual(labels.sort(), Array.from(sectionTypes(), ({ name }) => name).sort());
    });

    it('a section with the beginning of its list, and nothing that nobody asked for', async () => {
      const section = (await offers('$0')).find(({ label }) => label === 'CsUser');
      assert.equal(section?.text, 'CsUser:\n  - ');
    });

    it('the properties of an object, but not those that it has, and none that is deprecated', async () => {
      const labels = (await offers('CsClientPolicy:\n  - Identity: Global\n    D$0')).map(
        ({ label }) => label,
      );
      assert.ok(labels.includes('DisplayPhoto'));
      assert.ok(!labels.includes('Identity'));
      assert.ok(!labels.includes('EnableSQMData'));
    });

    it('values with what they mean', async () => {
      const found = await offers('CsClientPolicy:\n  - Identity: Global\n    DisplayPhoto: $0');
      const one = found.find(({ label }) => label === 'PhotosFromADOnly');
      assert.match(one?.documentation ?? '', /thumbnail photos from Active Directory/);
    });

    it('no values where only a name can stand', async () => {
      assert.deepEqual(await offers('CsUser:\n  - SipAddress: a\n    RegistrarPool: $0'), []);
    });

    it('the scopes that a section has', async () => {
      const labels = (await offers('CsProxyConfiguration:\n  - Identity: $0')).map(({ label }) => label);
      assert.deepEqual(labels, [
        'Global',
        'Service:EdgeServer:pool01.contoso.com',
        'Service:Registrar:pool01.contoso.com',
      ]);
    });

    it('a policy for two-factor users with every remedy there is', async () => {
      const [policy] = (await offers('CsClientPolicy:\n  - $0')).filter(({ label }) =>
        label.includes(' for '),
      );
      const lines = (policy?.text ?? '').split('\n').map((line) => line.trim());
      const remedies = lostFeatures
        .filter(({ section }) => section === 'CsClientPolicy')
        .flatMap(({ settings }) => settings)
        .filter(({ remedy }) => remedy !== null)
        .map(({ property, remedy }) => `${property}: ${String(remedy)}`);
      assert.deepEqual(lines, ['Identity: Tag:${1:TwoFactor}', ...remedies]);
    });

    it('snippets that lose nobody anything: in them the linter finds nothing', async () => {
      for (const section of [
        'CsWebServiceConfiguration',
        'CsProxyConfiguration',
        'CsUser',
        'CsUserServicesPolicy',
      ]) {
        const found = (await offers(`${section}:\n  - $0`)).filter(({ text = '' }) =>
          /^(?:Identity|SipAddress): .*\n/.test(text),
        );
        assert.ok(found.length > 0, section);
        for (const { text = '' } of found) {
          const written = `${section}:\n  - ${text.replaceAll('\n', '\n  ').replaceAll(/\$\{\d+:([^}]*)\}/g, '$1')}\n`;
          assert.deepEqual(await problems(written), []);
          assert.deepEqual(
            findings(written, [
              ...fileRules,
              'require-passive-only',
              'require-registrar-lockdown',
              'require-edge-lockdown',
              'valid-passive-metadata-uri',
            ]),
            [],
          );
        }
      }
    });

    it('settings, rules and severities of the configuration', async () => {
      const labels = async (text: string): Promise<string[]> =>
        (await offers(text, configurationFile)).map(({ label }) => label.replaceAll('"', ''));
      assert.deepEqual((await labels('$0')).sort(), [
        'exchange',
        'exclude',
        'files',
        'mobile',
        'rules',
        'twoFactor',
      ]);
      assert.deepEqual((await labels('rules:\n  $0')).sort(), rules.map(({ id }) => id).sort());
      assert.deepEqual(await labels('rules:\n  no-ucs-with-2fa: $0'), [...severities, 'off', 'null']);
      assert.deepEqual(await labels('twoFactor:\n  pools:\n    - pool: a\n      method: $0'), [
        ...twoFactorMethods,
        'null',
      ]);
    });
  });

  describe('tells', () => {
    it('what a section holds', async () => {
      assert.match(
        await told('CsU$0ser: []'),
        /^#### CsUser\n\nThe users who are enabled for Lync.*Get-CsUser/s,
      );
    });

    it('what a property is for, its values and its default', async () => {
      const text = await told('CsClientPolicy:\n  - Identity: Global\n    Display$0Photo: AllPhotos');
      assert.match(text, /^#### CsClientPolicy\n\nWhich photos the client shows.*Default: `AllPhotos`/s);
      assert.match(text, /`PhotosFromADOnly`: only thumbnail photos/);
    });

    it('the same of an empty value and of a name in an object', async () => {
      for (const value of ['', 'null', '5', 'pool01', '{ FriendlyName: pool01 }'])
        assert.match(
          await told(`CsUser:\n  - SipAddress: a\n    Registrar$0Pool: ${value}`),
          /^#### CsUser\n\nThe pool/,
        );
    });

    it('what a rule finds', async () => {
      assert.match(
        await told('rules:\n  no-ucs$0-with-2fa: off\n', configurationFile),
        /may move to the Unified Contact Store/,
      );
    });
  });
});

function* patternsIn(node: unknown): Generator<string> {
  if (typeof node !== 'object' || node === null) return;
  for (const [key, value] of Object.entries(node)) {
    if (key === 'pattern' && typeof value === 'string') yield value;
    if (key === 'patternProperties') yield* Object.keys(value as object);
    yield* patternsIn(value);
  }
}
