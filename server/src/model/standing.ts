import { parseIdentity, type Identity } from '../schema/identity.ts';
import type { Deployment } from './deployment.ts';
import { effectiveIn, effectiveValue, type EffectiveObject, type EffectiveValue } from './effective.ts';
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

/** What a user's files say of pool, policies and second factor. */
export interface StandingFacts {
  /** The FQDN of the registrar pool; `undefined` for somebody who is not homed on one, or disabled. */
  readonly pool: string | undefined;
  /** What the user's own TwoFactorAuthentication says. */
  readonly declared: TwoFactorMethod | undefined;
  /** The names of the policies that are the user's own, by section. */
  readonly assigned: ReadonlyMap<string, string>;
}

export function factsOf(user: LyncObject): StandingFacts {
  const assigned = new Map<string, string>();
  for (const key of policyKeys) {
    const name = reference(user, key);
    if (name !== undefined)
      assigned.set(`Cs${key}`, parseIdentity(name).scope === 'User' ? parseIdentity(name).name : name);
  }
  // A user who is disabled signs in nowhere and loses nothing.
  const isDisabled = user.text('Enabled')?.toLowerCase() === 'false';
  return {
    pool: isDisabled ? undefined : reference(user, 'RegistrarPool'),
    declared: declaredMethod(user),
    assigned,
  };
}

/**
 * What Lync makes of a user's pool, policies and second factor. Thousands of users have the same; so it is worked out once for
 * all of them, and a policy's edit reaches them through it.
 */
export class Standing extends Source implements Reader {
  epoch = 0;
  /** The users who have it, of those whose files are here. */
  readonly users = new Set<LyncObject>();
  /** How many more have it in files that are not here. */
  elsewhere = 0;
  readonly pool: string | undefined;
  readonly declared: TwoFactorMethod | undefined;
  readonly key: string;
  /** The names of the policies that are the users' own, by section. */
  readonly assigned: ReadonlyMap<string, string>;
  readonly #deployment: Deployment;
  readonly #effective = new Map<string, EffectiveObject | undefined>();
  readonly #answers = new Map<object, { readonly value: unknown }>();
  #twoFactor: TwoFactor | undefined;

  constructor(deployment: Deployment, key: string, { pool, declared, assigned }: StandingFacts) {
    super();
    this.key = key;
    this.#deployment = deployment;
    this.pool = pool;
    this.declared = declared;
    this.assigned = assigned;
  }

  /** How many users have it. */
  get size(): number {
    return this.users.size + this.elsewhere;
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

  /** What `compute` makes of this standing alone, worked out once for all users who have it. */
  remember<T>(question: object, compute: () => T): T {
    this.read();
    let answer = this.#answers.get(question) as { readonly value: T } | undefined;
    if (!answer) this.#answers.set(question, (answer = { value: track(this, compute) }));
    return answer.value;
  }

  invalidate(): void {
    release(this);
    this.#answers.clear();
    this.#effective.clear();
    this.#twoFactor = undefined;
    this.changed();
  }

  #find(section: string): EffectiveObject | undefined {
    const scopes: Identity[] = [];
    const assigned = this.assigned.get(section);
    if (assigned !== undefined) scopes.push({ scope: 'User', role: undefined, name: assigned });
    return effectiveIn(this.#deployment, section, this.pool, scopes);
  }
}

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
