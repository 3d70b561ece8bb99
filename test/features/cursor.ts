/** Documents with the cursor in them: `$0` stands where it is, and is not part of the text. */
import assert from 'node:assert/strict';
import type { Position, Range } from 'vscode-languageserver-types';
import type { Project } from '../../server/src/project.ts';
import { parseFixture, root } from '../fixture.ts';
import { projectWith } from '../samples.ts';

export interface Cursor {
  readonly project: Project;
  readonly uri: string;
  readonly position: Position;
  /** The texts of all files, by URI. */
  readonly files: ReadonlyMap<string, string>;
}

/** Reads a fixture of one or several files (`#- name`) with one cursor. */
export function cursorIn(fixture: string): Cursor {
  const files = new Map<string, string>();
  let found: { uri: string; position: Position } | undefined;
  for (const [name, text] of parseFixture(fixture.replace(/^\n/, '')).files) {
    const uri = `${root}/${name}`;
    const offset = text.indexOf('$0');
    if (offset >= 0) found = { uri, position: positionAt(text, offset) };
    files.set(uri, offset < 0 ? text : text.slice(0, offset) + text.slice(offset + 2));
  }
  assert.ok(found, 'The fixture has no $0.');
  return { project: projectWith(files), ...found, files };
}

const lineEnd = /\r\n|\n|\r/g;

/** The offsets at which the lines of a text begin. Written anew here, to judge the server's own. */
export function lineStarts(text: string): number[] {
  return [0, ...Array.from(text.matchAll(lineEnd), (match) => match.index + match[0].length)];
}

export function positionAt(text: string, offset: number): Position {
  const starts = lineStarts(text).filter((start) => start <= offset);
  return { line: starts.length - 1, character: offset - (starts.at(-1) ?? 0) };
}

/** The offset of a position, which must be in the text. */
export function offsetAt(text: string, { line, character }: Position, starts = lineStarts(text)): number {
  const start = starts[line];
  assert.ok(start !== undefined, `line ${line} is in the document`);
  const end = starts[line + 1] ?? text.length;
  assert.ok(character >= 0 && start + character <= end, `character ${character} is on line ${line}`);
  return start + character;
}

export function textIn(text: string, { start, end }: Range): string {
  return text.slice(offsetAt(text, start), offsetAt(text, end));
}
