import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { documentation, ruleUrl } from '../server/src/config.ts';
import { rules } from '../server/src/rules/index.ts';
import { findingsOf, parseFixture, projectOf } from './fixture.ts';

const project = dirname(dirname(fileURLToPath(import.meta.url)));
const docs = readdirSync(join(project, 'docs'), { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.md'))
  .map((name) => join(project, 'docs', name));
const pages = [join(project, 'README.md'), ...docs];

describe('generated files', () => {
  it('are what the generators would write now', () => {
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [join(project, 'scripts/generate.mjs'), '--check'],
      { encoding: 'utf8' },
    );
    assert.equal(status, 0, `${stdout}${stderr}`);
  });
});

describe('the documentation', () => {
  const folder = new URL(documentation).pathname.replace(/^.*\/blob\/main\//, '');

  for (const { id } of rules) {
    it(`has the page of ${id} where the editor looks for it`, () => {
      const path = ruleUrl(id).replace(documentation, folder);
      assert.ok(readFileSync(join(project, path), 'utf8').includes(`\n# ${id}\n`));
    });
  }

  for (const page of pages) {
    it(`has no dead link in ${relative(project, page)}`, () => {
      const dead = linksIn(readFileSync(page, 'utf8')).filter((link) => !leadsSomewhere(link, page));
      assert.deepEqual(dead, []);
    });
  }

  it('silences only rules that exist', () => {
    const known = new Set(rules.map(({ id }) => id));
    // One page is about rules that do not.
    for (const page of pages.filter((path) => !path.endsWith('no-unused-suppression.md'))) {
      const text = readFileSync(page, 'utf8');
      for (const [, id = ''] of text.matchAll(/# lync-(?:disable|enable)\S* ([a-z0-9-]+)/g))
        assert.ok(known.has(id), `${relative(project, page)} silences '${id}'.`);
    }
  });

  it('never tells anybody to roll back by force', () => {
    for (const page of pages)
      for (const command of blocksIn(readFileSync(page, 'utf8'), 'powershell'))
        // That of the export replaces files of ours.
        assert.doesNotMatch(command.replace(/^.*Export-LyncDeployment\.ps1 .*$/gm, ''), /-Force\b/i);
  });

  describe('of the format', () => {
    const [deployment = '', configuration = '', silenced = ''] = blocksIn(
      readFileSync(join(project, 'docs/format.md'), 'utf8'),
      'yaml',
    );
    const found = (text: string): string[] =>
      findingsOf(projectOf(parseFixture(text)))
        .filter(({ rule }) => rule !== 'incomplete-deployment')
        .map(({ rule, message }) => `${rule}: ${message}`);

    it('begins with a deployment in which everything is right', () => {
      assert.match(deployment, /^# contoso\.lync\.yaml$/m);
      assert.deepEqual(found(deployment), []);
    });

    it('has a configuration that can be read', () => {
      assert.match(configuration, /^twoFactor:$/m);
      assert.deepEqual(found(`${deployment}\n#- lync.config.yaml\n${configuration}`), []);
    });

    it('has comments that silence what they say', () => {
      const passive = 'CsWebServiceConfiguration:\n  - { Identity: Global, UseWsFedPassiveAuth: true }\n';
      const ids = (text: string): string[] =>
        findingsOf(projectOf(parseFixture(`${text}${passive}`))).map(({ rule }) => rule);
      const loud = ids(silenced.replace(/# lync-.*$/gm, ''));
      for (const [, id = ''] of silenced.matchAll(/# lync-disable\S* ([a-z0-9-]+)/g)) {
        assert.ok(loud.includes(id), `Nothing would be silenced for ${id}.`);
        assert.ok(!ids(silenced).includes(id), `${id} is not silenced.`);
      }
    });
  });
});

/** What a page refers to in this project. */
function linksIn(text: string): string[] {
  const prose = text.replace(/^```.*?^```$/gms, '');
  return [...prose.matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, link = '']) => link)
    .filter((link) => !/^[a-z]+:/.test(link));
}

function leadsSomewhere(link: string, from: string): boolean {
  const [path = '', anchor] = link.split('#');
  const target = path === '' ? from : resolve(dirname(from), path);
  if (!existsSync(target)) return false;
  return anchor === undefined || anchorsOf(readFileSync(target, 'utf8')).has(anchor);
}

/** The anchors that GitHub makes of headings. */
function anchorsOf(text: string): Set<string> {
  const headings = [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => heading);
  return new Set(
    headings.map((heading) =>
      heading
        .toLowerCase()
        .replace(/[^\p{L}\p{N} _-]/gu, '')
        .replaceAll(' ', '-'),
    ),
  );
}

function blocksIn(text: string, language: string): string[] {
  const fences = new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\`$`, 'gms');
  return [...text.matchAll(fences)].map(([, block = '']) => block);
}
