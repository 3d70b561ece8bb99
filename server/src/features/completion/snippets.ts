/** Whole objects to begin with: what two-factor sign-in needs, and what every deployment has. */
import { lostFeatures } from '../../model/lostFeatures.ts';
import type { Deployment } from '../../model/deployment.ts';
import { ownValue } from '../../model/effective.ts';
import type { LyncObject } from '../../model/object.ts';
import type { Standing } from '../../model/standing.ts';
import { namesOfTwoFactorPools } from '../../model/twoFactorPools.ts';
import { parseIdentity } from '../../schema/identity.ts';
import { policyKey, sectionType } from '../../schema/schema.ts';
import { escaped, type Field, type Snippet } from './completionItems.ts';
import { poolsWith, registrarPools } from './pools.ts';

export interface Template {
  readonly section: string;
  readonly label: string;
  /** What it is good for, in sentences. */
  readonly description: string;
  readonly fields: readonly Field[];
}

/** The templates for objects of a section; for all sections where none is given. */
export function* templates(deployment: Deployment, section?: string): Generator<Template> {
  for (const make of section === undefined ? makers.values() : [makers.get(section)])
    if (make) yield* make(deployment);
}

type Maker = (deployment: Deployment) => Iterable<Template>;

const makers = new Map<string, Maker>([
  ['CsUser', userTemplates],
  ['CsClientPolicy', (deployment) => policyTemplates('CsClientPolicy', 'client policy', deployment)],
  [
    'CsUserServicesPolicy',
    (deployment) => policyTemplates('CsUserServicesPolicy', 'user services policy', deployment),
  ],
  ['CsMobilityPolicy', (deployment) => policyTemplates('CsMobilityPolicy', 'mobility policy', deployment)],
  ['CsWebServiceConfiguration', passiveTemplates],
  ['CsProxyConfiguration', certificateTemplates],
  ['CsUnifiedContactStore', contactTemplates],
  ['CsPool', poolTemplates],
  ['CsSite', siteTemplates],
]);

function* policyTemplates(section: string, noun: string, deployment: Deployment): Generator<Template> {
  const settings = lostFeatures.filter((feature) => feature.section === section);
  yield {
    section,
    label: `two-factor ${noun}`,
    description: `Switches off what users lose who sign in with two factors: ${settings.map(({ name }) => name).join(', ')}. Grant it to them, or set the same in a policy that applies to nobody else.`,
    fields: [
      ['Identity', stop('Tag:', 1, freeName(deployment, section, 'TwoFactor'))],
      ...settings.flatMap((feature) =>
        feature.settings
          .filter(({ remedy }) => remedy !== null)
          .map(({ property, remedy }): Field => [property, remedy]),
      ),
    ],
  };
}

/** Source of the settings: "Configuring passive authentication in Lync Server 2013". */
function* passiveTemplates(deployment: Deployment): Generator<Template> {
  const section = 'CsWebServiceConfiguration';
  const pool = freePool(deployment, section, 'WebServer');
  yield {
    section,
    label: 'passive authentication for a pool',
    description:
      'Sends the clients of a pool or Director to the federation service, where they prove themselves with two factors. Clients take passive authentication last of all, so every other way is closed. Roll back contacts from the Unified Contact Store first, and leave the Registrar and the Edge Server the client certificate only.',
    fields: [
      ['Identity', stop('Service:WebServer:', 1, pool ?? 'pool01.contoso.com')],
      ['UseWsFedPassiveAuth', true],
      ['WsFedPassiveMetadataUri', metadataUri(deployment)],
      ['UseWindowsAuth', 'None'],
      ['UseCertificateAuth', false],
      ['UsePinAuth', false],
      ['DefaultValidityPeriodHours', 24],
    ],
  };
}

function* certificateTemplates(deployment: Deployment): Generator<Template> {
  for (const [role, place] of [
    ['Registrar', 'a Registrar'],
    ['EdgeServer', 'an Edge Server'],
  ] as const) {
    const pool = freePool(deployment, 'CsProxyConfiguration', role);
    yield {
      section: 'CsProxyConfiguration',
      label: `only client certificates for ${place}`,
      description: `Closes Kerberos and NTLM at ${place}, so that nobody registers without the certificate that the pool hands out after the second factor.`,
      fields: [
        [
          'Identity',
          stop(
            `Service:${role}:`,
            1,
            pool ?? (role === 'Registrar' ? 'pool01.contoso.com' : 'edge01.contoso.com'),
          ),
        ],
        ['UseKerberosForClientToProxyAuth', false],
        ['UseNtlmForClientToProxyAuth', false],
        ['UseCertificateForClientToProxyAuth', true],
      ],
    };
  }
}

function* userTemplates(deployment: Deployment): Generator<Template> {
  const domain = defaultDomain(deployment);
  const address: Field = ['SipAddress', { snippet: `sip:\${1:name}@${stop('', 2, domain).snippet}` }];
  const pools = registrarPools(deployment);
  const limited = namesOfTwoFactorPools(deployment);
  const usual = pools.find((pool) => !limited.has(pool.toLowerCase())) ?? pools[0];
  yield {
    section: 'CsUser',
    label: 'user',
    description:
      'A user with a registrar pool. Policies that are left out come from the service, the site or Global.',
    fields: [address, ['RegistrarPool', stop('', 3, usual ?? 'pool01.contoso.com')]],
  };
  const twoFactor = pools.find((pool) => limited.has(pool.toLowerCase()));
  if (twoFactor === undefined) return;
  const policies = ['CsClientPolicy', 'CsUserServicesPolicy', 'CsMobilityPolicy'].flatMap(
    (section, index): Field[] => {
      const name = offPolicy(deployment, section);
      return name === undefined ? [] : [[policyKey(section), stop('', index + 4, name)]];
    },
  );
  yield {
    section: 'CsUser',
    label: 'two-factor user',
    description:
      'A user on a pool that asks for two factors, with policies that switch off what such users lose.',
    fields: [address, ['RegistrarPool', stop('', 3, twoFactor)], ...policies],
  };
}

function* contactTemplates(deployment: Deployment): Generator<Template> {
  const user = personWithout(deployment);
  yield {
    section: 'CsUnifiedContactStore',
    label: 'Unified Contact Store entry',
    description:
      "Where a user's contact list is: on the Lync server (Disabled), about to move to Exchange, or there.",
    fields: [
      ['SipUri', user ? stop('', 1, user.subject) : { snippet: 'sip:${1:name}@contoso.com' }],
      ['UcsMode', stop('', 2, 'Disabled')],
    ],
  };
}

function* poolTemplates(deployment: Deployment): Generator<Template> {
  const site = deployment.all('CsSite')[0]?.subject;
  yield {
    section: 'CsPool',
    label: 'pool',
    description: 'A pool in its site. Services and computers follow when they are defined.',
    fields: [
      ['Identity', stop('', 1, firstUndefined(deployment, 'CsPool') ?? 'pool99.contoso.com')],
      ...(site === undefined && deployment.has('CsSite')
        ? []
        : [['Site', stop('', 2, site ?? 'Site:Redmond')] as Field]),
      ['Services', []],
      ['Computers', []],
    ],
  };
}

function* siteTemplates(deployment: Deployment): Generator<Template> {
  const missing = firstUndefined(deployment, 'CsSite')?.replace(/^site:/i, '');
  yield {
    section: 'CsSite',
    label: 'site',
    description: 'A central site with its pools.',
    fields: [
      ['Identity', stop('Site:', 1, missing ?? 'London')],
      ['DisplayName', stop('', 2, missing ?? 'London')],
      ['SiteType', stop('', 3, 'CentralSite')],
      ['Pools', []],
    ],
  };
}

/** A tab stop with a word to begin with. */
function stop(before: string, number: number, word: string): Snippet {
  return { snippet: `${escaped(before)}\${${number}:${escaped(word)}}` };
}

function freeName(deployment: Deployment, section: string, base: string): string {
  const [named] = [...namesToDefine(deployment, section)];
  if (named !== undefined) return parseIdentity(named).name;
  for (let number = 1; ; number++) {
    const name = number === 1 ? base : `${base}${number}`;
    if (!deployment.find(section, `Tag:${name}`)) return name;
  }
}

function namesToDefine(deployment: Deployment, section: string): Iterable<string> {
  const type = sectionType(section);
  return type ? deployment.undefinedNames(type).keys() : [];
}

function firstUndefined(deployment: Deployment, section: string): string | undefined {
  const [name] = namesToDefine(deployment, section);
  return name;
}

/** A pool with a service of that role and no object of its own in a section, two-factor pools first. */
function freePool(deployment: Deployment, section: string, role: string): string | undefined {
  const limited = namesOfTwoFactorPools(deployment);
  const free = poolsWith(deployment, role).filter(
    (pool) => !deployment.find(section, `Service:${role}:${pool}`),
  );
  return free.find((pool) => limited.has(pool.toLowerCase())) ?? free[0];
}

function metadataUri(deployment: Deployment): Snippet {
  const path = '/federationmetadata/2007-06/federationmetadata.xml';
  for (const configuration of deployment.all('CsWebServiceConfiguration')) {
    const host = /^https:\/\/([^/]+)\//i.exec(configuration.text('WsFedPassiveMetadataUri') ?? '')?.[1];
    if (host !== undefined) return { snippet: `https://${stop('', 2, host).snippet}${path}` };
  }
  return { snippet: `https://${stop('', 2, `sts.${defaultDomain(deployment)}`).snippet}${path}` };
}

function defaultDomain(deployment: Deployment): string {
  const domains = deployment.all('CsSipDomain');
  const usual = domains.find((domain) => domain.text('IsDefault')?.toLowerCase() === 'true') ?? domains[0];
  return usual?.subject ?? 'contoso.com';
}

/** A per-user policy that leaves nothing on for two-factor users. */
function offPolicy(deployment: Deployment, section: string): string | undefined {
  for (const policy of deployment.all(section)) {
    const { scope, name } = parseIdentity(policy.subject);
    if (scope === 'User' && name !== '' && leftOnBy(policy).length === 0) return name;
  }
  return undefined;
}

/** The features that an object leaves on, whomever it applies to, by their names. */
export function leftOnBy(object: LyncObject): string[] {
  return lostFeatures
    .filter(({ section }) => section === object.section.name)
    .filter(({ settings }) => settings.some(({ property, on }) => on(ownValue(object, property).value)))
    .map(({ name }) => name);
}

/** Somebody without an entry in the contact store, whose contacts may stay where they are. */
function personWithout(deployment: Deployment): LyncObject | undefined {
  const may = (standing: Standing): boolean =>
    !standing.limited || standing.value('CsUserServicesPolicy', 'UcsAllowed')?.value === false;
  for (const standing of deployment.populated()) {
    if (!may(standing)) continue;
    for (const user of standing.users)
      if (!deployment.find('CsUnifiedContactStore', user.keys[0] ?? '')) return user;
  }
  return undefined;
}
