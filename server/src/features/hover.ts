/** textDocument/hover: what a key is, what a value means, and what becomes of a user. */
import type * as lsp from 'vscode-languageserver-types';
import { count } from '../linter/policyFix.ts';
import { describeSteps, describeValue } from '../model/describe.ts';
import type { Deployment } from '../model/deployment.ts';
import { lostFeatures, stillOn } from '../model/lostFeatures.ts';
import { locate, type Located } from '../model/locate.ts';
import type { LyncObject } from '../model/object.ts';
import { readEnum, referenceName } from '../model/values.ts';
import type { Project } from '../project.ts';
import { sectionType, type PropertyType, type SectionType } from '../schema/schema.ts';
import { code, plain } from './markdown.ts';
import { toRange } from './positions.ts';

/** What to show for a position; `undefined` where there is nothing to say. */
export function hover(project: Project, uri: string, position: lsp.Position): lsp.Hover | undefined {
  const contents = project.file(uri);
  const deployment = project.workspaceOf(uri)?.deployment;
  if (!contents || !deployment) return undefined;
  const located = locate(contents, contents.file.offsetAt(position));
  if (!located) return undefined;
  const paragraphs = [...describe(located, deployment)];
  if (paragraphs.length === 0) return undefined;
  return {
    contents: { kind: 'markdown', value: paragraphs.join('\n\n') },
    range: toRange(contents.file, located.block, located.node),
  };
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
  yield `${count(deployment.count(section.name), 'object')} in this deployment.`;
}

function scopesOf({ scopes, serviceRoles }: SectionType): string {
  const words = scopes.map((scope) =>
    scope === 'Service' ? `Service (${serviceRoles.join(', ')})` : scope === 'User' ? 'per user' : scope,
  );
  return words.join(', ');
}

function* describeProperty(type: PropertyType, section: SectionType): Generator<string> {
  yield `**${type.name}** (${section.name})`;
  if (type.description !== undefined) yield plain(type.description);
  const facts = [...factsOf(type)];
  if (facts.length > 0) yield facts.map((fact) => `- ${fact}`).join('\n');
  if (type.note !== undefined) yield `_${plain(type.note)}_`;
}

function* factsOf(type: PropertyType): Generator<string> {
  yield `Type: ${typeWords(type)}${type.readOnly ? ', read-only' : ''}`;
  if (type.values) {
    const values = type.values.map((value) => {
      const meaning = type.valueDescriptions?.[value];
      return meaning === undefined ? code(value) : `${code(value)} (${plain(meaning)})`;
    });
    yield `Values: ${values.join(', ')}`;
  }
  const range = rangeWords(type);
  if (range !== undefined) yield range;
  const usual = defaultWords(type);
  if (usual !== undefined) yield usual;
  if (type.deprecated !== undefined) yield `Deprecated: ${plain(type.deprecated)}`;
  if (type.products) yield `Products: ${type.products.join(', ')}`;
}

function typeWords({ type, items, target, nullable }: PropertyType): string {
  const base =
    type === 'list'
      ? `list${items?.target ? ` of ${items.target}` : ''}`
      : type === 'reference'
        ? `name of a ${target ?? ''}`
        : type;
  return nullable ? `${base}, or empty` : base;
}

function rangeWords({ minimum, maximum, unit }: PropertyType): string | undefined {
  const words = unit === undefined ? '' : ` (${unit})`;
  if (minimum !== undefined && maximum !== undefined) return `Range: ${minimum} to ${maximum}${words}`;
  if (minimum !== undefined) return `At least ${minimum}${words}`;
  if (maximum !== undefined) return `At most ${maximum}${words}`;
  return unit === undefined ? undefined : `Unit: ${unit}`;
}

function defaultWords({ default: value, defaultKind }: PropertyType): string | undefined {
  if (defaultKind === 'unset') return 'Default: not set, and the client decides';
  if (defaultKind === undefined || defaultKind === 'n/a' || defaultKind === 'unknown') return undefined;
  const text =
    value === null || value === undefined
      ? 'not set'
      : typeof value === 'object'
        ? 'empty list'
        : code(String(value));
  const certainty =
    defaultKind === 'memory'
      ? ' (not documented by Microsoft)'
      : defaultKind === 'conflict'
        ? ' (the documentation contradicts itself)'
        : '';
  return `Default: ${text}${certainty}`;
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
  const { on, method, limited, reason } = standing.twoFactor;
  yield `**${code(user.subject)}** ${on ? `signs in with **two factors**${method ? ` (${method})` : ''}` : 'signs in **without a second factor**'}: ${plain(reason)}.`;
  if (!limited) {
    if (on) yield 'Exchange is within reach: nothing is lost.';
    return;
  }
  yield 'The client cannot reach Exchange Web Services. What that takes away, and what is still on:';
  const rows = lostFeatures.flatMap((feature) => {
    const left = stillOn(feature, standing, deployment);
    const [setting] = feature.settings;
    const value = setting && standing.value(feature.section, setting.property);
    if (!setting || !value) return [];
    const settings =
      left.length > 0
        ? left.map((entry) => describeValue(entry.value, entry.setting.property))
        : [describeValue(value, setting.property)];
    // A setting may be on and do no harm: the server keeps the history, a gateway lets mobiles through.
    const state = left.length > 0 ? stillOnMark : setting.on(value.value) ? 'not affected' : 'off';
    return [
      `| ${state} | ${plain(feature.name)} | ${plain(settings.join('; '))} | ${plain(describeSteps(value.effective))} |`,
    ];
  });
  const voiceMail = ['ExUmEnabled', 'HostedVoiceMail'].filter(
    (name) => user.text(name)?.toLowerCase() === 'true',
  );
  if (voiceMail.length > 0)
    rows.push(`| ${stillOnMark} | voice\\-mail view | ${voiceMail.join(', ')} true | the user |`);
  // What there is to do comes first.
  rows.sort((a, b) => Number(b.includes(stillOnMark)) - Number(a.includes(stillOnMark)));
  if (rows.length > 0)
    yield ['| | Feature | Setting | Scopes looked at |', '| --- | --- | --- | --- |', ...rows].join('\n');
  const mode = deployment.find('CsUnifiedContactStore', user.subject)?.text('UcsMode');
  if (mode !== undefined) yield `Contacts: UcsMode is ${code(mode)}.`;
  yield 'Goes on: archiving by the server, presence from calls, forwarding and delegation.';
}

const stillOnMark = '**still on**';

/** For the name of a policy or configuration: whom it reaches. */
function* describeReach(object: LyncObject, deployment: Deployment): Generator<string> {
  yield `**${code(object.subject)}** (${object.section.name})`;
  const reach = deployment.reach(object);
  if (reach)
    yield `Applies to ${count(reach.users, 'user')}, ${reach.limitedUsers} of them two-factor users whose client cannot reach Exchange.`;
  if (reach && reach.left.size > 0)
    yield `Leaves on for those: ${plain([...reach.left.keys()].map(({ name }) => name).join(', '))}.`;
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

function* describeReferenced(object: LyncObject, deployment: Deployment): Generator<string> {
  yield* describeReach(object, deployment);
  const shown = object.properties
    .filter(
      ({ name, value }) => name !== object.section.key && value.type === 'scalar' && value.value !== null,
    )
    .slice(0, 12);
  const lines = shown.map(
    ({ name, value }) => `- ${plain(name)}: ${code(value.type === 'scalar' ? value.text : '')}`,
  );
  if (lines.length > 0) yield lines.join('\n');
}
