/** Applies fixes as an editor would, and says what they did: to the text, and to what the text says. */
import assert from 'node:assert/strict';
import * as yaml from 'yaml';
import { identityKey } from '../../server/src/schema/identity.ts';
import { isPowerShellNoise, sectionType } from '../../server/src/schema/schema.ts';
import { editsOf, type TextEdit } from '../../server/src/linter/edits.ts';
import type { Change } from '../../server/src/linter/change.ts';
import type { Finding } from '../../server/src/linter/finding.ts';
import { Project } from '../../server/src/project.ts';
import type { Workspace } from '../../server/src/workspace.ts';
import { rules } from '../../server/src/rules/index.ts';
import { root } from '../fixture.ts';
import type { Texts } from './forms.ts';

export function projectOf(texts: Texts): Project {
  const project = new Project(rules);
  project.setFolders([root]);
  for (const [name, text] of texts) project.setFile(`${root}/${name}`, text);
  return project;
}

export function workspaceOf(project: Project): Workspace {
  const [workspace] = project.workspaces;
  assert.ok(workspace);
  return workspace;
}

export function findingsOf(project: Project): Finding[] {
  return [...project.uris].flatMap((uri) => project.findings(uri).map(({ finding }) => finding));
}

/** Who has a finding of which rule. */
export function pairOf({ rule, object }: Finding): string {
  const key = object && identityKey(object.section, object.subject);
  return `${rule.id} at ${object?.section.name ?? 'the file'} ${key ?? ''}`;
}

/** Makes changes, and holds them against what they promise. */
export function apply(texts: Texts, project: Project, changes: Iterable<Change>): Texts {
  const all = [...changes];
  const edits = editsOf(all, workspaceOf(project).deployment);
  const after = new Map(texts);
  for (const [file, list] of edits) {
    const name = file.uri.slice(root.length + 1);
    const before = texts.get(name) ?? '';
    const text = edited(before, list);
    assertOnlyThere(before, text, list);
    if (isJson(before) && !text.includes('---')) assert.ok(isJson(text), `This was JSON:\n${text}`);
    after.set(name, text);
  }
  if (all.every(({ kind }) => kind !== 'replace'))
    assert.deepEqual(objectsOf(after), expectedObjects(objectsOf(texts), all), show(after));
  return after;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text.replace(/^\uFEFF/, ''));
    return true;
  } catch {
    return false;
  }
}

function edited(text: string, edits: readonly TextEdit[]): string {
  let from = 0;
  let result = '';
  for (const { start, end, text: inserted } of edits) {
    assert.ok(start >= from && end >= start, 'Edits come in order and without overlap.');
    result += text.slice(from, start) + inserted;
    from = end;
  }
  return result + text.slice(from);
}

/** Comments, order, line ends, and every line without an edit in it are as they were, but for a deeper indentation. */
function assertOnlyThere(before: string, after: string, edits: readonly TextEdit[]): void {
  if (before.includes('\r\n')) assert.doesNotMatch(after, /(?<!\r)\n/, after);
  else assert.doesNotMatch(after, /\r/, after);
  assert.equal(after.startsWith('\uFEFF'), before.startsWith('\uFEFF'), after);
  assert.equal(after.endsWith('\n'), before.endsWith('\n'), after);
  let from = 0;
  let lineStart = 0;
  for (const line of before.split('\n')) {
    const content = line.trim();
    const contentStart = lineStart + line.indexOf(content);
    const contentEnd = contentStart + content.length;
    const touched = edits.some(
      ({ start, end }) => start < contentEnd && end >= contentStart && (end > start || start > contentStart),
    );
    const comment = touched ? (/#.*$/.exec(content)?.[0] ?? '') : content;
    const commentStart = contentEnd - comment.length;
    const isMeant = edits.some(({ start, end }) => start < contentEnd && end > commentStart);
    const kept = isMeant ? '' : comment;
    const found = after.indexOf(kept, from);
    assert.ok(found >= 0, `${JSON.stringify(kept)} is lost in\n${after}`);
    from = found + kept.length;
    lineStart += line.length + 1;
  }
}

/** The objects of all texts by section and name, as a YAML reader of somebody else reads them. */
type Objects = Map<string, Record<string, unknown>[]>;

function objectsOf(texts: Texts): Objects {
  const objects: Objects = new Map();
  for (const [, text] of texts) {
    const documents = yaml.parseAllDocuments(text.replace(/^\uFEFF/, ''), {
      merge: true,
      logLevel: 'silent',
    });
    assert.ok(Array.isArray(documents));
    for (const document of documents) {
      assert.deepEqual(document.errors, [], text);
      for (const [key, value] of Object.entries((document.toJS() ?? {}) as Record<string, unknown>)) {
        const section = sectionType(key);
        if (!section || value === null) continue;
        const list = Array.isArray(value) ? (value as unknown[]) : [value];
        for (const object of list) add(objects, section.name, canonical(section.name, object));
      }
    }
  }
  return sorted(objects);
}

function add(objects: Objects, section: string, object: Record<string, unknown>): void {
  objects.set(section, [...(objects.get(section) ?? []), object]);
}

/** Names in lower case, what is not set and what PowerShell adds left out, names out of their objects. */
function canonical(section: string, object: unknown): Record<string, unknown> {
  const type = sectionType(section);
  assert.ok(type && typeof object === 'object' && object !== null);
  const entries = Object.entries(object)
    .filter(([key, value]) => value !== null && !isPowerShellNoise(type, key) && !key.startsWith('x-'))
    .map(([key, value]): [string, unknown] => {
      const named = typeof value === 'object' && value !== null && 'FriendlyName' in value;
      const plain = named ? (value as { FriendlyName: unknown }).FriendlyName : (value as unknown);
      return [
        key.toLowerCase(),
        key === 'Identity' || key === 'SipAddress' ? identityKey(type, String(plain)) : plain,
      ];
    });
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}

function sorted(objects: Objects): Objects {
  const text = (object: unknown): string => JSON.stringify(object);
  for (const list of objects.values()) list.sort((a, b) => (text(a) < text(b) ? -1 : 1));
  return new Map([...objects].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function expectedObjects(objects: Objects, changes: readonly Change[]): Objects {
  const added = new Set<string>();
  const set = new Set<string>();
  for (const change of changes) {
    if (change.kind === 'add') {
      const like = change.like && plain(change.like);
      const object = canonical(change.section, { ...like, ...Object.fromEntries(change.properties) });
      const name = `${change.section} ${String(object.identity)}`;
      if (!added.has(name)) add(objects, change.section, object);
      added.add(name);
    }
    if (change.kind === 'set') {
      const { name, key } = change.object.section;
      const wanted = canonical(name, { [key]: change.object.subject })[key.toLowerCase()];
      const target = objects.get(name)?.find((object) => object[key.toLowerCase()] === wanted);
      assert.ok(target, `${name} ${String(wanted)} is to be changed.`);
      const what = `${name} ${String(wanted)} ${change.property}`;
      if (set.has(what)) continue;
      set.add(what);
      Object.assign(target, canonical(name, { [change.property]: change.value ?? undefined }));
      if (change.value === null) Reflect.deleteProperty(target, change.property.toLowerCase());
    }
  }
  for (const [section, list] of objects)
    objects.set(
      section,
      list.map((object) => canonical(section, object)),
    );
  return sorted(objects);
}

/** An object's own and merged properties, as plain values. */
function plain(object: Extract<Change, { kind: 'set' }>['object']): Record<string, unknown> {
  const own = object.properties.filter(({ name }) => !name.startsWith('x-'));
  const texts = own.map(({ name, value }): [string, unknown] => {
    const written = value.type === 'scalar' ? value.value : undefined;
    assert.notEqual(written, undefined, `${name} is no scalar, and not compared.`);
    return [name, written];
  });
  return Object.fromEntries(texts);
}

export function show(texts: Texts): string {
  return [...texts].map(([name, text]) => `#- ${name}\n${text}`).join('\n');
}
