/** lync/explain, a request of our own: what Lync makes of a user, pool, site, policy or configuration, as a document to read. */
import type { Position } from 'vscode-languageserver-types';
import { byPool, describeAudience } from '../../model/audience.ts';
import { describeSteps } from '../../model/describe.ts';
import { objectAt } from '../../model/locate.ts';
import type { LyncObject } from '../../model/object.ts';
import type { Standing } from '../../model/standing.ts';
import { fqdnOf, poolOf } from '../../model/topology.ts';
import { twoFactorSteps } from '../../model/twoFactor.ts';
import type { Project } from '../../project.ts';
import { policyKey, sectionTypes } from '../../schema/schema.ts';
import type { Workspace } from '../../workspace.ts';
import { contactsOf } from './contacts.ts';
import { explainPool, explainSite } from './explainPool.ts';
import { findingsOf, productOf, whereOf } from './explaining.ts';
import { audienceAt, kindOf } from '../codeLens/lensSubject.ts';
import { code, plain, table } from '../markdown.ts';
import { counted, grouped } from '../../model/wording.ts';
import {
  featureAccounts,
  goesOn,
  placeOfLeft,
  remedyWords,
  settingWords,
  signInWords,
  stateWords,
} from './userAccount.ts';

export interface Explanation {
  /** Plain text, in one line. */
  readonly title: string;
  readonly markdown: string;
}

/** What to tell of the object at a position; `undefined` where none is that can be explained. */
export function explain(project: Project, uri: string, position: Position): Explanation | undefined {
  const workspace = project.workspaceOf(uri);
  const contents = project.file(uri);
  const object = contents && objectAt(contents, contents.file.offsetAt(position));
  if (!workspace || !object) return undefined;
  const { deployment } = workspace;
  if (object.section.kind === 'user') {
    const user = object.section.name === 'CsUser' ? object : deployment.find('CsUser', object.subject);
    return user && explanation(user, explainUser(user, project, workspace));
  }
  if (object.section.name === 'CsSite') return explanation(object, explainSite(object, project, workspace));
  if (object.section.name === 'CsPool' || object.section.name === 'CsService') {
    const pool = object.section.name === 'CsPool' ? fqdnOf(object) : poolOf(object);
    if (pool === undefined || pool === '') return undefined;
    const known = deployment.find('CsPool', pool) ?? object;
    return explanation(
      known.section.name === 'CsPool' ? known : object,
      explainPool(pool, project, workspace),
    );
  }
  if (kindOf(object) === undefined) return undefined;
  return explanation(object, explainScope(object, project, workspace));
}

function explanation(object: LyncObject, paragraphs: Iterable<string>): Explanation {
  const title = object.subject.replaceAll(/[\p{Cc}\u2028-\u202E\u2066-\u2069]+/gu, ' ').trim();
  return { title: title === '' ? object.section.name : title, markdown: `${[...paragraphs].join('\n\n')}\n` };
}

function* explainUser(user: LyncObject, project: Project, workspace: Workspace): Generator<string> {
  const { deployment } = workspace;
  const standing = deployment.standing(user);
  const name = user.text('DisplayName');
  yield `# ${code(user.subject)}${name === undefined ? '' : `, ${plain(name)}`}`;
  yield signInWords(user, standing);
  yield stepsOf(standing, workspace);
  yield homeOf(standing, workspace);

  if (standing.limited) {
    yield '## What two factors take away';
    yield 'The client cannot reach Exchange Web Services. What that takes away, and what is still on:';
    const rows = featureAccounts(user, standing, deployment).map((account) => [
      stateWords(account.state),
      plain(account.name),
      plain(account.settings),
      whereOf(account.at, workspace),
      plain(account.remedy ?? ''),
    ]);
    yield rows.length > 0
      ? table(['', 'Feature', 'Setting', 'Comes from', 'Remedy'], rows)
      : 'No file has the policies that decide.';
    yield '## What goes on';
    yield goesOn.map((entry) => `- ${entry}`).join('\n');
  } else if (standing.twoFactor.on) yield 'Exchange is within reach: nothing is lost.';

  yield '## Contacts';
  yield* contactsOf(user, standing, deployment);
  yield '## Policies';
  yield* applyingOf('policy', standing, workspace);
  yield '## Configurations of the pool';
  yield* applyingOf('configuration', standing, workspace);
  yield '## Findings';
  const store = deployment.find('CsUnifiedContactStore', user.subject);
  yield findingsOf([user, ...(store ? [store] : [])], project);
}

/** The three places in which a second factor may be declared, in the order in which they are looked at. */
function stepsOf(standing: Standing, workspace: Workspace): string {
  const rows = twoFactorSteps(workspace.deployment, standing).map(({ where, says, decides, at }, index) => [
    String(index + 1),
    plain(where),
    plain(says),
    at ? whereOf(at, workspace) : '',
    decides ? '**decides**' : '',
  ]);
  return table(['', 'Looked at', 'Says', 'Where', ''], rows);
}

function homeOf({ pool }: Standing, workspace: Workspace): string {
  if (pool === undefined) return 'Registrar pool: none.';
  const { topology } = workspace.deployment;
  const object = workspace.deployment.find('CsPool', pool);
  const where = object ? ` (${whereOf(object.at, workspace)})` : '';
  const site = topology.siteOf(pool);
  const version = topology.versionOf(pool);
  return [
    `- Registrar pool: ${code(pool)}${where}`,
    `- Site: ${site === undefined ? 'the files do not say' : code(site)}`,
    `- Product: ${productOf(version) ?? 'the files do not say'}`,
  ].join('\n');
}

/** The policies or configurations that apply, each with the scopes that were looked at on the way to it. */
function* applyingOf(
  kind: 'policy' | 'configuration',
  standing: Standing,
  workspace: Workspace,
): Generator<string> {
  const rows: string[][] = [];
  const absent: string[] = [];
  const open: string[] = [];
  for (const section of sectionTypes()) {
    if (section.kind !== kind || section.scopes.length === 0) continue;
    const name = kind === 'policy' ? policyKey(section.name) : section.name;
    const effective = standing.effective(section.name);
    if (!effective) {
      (workspace.deployment.has(section.name) ? open : absent).push(name);
      continue;
    }
    const { object, identity } = effective;
    rows.push([
      plain(name),
      plain(identity ?? 'built-in default'),
      whereOf(object?.at, workspace),
      plain(describeSteps(effective)),
    ]);
  }
  if (rows.length > 0)
    yield table(
      [kind === 'policy' ? 'Policy' : 'Configuration', 'Applies', 'Defined in', 'Scopes looked at'],
      rows,
    );
  if (open.length > 0)
    yield `The files do not say which applies, because they do not say in which site the pool is: ${open.join(', ')}.`;
  if (absent.length > 0) yield `No file has ${absent.join(', ')}: what applies there is not known.`;
}

function* explainScope(object: LyncObject, project: Project, workspace: Workspace): Generator<string> {
  const { deployment } = workspace;
  yield `# ${code(object.subject)} (${object.section.name})`;
  yield plain(object.section.description);
  const what = kindOf(object) === 'pool' ? 'pool' : 'scope';
  const audience = audienceAt({ what, workspace, object });
  yield '## Whom it reaches';
  if (audience) {
    yield `It applies to ${describeAudience(audience)}.`;
    const rows = byPool(audience).map(({ pool, audience: { users, twoFactorUsers } }) => [
      plain(pool),
      grouped(users),
      grouped(twoFactorUsers),
    ]);
    if (rows.length > 0) yield table(['Pool', 'Users', 'With two factors'], rows);
  } else yield 'It applies to nobody in these files, as far as they say.';

  const reach = deployment.reach(object);
  if (reach && reach.limitedUsers > 0) {
    yield '## What it leaves on';
    if (reach.left.size === 0) yield 'Nothing that two-factor users have lost.';
    else {
      yield `For ${counted(reach.limitedUsers, 'two-factor user')} whose client cannot reach Exchange Web Services:`;
      const rows = Array.from(reach.left, ([{ name }, left]) => [
        plain(name),
        plain(settingWords(left)),
        whereOf(placeOfLeft(left), workspace),
        plain(remedyWords(left, object, deployment)),
      ]);
      yield table(['Feature', 'Setting', 'Comes from', 'Remedy'], rows);
    }
  }
  yield '## Findings';
  yield findingsOf([object], project);
}
