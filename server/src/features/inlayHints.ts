/**
 * textDocument/inlayHint: what applies where nothing is written. The policies that a user has without being granted them, and
 * the defaults of empty settings.
 */
import {
  InlayHintKind,
  type InlayHint,
  type InlayHintLabelPart,
  type Range,
} from 'vscode-languageserver-types';
import { describeSteps } from '../model/describe.ts';
import type { Deployment } from '../model/deployment.ts';
import type { EffectiveObject } from '../model/effective.ts';
import { lostFeatures, stillOn } from '../model/lostFeatures.ts';
import type { LyncObject, Property } from '../model/object.ts';
import type { Standing } from '../model/standing.ts';
import type { Block } from '../parser/block.ts';
import { isNull } from '../parser/nodes.ts';
import type { Project } from '../project.ts';
import { policyKey, sectionTypes, type PropertyType } from '../schema/schema.ts';
import { plain } from './markdown.ts';
import { isBefore, toLocation } from './lsp/positions.ts';

export interface HintOptions {
  /** The policies that apply to a user beside those that the entry names. */
  readonly policies: boolean;
  /** The defaults of settings that are empty. */
  readonly defaults: boolean;
}

/** A hint behind an offset of a block. */
interface Hint {
  readonly offset: number;
  readonly label: InlayHintLabelPart[];
  readonly tooltip: string;
}

/** What to show in the lines of a range; `undefined` for files that are none of ours, and for the configuration. */
export function inlayHints(
  project: Project,
  uri: string,
  { start, end }: Range,
  options: HintOptions,
): InlayHint[] | undefined {
  const contents = project.file(uri);
  const deployment = project.workspaceOf(uri)?.deployment;
  if (!contents || !deployment) return undefined;
  const { file } = contents;
  const hints: InlayHint[] = [];
  for (const block of file.blocksOfLines(start.line, end.line)) {
    for (const object of contents.of(block).objects) {
      for (const { offset, label, tooltip } of hintsFor(object, block, deployment, options)) {
        const position = file.positionInBlock(block, offset);
        if (isBefore(position, start) || isBefore(end, position)) continue;
        hints.push({
          position,
          label,
          kind: InlayHintKind.Type,
          tooltip: { kind: 'markdown', value: tooltip },
          paddingLeft: true,
        });
      }
    }
  }
  return hints.sort((a, b) => (isBefore(a.position, b.position) ? -1 : 1));
}

function* hintsFor(
  object: LyncObject,
  block: Block,
  deployment: Deployment,
  { policies, defaults }: HintOptions,
): Generator<Hint> {
  const { name, kind } = object.section;
  if (policies && name === 'CsUser') yield* policyHints(object, block, deployment);
  else if (defaults && (kind === 'policy' || kind === 'configuration')) yield* defaultHints(object, block);
}

const policySections = [...sectionTypes()].filter(({ kind }) => kind === 'policy').map(({ name }) => name);

/**
 * Behind a policy key that is empty, or names a policy that nobody defines: the policy that applies instead. For keys that are
 * not there, one hint for all behind the user's name, and only where the entry alone misleads: where a site or the pool decides
 * about what two-factor users lose, which nothing in the entry tells, and for a two-factor user where the policy leaves something
 * on. That Global applies is what everybody expects, and would stand at every user eleven times.
 */
function* policyHints(user: LyncObject, block: Block, deployment: Deployment): Generator<Hint> {
  const standing = deployment.standing(user);
  if (standing.pool === undefined) return;
  const unnamed: { readonly key: string; readonly effective: EffectiveObject }[] = [];
  for (const section of policySections) {
    const effective = standing.effective(section);
    if (!effective) continue;
    const key = policyKey(section);
    const property = user.property(key);
    if (property) {
      if (effective.scope === 'User' || !isHere(property, block)) continue;
      yield {
        offset: property.written.end,
        label: [{ value: '← ' }, partOf(effective)],
        tooltip: stepsOf([{ key, effective }]),
      };
    } else if (isTelling(section, effective, standing, deployment)) unnamed.push({ key, effective });
  }
  const offset = unnamed.length > 0 ? endOfName(user, block) : undefined;
  if (offset === undefined) return;
  const label = unnamed.flatMap(({ key, effective }, index) => [
    { value: `${index === 0 ? '← ' : ', '}${key} ` },
    partOf(effective),
  ]);
  yield { offset, label, tooltip: stepsOf(unnamed) };
}

function isTelling(
  section: string,
  { scope }: EffectiveObject,
  standing: Standing,
  deployment: Deployment,
): boolean {
  const features = lostFeatures.filter((feature) => feature.section === section);
  if (features.length > 0 && (scope === 'Site' || scope === 'Service')) return true;
  return standing.limited && features.some((feature) => stillOn(feature, standing, deployment).length > 0);
}

/** Behind the user's name; of an entry in braces behind the last of them. */
function endOfName(user: LyncObject, block: Block): number | undefined {
  const { written, mapping, mappingBlock } = user;
  if (written === mapping && mappingBlock === block && mapping.flow) return mapping.end;
  const name = user.property(user.section.key);
  return name && isHere(name, block) ? name.written.end : undefined;
}

function partOf({ identity, object, scope }: EffectiveObject): InlayHintLabelPart {
  const location = object && toLocation(object.at);
  // The pool's name stands in the entry, and would fill the line; the tooltip has it.
  const value = scope === 'Service' ? 'of the pool' : (identity ?? 'built-in default');
  return { value, ...(location ? { location } : {}) };
}

function stepsOf(policies: readonly { readonly key: string; readonly effective: EffectiveObject }[]): string {
  const lines = policies.map(({ key, effective }) => `- ${plain(key)}: ${plain(describeSteps(effective))}`);
  return [
    'Scopes in the order in which they are looked at; the first that is defined applies:',
    '',
    ...lines,
  ].join('\n');
}

/** Behind each setting that is empty: what applies in its place. */
function* defaultHints(object: LyncObject, block: Block): Generator<Hint> {
  for (const property of object.properties) {
    if (!property.type || !isNull(property.value) || !isHere(property, block)) continue;
    const words = defaultWords(property.type);
    if (words === undefined) continue;
    yield {
      offset: property.written.end,
      label: [{ value: `← ${words}` }],
      tooltip: `${plain(property.name)} is empty, which means not set: its own default applies, never the value of another scope.${certainty(property.type)}`,
    };
  }
}

/** `undefined` where there is nothing to say: no default is known, or it is that nothing is set. */
function defaultWords({ default: value, defaultKind }: PropertyType): string | undefined {
  if (defaultKind === 'unset') return 'the client decides';
  if (defaultKind !== 'documented' && defaultKind !== 'memory' && defaultKind !== 'conflict')
    return undefined;
  return typeof value === 'object' || value === undefined || value === ''
    ? undefined
    : `default: ${String(value)}`;
}

function certainty({ defaultKind }: PropertyType): string {
  if (defaultKind === 'memory') return ' Microsoft does not document this default.';
  return defaultKind === 'conflict' ? ' The documentation contradicts itself about this default.' : '';
}

/** Whether a property is written in a block, not brought there by a merge key. */
function isHere({ own, keyBlock, key, written }: Property, block: Block): boolean {
  return own && keyBlock === block && written.end >= key.end;
}
