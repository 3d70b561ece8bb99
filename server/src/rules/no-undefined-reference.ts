import { identityText, parseIdentity } from '../schema/identity.ts';
import type { Deployment } from '../model/deployment.ts';
import type { LyncObject } from '../model/object.ts';
import type { Place } from '../model/place.ts';
import { place } from '../model/place.ts';
import { partsOf } from '../model/names.ts';
import { isDirector } from '../model/poolKind.ts';
import { referencesOf } from '../model/references.ts';
import { referenceName } from '../model/values.ts';
import type { SectionType } from '../schema/schema.ts';
import type { Change } from '../linter/change.ts';
import { nearest } from '../linter/nearest.ts';
import { textInPlaceOf } from '../linter/yamlText.ts';
import { rule } from '../linter/rule.ts';

export default rule({
  id: 'no-undefined-reference',
  severity: 'error',
  group: 'files',
  summary:
    'Names of policies, pools, sites, services, SIP domains and computers that nothing defines, and Directors as the pools of users.',
  why: 'A user with a policy that is gone falls back to the site or to Global without a word; a pool without site has the wrong site policies; a Director homes no users. Only names whose section is in the files are judged. Source: all references resolve in the published topologies that were examined; help of the Grant-Cs cmdlets; "Overview of the Director".',
  remedy: 'Correct the name, or add what it names.',
  lacks: (object, deployment) => [...referencesIn(object)].some(({ section }) => !deployment.has(section)),
  object: function* (object, deployment) {
    for (const { name, section, at } of undefinedIn(object, deployment)) {
      const meant = nearestName(name, section, deployment);
      yield { at, message: `No ${section} defines '${name}'${meant ? `: is '${meant}' meant?` : '.'}` };
    }
    const home = object.section.name === 'CsUser' ? object.setProperty('RegistrarPool') : undefined;
    const pool = home && referenceName(home.value)?.trim();
    if (home?.own && pool && isDirector(pool, deployment))
      yield {
        at: object.placeOf(home),
        message: `'${pool}' is a Director: it sends people on to their pool, and is nobody's own. Name the pool behind it.`,
      };
  },
  fixes: function* ({ object }, deployment) {
    const titles: string[] = [];
    const changes: Change[] = [];
    for (const { name, section, correct } of object ? undefinedIn(object, deployment) : []) {
      const meant = nearestName(name, section, deployment);
      if (meant === undefined) continue;
      titles.push(`Change '${name}' to '${meant}'`);
      changes.push(correct(meant));
    }
    // The nearest name is a guess: somebody must look at it.
    if (changes.length > 0) yield { title: titles.join(', '), changes, onlyByHand: true };
  },
  examples: {
    bad: [
      `CsPool:
  - Identity: pool01.contoso.com
CsUser:
  - SipAddress: sip:ken@contoso.com
    RegistrarPool: pool09.contoso.com
    #              ^^^^^^^^^^^^^^^^^^ no-undefined-reference
`,
      `CsClientPolicy:
  - Identity: Global
CsUser:
  - SipAddress: sip:ken@contoso.com
    ClientPolicy: Sales
    #             ^^^^^ no-undefined-reference
`,
      `CsSite:
  - Identity: Site:Redmond
CsClientPolicy:
  - Identity: Site:Dublin
    #         ^^^^^^^^^^^ no-undefined-reference
`,
      `CsSipDomain:
  - Identity: contoso.com
CsUser:
  - SipAddress: sip:ken@fabrikam.com
    #           ^^^^^^^^^^^^^^^^^^^^ no-undefined-reference
`,
      `CsService:
  - { Identity: Registrar:dir01.contoso.com, Role: Registrar, PoolFqdn: dir01.contoso.com, IsDirector: true }
CsUser:
  - SipAddress: sip:ken@contoso.com
    RegistrarPool: dir01.contoso.com
    #              ^^^^^^^^^^^^^^^^^ no-undefined-reference
`,
    ],
    good: [
      `CsPool:
  - Identity: POOL01.contoso.com
CsClientPolicy:
  - Identity: Tag:Sales
CsUser:
  - SipAddress: sip:ken@contoso.com
    RegistrarPool: pool01.contoso.com
    ClientPolicy: { FriendlyName: sales }
`,
    ],
    near: [
      `# No file has CsPool, so nothing is known of pools.
CsUser:
  - { SipAddress: sip:ken@contoso.com, RegistrarPool: pool09.contoso.com }
`,
      `# A policy is granted by its name; that there is one of the site with that name is something else.
CsSite:
  - { Identity: Site:Sales }
CsClientPolicy:
  - { Identity: Site:Sales }
  - { Identity: Tag:Sales }
CsUser:
  - { SipAddress: sip:ken@contoso.com, ClientPolicy: Sales }
`,
    ],
  },
});

interface Reference {
  readonly name: string;
  readonly section: string;
  readonly at: Place;
  readonly correct: (meant: string) => Change;
}

/** Every name in an object that another object should have, and none has. */
function* undefinedIn(object: LyncObject, deployment: Deployment): Generator<Reference> {
  for (const reference of referencesIn(object))
    if (!deployment.resolves(reference.section, reference.name)) yield reference;
}

/** Every name in an object that another object should have. */
function* referencesIn(object: LyncObject): Generator<Reference> {
  for (const { property, section, node, block, item } of referencesOf(object)) {
    // A list where one name is expected, or one where a list is, is wrong in another way.
    if (!property.own || (item !== undefined) !== (property.type?.type === 'list')) continue;
    if (item?.type === 'alias') continue;
    const name = node.text.trim();
    if (item === undefined) {
      const correct = (value: string): Change => ({ kind: 'set', object, property: property.name, value });
      yield { name, section, at: object.placeOf(property), correct };
    } else {
      const at = place(object.file, block, node);
      const correct = (meant: string): Change => ({ kind: 'replace', at, text: textInPlaceOf(at, meant) });
      yield { name, section, at, correct };
    }
  }
  const named = nameReference(object);
  if (named) yield named;
}

/** What an object's own name says of others: the site or service that it is for, the domain of an address. */
function nameReference(object: LyncObject): Reference | undefined {
  const property = object.setProperty(object.section.key);
  const text = object.text(object.section.key)?.trim();
  if (!property?.own || text === undefined) return undefined;
  const isUser = object.section.name === 'CsUser';
  if (!isUser && object.section.scopes.length === 0) return undefined;
  const [, part] = partsOf(object.section, text);
  if (!part || !(isUser || isKnownScope(object.section, text))) return undefined;
  const { section, name, start } = part;
  const correct = (meant: string): string =>
    isUser
      ? text.slice(0, start) + meant
      : identityText({ ...parseIdentity(text), name: parseIdentity(meant).name });
  return {
    name,
    section,
    at: object.placeOf(property),
    correct: (meant) => ({ kind: 'set', object, property: property.name, value: correct(meant) }),
  };
}

/** Whether a name is for a site, or for a service of a role for which the section may have objects. */
function isKnownScope({ serviceRoles }: SectionType, text: string): boolean {
  const { scope, role } = parseIdentity(text);
  return scope === 'Site' || serviceRoles.some((known) => known.toLowerCase() === role?.toLowerCase());
}

function nearestName(name: string, section: string, deployment: Deployment): string | undefined {
  // A pool that is missing is missing for all its users.
  const answers = deployment.scratch(section) as Map<string, string | undefined>;
  const question = `nearest ${name}`;
  if (!answers.has(question)) answers.set(question, findNearest(name, section, deployment));
  return answers.get(question);
}

function findNearest(name: string, section: string, deployment: Deployment): string | undefined {
  const names: string[] = [];
  const role = section === 'CsService' ? parseIdentity(name).role?.toLowerCase() : undefined;
  for (const candidate of deployment.all(section)) {
    const { subject } = candidate;
    if (role !== undefined && parseIdentity(subject).role?.toLowerCase() !== role) continue;
    // A policy is named without its prefix, and only per-user ones are.
    if (!candidate.section.grantCmdlet) names.push(subject);
    else if (parseIdentity(subject).scope === 'User') names.push(parseIdentity(subject).name);
  }
  return nearest(name, names);
}
