import assert from 'node:assert/strict';
import { compare, unreadPlaces, type Comparison } from '../../server/src/model/difference.ts';
import type { Deployment } from '../../server/src/model/deployment.ts';
import type { Worth } from '../../server/src/model/worth.ts';
import { projectWith, sampleFiles, sampleNames } from '../samples.ts';
import { parseFixture, projectOf } from '../fixture.ts';

function stateOf(text: string): Deployment {
  const [workspace] = projectOf(parseFixture(text)).workspaces;
  assert.ok(workspace);
  return workspace.deployment;
}

function compared(from: string, to: string): Comparison {
  return compare(stateOf(from), stateOf(to));
}

/** Each difference on a line: `CsClientPolicy Global: IMWarning not set -> 'a'`. */
function lines({ differences }: Comparison): string[] {
  return differences.map(({ section, subject, from, to, changes }) => {
    const sign = from ? (to ? '' : ' -') : ' +';
    const words = changes.map(({ name, from: was, to: is }) => `${name} ${wordsOf(was)} -> ${wordsOf(is)}`);
    return `${section.name} ${subject}${sign}: ${words.join(', ')}`;
  });
}

function wordsOf({ value }: Worth): string {
  return value === null ? 'unset' : value === undefined ? '?' : JSON.stringify(value);
}

function same(from: string, to: string): void {
  assert.deepEqual(lines(compared(from, to)), []);
  assert.deepEqual(lines(compared(to, from)), []);
}

describe('two states', () => {
  it('differ in objects that are made, set and gone', () => {
    const found = compared(
      `CsClientPolicy:
  - { Identity: Global, DisableEmoticons: true, IMWarning: a }
  - { Identity: Tag:Old, DisableHtmlIm: true }
`,
      `CsClientPolicy:
  - { Identity: Global, IMWarning: b, MaxPhotoSizeKB: 10 }
  - { Identity: New, DisableICE: true, Description: }
`,
    );
    assert.deepEqual(lines(found), [
      'CsClientPolicy Global: IMWarning "a" -> "b", MaxPhotoSizeKB unset -> 10, DisableEmoticons true -> unset',
      'CsClientPolicy New +: DisableICE unset -> true',
      'CsClientPolicy Tag:Old -: DisableHtmlIm true -> unset',
    ]);
  });

  it('differ in the pool and the policies of users', () => {
    const found = compared(
      `CsUser:
  - { SipAddress: sip:ken@contoso.com, RegistrarPool: pool01.contoso.com, ClientPolicy: Tag:A, DialPlan: Tag:D }
`,
      `CsUser:
  - { SipAddress: SIP:Ken@contoso.com, RegistrarPool: pool02.contoso.com, ClientPolicy: , DialPlan: E }
`,
    );
    assert.deepEqual(lines(found), [
      'CsUser SIP:Ken@contoso.com: RegistrarPool "pool01.contoso.com" -> "pool02.contoso.com", ClientPolicy "A" -> unset, DialPlan "D" -> "E"',
    ]);
  });

  it('are equal by what they mean, however it is written', () => {
    same(
      `CsClientPolicy:
  - { Identity: Tag:Pilot, DisplayPhoto: noPhoto, HotdeskingTimeout: 0:05:00, DisableEmoticons: 'True' }
CsUser:
  - { SipAddress: 'sip:Ken@contoso.com', ClientPolicy: { FriendlyName: pilot }, LineURI: '' }
CsProxyConfiguration:
  - { Identity: 'Registrar:pool01.contoso.com' }
`,
      `base: &base { DisplayPhoto: NoPhoto, HotdeskingTimeout: { TotalSeconds: 300, Ticks: 3000000000 } }
CsClientPolicy:
  - <<: *base
    Identity: pilot
    DisableEmoticons: true
    DisableEmoticons: true
    x-owner: Ann
    PSComputerName: fe01.contoso.com
CsUser:
  - { SipAddress: 'ken@contoso.com', ClientPolicy: Tag:Pilot, DisplayName: Ken }
CsProxyConfiguration: { Identity: Service:Registrar:pool01.contoso.com, Realm: SIP Communications Service }
`.replace('    DisableEmoticons: true\n', ''),
    );
  });

  it('are equal where one says the default and the other says nothing', () => {
    same(
      'CsMobilityPolicy:\n  - { Identity: Global, EnableMobility: true }\n',
      'CsMobilityPolicy:\n  - { Identity: Global }\n',
    );
  });

  it('say nothing of Global where they leave it out, but that it has the defaults', () => {
    same('CsMobilityPolicy: []\n', 'CsMobilityPolicy:\n  - { Identity: Global, EnableMobility: true }\n');
    assert.deepEqual(
      lines(
        compared(
          'CsMobilityPolicy:\n  - { Identity: Global, EnableMobility: false }\n',
          'CsMobilityPolicy: []\n',
        ),
      ),
      ['CsMobilityPolicy Global -: EnableMobility false -> unset'],
    );
  });

  it('differ in what stands in lists of objects, and not in the order of its keys', () => {
    const rules = (rest: string): string =>
      `CsClientVersionPolicy:\n  - Identity: Global\n    Rules:\n      - ${rest}\n`;
    same(rules('{ UserAgent: OC, Action: Allow }'), rules('{ action: Allow, UserAgent: OC }'));
    assert.deepEqual(lines(compared(rules('{ UserAgent: OC }'), rules('{ UserAgent: OCPhone }'))), [
      'CsClientVersionPolicy Global: Rules ? -> ?',
    ]);
  });

  it('are compared only in what both have', () => {
    const found = compared(
      'CsPool: []\nCsUser: []\nCsDialPlan: []\n',
      'CsUser: []\nCsClientPolicy: [{ Identity: A }]\n',
    );
    assert.deepEqual(lines(found), []);
    assert.deepEqual(found.remarks, [
      'The second state does not have CsPool, so nothing is known of what is in there, and it is no part of the plan.',
      'The first state does not have CsClientPolicy, so nothing is known of what is in there, and it is no part of the plan.',
      "Not compared, because no section of that name is known: 'CsDialPlan'.",
    ]);
  });

  it('are unclear where a name is there twice, or not at all', () => {
    const found = compared(
      'CsClientPolicy:\n  - { Identity: Tag:A }\n  - { Identity: a, DisableICE: true }\n',
      'CsClientPolicy:\n  - { Identity: A, DisableICE: false }\n  - { DisableICE: true }\n',
    );
    assert.deepEqual(lines(found), []);
    assert.deepEqual(
      found.unclear.map(({ subject, reason }) => [subject, reason]),
      [
        ['a', 'A state has several objects of this name: which one counts, the servers decide.'],
        ['', 'An object has no Identity, so nobody knows which one it is.'],
      ],
    );
  });

  it('warn of what no user of the second has any more', () => {
    const from = "CsUser:\n  - { SipAddress: 'a@b', LineURI: 'tel:1', EnterpriseVoiceEnabled: true }\n";
    const { remarks } = compared(from, "CsUser:\n  - { SipAddress: 'a@b', EnterpriseVoiceEnabled: false }\n");
    assert.deepEqual(remarks, [
      'No user of the second state has LineURI, and users of the first have. If the files only leave it out, do not run what clears it.',
    ]);
    assert.deepEqual(compared(from, "CsUser:\n  - { SipAddress: 'a@b', LineURI: }\n").remarks, [
      'No user of the second state has EnterpriseVoiceEnabled, and users of the first have. If the files only leave it out, do not run what clears it.',
    ]);
  });

  for (const name of sampleNames)
    it(`are equal where they are one: ${name}`, () => {
      const states = [1, 2].map(() => projectWith(sampleFiles(name)).workspaces);
      for (const [index, { deployment }] of (states[0] ?? []).entries()) {
        const other = states[1]?.[index]?.deployment;
        assert.ok(other);
        assert.deepEqual(compare(deployment, other).differences, []);
      }
    });
});

describe('a state', () => {
  it('says where it cannot be read', () => {
    const places = [
      ...unreadPlaces(stateOf('CsUser:\n  - { SipAddress: a\n  - just text\nCsPool:\n  - Identity: a\n')),
    ];
    assert.deepEqual(
      places.map(({ line }) => line),
      [1, 2],
    );
  });
});
