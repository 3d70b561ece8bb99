/** Which section a foreign object is of: by its .NET type, else by the names of its properties. */
import { isPowerShellNoise, sectionType, sectionTypes, type SectionType } from '../schema/schema.ts';

/**
 * By the last component of the type's name. Sources: the return types in the help of the Get-Cs cmdlets, Lync Server 2013. What
 * is not here has the noun's own name (`ClientPolicy`) or Settings where the noun says Configuration (`ImSettings`).
 */
const byComponent: Readonly<Partial<Record<string, string>>> = {
  OCSADUser: 'CsUser',
  ADUser: 'CsUser',
  OCSADUserOrAppContact: 'CsUser',
  WebServiceSettings: 'CsWebServiceConfiguration',
  ProxySettings: 'CsProxyConfiguration',
  OAuthSettings: 'CsOAuthConfiguration',
  MeetingPolicy: 'CsConferencingPolicy',
  Mobility: 'CsMobilityPolicy',
  IMArchivingPolicy: 'CsArchivingPolicy',
  IMSettings: 'CsImConfiguration',
  SimpleUrlConfiguration: 'CsSimpleUrl',
  Cluster: 'CsPool',
  Machine: 'CsComputer',
};

/** What Get-CsService prints is named for the role: `DisplayRegistrar`. These are the others of the kind. */
const displayed: Readonly<Partial<Record<string, string>>> = {
  Pool: 'CsPool',
  Site: 'CsSite',
  Computer: 'CsComputer',
  Machine: 'CsComputer',
  SipDomain: 'CsSipDomain',
};

/** The section of an object by its types, the object's own first; `undefined` where none of them tells. */
export function sectionOfTypes(types: readonly string[]): SectionType | undefined {
  for (const type of types) {
    const name = bareType(type);
    if (!/^Microsoft\.Rtc\./i.test(name)) continue;
    const component = name.slice(name.lastIndexOf('.') + 1);
    const [, displayedName] = /\.Xds\.Display(\w+)$/.exec(name) ?? [];
    const section =
      displayedName !== undefined && displayedName !== 'HostingProvider'
        ? (displayed[displayedName] ?? 'CsService')
        : (byComponent[component] ?? `Cs${component}`);
    const found = sectionType(section) ?? sectionType(section.replace(/Settings$/, 'Configuration'));
    if (found) return found;
  }
  return undefined;
}

/** Without what PowerShell puts in front of the types of objects that were elsewhere, or that it took columns of. */
export function bareType(type: string): string {
  return type.replace(/^(?:(?:Deserialized|Selected)\.)+/, '');
}

/** The section that a file or a member is named for: `Skype_CsClientPolicy`, `ClientPolicy`, `users`. */
export function sectionInName(text: string): SectionType | undefined {
  if (!named.has(text)) {
    if (named.size === mostKnown) named.clear();
    named.set(text, findSectionInName(text.toLowerCase()));
  }
  return named.get(text);
}

const named = new Map<string, SectionType | undefined>();

function findSectionInName(name: string): SectionType | undefined {
  let found: SectionType | undefined;
  let length = 0;
  for (const section of sectionTypes()) {
    const noun = section.name.slice(2).toLowerCase();
    // Short nouns are in many words: only with their prefix, or as a word.
    const isNamed = name.includes(`cs${noun}`) || new RegExp(`(?:^|[^a-z])${noun}s?(?:[^a-z]|$)`).test(name);
    if (!isNamed || noun.length <= length) continue;
    [found, length] = [section, noun.length];
  }
  return found ?? (/users?(?:[^a-z]|$)/.test(name) ? sectionType('CsUser') : undefined);
}

/**
 * The section whose objects have properties of these names. It is told only where it is clear: most of the names are the
 * section's, and no other section explains them nearly as well.
 * @param hint decides between sections that explain equally many names
 */
export function sectionOfNames(names: Iterable<string>, hint?: SectionType): SectionType | undefined {
  const all = [...names].map(aliased);
  const cached = `${hint?.name ?? ''}\n${all.join('\n')}`;
  const known = clear.get(cached);
  if (known !== undefined) return known ?? undefined;
  const found = clearSection(all, hint);
  if (clear.size === mostKnown) clear.clear();
  clear.set(cached, found ?? null);
  return found;
}

/** Columns that exporters have under names of their own. Source: Start-LyncCsvExporter's summary and voice reports. */
export function aliased(name: string): string {
  return aliases[name.toLowerCase()] ?? name;
}

const aliases: Readonly<Partial<Record<string, string>>> = {
  upn: 'UserPrincipalName',
  voiceenabled: 'EnterpriseVoiceEnabled',
};

/** Objects of one export have the same names, a hundred thousand times. */
const clear = new Map<string, SectionType | null>();
const mostKnown = 500;

function clearSection(names: readonly string[], hint: SectionType | undefined): SectionType | undefined {
  const lower = new Set(names.map((name) => name.toLowerCase()));
  const scores = [...sectionTypes()]
    .filter((section) => namesOf(section).some((name) => lower.has(name.toLowerCase())))
    .map((section) => ({ section, ...scoreOf(section, names) }))
    .filter(({ section, matched, known }) =>
      section === hint ? matched >= known * 0.4 : matched >= 2 && matched >= known * 0.6,
    )
    .sort((a, b) => b.score - a.score);
  const most = Math.max(0, ...scores.map(({ matched }) => matched));
  const hinted = scores.find(({ section }) => section === hint);
  if (hinted && hinted.matched >= most * 0.9) return hinted.section;
  const [best, second] = scores;
  if (!best || best.score < 0.5 || best.matched < most) return undefined;
  return !second || best.score >= second.score * 1.25 ? best.section : undefined;
}

/** The properties of which an object must have one, for somebody to know which it is. */
function namesOf({ key, name }: SectionType): readonly string[] {
  return name === 'CsUser' ? [key, 'UserPrincipalName', 'SamAccountName', 'DistinguishedName'] : [key];
}

/** @returns how many names it has, of how many that count, and how much they tell: a name that all sections have tells little */
function scoreOf(
  section: SectionType,
  names: readonly string[],
): { matched: number; known: number; score: number } {
  let [matched, known, score] = [0, 0, 0];
  for (const name of names) {
    const lower = name.toLowerCase();
    if (isPowerShellNoise(section, lower) || lower.startsWith('x-')) continue;
    known++;
    if (!section.property(lower)) continue;
    matched++;
    score += 1 / (sectionsWith().get(lower) ?? 1);
  }
  return { matched, known, score };
}

let counts: Map<string, number> | undefined;

/** For the name of a property, in lower case, the number of sections that have it. */
function sectionsWith(): ReadonlyMap<string, number> {
  if (counts) return counts;
  counts = new Map();
  for (const section of sectionTypes())
    for (const name of section.properties.keys())
      counts.set(name.toLowerCase(), (counts.get(name.toLowerCase()) ?? 0) + 1);
  return counts;
}
