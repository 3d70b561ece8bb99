/** What every script has around what it does: the head, the log, the loops over its tables. Nothing of a file is in it. */

/** What has cmdlets of its name: `Get-CsClientPolicy`. */
export interface Noun {
  readonly name: string;
}

/** The head of the script behind its help. */
export const parameters = String.raw`[CmdletBinding(SupportsShouldProcess = $true, ConfirmImpact = 'High')]
param(
    [string] $LogPath
)

$ErrorActionPreference = 'Stop'
`;

/**
 * What comes first behind the tables: whether the cmdlets are there, and the log.
 * @param log the name of the log where the script has none of its own
 */
export function start(cmdlets: readonly string[], log: string): string {
  return String.raw`# ---- How it is done ---------------------------------------------------------------------------

$missing = @(
    ${cmdlets
      .map((name) => `'${name}'`)
      .join(', ')
      .replaceAll(/(.{60,90}?,) /g, '$1\n    ')}
) | Where-Object { -not (Get-Command -Name $_ -ErrorAction SilentlyContinue) }
if ($missing) {
    Write-Warning ('This session has no {0}. Run the script in the Lync Server or Skype for Business Server Management Shell, with the rights to change policies and users. Nothing was changed.' -f ($missing -join ', '))
    exit 2
}

if (-not $LogPath) {
    $LogPath = if ($PSCommandPath) { [IO.Path]::ChangeExtension($PSCommandPath, '.log') } else { Join-Path (Get-Location).ProviderPath '${log}' }
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

/** What is there, and what is wanted, as text: in a remote session values of enumerations and names of policies are text. */
export const texts = String.raw`function Get-Text($Value) {
    if ($Value -is [System.Collections.IEnumerable] -and $Value -isnot [string]) { return (@($Value | ForEach-Object { [string] $_ }) -join ', ') }
    [string] $Value
}

# Values with their names, for people.
function Get-Words($Values) {
    @($Values.Keys | ForEach-Object { '{0} = {1}' -f $_, $(if ($null -eq $Values[$_]) { 'not set' } else { Get-Text $Values[$_] }) }) -join '; '
}
`;

/** Reads an object, wherever it applies. */
export function presentObject(nouns: Iterable<Noun>): string {
  return String.raw`function Get-PresentObject([string] $Noun, [string] $Identity) {
    try {
        switch ($Noun) {
${branches(nouns, ({ name }) => `Get-${name} -Identity $Identity -ErrorAction SilentlyContinue`)}
        }
    } catch {
        # Not there.
    }
}
`;
}

/** What works through the tables, and the sum of it. */
export function run(loops: readonly string[]): string {
  return String.raw`# The order matters: see the description at the top.
${loops.join('\n')}

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
export function branches<T extends Noun>(
  nouns: Iterable<T>,
  command: (noun: T) => string,
  indent = 12,
): string {
  return [...nouns].map((noun) => `${' '.repeat(indent)}'${noun.name}' { ${command(noun)} }`).join('\n');
}
