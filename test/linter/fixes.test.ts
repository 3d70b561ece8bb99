import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Finding } from '../../server/src/linter/finding.ts';
import { fixesOf, safeChanges, safeFix } from '../../server/src/linter/bulk.ts';
import { twoFactorPool } from '../../server/src/linter/examples.ts';
import type { Rule } from '../../server/src/linter/rule.ts';
import type { Project } from '../../server/src/project.ts';
import { rules } from '../../server/src/rules/index.ts';
import { parseFixture } from '../fixture.ts';
import { apply, findingsOf, pairOf, projectOf, show, workspaceOf } from './fixing.ts';
import { endings, forms, readData, type Texts } from './forms.ts';

const fixable = rules.filter(({ fixes }) => fixes);

/** Once it is known what is meant, it is checked: then there may be more to say of it. */
const reveals = new Set([
  'no-lost-global-setting',
  'no-undefined-reference',
  'no-unknown-property',
  'no-yaml-1-1-boolean',
  'valid-value',
]);

/** Applies every fix of every finding of a rule, each to the same texts. @returns how many there were */
function checkFixes(texts: Texts, rule: Rule, { alone = false } = {}): number {
  const before = projectOf(texts);
  const known = new Set(findingsOf(before).map(pairOf));
  let count = 0;
  for (const finding of findingsOf(before).filter((candidate) => candidate.rule === rule)) {
    // Not through fixesOf, which hides what a rule throws.
    for (const fix of rule.fixes?.(finding, workspaceOf(before).deployment) ?? []) {
      count++;
      const after = apply(texts, before, fix.changes);
      const project = projectOf(after);
      const what = `${fix.title}\n${show(texts)}\n=====>\n${show(after)}`;
      for (const other of findingsOf(project)) {
        assert.ok(isExpected(other, known, alone ? undefined : rule), `New: ${pairOf(other)}: ${what}`);
        if (pairOf(other) !== pairOf(finding)) continue;
        // Of several mistakes in one object not each has a fix.
        const titles = fixesOf(other, workspaceOf(project).deployment).map(({ title }) => title);
        assert.ok(!alone && !titles.includes(fix.title), `It is not gone: ${what}`);
      }
    }
  }
  return count;
}

function isExpected(finding: Finding, known: ReadonlySet<string>, fixed: Rule | undefined): boolean {
  const pair = pairOf(finding);
  if (known.has(pair) || finding.rule.id === 'incomplete-deployment') return true;
  if (finding.rule.id === 'policy-reaches-2fa-users')
    // Once Global is written down it is said there, too, what else it leaves on for users who had findings for it before.
    return pair.endsWith(' global') || (fixed !== undefined && reveals.has(fixed.id));
  // The last one who had a policy has been granted another; what a fix adds is granted to somebody.
  if (finding.rule.id === 'no-unused-policy') return !/twofactor/i.test(finding.object?.subject ?? '');
  // What is set in Global is now left out by the policies that had left it out before.
  if (finding.rule.id === 'no-lost-global-setting') return true;
  // A new policy is like the one that somebody had, with what is wrong with that.
  const [sort = ''] = pair.split(' tag:');
  if (finding.object?.section.kind === 'policy' && [...known].some((other) => other.startsWith(`${sort} `)))
    return true;
  const breaks = ['yaml-syntax', 'no-duplicate-identity'].includes(finding.rule.id);
  return fixed !== undefined && reveals.has(fixed.id) && finding.rule !== fixed && !breaks;
}

/** What the rules' examples leave out. */
const more: Readonly<Record<string, readonly string[]>> = {
  'no-undefined-reference': [
    `CsSipDomain:
  - Identity: contoso.com
CsUser:
  - SipAddress: sip:ken@contso.com
`,
    `CsSite:
  - Identity: Site:Redmond
CsClientPolicy:
  - Identity: Site:Redmnd
`,
    `CsService:
  - { Identity: Registrar:pool01.contoso.com, Role: Registrar, PoolFqdn: pool01.contoso.com, EdgeServer: EdgeServer:edge1.contoso.com }
  - { Identity: WebServer:pool01.contoso.com, Role: WebServer, PoolFqdn: pool01.contoso.com }
  - { Identity: EdgeServer:edge01.contoso.com, Role: EdgeServer, PoolFqdn: edge01.contoso.com }
CsWebServiceConfiguration:
  - Identity: Service:WebServer:pool1.contoso.com
`,
    `CsPool:
  - { Identity: pool01.contoso.com, BackupPoolFqdn: pool2.contoso.com }
  - { Identity: pool02.contoso.com }
CsSite:
  - { Identity: Site:Redmond, Pools: [pool1.contoso.com, pool2.contoso.com] }
CsClientPolicy:
  - { Identity: Tag:Sales }
CsUser:
  - { SipAddress: sip:ken@contoso.com, RegistrarPool: pool1.contoso.com, ClientPolicy: Saless }
`,
  ],
  'valid-value': [
    `CsClientPolicy:
  - { Identity: Global, DisplayPhoto: PhotoFromADOnly, DisableCalendarPresence: "True" }
`,
  ],
  'no-yaml-1-1-boolean': [
    `CsClientPolicy:
  - { Identity: Global, DisableCalendarPresence: "yes", EnableIMAutoArchiving: off }
`,
  ],
  'no-ucs-with-2fa': [
    `${twoFactorPool}CsUserServicesPolicy: []
CsUser:
  - { SipAddress: sip:ken@contoso.com, RegistrarPool: pool01.contoso.com, UserServicesPolicy: null }
`,
    `${twoFactorPool}CsUserServicesPolicy:
CsUser:
  - { SipAddress: sip:ken@contoso.com, RegistrarPool: pool01.contoso.com, UserServicesPolicy: null }
`,
    `${twoFactorPool}CsUserServicesPolicy:
  - { Identity: Global, UcsAllowed: true, MigrationDelayInDays: 7 }
CsUser:
  - { SipAddress: sip:ken@contoso.com, RegistrarPool: pool01.contoso.com, UserServicesPolicy: null }
  - { SipAddress: sip:ann@contoso.com, RegistrarPool: pool02.contoso.com }
`,
  ],
};

function deploymentsWith(rule: Rule): readonly string[] {
  return [...rule.examples.bad, ...(more[rule.id] ?? [])];
}

describe('each fix of each finding makes it go away and brings no other', () => {
  for (const rule of fixable) {
    it(`of ${rule.id}, in its examples`, () => {
      const count = deploymentsWith(rule)
        .map((example) => checkFixes(parseFixture(example).files, rule, { alone: true }))
        .reduce((sum, number) => sum + number, 0);
      assert.ok(count > 0);
    });
  }

  for (const form of forms) {
    for (const ending of endings) {
      it(`in ${form.name}, ${ending.name}`, () => {
        let count = 0;
        for (const rule of fixable) {
          for (const example of deploymentsWith(rule)) {
            const texts = form.write(readData(example));
            const changed = new Map([...texts].map(([name, text]) => [name, ending.change(text)]));
            count += checkFixes(changed, rule, { alone: true });
          }
        }
        assert.ok(count > 20, `There were only ${count} fixes.`);
      });
    }
  }
});

describe('in any deployment', () => {
  it('each fix makes its finding go away and brings no other', () => {
    fc.assert(
      fc.property(deployment, (texts) => {
        for (const rule of fixable) checkFixes(texts, rule);
      }),
      { numRuns },
    );
  });

  it('the safe fixes of all findings of a rule leave none that has one, and bring no other', () => {
    fc.assert(
      fc.property(deployment, (texts) => {
        for (const rule of fixable) {
          const before = projectOf(texts);
          const known = new Set(findingsOf(before).map(pairOf));
          const after = fixAll(texts, before, (finding) => finding.rule === rule);
          const project = projectOf(after);
          const what = `${show(texts)}\n=====>\n${show(after)}`;
          for (const finding of findingsOf(project)) {
            assert.ok(isExpected(finding, known, rule), `New: ${pairOf(finding)}: ${what}`);
            const fix = finding.rule === rule && safeFix(finding, workspaceOf(project).deployment);
            assert.ok(!fix, `Not fixed: ${pairOf(finding)}: ${what}`);
          }
        }
      }),
      { numRuns },
    );
  });

  it('the safe fixes of all findings leave none that has one after three rounds', () => {
    fc.assert(
      fc.property(deployment, (texts) => {
        let after = texts;
        for (let round = 0; round < 3; round++) after = fixAll(after, projectOf(after), () => true);
        const project = projectOf(after);
        const what = `${show(texts)}\n=====>\n${show(after)}`;
        for (const finding of findingsOf(project)) {
          assert.ok(!['yaml-syntax', 'no-duplicate-identity'].includes(finding.rule.id), what);
          const fix = safeFix(finding, workspaceOf(project).deployment);
          assert.ok(!fix, `Not fixed: ${pairOf(finding)}: ${what}`);
        }
      }),
      { numRuns },
    );
  });
});

/** Makes the safe fixes of all findings in question at once, as `--fix` and "fix all" do. */
function fixAll(texts: Texts, project: Project, isMeant: (finding: Finding) => boolean): Texts {
  const changes = safeChanges(findingsOf(project).filter(isMeant), workspaceOf(project).deployment);
  return apply(texts, project, changes);
}

const numRuns = Number(process.env.RUNS ?? 20);

const maybe = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | null | undefined> =>
  fc.oneof({ weight: 2, arbitrary: fc.constant(undefined) }, fc.constant(null), {
    weight: 3,
    arbitrary: value,
  });

function objectWith(properties: Record<string, fc.Arbitrary<unknown>>): fc.Arbitrary<object> {
  return fc
    .record(properties)
    .map((object) => Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)));
}

function policies(...settings: [name: string, values: readonly unknown[]][]): fc.Arbitrary<object[]> {
  const properties = settings.map(([name, values]) => [name, maybe(fc.constantFrom(...values))]);
  const identity = fc.constantFrom('Global', 'Site:Redmond', 'Tag:Sales', 'Phones');
  return fc.uniqueArray(objectWith({ Identity: identity, ...(Object.fromEntries(properties) as object) }), {
    selector: (policy) => (policy as { Identity: string }).Identity,
  });
}

const flag = [true, false];
const pool = fc.constantFrom(
  'pool01.contoso.com',
  'pool02.contoso.com',
  'POOL03.contoso.com',
  'pool4.contoso.com',
);
const policy = fc.constantFrom('Sales', 'Phones', 'sales', 'Tag:Sales', 'Phonse');

const person = objectWith({
  SipAddress: fc.nat(6).map((number) => `sip:user${number}@contoso.com`),
  RegistrarPool: pool,
  UserServicesPolicy: maybe(policy),
  ClientPolicy: maybe(policy),
  MobilityPolicy: maybe(policy),
  TwoFactorAuthentication: maybe(fc.constantFrom('SmartCard', 'AzureMfa', 'None')),
  Enabled: maybe(fc.constantFrom(true, true, false)),
});

const data = fc.record({
  CsPool: fc.constant([
    { Identity: 'pool01.contoso.com', Site: 'Site:Redmond' },
    { Identity: 'pool02.contoso.com', Site: 'Site:Redmond' },
    { Identity: 'pool03.contoso.com', Site: 'Site:Dublin' },
  ]),
  CsWebServiceConfiguration: fc.uniqueArray(
    objectWith({
      Identity: fc.constantFrom(
        'Global',
        'Service:WebServer:pool01.contoso.com',
        'WebServer:pool02.contoso.com',
      ),
      UseWsFedPassiveAuth: maybe(fc.constantFrom(true, true, false)),
      UseWindowsAuth: maybe(fc.constantFrom('None', 'Negotiate')),
      UseCertificateAuth: maybe(fc.boolean()),
      UsePinAuth: maybe(fc.boolean()),
    }),
    { selector: (configuration) => (configuration as { Identity: string }).Identity },
  ),
  CsProxyConfiguration: fc.uniqueArray(
    objectWith({
      Identity: fc.constantFrom(
        'Global',
        'Service:Registrar:pool01.contoso.com',
        'Registrar:pool02.contoso.com',
      ),
      UseKerberosForClientToProxyAuth: maybe(fc.boolean()),
      UseNtlmForClientToProxyAuth: maybe(fc.boolean()),
      UseCertificateForClientToProxyAuth: maybe(fc.boolean()),
    }),
    { selector: (configuration) => (configuration as { Identity: string }).Identity },
  ),
  CsUserServicesPolicy: policies(['UcsAllowed', flag], ['MigrationDelayInDays', [7]]),
  CsClientPolicy: policies(
    ...[
      'DisableCalendarPresence',
      'EnableIMAutoArchiving',
      'EnableCallLogAutoArchiving',
      'enableexchangecontactsync',
    ].map((name): [string, readonly unknown[]] => [name, flag]),
    ['DisplayPhoto', ['AllPhotos', 'PhotosFromADOnly']],
    ['SPSearchInternalURL', ['https://search.contoso.com/people', '']],
    ['MaxPhotoSizeKB', [0, 30]],
  ),
  CsMobilityPolicy: policies(
    ['EnableMobility', flag],
    ['AllowExchangeConnectivity', flag],
    ['AllowSaveCredentials', flag],
  ),
  CsUser: fc.uniqueArray(person, {
    minLength: 1,
    selector: (user) => (user as { SipAddress: string }).SipAddress,
  }),
  CsUnifiedContactStore: fc.constant([{ SipUri: 'sip:user1@contoso.com', UcsMode: 'Disabled' }]),
});

/** Texts of any content, in any form. */
const deployment = fc
  .tuple(data, fc.constantFrom(...forms), fc.constantFrom(...endings))
  .map(([content, form, ending]): Texts => {
    const texts = form.write(content);
    return new Map([...texts].map(([name, text]) => [name, ending.change(text)]));
  });
