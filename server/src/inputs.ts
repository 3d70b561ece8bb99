/** What the command line is asked to look at: from paths to a project with the texts of their deployments. */
import type { LargeFile, Setup } from './batch.ts';
import {
  DiskError,
  findUpwards,
  isFolder,
  readText,
  sizeOf,
  toPath,
  toUri,
  yamlFilesBelow,
  type Encoding,
} from './disk.ts';
import { configurationFileName } from './model/configuration.ts';
import { isConfiguration, type Project } from './project.ts';

/** Something that the caller can put right; its message says how. */
export class UsageError extends Error {}

/** What reading needs of a process. */
export interface Surroundings {
  readonly folder: string;
  readonly input: () => Promise<string>;
  readonly error: (text: string) => void;
}

export interface Input {
  /** The files whose findings are wanted; others of their deployments were read to judge them. */
  readonly reported: ReadonlySet<string>;
  /** Whether a file is at the paths, if there is one of that URI. */
  readonly isAsked: (uri: string) => boolean;
  readonly encodings: ReadonlyMap<string, Encoding>;
  /** What could not be read, in sentences that were said. */
  readonly unread: readonly string[];
  /** Files that were not read, because they are to be looked at piece by piece. */
  readonly large: readonly LargeFile[];
  /** What was read, for those who look at the pieces; nothing where no file is large. */
  readonly read: Pick<Setup, 'folders' | 'configurations' | 'files'>;
}

/**
 * Reads the deployments at the paths: all of each, even if only a part of it was named.
 * @param large the size, in bytes, from which on files are left for later
 * @param parts into how many pieces such a file is divided at least
 */
export async function load(
  project: Project,
  named: readonly string[],
  { folder: here, error }: Surroundings,
  { large: threshold = Infinity, parts = 1 } = {},
): Promise<Input> {
  const paths = named.length > 0 ? named : ['.'];
  const folders: string[] = [];
  const encodings = new Map<string, Encoding>();
  const loose: string[] = [];
  const complaints: string[] = [];
  const complain = (message: string): void => {
    complaints.push(message);
    error(`lync-lint: ${message}`);
  };
  for (const path of paths) {
    const folder = await isFolder(path);
    const configuration = await findUpwards(folder ? path : `${path}/..`, configurationFileName);
    const root = configuration === undefined ? path : `${configuration}/..`;
    if (folder || configuration !== undefined) folders.push(toUri(root));
    if (!folder) loose.push(toUri(path));
  }
  const projectFolders = [...folders, toUri(here)];
  project.setFolders(projectFolders);
  const candidates = new Set<string>();
  for (const folder of new Set(folders))
    for (const uri of await yamlFilesBelow(toPath(folder), complain)) candidates.add(uri);
  const read = async (uri: string, use: (text: string) => void): Promise<void> => {
    try {
      const { text: content, encoding } = await readText(toPath(uri));
      encodings.set(uri, encoding);
      use(content);
    } catch (failure) {
      if (!(failure instanceof DiskError)) throw failure;
      complain(failure.message);
    }
  };
  const configurations: [uri: string, text: string][] = [];
  for (const uri of candidates)
    if (isConfiguration(uri))
      await read(uri, (content) => {
        project.setConfiguration(uri, content);
        configurations.push([uri, content]);
      });

  const wanted = new Map<string, { readonly named: boolean }>();
  for (const uri of candidates)
    if (!isConfiguration(uri) && project.wants(uri)) wanted.set(uri, { named: false });
  for (const uri of loose) if (!isConfiguration(uri)) wanted.set(uri, { named: true });
  const large: LargeFile[] = [];
  const files: { uri: string; text: string; named: boolean }[] = [];
  for (const [uri, options] of wanted) {
    const size = threshold === Infinity ? 0 : await sizeOf(toPath(uri));
    if (size >= threshold) {
      large.push({ uri, ...options, parts: Math.ceil(size / mostOfPiece / parts) * parts, size });
      continue;
    }
    await read(uri, (content) => {
      project.setFile(uri, content, options);
      files.push({ uri, text: content, ...options });
    });
  }
  // Who is in a large file and who is in a small one may be the same.
  for (const file of large.length > 0 ? files.filter(({ uri }) => hasPeople(project, uri)) : []) {
    files.splice(files.indexOf(file), 1);
    project.removeFile(file.uri);
    large.push({ uri: file.uri, named: file.named, parts: 1, size: file.text.length });
  }

  const asked = paths.map(toUri);
  const isAsked = (uri: string): boolean => asked.some((path) => uri === path || uri.startsWith(`${path}/`));
  const reported = new Set(
    [...project.uris, ...candidates, ...large.map(({ uri }) => uri)].filter(
      (uri) => isAsked(uri) && (encodings.has(uri) || wanted.has(uri)),
    ),
  );
  const isWanted = (uri: string): boolean =>
    wanted.has(uri) || asked.includes(uri) || project.findings(uri).length > 0;
  if (![...reported].some(isWanted) && complaints.length === 0) {
    throw new UsageError(
      `There is no Lync file (*.lync.yaml, or what ${configurationFileName} names) at ${paths.map((path) => `'${path}'`).join(', ')}.`,
    );
  }
  const kept = large.length > 0 ? { configurations, files } : { configurations: [], files: [] };
  return {
    reported,
    isAsked,
    encodings,
    unread: complaints,
    large,
    read: { folders: projectFolders, ...kept },
  };
}

function hasPeople(project: Project, uri: string): boolean {
  return (
    project
      .file(uri)
      ?.sections()
      .some(({ type }) => type?.kind === 'user') ?? false
  );
}

/** How much of a file, in bytes, is looked at in one piece at most. */
const mostOfPiece = 16 * 1024 * 1024;

/** One file from standard input, in the deployment that its name puts it into. */
export async function loadInput(
  project: Project,
  name: string | undefined,
  paths: readonly string[],
  surroundings: Surroundings,
): Promise<Input> {
  if (paths.length > 0) throw new UsageError('--stdin takes no path: --stdin-filename names the file.');
  const uri = toUri(name ?? 'stdin.lync.yaml');
  const configuration =
    name === undefined ? undefined : await findUpwards(`${name}/..`, configurationFileName);
  let unread: readonly string[] = [];
  if (configuration === undefined) {
    project.setFolders([toUri(surroundings.folder)]);
  } else {
    ({ unread } = await load(project, [`${configuration}/..`], surroundings));
  }
  const content = await surroundings.input();
  if (isConfiguration(uri)) project.setConfiguration(uri, content);
  else project.setFile(uri, content, { named: true });
  return {
    reported: new Set([uri]),
    isAsked: (asked) => asked === uri,
    encodings: new Map(),
    unread,
    large: [],
    read: { folders: [], configurations: [], files: [] },
  };
}
