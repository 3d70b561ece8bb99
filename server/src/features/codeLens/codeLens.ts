/** textDocument/codeLens: above sections how many there are, above pools, policies and configurations whom they reach. */
import type { CodeLens, Command, Range } from 'vscode-languageserver-types';
import { byPool, usersOf, type Audience } from '../../model/audience.ts';
import type { Deployment } from '../../model/deployment.ts';
import type { LyncObject } from '../../model/object.ts';
import type { Standing } from '../../model/standing.ts';
import type { Project } from '../../project.ts';
import { parseIdentity } from '../../schema/identity.ts';
import { nouns } from '../../schema/nouns.ts';
import type { SectionType } from '../../schema/schema.ts';
import {
  audienceAt,
  blocksBelow,
  edgeOf,
  kindOf,
  lensSubject,
  mayHomeUsers,
  type LensData,
  type LensKind,
  type ObjectSubject,
  type SectionSubject,
} from './lensSubject.ts';
import { counted, grouped } from '../../model/wording.ts';
import { toRange } from '../lsp/positions.ts';

/** The command that lists the users of a lens; the client has it. Its one argument is a {@link LensData}. */
const showUsersCommand = 'lync.showUsers';

/** The lenses of a file, without words. Entries of people have none, so that a large file costs no more than a small one. */
export function codeLenses(project: Project, uri: string): CodeLens[] | undefined {
  const contents = project.file(uri);
  const deployment = project.workspaceOf(uri)?.deployment;
  if (!contents || !deployment) return undefined;
  const lenses: CodeLens[] = [];
  const add = (range: Range, what: LensKind): void => {
    const data: LensData = { uri, position: range.start, what };
    lenses.push({ range, data });
  };
  // Without users in the files nothing can be said of whom something reaches.
  const hasUsers = deployment.has('CsUser');
  for (const block of contents.file.blocks) {
    if (contents.isPerson(block)) continue;
    const { sections, objects } = contents.of(block);
    for (const { key, type } of sections)
      if (type && block.kind !== 'aside') add(toRange(contents.file, block, key), 'section');
    for (const object of hasUsers ? objects : []) {
      const what = kindOf(object);
      if (what === undefined || (what === 'pool' && !hasLens(object, deployment))) continue;
      const start = startOf(object);
      add(toRange(contents.file, block, { start, end: start }), what);
    }
  }
  return lenses;
}

/** A lens with its words; `undefined` where what it was given for is not there any more. */
export function resolveCodeLens(project: Project, lens: CodeLens): CodeLens | undefined {
  const subject = lensSubject(project, lens.data);
  if (!subject) return undefined;
  const { title, opens } =
    subject.what === 'section'
      ? sectionWords(subject)
      : subject.what === 'pool'
        ? poolWords(subject)
        : scopeWords(subject);
  const command: Command = opens
    ? { title, command: showUsersCommand, arguments: [lens.data] }
    : // Without a command a lens is text.
      { title, command: '' };
  return { ...lens, command };
}

interface Words {
  readonly title: string;
  /** Whether there is somebody to list. */
  readonly opens: boolean;
}

function sectionWords(subject: SectionSubject): Words {
  const { section, workspace, contents, block } = subject;
  const { deployment } = workspace;
  const all = deployment.count(section.name);
  if (section.name === 'CsUser') {
    const { users, twoFactorUsers } = usersBelow(subject);
    const elsewhere = all > users ? `; ${grouped(all)} in all files` : '';
    const known = twoFactorUsers > 0 || deployment.has('CsWebServiceConfiguration');
    const factors = users > 0 && known ? `, ${shareWords(twoFactorUsers, users)}` : '';
    return { title: `${counted(users, 'user')}${factors}${elsewhere}`, opens: twoFactorUsers > 0 };
  }
  const here =
    block.kind === 'header'
      ? [...blocksBelow(subject)].filter(({ kind }) => kind === 'item').length
      : contents.of(block).objects.filter((object) => object.section === section).length;
  const elsewhere = all > here ? `; ${grouped(all)} in all files` : '';
  return { title: `${counted(here, ...nounOf(section))}${elsewhere}`, opens: false };
}

/** The users of a section of one file, as far as they have entered the deployment, and how many of them have two factors. */
function usersBelow(subject: SectionSubject): Pick<Audience, 'users' | 'twoFactorUsers'> {
  let [users, twoFactorUsers] = [0, 0];
  for (const { standing, size } of standingsBelow(subject)) {
    users += size;
    if (standing.twoFactor.on) twoFactorUsers += size;
  }
  return { users, twoFactorUsers };
}

function* standingsBelow(subject: SectionSubject): Generator<{ standing: Standing; size: number }> {
  const below = subject.block.kind === 'header' ? blocksBelow(subject) : new Set([subject.block]);
  for (const standing of subject.workspace.deployment.populated()) {
    let size = 0;
    for (const { block } of standing.users) if (below.has(block)) size++;
    if (size > 0) yield { standing, size };
  }
}

function poolWords(subject: ObjectSubject): Words {
  const { object, workspace } = subject;
  const audience = audienceAt(subject);
  if (!audience)
    return object.section.name === 'CsPool'
      ? { title: 'no user in these files is homed here', opens: false }
      : nobody(object, workspace.deployment);
  const { users, twoFactorUsers, standings } = audience;
  const isKnown = twoFactorUsers > 0 || workspace.deployment.has('CsWebServiceConfiguration');
  const who =
    twoFactorUsers === 0
      ? `${counted(users, 'user')}${isKnown ? ', none with two factors' : ''}`
      : `${counted(twoFactorUsers, 'two-factor user')}${twoFactorUsers < users ? ` of ${grouped(users)}` : ''}`;
  const pools = byPool(audience).length;
  const where = pools > 1 ? ` on ${grouped(pools)} pools` : '';
  const findings = workspace.countAt(usersOf(standings));
  return { title: `${who}${where}, ${counted(findings, 'finding')}`, opens: true };
}

function scopeWords(subject: ObjectSubject): Words {
  const { object, workspace } = subject;
  const audience = audienceAt(subject);
  if (!audience) return nobody(object, workspace.deployment);
  const { users, twoFactorUsers } = audience;
  const share = twoFactorUsers > 0 ? ` (${shareWords(twoFactorUsers, users)})` : '';
  const verb = edgeOf(object) === undefined ? 'applies to' : 'lets in';
  return { title: `${verb} ${counted(users, 'user')}${share}`, opens: true };
}

function nobody(object: LyncObject, deployment: Deployment): Words {
  const isUnknown = (): boolean =>
    [...deployment.populated()].some((standing) => standing.effective(object.section.name) === undefined);
  if (!mayHomeUsers(object, deployment))
    return { title: 'belongs to a pool on which nobody is homed', opens: false };
  // Without the site of a pool, nobody can say which of two scopes its users have.
  if (parseIdentity(object.subject).scope !== 'User' && isUnknown())
    return { title: 'the files do not say to whom this applies', opens: false };
  return { title: 'applies to nobody in these files', opens: false };
}

function shareWords(twoFactorUsers: number, users: number): string {
  if (twoFactorUsers === 0) return 'none with two factors';
  if (users === 1) return 'with two factors';
  return `${twoFactorUsers === users ? 'all' : grouped(twoFactorUsers)} with two factors`;
}

/** Edge pools, stores and gateways have no users, and a lens that says so would be noise. */
function hasLens(object: LyncObject, deployment: Deployment): boolean {
  return object.section.name !== 'CsPool' || mayHomeUsers(object, deployment);
}

/** Where an object begins in its block, behind its dash: found without reading it where that is easy. */
function startOf(object: LyncObject): number {
  const { block } = object;
  return block.kind === 'item' ? (/^[ \t]*-[ \t]*/.exec(block.text)?.[0].length ?? 0) : object.written.start;
}

function nounOf({ name, kind }: SectionType): readonly [one: string, many?: string] {
  if (kind === 'policy') return ['policy', 'policies'];
  if (kind === 'configuration') return ['configuration'];
  return nouns[name] ?? ['entry', 'entries'];
}
