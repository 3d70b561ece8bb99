import assert from 'node:assert/strict';
import { MarkupContent } from 'vscode-languageserver-types';
import { inlayHints, type HintOptions } from '../../server/src/features/inlayHints.ts';
import { parseFixture, projectOf, root } from '../fixture.ts';
import { projectWith, sampleFiles, cleanSamples } from '../samples.ts';
import { lineStarts, offsetAt, positionAt, textIn } from './cursor.ts';

const all: HintOptions = { policies: true, defaults: true };

/** The last file of a fixture with its hints in `⟪⟫`. */
function hinted(fixture: string, options: HintOptions = all): string {
  const parsed = parseFixture(fixture);
  const [name = '', text = ''] = [...parsed.files].at(-1) ?? [];
  const range = { start: { line: 0, character: 0 }, end: positionAt(text, text.length) };
  const hints = inlayHints(projectOf(parsed), `${root}/${name}`, range, options) ?? [];
  let shown = text;
  for (const { position, label } of hints.reverse()) {
    const offset = offsetAt(text, position);
    const words = typeof label === 'string' ? label : label.map(({ value }) => value).join('');
    shown = `${shown.slice(0, offset)}⟪${words}⟫${shown.slice(offset)}`;
  }
  return shown;
}

const deployment = `#- pools.lync.yaml
CsPool:
  - { Identity: pool01.contoso.com, Site: Redmond }
  - { Identity: pool02.contoso.com, Site: Dublin }
CsWebServiceConfiguration:
  - { Identity: Service:WebServer:pool01.contoso.com, UseWsFedPassiveAuth: true }
CsUserServicesPolicy:
  - { Identity: Global, UcsAllowed: true }
  - { Identity: Tag:Off, UcsAllowed: false }
CsClientPolicy:
  - Identity: Site:Dublin
CsMobilityPolicy:
  - Identity: Tag:Phones
#- users.lync.yaml
`;

describe('hints at a user', () => {
  it('name the policy that applies where the key is empty, in front of comments', () => {
    assert.equal(
      hinted(`${deployment}CsUser:
  - SipAddress: sip:don@contoso.com
    RegistrarPool: pool02.contoso.com
    ClientPolicy: # none
    MobilityPolicy: null
    UserServicesPolicy:   
    PinPolicy:
`),
      `CsUser:
  - SipAddress: sip:don@contoso.com
    RegistrarPool: pool02.contoso.com
    ClientPolicy:⟪← Site:Dublin⟫ # none
    MobilityPolicy: null⟪← built-in default⟫
    UserServicesPolicy:⟪← Global⟫   
    PinPolicy:
`,
    );
  });

  it('name what applies in place of a policy that nobody defines', () => {
    assert.match(
      hinted(`${deployment}CsUser:
  - SipAddress: sip:don@contoso.com
    RegistrarPool: pool02.contoso.com
    ClientPolicy: Gone
    UserServicesPolicy: off
`),
      /ClientPolicy: Gone⟪← Site:Dublin⟫\n {4}UserServicesPolicy: off\n$/,
    );
  });

  it("are short for the pool's policies, and only for those that two factors are about", () => {
    assert.equal(
      hinted(`${deployment}CsClientVersionPolicy:
  - Identity: Service:Registrar:pool01.contoso.com
CsUserServicesPolicy:
  - { Identity: Service:UserServer:pool01.contoso.com, UcsAllowed: false }
CsUser:
  - SipAddress: sip:ken@contoso.com
    RegistrarPool: pool01.contoso.com
    ClientPolicy: Gone
    MobilityPolicy: Phones
`).split('CsUser:\n')[1],
      `  - SipAddress: sip:ken@contoso.com⟪← UserServicesPolicy of the pool⟫
    RegistrarPool: pool01.contoso.com
    ClientPolicy: Gone⟪← built-in default⟫
    MobilityPolicy: Phones
`,
    );
  });

  it('name behind the address the policies of site and service, and what leaves something on for two factors', () => {
    assert.equal(
      hinted(`${deployment}CsUser:
  - SipAddress: "sip:ken@contoso.com" # two factors
    RegistrarPool: pool01.contoso.com
    ClientPolicy:
  - { SipAddress: sip:don@contoso.com, RegistrarPool: pool02.contoso.com } # one
  - { SipAddress: sip:off@contoso.com, UserServicesPolicy: }
  - SipAddress: sip:out@contoso.com
    RegistrarPool: pool02.contoso.com
    Enabled: false
    ClientPolicy:
`),
      `CsUser:
  - SipAddress: "sip:ken@contoso.com"⟪← UserServicesPolicy Global, MobilityPolicy built-in default⟫ # two factors
    RegistrarPool: pool01.contoso.com
    ClientPolicy:⟪← built-in default⟫
  - { SipAddress: sip:don@contoso.com, RegistrarPool: pool02.contoso.com }⟪← ClientPolicy Site:Dublin⟫ # one
  - { SipAddress: sip:off@contoso.com, UserServicesPolicy: }
  - SipAddress: sip:out@contoso.com
    RegistrarPool: pool02.contoso.com
    Enabled: false
    ClientPolicy:
`,
    );
  });

  it('lead to where the policy is defined, and tell the scopes that were looked at', () => {
    const parsed = parseFixture(`${deployment}CsUser:
  - SipAddress: sip:don@contoso.com
    RegistrarPool: pool02.contoso.com
    ClientPolicy: Gone
`);
    const range = { start: { line: 3, character: 0 }, end: { line: 4, character: 0 } };
    const [hint, ...others] = inlayHints(projectOf(parsed), `${root}/users.lync.yaml`, range, all) ?? [];
    assert.equal(others.length, 0);
    assert.ok(hint && Array.isArray(hint.label) && MarkupContent.is(hint.tooltip));
    const location = hint.label[1]?.location;
    assert.equal(textIn(parsed.files.get('pools.lync.yaml') ?? '', location?.range ?? range), 'Site:Dublin');
    assert.match(hint.tooltip.value, /\n- ClientPolicy: Tag:Gone \\\(not defined\\\) → Site:Dublin$/);
  });
});

describe('hints at a setting', () => {
  it('give the default of what is empty, where one is known', () => {
    assert.equal(
      hinted(`CsClientPolicy:
- Identity: Global
  PolicyEntry:
  Description:
  DisableCalendarPresence:
  DisplayPhoto: ~ # all
  EnableIMAutoArchiving: false
  HelpEnvironment:
CsWebServiceConfiguration:
  Identity: Global
  UseWindowsAuth:
  WsFedPassiveMetadataUri:
CsPool:
- Identity: pool01.contoso.com
  Site:
`),
      `CsClientPolicy:
- Identity: Global
  PolicyEntry:
  Description:
  DisableCalendarPresence:⟪← the client decides⟫
  DisplayPhoto: ~⟪← default: AllPhotos⟫ # all
  EnableIMAutoArchiving: false
  HelpEnvironment:
CsWebServiceConfiguration:
  Identity: Global
  UseWindowsAuth:⟪← default: Negotiate⟫
  WsFedPassiveMetadataUri:
CsPool:
- Identity: pool01.contoso.com
  Site:
`,
    );
  });
});

describe('hints', () => {
  const text = `${deployment}CsUser:
  - SipAddress: sip:don@contoso.com
    RegistrarPool: pool02.contoso.com
    UserServicesPolicy:
CsClientPolicy:
  - Identity: Tag:A
    DisplayPhoto:
`;

  it('are those that are wanted', () => {
    const count = (options: HintOptions): number => hinted(text, options).split('⟪').length - 1;
    assert.equal(count(all), 3);
    assert.equal(count({ policies: true, defaults: false }), 2);
    assert.equal(count({ policies: false, defaults: true }), 1);
    assert.equal(count({ policies: false, defaults: false }), 0);
  });

  it('are none in the configuration and in files that are none of ours', () => {
    const range = { start: { line: 0, character: 0 }, end: { line: 9, character: 0 } };
    const project = projectOf(
      parseFixture(`#- lync.config.yaml\nfiles:\n#- values.yaml\nCsUser:\n  - ClientPolicy:\n`),
    );
    for (const name of ['lync.config.yaml', 'values.yaml'])
      assert.equal(inlayHints(project, `${root}/${name}`, range, all), undefined);
  });

  for (const name of cleanSamples)
    it(`stand at the end of what is written in samples/${name}, wherever the text ends`, () => {
      let found = 0;
      const files = sampleFiles(name);
      for (const [uri, whole] of files) {
        const project = projectWith(files);
        for (let length = whole.length; length > 0; length -= 2999) {
          const cut = whole.slice(0, length);
          project.setFile(uri, cut);
          const starts = lineStarts(cut);
          for (let line = 0; line < starts.length; line += 7) {
            const range = { start: { line, character: 0 }, end: { line: line + 7, character: 0 } };
            for (const { position } of inlayHints(project, uri, range, all) ?? []) {
              const offset = offsetAt(cut, position, starts);
              assert.ok(position.line >= line && position.line <= line + 7);
              assert.match(
                cut.slice(offset, (starts[position.line + 1] ?? cut.length) + 0),
                /^[ \t]*(?:#.*)?\r?\n?$|^[ \t]*[,}]/,
              );
              found++;
            }
          }
        }
      }
      assert.ok(found > 10);
    });
});
