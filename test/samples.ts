/** The sample deployments, as a project of the tests. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isConfiguration, Project } from '../server/src/project.ts';
import { rules } from '../server/src/rules/index.ts';
import { root } from './fixture.ts';

export const sampleNames = ['contoso', 'exported', 'monday-morning'] as const;
/** Those that are written without mistakes. */
export const cleanSamples: readonly SampleName[] = ['contoso', 'exported'];
export type SampleName = (typeof sampleNames)[number];

export function sampleFolder(name: SampleName): string {
  return join(dirname(dirname(fileURLToPath(import.meta.url))), 'samples', name);
}

/** The files of a sample: texts by URI, as if the sample were the workspace folder. */
export function sampleFiles(name: SampleName): Map<string, string> {
  const folder = sampleFolder(name);
  return new Map(
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.yaml'))
      .sort()
      .map((path) => [
        `${root}/${path.replaceAll('\\', '/')}`,
        readFileSync(join(folder, path), 'utf8').replaceAll('\r\n', '\n'),
      ]),
  );
}

export function projectWith(files: ReadonlyMap<string, string>): Project {
  const project = new Project(rules);
  project.setFolders([root]);
  for (const [uri, text] of files) {
    if (isConfiguration(uri)) project.setConfiguration(uri, text);
    else project.setFile(uri, text);
  }
  return project;
}
