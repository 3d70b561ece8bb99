/** What the picture answers in words: where the second factor is asked for, who comes in how, and what is still open. */
import type { Deployment } from '../../model/deployment.ts';
import { effectiveValue } from '../../model/effective.ts';
import type { Link } from '../../model/landscape.ts';
import { counted, grouped } from '../../model/wording.ts';
import { homesUsers, kindWords, type PoolCard } from './poolCard.ts';

export interface Answer {
  readonly question: string;
  /** Short lines; those that do not fit are counted. */
  readonly lines: readonly string[];
}

export function answersOf(
  cards: readonly PoolCard[],
  links: readonly Link[],
  nameOf: (key: string) => string,
  deployment: Deployment,
): Answer[] {
  return [
    { question: 'Where is the second factor asked for?', lines: [...whereAsked(cards, deployment)] },
    { question: 'Who comes in how from outside?', lines: [...waysIn(cards, links, nameOf, deployment)] },
    { question: 'What is not locked down yet?', lines: [...stillOpen(cards)] },
  ];
}

function* whereAsked(cards: readonly PoolCard[], deployment: Deployment): Generator<string> {
  const asking = cards.filter(({ twoFactor, pool }) => twoFactor !== undefined && pool.kind !== 'edge');
  if (asking.length === 0)
    yield deployment.has('CsWebServiceConfiguration')
      ? 'Nowhere, as far as the files say.'
      : 'Not known: no file has CsWebServiceConfiguration.';
  const homes = cards.filter(({ pool }) => homesUsers(pool.kind));
  const withTwo = asking.filter(({ pool }) => homesUsers(pool.kind));
  if (withTwo.length > 0) yield `At ${withTwo.length} of ${counted(homes.length, 'pool')} with users:`;
  for (const { pool, twoFactor, twoFactorUsers } of asking) {
    const people = homesUsers(pool.kind) ? `, ${grouped(twoFactorUsers)}` : `, ${kindWords[pool.kind]}`;
    yield `${host(pool.name)}${people}: ${twoFactor ?? ''}`;
  }
}

function* waysIn(
  cards: readonly PoolCard[],
  links: readonly Link[],
  nameOf: (key: string) => string,
  deployment: Deployment,
): Generator<string> {
  yield* allowedOutside(deployment);
  const edges = cards.filter(({ pool }) => pool.kind === 'edge');
  if (edges.length === 0) yield 'By no Edge pool that these files name.';
  for (const { pool, lines, twoFactor } of edges) {
    const hops = links.filter(({ kind, from }) => kind === 'nextHop' && from === pool.key);
    const next = hops.map(({ to }) => ` → ${host(nameOf(to))}`).join('');
    const sip = lines.find((line) => line.startsWith('SIP: '))?.slice('SIP: '.length);
    yield [`${host(pool.name)}${next}${twoFactor === undefined ? '' : ' (2FA)'}`, sip]
      .filter((part) => part !== undefined)
      .join(': ');
  }
}

/** Whom CsExternalAccessPolicy lets in from outside. */
function* allowedOutside(deployment: Deployment): Generator<string> {
  let [users, allowed] = [0, 0];
  for (const standing of deployment.populated()) {
    const effective = standing.effective('CsExternalAccessPolicy');
    if (standing.pool === undefined || !effective) continue;
    users += standing.size;
    if (effectiveValue(effective, 'EnableOutsideAccess').value === true) allowed += standing.size;
  }
  if (users > 0) yield `${grouped(allowed)} of ${counted(users, 'user')} may (CsExternalAccessPolicy).`;
}

function* stillOpen(cards: readonly PoolCard[]): Generator<string> {
  const open = cards.filter(({ lockdown }) => lockdown !== undefined && lockdown.length > 0);
  for (const { pool, lockdown = [] } of open)
    yield `${host(pool.name)}: ${counted(lockdown.length, 'finding')}`;
  const closed = cards.filter(({ lockdown }) => lockdown?.length === 0).length;
  if (closed > 0)
    yield open.length === 0
      ? `Nothing was found at ${counted(closed, 'pool')} where a second factor depends on it.`
      : `Nothing was found at ${counted(closed, 'other pool')}.`;
  if (open.length + closed === 0) yield 'Not known: the files say nothing that could be held against it.';
}

function host(name: string): string {
  return name.split('.')[0] ?? name;
}
