import assert from 'node:assert/strict';
import type { CodeAction } from 'vscode-languageserver-types';
import { codeActions } from '../../../server/src/features/codeActions/codeActions.ts';
import { openRuleSetting, showRule } from '../../../server/src/features/codeActions/suppressionActions.ts';
import { ruleUrl } from '../../../server/src/config.ts';
import { twoFactorPool } from '../../../server/src/linter/examples.ts';
import type { Project } from '../../../server/src/project.ts';
import { rules } from '../../../server/src/rules/index.ts';
import { parseFixture, root } from '../../fixture.ts';
import { endings, forms, readData } from '../../linter/forms.ts';
import { projectWith } from '../../samples.ts';
import { applied } from '../apply.ts';
import { cursorIn } from '../cursor.ts';

const client = { creates: true, annotates: true, commands: new Set([openRuleSetting, showRule]) };
const configuration = `${root}/lync.config.yaml`;

function actionsAt(project: Project, uri: string, line: number, character: number): CodeAction[] {
  const position = { line, character };
  const request = { uri, range: { start: position, end: position }, versionOf: () => undefined, client };
  return (codeActions(project, request) as CodeAction[]).filter(({ title }) =>
    /^(?:Silence|Switch|Edit|Show) /.test(title),
  );
}

/** The text of the file with the cursor after the action whose title begins so. */
function after(fixture: string, title: string): string | undefined {
  const { project, uri, position, files } = cursorIn(fixture);
  const action = actionsAt(project, uri, position.line, position.character).find((candidate) =>
    candidate.title.startsWith(title),
  );
  return action && applied(files, action.edit).get(uri);
}

const policy = (line: string): string => `CsConferencingPolicy:\n  - Identity: Global\n${line}\n`;
const here = "Silence 'valid-value' on this line";
const everywhere = "Silence 'valid-value' in this file";

describe('an action silences a rule on a line', () => {
  const cases: readonly (readonly [name: string, before: string, after: string])[] = [
    [
      'behind the value',
      '    AudioBitRateKb: 5$000',
      '    AudioBitRateKb: 500 # lync-disable-line valid-value',
    ],
    [
      'in place of white space',
      '    AudioBitRateKb: 5$000  \t',
      '    AudioBitRateKb: 500 # lync-disable-line valid-value',
    ],
    [
      'in the line above where there is a comment',
      '    AudioBitRateKb: 5$000 # big',
      '    # lync-disable-next-line valid-value\n    AudioBitRateKb: 500 # big',
    ],
    [
      'in a comment that silences another rule there',
      '    AudioBitRateKb: 5$000 # lync-disable-line no-ucs-with-2fa -- why',
      '    AudioBitRateKb: 500 # lync-disable-line no-ucs-with-2fa, valid-value -- why',
    ],
    [
      'in a comment above that silences another rule there',
      '    # lync-disable-next-line no-ucs-with-2fa\n    AudioBitRateKb: 5$000 # big',
      '    # lync-disable-next-line no-ucs-with-2fa, valid-value\n    AudioBitRateKb: 500 # big',
    ],
    [
      'above a text that goes on',
      '    AudioBitRateKb: "50$00\n      1"',
      '    # lync-disable-next-line valid-value\n    AudioBitRateKb: "500\n      1"',
    ],
  ];
  for (const [name, before, expected] of cases)
    it(name, () => {
      assert.equal(after(policy(before), here), policy(expected));
    });

  it('but not in JSON', () => {
    const json = '{ "CsConferencingPolicy": [{ "Identity": "Global", "AudioBitRateKb": 5$000 }] }\n';
    assert.equal(after(json, 'Silence'), undefined);
    assert.match(after(json, 'Switch') ?? '', /500/);
  });
});

describe('an action silences a rule in a file', () => {
  const line = '    AudioBitRateKb: 5$000';
  const text = policy('    AudioBitRateKb: 500');

  it('in its first line', () => {
    assert.equal(after(policy(line), everywhere), `# lync-disable valid-value\n${text}`);
    assert.equal(
      after(`%YAML 1.2\n---\n${policy(line)}`, everywhere),
      `# lync-disable valid-value\n%YAML 1.2\n---\n${text}`,
    );
    assert.equal(after(`# ours\n${policy(line)}`, everywhere), `# lync-disable valid-value\n# ours\n${text}`);
  });

  it('beside another rule that is silenced there', () => {
    assert.equal(
      after(`# lync-disable no-ucs-with-2fa -- why\n${policy(line)}`, everywhere),
      `# lync-disable no-ucs-with-2fa, valid-value -- why\n${text}`,
    );
  });

  it('but not where another comment would end it', () => {
    assert.equal(after(`# lync-disable\n# lync-enable\n${policy(line)}`, everywhere), undefined);
  });
});

describe('an action switches a rule off', () => {
  const line = policy('    AudioBitRateKb: 5$000');
  const switched = (fixture: string, able = client): CodeAction | undefined => {
    const { project, uri, position } = cursorIn(fixture);
    const request = {
      uri,
      range: { start: position, end: position },
      versionOf: () => undefined,
      client: able,
    };
    return (codeActions(project, request) as CodeAction[]).find(({ title }) => title.startsWith('Switch'));
  };

  it('in the configuration that is there', () => {
    const fixture = `#- lync.config.yaml\nrules: { no-ucs-with-2fa: hint }\n#- a.lync.yaml\n${line}`;
    const texts = applied(cursorIn(fixture).files, switched(fixture)?.edit);
    assert.equal(texts.get(configuration), 'rules: { no-ucs-with-2fa: hint, valid-value: off }');
  });

  it('in a new one where there is none and the client makes files', () => {
    const texts = applied(cursorIn(line).files, switched(line)?.edit);
    assert.equal(texts.get(configuration), 'rules:\n  valid-value: off\n');
    assert.equal(switched(line, { ...client, creates: false }), undefined);
  });
});

describe('commands', () => {
  it('lead to the setting and the page of a rule, in clients that know them', () => {
    const fixture = `#- lync.config.yaml\n# none\n#- a.lync.yaml\n${policy('    AudioBitRateKb: 5$000')}`;
    const { project, uri, position } = cursorIn(fixture);
    const commands = actionsAt(project, uri, position.line, position.character).flatMap(({ command }) =>
      command ? [command] : [],
    );
    assert.deepEqual(commands, [
      {
        title: "Edit 'valid-value' in lync.config.yaml",
        command: openRuleSetting,
        arguments: [configuration, 'valid-value'],
      },
      {
        title: "Show the page of 'valid-value'",
        command: showRule,
        arguments: ['valid-value', ruleUrl('valid-value')],
      },
    ]);
    const range = { start: position, end: position };
    const plain = codeActions(project, { uri, range, versionOf: () => undefined }) as CodeAction[];
    assert.ok(plain.every(({ command }) => command === undefined));
  });

  it('and all that silences come behind what puts things right, and only where quick fixes are asked for', () => {
    const fixture = `${twoFactorPool}CsUserServicesPolicy:\n  - { Identity: Global, UcsAllowed: true }\nCsUser:\n  - SipAddress: sip:k$0en@contoso.com\n    RegistrarPool: pool01.contoso.com\n`;
    const { project, uri, position } = cursorIn(fixture);
    const range = { start: position, end: position };
    const titles = (only?: readonly string[]): string[] =>
      (codeActions(project, { uri, range, only, versionOf: () => undefined, client }) as CodeAction[]).map(
        ({ title, isPreferred }) => `${isPreferred === true ? '* ' : ''}${title.split(' ', 1)[0] ?? ''}`,
      );
    assert.deepEqual(
      titles()
        .join(' ')
        .replace(/ (\w+)(?: \1)+/g, ' $1'),
      '* Set Grant Silence Switch Show',
    );
    assert.deepEqual(titles(['quickfix']), titles());
    assert.deepEqual(titles(['source.fixAll']), ['Fix']);
    assert.deepEqual(titles(['refactor']), []);
  });
});

/** What is found, as `rule subject`. */
function found(files: ReadonlyMap<string, string>): string[] {
  const project = projectWith(files);
  return [...project.uris]
    .flatMap((uri) => project.findings(uri))
    .map(
      ({ finding: { rule, object } }) => `${rule.id} ${object?.section.name ?? ''} ${object?.subject ?? ''}`,
    )
    .sort();
}

describe('each action that silences makes its finding go away and nothing else', () => {
  const examples = rules.flatMap(({ id, examples: { bad } }) =>
    bad.slice(0, 1).map((text) => [id, text] as const),
  );
  for (const form of forms)
    it(`in ${form.name}`, () => {
      let count = 0;
      for (const [index, [id, example]] of examples.entries()) {
        const ending = endings[index % endings.length];
        if (!ending || ['yaml-syntax', 'no-unused-suppression'].includes(id)) continue;
        const texts = [...form.write(readData(example))];
        count += check(new Map(texts.map(([name, text]) => [`${root}/${name}`, ending.change(text)])), id);
      }
      assert.ok(count > 20, `${count} actions`);
    });

  it('in the examples of the rules', () => {
    let count = 0;
    for (const [id, example] of examples)
      count += check(
        new Map([...parseFixture(example).files].map(([name, text]) => [`${root}/${name}`, text])),
        id,
      );
    assert.ok(count > 60, `${count} actions`);
  });

  function check(files: ReadonlyMap<string, string>, rule: string): number {
    const project = projectWith(files);
    const before = found(files);
    let count = 0;
    for (const uri of project.uris) {
      const [first] = project.findings(uri).filter(({ finding }) => finding.rule.id === rule);
      if (!first) continue;
      const { at, object } = first.finding;
      const { line, character } = at.file.positionInBlock(at.block, at.start);
      const name = `${rule} ${object?.section.name ?? ''} ${object?.subject ?? ''}`;
      for (const { title, edit } of actionsAt(project, uri, line, character)) {
        if (!title.includes(`'${rule}'`) || !edit) continue;
        const texts = applied(files, edit);
        const left = found(texts);
        const what = `${title}\n${[...texts.values()].join('\n')}`;
        assert.ok(!left.includes(name) || before.filter((other) => other === name).length > 1, what);
        assert.deepEqual(
          left.filter((other) => !before.includes(other)),
          [],
          what,
        );
        const everywhere = title.startsWith('Switch') || (title.endsWith('file') && files.size === 1);
        assert.ok(!everywhere || !left.some((other) => other.startsWith(`${rule} `)), what);
        const text = files.get(uri) ?? '';
        // Nothing of the text is lost.
        const loud = (texts.get(uri) ?? '').replace(/[ \t]*# lync-disable[^\r\n]*/, '');
        if (!text.includes('# lync-')) assert.equal(loud.replace(/\s/g, ''), text.replace(/\s/g, ''), what);
        count++;
      }
    }
    return count;
  }
});
