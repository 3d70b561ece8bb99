import assert from 'node:assert/strict';
import { status } from '../../server/src/features/status.ts';
import { parseFixture, projectOf, root } from '../fixture.ts';
import { projectWith } from '../samples.ts';

describe('the status of a file', () => {
  const project = projectOf(
    parseFixture(`#- lync.config.yaml
twoFactor:
  pools: [{ pool: pool02.contoso.com, method: RsaSecurId }]
#- topology.lync.yaml
CsWebServiceConfiguration:
  - { Identity: Global, UseWsFedPassiveAuth: false }
  - { Identity: WebServer:pool01.contoso.com, UseWsFedPassiveAuth: true }
#- users.lync.yaml
CsUser:
  - { SipAddress: sip:ken@contoso.com, RegistrarPool: pool01.contoso.com }
  - { SipAddress: sip:ann@contoso.com, RegistrarPool: pool02.contoso.com }
  - { SipAddress: sip:don@contoso.com, RegistrarPool: pool03.contoso.com }
`),
  );
  const expected = {
    deployment: 'contoso',
    configuration: `${root}/lync.config.yaml`,
    files: 2,
    users: 3,
    twoFactorUsers: 2,
    limitedUsers: 2,
  };

  it('counts the people of its whole deployment', () => {
    assert.deepEqual(status(project, `${root}/topology.lync.yaml`), expected);
  });

  it('is told of the configuration, too', () => {
    assert.deepEqual(status(project, `${root}/lync.config.yaml`), expected);
  });

  it('is nothing for a file of no deployment', () => {
    assert.equal(status(project, `${root}/other.yaml`), undefined);
  });

  it('names a folder as people read it', () => {
    const uri = 'file:///c%3A/Lync%20exports/users.lync.yaml';
    const other = projectWith(new Map([[uri, 'CsUser: []\n']]));
    assert.equal(status(other, uri)?.deployment, 'Lync exports');
  });
});
