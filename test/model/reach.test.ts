import assert from 'node:assert/strict';
import { deploymentOf } from './deployment.ts';

const text = `CsWebServiceConfiguration:
  - { Identity: Service:WebServer:pool01.contoso.com, UseWsFedPassiveAuth: true }
CsUserServicesPolicy:
  - { Identity: Global, UcsAllowed: true }
  - { Identity: Tag:Off, UcsAllowed: false }
  - { Identity: Tag:Nobody, UcsAllowed: true }
CsUser:
  - { SipAddress: sip:ken@contoso.com, RegistrarPool: pool01.contoso.com }
  - { SipAddress: sip:ann@contoso.com, RegistrarPool: pool01.contoso.com }
  - { SipAddress: sip:bob@contoso.com, RegistrarPool: pool02.contoso.com }
  - { SipAddress: sip:eve@contoso.com, RegistrarPool: pool01.contoso.com, UserServicesPolicy: Off }
`;

describe('the reach of a policy', () => {
  const deployment = deploymentOf(text);
  const reachOf = (identity: string): unknown => {
    const policy = deployment.find('CsUserServicesPolicy', identity);
    const reach = policy && deployment.reach(policy);
    return reach && { ...reach, left: Array.from(reach.left.keys(), ({ rule }) => rule) };
  };

  it('counts the users whom it applies to, and those of them who cannot use what it leaves on', () => {
    assert.deepEqual(reachOf('Global'), { users: 3, limitedUsers: 2, left: ['no-ucs-with-2fa'] });
  });

  it('leaves nothing on where the policy has it off', () => {
    assert.deepEqual(reachOf('Tag:Off'), { users: 1, limitedUsers: 1, left: [] });
  });

  it('is none for a policy that nobody has', () => {
    assert.equal(reachOf('Tag:Nobody'), undefined);
  });
});
