import assert from 'node:assert/strict';
import { accept, details, itemAt, labels } from './completing.ts';

const anchors = `x-pool: &pool pool01.contoso.com
x-base: &base { DisplayPhoto: NoPhoto, EnableIMAutoArchiving: false }
x-pools: &pools [a.contoso.com, b.contoso.com]
CsClientPolicy:
  - &card
    Identity: Tag:SmartCard
`;

describe('completion of an alias', () => {
  it('offers the anchors above, the nearest first, with what they hold', () => {
    const fixture = `${anchors}CsSite:\n  - Identity: *$0\n  - x-late: &late 1\n`;
    assert.deepEqual(details(fixture), [
      'card: 1 key in line 6',
      'pools: a list of 2 in line 3',
      'base: 2 keys in line 2',
      'pool: a value in line 1',
    ]);
    assert.deepEqual(itemAt(fixture, 'base').documentation, {
      kind: 'markdown',
      value: '- DisplayPhoto: `NoPhoto`\n- EnableIMAutoArchiving: `false`',
    });
    assert.equal(accept(fixture, 'pool'), fixture.replace('*$0', '*pool'));
  });

  it('offers mappings only where nothing else can stand', () => {
    for (const place of ['<<: *$0', '<<: [*base, *$0]', '*$0', '{ Identity: A, <<: *$0 }'])
      assert.deepEqual(labels(`${anchors}  - ${place}\n`), ['card', 'base'], place);
  });

  it('takes the place of the whole name', () => {
    const fixture = `${anchors}  - Identity: A\n    <<: *b$0ad # why\n`;
    assert.equal(accept(fixture, 'base'), fixture.replace('*b$0ad', '*base'));
  });

  it('offers nothing of another document, nothing around the alias, and of one name the nearest', () => {
    assert.deepEqual(labels(`${anchors}---\nCsSite:\n  - &site\n    Identity: *$0\n`), []);
    assert.deepEqual(details('x-a: &a 1\nx-b: &a [2]\nCsSite:\n  - Identity: *$0\n'), [
      'a: a list of 1 in line 2',
    ]);
    assert.deepEqual(details('CsSite:\n  - &s { Identity: &i A, x: &x 1, y: *$0 }\n'), [
      'x: a value in line 2',
      'i: a value in line 2',
    ]);
  });

  it('offers a merge key where there is a mapping to merge', () => {
    assert.equal(
      accept(`${anchors}  - Identity: A\n    <$0\n`, '<<'),
      `${anchors}  - Identity: A\n    <<: *\n`,
    );
    assert.ok(itemAt(`${anchors}  - Identity: A\n    $0\n`, '<<').command);
    for (const fixture of [
      `${anchors}  - Identity: A\n    <<: *base\n    $0\n`,
      `${anchors}---\nCsClientPolicy:\n  - Identity: A\n    $0\n`,
      'x-pool: &pool A\nCsClientPolicy:\n  - Identity: A\n    $0\n',
      '{"x": &a {"k": 1}, "CsClientPolicy": [{"Identity": "A", $0}]}',
    ])
      assert.ok(!labels(fixture).includes('<<'), fixture);
  });
});
