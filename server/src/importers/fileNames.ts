/** Into which files imported objects go. */
import { sectionType } from '../schema/schema.ts';
import type { ImportedObject } from './imported.ts';
import { yamlOf } from './yamlWriter.ts';

/** The files of a deployment, by their paths with `/` between folders, in the order of the alphabet. */
export function filesOf(objects: Iterable<ImportedObject>): Map<string, string> {
  const byFile = new Map<string, ImportedObject[]>();
  for (const object of objects) {
    const name = fileOf(object);
    const known = byFile.get(name);
    if (known) known.push(object);
    else byFile.set(name, [object]);
  }
  const names = [...byFile.keys()].sort();
  return new Map(names.map((name) => [name, yamlOf(byFile.get(name) ?? [])]));
}

/** The file of an object: users by their pool, all else by what it is about. */
export function fileOf({ section, properties }: ImportedObject): string {
  if (section === 'CsUser') {
    const pool = properties.get('RegistrarPool');
    return `users/${safeName(typeof pool === 'string' ? pool : '') ?? 'no-pool'}.lync.yaml`;
  }
  switch (sectionType(section)?.kind) {
    case 'topology':
      return 'topology.lync.yaml';
    case 'policy':
      return 'policies.lync.yaml';
    case 'user':
      return 'contacts.lync.yaml';
    default:
      return 'settings.lync.yaml';
  }
}

/**
 * A name that every file system takes: in lower case, of letters, digits, dots, dashes and underscores, and none that Windows
 * keeps for devices, which it does behind any extension. `undefined` where nothing is left.
 */
export function safeName(text: string): string | undefined {
  const name = text
    .toLowerCase()
    .replace(/[^a-z0-9._-]+/g, '-')
    .replace(/^[.-]+|[.-]+$/g, '')
    .slice(0, longestName);
  if (name === '') return undefined;
  return /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/.test(name) ? `pool-${name}` : name;
}

const longestName = 100;
