/**
 * The PowerShell that brings the servers from one state of the files to another, and the one that brings them back.
 *
 * As in every script, what files say stands in tables, as literals. The procedure first makes sure that the servers are in one of
 * the two states, so that nobody's later change is lost; then it asks before each step, and changes what differs.
 */
import type { Deployment } from '../model/deployment.ts';
import { compare, reversed, type Comparison } from '../model/difference.ts';
import { counted } from '../model/wording.ts';
import { parameters } from './frame.ts';
import { grouped, hashTable, objectEntry, row } from './layout.ts';
import { planProcedure, planTables, type PlanNeeds, type PlanTable } from './planProcedure.ts';
import { isEmpty, stepsOf, type ObjectStep, type PlanSteps } from './planSteps.ts';
import { commentLines, inComment } from './powershell.ts';

/** The way between two states, there and back. */
export interface Plan {
  readonly comparison: Comparison;
  readonly there: PlanSteps;
  readonly back: PlanSteps;
}

export interface ScriptOptions {
  /** What the states are, for the reader: paths, say. */
  readonly from: string;
  readonly to: string;
  /** Whether it undoes what another script has done. */
  readonly isUndo?: boolean;
  /** What the states do not say, in sentences. */
  readonly notes?: readonly string[];
  /** When it is written; not said if left out. */
  readonly now?: Date;
}

export function planBetween(from: Deployment, to: Deployment): Plan {
  const comparison = compare(from, to);
  return { comparison, there: stepsOf(comparison, to), back: stepsOf(reversed(comparison), from) };
}

/** A script for steps. Lines end in CR LF. Empty where there is nothing that cmdlets could do. */
export function planScript(steps: PlanSteps, options: ScriptOptions): string {
  if (isEmpty(steps)) return '';
  return [
    ...help(steps, options),
    ...parameters.split('\n'),
    '# ---- What is to be done ----------------------------------------------------------------------',
    '',
    ...objectTable('made', 'Policies and configurations that are made.', steps.made),
    ...objectTable(
      'set',
      'Policies and configurations that are set. From: what they have in the first state.',
      steps.set,
    ),
    ...grantTable(steps.grants),
    ...userTable(steps.users),
    ...moveTable(steps.moves),
    ...rollbackTable(steps.rollbacks),
    ...objectTable(
      'signIn',
      'How people sign in. What opens a way comes before what closes one.',
      steps.signIn,
    ),
    ...objectTable('gone', 'Policies and configurations that are removed.', steps.gone),
    ...planProcedure(needsOf(steps)).split('\n'),
    ...leftovers(steps.left),
    ...(options.notes ?? []).flatMap((note) => [...commentLines(`Note: ${note}`), '']),
  ].join('\r\n');
}

/** How many users are concerned. */
export function usersOf({ grants, users, moves, rollbacks }: PlanSteps): number {
  return new Set([...grants, ...users, ...moves, ...rollbacks].map(({ user }) => user.toLowerCase())).size;
}

/** From so many users on, all are read at once. */
const populous = 500;

function needsOf(steps: PlanSteps): PlanNeeds {
  const { made, set, signIn, gone, grants } = steps;
  const changed = [...made, ...set, ...signIn];
  const sections = (objects: readonly ObjectStep[]): PlanNeeds['removes'] =>
    new Set(objects.map(({ section }) => section));
  const nouns = new Map(grants.map(({ noun }) => [noun.name, noun]));
  return {
    makes: sections(changed.filter(({ from }) => !from)),
    sets: sections(changed),
    removes: sections(gone),
    grants: new Set(nouns.values()),
    tables: new Set(planTables.filter((table) => steps[table].length > 0)),
    isPopulous: usersOf(steps) >= populous,
  };
}

function help(steps: PlanSteps, { from, to, isUndo = false, now }: ScriptOptions): string[] {
  const does: Readonly<Record<PlanTable, string>> = {
    made: `makes policies and configurations (${steps.made.length})`,
    set: `sets policies and configurations (${steps.set.length})`,
    grants: `grants policies to users (${steps.grants.length})`,
    users: `sets what users have (${steps.users.length})`,
    moves: `moves users to other pools (${steps.moves.length})`,
    rollbacks: `brings contacts back from Exchange to Lync (${steps.rollbacks.length})`,
    signIn: `changes how people sign in (${steps.signIn.length})`,
    gone: `removes policies and configurations (${steps.gone.length})`,
  };
  const name = isUndo ? 'Lync-Undo' : 'Lync-Plan';
  return [
    '#Requires -Version 3.0',
    // A comment right in front of the help would be part of it, and Get-Help would take neither.
    '',
    '<#',
    '.SYNOPSIS',
    isUndo
      ? '    Brings the servers of Lync back to where they were before a plan.'
      : '    Brings the servers of Lync from one state of their files to another.',
    '',
    '.DESCRIPTION',
    '    In this order, this script',
    ...planTables
      .filter((table) => steps[table].length > 0)
      .map((table, index) => `      ${index + 1}. ${does[table]}`),
    '    A policy is made before anybody is granted it, and goes only when nobody has it. Policies of',
    '    phones and rooms are not in the files: look for them before you let a policy go.',
    ...(steps.signIn.length > 0
      ? ['    Check that people can sign in by what stays open before you say yes to the rest.']
      : []),
    '',
    '    First it makes sure that the servers are as one of the two states says, in all that it touches.',
    '    Where they are not, it says so and changes nothing. It changes only what differs: run it as often',
    '    as you like. It asks before each step. What fails does not keep the rest from being done.',
    ...(steps.left.length > 0
      ? [
          '',
          `    ${counted(steps.left.length, 'thing')} ${steps.left.length === 1 ? 'is' : 'are'} left for you to do: the list is at the end of this file.`,
        ]
      : []),
    '',
    '.PARAMETER LogPath',
    '    The file that tells what was done, and when. Default: beside this script, with its name and the',
    '    ending .log. Each run adds to it.',
    '',
    '.EXAMPLE',
    `    .\\${name}.ps1 -WhatIf`,
    '    Shows each step that is to be done. Nothing is changed, and no log is written.',
    '',
    '.EXAMPLE',
    `    .\\${name}.ps1`,
    "    Asks before each step; 'Yes to All' goes for the rest.",
    '',
    '.EXAMPLE',
    `    .\\${name}.ps1 -Confirm:$false`,
    '    Asks nothing.',
    '',
    '.NOTES',
    `    Written by lync-lint${now ? ` on ${now.toISOString().slice(0, 16).replace('T', ' ')} UTC` : ''}.`,
    `    The first state is '${inComment(from)}', the second '${inComment(to)}'.`,
    `    It concerns ${counted(usersOf(steps), 'user')}.`,
    '    Exit code: 0 all is done, 1 something failed, 2 it could not start.',
    '#>',
  ];
}

function objectTable(table: PlanTable, head: string, steps: readonly ObjectStep[]): string[] {
  if (steps.length === 0) return [];
  const entries = steps.flatMap(({ section, identity, from, to }) =>
    objectEntry(section.name, identity, !from, [
      ['From', from],
      ['Settings', to],
    ]),
  );
  return [`# ${head}`, `$${table} = @(`, ...entries, ')', ''];
}

function grantTable(grants: PlanSteps['grants']): string[] {
  return usersTable(
    'grants',
    "Who is to have which policy. $null: none of the user's own.",
    grants,
    ({ noun, from, policy }) => JSON.stringify([noun.name, from, policy]),
    ({ noun, from, policy }) => [
      `        Noun = '${noun.name}'`,
      row(8, 'From = ', from),
      row(8, 'Policy = ', policy),
    ],
  );
}

function userTable(users: PlanSteps['users']): string[] {
  return usersTable(
    'users',
    'What users are to have.',
    users,
    ({ from, to }) => JSON.stringify([[...from], [...to]]),
    ({ from, to }) => [...hashTable('From', from), ...hashTable('Settings', to)],
  );
}

function moveTable(moves: PlanSteps['moves']): string[] {
  return usersTable(
    'moves',
    'Who is to be on which pool.',
    moves,
    ({ from, to }) => JSON.stringify([from, to]),
    ({ from, to }) => [row(8, 'From = ', from), row(8, 'Pool = ', to)],
  );
}

function rollbackTable(rollbacks: PlanSteps['rollbacks']): string[] {
  return usersTable(
    'rollbacks',
    'Whose contacts are to come back from Exchange. Scopes: where the policy stands of those without one of their own.',
    rollbacks,
    ({ scopes }) => JSON.stringify(scopes),
    ({ scopes }) => [row(8, 'Scopes = ', scopes)],
  );
}

/** Users who are to have the same, together. */
function usersTable<T extends { readonly user: string }>(
  table: PlanTable,
  head: string,
  steps: readonly T[],
  keyOf: (step: T) => string,
  linesOf: (step: T) => string[],
): string[] {
  if (steps.length === 0) return [];
  const lines = [`# ${head}`, `$${table} = @(`];
  for (const group of grouped(steps, keyOf)) {
    const [first] = group;
    if (!first) continue;
    lines.push('    @{', ...linesOf(first), '        Users = @(');
    for (const { user } of group) lines.push(row(12, '', user));
    lines.push('        )', '    }');
  }
  return [...lines, ')', ''];
}

function leftovers(left: PlanSteps['left']): string[] {
  if (left.length === 0) return [];
  const lines = [
    '# ---- What is left for you --------------------------------------------------------------------',
  ];
  for (const group of grouped(left, ({ noun, reason }) => `${noun} ${reason}`)) {
    const [first] = group;
    if (!first) continue;
    lines.push('#', ...commentLines(`${first.noun}: ${first.reason}`));
    for (const { subject } of group) lines.push(`#   of ${inComment(subject)}`);
  }
  return [...lines, ''];
}
