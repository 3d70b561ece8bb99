/** lync/usersOf, a request of our own: who is counted in a code lens. */
import type { Location } from 'vscode-languageserver-types';
import { usersOf as usersOfStandings } from '../../model/audience.ts';
import type { LyncObject } from '../../model/object.ts';
import type { Project } from '../../project.ts';
import {
  audienceAt,
  blocksBelow,
  lensSubject,
  type ObjectSubject,
  type SectionSubject,
} from './lensSubject.ts';
import { counted } from '../../model/wording.ts';
import { toLocation } from '../lsp/positions.ts';

export interface UserList {
  readonly title: string;
  /** The first of them, those with two factors in front, by file and place. */
  readonly locations: readonly Location[];
  /** How many there are. */
  readonly total: number;
}

/** More than these nobody reads. */
const mostListed = 1000;

/**
 * The users of a lens.
 * @param data what came as the argument of the lens's command: see {@link LensData}; nothing in it is believed
 * @returns `undefined` where that names nothing that is there
 */
export function usersOf(project: Project, data: unknown, most = mostListed): UserList | undefined {
  const subject = lensSubject(project, data);
  if (!subject) return undefined;
  const { users, words } = subject.what === 'section' ? ofSection(subject) : ofObject(subject);
  const { deployment } = subject.workspace;
  const locations: Location[] = [];
  for (const twoFactor of [true, false]) {
    for (const contents of deployment.files) {
      for (const user of inOrder(contents.file.blocks, users)) {
        if (locations.length >= most) break;
        if (deployment.standing(user).twoFactor.on !== twoFactor) continue;
        const location = toLocation(user.at);
        if (location) locations.push(location);
      }
    }
  }
  const total = [...users.values()].reduce((sum, list) => sum + list.length, 0);
  return { title: words(total), locations, total };
}

/** Users by the block that they stand in. */
type Users = ReadonlyMap<LyncObject['block'], readonly LyncObject[]>;

interface Listed {
  readonly users: Users;
  readonly words: (total: number) => string;
}

function ofSection(subject: SectionSubject): Listed {
  const below = subject.block.kind === 'header' ? blocksBelow(subject) : new Set([subject.block]);
  const standings = [...subject.workspace.deployment.populated()].filter(({ twoFactor }) => twoFactor.on);
  const users = byBlock([...usersOfStandings(standings)].filter(({ block }) => below.has(block)));
  return { users, words: (total) => `${counted(total, 'two-factor user')} in this section` };
}

function ofObject(subject: ObjectSubject): Listed {
  const { object, what } = subject;
  const standings = audienceAt(subject)?.standings ?? [];
  const name = `'${object.subject}' (${object.section.name})`;
  if (what === 'scope')
    return {
      users: byBlock(usersOfStandings(standings)),
      words: (total) => `${counted(total, 'user')} of ${name}`,
    };
  const withTwo = standings.filter(({ twoFactor }) => twoFactor.on);
  const users = byBlock(usersOfStandings(withTwo.length > 0 ? withTwo : standings));
  const noun = withTwo.length > 0 ? 'two-factor user' : 'user';
  return { users, words: (total) => `${counted(total, noun)} of ${name}` };
}

function byBlock(users: Iterable<LyncObject>): Users {
  const found = new Map<LyncObject['block'], LyncObject[]>();
  for (const user of users) {
    const same = found.get(user.block);
    if (same) same.push(user);
    else found.set(user.block, [user]);
  }
  return found;
}

function* inOrder(blocks: Iterable<LyncObject['block']>, users: Users): Generator<LyncObject> {
  for (const block of blocks) {
    const here = users.get(block);
    if (here) yield* here.length > 1 ? [...here].sort((a, b) => a.at.start - b.at.start) : here;
  }
}
