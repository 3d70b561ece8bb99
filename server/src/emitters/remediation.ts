/**
 * Editing YAML changes no server: what findings ask for, as a PowerShell script for whoever administers the servers.
 *
 * The script is data and one procedure. What files say stands in tables, as literals; the procedure reads the present state
 * first, asks before each step, and changes what differs. Never -Force: with it Invoke-CsUcsRollback can lose contacts. Source:
 * "Roll back migrated users from the unified contact store to Lync Server 2013".
 */
import type { Finding } from '../linter/finding.ts';
import type { SeverityOverrides } from '../linter/judge.ts';
import type { Deployment } from '../model/deployment.ts';
import { counted } from '../model/wording.ts';
import type { SourceFile } from '../parser/sourceFile.ts';
import type { SectionType } from '../schema/schema.ts';
import { parameters } from './frame.ts';
import { grouped, indented, objectEntry, row } from './layout.ts';
import { commentLines, inComment } from './powershell.ts';
import { procedure, type Needs, type Table } from './procedure.ts';
import {
  planOf,
  rollbackRule,
  type Grant,
  type Left,
  type Plan,
  type Rollback,
  type SettingStep,
} from './steps.ts';

export interface RemediationOptions {
  /** What the findings are of, for the reader: a path, say. */
  readonly title: string;
  /** When it is written; not said if left out. */
  readonly now?: Date;
  /** A file's name for the reader. */
  readonly nameOf: (file: SourceFile) => string;
  /** Severities that go before those of the configuration. A rule that is off there asks for nothing. */
  readonly overrides?: SeverityOverrides;
}

export interface Remediation {
  /** Lines end in CR LF. Empty where there is nothing that cmdlets could do. */
  readonly script: string;
  /** How many users are granted something or rolled back. */
  readonly users: number;
  /** How many steps of each kind there are. */
  readonly steps: Readonly<Record<Table, number>>;
  /** What is left for people to do; it stands at the end of the script, too. */
  readonly left: readonly Left[];
}

/**
 * A script for findings of the groups features and passive, by the fixes that change nothing for people whom they are not about.
 * Findings of other groups are about the files.
 */
export function remediation(
  findings: Iterable<Finding>,
  deployment: Deployment,
  options: RemediationOptions,
): Remediation {
  const chosen = options.overrides?.get(rollbackRule) ?? deployment.configuration.rules.get(rollbackRule);
  const plan = planOf(findings, deployment, chosen !== 'off');
  const { policies, grants, rollbacks, signIn, left } = plan;
  const steps = {
    policies: policies.length,
    grants: grants.length,
    rollbacks: rollbacks.length,
    signIn: signIn.length,
  };
  const users = new Set([...grants, ...rollbacks].map(({ user }) => user.toLowerCase())).size;
  const tables = order.filter((table) => steps[table] > 0);
  const script = tables.length > 0 ? write(plan, tables, users, options) : '';
  return { script, users, steps, left };
}

/** What somebody is told who has a script written. */
export function summaryOf(made: Remediation): string {
  const rest = made.left.length > 0 ? ` ${made.left.length} left for you to do: see the end of it.` : '';
  return `${stepWords(made)}; run it with -WhatIf first.${rest}`;
}

/** How many of what, in words: `12 users, 2 policies, 4 roll-backs`. */
export function stepWords({ users, steps }: Pick<Remediation, 'users' | 'steps'>): string {
  const { policies, rollbacks, signIn } = steps;
  return [
    users > 0 ? counted(users, 'user') : '',
    policies > 0 ? counted(policies, 'policy', 'policies') : '',
    rollbacks > 0 ? counted(rollbacks, 'roll-back') : '',
    signIn > 0 ? counted(signIn, 'sign-in configuration') : '',
  ]
    .filter((words) => words !== '')
    .join(', ');
}

const order: readonly Table[] = ['policies', 'grants', 'rollbacks', 'signIn'];

function write(plan: Plan, tables: readonly Table[], users: number, options: RemediationOptions): string {
  const settings = [...plan.policies, ...plan.signIn];
  const needs: Needs = {
    settings: sectionsOf(settings),
    makes: sectionsOf(settings.filter(({ copied }) => copied)),
    grants: sectionsOf(plan.grants),
    tables,
  };
  const { nameOf } = options;
  const lines = [
    ...help(plan, users, options),
    ...parameters.split('\n'),
    '# ---- What is to be done ----------------------------------------------------------------------',
    '',
    ...settingTable('policies', plan.policies, nameOf),
    ...grantTable(plan.grants, nameOf),
    ...rollbackTable(plan.rollbacks, nameOf),
    ...settingTable('signIn', plan.signIn, nameOf),
    ...procedure(needs).split('\n'),
    ...leftovers(plan, nameOf),
  ];
  return lines.join('\r\n');
}

function help(plan: Plan, users: number, { title, now }: RemediationOptions): string[] {
  const { policies, grants, rollbacks, signIn, left } = plan;
  const does = [
    policies.length > 0 ? `makes or sets policies and configurations (${policies.length})` : '',
    grants.length > 0
      ? `grants policies to users (${counted(grants.length, 'grant')}, ${counted(new Set(grants.map(({ user }) => user)).size, 'user')})`
      : '',
    rollbacks.length > 0
      ? `brings contacts back from Exchange to Lync (${counted(rollbacks.length, 'user')})`
      : '',
    signIn.length > 0 ? `closes other ways to sign in to two-factor pools (${signIn.length})` : '',
  ].filter((text) => text !== '');
  return [
    '#Requires -Version 3.0',
    // A comment right in front of the help would be part of it, and Get-Help would take neither.
    '',
    '<#',
    '.SYNOPSIS',
    '    Switches off for two-factor users of Lync what needs Exchange Web Services.',
    '',
    '.DESCRIPTION',
    '    After a two-factor sign-in the client cannot call Exchange Web Services, but policies still offer',
    '    what depends on them. In this order, this script',
    ...does.map((text, index) => `      ${index + 1}. ${text}`),
    ...(rollbacks.length > 0
      ? [
          '    The order matters: a policy alone brings no contacts back, and without the policy a roll-back',
          '    lasts seven days. So a user is rolled back only if the policy forbids the Unified Contact Store.',
        ]
      : []),
    ...(signIn.length > 0
      ? [
          '    Sign-in comes last. Check that the federation service works for these pools before you say yes:',
          '    afterwards passive authentication is the only way in.',
        ]
      : []),
    '',
    '    It reads first how things are, and changes only what differs: run it as often as you like. It asks',
    '    before each step. What fails does not keep the rest from being done.',
    ...(left.length > 0
      ? [
          '',
          `    ${counted(left.length, 'thing')} ${left.length === 1 ? 'is' : 'are'} left for you to do: the list is at the end of this file.`,
        ]
      : []),
    '',
    '.PARAMETER LogPath',
    '    The file that tells what was done, and when. Default: beside this script, with its name and the',
    '    ending .log. Each run adds to it.',
    '',
    '.EXAMPLE',
    '    .\\Lync-Remediation.ps1 -WhatIf',
    '    Shows each step that is to be done. Nothing is changed, and no log is written.',
    '',
    '.EXAMPLE',
    '    .\\Lync-Remediation.ps1',
    "    Asks before each step; 'Yes to All' goes for the rest.",
    '',
    '.EXAMPLE',
    '    .\\Lync-Remediation.ps1 -Confirm:$false',
    '    Asks nothing.',
    '',
    '.NOTES',
    `    Written by lync-lint${now ? ` on ${now.toISOString().slice(0, 16).replace('T', ' ')} UTC` : ''}, from '${inComment(title)}'.`,
    `    It concerns ${counted(users, 'user')}. It rests on what the files say; where they are out of date, so is this script.`,
    '    Exit code: 0 all is done, 1 something failed, 2 it could not start.',
    '#>',
  ];
}

function sectionsOf(steps: readonly { readonly section: SectionType }[]): Set<SectionType> {
  return new Set(steps.map(({ section }) => section));
}

function settingTable(
  table: 'policies' | 'signIn',
  steps: readonly SettingStep[],
  nameOf: RemediationOptions['nameOf'],
): string[] {
  if (steps.length === 0) return [];
  const head = {
    policies:
      'Policies and configurations. One that is there gets Settings; one that is made gets Copied, too.',
    signIn: 'How people sign in to two-factor pools.',
  }[table];
  const lines = [`# ${head}`, `$${table} = @(`];
  for (const { section, identity, settings, copied, note, rules, file } of steps) {
    lines.push(
      ...indented(commentLines(`From ${nameOf(file)}: ${[...rules].join(', ')}${note && ` (${note})`}`)),
    );
    lines.push(
      ...objectEntry(section.name, identity, copied !== undefined, [
        ['Settings', settings],
        ['Copied', copied],
      ]),
    );
  }
  return [...lines, ')', ''];
}

function grantTable(grants: readonly Grant[], nameOf: RemediationOptions['nameOf']): string[] {
  if (grants.length === 0) return [];
  const lines = ["# Who is to have which policy. $null: none of the user's own.", '$grants = @('];
  for (const group of grouped(grants, ({ section, policy }) => `${section.name} ${policy ?? ''}`)) {
    const [first] = group;
    if (!first) continue;
    lines.push('    @{', `        Noun = '${first.section.name}'`, row(8, 'Policy = ', first.policy));
    lines.push(...userLines(group, nameOf), '    }');
  }
  return [...lines, ')', ''];
}

function rollbackTable(rollbacks: readonly Rollback[], nameOf: RemediationOptions['nameOf']): string[] {
  if (rollbacks.length === 0) return [];
  const lines = [
    '# Whose contacts are to come back from Exchange. Scopes: where the policy stands that applies to those who',
    '# have none of their own, the nearest first.',
    '$rollbacks = @(',
  ];
  for (const group of grouped(rollbacks, ({ scopes }) => scopes.join('\n'))) {
    lines.push('    @{', row(8, 'Scopes = ', group[0]?.scopes ?? []));
    lines.push(...userLines(group, nameOf), '    }');
  }
  return [...lines, ')', ''];
}

function userLines(users: readonly (Grant | Rollback)[], nameOf: RemediationOptions['nameOf']): string[] {
  const lines = ['        Users = @('];
  for (const group of grouped(users, ({ rules, file }) => `${[...rules].join(', ')} ${file.uri}`)) {
    const [first] = group;
    if (!first) continue;
    lines.push(...indented(commentLines(`From ${nameOf(first.file)}: ${[...first.rules].join(', ')}`), 12));
    for (const { user } of group) lines.push(row(12, '', user));
  }
  return [...lines, '        )'];
}

function leftovers({ left, ofFiles }: Plan, nameOf: RemediationOptions['nameOf']): string[] {
  const lines: string[] = [];
  if (left.length > 0) {
    lines.push(
      '# ---- What is left for you --------------------------------------------------------------------',
    );
    for (const group of grouped(left, ({ rule, reason }) => `${rule} ${reason}`)) {
      const [first] = group;
      if (!first) continue;
      lines.push('#', ...commentLines(`${first.rule}: ${first.reason}`));
      for (const { subject, file } of group)
        lines.push(`#   of ${inComment(subject)} (${inComment(nameOf(file))})`);
    }
  }
  if (ofFiles.size > 0) {
    const words = Array.from(ofFiles, ([rule, number]) => `${rule} (${number})`).join(', ');
    lines.push(
      '',
      ...commentLines(
        `Beside this, lync-lint finds in the files what no cmdlet is needed for: ${words}. Look at that first: where the files are wrong, so may be this script.`,
      ),
    );
  }
  // What is in front of it ends with an empty line.
  return lines.length > 0 ? [...lines, ''] : [];
}
