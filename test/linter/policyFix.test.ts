import assert from 'node:assert/strict';
import { fixesOf } from '../../server/src/linter/bulk.ts';
import { twoFactorPool } from '../../server/src/linter/examples.ts';
import { parseFixture } from '../fixture.ts';
import { findingsOf, projectOf, workspaceOf } from './fixing.ts';

/** The titles of the fixes of a rule's first finding. */
function titles(fixture: string, rule: string): string[] {
  const project = projectOf(parseFixture(fixture).files);
  const finding = findingsOf(project).find((candidate) => candidate.rule.id === rule);
  assert.ok(finding);
  return fixesOf(finding, workspaceOf(project).deployment).map(({ title }) => title);
}

describe('a policy of the two-factor users', () => {
  it('has a name that no policy has, and that nobody was granted', () => {
    const deployment = (granted: string): string => `${twoFactorPool}CsUserServicesPolicy:
  - { Identity: Global, UcsAllowed: true }
CsUser:
  - { SipAddress: sip:ken@contoso.com, RegistrarPool: pool01.contoso.com }
  - { SipAddress: sip:ann@contoso.com, RegistrarPool: pool02.contoso.com, UserServicesPolicy: ${granted} }
`;
    assert.match(
      titles(deployment('null'), 'no-ucs-with-2fa')[0] ?? '',
      /UserServicesPolicy 'TwoFactor', like/,
    );
    // Ann would have the new policy, too, as soon as it is there.
    assert.match(
      titles(deployment('Tag:twofactor'), 'no-ucs-with-2fa')[0] ?? '',
      /UserServicesPolicy 'TwoFactor2', like/,
    );
  });
});
