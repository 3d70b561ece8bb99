/**
 * What others rely on: the ids and severities of the rules. Neither changes; a rule that is added is added here, too.
 */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rulePage } from '../../server/src/linter/rulePage.ts';
import { rules } from '../../server/src/rules/index.ts';

const promised: Readonly<Record<string, string>> = {
  features: `
    no-ucs-with-2fa error
    require-ucs-rollback error
    no-ucs-after-rollback warning
    no-calendar-presence-with-2fa warning
    no-conversation-history-with-2fa warning
    no-call-log-history-with-2fa info
    no-exchange-photos-with-2fa warning
    no-exchange-voicemail-with-2fa warning
    no-exchange-contact-sync-with-2fa info
    no-free-busy-with-2fa hint
    no-skill-search-with-2fa warning
    no-mobile-exchange-with-2fa warning
    no-saved-credentials-with-2fa info
    no-offline-im-with-2fa info
    policy-reaches-2fa-users info
  `,
  passive: `
    require-passive-only error
    require-passive-metadata-uri error
    valid-passive-metadata-uri error
    no-own-passive-metadata warning
    no-unused-passive-metadata-uri hint
    no-passive-beyond-service-scope warning
    require-registrar-lockdown error
    require-edge-lockdown error
    require-client-certificate-auth error
    require-proxy-auth-method error
    require-web-auth-method error
    require-passive-on-director warning
    prefer-dedicated-2fa-director hint
    no-shared-2fa-edge warning
    require-matching-backup-pool warning
    require-2fa-server-version error
    no-mixed-patch-levels warning
    no-passive-with-modern-auth error
    prefer-short-client-certificates info
    valid-certificate-validity-hours error
    no-pin-devices-with-2fa warning
    no-legacy-clients-with-2fa warning
    no-kerberos-only-outside warning
    no-outside-access-without-proxy info
    no-domain-auth-in-web-app-with-2fa info
    require-external-authentication warning
  `,
  exchange: `
    require-exchange-partner-application warning
    valid-exchange-autodiscover-url error
    valid-partner-application-metadata warning
    no-ucs-without-exchange-2013 warning
    no-inactive-exchange-archiving warning
    no-double-archiving info
    require-hosted-voicemail-destination error
    no-two-voicemail-systems warning
    no-voicemail-without-enterprise-voice info
    no-hidden-photos hint
  `,
  files: `
    yaml-syntax error
    incomplete-deployment info
    internal-error warning
    no-unknown-section error
    no-unknown-property error
    valid-value error
    no-yaml-1-1-boolean warning
    prefer-canonical-case hint
    no-deprecated-property hint
    no-misspelled-passive-property error
    no-undefined-reference error
    no-unused-policy hint
    no-duplicate-identity error
    valid-identity-scope error
    no-lost-global-setting info
    valid-sip-address error
    valid-line-uri warning
    valid-pin-policy warning
    require-pool-services error
    valid-pool-size error
    no-collocated-role error
    valid-pool-pairing error
    valid-edge-next-hop error
    unique-web-fqdn error
    valid-fqdn error
    valid-simple-urls error
    one-default-sip-domain error
    one-active-central-management error
    valid-configuration error
    no-unused-suppression warning
  `,
};

const checkout = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

function listed(group: string): string[] {
  return (promised[group] ?? '')
    .trim()
    .split('\n')
    .map((line) => line.trim())
    .sort();
}

describe('the rules', () => {
  for (const group of Object.keys(promised))
    it(`of the group ${group} are these, each with its severity`, () => {
      const found = rules.filter((rule) => rule.group === group);
      assert.deepEqual(found.map(({ id, severity }) => `${id} ${severity}`).sort(), listed(group));
    });

  it('have a file each, with the name of the rule', () => {
    const files = readdirSync(join(checkout, 'server/src/rules')).filter((name) => name !== 'index.ts');
    assert.deepEqual(files.sort(), rules.map(({ id }) => `${id}.ts`).sort());
  });

  it('say which source each statement about Lync rests on', () => {
    const without = rules.filter(({ group, why }) => group !== 'files' && !/ Source: \S/.test(why));
    assert.deepEqual(
      without.map(({ id }) => id),
      [],
    );
  });

  for (const rule of rules)
    it(`have a page: ${rule.id}`, () => {
      const headings = rulePage(rule).flatMap((part) => (part.kind === 'heading' ? part.text : []));
      for (const heading of ['Why', 'What to do', 'Switching it off']) assert.ok(headings.includes(heading));
      const page = readFileSync(join(checkout, 'docs/rules', `${rule.id}.md`), 'utf8');
      assert.ok(page.includes(`\n# ${rule.id}\n`));
    });
});
