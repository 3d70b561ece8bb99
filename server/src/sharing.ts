/** Documents that Red Hat's extension checks, too: what both would say is left to it, so that nothing is there twice. */
import type { Client } from './client.ts';
import type { Documents } from './documents.ts';
import type { Project } from './project.ts';

/**
 * How much of a document another extension knows: nothing, YAML alone, or what our JSON Schema says as well.
 * Documents of our own language are ours alone.
 */
export type Sharing = 'none' | 'yaml' | 'schema';

/** What another extension reports by itself, by the rule of ours that says the same. */
export const reportedByOthers: Readonly<Record<Sharing, ReadonlySet<string>>> = {
  none: new Set(),
  yaml: new Set(['yaml-syntax']),
  schema: new Set(['yaml-syntax', 'no-unknown-section', 'no-unknown-property', 'valid-value']),
};

export function sharingOf(
  uri: string,
  { documents, client, project }: { documents: Documents; client: Client | undefined; project: Project },
): Sharing {
  if (documents.languageOf(uri) !== 'yaml' || client?.options.hasYamlExtension !== true) return 'none';
  return named.test(uri) || namesSchema(project, uri) ? 'schema' : 'yaml';
}

/** The files that the manifest gives a schema: `contributes.yamlValidation`. */
const named = /(?:\.lync\.ya?ml|\/lync\.config\.yaml)$/i;

/** Whether a document names its schema in its first lines. */
function namesSchema(project: Project, uri: string): boolean {
  const first = project.file(uri)?.file.blocks.first;
  return first !== undefined && /^#\s*yaml-language-server:\s*\$schema=/m.test(first.text);
}
