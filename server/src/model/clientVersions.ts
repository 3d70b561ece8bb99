/** Which clients a CsClientVersionPolicy lets in. Its rules are tried in order of Priority, and the first that matches decides. */
import { parseIdentity } from '../schema/identity.ts';
import type { Deployment } from './deployment.ts';
import { effectiveOfPool, effectiveValue } from './effective.ts';
import { membersOf } from './members.ts';
import type { LyncObject } from './object.ts';
import { place, type Place } from './place.ts';
import { namesOfTwoFactorPools } from './twoFactorPools.ts';

/** Major, minor, build, QFE. */
export type ClientVersion = readonly [number, number, number, number];

export interface ClientRule {
  /** What the client calls itself, such as OC, in lower case. */
  readonly agent: string;
  /** As the file writes it. */
  readonly userAgent: string;
  readonly operator: string;
  readonly version: ClientVersion;
  readonly allows: boolean;
  readonly at: Place;
}

/**
 * The rules of a policy that are enabled, in the order in which they are tried.
 * @returns `undefined` where one of them cannot be read, and so nobody can say whom the policy lets in
 */
export function clientRules(policy: LyncObject): readonly ClientRule[] | undefined {
  const property = policy.setProperty('Rules');
  if (!property) return undefined;
  const { value, valueBlock, written } = property;
  // PowerShell prints a single rule without list.
  const items = value.type === 'sequence' ? value.items : [value];
  const rules: { readonly priority: number; readonly rule: ClientRule }[] = [];
  for (const [index, item] of items.entries()) {
    const placed = policy.resolve(valueBlock, item);
    const members = placed && membersOf(policy, placed);
    const text = (name: string): string => members?.get(name)?.text?.trim() ?? '';
    if (text('enabled').toLowerCase() === 'false') continue;
    const agent = members?.get('useragent');
    const version = versionOf(text);
    const allows = /^(?:(allow)|block)/i.exec(text('action'));
    const operator = text('compareop').toUpperCase();
    if (!agent?.text || !version || !allows || !operators.has(operator)) return undefined;
    const priority = text('priority') === '' ? index : Number(text('priority'));
    rules.push({
      priority,
      rule: {
        agent: agent.text.trim().toLowerCase(),
        userAgent: agent.text.trim(),
        operator,
        version,
        allows: allows[1] !== undefined,
        at: written.type === 'alias' ? policy.placeOf(property) : place(policy.file, agent.block, agent.node),
      },
    });
  }
  return rules.sort((a, b) => a.priority - b.priority).map(({ rule }) => rule);
}

/**
 * The rule that lets in a version of a client below a limit, or any version where there is none; `undefined` where no rule does.
 * What no rule matches is not looked at: for that the DefaultAction of CsClientVersionConfiguration decides.
 */
export function letsIn(
  rules: readonly ClientRule[],
  userAgent: string,
  below: ClientVersion | undefined,
): ClientRule | undefined {
  const own = rules.filter(({ agent }) => agent === userAgent.toLowerCase());
  // Between the versions that are written the answer does not change: each, and what is next to it on both sides, is enough.
  const points = own
    .flatMap(({ version }) => [-1, 0, 1].map((beside) => [...version, beside]))
    .filter((point) => compare(point, [0, 0, 0, 0, 0]) >= 0);
  points.push([0, 0, 0, 0, 0], ...(below ? [[...below, -1]] : []));
  for (const point of points.sort(compare)) {
    if (below && compare(point, [...below, 0]) >= 0) break;
    const rule = own.find(({ operator, version }) =>
      operators.get(operator)?.(compare(point, [...version, 0])),
    );
    if (rule?.allows) return rule;
  }
  return undefined;
}

/** The pools with passive authentication whose people a policy applies to, where the filter for clients is on. */
export function poolsFilteredBy(policy: LyncObject, deployment: Deployment): readonly string[] {
  const { scope, name } = parseIdentity(policy.subject);
  const isFiltered = (pool: string): boolean => {
    const filter = effectiveOfPool(deployment, 'CsClientVersionConfiguration', pool);
    return filter !== undefined && effectiveValue(filter, 'Enabled').value !== false;
  };
  if (scope === 'User') {
    const names = namesOfTwoFactorPools(deployment);
    const pools = (deployment.audience(policy)?.standings ?? []).flatMap(({ pool, twoFactor }) =>
      pool !== undefined && twoFactor.on && names.has(pool.toLowerCase()) ? [pool] : [],
    );
    return [...new Set(pools)].filter(isFiltered);
  }
  return deployment
    .twoFactorPools()
    .map(({ pool }) => pool)
    .filter((pool) => scope !== 'Service' || pool.toLowerCase() === name.toLowerCase())
    .filter((pool) => effectiveOfPool(deployment, 'CsClientVersionPolicy', pool)?.object === policy)
    .filter(isFiltered);
}

const operators: ReadonlyMap<string, (difference: number) => boolean> = new Map([
  ['EQL', (difference: number) => difference === 0],
  ['NEQ', (difference: number) => difference !== 0],
  ['GTR', (difference: number) => difference > 0],
  ['GEQ', (difference: number) => difference >= 0],
  ['LSS', (difference: number) => difference < 0],
  ['LEQ', (difference: number) => difference <= 0],
]);

function versionOf(text: (name: string) => string): ClientVersion | undefined {
  const [major = NaN, minor = NaN, build = NaN, qfe = NaN] = [
    'majorversion',
    'minorversion',
    'buildnumber',
    'qfenumber',
  ].map((name) => (/^\d*$/.test(text(name)) ? Number(text(name)) : NaN));
  if (text('majorversion') === '' || [major, minor, build, qfe].some(Number.isNaN)) return undefined;
  return [major, minor, build, qfe];
}

function compare(a: readonly number[], b: readonly number[]): number {
  for (const [index, number] of a.entries()) {
    const difference = number - (b[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
