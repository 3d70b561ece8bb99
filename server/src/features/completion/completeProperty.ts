/** The keys of an object, and objects as a whole. */
import { CompletionItemKind } from 'vscode-languageserver-types';
import type { ItemCursor, PropertyCursor, SectionCursor, WordPlace } from '../../model/cursor.ts';
import type { Deployment } from '../../model/deployment.ts';
import { lostFeatures } from '../../model/lostFeatures.ts';
import { sectionTypes, type PropertyType, type SectionType } from '../../schema/schema.ts';
import {
  fieldTexts,
  itemText,
  keyInsertion,
  propertiesText,
  sectionText,
  withoutBlank,
  withoutStops,
  type Draft,
} from './completionItems.ts';
import { describeProperty, scopesOf } from '../hover/describeProperty.ts';
import { code, plain } from '../markdown.ts';
import { templates, type Template } from './snippets.ts';

/** The sections, those that the file does not have yet first, then objects with the section around them. */
export function* sectionDrafts(
  { place, hasColon }: SectionCursor,
  present: ReadonlySet<string>,
  deployment: Deployment,
): Generator<Draft> {
  const isNew = ({ name }: SectionType): boolean => !present.has(name.toLowerCase());
  const sections = [...sectionTypes()];
  for (const section of [...sections.filter(isNew), ...sections.filter((known) => !isNew(known))]) {
    const behind = place.flow ? { snippet: '[$0]' } : { snippet: `${place.eol}  - ${section.key}: $0` };
    const key = keyInsertion(place, section.name, hasColon, behind);
    yield {
      label: section.name,
      kind: CompletionItemKind.Module,
      // The value follows on its own line, so that no blank is left behind the colon.
      insert: place.flow || hasColon ? key : { ...key, text: withoutBlank(key.text) },
      detail: isNew(section) ? section.cmdlet : 'in this file already',
      documentation: () => describeSection(section),
    };
  }
  if (hasColon || place.quote !== '') return;
  for (const template of templates(deployment)) {
    // A second key of the same name would not be read.
    if (present.has(template.section.toLowerCase())) continue;
    yield templateDraft(template, place, sectionText(place, template.section, template.fields));
  }
}

/** A new object: templates, and the key that it begins with. */
export function* itemDrafts({ section, place }: ItemCursor, deployment: Deployment): Generator<Draft> {
  const text = { snippet: itemText(place, [[section.key, { snippet: '$0' }]]) };
  yield {
    label: place.flow ? `{ ${section.key}: }` : `- ${section.key}:`,
    kind: CompletionItemKind.Property,
    insert: { start: place.start, end: place.end, text },
    filter: section.key,
    detail: `new ${section.name}`,
    documentation: () => describeKey(section),
    retrigger: true,
  };
  for (const template of templates(deployment, section.name))
    yield templateDraft(template, place, itemText(place, template.fields));
}

/** The keys that an object lacks, in the order in which they matter, and whole objects where it has nothing yet. */
export function* propertyDrafts(
  { section, place, hasColon, present, isAlone }: PropertyCursor,
  deployment: Deployment,
): Generator<Draft> {
  const missing = [...section.properties.values()].filter(({ name }) => !present.has(name.toLowerCase()));
  const matters = settingsThatMatter(section);
  const rank = (type: PropertyType): number => {
    if (type.deprecated !== undefined) return 5;
    if (type.name === section.key) return 0;
    if (type.required) return 1;
    if (matters.includes(type.name)) return 2;
    return type.readOnly ? 4 : 3;
  };
  const order = (type: PropertyType): number => (rank(type) === 2 ? matters.indexOf(type.name) : 0);
  const sorted = missing.sort((a, b) => rank(a) - rank(b) || order(a) - order(b));
  const [first] = sorted;
  const wantsTemplates = isAlone && !hasColon && present.size === 0;
  const drafts = sorted.map((type) => propertyDraft(type, section, place, hasColon));
  if (first?.name === section.key) yield* drafts.splice(0, 1);
  if (wantsTemplates)
    for (const template of templates(deployment, section.name))
      yield templateDraft(template, place, propertiesText(place, template.fields));
  yield* drafts;
}

function propertyDraft(type: PropertyType, section: SectionType, place: WordPlace, hasColon: boolean): Draft {
  const isList = type.type === 'list';
  return {
    label: type.name,
    kind: CompletionItemKind.Property,
    insert: keyInsertion(place, type.name, hasColon, isList ? { snippet: '[$0]' } : ''),
    detail: shortFact(type, section),
    documentation: () => describeProperty(type, section),
    isDeprecated: type.deprecated !== undefined,
    retrigger: !hasColon && hasValues(type, section),
  };
}

function shortFact(type: PropertyType, section: SectionType): string {
  if (type.deprecated !== undefined) return 'deprecated';
  if (type.name === section.key) return `names the ${section.name}`;
  if (type.required) return 'required';
  const lost = lostFeatures.find(
    (feature) =>
      feature.section === section.name && feature.settings.some(({ property }) => property === type.name),
  );
  if (lost) return `two factors: ${lost.name}`;
  return type.target ?? type.items?.target ?? type.type;
}

/** Whether completion has something to offer for a value of that kind. */
function hasValues({ name, type, items }: PropertyType, section: SectionType): boolean {
  if (name === section.key) return true;
  return type === 'boolean' || type === 'enum' || type === 'reference' || items?.target !== undefined;
}

/** The properties that two-factor sign-in is about, and those that it depends on. */
function settingsThatMatter(section: SectionType): readonly string[] {
  const lost = lostFeatures
    .filter((feature) => feature.section === section.name)
    // What is best left out is not offered first.
    .flatMap(({ settings }) => settings.filter(({ remedy }) => remedy !== null))
    .map(({ property }) => property);
  return [...(basics[section.name] ?? []), ...lost];
}

const basics: Readonly<Partial<Record<string, readonly string[]>>> = {
  CsUser: [
    ...['DisplayName', 'RegistrarPool', 'TwoFactorAuthentication', 'ClientPolicy', 'UserServicesPolicy'],
    ...['MobilityPolicy', 'EnterpriseVoiceEnabled', 'LineURI', 'ExUmEnabled', 'HostedVoiceMail'],
  ],
  CsWebServiceConfiguration: [
    ...['UseWsFedPassiveAuth', 'WsFedPassiveMetadataUri', 'UseWindowsAuth', 'UseCertificateAuth'],
    ...['UsePinAuth', 'UseDomainAuthInLWA', 'DefaultValidityPeriodHours'],
  ],
  CsProxyConfiguration: [
    ...['UseKerberosForClientToProxyAuth', 'UseNtlmForClientToProxyAuth'],
    'UseCertificateForClientToProxyAuth',
  ],
  CsOAuthConfiguration: ['ClientAuthorizationOAuthServerIdentity', 'ExchangeAutodiscoverUrl'],
  CsMobilityPolicy: ['EnableMobility'],
  CsSite: ['DisplayName', 'SiteType', 'Pools'],
  CsPool: ['Site', 'Services', 'Computers', 'BackupPoolFqdn'],
  CsService: ['Role', 'PoolFqdn', 'SiteId', 'Version'],
  CsComputer: ['Pool'],
  CsUnifiedContactStore: ['UcsMode'],
};

function templateDraft(template: Template, place: WordPlace, snippet: string): Draft {
  return {
    label: template.label,
    kind: CompletionItemKind.Snippet,
    insert: { start: place.start, end: place.end, text: { snippet } },
    detail: `new ${template.section}`,
    documentation: () => [plain(template.description), preview(template)],
  };
}

/** What will stand there. Nothing in a template can close the fence. */
function preview({ fields }: Template): string {
  const lines = fieldTexts(fields, false).map(withoutStops);
  return `\`\`\`yaml\n${lines.join('\n')}\n\`\`\``;
}

function* describeSection(section: SectionType): Generator<string> {
  yield plain(section.description);
  yield `What ${code(section.cmdlet)} prints.`;
  if (section.scopes.length > 0) yield `Scopes: ${scopesOf(section)}.`;
}

function* describeKey(section: SectionType): Generator<string> {
  const type = section.property(section.key);
  if (type) yield* describeProperty(type, section);
}
