import assert from 'node:assert/strict';
import { canSet, editsOf, isRemovable } from '../../server/src/linter/edits.ts';
import type { FileChange, WrittenValue } from '../../server/src/linter/change.ts';
import { scalarText } from '../../server/src/linter/yamlText.ts';
import { readYaml } from '../../server/src/parser/read.ts';
import fc from 'fast-check';
import { projectOf, workspaceOf } from './fixing.ts';

/** The text after a change of its user's, or of its first policy's. */
function after(text: string, ...wanted: Wanted[]): string {
  const project = projectOf(new Map([['a.lync.yaml', text]]));
  const { deployment } = workspaceOf(project);
  const [user] = [...deployment.all('CsUser'), ...deployment.all('CsClientPolicy')];
  assert.ok(user);
  const changes = wanted.map((change): FileChange =>
    'remove' in change
      ? { kind: 'remove', object: deployment.find('CsUser', change.remove) ?? user }
      : 'set' in change
        ? { kind: 'set', object: user, property: change.set, value: change.to }
        : {
            kind: 'add',
            section: 'CsClientPolicy',
            like: change.like === undefined ? undefined : deployment.find('CsClientPolicy', change.like),
            near: user,
            properties: [['Identity', change.add]],
          },
  );
  for (const [file, edits] of editsOf(changes, deployment))
    for (const edit of edits.toReversed()) file.edit(edit.start, edit.end, edit.text);
  return project.file('file:///contoso/a.lync.yaml')?.file.text ?? '';
}

type Wanted =
  | { readonly set: string; readonly to: WrittenValue }
  | { readonly add: string; readonly like?: string }
  | { readonly remove: string };

const ken = 'CsUser:\n  - SipAddress: sip:ken@contoso.com\n';
const add = { add: 'Tag:New' };

describe('a new object', () => {
  it('goes behind the last of its section, in front of the comments of the next', () => {
    assert.equal(
      after(`CsClientPolicy:\n  - Identity: Global # all\n\n# users\n${ken}`, add),
      `CsClientPolicy:\n  - Identity: Global # all\n  - Identity: Tag:New\n\n# users\n${ken}`,
    );
  });

  it('goes in front of the last comment of a file that does not end its last line', () => {
    assert.equal(
      after(`${ken}CsClientPolicy:\n  - Identity: Global\n  # the end`, add),
      `${ken}CsClientPolicy:\n  - Identity: Global\n  - Identity: Tag:New\n  # the end`,
    );
  });

  it('goes below a key that stands alone', () => {
    assert.equal(
      after(`CsClientPolicy: # none yet\n${ken}`, add),
      `CsClientPolicy: # none yet\n  - Identity: Tag:New\n${ken}`,
    );
    assert.equal(after(`${ken}CsClientPolicy:`, add), `${ken}CsClientPolicy:\n  - Identity: Tag:New`);
  });

  it('takes the place of an empty list', () => {
    assert.equal(
      after(`CsClientPolicy: [] # none\n${ken}`, add),
      `CsClientPolicy: [{ Identity: Tag:New }] # none\n${ken}`,
    );
    assert.equal(
      after(`CsClientPolicy: null\n${ken}`, add),
      `CsClientPolicy: [{ Identity: Tag:New }]\n${ken}`,
    );
  });

  it('makes a section where no file has it', () => {
    assert.equal(after(ken, add), `${ken}CsClientPolicy:\n  - Identity: Tag:New\n`);
    assert.equal(after(ken.trimEnd(), add), `${ken}CsClientPolicy:\n  - Identity: Tag:New\n`);
  });

  it('makes a document of its own behind one that takes no further key', () => {
    const json = '{"CsUser": [{"SipAddress": "sip:ken@contoso.com"}]}\n';
    assert.equal(after(json, add), `${json}---\nCsClientPolicy:\n  - Identity: Tag:New\n`);
  });

  it('goes into the list that a section names by an alias', () => {
    assert.equal(
      after(`x-list: &list\n  - Identity: Global\nCsClientPolicy: *list\n${ken}`, add),
      `x-list: &list\n  - Identity: Global\n  - Identity: Tag:New\nCsClientPolicy: *list\n${ken}`,
    );
  });

  it('stands beside the object that a section names by an alias', () => {
    assert.equal(
      after(`x-one: &one { Identity: Global }\nCsClientPolicy: *one\n${ken}`, add),
      `x-one: &one { Identity: Global }\nCsClientPolicy: [*one, { Identity: Tag:New }]\n${ken}`,
    );
  });

  it('makes a list of a single object, which may get more properties at once', () => {
    assert.equal(
      after('CsClientPolicy:\n  Identity: Global # all\n\n  DisplayPhoto: NoPhoto\n', add, {
        set: 'EnableIMAutoArchiving',
        to: false,
      }),
      'CsClientPolicy:\n  - Identity: Global # all\n\n    DisplayPhoto: NoPhoto\n    EnableIMAutoArchiving: false\n  - Identity: Tag:New\n',
    );
  });

  it('is like another in everything that is set there', () => {
    assert.equal(
      after(
        `x-base: &base { DisplayPhoto: NoPhoto, MaxPhotoSizeKB: }\nCsClientPolicy:\n  - Identity: Tag:Old\n    <<: *base\n    x-mine: 1\n    Description: "a: b"\n${ken}`,
        { add: 'Tag:New', like: 'Tag:Old' },
      ),
      `x-base: &base { DisplayPhoto: NoPhoto, MaxPhotoSizeKB: }\nCsClientPolicy:\n  - Identity: Tag:Old\n    <<: *base\n    x-mine: 1\n    Description: "a: b"\n  - Identity: Tag:New\n    Description: 'a: b'\n    DisplayPhoto: NoPhoto\n${ken}`,
    );
  });

  it('of a name comes once', () => {
    assert.equal(after(ken, add, { add: 'tag:new' }), `${ken}CsClientPolicy:\n  - Identity: Tag:New\n`);
  });
});

describe('a property that is set', () => {
  const set = { set: 'ClientPolicy', to: 'Sales' };

  it('takes the place of its value, in the same quotes', () => {
    for (const [before, then] of [
      ['Old', 'Sales'],
      ['"Old" # note', '"Sales" # note'],
      ["'Old'", "'Sales'"],
      ['', 'Sales'],
      ['~', 'Sales'],
      ['{ FriendlyName: "Old", Anchor: }', '{ FriendlyName: "Sales", Anchor: }'],
      ['>-\n      Old', 'Sales'],
    ])
      assert.equal(
        after(`${ken}    ClientPolicy: ${before ?? ''}\n`, set).replace(/ +$/gm, ''),
        `${ken}    ClientPolicy: ${then ?? ''}\n`,
      );
  });

  it('takes the place of the last of two', () => {
    assert.equal(
      after(`${ken}    ClientPolicy: a\n    ClientPolicy: b\n`, set),
      `${ken}    ClientPolicy: a\n    ClientPolicy: Sales\n`,
    );
  });

  it('becomes the last line of its object, in the column of the others', () => {
    assert.equal(after(ken, set), `${ken}    ClientPolicy: Sales\n`);
    assert.equal(after(ken.trimEnd(), set), `${ken}    ClientPolicy: Sales`);
    assert.equal(after(`${ken}# next\n`, set), `${ken}    ClientPolicy: Sales\n# next\n`);
    assert.equal(
      after('CsUser:\n- SipAddress: sip:ken@contoso.com\n  x-note: |\n    a\n\n    b\nCsPool: []\n', set),
      'CsUser:\n- SipAddress: sip:ken@contoso.com\n  x-note: |\n    a\n\n    b\n  ClientPolicy: Sales\nCsPool: []\n',
    );
    assert.equal(
      after(ken.replaceAll('\n', '\r\n'), set),
      `${ken}    ClientPolicy: Sales\n`.replaceAll('\n', '\r\n'),
    );
  });

  it('becomes the last member in flow style', () => {
    assert.equal(
      after('CsUser: [{ SipAddress: sip:ken@contoso.com }]\n', set),
      'CsUser: [{ SipAddress: sip:ken@contoso.com, ClientPolicy: Sales }]\n',
    );
    assert.equal(
      after('CsUser: [{ SipAddress: sip:ken@contoso.com, }]\n', set),
      'CsUser: [{ SipAddress: sip:ken@contoso.com, ClientPolicy: Sales, }]\n',
    );
  });

  it('stands beside a merge key that brings another value', () => {
    const base = 'x-base: &base { ClientPolicy: Old }\n';
    assert.equal(
      after(`${base}${ken}    <<: *base\n`, set),
      `${base}${ken}    <<: *base\n    ClientPolicy: Sales\n`,
    );
  });

  it('twice is set once, the first time', () => {
    assert.equal(after(ken, set, { set: 'ClientPolicy', to: 'Other' }), `${ken}    ClientPolicy: Sales\n`);
  });

  it('is not one that an anchor shares with others', () => {
    const able = (text: string): boolean => {
      const { deployment } = workspaceOf(projectOf(new Map([['a.lync.yaml', text]])));
      const [user] = deployment.all('CsUser');
      assert.ok(user);
      return canSet(user, 'ClientPolicy');
    };
    assert.equal(able(ken), true);
    assert.equal(able(`${ken}    ClientPolicy: *policy\n`), true);
    assert.equal(able(`${ken}    ClientPolicy: &policy Sales\n`), false);
    assert.equal(able('CsUser:\n  - &ken\n    SipAddress: sip:ken@contoso.com\n'), false);
    assert.equal(able('x-ken: &ken { SipAddress: sip:ken@contoso.com }\nCsUser:\n  - *ken\n'), false);
  });
});

describe('a value as text', () => {
  it('reads back as the same value, in whatever quotes, in block and in flow style', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.boolean(),
          fc.integer(),
          fc.constantFrom(
            null,
            'yes',
            '1.0',
            '~',
            '',
            ' a',
            'a ',
            '- a',
            'a: b',
            'a #b',
            '0x1',
            '<<',
            '---',
            '!a',
            '\u2028',
          ),
        ),
        fc.constantFrom('plain', 'single', 'double', 'block'),
        (value, style) => {
          const text = scalarText(value, style);
          for (const written of [`a: ${text}\n`, `{ a: ${text}, b: 1 }`, `- a: ${text}`]) {
            const { root, problems } = readYaml(written);
            const mapping = root?.type === 'sequence' ? root.items[0] : root;
            const read = mapping?.type === 'mapping' ? mapping.pairs[0]?.value : undefined;
            assert.deepEqual(problems, [], written);
            assert.equal(read?.type === 'scalar' ? read.value : undefined, value, written);
          }
        },
      ),
      { numRuns: Number(process.env.RUNS ?? 1000) },
    );
  });
});

describe('a list or a mapping', () => {
  it('stands in brackets behind its key, in place of what was there', () => {
    assert.equal(
      after(`${ken}    ProxyAddresses:\n      - smtp:a@contoso.com\n    Enabled: true\n`, {
        set: 'ProxyAddresses',
        to: ['smtp:a@contoso.com', 'sip:ken@contoso.com, too'],
      }),
      `${ken}    ProxyAddresses:\n      [smtp:a@contoso.com, 'sip:ken@contoso.com, too']\n    Enabled: true\n`,
    );
    assert.equal(
      after(ken, { set: 'AcpInfo', to: [{ Name: 'x', Ports: [1, 2] }, {}] }),
      `${ken}    AcpInfo: [{ Name: x, Ports: [1, 2] }, {}]\n`,
    );
  });
});

describe('an object that goes', () => {
  const ann = '  # Ann left.\n  - SipAddress: sip:ann@contoso.com # in May\n    Enabled: false\n';

  it('takes its lines with it, and leaves the comments around it', () => {
    assert.equal(
      after(`${ken}${ann}  # Don came.\n  - SipAddress: sip:don@contoso.com\n`, {
        remove: 'sip:ann@contoso.com',
      }),
      `${ken}  # Ann left.\n  # Don came.\n  - SipAddress: sip:don@contoso.com\n`,
    );
  });

  it('leaves an empty section behind', () => {
    assert.equal(after(ken, { remove: 'sip:ken@contoso.com' }), 'CsUser:\n');
  });

  it('stays where others name it, or where it is no item of a list by lines', () => {
    for (const text of [
      'CsUser: { SipAddress: sip:ken@contoso.com }\n',
      'CsUser:\n  - &ken { SipAddress: sip:ken@contoso.com }\n  - *ken\n',
    ]) {
      const project = projectOf(new Map([['a.lync.yaml', text]]));
      const [user] = workspaceOf(project).deployment.all('CsUser');
      assert.ok(user && !isRemovable(user), text);
    }
  });
});
