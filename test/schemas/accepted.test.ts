/** Whatever the linter accepts, the schemas accept: an editor must not complain of a file that is right. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import * as yaml from 'yaml';
import { configurationFileName, severities, twoFactorMethods } from '../../server/src/model/configuration.ts';
import { sectionTypes, type PropertyType, type SectionType } from '../../server/src/schema/schema.ts';
import { fileRules, findings } from './linter.ts';
import { problems } from './yamlEditor.ts';

describe('the JSON Schema accepts what the linter accepts', () => {
  it('in objects of every section', async () => {
    let accepted = 0;
    await fc.assert(
      fc.asyncProperty(deployments(), fc.boolean(), async (deployment, asJson) => {
        const text = asJson ? `${JSON.stringify(deployment)}\n` : yaml.stringify(deployment);
        if (findings(text, fileRules).length > 0) return;
        accepted++;
        assert.deepEqual(await problems(text), []);
      }),
      { numRuns: 600 },
    );
    assert.ok(accepted > 200, `Only ${accepted} deployments were good ones.`);
  });

  it('in configurations', async () => {
    let accepted = 0;
    await fc.assert(
      fc.asyncProperty(configurations(), async (configuration) => {
        const text = yaml.stringify(configuration);
        if (findings(text, ['valid-configuration'], configurationFileName).length > 0) return;
        accepted++;
        assert.deepEqual(await problems(text, configurationFileName), []);
      }),
      { numRuns: 600 },
    );
    assert.ok(accepted > 100, `Only ${accepted} configurations were good ones.`);
  });
});

/** Deployments of a section or two, most of whose values are right. */
function deployments(): fc.Arbitrary<Record<string, unknown>> {
  const section = fc
    .constantFrom(...sectionTypes())
    .chain((type) => fc.tuple(spelled(type.name), objects(type)));
  const other = fc.tuple(
    fc.constantFrom('x-notes', 'X-Notes', 'CsVoiceRoute', 'csdialplan', 'CsUsers', 'Users'),
    anything(),
  );
  return fc
    .array(fc.oneof({ weight: 9, arbitrary: section }, { weight: 1, arbitrary: other }), {
      minLength: 1,
      maxLength: 2,
    })
    .map((entries) => Object.fromEntries(entries));
}

function objects(type: SectionType): fc.Arbitrary<unknown> {
  const one = objectOf(type);
  return fc.oneof(
    { weight: 6, arbitrary: fc.array(one, { maxLength: 2 }) },
    { weight: 3, arbitrary: one },
    { weight: 1, arbitrary: fc.constant(null) },
  );
}

function objectOf(type: SectionType): fc.Arbitrary<Record<string, unknown>> {
  const known = fc
    .constantFrom(...type.properties.values())
    .chain((property) => fc.tuple(spelled(property.name), valueOf(property, type)));
  const other = fc.tuple(
    fc.constantFrom('x-ticket', 'X-T', 'ScopeClass', 'runspaceid', 'PSComputerName', 'Wrong'),
    anything(),
  );
  const key = type.property(type.key);
  const named = key ? fc.tuple(spelled(type.key), valueOf(key, type)) : known;
  return fc
    .tuple(
      named,
      fc.array(fc.oneof({ weight: 9, arbitrary: known }, { weight: 1, arbitrary: other }), { maxLength: 3 }),
    )
    .map(([first, rest]) => Object.fromEntries([...rest, first]));
}

function valueOf(type: PropertyType, section: SectionType): fc.Arbitrary<unknown> {
  return fc.oneof(
    { weight: 12, arbitrary: usualValue(type, section) },
    { weight: 1, arbitrary: fc.constant(null) },
    { weight: 1, arbitrary: anything() },
  );
}

function usualValue(type: PropertyType, section: SectionType): fc.Arbitrary<unknown> {
  switch (type.type) {
    case 'boolean':
      return fc.boolean();
    case 'integer': {
      const [min, max] = [Number(type.minimum ?? 0), Number(type.maximum ?? 1_000_000)];
      return fc.integer({ min, max }).chain((value) => fc.constantFrom<unknown>(value, String(value)));
    }
    case 'enum': {
      const values = type.values ?? [];
      return fc.oneof(fc.constantFrom(...values).chain(spelled), fc.integer({ min: 0, max: values.length }));
    }
    case 'timespan':
      return fc.constantFrom<unknown>('08:00:00', '1.00:00:00', '00:05:00.5', '0:30:00', { Ticks: 5 }, 8);
    case 'guid':
      return fc.uuid().chain((uuid) => fc.constantFrom(uuid, `{${uuid}}`, uuid.toUpperCase()));
    case 'identity':
      return section.scopes.length > 0 ? identities() : names();
    case 'string':
    case 'reference':
      return names();
    case 'datetime':
    case 'list':
    case 'object':
      return anything();
  }
}

function identities(): fc.Arbitrary<unknown> {
  const roles = ['WebServer', 'Registrar', 'UserServer', 'EdgeServer', 'Nobody'];
  const prefix = fc.constantFrom(
    '',
    'Tag:',
    'Site:',
    'Service:',
    ...roles.map((role) => `${role}:`),
    ...roles.map((role) => `Service:${role}:`),
  );
  return fc
    .tuple(
      prefix.chain(spelled),
      fc.constantFrom('Global', 'global', 'Redmond', 'pool01.contoso.com', '', ' a '),
    )
    .map(([before, name]) => before + name);
}

function names(): fc.Arbitrary<unknown> {
  const name = fc.constantFrom<unknown>('Sales', 'pool01.contoso.com', 5, 1.5, true, 'yes', '', 'Tag:Sales');
  const member = fc.constantFrom('FriendlyName', 'Name', 'Value', 'friendlyname', 'Other');
  return fc.oneof(
    name,
    fc.tuple(member, name).map(([key, value]) => ({ [key]: value, Anchor: { TagId: 1 } })),
    fc.constant({}),
  );
}

function anything(): fc.Arbitrary<unknown> {
  return fc.constantFrom<unknown>(
    '',
    'text',
    'yes',
    'True',
    'fALSE',
    '7',
    0,
    7,
    -1,
    1.5,
    true,
    false,
    null,
    [],
    ['a'],
    {},
    { a: 1 },
    { Name: null },
  );
}

/** A name in its usual spelling, mostly. */
function spelled(name: string): fc.Arbitrary<string> {
  return fc.oneof(
    { weight: 4, arbitrary: fc.constant(name) },
    { weight: 1, arbitrary: fc.constantFrom(name.toLowerCase(), name.toUpperCase()) },
  );
}

function configurations(): fc.Arbitrary<Record<string, unknown>> {
  const globs = mostly(
    [['**/*.yaml'], [], null, [5], ['a..b', '..a', 'b.']],
    [['../a'], ['/a'], ['a/../b'], ['C:a'], 'a', [null]],
  );
  const severity = mostly([...severities, 'off', 'Off', 'ERROR', 0, 4], [5, null, 'loud', false]);
  const flag = mostly([true, false, null], ['true', 1]);
  const pool = fc.record(
    {
      pool: mostly(['pool01', 5, true], [null, []]),
      method: mostly([...twoFactorMethods, 'smartcard', 1, null], ['x', 6]),
    },
    { requiredKeys: ['pool'] },
  );
  const mapping = (name: string, value: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> =>
    fc.oneof(
      { weight: 8, arbitrary: fc.record({ [name]: value }, { requiredKeys: [] }) },
      { weight: 1, arbitrary: mostly([null], [{ other: 1 }, [], 'a']) },
    );
  const rule = fc.constantFrom('no-ucs-with-2fa', 'valid-value', 'yaml-syntax');
  const setting = fc.oneof(
    fc.tuple(fc.constantFrom('files', 'exclude'), globs),
    fc.tuple(fc.constant('rules'), fc.dictionary(rule, severity, { maxKeys: 2 })),
    fc.tuple(
      fc.constant('twoFactor'),
      mapping('pools', fc.oneof(fc.array(pool, { maxLength: 2 }), mostly([null], ['a', {}]))),
    ),
    fc.tuple(fc.constant('exchange'), mapping('requiresSecondFactor', flag)),
    fc.tuple(fc.constant('exchange'), mapping('hybridModernAuthentication', flag)),
    fc.tuple(fc.constant('mobile'), mapping('gateway', mostly(['LyncShield', 5, true, null], [[]]))),
    fc.tuple(mostly(['x-own'], ['other', 'X-Own']), anything()),
  );
  return fc.array(setting, { maxLength: 3 }).map((entries) => Object.fromEntries(entries));
}

function mostly<Good, Bad>(good: readonly Good[], bad: readonly Bad[]): fc.Arbitrary<Good | Bad> {
  return fc.oneof(
    { weight: 9, arbitrary: fc.constantFrom(...good) },
    { weight: 1, arbitrary: fc.constantFrom(...bad) },
  );
}
