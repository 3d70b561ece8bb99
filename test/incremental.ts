/** A project that follows edits, beside the texts that it should hold: what it finds must be what a new one finds. */
import assert from 'node:assert/strict';
import type { Judged } from '../server/src/linter/judge.ts';
import type { Place } from '../server/src/model/place.ts';
import { Project, type FileOptions } from '../server/src/project.ts';
import { rules } from '../server/src/rules/index.ts';
import { root } from './fixture.ts';

export class Twin {
  // People enter in slices even where there are two, so that edits meet files that are half in.
  readonly project = new Project(rules, new Map(), { atOnce: 1 });
  readonly #texts = new Map<string, { text: string; options: FileOptions }>();
  readonly #configurations = new Map<string, string>();

  constructor(files: Iterable<readonly [name: string, text: string]> = []) {
    this.project.setFolders([root]);
    for (const [name, text] of files) this.set(name, text);
  }

  get names(): readonly string[] {
    return [...this.#texts.keys()];
  }

  text(name: string): string {
    return this.#texts.get(name)?.text ?? '';
  }

  set(name: string, text: string, options: FileOptions = {}): void {
    this.#texts.set(name, { text, options });
    this.project.setFile(`${root}/${name}`, text, options);
  }

  /** Replaces the characters from `start` to `end`, as an editor does. */
  edit(name: string, start: number, end: number, inserted: string): void {
    const known = this.#texts.get(name);
    const file = this.project.file(`${root}/${name}`)?.file;
    if (!known || !file) return;
    // An editor has no position between the two characters of a line end.
    const [from, to] = [outsideLineEnd(known.text, start), outsideLineEnd(known.text, end)];
    const range = { start: file.positionAt(from), end: file.positionAt(to) };
    known.text = known.text.slice(0, from) + inserted + known.text.slice(to);
    this.project.editFile(`${root}/${name}`, [{ range, text: inserted }]);
  }

  remove(name: string): void {
    this.#texts.delete(name);
    this.project.removeFile(`${root}/${name}`);
  }

  configure(name: string, text: string | undefined): void {
    if (text === undefined) this.#configurations.delete(name);
    else this.#configurations.set(name, text);
    this.project.setConfiguration(`${root}/${name}`, text);
  }

  /** What is found in a file, in words. */
  found(name: string): string[] {
    return words(this.project.findings(`${root}/${name}`));
  }

  /** Does a little of what is to be done, as a server does between two messages, and looks at what an editor would show. */
  glance(name: string, limit: number): void {
    let left = 2;
    this.project.check(() => left-- === 0);
    const { findings, total } = this.project.shown(`${root}/${name}`, limit);
    assert.ok(findings.length <= limit && findings.length <= total);
    this.project.counts(`${root}/${name}`);
  }

  /** A project that has read the same texts and nothing else. */
  anew(): Project {
    // Nothing that the other has learned of one person is used for another.
    const project = new Project(rules, new Map(), { atOnce: Infinity, alone: true });
    project.setFolders([root]);
    for (const [name, text] of [...this.#configurations].sort())
      project.setConfiguration(`${root}/${name}`, text);
    for (const [name, { text, options }] of [...this.#texts].sort())
      project.setFile(`${root}/${name}`, text, options);
    return project;
  }

  assertSame(): void {
    const uris = [...this.#texts.keys(), ...this.#configurations.keys()].map((name) => `${root}/${name}`);
    const anew = this.anew();
    for (const uri of uris) {
      const file = this.project.file(uri)?.file;
      if (file) assert.equal(file.text, this.#texts.get(uri.slice(root.length + 1))?.text);
      const expected = words(anew.findings(uri));
      assert.deepEqual(words(this.project.findings(uri)), expected, this.describe());
      if (file) this.#assertShown(uri, anew);
    }
  }

  /** Shown are the findings at the last edit and the worst, and counted are all. */
  #assertShown(uri: string, anew: Project): void {
    const all = anew.findings(uri);
    for (const limit of [0, 1, 3, 1000]) {
      const { findings, total } = this.project.shown(uri, limit);
      assert.equal(total, all.length, this.describe());
      assert.equal(findings.length, Math.min(limit, all.length), this.describe());
      // In the same order, with some left out.
      const rest = words(all);
      for (const line of words(findings)) {
        const index = rest.indexOf(line);
        assert.ok(index >= 0, `${line}\n${this.describe()}`);
        rest.splice(0, index + 1);
      }
    }
    const counts = new Map<string, number>();
    for (const { finding } of all) counts.set(finding.rule.id, (counts.get(finding.rule.id) ?? 0) + 1);
    assert.deepEqual(
      new Map([...this.project.counts(uri)].sort()),
      new Map([...counts].sort()),
      this.describe(),
    );
  }

  describe(): string {
    return [...this.#texts]
      .map(([name, { text }]) => `#- ${name}\n${text}`)
      .concat([...this.#configurations].map(([name, text]) => `#- ${name}\n${text}`))
      .join('\n');
  }
}

/** Everything that a reader sees of the findings in a file. */
function words(judged: readonly Judged[]): string[] {
  return judged.map(({ finding, severity }) => {
    const { at, rule, message, related } = finding;
    const others = related.map((entry) => `\n  ${where(entry.at)} ${entry.message}`);
    return `${where(at)} ${severity} ${rule.id}: ${message}${others.join('')}`;
  });
}

function where({ file, block, start, end }: Place): string {
  const from = file.positionInBlock(block, start);
  const to = file.positionInBlock(block, end);
  return `${file.uri.slice(root.length + 1)}:${from.line}:${from.character}-${to.line}:${to.character}`;
}

function outsideLineEnd(text: string, offset: number): number {
  return text[offset - 1] === '\r' && text[offset] === '\n' ? offset - 1 : offset;
}
