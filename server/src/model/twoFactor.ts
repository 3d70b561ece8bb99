/**
 * Who signs in with two factors. Lync keeps no flag for it; the files say so in one of three ways, the first that applies
 * decides: the user's own `TwoFactorAuthentication`, the pools named in `lync.config.yaml`, or the web service configuration
 * of the user's pool, when it has passive (WS-Federation) authentication on.
 *
 * Passive authentication reaches Lync but not Exchange: the client cannot call Exchange Web Services with it. Source:
 * Microsoft's page "Planning for and deploying two-factor authentication in Lync Server 2013", which calls this by design,
 * and the same page for Skype for Business Server. Hybrid Modern Authentication lifts it for pools that use it.
 */
import type { TwoFactorMethod, TwoFactorPool as NamedPool } from './configuration.ts';
import type { Deployment } from './deployment.ts';
import { describeValue } from './describe.ts';
import { effectiveOfPool, effectiveValue, type EffectiveValue } from './effective.ts';
import type { Place } from './place.ts';
import type { Standing } from './standing.ts';

export interface TwoFactor {
  readonly on: boolean;
  readonly method: TwoFactorMethod | undefined;
  /** Whether the client cannot reach Exchange Web Services because of it. */
  readonly limited: boolean;
  /** Why, in a sentence without full stop. */
  readonly reason: string;
  /** What to look at; `undefined` where the user's own key decides, which the user has at hand. */
  readonly at: Place | undefined;
}

export function decideTwoFactor(deployment: Deployment, { pool, declared }: Standing): TwoFactor {
  const passive = pool === undefined ? undefined : passiveOf(deployment, pool);
  const declaresHybrid = deployment.configuration.hybridModernAuthentication;
  const against = declaresHybrid ? obstacle(deployment, passive) : undefined;
  const limited = !declaresHybrid || against !== undefined;
  const more = !declaresHybrid
    ? ''
    : against === undefined
      ? ', and Hybrid Modern Authentication lets the client reach Exchange with it'
      : `; Hybrid Modern Authentication does not lift that: ${against}`;
  const on = (method: TwoFactorMethod | undefined, reason: string, at: Place | undefined): TwoFactor => ({
    on: true,
    method,
    limited,
    reason: `${reason}${more}`,
    at,
  });
  const off = (reason: string, at?: Place): TwoFactor => ({
    on: false,
    method: 'None',
    limited: false,
    reason,
    at,
  });

  if (pool === undefined) return off('no registrar pool: this user does not sign in to these servers');
  if (declared === 'None') return off('TwoFactorAuthentication is None');
  if (declared) return on(declared, `TwoFactorAuthentication is ${declared}`, undefined);
  const named = namedPool(deployment, pool);
  if (named?.method === 'None')
    return off(`lync.config.yaml says that '${pool}' has no second factor`, named.at);
  if (named) return on(named.method, `lync.config.yaml names '${pool}' among the two-factor pools`, named.at);
  if (!passive)
    return off('no file has CsWebServiceConfiguration, so it is not known how this pool signs people in');
  if (passive.value !== true)
    return off(`pool '${pool}' does not use passive authentication`, placeOf(passive));
  return on(undefined, `pool '${pool}' uses passive authentication (${describe(passive)})`, placeOf(passive));
}

/** A step on the way to the decision, in the order in which they are looked at. */
export interface TwoFactorStep {
  /** Where it was looked. */
  readonly where: string;
  /** What is there, in words without full stop. */
  readonly says: string;
  readonly decides: boolean;
  /** Where it is written; `undefined` where nothing is, or it is the user's own key. */
  readonly at: Place | undefined;
}

/** What the three places say in which a second factor may be declared, and which of them decided. */
export function twoFactorSteps(deployment: Deployment, { pool, declared }: Standing): TwoFactorStep[] {
  const named = pool === undefined ? undefined : namedPool(deployment, pool);
  const passive = pool === undefined ? undefined : passiveOf(deployment, pool);
  const decides = pool === undefined ? -1 : declared ? 0 : named ? 1 : 2;
  const method = named?.method === undefined ? '' : ` with the method ${named.method}`;
  const home = pool ?? 'the pool';
  const steps = [
    { where: 'TwoFactorAuthentication of the user', says: declared ?? 'not set', at: undefined },
    {
      where: 'lync.config.yaml',
      says: named ? `names '${home}' among the two-factor pools${method}` : `does not name '${home}'`,
      at: named?.at,
    },
    {
      where: 'CsWebServiceConfiguration of the pool',
      says: passive
        ? describeValue(passive, 'UseWsFedPassiveAuth')
        : deployment.has('CsWebServiceConfiguration')
          ? 'the files do not say which one applies'
          : 'no file has it',
      at: passive && placeOf(passive),
    },
  ];
  return steps.map((step, index) => ({ ...step, decides: index === decides }));
}

function namedPool(deployment: Deployment, pool: string): NamedPool | undefined {
  const { twoFactorPools } = deployment.configuration;
  return twoFactorPools.find((entry) => entry.pool.toLowerCase() === pool.toLowerCase());
}

/** What decides on the second factor of a pool's people, unless they have a key of their own. */
export interface PoolTwoFactor {
  /** How `lync.config.yaml` names the pool. */
  readonly named: NamedPool | undefined;
  /** Its passive authentication; `undefined` where the files do not say. */
  readonly passive: EffectiveValue | undefined;
}

export function twoFactorOfPool(deployment: Deployment, pool: string): PoolTwoFactor {
  return { named: namedPool(deployment, pool), passive: passiveOf(deployment, pool) };
}

/** What the pool's effective web service configuration says of passive authentication. */
function passiveOf(deployment: Deployment, pool: string): EffectiveValue | undefined {
  const effective = effectiveOfPool(deployment, 'CsWebServiceConfiguration', pool);
  return effective && effectiveValue(effective, 'UseWsFedPassiveAuth');
}

/**
 * Why Hybrid Modern Authentication, where it is declared, does not lift the limitation; `undefined` where it does. It and passive
 * authentication exclude each other on a pool. Source: "How to use Modern Authentication (ADAL)".
 */
function obstacle(deployment: Deployment, passive: EffectiveValue | undefined): string | undefined {
  return passive?.value === true ? 'the pool uses passive authentication' : deployment.hybridObstacle();
}

function describe({ effective, property }: EffectiveValue): string {
  return property ? `UseWsFedPassiveAuth: true in '${effective.identity ?? ''}'` : 'by default';
}

function placeOf({ effective, property }: EffectiveValue): Place | undefined {
  return property && effective.object ? effective.object.placeOf(property) : effective.object?.at;
}
