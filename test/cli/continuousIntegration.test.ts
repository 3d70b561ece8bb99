import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';
import { options } from '../../server/src/config.ts';
import { at, lyncLint, write } from './terminal.ts';

function read(name: string): Promise<string> {
  return readFile(new URL(`../../${name}`, import.meta.url), 'utf8');
}

const rule = ['incomplete-deployment=off'];
const users = `CsWebServiceConfiguration:
  - Identity: Service:WebServer:pool01.contoso.com
    UseWsFedPassiveAuth: true
    WsFedPassiveMetadataUri: https://sts.contoso.com/federationmetadata/2007-06/federationmetadata.xml
    UseWindowsAuth: None
    UseCertificateAuth: false
    UsePinAuth: false
    DefaultValidityPeriodHours: 24
CsUserServicesPolicy:
  - { Identity: Global, UcsAllowed: true }
CsUser:
  - SipAddress: sip:ken@contoso.com
    RegistrarPool: pool01.contoso.com
`;

describe('the page about continuous integration', () => {
  it('shows what is really printed', async () => {
    const page = await read('docs/continuous-integration.md');
    await write({ 'users.lync.yaml': users });
    const file = at('lync.baseline.json');
    const shown = (text: string): void => {
      assert.ok(page.includes(`\n${text.replaceAll(file, 'lync.baseline.json')}\`\`\``), text);
    };
    for (const format of ['github', 'markdown', 'junit'])
      shown((await lyncLint(undefined, { rule, format })).out);
    shown((await lyncLint(undefined, { rule, baseline: file, 'update-baseline': true })).error);
    shown(await readFile(file, 'utf8'));
    const { out, error } = await lyncLint(undefined, { rule, baseline: file });
    shown(out + error);
  });

  it('names options that there are, in YAML and JSON that can be read', async () => {
    const page = await read('docs/continuous-integration.md');
    for (const [, name = ''] of page.matchAll(/--([a-z][a-z-]+)/g)) assert.ok(name in options, name);
    const blocks = Array.from(page.matchAll(/^```(yaml|json)\n([^]*?)^```$/gm), ([, , text = '']) => text);
    assert.ok(blocks.length >= 7);
    for (const block of blocks) assert.doesNotThrow(() => parse(block) as unknown);
  });
});

describe('the hook for pre-commit', () => {
  it('runs for the files of deployments, with the program of this package', async () => {
    const [hook] = parse(await read('.pre-commit-hooks.yaml')) as Record<string, string>[];
    const { bin } = JSON.parse(await read('package.json')) as { readonly bin: Record<string, string> };
    assert.ok(hook?.entry !== undefined && hook.entry in bin);
    const files = new RegExp(hook.files ?? '');
    for (const name of ['a.lync.yaml', 'x/a.lync.yml', 'lync.config.yaml', 'x/lync.config.yaml'])
      assert.match(name, files);
    for (const name of ['a.yaml', 'my-lync.config.yaml', 'a.lync.yaml.bak']) assert.doesNotMatch(name, files);
  });
});
