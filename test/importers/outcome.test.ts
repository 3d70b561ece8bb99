import assert from 'node:assert/strict';
import { outcomeIn, outcomeInNew } from '../../server/src/importers/outcome.ts';
import { root } from '../fixture.ts';
import { projectWith } from '../samples.ts';
import { importTexts } from './texts.ts';

const users = { 'users.csv': 'SipAddress,RegistrarPool\nsip:a@contoso.com,pool01\n' };

describe('what comes of an import', () => {
  it('says what a topology never holds', async () => {
    const { objects } = await importTexts({
      'pools.json': '[{"Identity":"pool01","Fqdn":"pool01","Services":[],"Computers":[],"Site":"Site:A"}]',
    });
    const [remark, ...others] = outcomeInNew(objects).remarks;
    assert.deepEqual([remark?.kind, remark?.origin, others.length], ['hint', { file: 'pools.json' }, 0]);
    assert.match(
      remark?.message ?? '',
      /not who uses them, nor how people sign in\. No file has CsUser, .*Get-CsWebServiceConfiguration/,
    );
  });

  it('asks for what is missing to work out who has two factors', async () => {
    const { objects } = await importTexts(users);
    assert.match(
      outcomeInNew(objects).remarks[0]?.message ?? '',
      /No file has CsPool, .*CsProxyConfiguration.* Export what Get-CsPool, .*Get-CsProxyConfiguration/,
    );
  });

  it('asks for nothing that is there already', async () => {
    const { objects } = await importTexts(users);
    const there = new Map([[`${root}/pools.lync.yaml`, 'CsPool:\n  - Identity: pool01\n']]);
    const [workspace] = projectWith(there).workspaces;
    assert.ok(workspace);
    const { remarks } = await outcomeIn(objects, workspace.deployment, { nameOf: ({ uri }) => uri });
    assert.match(remarks[0]?.message ?? '', /^No file has CsService, /);
  });
});
