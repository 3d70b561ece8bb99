/** textDocument/hover: what a key is, what a value means, and what becomes of a user. */
import type * as lsp from 'vscode-languageserver-types';
import { describeSteps } from '../../model/describe.ts';
import type { Deployment } from '../../model/deployment.ts';
import { locate, type Located } from '../../model/locate.ts';
import type { LyncObject } from '../../model/object.ts';
import { readEnum, referenceName } from '../../model/values.ts';
import { counted, enumerated } from '../../model/wording.ts';
import type { Block } from '../../parser/block.ts';
import type { SourceFile } from '../../parser/sourceFile.ts';
import type { Span } from '../../parser/span.ts';
import type { Project } from '../../project.ts';
import { sectionType, type PropertyType, type SectionType } from '../../schema/schema.ts';
import { describeReach, describeReferenced } from './describeObject.ts';
import { describeProperty, scopesOf } from './describeProperty.ts';
import { describeAnchor, describeMerge, mergeIn } from './hoverAnchor.ts';
import { hoverConfiguration } from './hoverConfiguration.ts';
import { code, plain, table } from '../markdown.ts';
import { anchorIn } from '../lsp/pointed.ts';
import { toRange } from '../lsp/positions.ts';
import { featureAccounts, goesOn, signInWords, stateWords } from '../explain/userAccount.ts';

export interface HoverOptions {
  /** Another extension shows what the JSON Schema says: only what it cannot know is shown here. */
  readonly besidesSchema?: boolean;
}

/** What to show for a position; `undefined` where there is nothing to say. */
export function hover(
  project: Project,
  uri: string,
  position: lsp.Position,
  { besidesSchema = false }: HoverOptions = {},
): lsp.Hover | undefined {
  const configuration = project.configurationFile(uri);
  if (configuration) return hoverConfiguration(project, configuration, position);
  const contents = project.file(uri);
  const deployment = project.workspaceOf(uri)?.deployment;
  if (!contents || !deployment) return undefined;
  const offset = contents.file.offsetAt(position);
  const merge = mergeIn(contents, offset);
  if (merge) return hoverOf(describeMerge(contents, merge), contents.file, merge.block, merge.by);
  const located = locate(contents, offset);
  if (located && besidesSchema && isInSchema(located)) return undefined;
  const described = located ? describe(located, deployment) : [];
  const anchor = anchorIn(project, uri, position);
  if (anchor) {
    // Behind an alias stands a value like any other; in front of a value the anchor is no part of it.
    const paragraphs = [...describeAnchor(anchor), ...(anchor.isAlias ? described : [])];
    return hoverOf(paragraphs, contents.file, anchor.at.block, anchor.at);
  }
  return located && hoverOf(described, contents.file, located.block, located.node);
}

/** Whether the JSON Schema describes it: sections, keys, and values that name no other object. */
function isInSchema(located: Located): boolean {
  if (located.kind !== 'value') return true;
  const { property, object } = located;
  const names = property.type?.target ?? property.type?.items?.target;
  return names === undefined && property.name !== object.section.key;
}

function hoverOf(
  described: Iterable<string>,
  file: SourceFile,
  block: Block,
  span: Span,
): lsp.Hover | undefined {
  const value = [...described].join('\n\n');
  return value === ''
    ? undefined
    : { contents: { kind: 'markdown', value }, range: toRange(file, block, span) };
}

function* describe(located: Located, deployment: Deployment): Generator<string> {
  switch (located.kind) {
    case 'section':
      if (located.section.type) yield* describeSection(located.section.type, deployment);
      return;
    case 'key':
      if (located.property.type) yield* describeProperty(located.property.type, located.object.section);
      if (located.object.section.name === 'CsUser')
        yield* describeOwnPolicy(located.object, located.property.name, deployment);
      return;
    case 'value': {
      const { object, property } = located;
      if (property.name === object.section.key && object.section.name === 'CsUser')
        yield* describeUser(object, deployment);
      else if (property.name === object.section.key && object.section.name === 'CsUnifiedContactStore') {
        const user = deployment.find('CsUser', object.subject);
        if (user) yield* describeUser(user, deployment);
      } else if (property.name === object.section.key) yield* describeReach(object, deployment);
      else if (property.type) yield* describeValueOf(property.type, located, deployment);
    }
  }
}

function* describeSection(section: SectionType, deployment: Deployment): Generator<string> {
  yield `**${section.name}** (what ${code(section.cmdlet)} prints)`;
  yield plain(section.description);
  if (section.scopes.length > 0) yield `Scopes, the last that is defined wins: ${scopesOf(section)}.`;
  yield `This deployment has ${counted(deployment.count(section.name), 'such object')}.`;
}

/** For a policy key of a user: the one that really applies. */
function* describeOwnPolicy(user: LyncObject, key: string, deployment: Deployment): Generator<string> {
  const section = sectionType(`Cs${key}`);
  if (section?.kind !== 'policy') return;
  const effective = deployment.standing(user).effective(section.name);
  if (effective) yield `**Applies to ${code(user.subject)}:** ${plain(describeSteps(effective))}`;
}

function* describeUser(user: LyncObject, deployment: Deployment): Generator<string> {
  const standing = deployment.standing(user);
  const { on, limited } = standing.twoFactor;
  yield signInWords(user, standing);
  if (!limited) {
    if (on) yield 'Exchange is within reach: nothing is lost.';
    return;
  }
  yield 'The client cannot reach Exchange Web Services. What that takes away, and what is still on:';
  const rows = featureAccounts(user, standing, deployment).map(({ state, name, settings, effective }) => [
    stateWords(state),
    plain(name),
    plain(settings),
    effective ? plain(describeSteps(effective)) : 'the user',
  ]);
  if (rows.length > 0) yield table(['', 'Feature', 'Setting', 'Scopes looked at'], rows);
  const mode = deployment.find('CsUnifiedContactStore', user.subject)?.text('UcsMode');
  if (mode !== undefined) yield `Contacts: UcsMode is ${code(mode)}.`;
  yield `Goes on: ${enumerated(goesOn)}.`;
}

function* describeValueOf(
  type: PropertyType,
  located: Located & { kind: 'value' },
  deployment: Deployment,
): Generator<string> {
  const { property, node } = located;
  if (type.type === 'enum' && type.values) {
    const value = readEnum(type.values, property.value);
    const meaning = value === undefined ? undefined : type.valueDescriptions?.[value];
    if (value !== undefined) yield `**${code(value)}**${meaning === undefined ? '' : `: ${plain(meaning)}`}`;
  }
  const target = type.type === 'reference' ? type.target : type.items?.target;
  const name =
    target === undefined ? undefined : referenceName(type.type === 'reference' ? property.value : node);
  if (target !== undefined && name !== undefined) {
    const object = deployment.has(target) ? deployment.find(target, name) : undefined;
    if (object) yield* describeReferenced(object, deployment);
    else
      yield deployment.has(target)
        ? `No ${target} defines ${code(name)}.`
        : `No file has ${target}, so nothing is known of ${code(name)}.`;
  }
  yield* describeProperty(type, located.object.section);
}
