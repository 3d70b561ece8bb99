import { parseIdentity, type Identity } from '../schema/identity.ts';
import type { Deployment } from './deployment.ts';
import { effectiveObject, effectiveValue, type EffectiveObject, type EffectiveValue } from './effective.ts';
import type { LyncObject } from './object.ts';
import { release, Source, track, type Reader } from './tracking.ts';
import { decideTwoFactor, type TwoFactor } from './twoFactor.ts';
import { readEnum, referenceName } from './values.ts';
import { twoFactorMethods, type TwoFactorMethod } from './configuration.ts';

/** The keys of a user that decide which policies apply. */
const policyKeys = [
  ...[
    'UserServicesPolicy',
    'ClientPolicy',
    'MobilityPolicy',
    'ExternalAccessPolicy',
    'ArchivingPolicy',
    'ConferencingPolicy',
  ],
  ...['HostedVoicemailPolicy', 'VoicePolicy', 'PresencePolicy', 'PinPolicy', 'ClientVersionPolicy'],
];

/**
 * What a user's files say of pool, policies and second factor, and what Lync makes of it. Thousands of users have the same;
 * so it is worked out once for all of them, and a policy's edit reaches them through it.
 */
export class Standing extends Source implements Reader {
  sources: Source[] = [];
  /** The users who have it. */
  readonly users = new Set<LyncObject>();
  /** The FQDN of the registrar pool; `undefined` for somebody who is not homed on one, or disabled. */
  readonly pool: string | undefined;
  /** What the user's own TwoFactorAuthentication says. */
  readonly declared: TwoFactorMethod | undefined;
  readonly #deployment: Deployment;
  readonly #assigned: ReadonlyMap<string, string>;
  readonly #effective = new Map<string, EffectiveObject | undefined>();
  #twoFactor: TwoFactor | undefined;

  readonly key: string;

  constructor(deployment: Deployment, user: LyncObject, key: string) {
    super();
    this.key = key;
    this.#deployment = deployment;
    // A user who is disabled signs in nowhere and loses nothing.
    this.pool =
      user.text('Enabled')?.toLowerCase() === 'false' ? undefined : reference(user, 'RegistrarPool');
    this.declared = declaredMethod(user);
    const assigned = new Map<string, string>();
    for (const key of policyKeys) {
      const name = reference(user, key);
      if (name !== undefined)
        assigned.set(`Cs${key}`, parseIdentity(name).scope === 'User' ? parseIdentity(name).name : name);
    }
    this.#assigned = assigned;
  }

  /** Whether the user signs in with two factors, and why. */
  get twoFactor(): TwoFactor {
    this.read();
    return (this.#twoFactor ??= track(this, () => decideTwoFactor(this.#deployment, this)));
  }

  /** Whether Exchange Web Services are out of reach for the user's client. */
  get limited(): boolean {
    return this.twoFactor.limited;
  }

  /**
   * The policy or configuration of a section that applies to the user.
   * @returns `undefined` where the files cannot say
   */
  effective(section: string): EffectiveObject | undefined {
    this.read();
    if (!this.#effective.has(section))
      this.#effective.set(
        section,
        track(this, () => this.#find(section)),
      );
    return this.#effective.get(section);
  }

  value(section: string, property: string): EffectiveValue | undefined {
    const effective = this.effective(section);
    return effective && effectiveValue(effective, property);
  }

  invalidate(): void {
    release(this);
    this.#effective.clear();
    this.#twoFactor = undefined;
    this.changed();
  }

  #find(section: string): EffectiveObject | undefined {
    const scopes: Identity[] = [];
    const assigned = this.#assigned.get(section);
    if (assigned !== undefined) scopes.push({ scope: 'User', role: undefined, name: assigned });
    return effectiveIn(this.#deployment, section, this.pool, scopes);
  }
}

/** The configuration of a section that applies to a pool, as to its users. */
export function effectiveOfPool(
  deployment: Deployment,
  section: string,
  pool: string,
): EffectiveObject | undefined {
  return effectiveIn(deployment, section, pool, []);
}

/** Looks in `nearest`, and then in the scopes that a pool's users share. */
function effectiveIn(
  deployment: Deployment,
  section: string,
  pool: string | undefined,
  nearest: readonly Identity[],
): EffectiveObject | undefined {
  const scopes = [...nearest];
  let siteUnknown = false;
  if (pool !== undefined) {
    const role = serviceRoles[section];
    const serving =
      role === 'UserServer' || role === 'WebServer'
        ? (deployment.topology.servingPool(pool, role) ?? pool)
        : pool;
    if (role) scopes.push({ scope: 'Service', role, name: serving });
    // A configuration belongs to the service that it configures, and so to that service's site; a policy to the user's.
    const site = deployment.topology.siteOf(section.endsWith('Configuration') ? serving : pool);
    if (site !== undefined) scopes.push({ scope: 'Site', role: undefined, name: site });
    siteUnknown = site === undefined;
  }
  const found = effectiveObject(deployment, section, [
    ...scopes,
    { scope: 'Global', role: undefined, name: '' },
  ]);
  const decidedBelowSite = found?.scope === 'User' || found?.scope === 'Service';
  // Without the topology a site's policy may or may not apply: the files do not say.
  return siteUnknown && !decidedBelowSite && deployment.hasSiteScoped(section) ? undefined : found;
}

/** The role of the pool's service at which an object of a section may apply. */
const serviceRoles: Partial<Record<string, string>> = {
  CsUserServicesPolicy: 'UserServer',
  CsUserServicesConfiguration: 'UserServer',
  CsPrivacyConfiguration: 'UserServer',
  CsImConfiguration: 'UserServer',
  CsWebServiceConfiguration: 'WebServer',
  CsMcxConfiguration: 'WebServer',
  CsProxyConfiguration: 'Registrar',
  CsArchivingConfiguration: 'Registrar',
  CsRegistrarConfiguration: 'Registrar',
  CsClientVersionPolicy: 'Registrar',
};

function reference(user: LyncObject, key: string): string | undefined {
  const property = user.setProperty(key);
  const name = property && referenceName(property.value)?.trim();
  return name === '' ? undefined : name;
}

function declaredMethod(user: LyncObject): TwoFactorMethod | undefined {
  const declared = user.setProperty('TwoFactorAuthentication');
  return declared && (readEnum(twoFactorMethods, declared.value) as TwoFactorMethod | undefined);
}

/** Two users with the same key have the same standing. Messages say names as users write them, so case counts. */
export function standingKey(user: LyncObject): string {
  let key = `${reference(user, 'RegistrarPool') ?? ''}|${user.text('Enabled') ?? ''}|${declaredMethod(user) ?? ''}`;
  for (const policy of policyKeys) key += `|${reference(user, policy) ?? ''}`;
  return key;
}
