import assert from 'node:assert/strict';
import { sectionType } from '../../server/src/schema/schema.ts';
import { root } from '../fixture.ts';
import { projectWith } from '../samples.ts';

const uri = `${root}/a.lync.yaml`;
const text = `CsSite:
  - { Identity: Site:Redmond, Pools: [pool01, POOL01] }
CsRegistrarConfiguration:
  - Identity: Site:Dublin
CsClientPolicy:
  - Identity: Global
CsUser:
  - { SipAddress: sip:a@x, RegistrarPool: pool01, ClientPolicy: Gone }
  - { SipAddress: sip:b@x, RegistrarPool: pool02, ClientPolicy: tag:gone }
`;

describe('names that nothing defines', () => {
  it('are counted in all their spellings, and follow every edit', () => {
    const project = projectWith(new Map([[uri, text]]));
    const deployment = project.workspaceOf(uri)?.deployment;
    const namesOf = (section: string): string => {
      const type = sectionType(section);
      const names = type && deployment?.undefinedNames(type);
      return Array.from(names ?? [], ([name, count]) => `${name} ${count}`).join(', ');
    };
    assert.equal(namesOf('CsPool'), 'pool01 3, pool02 1');
    assert.equal(namesOf('CsClientPolicy'), 'Tag:Gone 2');
    assert.equal(namesOf('CsSite'), 'Site:Dublin 1');
    for (const [before, after, section, expected] of [
      ['pool02', 'pool03', 'CsPool', 'pool01 3, pool03 1'],
      ['Site:Dublin', 'Global', 'CsSite', ''],
      ['Identity: Global\nCsUser', 'Identity: Gone\nCsUser', 'CsClientPolicy', ''],
      ['CsUser', 'CsPool:\n  - Identity: Pool01\nCsUser', 'CsPool', 'pool03 1'],
    ] as const) {
      const old = project.file(uri)?.file.text ?? '';
      assert.ok(old.includes(before));
      project.setFile(uri, old.replace(before, after));
      assert.equal(namesOf(section), expected, after);
    }
  });
});
