/** What tests of importers share: reading a text, and looking at what came of it. */
import { Project } from '../../server/src/project.ts';
import { rules } from '../../server/src/rules/index.ts';
import {
  ImportError,
  type Format,
  type ImportedObject,
  type ImportedValue,
  type Remark,
} from '../../server/src/importers/imported.ts';
import { root } from '../fixture.ts';

export interface Result {
  readonly objects: readonly ImportedObject[];
  readonly remarks: readonly Remark[];
  /** What the importer threw at last. */
  readonly failure: ImportError | undefined;
}

/** @param pieceLength how long the pieces are in which the text comes */
export async function imported(format: Format, text: string, pieceLength = 65_536): Promise<Result> {
  const objects: ImportedObject[] = [];
  const remarks: Remark[] = [];
  try {
    for await (const piece of format.read(pieces(text, pieceLength), 'export.xml')) {
      if ('object' in piece) objects.push(piece.object);
      else remarks.push(piece.remark);
    }
  } catch (failure) {
    if (!(failure instanceof ImportError)) throw failure;
    return { objects, remarks, failure };
  }
  return { objects, remarks, failure: undefined };
}

export function ofSection({ objects }: Result, section: string): Record<string, ImportedValue>[] {
  return objects
    .filter((object) => object.section === section)
    .map(({ properties }) => Object.fromEntries(properties));
}

/** Each as a line: kind, line of the file, message. */
export function told({ remarks }: Result): string[] {
  return remarks.map(({ kind, message, origin }) => `${kind} ${origin.line ?? '-'}: ${message}`);
}

/** What the rules find in the objects, each as a line. */
export function findingsIn(result: Result): string[] {
  const sections = [...new Set(result.objects.map(({ section }) => section))];
  const text = sections.map((name) => `${name}: ${JSON.stringify(ofSection(result, name))}\n`).join('');
  const project = new Project(rules);
  project.setFolders([root]);
  const uri = `${root}/imported.lync.yaml`;
  project.setFile(uri, text);
  project.check();
  return project
    .findings(uri)
    .map(({ finding }) => `${finding.rule.id} ${finding.object?.subject ?? ''}: ${finding.message}`);
}

async function* pieces(text: string, length: number): AsyncGenerator<string> {
  for (let from = 0; from < text.length; from += length)
    yield await Promise.resolve(text.slice(from, from + length));
}
