/** The part of a script that makes and sets policies and configurations: the same for every deployment. */
import { branches, presentObject, texts, type Noun } from './frame.ts';

/**
 * Makes or sets one object.
 * @param settings the sections whose objects are made or set
 * @param makes those of them of which new objects are made
 * @param read the sections whose objects are read, if those are more
 */
export function updateObject(
  settings: ReadonlySet<Noun>,
  makes: ReadonlySet<Noun>,
  read: ReadonlySet<Noun> = settings,
): string {
  return String.raw`${texts}
${presentObject(read)}
# Makes or sets a policy or a configuration. Only what differs is set.
function Update-Object($Step) {
    $target = '{0} {1}' -f $Step.Noun, $Step.Identity
    $present = Get-PresentObject $Step.Noun $Step.Identity
    $wanted = [ordered]@{}
    if ($present) {
        foreach ($name in $Step.Settings.Keys) {
            if ((Get-Text $present.$name) -ne (Get-Text $Step.Settings[$name])) { $wanted[$name] = $Step.Settings[$name] }
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
    $words = Get-Words $wanted
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
