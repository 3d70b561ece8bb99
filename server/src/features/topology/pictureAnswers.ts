/** What the picture answers in words: where the second factor is asked for, who comes in how, and what is still open. */
import type { Deployment } from '../../model/deployment.ts';
import { effectiveValue } from '../../model/effective.ts';
import type { Link } from '../../model/landscape.ts';
import { counted, grouped } from '../../model/wording.ts';
import { homesUsers, hostOf, type PoolCard } from './poolCard.ts';

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
  const homes = cards.filter(({ pool }) => homesUsers(pool.kind));
  const asking = cards.filter(({ factor, pool }) => factor?.asked === 'all' && pool.kind !== 'edge');
  const withTwo = asking.filter(({ pool }) => homesUsers(pool.kind));
  if (withTwo.length > 0)
    yield `At ${withTwo.length} of ${counted(homes.length, 'pool')} that can home users:`;
  else
    yield deployment.has('CsWebServiceConfiguration')
      ? 'At no pool, as far as the files say.'
      : 'Not known without CsWebServiceConfiguration.';
  const own = homes.filter(({ factor }) => factor?.asked === 'some');
  const users = own.reduce((sum, card) => sum + card.twoFactorUsers, 0);
  for (const { pool, factor, users: number } of withTwo)
    yield `${hostOf(pool.name)} (${counted(number, 'user')}): ${factor?.short ?? ''}`;
  const directors = asking.filter(({ pool }) => pool.kind === 'director');
  if (directors.length > 0) yield `Directors: ${directors.map(({ pool }) => hostOf(pool.name)).join(', ')}`;
  if (users > 0) yield `${counted(users, 'user')} elsewhere, by a key of their own`;
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
  for (const { pool, lines, factor } of edges) {
    const hops = links.filter(({ kind, from }) => kind === 'nextHop' && from === pool.key);
    const next = hops.map(({ to }) => ` → ${hostOf(nameOf(to))}`).join('');
    const sip = lines.find((line) => line.startsWith('SIP: '))?.slice('SIP: '.length);
    yield [`${hostOf(pool.name)}${next}${factor?.asked === 'all' ? ' (2FA)' : ''}`, sip]
      .filter((part) => part !== undefined)
      .join(': ');
  }
}

/** Whom CsExternalAccessPolicy lets in from outside. */
function* allowedOutside(deployment: Deployment): Generator<string> {
  let [users, allowed, withTwo] = [0, 0, 0];
  for (const standing of deployment.populated()) {
    const effective = standing.effective('CsExternalAccessPolicy');
    if (standing.pool === undefined || !effective) continue;
    users += standing.size;
    if (effectiveValue(effective, 'EnableOutsideAccess').value !== true) continue;
    allowed += standing.size;
    if (standing.twoFactor.on) withTwo += standing.size;
  }
  if (users > 0)
    yield `${grouped(allowed)} of ${counted(users, 'user')} may, ${withTwo === 0 ? 'none' : grouped(withTwo)} of them with two factors.`;
}

function* stillOpen(cards: readonly PoolCard[]): Generator<string> {
  const open = cards.filter(({ lockdown }) => lockdown !== undefined && lockdown.length > 0);
  for (const { pool, lockdown = [] } of open)
    yield `${hostOf(pool.name)}: ${[...new Set(lockdown.map(({ finding }) => finding.rule.id))].join(', ')}`;
  const closed = cards.filter(({ lockdown }) => lockdown?.length === 0).length;
  if (closed > 0)
    yield open.length === 0
      ? `No finding at the ${counted(closed, 'pool')} where it matters.`
      : `No finding at ${counted(closed, 'other pool')}.`;
  if (open.length + closed === 0) yield 'Not known: the files do not say.';
}
