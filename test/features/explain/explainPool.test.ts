import assert from 'node:assert/strict';
import { explain } from '../../../server/src/features/explain/explain.ts';
import { cursorIn } from '../cursor.ts';

const deployment = `#- topology.lync.yaml
CsSite:
  - Identity: Site:Redmond
    DisplayName: Redmond
    Pools: [pool01.contoso.com, edge01.contoso.com, sba01.contoso.com]
CsPool:
  - Identity: pool01.contoso.com
    Site: Site:Redmond
    Computers: [fe01.contoso.com]
    BackupPoolFqdn: pool09.contoso.com
  - { Identity: edge01.contoso.com }
CsService:
  - Identity: Registrar:pool01.contoso.com
    Version: 6
    EdgeServer: EdgeServer:edge01.contoso.com
  - { Identity: EdgeServer:edge01.contoso.com, Version: 6 }
CsServerPatchVersion:
  - { PSComputerName: fe01.contoso.com, ComponentName: Core, Version: 5.0.8308.420 }
#- policies.lync.yaml
CsWebServiceConfiguration:
  - Identity: Service:WebServer:pool01.contoso.com
    UseWsFedPassiveAuth: true
CsUserServicesPolicy:
  - { Identity: Global, UcsAllowed: true }
  - { Identity: Site:Redmond, UcsAllowed: true }
  - { Identity: Tag:Off, UcsAllowed: false }
#- users.lync.yaml
CsUser:
  - { SipAddress: sip:ken@contoso.com, RegistrarPool: pool01.contoso.com }
  - { SipAddress: sip:ann@contoso.com, RegistrarPool: POOL01.contoso.com, UserServicesPolicy: Off }
  - { SipAddress: sip:don@contoso.com, RegistrarPool: pool01.contoso.com, TwoFactorAuthentication: None }
`;

/** The explanation at a piece of the deployment with the cursor in it. */
function explainedAt(marked: string, text = deployment): string {
  const { project, uri, position } = cursorIn(text.replace(marked.replace('$0', ''), () => marked));
  project.check();
  return explain(project, uri, position)?.markdown ?? '';
}

function part(markdown: string, heading: string): string {
  const found = markdown.split(/^## /m).find((text) => text.startsWith(`${heading}\n`));
  return found?.slice(heading.length).trim() ?? '';
}

const pool = '- Identity: pool$001';

describe('the explanation of a pool', () => {
  it('begins with where it is, what runs there, and what stands beside it', () => {
    const markdown = explainedAt(pool);
    const head = `# \`pool01.contoso.com\` (CsPool)

- Defined in: [topology.lync.yaml:6](file:///contoso/topology.lync.yaml#L6)
- Site: \`Redmond\` ([topology.lync.yaml:2](file:///contoso/topology.lync.yaml#L2))
- Product: Lync Server 2013
- Edge pool: \`edge01.contoso.com\` ([topology.lync.yaml:10](file:///contoso/topology.lync.yaml#L10))
- Backup pool: \`pool09.contoso.com\` (no file defines it)

| Service | Version | Defined in |
| --- | --- | --- |
| Registrar | 6 | [topology.lync.yaml:12](file:///contoso/topology.lync.yaml#L12) |

| Computer | Patch versions | Defined in |
| --- | --- | --- |
| fe01.contoso.com | 5.0.8308.420 | [topology.lync.yaml:17](file:///contoso/topology.lync.yaml#L17) |
`;
    assert.equal(markdown.slice(0, head.length), head);
  });

  it('says who is homed there, and why they have two factors', () => {
    assert.equal(
      part(explainedAt(pool), 'Who is homed here').replace(/ \\\(UseWs[^|]*\)/g, ''),
      `3 users, 2 of them with two factors:

| Users | Sign in with | Why |
| --- | --- | --- |
| 2 | two factors | pool 'POOL01.contoso.com' uses passive authentication |
| 1 | one factor | TwoFactorAuthentication is None |`,
    );
  });

  it('says how its people sign in, with the scopes that were looked at', () => {
    const text = part(explainedAt(pool), 'How its people sign in');
    assert.ok(
      text.startsWith(
        '**CsWebServiceConfiguration**: `Service:WebServer:pool01.contoso.com` ([policies.lync.yaml:2](file:///contoso/policies.lync.yaml#L2)) applies. Scopes looked at: Service:WebServer:pool01.contoso.com.\n\n',
      ),
      text,
    );
    assert.match(text, /^\| UseWsFedPassiveAuth \| true \| \[policies\.lync\.yaml:3\]\(.*\) \|$/m);
    assert.match(text, /^\| WsFedPassiveMetadataUri \| not set \| default \|$/m);
    assert.match(text, /\n\n\*\*CsProxyConfiguration\*\*: no file has it, so what applies is not known\.$/);
  });

  it('counts the two-factor users who have something still on, feature by feature', () => {
    assert.equal(
      part(explainedAt(pool), 'What two factors take away'),
      `For 2 two-factor users whose client cannot reach Exchange Web Services:

| Feature | Users who have it still on | Comes from |
| --- | --- | --- |
| Unified Contact Store | 1 | [policies.lync.yaml:6](file:///contoso/policies.lync.yaml#L6) |`,
    );
    const off = deployment.replaceAll('UcsAllowed: true', 'UcsAllowed: false');
    assert.match(
      part(explainedAt(pool, off), 'What two factors take away'),
      /Nothing that they have lost is still on\.$/,
    );
    const single = deployment.replace('UseWsFedPassiveAuth: true', 'UseWsFedPassiveAuth: false');
    assert.equal(part(explainedAt(pool, single), 'What two factors take away'), '');
  });

  it('lists what is found of its objects and its configurations, with links', () => {
    const found = part(explainedAt(pool), 'Findings');
    assert.match(found, /`no-undefined-reference`: .*pool09.* \(\[topology\.lync\.yaml:9\]/);
    assert.match(found, /`require-passive-metadata-uri`: .* \(\[policies\.lync\.yaml:\d\]/);
    assert.equal(new Set(found.split('\n')).size, found.split('\n').length);
  });

  it('lists what is found of the configuration of its Edge pool, for both', () => {
    const text = deployment.replace(
      '#- users.lync.yaml\n',
      () => `CsProxyConfiguration:
  - { Identity: Service:EdgeServer:edge01.contoso.com, UseNtlmForClientToProxyAuth: true }
#- users.lync.yaml
`,
    );
    for (const marked of [pool, 'Identity: edge$001'])
      assert.match(part(explainedAt(marked, text), 'Findings'), /`require-edge-lockdown`/);
  });

  it('is the same from its services', () => {
    assert.equal(explainedAt('Identity: Regi$0strar:pool01'), explainedAt(pool));
    assert.equal(
      explainedAt('Identity: EdgeServer:edge01.contoso.com, Ver$0sion'),
      explainedAt('Identity: edge$001'),
    );
  });

  it('says of an Edge pool whose it is, and that nobody is homed there', () => {
    const markdown = explainedAt('Identity: edge$001');
    assert.match(markdown, /^- Is the Edge pool of: `pool01\.contoso\.com`$/m);
    assert.equal(
      part(markdown, 'Who is homed here'),
      'Nobody is homed here: the pool has no Registrar that homes users.',
    );
    assert.doesNotMatch(markdown, /How its people sign in/);
  });

  it('knows little where the files say little', () => {
    const markdown = explainedAt('- Iden$0tity: a', 'CsPool:\n  - Identity: a\n');
    assert.match(markdown, /\n- Site: the files do not say\n- Product: the files do not say\n\n## Who/);
    assert.equal(part(markdown, 'Who is homed here'), 'No user in these files is homed here.');
    assert.equal(explainedAt('- Si$0te: a', 'CsPool:\n  - Site: a\n'), '');
    assert.equal(explainedAt('- Ro$0le: a', 'CsService:\n  - Role: a\n'), '');
  });
});

describe('the explanation of a site', () => {
  it('has its pools with their users, and what is for the site alone', () => {
    const markdown = explainedAt('Identity: Site:Red$0mond');
    assert.ok(markdown.startsWith('# `Site:Redmond` (CsSite), Redmond\n\nDefined in [topology.lync.yaml:2]'));
    assert.equal(
      part(markdown, 'Pools'),
      `| Pool | Product | Users | With two factors | With something still on | Defined in |
| --- | --- | --- | --- | --- | --- |
| pool01.contoso.com | Lync Server 2013 | 3 | 2 | 1 | [topology.lync.yaml:6](file:///contoso/topology.lync.yaml#L6) |
| edge01.contoso.com | Lync Server 2013 | 0 | 0 | 0 | [topology.lync.yaml:10](file:///contoso/topology.lync.yaml#L10) |
| sba01.contoso.com | the files do not say | 0 | 0 | 0 | |`,
    );
    assert.equal(
      part(markdown, 'Policies and configurations of the site'),
      `| Section | Users | With two factors | Defined in |
| --- | --- | --- | --- |
| CsUserServicesPolicy | 2 | 1 | [policies.lync.yaml:6](file:///contoso/policies.lync.yaml#L6) |`,
    );
    assert.match(part(markdown, 'Findings'), /`no-undefined-reference`: .*sba01/);
  });

  it('is short for a site without any', () => {
    const markdown = explainedAt('Identity: Du$0blin', 'CsSite:\n  - Identity: Dublin\n');
    assert.equal(part(markdown, 'Pools'), 'The files name no pool of this site.');
    assert.equal(
      part(markdown, 'Policies and configurations of the site'),
      'No policy or configuration in these files is for this site.',
    );
  });
});
