import assert from 'node:assert/strict';
import { MarkupContent } from 'vscode-languageserver-types';
import { hover } from '../../../server/src/features/hover/hover.ts';
import type { Project } from '../../../server/src/project.ts';
import { projectWith, sampleFiles, sampleNames } from '../../samples.ts';
import { cursorIn, lineStarts, offsetAt, textIn } from '../cursor.ts';

/** The hover at the cursor: the text that it is about in brackets, then what it shows. */
function hoverAt(fixture: string): string | undefined {
  const { project, uri, position, files } = cursorIn(fixture);
  const found = hover(project, uri, position);
  if (!found?.range) return undefined;
  assert.ok(MarkupContent.is(found.contents));
  return `[${textIn(files.get(uri) ?? '', found.range)}]\n${found.contents.value}`;
}

function shows(fixture: string, expected: string): void {
  assert.equal(hoverAt(fixture), expected.trim());
}

/** A pool with two factors, where everything is switched off that can be for its users. */
const deployment = `
#- pools.lync.yaml
CsPool:
  - Identity: pool01.contoso.com
    Site: Site:Redmond
CsWebServiceConfiguration:
  - Identity: Service:WebServer:pool01.contoso.com
    UseWsFedPassiveAuth: true
#- policies.lync.yaml
CsUserServicesPolicy:
  - { Identity: Global, UcsAllowed: true }
  - { Identity: Tag:SmartCard, UcsAllowed: false }
CsClientPolicy:
  - Identity: Tag:TwoFactor
    DisableCalendarPresence: true
    EnableIMAutoArchiving: false
    EnableCallLogAutoArchiving: false
    DisplayPhoto: PhotosFromADOnly
    EnableExchangeContactSync: false
    DisableFreeBusyInfo: true
    DisableMeetingSubjectAndLocation: true
`;

describe('hover on a section', () => {
  it('says what it is, which cmdlet prints it and which scope wins', () => {
    shows(
      `
CsUserServices$0Policy:
  - { Identity: Global, UcsAllowed: true }
`,
      `
[CsUserServicesPolicy]
**CsUserServicesPolicy** (what \`Get-CsUserServicesPolicy\` prints)

Decides whether contacts may move to Exchange, into the Unified Contact Store \\(UCS\\). UCS depends on Exchange Web Services and does not work for two\\-factor users.

Scopes, the last that is defined wins: Global, Site, Service (UserServer), per user.

This deployment has 1 such object.`,
    );
  });

  it('has nothing to say of a section that is not known', () => {
    assert.equal(hoverAt('CsDial$0Plan:\n  - Identity: Global\n'), undefined);
    assert.equal(hoverAt('x-no$0tes: mine\nCsUser:\n  - SipAddress: sip:ken@contoso.com\n'), undefined);
  });
});

describe('hover on a key', () => {
  it('gives type, values with their meaning, default and products', () => {
    shows(
      `
CsClientPolicy:
  - Identity: Global
    $0DisplayPhoto: AllPhotos
`,
      `
[DisplayPhoto]
**DisplayPhoto** (CsClientPolicy)

Which photos the client shows. High\\-resolution photos come from the mailbox by Exchange Web Services and are missing for two\\-factor users.

- Type: enum
- Values: \`NoPhoto\` (no photos), \`PhotosFromADOnly\` (only thumbnail photos from Active Directory), \`AllPhotos\` (photos from Active Directory and from other sources, including high\\-resolution photos from Exchange)
- Default: \`AllPhotos\`
- Products: Lync Server 2010, Lync Server 2013, Skype for Business Server 2015, Skype for Business Server 2019, Skype for Business Online`,
    );
  });

  it('gives the range of a number', () => {
    assert.match(
      hoverAt('CsPinPolicy:\n  - Identity: Global\n    MinPassword$0Length: 6\n') ?? '',
      /^\[MinPasswordLength\][^]*\n- Type: integer\n- Range: 4 to 24/m,
    );
  });

  it('finds the key in any spelling', () => {
    assert.match(
      hoverAt('csclientpolicy:\n  - identity: Global\n    displayp$0hoto: AllPhotos\n') ?? '',
      /^\[displayphoto\]\n\*\*DisplayPhoto\*\* \(CsClientPolicy\)/,
    );
  });

  it('says which policy applies to the user, with the scopes that were looked at', () => {
    assert.match(
      hoverAt(`${deployment}
#- users.lync.yaml
CsUser:
  - SipAddress: sip:ken@contoso.com
    RegistrarPool: pool01.contoso.com
    User$0ServicesPolicy:
`) ?? '',
      /\n\*\*Applies to `sip:ken@contoso\.com`:\*\* Service:UserServer:pool01\.contoso\.com \\\(not defined\\\) → Site:Redmond \\\(not defined\\\) → Global$/,
    );
  });

  it('has nothing to say of a key that is not known', () => {
    assert.equal(hoverAt('CsClientPolicy:\n  - Identity: Global\n    Displ$0ay: 1\n'), undefined);
  });
});

describe('hover on a value', () => {
  it('says what it means', () => {
    assert.match(
      hoverAt('CsClientPolicy:\n  - Identity: Global\n    DisplayPhoto: $0PhotosFromADOnly\n') ?? '',
      /^\[PhotosFromADOnly\]\n\*\*`PhotosFromADOnly`\*\*: only thumbnail photos from Active Directory\n\n\*\*DisplayPhoto\*\*/,
    );
  });

  it('shows the policy that a user is granted, and whom else it reaches', () => {
    assert.match(
      hoverAt(`${deployment}
#- users.lync.yaml
CsUser:
  - SipAddress: sip:ken@contoso.com
    RegistrarPool: pool01.contoso.com
    UserServicesPolicy: Smart$0Card
`) ?? '',
      /^\[SmartCard\]\n\*\*`Tag:SmartCard`\*\* \(CsUserServicesPolicy\)\n\nApplies to 1 two-factor user whose client cannot reach Exchange Web Services\.\n\n- UcsAllowed: `false`\n\n\*\*UserServicesPolicy\*\* \(CsUser\)/,
    );
  });

  it('says when nothing defines what it names', () => {
    assert.match(
      hoverAt(`${deployment}
#- users.lync.yaml
CsUser:
  - SipAddress: sip:ken@contoso.com
    RegistrarPool: pool09.$0contoso.com
`) ?? '',
      /^\[pool09\.contoso\.com\]\nNo CsPool defines `pool09\.contoso\.com`\./,
    );
  });

  it('says of a policy whom it reaches, and what it leaves on for them', () => {
    shows(
      `${deployment}
#- global.lync.yaml
CsMobilityPolicy:
  - Identity: Glo$0bal
    AllowSaveCredentials: true
CsUser:
  - SipAddress: sip:ken@contoso.com
    RegistrarPool: pool01.contoso.com
  - SipAddress: sip:don@contoso.com
    RegistrarPool: pool02.contoso.com
`,
      `
[Global]
**\`Global\`** (CsMobilityPolicy)

Applies to 2 users, 1 of them a two-factor user whose client cannot reach Exchange Web Services.

Leaves on for those: Exchange on mobile devices, saved credentials on mobile devices.`,
    );
  });
});

describe('hover on a user', () => {
  it('says whether there are two factors and why, and what of each lost feature is on, by which scope', () => {
    shows(
      `${deployment}
#- users.lync.yaml
CsUser:
  - SipAddress: sip:k$0en@contoso.com
    RegistrarPool: pool01.contoso.com
    ClientPolicy: TwoFactor
`,
      `
[sip:ken@contoso.com]
**\`sip:ken@contoso.com\`** signs in with **two factors**: pool 'pool01.contoso.com' uses passive authentication \\(UseWsFedPassiveAuth: true in 'Service:WebServer:pool01.contoso.com'\\).

The client cannot reach Exchange Web Services. What that takes away, and what is still on:

| | Feature | Setting | Scopes looked at |
| --- | --- | --- | --- |
| **still on** | Unified Contact Store | UcsAllowed is true in 'Global' | Service:UserServer:pool01.contoso.com \\(not defined\\) → Site:Redmond \\(not defined\\) → Global |
| off | presence from the calendar | DisableCalendarPresence is true in 'Tag:TwoFactor' | Tag:TwoFactor |
| off | Conversation History | EnableIMAutoArchiving is false in 'Tag:TwoFactor' | Tag:TwoFactor |
| off | call logs in Conversation History | EnableCallLogAutoArchiving is false in 'Tag:TwoFactor' | Tag:TwoFactor |
| off | high\\-definition photos | DisplayPhoto is PhotosFromADOnly in 'Tag:TwoFactor' | Tag:TwoFactor |
| off | Exchange contact sync | EnableExchangeContactSync is false in 'Tag:TwoFactor' | Tag:TwoFactor |
| off | free/busy and meeting details | DisableFreeBusyInfo is true in 'Tag:TwoFactor' | Tag:TwoFactor |
| off | skill search | SPSearchInternalURL is not set in 'Tag:TwoFactor' | Tag:TwoFactor |

Goes on: archiving by the server, presence from calls, forwarding and delegation.`,
    );
  });

  it('says why there is no second factor, and then no more', () => {
    shows(
      `${deployment}
#- users.lync.yaml
CsUser:
  - SipAddress: sip:k$0en@contoso.com
    RegistrarPool: pool01.contoso.com
    TwoFactorAuthentication: None
`,
      `
[sip:ken@contoso.com]
**\`sip:ken@contoso.com\`** signs in **without a second factor**: TwoFactorAuthentication is None.`,
    );
  });

  it('names the method, voice mail and where the contacts are, from the list of contacts too', () => {
    const found =
      hoverAt(`${deployment}
#- users.lync.yaml
CsUser:
  - SipAddress: sip:ken@contoso.com
    RegistrarPool: pool02.contoso.com
    TwoFactorAuthentication: AzureMfa
    ExUmEnabled: true
CsUnifiedContactStore:
  - { SipUri: $0sip:ken@contoso.com, UcsMode: Migrated }
`) ?? '';
    assert.match(
      found,
      /signs in with \*\*two factors\*\* \(AzureMfa\): TwoFactorAuthentication is AzureMfa\./,
    );
    assert.match(found, /\| \*\*still on\*\* \| voice\\-mail view \| ExUmEnabled true \| the user \|/);
    assert.match(found, /Contacts: UcsMode is `Migrated`\./);
  });
});

describe('what files hold', () => {
  const users = (address: string, policy: string, name: string): string => `${deployment}
#- names.lync.yaml
CsMobilityPolicy:
  - Identity: ${JSON.stringify(`Tag:${name}`)}
    AllowSaveCredentials: true
CsUser:
  - SipAddress: ${address}
    RegistrarPool: pool01.contoso.com
    MobilityPolicy: ${policy}
`;

  /** The row of the table about saved credentials, in the hover on a user with a policy of that name. */
  function row(name: string): string {
    const shown = hoverAt(users('$0sip:ken@contoso.com', JSON.stringify(name), name)) ?? '';
    return shown.split('\n').find((line) => line.includes('saved credentials')) ?? '';
  }

  /** The first line of the hover on the policy's name. */
  function heading(name: string): string {
    const shown = hoverAt(users('sip:ken@contoso.com', `$0${JSON.stringify(name)}`, name)) ?? '';
    return shown.slice(shown.indexOf(']\n**') + 2, shown.indexOf('\n\nApplies to'));
  }

  it('is shown as text: no Markdown, no HTML, no entities', () => {
    const name = '*a* _b_ [c](d) ![e](f) <img src=g> &lt; | h `i` # j';
    const text = String.raw`Tag:\*a\* \_b\_ \[c\]\(d\) \!\[e\]\(f\) \<img src=g\> \&lt; \| h \`i\` \# j`;
    assert.equal(
      row(name),
      `| **still on** | saved credentials on mobile devices | AllowSaveCredentials is true in '${text}' | ${text} |`,
    );
    assert.equal(
      heading(name),
      '**``Tag:*a* _b_ [c](d) ![e](f) <img src=g> &lt; | h `i` # j``** (CsMobilityPolicy)',
    );
  });

  it('does not become a link by looking like an address', () => {
    const text = String.raw`Tag:https\://a.example WWW\.b.example c\@d.example`;
    assert.ok(row('https://a.example WWW.b.example c@d.example').endsWith(`| ${text} |`));
  });

  it('does not break out of its line, nor steer what shows it', () => {
    const name = 'a\n\n# b\r\n\u001b[31m\u202ec\u0000\u2028d\te';
    assert.ok(row(name).endsWith(String.raw`| Tag:a \# b ${'\uFFFD'}\[31m${'\uFFFD'}c${'\uFFFD'} d e |`));
    assert.equal(heading(name), '**`Tag:a # b \uFFFD[31m\uFFFDc\uFFFD d e`** (CsMobilityPolicy)');
  });

  it('may be all backticks', () => {
    assert.equal(heading('`` ` ```'), '**```` Tag:`` ` ``` ````** (CsMobilityPolicy)');
  });
});

describe('hover', () => {
  it('has nothing to say in comments, between lines and in files that are none of ours', () => {
    for (const fixture of [
      '# No$0te\nCsUser:\n  - SipAddress: sip:ken@contoso.com\n',
      'CsUser:\n\n$0\n  - SipAddress: sip:ken@contoso.com\n',
      '#- values.yaml\nCsUser:\n  - Sip$0Address: sip:ken@contoso.com\n',
    ])
      assert.equal(hoverAt(fixture), undefined);
  });

  it('takes a position outside of the text as the nearest in it', () => {
    const { project, uri } = cursorIn('CsUser:\n  - SipAddress: sip:ken@contoso.com$0');
    const lines = [
      { line: -1, character: -1 },
      { line: 1, character: 999 },
      { line: 99, character: 0 },
    ].map((position) => hover(project, uri, position)?.range?.start.line);
    assert.deepEqual(lines, [0, 1, 1]);
  });

  for (const name of sampleNames) {
    it(`answers at every character of samples/${name}`, () => {
      const files = sampleFiles(name);
      const project = projectWith(files);
      for (const [uri, text] of files) hoverOver(project, uri, text, 0);
    });

    it(`answers in samples/${name} when the text ends anywhere`, () => {
      for (const [uri, text] of sampleFiles(name)) {
        const project = projectWith(new Map());
        for (let length = 0; length < text.length; length += 200) {
          project.setFile(uri, text.slice(0, length));
          hoverOver(project, uri, text.slice(0, length), length - 200);
        }
      }
    });
  }
});

/** Hovers over a text from an offset on: each answer is about something around the position. */
function hoverOver(project: Project, uri: string, text: string, from: number): void {
  const starts = lineStarts(text);
  let line = 0;
  for (let offset = Math.max(0, from); offset <= text.length; offset++) {
    while ((starts[line + 1] ?? Infinity) <= offset) line++;
    const found = hover(project, uri, { line, character: offset - (starts[line] ?? 0) });
    if (!found) continue;
    assert.ok(found.range);
    const start = offsetAt(text, found.range.start, starts);
    const end = offsetAt(text, found.range.end, starts);
    assert.ok(start <= offset && offset <= end, `${uri} at ${offset}: ${start} to ${end}`);
    assert.ok(MarkupContent.is(found.contents) && found.contents.value.trim() !== '');
  }
}

describe('hover in lync.config.yaml', () => {
  const config = (text: string): string => `#- lync.config.yaml\n${text}\n#- a.lync.yaml\nCsUser: []\n`;

  it('says what a setting does, by its path', () => {
    shows(
      config('exchange:\n  requires$0SecondFactor: true'),
      `
[requiresSecondFactor]
**exchange.requiresSecondFactor**

Exchange Web Services ask for a second factor themselves. Then the client cannot fall back on its Windows sign-in, and warnings about features that two-factor users lose become errors.

- \`true\` or \`false\`
- Default: \`false\``,
    );
    assert.match(
      hoverAt(config('twoFactor:\n  pools:\n    - po$0ol: x')) ?? '',
      /^\[pool\]\n\*\*twoFactor\.pools\.pool\*\*/,
    );
    assert.match(hoverAt(config('two$0Factor: { pools: [] }')) ?? '', /Settings: `pools`$/);
  });

  it('says what a rule finds, and what a severity and a method mean', () => {
    assert.match(
      hoverAt(config('rules:\n  no-ucs-$0with-2fa: off')) ?? '',
      /^\[no-ucs-with-2fa\]\n\*\*no\\-ucs\\-with\\-2fa\*\* \(error by default\)/,
    );
    assert.match(
      hoverAt(config('rules:\n  no-ucs-with-2fa: o$0ff')) ?? '',
      /^\[off\]\n\*\*`off`\*\*: The rule does not speak/,
    );
    assert.match(
      hoverAt(config('twoFactor:\n  pools: [{ pool: x, method: Azure$0Mfa }]')) ?? '',
      /^\[AzureMfa\]\n\*\*`AzureMfa`\*\*: /,
    );
  });

  it('has nothing to say of what is not known', () => {
    assert.equal(hoverAt(config('x-no$0te: 1')), undefined);
    assert.equal(hoverAt(config('rules:\n  no-such-ru$0le: off')), undefined);
    assert.equal(hoverAt(config('# exch$0ange:\nfiles: []')), undefined);
  });
});
