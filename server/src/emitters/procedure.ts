/** The part of the script that acts: the same for every deployment, but for the cmdlets that it needs. Nothing of a file is in it. */
import type { SectionType } from '../schema/schema.ts';

/** What the script is to do. */
export interface Needs {
  /** The sections whose objects are made or set. */
  readonly settings: ReadonlySet<SectionType>;
  /** Those of them of which new objects are made. */
  readonly makes: ReadonlySet<SectionType>;
  /** The sections of the policies that are granted. */
  readonly grants: ReadonlySet<SectionType>;
  /** The tables that are not empty, in the order in which they are worked through. */
  readonly tables: readonly Table[];
}

export type Table = 'policies' | 'grants' | 'rollbacks' | 'signIn';

/** The cmdlets that a session must have. */
function cmdletsOf({ settings, makes, grants, tables }: Needs): string[] {
  const nouns = [...settings].map(({ name }) => name);
  const rollsBack = tables.includes('rollbacks');
  return [
    ...(grants.size > 0 || rollsBack ? ['Get-CsUser'] : []),
    ...new Set([...nouns, ...(rollsBack ? ['CsUserServicesPolicy'] : [])].map((noun) => `Get-${noun}`)),
    ...[...makes].map(({ name }) => `New-${name}`),
    ...nouns.map((noun) => `Set-${noun}`),
    ...[...grants].map(({ grantCmdlet = '' }) => grantCmdlet),
    ...(rollsBack ? ['Invoke-CsUcsRollback'] : []),
  ];
}

/** The head of the script behind its help. */
export const parameters = String.raw`[CmdletBinding(SupportsShouldProcess = $true, ConfirmImpact = 'High')]
param(
    [string] $LogPath
)

$ErrorActionPreference = 'Stop'
`;

/** Everything behind the tables of what is to be done. */
export function procedure(needs: Needs): string {
  const rollsBack = needs.tables.includes('rollbacks');
  const usesUsers = needs.grants.size > 0 || rollsBack;
  return [
    start(needs),
    usesUsers ? users : '',
    needs.settings.size > 0 ? updateObject(needs) : '',
    needs.grants.size > 0 ? updateGrant(needs) : '',
    rollsBack ? restoreContactList : '',
    run(needs),
  ]
    .filter((part) => part !== '')
    .join('\n');
}

function start(needs: Needs): string {
  return String.raw`# ---- How it is done ---------------------------------------------------------------------------

$missing = @(
    ${cmdletsOf(needs)
      .map((name) => `'${name}'`)
      .join(', ')
      .replaceAll(/(.{60,90}?,) /g, '$1\n    ')}
) | Where-Object { -not (Get-Command -Name $_ -ErrorAction SilentlyContinue) }
if ($missing) {
    Write-Warning ('This session has no {0}. Run the script in the Lync Server or Skype for Business Server Management Shell, with the rights to change policies and users. Nothing was changed.' -f ($missing -join ', '))
    exit 2
}

if (-not $LogPath) {
    $LogPath = if ($PSCommandPath) { [IO.Path]::ChangeExtension($PSCommandPath, '.log') } else { Join-Path (Get-Location).ProviderPath 'Lync-Remediation.log' }
}
$counts = @{ 'done' = 0; 'already so' = 0; 'skipped' = 0; 'failed' = 0 }
# Policies that are not as they should be: nobody is granted one of them.
$notReady = @{}

# Adds a line to the log. With -WhatIf nothing is changed, and so nothing is written.
function Write-Log([string] $Result, [string] $Text) {
    if ($WhatIfPreference) { return }
    $line = '{0:yyyy-MM-dd HH:mm:ss}  {1,-10}  {2}' -f (Get-Date), $Result, ($Text -replace '\s+', ' ')
    Add-Content -LiteralPath $LogPath -Value $line -Encoding UTF8 -Confirm:$false
}

# Says what became of a step.
function Write-Step([string] $Result, [string] $Text, [string] $Why) {
    $counts[$Result]++
    # With -WhatIf PowerShell has said it already.
    if ($WhatIfPreference -and $Result -eq 'skipped') { return }
    if ($Why) { $Text = $Text + ': ' + $Why }
    if ($Result -eq 'failed') { Write-Warning $Text } else { Write-Host ('{0,-10}  {1}' -f $Result, $Text) }
    Write-Log $Result $Text
}

try {
    Write-Log 'start' ('by {0}\{1} on {2}' -f $env:USERDOMAIN, $env:USERNAME, $env:COMPUTERNAME)
} catch {
    Write-Warning ('The log cannot be written: {0} Name another file with -LogPath. Nothing was changed.' -f $_.Exception.Message)
    exit 2
}
`;
}

const users = String.raw`# The one user of a name. Several would be somebody else's concern.
function Get-OneUser([string] $Name) {
    $found = @(Get-CsUser -Identity $Name -ErrorAction Stop)
    if ($found.Count -ne 1) { throw ('{0} users have that name.' -f $found.Count) }
    $found[0]
}

# On a server a user's policy is an object with a FriendlyName; in a remote session it is text.
function Get-PolicyName($Policy) {
    if ($null -eq $Policy) { return '' }
    if ($Policy -isnot [string] -and $Policy.FriendlyName) { $Policy = $Policy.FriendlyName }
    ([string] $Policy) -replace '^Tag:', ''
}
`;

function updateObject({ settings, makes }: Needs): string {
  return String.raw`function Get-PresentObject([string] $Noun, [string] $Identity) {
    try {
        switch ($Noun) {
${branches(settings, ({ name }) => `Get-${name} -Identity $Identity -ErrorAction SilentlyContinue`)}
        }
    } catch {
        # Not there.
    }
}

# Makes or sets a policy or a configuration. Only what differs is set.
function Update-Object($Step) {
    $target = '{0} {1}' -f $Step.Noun, $Step.Identity
    $present = Get-PresentObject $Step.Noun $Step.Identity
    $wanted = [ordered]@{}
    if ($present) {
        foreach ($name in $Step.Settings.Keys) {
            # As text, for in a remote session values of enumerations are text.
            if ([string] $present.$name -ne [string] $Step.Settings[$name]) { $wanted[$name] = $Step.Settings[$name] }
        }
        if ($wanted.Count -eq 0) {
            Write-Step 'already so' $target
            return
        }${
          makes.size > 0
            ? String.raw`
        if ($Step.Make) {
            # An earlier run would have made it as it should be. Others may have this one, and lose by a change.
            $notReady[$target] = $true
            Write-Step 'failed' $target ('there is one of that name, which differs in {0}. Add it to the files, and have this script written anew' -f ($wanted.Keys -join ', '))
            return
        }`
            : ''
        }
    } elseif ($Step.Make) {${
      makes.size > 0
        ? String.raw`
        # A newer or older version may not know all of what is copied.
        $known = (Get-Command -Name ('New-' + $Step.Noun)).Parameters
        foreach ($name in $Step.Copied.Keys) {
            if ($known.ContainsKey($name)) { $wanted[$name] = $Step.Copied[$name] }
            else { Write-Log 'note' ('{0}: {1} is not known here, and left out' -f $target, $name) }
        }`
        : ''
    }
        # What is not to be set, a new one has not.
        foreach ($name in $Step.Settings.Keys) { if ($null -ne $Step.Settings[$name]) { $wanted[$name] = $Step.Settings[$name] } }
    } else {
        $notReady[$target] = $true
        Write-Step 'failed' $target 'it is not there. Is this the right deployment?'
        return
    }
    $words = @($wanted.Keys | ForEach-Object { '{0} = {1}' -f $_, $(if ($null -eq $wanted[$_]) { 'not set' } else { $wanted[$_] -join ', ' }) }) -join '; '
    $action = if ($present) { 'Set ' + $words } else { 'Make with ' + $words }
    if ($PSCmdlet.ShouldProcess($target, $action)) {
        try {
            if ($present) {
                switch ($Step.Noun) {
${branches(settings, ({ name }) => `Set-${name} -Identity $Step.Identity @wanted -Confirm:$false -ErrorAction Stop`, 20)}
                }
            }${
              makes.size > 0
                ? String.raw` else {
                switch ($Step.Noun) {
${branches(makes, ({ name }) => `[void] (New-${name} -Identity $Step.Identity @wanted -Confirm:$false -ErrorAction Stop)`, 20)}
                }
            }`
                : ''
            }
            Write-Step 'done' $target $action
        } catch {
            $notReady[$target] = $true
            Write-Step 'failed' $target $_.Exception.Message
        }
    } else {
        if (-not $WhatIfPreference) { $notReady[$target] = $true }
        Write-Step 'skipped' $target $action
    }
}
`;
}

function updateGrant({ grants }: Needs): string {
  return String.raw`# Grants a user a policy, unless the user has it.
function Update-Grant($Grant, [string] $Name) {
    $property = $Grant.Noun -replace '^Cs', ''
    $text = if ($null -eq $Grant.Policy) { '{0}: no {1} of its own' -f $Name, $property } else { '{0}: {1} {2}' -f $Name, $property, $Grant.Policy }
    try {
        $user = Get-OneUser $Name
    } catch {
        Write-Step 'failed' $text $_.Exception.Message
        return
    }
    if ((Get-PolicyName $user.$property) -eq [string] $Grant.Policy) {
        Write-Step 'already so' $text
        return
    }
    if ($notReady.ContainsKey(('{0} Tag:{1}' -f $Grant.Noun, $Grant.Policy))) {
        Write-Step 'skipped' $text 'the policy is not as it should be'
        return
    }
    if ($PSCmdlet.ShouldProcess($Name, ('Grant {0} {1}' -f $property, $(if ($null -eq $Grant.Policy) { 'none' } else { $Grant.Policy })))) {
        try {
            switch ($Grant.Noun) {
${branches(grants, ({ grantCmdlet = '' }) => `${grantCmdlet} -Identity $Name -PolicyName $Grant.Policy -Confirm:$false -ErrorAction Stop`, 16)}
            }
            Write-Step 'done' $text
        } catch {
            Write-Step 'failed' $text $_.Exception.Message
        }
    } else {
        Write-Step 'skipped' $text
    }
}
`;
}

const restoreContactList = String.raw`# What earlier runs rolled back, by their log: for servers that cannot tell where contacts are.
$canAsk = [bool] (Get-Command -Name Debug-CsUnifiedContactStore -ErrorAction SilentlyContinue)
$rolledBack = @{}
if (-not $canAsk -and (Test-Path -LiteralPath $LogPath)) {
    foreach ($line in (Get-Content -LiteralPath $LogPath -Encoding UTF8)) {
        if ($line -match '^\S+ \S+ +done +(.+: contacts rolled back)$') { $rolledBack[$Matches[1]] = $true }
    }
}

# Whether the policy that applies to a user forbids the Unified Contact Store.
function Test-UcsForbidden([string] $Name, $Scopes) {
    # A policy of the user's own goes before all others.
    $own = Get-PolicyName (Get-OneUser $Name).UserServicesPolicy
    if ($own) { $Scopes = @('Tag:' + $own) }
    foreach ($identity in $Scopes) {
        $policy = $null
        try {
            $policy = Get-CsUserServicesPolicy -Identity $identity -ErrorAction SilentlyContinue
        } catch {
            # Not there: the next scope decides.
        }
        if ($policy) { return ($policy.UcsAllowed -eq $false) }
    }
    $false
}

# Brings a user's contacts back from Exchange. Errors stay errors here: overriding them can lose contacts.
function Restore-ContactList($Rollback, [string] $Name) {
    $text = '{0}: contacts rolled back' -f $Name
    try {
        if ($canAsk) {
            $mode = [string] (Debug-CsUnifiedContactStore -Identity $Name -ErrorAction Stop).UcsMode
            if ($mode -ne 'Migrated') {
                Write-Step 'already so' $text ('UcsMode is ' + $mode)
                return
            }
        } elseif ($rolledBack.ContainsKey($text)) {
            Write-Step 'already so' $text 'the log says so'
            return
        }
        # With -WhatIf the policies are still what they were.
        if (-not $WhatIfPreference -and -not (Test-UcsForbidden $Name $Rollback.Scopes)) {
            Write-Step 'failed' $Name 'the contacts stay in Exchange, because the policy still allows the Unified Contact Store, and a roll-back would last seven days only'
            return
        }
    } catch {
        Write-Step 'failed' $text $_.Exception.Message
        return
    }
    if ($PSCmdlet.ShouldProcess($Name, 'Roll back the contacts from Exchange to Lync')) {
        try {
            Invoke-CsUcsRollback -Identity $Name -Confirm:$false -ErrorAction Stop
            Write-Step 'done' $text
        } catch {
            Write-Step 'failed' $text $_.Exception.Message
        }
    } else {
        Write-Step 'skipped' $text
    }
}
`;

function run({ tables }: Needs): string {
  const loops: Record<Table, string> = {
    policies: 'foreach ($step in $policies) { Update-Object $step }',
    grants: 'foreach ($grant in $grants) { foreach ($name in $grant.Users) { Update-Grant $grant $name } }',
    rollbacks:
      'foreach ($rollback in $rollbacks) { foreach ($name in $rollback.Users) { Restore-ContactList $rollback $name } }',
    signIn: 'foreach ($step in $signIn) { Update-Object $step }',
  };
  return String.raw`# The order matters: see the description at the top.
${tables.map((table) => loops[table]).join('\n')}

if ($WhatIfPreference) {
    Write-Host ('{0} to do, {1} already so, {2} not possible. Nothing was changed, and no log was written.' -f $counts['skipped'], $counts['already so'], $counts['failed'])
} else {
    $summary = '{0} done, {1} already so, {2} skipped, {3} failed' -f $counts['done'], $counts['already so'], $counts['skipped'], $counts['failed']
    Write-Log 'end' $summary
    Write-Host ('{0}. The log is {1}' -f $summary, $LogPath)
}
if ($counts['failed'] -gt 0) { exit 1 }
exit 0
`;
}

/** The branches of a `switch` over the nouns, one cmdlet each. */
function branches(
  sections: ReadonlySet<SectionType>,
  command: (section: SectionType) => string,
  indent = 12,
): string {
  return [...sections]
    .map((section) => `${' '.repeat(indent)}'${section.name}' { ${command(section)} }`)
    .join('\n');
}
