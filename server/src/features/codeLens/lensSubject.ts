/** What a code lens is about, and the users whom it counts: the same for its words and for the list that it opens. */
import type { Position } from 'vscode-languageserver-types';
import { audienceOf, type Audience } from '../../model/audience.ts';
import type { FileContents } from '../../model/contents.ts';
import type { Deployment } from '../../model/deployment.ts';
import { objectAt } from '../../model/locate.ts';
import type { LyncObject } from '../../model/object.ts';
import { fqdnOf } from '../../model/topology.ts';
import { isRegistrarPool } from '../../model/twoFactorPools.ts';
import type { Block } from '../../parser/block.ts';
import { touches } from '../../parser/span.ts';
import type { Project } from '../../project.ts';
import { parseIdentity } from '../../schema/identity.ts';
import type { SectionType } from '../../schema/schema.ts';
import type { Workspace } from '../../workspace.ts';
import { isPosition } from '../lsp/received.ts';

/** A section's header; a pool, or the configuration that says how its users sign in; anything else that has a scope. */
const lensKinds = ['section', 'pool', 'scope'] as const;
export type LensKind = (typeof lensKinds)[number];

/** What of a lens goes over the wire and comes back: every field is looked up, none believed. */
export interface LensData {
  readonly uri: string;
  readonly position: Position;
  readonly what: LensKind;
}

export interface SectionSubject {
  readonly what: 'section';
  readonly workspace: Workspace;
  readonly contents: FileContents;
  readonly block: Block;
  readonly section: SectionType;
}

export interface ObjectSubject {
  readonly what: 'pool' | 'scope';
  readonly workspace: Workspace;
  readonly object: LyncObject;
}

/** What a lens is about that was given at a place; `undefined` where nothing of that kind is there any more. */
export function lensSubject(project: Project, data: unknown): SectionSubject | ObjectSubject | undefined {
  if (!isLensData(data)) return undefined;
  const { uri, position, what } = data;
  const workspace = project.workspaceOf(uri);
  const contents = project.file(uri);
  if (!workspace || !contents) return undefined;
  const offset = contents.file.offsetAt(position);
  const found = contents.file.blocks.at(offset);
  if (!found || contents.isPerson(found.block)) return undefined;
  const { block, start } = found;
  if (what === 'section') {
    const type = contents.of(block).sections.find(({ key }) => touches(key, offset - start.offset))?.type;
    return type && { what, workspace, contents, block, section: type };
  }
  const object = objectAt(contents, offset);
  return object && kindOf(object) === what ? { what, workspace, object } : undefined;
}

/** Which lens an object has; `undefined`: none. */
export function kindOf({ section }: LyncObject): LensKind | undefined {
  if (section.name === 'CsPool' || section.name === 'CsWebServiceConfiguration') return 'pool';
  const isScoped = section.kind === 'policy' || section.kind === 'configuration';
  return isScoped && section.scopes.length > 0 ? 'scope' : undefined;
}

/** The users of an object: who are homed on the pool, or whom it applies to; `undefined` if that is nobody. */
export function audienceAt({ object, workspace: { deployment } }: ObjectSubject): Audience | undefined {
  if (object.section.name === 'CsPool') {
    const name = fqdnOf(object);
    return name === undefined ? undefined : deployment.audienceOfPool(name);
  }
  const edge = edgeOf(object);
  if (edge === undefined) return deployment.audience(object);
  const pools = deployment.topology.poolsBehindEdge(edge);
  const standings = pools.flatMap((pool) => deployment.audienceOfPool(pool)?.standings ?? []);
  return standings.length > 0 ? audienceOf(standings) : undefined;
}

/** The Edge pool that a configuration belongs to: it reaches those who come in through that pool. */
export function edgeOf(object: LyncObject): string | undefined {
  const { scope, role, name } = parseIdentity(object.subject);
  return scope === 'Service' && role?.toLowerCase() === 'edgeserver' ? name : undefined;
}

/** Whether people may be homed on the pool that an object is, or belongs to: on Edge pools, Directors and the like nobody is. */
export function mayHomeUsers(object: LyncObject, deployment: Deployment): boolean {
  const { scope, name } = parseIdentity(object.subject);
  const pool = object.section.name === 'CsPool' ? fqdnOf(object) : scope === 'Service' ? name : undefined;
  return pool === undefined || isRegistrarPool(deployment, pool);
}

/** The blocks of the section that a header begins. */
export function blocksBelow({ contents: { file }, block }: SectionSubject): Set<Block> {
  const below = new Set<Block>();
  let isBelow = false;
  for (const other of file.blocks) {
    if (isBelow && other.kind !== 'item' && other.kind !== 'aside' && other.kind !== 'elided') break;
    if (isBelow) below.add(other);
    isBelow ||= other === block;
  }
  return below;
}

function isLensData(data: unknown): data is LensData {
  if (typeof data !== 'object' || data === null) return false;
  const { uri, position, what } = data as Partial<Record<keyof LensData, unknown>>;
  return typeof uri === 'string' && lensKinds.includes(what as LensKind) && isPosition(position);
}
