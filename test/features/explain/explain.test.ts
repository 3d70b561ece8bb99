import assert from 'node:assert/strict';
import { explain } from '../../../server/src/features/explain/explain.ts';
import { twoFactorSteps } from '../../../server/src/model/twoFactor.ts';
import { projectWith, sampleFiles, sampleNames } from '../../samples.ts';
import { cursorIn, lineStarts } from '../cursor.ts';

function explained(fixture: string): string {
  const { project, uri, position } = cursorIn(fixture);
  project.check();
  return explain(project, uri, position)?.markdown ?? '';
}

/** A part of a document, by its heading. */
function part(markdown: string, heading: string): string {
  return (
    markdown
      .split(/^## /m)
      .find((text) => text.startsWith(`${heading}\n`))
      ?.slice(heading.length)
      .trim() ?? ''
  );
}

/** The cells of each row of each table. */
function rowsOf(markdown: string): string[][] {
  return markdown
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .map((line) =>
      line
        .split(/(?<!\\)\|/)
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
}

const deployment = `#- pools.lync.yaml
CsPool:
  - Identity: pool01.contoso.com
    Site: Site:Redmond
CsService:
  - { Identity: Registrar:pool01.contoso.com, Role: Registrar, PoolFqdn: pool01.contoso.com, Version: 6 }
CsWebServiceConfiguration:
  - Identity: Service:WebServer:pool01.contoso.com
    UseWsFedPassiveAuth: true
#- policies.lync.yaml
CsUserServicesPolicy:
  - { Identity: Global, UcsAllowed: true }
  - { Identity: Tag:SmartCard, UcsAllowed: false }
CsClientPolicy:
  - Identity: Site:Redmond
    DisplayPhoto: AllPhotos
`;
const ken = `${deployment}#- users.lync.yaml
CsUser:
  - SipAddress: sip:ken@contoso.com
    DisplayName: Ken Myer
    Registrar$0Pool: pool01.contoso.com
  - SipAddress: sip:don@contoso.com
    RegistrarPool: pool02.contoso.com
`;

describe('the explanation of a user', () => {
  it('begins with whether and why there are two factors, with all three places', () => {
    const markdown = explained(ken);
    assert.ok(
      markdown.startsWith(`# \`sip:ken@contoso.com\`, Ken Myer

**\`sip:ken@contoso.com\`** signs in with **two factors**: pool 'pool01.contoso.com' uses passive authentication \\(UseWsFedPassiveAuth: true in 'Service:WebServer:pool01.contoso.com'\\).

| | Looked at | Says | Where | |
| --- | --- | --- | --- | --- |
| 1 | TwoFactorAuthentication of the user | not set | | |
| 2 | lync.config.yaml | does not name 'pool01.contoso.com' | | |
| 3 | CsWebServiceConfiguration of the pool | UseWsFedPassiveAuth is true in 'Service:WebServer:pool01.contoso.com' | [pools.lync.yaml:8](file:///contoso/pools.lync.yaml#L8) | **decides** |

- Registrar pool: \`pool01.contoso.com\` ([pools.lync.yaml:2](file:///contoso/pools.lync.yaml#L2))
- Site: \`Redmond\`
- Product: Lync Server 2013
`),
      markdown,
    );
  });

  it('says which place decides', () => {
    const decides = (fixture: string): string | undefined =>
      rowsOf(explained(fixture))
        .find((cells) => cells.at(-1) === '**decides**')
        ?.join(' | ');
    assert.equal(
      decides(ken.replace('DisplayName: Ken Myer', 'TwoFactorAuthentication: None')),
      '1 | TwoFactorAuthentication of the user | None |  | **decides**',
    );
    assert.equal(
      decides(
        `#- lync.config.yaml\ntwoFactor:\n  pools:\n    - { pool: POOL01.contoso.com, method: RsaSecurId }\n${ken}`,
      ),
      "2 | lync.config.yaml | names 'pool01.contoso.com' among the two\\-factor pools with the method RsaSecurId | [lync.config.yaml:3](file:///contoso/lync.config.yaml#L3) | **decides**",
    );
    assert.equal(
      decides(
        ken.replace('RegistrarPool: pool01.contoso.com', 'Enabled: false').replace('Registrar$0Pool', 'x-$0'),
      ),
      undefined,
    );
  });

  it('names every policy and configuration that applies, where it is defined, and the scopes on the way', () => {
    const markdown = explained(ken);
    assert.deepEqual(rowsOf(part(markdown, 'Policies')).slice(2), [
      [
        'UserServicesPolicy',
        'Global',
        '[policies.lync.yaml:2](file:///contoso/policies.lync.yaml#L2)',
        String.raw`Service:UserServer:pool01.contoso.com \(not defined\) → Site:Redmond \(not defined\) → Global`,
      ],
      [
        'ClientPolicy',
        'Site:Redmond',
        '[policies.lync.yaml:5](file:///contoso/policies.lync.yaml#L5)',
        'Site:Redmond',
      ],
    ]);
    assert.match(
      part(markdown, 'Policies'),
      /\n\nNo file has MobilityPolicy, .*: what applies there is not known\.$/,
    );
    assert.match(
      part(markdown, 'Configurations of the pool'),
      /^\| Configuration \|[^]*\| CsWebServiceConfiguration \|/,
    );
  });

  it('names what is lost, where that comes from and what to do, and what goes on', () => {
    const markdown = explained(ken);
    const [, , ...rows] = rowsOf(part(markdown, 'What two factors take away'));
    assert.deepEqual(rows[0], [
      '**still on**',
      'Unified Contact Store',
      "UcsAllowed is true in 'Global'",
      '[policies.lync.yaml:2](file:///contoso/policies.lync.yaml#L2)',
      "UcsAllowed: false in a policy of the two\\-factor users' own: 'Global' is 1 other user's, too",
    ]);
    assert.equal(rows[1]?.at(-1), "DisableCalendarPresence: true in 'Site:Redmond'");
    assert.match(part(markdown, 'What goes on'), /^- archiving by the server$/m);
  });

  it('lists what is found of the user', () => {
    assert.match(
      part(explained(ken), 'Findings'),
      /^- \*\*error\*\* `no-ucs-with-2fa`: .*\n- \*\*warning\*\* `no-/,
    );
  });

  it('is short for a user without a second factor', () => {
    const markdown = explained(ken.replace('$0', '').replace('sip:don', 'sip:d$0on'));
    assert.match(markdown, /signs in \*\*without a second factor\*\*/);
    assert.equal(part(markdown, 'What two factors take away'), '');
    assert.match(part(markdown, 'Findings'), /^- \*\*error\*\* `no-undefined-reference`: [^\n]*$/);
    assert.match(markdown, /- Site: the files do not say\n- Product: the files do not say/);
  });

  it('is given from the list of contacts, too', () => {
    const markdown = explained(
      `${ken.replace('$0', '')}CsUnifiedContactStore:\n  - { SipUri: ken@contoso.com, Ucs$0Mode: Disabled }\n`,
    );
    assert.match(markdown, /^# `sip:ken@contoso\.com`/);
    assert.equal(explained('CsUnifiedContactStore:\n  - { SipUri: k$0en@contoso.com }\n'), '');
  });
});

describe('what to do about contacts', () => {
  const contacts = (mode: string | undefined, policy?: string): string => {
    const granted = policy === undefined ? '' : `\n    UserServicesPolicy: ${policy}`;
    const store =
      mode === undefined
        ? ''
        : `CsUnifiedContactStore:\n  - { SipUri: "sip:o'neil@contoso.com", UcsMode: ${mode} }\n`;
    return part(
      explained(ken.replace('sip:ken@contoso.com', `"sip:o'neil@contoso.com"${granted}`) + store),
      'Contacts',
    );
  };
  const rollback = "`Invoke-CsUcsRollback -Identity 'sip:o''neil@contoso.com'`";
  const grant = "`Grant-CsUserServicesPolicy -Identity 'sip:o''neil@contoso.com' -PolicyName 'SmartCard'`";

  it('is the policy first, and then the roll-back', () => {
    const text = contacts('Migrated');
    assert.match(
      text,
      /^UcsMode is `Migrated`: the contacts are in Exchange\.\n\nWhat to do, in this order:\n\n1\. Grant a policy that forbids it, or /,
    );
    assert.ok(text.indexOf(grant) > 0 && text.indexOf(grant) < text.indexOf(rollback), text);
  });

  it('is the roll-back alone where the policy is right', () => {
    const text = contacts('migrated', 'SmartCard');
    assert.ok(text.includes(rollback) && !text.includes('Grant-'), text);
    assert.match(text, /without `-Force`/);
  });

  it('is the policy alone where nothing has moved', () => {
    const text = contacts('Disabled');
    assert.ok(text.includes(grant) && !text.includes('Invoke-'), text);
  });

  it('is nothing where both are right', () => {
    assert.match(contacts('Disabled', 'SmartCard'), /There is nothing to do: the policy keeps them there\.$/);
  });

  it('is to look where the files do not say', () => {
    assert.match(
      contacts(undefined),
      /^No file says where the contacts are; `Debug-CsUnifiedContactStore -Identity /,
    );
  });
});

describe('the explanation of a policy', () => {
  it('says whom it reaches, by pool, what it leaves on, and what is found', () => {
    const markdown = explained(ken.replace('$0', '').replace('UcsAllowed: true', 'Ucs$0Allowed: true'));
    assert.match(markdown, /^# `Global` \(CsUserServicesPolicy\)\n/);
    assert.match(part(markdown, 'Whom it reaches'), /^It applies to 2 users, 1 of them with two factors\./);
    assert.deepEqual(rowsOf(part(markdown, 'Whom it reaches')).slice(2), [
      ['pool01.contoso.com', '1', '1'],
      ['pool02.contoso.com', '1', '0'],
    ]);
    assert.equal(rowsOf(part(markdown, 'What it leaves on'))[2]?.[0], 'Unified Contact Store');
    assert.match(part(markdown, 'Findings'), /^- \*\*info\*\* `policy-reaches-2fa-users`: /);
  });

  it('says that it reaches nobody', () => {
    const markdown = explained(ken.replace('$0', '').replace('UcsAllowed: false', 'Ucs$0Allowed: false'));
    assert.match(part(markdown, 'Whom it reaches'), /^It applies to nobody in these files/);
  });
});

describe('explanations', () => {
  it('keep their tables, whatever the files hold', () => {
    const name = JSON.stringify('a|b `c` ``d``\n| e | \\| [f](g) <h> *i* \\');
    const markdown = explained(`#- a%20b|c(d)[e].lync.yaml
CsWebServiceConfiguration:
  - { Identity: Global, UseWsFedPassiveAuth: true }
CsUserServicesPolicy:
  - { Identity: ${name}, UcsAllowed: true }
CsClientPolicy:
  - { Identity: Global }
CsUser:
  - SipAddress: ${name}
    DisplayName: ${name}
    Registrar$0Pool: ${name}
    UserServicesPolicy: ${name}
`);
    const widths = new Map<string, number>();
    for (const table of markdown.split('\n\n').filter((text) => text.startsWith('|'))) {
      const rows = rowsOf(table);
      assert.deepEqual(new Set(rows.map(({ length }) => length)), new Set([rows[0]?.length]), table);
      widths.set(table, rows.length);
    }
    assert.equal(widths.size, 4);
    assert.ok(!/^(?!#|\||-|\*\*|\d\.|[A-Z]).+/m.test(markdown), markdown);
    assert.ok(markdown.includes('file:///contoso/a%20b%7Cc%28d%29%5Be%5D.lync.yaml#L'), markdown);
  });

  it('are none for sections, computers, comments and files that are none of ours', () => {
    for (const fixture of [
      'CsUs$0er:\n  - SipAddress: sip:ken@contoso.com\n',
      'CsComputer:\n  - Iden$0tity: fe01.contoso.com\n',
      '# No$0te\n',
      '#- values.yaml\nCsUser:\n  - Sip$0Address: a\n',
      '#- lync.config.yaml\nfil$0es: []\n',
    ])
      assert.equal(explained(fixture), '', fixture);
  });

  for (const name of sampleNames)
    it(`are given anywhere in samples/${name}`, () => {
      const files = sampleFiles(name);
      const project = projectWith(files);
      project.check();
      let found = 0;
      for (const [uri, text] of files)
        for (let line = 0; line < lineStarts(text).length; line += 7) {
          const explanation = explain(project, uri, { line, character: 3 });
          if (!explanation) continue;
          found++;
          assert.match(explanation.markdown, /^# `/);
          assert.doesNotMatch(explanation.title, /[\r\n]/);
        }
      assert.ok(found > 20);
      for (const { deployment: sample } of project.workspaces)
        for (const standing of sample.populated()) {
          const deciding = twoFactorSteps(sample, standing).filter(({ decides }) => decides);
          assert.equal(deciding.length, standing.pool === undefined ? 0 : 1);
          if (deciding[0]?.at) assert.equal(deciding[0].at.block, standing.twoFactor.at?.block);
        }
    });
});
