/** A plan for people, and for programs. */
import type { Difference } from '../model/difference.ts';
import { counted, grouped as digits } from '../model/wording.ts';
import type { Setting } from '../model/worth.ts';
import { grouped } from './layout.ts';
import { usersOf, type Plan } from './plan.ts';
import type { LeftOut, ObjectStep, PlanSteps, Settings } from './planSteps.ts';

/** What the states are, for the reader. */
export interface StateNames {
  readonly from: string;
  readonly to: string;
}

/** What has changed, in lines: by noun what is made, set and removed, then users, then what is left. */
export function planLines({ comparison, there, back }: Plan, { from, to }: StateNames): string[] {
  const { differences, unclear, remarks } = comparison;
  if (differences.length === 0 && unclear.length === 0)
    return [`Nothing has changed from '${from}' to '${to}'.`, ...remarks.map((remark) => `Note: ${remark}`)];
  const onlyBack = back.left.filter(
    ({ noun, subject }) => !there.left.some((left) => left.noun === noun && left.subject === subject),
  );
  return [
    `From '${from}' to '${to}': ${sumOf(there)}.`,
    ...objectLines(there),
    ...userLines(there),
    ...leftLines('Left for you, because no cmdlet does it safely:', there.left),
    ...leftLines('Not undone by the script that undoes the rest:', onlyBack),
    ...(remarks.length > 0 ? ['', ...remarks.map((remark) => `Note: ${remark}`)] : []),
  ];
}

/** The same for programs. A value that is left out is none that a single parameter takes; `null` is not set. */
export function planJson({ comparison, there, back }: Plan, { from, to }: StateNames): unknown {
  return {
    version: 1,
    from,
    to,
    changes: comparison.differences.map(({ section, subject, from: before, to: after, changes }) => ({
      section: section.name,
      subject,
      change: kindOf({ from: before, to: after }),
      properties: changes.map(({ name, from: was, to: is }) => ({ name, from: was.value, to: is.value })),
    })),
    left: there.left,
    leftByUndo: back.left,
    notes: comparison.remarks,
  };
}

function kindOf({ from, to }: Pick<Difference, 'from' | 'to'>): 'made' | 'set' | 'removed' {
  return from ? (to ? 'set' : 'removed') : 'made';
}

/** How many of what: `1 made, 2 set, 12 users`. */
export function sumOf(steps: PlanSteps): string {
  const changed = [...steps.made, ...steps.set, ...steps.signIn];
  const made = changed.filter(({ from }) => !from).length;
  const users = usersOf(steps);
  const words = [
    made > 0 ? `${digits(made)} made` : '',
    changed.length > made ? `${digits(changed.length - made)} set` : '',
    steps.gone.length > 0 ? `${digits(steps.gone.length)} removed` : '',
    users > 0 ? counted(users, 'user') : '',
    steps.left.length > 0 ? `${digits(steps.left.length)} left for you` : '',
  ].filter((text) => text !== '');
  return words.length > 0 ? words.join(', ') : 'nothing';
}

function* objectLines({ made, set, signIn, gone }: PlanSteps): Generator<string> {
  const all = [...made, ...set, ...signIn, ...gone];
  for (const steps of grouped(all, ({ section }) => section.name)) {
    yield '';
    yield steps[0]?.section.name ?? '';
    for (const step of steps) yield `  ${objectLine(step)}`;
  }
}

function objectLine({ identity, from, to }: ObjectStep): string {
  if (!to) return `removed  ${identity}`;
  if (from) return `set      ${identity}: ${changeWords(from, to)}`;
  const values = Array.from(to, ([name, value]) => `${name} ${settingWords(value)}`).join(', ');
  return `made     ${identity}${values && `: ${values}`}`;
}

function* userLines({ grants, users, moves, rollbacks }: PlanSteps): Generator<string> {
  if (grants.length + users.length + moves.length + rollbacks.length === 0) return;
  yield '';
  yield 'CsUser';
  const lines = [
    ...grants.map(({ noun, user, from, policy }) => ({
      user,
      text: `granted  ${noun.name.replace(/^Cs/, '')} ${settingWords(from)} -> ${settingWords(policy)}`,
    })),
    ...users.map(({ user, from, to }) => ({ user, text: `set      ${changeWords(from, to)}` })),
    ...moves.map(({ user, from, to }) => ({ user, text: `moved    ${from} -> ${to}` })),
    ...rollbacks.map(({ user }) => ({ user, text: 'contacts come back from Exchange' })),
  ];
  for (const group of grouped(lines, ({ text }) => text))
    yield `  ${group[0]?.text ?? ''}: ${someOf(group.map(({ user }) => user))}`;
}

function* leftLines(head: string, left: readonly LeftOut[]): Generator<string> {
  if (left.length === 0) return;
  yield '';
  yield head;
  for (const group of grouped(left, ({ noun, reason }) => `${noun} ${reason}`))
    yield `  ${group[0]?.noun ?? ''} ${someOf(group.map(({ subject }) => subject))}: ${group[0]?.reason ?? ''}`;
}

function changeWords(from: Settings, to: Settings): string {
  return Array.from(
    to,
    ([name, value]) =>
      `${name} ${from.has(name) ? settingWords(from.get(name)) : 'not said'} -> ${settingWords(value)}`,
  ).join(', ');
}

/** Names, of many the first and how many more. */
function someOf(names: readonly string[]): string {
  const shown = names.slice(0, names.length > 6 ? 5 : 6).join(', ');
  return names.length > 6 ? `${shown} and ${digits(names.length - 5)} more` : shown;
}

function settingWords(value: Setting | undefined): string {
  if (value === undefined) return 'something else';
  if (value === null) return 'not set';
  return Array.isArray(value)
    ? value.join(' | ')
    : `'${String(value)}'`.replace(/^'(true|false|\d+)'$/, '$1');
}
