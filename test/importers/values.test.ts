import assert from 'node:assert/strict';
import { fromDuration, fromJsonDate } from '../../server/src/importers/timespans.ts';
import { convert, isTypeName } from '../../server/src/importers/values.ts';
import type { Foreign } from '../../server/src/importers/foreign.ts';
import { sectionType } from '../../server/src/schema/schema.ts';

describe('values', () => {
  it('have the type that the schema gives them', () => {
    for (const [section, property, foreign, value] of [
      ['CsUserServicesPolicy', 'UcsAllowed', 'TRUE', true],
      ['CsUserServicesPolicy', 'UcsAllowed', 'perhaps', 'perhaps'],
      ['CsUserServicesPolicy', 'UcsAllowed', '', undefined],
      ['CsUserServicesPolicy', 'UcsAllowed', null, undefined],
      ['CsClientPolicy', 'MaxPhotoSizeKB', '30', 30],
      ['CsClientPolicy', 'MaxPhotoSizeKB', 'many', 'many'],
      ['CsClientPolicy', 'DisplayPhoto', 2, 'AllPhotos'],
      ['CsClientPolicy', 'DisplayPhoto', 'allphotos', 'AllPhotos'],
      ['CsClientPolicy', 'DisplayPhoto', 9, 9],
      ['CsClientPolicy', 'DGRefreshInterval', 'P0Y0M0DT0H5M0S', '00:05:00'],
      ['CsClientPolicy', 'DGRefreshInterval', '08:00:00', '08:00:00'],
      ['CsClientPolicy', 'Description', '', ''],
      ['CsClientPolicy', 'Description', 5, '5'],
      ['CsPool', 'Computers', 'fe01.contoso.com', ['fe01.contoso.com']],
      ['CsPool', 'Computers', '{}', []],
      ['CsPool', 'Computers', ['fe01', null], ['fe01']],
      ['CsPool', 'Computers', [], []],
      ['CsPool', 'Site', ['Site:Redmond'], 'Site:Redmond'],
      ['CsUser', 'RegistrarPool', named({ FriendlyName: 'pool01' }), 'pool01'],
      ['CsUser', 'RegistrarPool', named({ name: 'pool01' }), 'pool01'],
      ['CsUser', 'RegistrarPool', named({ Value: 'pool01' }), 'pool01'],
      ['CsUser', 'RegistrarPool', named({}, 'pool01'), 'pool01'],
      ['CsUser', 'RegistrarPool', named({}), undefined],
      ['CsPartnerApplication', 'Name', 'Microsoft.Exchange', 'Microsoft.Exchange'],
      ['CsUser', 'WhenCreated', named({ value: '/Date(0)/', DateTime: 'x' }), '1970-01-01T00:00:00.000Z'],
      ['CsUser', 'Unheard', '/Date(0)/', '1970-01-01T00:00:00.000Z'],
    ] as const) {
      const converted = convert(sectionType(section)?.property(property), foreign);
      assert.deepEqual(converted, { value }, `${section}.${property}`);
    }
  });

  it('are lost where a file has the name of a type, or an object that nobody knows', () => {
    assert.deepEqual(convert(sectionType('CsPool')?.property('Computers'), 'System.String[]'), {
      value: undefined,
      loss: 'type name',
    });
    assert.deepEqual(convert(undefined, named({ a: 1 })), { value: undefined, loss: 'object' });
    for (const name of [
      'System.Collections.Generic.List`1[System.String]',
      'System.Object',
      'Microsoft.Rtc.Management.Xds.XdsList',
    ])
      assert.ok(isTypeName(name), name);
    for (const name of ['System', 'System. ', 'Microsoft.Exchange', 'pool.System.com', 'System.contoso.com!'])
      assert.ok(!isTypeName(name), name);
  });

  it('may refer to themselves without end', () => {
    const members = new Map<string, Foreign>();
    const loop = { types: [], text: undefined, members, line: undefined };
    members.set('again', loop);
    assert.equal(convert(sectionType('CsSimpleUrl')?.property('SimpleUrl'), [loop]).loss, 'size');
  });
});

describe('time spans and dates', () => {
  it('come from the forms of XML and JSON', () => {
    for (const [text, span] of [
      ['PT5M', '00:05:00'],
      ['P1DT2H3M4.5S', '1.02:03:04.5000000'],
      ['-PT90S', '-00:01:30'],
      ['PT36H', '1.12:00:00'],
      ['P1M', undefined],
      ['P', undefined],
      ['5', undefined],
    ] as const)
      assert.equal(fromDuration(text), span, text);
    assert.equal(fromJsonDate('/Date(1376312345000)/'), '2013-08-12T12:59:05.000Z');
    assert.equal(fromJsonDate('/Date(1376312345000+0200)/'), '2013-08-12T12:59:05.000Z');
    assert.equal(fromJsonDate('/Date(9999999999999999)/'), undefined);
    assert.equal(fromJsonDate('2013-08-12'), undefined);
  });
});

function named(members: Readonly<Record<string, Foreign>>, text?: string): Foreign {
  return { types: [], text, members: new Map(Object.entries(members)), line: undefined };
}
