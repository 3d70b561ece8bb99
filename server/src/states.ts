/** A state of a deployment for the command line: a folder, or what git has of one at a revision. */
import {
  decode,
  DiskError,
  displayPath,
  findUpwards,
  git,
  isFolder,
  readText,
  toPath,
  toUri,
  yamlFilesBelow,
} from './disk.ts';
import { stateOf, type StateFile } from './emitters/state.ts';
import { UsageError } from './inputs.ts';
import { configurationFileName } from './model/configuration.ts';
import type { Deployment } from './model/deployment.ts';
import { unreadPlaces } from './model/difference.ts';

/** What reading needs of a process. */
export interface StateReader {
  readonly folder: string;
  readonly error: (text: string) => void;
}

/**
 * Reads a state as a whole. A folder is a state by itself, even inside another deployment: an export may lie there.
 * @param name a folder, or `git:REVISION`
 * @param beside the folder that git is asked for
 * @throws UsageError where it is no state of one deployment
 * @throws DiskError where not all could be read: what is not known would look as if it were gone
 */
export async function loadState(
  name: string,
  beside: string,
  { folder, error }: StateReader,
): Promise<Deployment> {
  const revision = /^git:(.*)$/s.exec(name)?.[1];
  const root = revision === undefined ? name : beside;
  if (!(await isFolder(root)))
    throw new UsageError(`'${root}' is a file, and a state is a folder or git:REVISION.`);
  const files = revision === undefined ? await filesBelow(root, error) : await filesAt(root, revision);
  const deployment = stateOf(toUri(root), files);
  if (!deployment)
    throw new UsageError(
      `There is no Lync file (*.lync.yaml, or what ${configurationFileName} names) in '${name}', or they are of deployments further down: name the folder of one.`,
    );
  const [broken] = unreadPlaces(deployment);
  if (broken)
    throw new DiskError(
      `No plan is made, because '${displayPath(broken.uri, folder)}' of '${name}' is not right in line ${broken.line + 1}: what cannot be read would look as if it were gone. 'lync-lint check' says what is wrong.`,
    );
  return deployment;
}

/** The folder of the deployment around a folder. */
export async function deploymentAround(folder: string): Promise<string> {
  const configuration = await findUpwards(folder, configurationFileName);
  return configuration === undefined ? folder : `${configuration}/..`;
}

async function filesBelow(root: string, error: (text: string) => void): Promise<StateFile[]> {
  const complaints: string[] = [];
  const files: StateFile[] = [];
  for (const uri of await yamlFilesBelow(root, (message) => complaints.push(message))) {
    const { text, encoding } = await readText(toPath(uri));
    if (encoding === 'broken')
      complaints.push(`'${toPath(uri)}' is no text in UTF-8 or UTF-16: save it as UTF-8.`);
    files.push({ uri, text });
  }
  for (const complaint of complaints) error(`lync-lint: ${complaint}`);
  if (complaints.length > 0)
    throw new DiskError('No plan is made, because not all of the deployment could be read.');
  return files;
}

interface Stored {
  readonly uri: string;
  readonly id: string;
}

async function filesAt(root: string, revision: string): Promise<StateFile[]> {
  // What begins with a hyphen would be an option, and a colon would name a file.
  if (!/^[A-Za-z0-9_@][\w./@^~{}+-]*$/.test(revision))
    throw new UsageError(
      `'${revision}' is no name of a revision. Name a commit, a branch or a tag: git:main, git:HEAD~1.`,
    );
  const folder = toPath(toUri(root));
  const listing = await git(folder, ['ls-tree', '-r', '-z', revision, '--', '.']);
  const stored = [...filesIn(listing.toString(), root)];
  const texts = textsIn(
    await git(folder, ['cat-file', '--batch'], stored.map(({ id }) => `${id}\n`).join('')),
  );
  const files = stored.map(({ uri }, index) => ({ uri, text: texts[index] ?? '' }));
  const note = files.find(({ text }) => text.startsWith('version https://git-lfs.github.com/'));
  if (note)
    throw new DiskError(
      `'${toPath(note.uri)}' is in Git LFS at '${revision}', so git has only a note of it.`,
    );
  return files;
}

/** The YAML files of a listing: `100644 blob ID<TAB>PATH<NUL>`. Links are left out, and so are folders that `check` leaves out. */
function* filesIn(listing: string, root: string): Generator<Stored> {
  for (const entry of listing.split('\0')) {
    const [, id, path] = /^100\d{3} blob ([0-9a-f]+)\t(.*)$/s.exec(entry) ?? [];
    if (id === undefined || path === undefined || !/\.ya?ml$/i.test(path)) continue;
    const folders = path.split('/').slice(0, -1);
    if (folders.some((folder) => folder.startsWith('.') || folder === 'node_modules')) continue;
    yield { uri: toUri(`${root}/${path}`), id };
  }
}

/** What `cat-file --batch` prints: for each file a line `ID blob SIZE`, its bytes, and an end of line. */
function textsIn(batch: Buffer): string[] {
  const texts: string[] = [];
  for (let at = 0; at < batch.length;) {
    const end = batch.indexOf(0x0a, at);
    const size = Number(/ blob (\d+)$/.exec(batch.toString('latin1', at, end))?.[1] ?? NaN);
    if (Number.isNaN(size)) throw new DiskError('git does not have all files of this revision.');
    texts.push(decode(batch.subarray(end + 1, end + 1 + size)).text);
    at = end + 1 + size + 1;
  }
  return texts;
}
