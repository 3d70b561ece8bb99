/** The part of a plan's script that acts: the same for every deployment, but for the cmdlets that it needs. Nothing of a file is in it. */
import { branches, run, start, type Noun } from './frame.ts';
import { updateObject } from './objectProcedure.ts';
import { restoreContactList, updateGrant, users, type Grantable } from './peopleProcedure.ts';

/** The tables of the script, in the order in which they are worked through. */
export const planTables = [
  ...(['made', 'set', 'grants', 'users', 'moves', 'rollbacks', 'signIn', 'gone'] as const),
];
export type PlanTable = (typeof planTables)[number];

/** What the script is to do. */
export interface PlanNeeds {
  /** The sections whose objects are made, set or removed. */
  readonly makes: ReadonlySet<Noun>;
  readonly sets: ReadonlySet<Noun>;
  readonly removes: ReadonlySet<Grantable>;
  readonly grants: ReadonlySet<Grantable>;
  /** The tables that are not empty. */
  readonly tables: ReadonlySet<PlanTable>;
  /** Whether so many users are concerned that they are read all at once. */
  readonly isPopulous: boolean;
}

/** Everything behind the tables of what is to be done. */
export function planProcedure(needs: PlanNeeds): string {
  const { makes, sets, removes, grants, tables } = needs;
  const settings = new Set([...sets, ...makes]);
  const nouns = new Set([...settings, ...removes]);
  return [
    start(cmdletsOf(needs), 'Lync-Plan.log'),
    concernsPeople(needs) ? users : '',
    updateObject(settings, makes, nouns),
    grants.size > 0 ? updateGrant(grants) : '',
    tables.has('users') ? updateUser : '',
    tables.has('moves') ? moveUser : '',
    tables.has('rollbacks') ? restoreContactList : '',
    tables.has('gone') ? removeObject(removes) : '',
    checkPresent(needs),
    run(planTables.filter((table) => tables.has(table)).map((table) => loops[table])),
  ]
    .filter((part) => part !== '')
    .join('\n');
}

/** The cmdlets that a session must have. */
function cmdletsOf(needs: PlanNeeds): string[] {
  const { makes, sets, removes, grants, tables } = needs;
  const names = (nouns: Iterable<Noun>): string[] => [...nouns].map(({ name }) => name);
  const settings = new Set([...names(sets), ...names(makes)]);
  const read = new Set([...settings, ...names(removes)]);
  if (tables.has('rollbacks')) read.add('CsUserServicesPolicy');
  return [
    ...(concernsPeople(needs) ? ['Get-CsUser'] : []),
    ...[...read].map((noun) => `Get-${noun}`),
    ...names(makes).map((noun) => `New-${noun}`),
    ...[...settings].map((noun) => `Set-${noun}`),
    ...names(removes).map((noun) => `Remove-${noun}`),
    ...[...grants].map(({ grantCmdlet = '' }) => grantCmdlet),
    ...(tables.has('users') ? ['Set-CsUser'] : []),
    ...(tables.has('moves') ? ['Move-CsUser'] : []),
    ...(tables.has('rollbacks') ? ['Invoke-CsUcsRollback'] : []),
  ];
}

/** Who has a policy that is to go is asked of users, too. */
function concernsPeople({ tables, removes }: PlanNeeds): boolean {
  const ofPeople = ['grants', 'users', 'moves', 'rollbacks'] as const;
  return ofPeople.some((table) => tables.has(table)) || [...removes].some(isGranted);
}

function isGranted({ grantCmdlet }: Grantable): boolean {
  return grantCmdlet !== undefined;
}

const updateUser = String.raw`# Sets what a user has, where it differs.
function Update-User($Step, [string] $Name) {
    try {
        $user = Get-OneUser $Name
    } catch {
        Write-Step 'failed' $Name $_.Exception.Message
        return
    }
    $wanted = [ordered]@{}
    foreach ($key in $Step.Settings.Keys) {
        if ((Get-Text $user.$key) -ne (Get-Text $Step.Settings[$key])) { $wanted[$key] = $Step.Settings[$key] }
    }
    if ($wanted.Count -eq 0) {
        Write-Step 'already so' ('{0}: {1}' -f $Name, (Get-Words $Step.Settings))
        return
    }
    $text = '{0}: {1}' -f $Name, (Get-Words $wanted)
    if ($PSCmdlet.ShouldProcess($Name, 'Set ' + (Get-Words $wanted))) {
        try {
            Set-CsUser -Identity $Name @wanted -Confirm:$false -ErrorAction Stop
            Write-Step 'done' $text
        } catch {
            Write-Step 'failed' $text $_.Exception.Message
        }
    } else {
        Write-Step 'skipped' $text
    }
}
`;

const moveUser = String.raw`# Moves a user to another pool.
function Move-Person($Move, [string] $Name) {
    $text = '{0}: moved to {1}' -f $Name, $Move.Pool
    try {
        $user = Get-OneUser $Name
    } catch {
        Write-Step 'failed' $text $_.Exception.Message
        return
    }
    if ((Get-Text $user.RegistrarPool) -eq $Move.Pool) {
        Write-Step 'already so' $text
        return
    }
    if ($PSCmdlet.ShouldProcess($Name, 'Move to ' + $Move.Pool)) {
        try {
            Move-CsUser -Identity $Name -Target $Move.Pool -Confirm:$false -ErrorAction Stop
            Write-Step 'done' $text
        } catch {
            Write-Step 'failed' $text $_.Exception.Message
        }
    } else {
        Write-Step 'skipped' $text
    }
}
`;

function removeObject(removes: ReadonlySet<Grantable>): string {
  const granted = [...removes].filter(isGranted).map(({ name }) => name);
  return String.raw`${granted.length > 0 ? findHolder(granted) : ''}# Removes a policy or a configuration. A policy that somebody has stays.
function Remove-Object($Step) {
    $target = '{0} {1}' -f $Step.Noun, $Step.Identity
    if (-not (Get-PresentObject $Step.Noun $Step.Identity)) {
        Write-Step 'already so' ($target + ' is not there')
        return
    }${
      granted.length > 0
        ? String.raw`
    # With -WhatIf users still have what they had.
    if (-not $WhatIfPreference) {
        try {
            $holder = Get-Holder $target
        } catch {
            Write-Step 'failed' $target $_.Exception.Message
            return
        }
        if ($holder) {
            Write-Step 'failed' $target ('{0} has it still, and perhaps others' -f $holder)
            return
        }
    }`
        : ''
    }
    if ($PSCmdlet.ShouldProcess($target, 'Remove')) {
        try {
            switch ($Step.Noun) {
${branches(removes, ({ name }) => `[void] (Remove-${name} -Identity $Step.Identity -Confirm:$false -ErrorAction Stop)`, 16)}
            }
            Write-Step 'done' ($target + ' removed')
        } catch {
            Write-Step 'failed' $target $_.Exception.Message
        }
    } else {
        Write-Step 'skipped' $target 'Remove'
    }
}
`;
}

function findHolder(nouns: readonly string[]): string {
  return String.raw`# Somebody who has a policy, by the policy. All users are read once, when the first policy is to go.
$holders = $null
function Get-Holder([string] $Target) {
    if ($null -eq $script:holders) {
        $found = @{}
        foreach ($user in @(Get-CsUser -ErrorAction Stop)) {
            foreach ($noun in @(${nouns.map((noun) => `'${noun}'`).join(', ')})) {
                $property = $noun -replace '^Cs', ''
                $policy = Get-PolicyName $user.$property
                if ($policy) { $found[('{0} Tag:{1}' -f $noun, $policy)] = Get-Text $user.SipAddress }
            }
        }
        $script:holders = $found
    }
    $script:holders[$Target]
}

`;
}

/** Stops the script where the servers are in neither state: what somebody has changed meanwhile is not overwritten. */
function checkPresent({ tables, isPopulous, ...needs }: PlanNeeds): string {
  const objects = (['made', 'set', 'signIn', 'gone'] as const).filter((table) => tables.has(table));
  const people = (['grants', 'users', 'moves'] as const).filter((table) => tables.has(table));
  if (objects.length + people.length === 0) return '';
  const all = people.length > 0 ? testPeople({ tables, isPopulous, ...needs }) : '';
  return String.raw`# What is as in neither of the two states.
$unlike = New-Object 'System.Collections.Generic.List[string]'

# Whether values are as in one of the states. What the first state does not say is not looked at.
function Test-Values([string] $Target, $Present, $Step) {
    $values = if ($null -ne $Step.Settings) { $Step.Settings } else { $Step.From }
    foreach ($key in $values.Keys) {
        if ($null -ne $Step.From -and -not $Step.From.Contains($key)) { continue }
        $may = @(foreach ($state in @($Step.From, $Step.Settings)) {
            if ($null -ne $state -and $state.Contains($key)) { Get-Text $state[$key] }
        })
        $is = Get-Text $Present.$key
        if ($may -notcontains $is) { $unlike.Add(("{0}: {1} is '{2}', not '{3}'" -f $Target, $key, $is, ($may -join "' or '"))) }
    }
}

function Test-Object($Step) {
    $target = '{0} {1}' -f $Step.Noun, $Step.Identity
    $present = Get-PresentObject $Step.Noun $Step.Identity
    if ($present) { Test-Values $target $present $Step }
    elseif (-not $Step.Make -and $null -ne $Step.Settings) { $unlike.Add($target + ': it is not there') }
}
${all}
${objects.map((table) => `foreach ($step in $${table}) { Test-Object $step }`).join('\n')}
${people.map((table) => peopleLoops[table]).join('\n')}
if ($unlike.Count -gt 0) {
    foreach ($line in $unlike) {
        Write-Warning $line
        Write-Log 'unlike' $line
    }
    Write-Warning ('The servers are in neither of the two states, in {0} places. Nothing was changed. Export the deployment, and have the plan made anew.' -f $unlike.Count)
    exit 2
}
`;
}

const peopleLoops = {
  grants: 'foreach ($grant in $grants) { foreach ($name in $grant.Users) { Test-Grant $grant $name } }',
  users:
    'foreach ($step in $users) { foreach ($name in $step.Users) { $present = Get-Person $name; if ($present) { Test-Values $name $present $step } } }',
  moves: 'foreach ($move in $moves) { foreach ($name in $move.Users) { Test-Move $move $name } }',
};

function testPeople({ tables, isPopulous }: PlanNeeds): string {
  return [
    String.raw`
# Each user is read once, however many steps there are for the user.
$people = @{}
${
  isPopulous
    ? String.raw`# One by one would take hours.
foreach ($user in @(Get-CsUser -ErrorAction Stop)) { $people[(Get-Text $user.SipAddress)] = $user }
`
    : ''
}function Get-Person([string] $Name) {
    if (-not $people.ContainsKey($Name)) {
        try {
            $people[$Name] = Get-OneUser $Name
        } catch {
            $people[$Name] = $null
            $unlike.Add(('{0}: {1}' -f $Name, $_.Exception.Message))
        }
    }
    $people[$Name]
}
`,
    tables.has('grants')
      ? String.raw`
function Test-Grant($Grant, [string] $Name) {
    $present = Get-Person $Name
    if (-not $present) { return }
    $property = $Grant.Noun -replace '^Cs', ''
    $is = Get-PolicyName $present.$property
    if (@([string] $Grant.From, [string] $Grant.Policy) -notcontains $is) {
        $unlike.Add(("{0}: {1} is '{2}', not '{3}' or '{4}'" -f $Name, $property, $is, $Grant.From, $Grant.Policy))
    }
}
`
      : '',
    tables.has('moves')
      ? String.raw`
function Test-Move($Move, [string] $Name) {
    $present = Get-Person $Name
    if (-not $present) { return }
    $is = Get-Text $present.RegistrarPool
    if (@($Move.From, $Move.Pool) -notcontains $is) {
        $unlike.Add(("{0}: the pool is '{1}', not '{2}' or '{3}'" -f $Name, $is, $Move.From, $Move.Pool))
    }
}
`
      : '',
  ].join('');
}

const loops: Readonly<Record<PlanTable, string>> = {
  made: 'foreach ($step in $made) { Update-Object $step }',
  set: 'foreach ($step in $set) { Update-Object $step }',
  grants: 'foreach ($grant in $grants) { foreach ($name in $grant.Users) { Update-Grant $grant $name } }',
  users: 'foreach ($step in $users) { foreach ($name in $step.Users) { Update-User $step $name } }',
  moves: 'foreach ($move in $moves) { foreach ($name in $move.Users) { Move-Person $move $name } }',
  rollbacks:
    'foreach ($rollback in $rollbacks) { foreach ($name in $rollback.Users) { Restore-ContactList $rollback $name } }',
  signIn: 'foreach ($step in $signIn) { Update-Object $step }',
  gone: 'foreach ($step in $gone) { Remove-Object $step }',
};
