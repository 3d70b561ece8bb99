/** The part of the script that acts: the same for every deployment, but for the cmdlets that it needs. Nothing of a file is in it. */
import type { SectionType } from '../schema/schema.ts';
import { run, start } from './frame.ts';
import { updateObject } from './objectProcedure.ts';
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
    needs.settings.size > 0 ? updateObject(needs.settings, needs.makes) : '',
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
