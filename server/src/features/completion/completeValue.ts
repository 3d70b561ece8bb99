/** The values of a property: what the schema allows, and what the deployment defines. */
import { CompletionItemKind } from 'vscode-languageserver-types';
import type { PropertyValue } from '../../linter/change.ts';
import type { ValueCursor } from '../../model/cursor.ts';
import type { Deployment } from '../../model/deployment.ts';
import { lostFeatures } from '../../model/lostFeatures.ts';
import type { LyncObject } from '../../model/object.ts';
import { productOfVersion, roleOf } from '../../model/topology.ts';
import { isRegistrarPool, namesOfTwoFactorPools } from '../../model/twoFactorPools.ts';
import { counted } from '../../model/wording.ts';
import { parseIdentity } from '../../schema/identity.ts';
import { productName } from '../../schema/products.ts';
import { sectionType, type PropertyType } from '../../schema/schema.ts';
import { nameOfFile } from '../../workspace.ts';
import { identityDrafts, isName, isTagged } from './completeIdentity.ts';
import { valueInsertion, type Draft } from './completionItems.ts';
import { productOf } from '../explain/explaining.ts';
import { describeReferenced } from '../hover/describeObject.ts';
import { code, plain } from '../markdown.ts';
import { leftOnBy } from './snippets.ts';

/** What may stand at the cursor, the likeliest first. */
export function* valueDrafts(cursor: ValueCursor, deployment: Deployment): Generator<Draft> {
  const { type } = cursor;
  if (isName(cursor)) {
    yield* identityDrafts(cursor, deployment);
    return;
  }
  if (!type) return;
  const target = type.type === 'reference' ? type.target : type.items?.target;
  if (target !== undefined) {
    yield* referenceDrafts(cursor, target, deployment);
    return;
  }
  switch (type.type) {
    case 'boolean':
      yield valueDraft(cursor, type, true);
      yield valueDraft(cursor, type, false);
      return;
    case 'enum':
      for (const value of type.values ?? []) yield valueDraft(cursor, type, value);
      return;
    case 'integer':
    case 'timespan':
      yield* numberDrafts(cursor, type, deployment);
      return;
    case 'string':
      yield* usedElsewhere(cursor, deployment);
      return;
    default:
      return;
  }
}

function valueDraft(cursor: ValueCursor, type: PropertyType, value: boolean | string): Draft {
  const meaning = typeof value === 'string' ? type.valueDescriptions?.[value] : undefined;
  const marks = [...marksOf(cursor, type, value)];
  return {
    label: String(value),
    kind: typeof value === 'string' ? CompletionItemKind.EnumMember : CompletionItemKind.Value,
    insert: valueInsertion(cursor.place, value, cursor.needsDash),
    ...(marks.length > 0 ? { detail: marks.join(', ') } : meaning === undefined ? {} : { detail: meaning }),
    documentation: () => [
      ...(meaning === undefined ? [] : [`**${code(String(value))}**: ${plain(meaning)}`]),
      ...(type.description === undefined ? [] : [plain(type.description)]),
    ],
  };
}

/** What is special about a value: the default, and what two-factor users need. */
function* marksOf(
  { section, property }: ValueCursor,
  type: PropertyType,
  value: PropertyValue,
): Generator<string> {
  if (type.default === value) yield 'default';
  for (const feature of lostFeatures) {
    if (feature.section !== section.name) continue;
    for (const setting of feature.settings) {
      if (setting.property !== property) continue;
      if (setting.remedy === value) yield `${feature.name} off, for two-factor users`;
      else if (setting.on(value)) yield `${feature.name} on`;
    }
  }
  const passive = passiveSettings.get(property);
  if (passive?.section === section.name && passive.value === value) yield passive.words;
}

/** Source: "Configuring passive authentication in Lync Server 2013". */
const passiveSettings = new Map<string, { section: string; value: PropertyValue; words: string }>([
  [
    'UseWsFedPassiveAuth',
    { section: 'CsWebServiceConfiguration', value: true, words: 'asks for two factors' },
  ],
  ...(
    [
      ['UseWindowsAuth', 'None'],
      ['UseCertificateAuth', false],
      ['UsePinAuth', false],
    ] as const
  ).map(
    ([name, value]) =>
      [name, { section: 'CsWebServiceConfiguration', value, words: 'with passive authentication' }] as const,
  ),
  ...(['UseKerberosForClientToProxyAuth', 'UseNtlmForClientToProxyAuth'] as const).map(
    (name) =>
      [name, { section: 'CsProxyConfiguration', value: false, words: 'for two-factor pools' }] as const,
  ),
]);

function* numberDrafts(cursor: ValueCursor, type: PropertyType, deployment: Deployment): Generator<Draft> {
  if (cursor.section.name === 'CsService' && type.name === 'Version') {
    for (const [version, product] of productOfVersion)
      yield plainDraft(cursor, version, productName(product));
    return;
  }
  const seen = new Set<unknown>();
  const unit = type.unit === undefined ? '' : ` (${type.unit})`;
  for (const [value, detail] of [
    [type.default, 'default'],
    [type.minimum, 'smallest'],
    [type.maximum, 'largest'],
  ] as const) {
    if ((typeof value !== 'number' && typeof value !== 'string') || seen.has(value)) continue;
    seen.add(value);
    yield plainDraft(cursor, value, `${detail}${unit}`);
  }
  if (seen.size === 0) yield* usedElsewhere(cursor, deployment);
}

function plainDraft(cursor: ValueCursor, value: number | string, detail: string): Draft {
  return {
    label: String(value),
    kind: CompletionItemKind.Value,
    insert: valueInsertion(cursor.place, value, cursor.needsDash),
    detail,
  };
}

/** Texts that other objects of the section have there, unless they are people, who have each their own. */
function* usedElsewhere(cursor: ValueCursor, deployment: Deployment): Generator<Draft> {
  const { section, property, object, type } = cursor;
  if (section.kind === 'user') {
    if (type?.name === 'LineURI')
      yield { ...plainDraft(cursor, 'tel:+', 'a line'), kind: CompletionItemKind.Text };
    return;
  }
  if (deployment.count(section.name) > mostReadThrough) return;
  const counts = new Map<string, number>();
  for (const other of deployment.all(section.name)) {
    const text = other === object ? undefined : other.text(property);
    if (text !== undefined && text !== '') counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  for (const [text, count] of [...counts].sort(([, a], [, b]) => b - a))
    yield plainDraft(cursor, text, `in ${counted(count, 'other')}`);
}

/** Reading an object costs microseconds, and somebody waits. */
const mostReadThrough = 500;

function* referenceDrafts(cursor: ValueCursor, target: string, deployment: Deployment): Generator<Draft> {
  const listed = new Set((cursor.listed ?? []).map((name) => name.toLowerCase()));
  const candidates = [...candidatesFor(cursor, target, deployment)].filter(
    ({ name }) => name !== '' && !listed.has(name.toLowerCase()),
  );
  candidates.sort((a, b) => a.rank - b.rank);
  const prefix = isTagged(cursor.place.typed) ? 'Tag:' : '';
  for (const { name, object, detail } of candidates) {
    yield {
      label: name,
      kind: CompletionItemKind.Reference,
      insert: valueInsertion(cursor.place, prefix + name, cursor.needsDash),
      ...(prefix === '' ? {} : { filter: prefix + name }),
      detail,
      documentation: () => describeReferenced(object, deployment),
    };
  }
}

interface Candidate {
  readonly name: string;
  readonly object: LyncObject;
  readonly detail: string;
  /** The lower, the likelier. */
  readonly rank: number;
}

function candidatesFor(cursor: ValueCursor, target: string, deployment: Deployment): Iterable<Candidate> {
  const isPolicy = sectionType(target)?.grantCmdlet !== undefined;
  if (isPolicy) return policies(cursor, target, deployment);
  if (target === 'CsPool') return pools(cursor, deployment);
  if (target === 'CsService') return services(cursor, deployment);
  return others(target, deployment);
}

/** A user is granted per-user policies only. */
function* policies(cursor: ValueCursor, target: string, deployment: Deployment): Generator<Candidate> {
  const standing = cursor.section.name === 'CsUser' ? cursor.object?.standing : undefined;
  for (const object of deployment.all(target)) {
    const { scope, name } = parseIdentity(object.subject);
    if (scope !== 'User') continue;
    const left = standing?.limited ? leftOnBy(object) : [];
    const words = left.length > 0 ? `leaves on: ${left.join(', ')}` : placeOf(object);
    yield { name, object, detail: words, rank: left.length };
  }
}

function* pools(cursor: ValueCursor, deployment: Deployment): Generator<Candidate> {
  const limited = namesOfTwoFactorPools(deployment);
  const { topology } = deployment;
  for (const object of deployment.all('CsPool')) {
    const name = object.subject;
    // Nobody is homed on a Director, an Edge Server or a gateway.
    if (cursor.section.name === 'CsUser' && !isRegistrarPool(deployment, name)) continue;
    const facts = [topology.siteOf(name), productOf(topology.versionOf(name))];
    if (limited.has(name.toLowerCase())) facts.push('two-factor');
    yield { name, object, detail: facts.filter((fact) => fact !== undefined).join(', '), rank: 0 };
  }
}

/** Those of the role that the property is named after, and of the pool that is at hand, first. */
function* services(cursor: ValueCursor, deployment: Deployment): Generator<Candidate> {
  const { property, section, present } = cursor;
  const role = property
    .replace(/^(?:Backup|Mirror)(?=[A-Z])/, '')
    .replace('FederationRoute', 'EdgeServer')
    .toLowerCase();
  const pool = section.name === 'CsPool' ? present.get('identity')?.toLowerCase() : undefined;
  for (const object of deployment.all('CsService')) {
    const name = object.subject;
    const isOfRole = roleOf(object)?.toLowerCase() === role;
    const isHere = pool !== undefined && name.toLowerCase().endsWith(`:${pool}`);
    yield {
      name,
      object,
      detail: deployment.topology.siteOf(parseIdentity(name).name) ?? placeOf(object),
      rank: isOfRole || isHere ? 0 : 1,
    };
  }
}

function* others(target: string, deployment: Deployment): Generator<Candidate> {
  for (const object of deployment.all(target))
    yield { name: object.subject, object, detail: placeOf(object), rank: 0 };
}

/** `policies.lync.yaml:12`, for the reader. */
function placeOf({ file, block }: LyncObject): string {
  return `${nameOfFile(file.uri)}:${file.blocks.startOf(block).line + 1}`;
}
