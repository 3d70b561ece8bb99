/** The part of the script that acts: the same for every deployment, but for the cmdlets that it needs. Nothing of a file is in it. */
import type { SectionType } from '../schema/schema.ts';
import { branches, presentObject, run, start } from './frame.ts';
import { restoreContactList, updateGrant, users } from './peopleProcedure.ts';

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

/** Everything behind the tables of what is to be done. */
export function procedure(needs: Needs): string {
  const rollsBack = needs.tables.includes('rollbacks');
  const usesUsers = needs.grants.size > 0 || rollsBack;
  return [
    start(cmdletsOf(needs), 'Lync-Remediation.log'),
    usesUsers ? users : '',
    needs.settings.size > 0 ? presentObject(needs.settings) : '',
    needs.settings.size > 0 ? updateObject(needs) : '',
    needs.grants.size > 0 ? updateGrant(needs.grants) : '',
    rollsBack ? restoreContactList : '',
    run(needs.tables.map((table) => loops[table])),
  ]
    .filter((part) => part !== '')
    .join('\n');
}

const loops: Record<Table, string> = {
  policies: 'foreach ($step in $policies) { Update-Object $step }',
  grants: 'foreach ($grant in $grants) { foreach ($name in $grant.Users) { Update-Grant $grant $name } }',
  rollbacks:
    'foreach ($rollback in $rollbacks) { foreach ($name in $rollback.Users) { Restore-ContactList $rollback $name } }',
  signIn: 'foreach ($step in $signIn) { Update-Object $step }',
};
function updateObject({ settings, makes }: Needs): string {
  return String.raw`# Makes or sets a policy or a configuration. Only what differs is set.
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
