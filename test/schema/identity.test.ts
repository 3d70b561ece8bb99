import assert from 'node:assert/strict';
import { identityKey, identityText, parseIdentity } from '../../server/src/schema/identity.ts';
import { sectionType, type SectionType } from '../../server/src/schema/schema.ts';

function section(name: string): SectionType {
  const type = sectionType(name);
  assert.ok(type);
  return type;
}

describe('an identity', () => {
  const forms = [
    ['Global', 'Global', undefined, ''],
    ['GLOBAL', 'Global', undefined, ''],
    ['Site:Redmond', 'Site', undefined, 'Redmond'],
    ['SITE:Redmond', 'Site', undefined, 'Redmond'],
    ['Service:WebServer:pool01.contoso.com', 'Service', 'WebServer', 'pool01.contoso.com'],
    ['service:UserServer:pool01.contoso.com', 'Service', 'UserServer', 'pool01.contoso.com'],
    ['Registrar:pool01.contoso.com', 'Service', 'Registrar', 'pool01.contoso.com'],
    ['EdgeServer:edge01.contoso.com', 'Service', 'EdgeServer', 'edge01.contoso.com'],
    ['Tag:SalesPolicy', 'User', undefined, 'SalesPolicy'],
    ['tag:SalesPolicy', 'User', undefined, 'SalesPolicy'],
    ['SalesPolicy', 'User', undefined, 'SalesPolicy'],
    [' Sales Policy ', 'User', undefined, 'Sales Policy'],
    ['Service:pool01', 'Service', '', 'pool01'],
    ['', 'User', undefined, ''],
  ] as const;

  for (const [text, scope, role, name] of forms) {
    it(`'${text}' has scope ${scope} and the name '${name}'`, () => {
      assert.deepEqual(parseIdentity(text), { scope, role, name });
    });
  }

  it('reads back from its usual spelling as the same', () => {
    for (const [text] of forms.slice(0, 12)) {
      const identity = parseIdentity(text);
      assert.deepEqual(parseIdentity(identityText(identity)), identity);
    }
  });
});

describe('objects are found by', () => {
  const same = (name: string, ...spellings: string[]): void => {
    assert.equal(new Set(spellings.map((text) => identityKey(section(name), text))).size, 1);
  };

  it('their identity in any spelling of its scope', () => {
    same(
      'CsWebServiceConfiguration',
      'WebServer:Pool01',
      'Service:WebServer:pool01',
      'service:webserver:POOL01',
    );
    same('CsClientPolicy', 'Sales', 'Tag:sales', 'TAG:SALES');
    same('CsClientPolicy', 'global', 'Global');
  });

  it('their name with or without its prefix', () => {
    same('CsSite', 'Redmond', 'Site:redmond');
    same('CsService', 'Registrar:pool01', 'Service:Registrar:POOL01');
    same('CsUser', 'sip:Ken@contoso.com', 'ken@contoso.com', 'SIP:ken@CONTOSO.com ');
    same('CsUnifiedContactStore', 'sip:Ken@contoso.com', 'ken@contoso.com');
  });

  it('nothing else: a site and a policy of the same name differ', () => {
    const keys = ['Site:Sales', 'Tag:Sales', 'Registrar:Sales'].map((text) =>
      identityKey(section('CsClientPolicy'), text),
    );
    assert.equal(new Set(keys).size, 3);
  });
});
