import assert from 'node:assert/strict';
import { documentLinks } from '../../server/src/features/documentLink.ts';
import { parseFixture, projectOf, root } from '../fixture.ts';
import { projectWith, sampleFiles, sampleNames } from '../samples.ts';
import { offsetAt, textIn } from './cursor.ts';

/** The links of the fixture's first file, or of its configuration: text, target and tooltip. */
function linksIn(fixture: string, only?: string): (string | undefined)[][] {
  const parsed = parseFixture(fixture);
  const [name = '', text = ''] =
    [...parsed.files].find(([file]) => only === undefined || file === only) ?? [];
  const links = documentLinks(projectOf(parsed), `${root}/${name}`) ?? [];
  return links.map(({ range, target, tooltip }) => [textIn(text, range), target, tooltip]);
}

function targetsIn(value: string, name = 'WsFedPassiveMetadataUri'): (string | undefined)[] {
  return linksIn(`CsWebServiceConfiguration:\n  - Identity: Global\n    ${name}: ${value}\n`).map(
    ([, target]) => target,
  );
}

describe('links', () => {
  it('open the addresses in properties that hold one', () => {
    assert.deepEqual(
      linksIn(`CsWebServiceConfiguration:
  - Identity: Global
    WsFedPassiveMetadataUri: "https://sts.contoso.com/federationmetadata" # https://c.example
CsSimpleUrl:
  Identity: Global
  SimpleUrl:
    - { Component: Meet, ActiveUrl: 'https://meet.contoso.com' }
    - SimpleUrlEntry: [ { Url: http://dialin.contoso.com } ]
`),
      [
        [
          'https://sts.contoso.com/federationmetadata',
          'https://sts.contoso.com/federationmetadata',
          "Open the address in 'WsFedPassiveMetadataUri'",
        ],
        ['https://meet.contoso.com', 'https://meet.contoso.com', "Open the address in 'ActiveUrl'"],
        ['http://dialin.contoso.com', 'http://dialin.contoso.com', "Open the address in 'Url'"],
      ],
    );
  });

  it('open nothing that a browser should not be sent to', () => {
    for (const value of [
      'javascript:alert("http://a.example")',
      'file:///etc/passwd#http://',
      'ftp://a.example/?http://',
      'https://',
      'https://login.contoso.com@evil.example/',
      'http://a.example b',
      '"http://a.example/\\u0041"',
      '"http://a.example/\\n"',
      '<http://a.example>',
    ])
      assert.deepEqual(targetsIn(value), [], value);
    assert.deepEqual(targetsIn('https://a.example', 'Description'), []);
    assert.deepEqual(targetsIn('HTTPS://a.example:8080/b?c#d'), ['HTTPS://a.example:8080/b?c#d']);
  });

  it('lead from the rules in comments to their pages', () => {
    assert.deepEqual(
      linksIn(`# lync-disable no-free-busy-with-2fa, no-such-rule
CsUser:
  # lync-disable-next-line no-ucs-with-2fa,valid-value -- see no-ucs-with-2fa
  - SipAddress: sip:ken@contoso.com
`).map(([text, target, tooltip]) => [text, target?.split('/').at(-1), tooltip?.split(':')[0]]),
      [
        [
          'no-free-busy-with-2fa',
          'no-free-busy-with-2fa.md',
          "Open the page of rule 'no-free-busy-with-2fa'",
        ],
        ['no-ucs-with-2fa', 'no-ucs-with-2fa.md', "Open the page of rule 'no-ucs-with-2fa'"],
        ['valid-value', 'valid-value.md', "Open the page of rule 'valid-value'"],
      ],
    );
  });

  it('lead from the rules in the configuration to their pages', () => {
    assert.deepEqual(
      linksIn(
        '#- lync.config.yaml\nrules:\n  no-ucs-with-2fa: off\n  nothing: off\n',
        'lync.config.yaml',
      ).map(([text, target]) => [text, target?.split('/').at(-1)]),
      [['no-ucs-with-2fa', 'no-ucs-with-2fa.md']],
    );
  });

  it('are not looked for in files that are none of ours', () => {
    const name = `${root}/values.yaml`;
    assert.equal(documentLinks(projectWith(new Map([[name, 'Url: http://a.example\n']])), name), undefined);
  });

  for (const name of sampleNames)
    it(`stand in the text of samples/${name}, wherever it ends`, () => {
      let found = 0;
      for (const [uri, text] of sampleFiles(name)) {
        const project = projectWith(new Map([[uri, '']]));
        for (let length = text.length; length > 0; length -= 1999) {
          project.setFile(uri, text.slice(0, length));
          let end = 0;
          for (const { range } of documentLinks(project, uri) ?? []) {
            assert.ok(offsetAt(text, range.start) >= end);
            end = offsetAt(text, range.end);
            assert.ok(end <= length);
            found++;
          }
        }
      }
      assert.ok(found > 0);
    });
});
