/** The parts of a script that act on users: the same for every deployment, but for the cmdlets that they need. */
import { branches, type Noun } from './frame.ts';

/** What users are granted. */
export interface Grantable extends Noun {
  readonly grantCmdlet?: string | undefined;
}

/** Reads users, and which policies they have. */
export const users = String.raw`# The one user of a name. Several would be somebody else's concern.
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

/** Grants a policy to one user. */
export function updateGrant(grants: Iterable<Grantable>): string {
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

/** Brings one user's contacts back. It reads policies with Get-CsUserServicesPolicy. */
export const restoreContactList = String.raw`# What earlier runs rolled back, by their log: for servers that cannot tell where contacts are.
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
