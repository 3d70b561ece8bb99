/** The commands that bring contacts back from Exchange. Source: help of Invoke-CsUcsRollback. */
import type { ShellStep } from './rule.ts';

export const rollBack: readonly string[] = [
  "Debug-CsUnifiedContactStore -Identity 'sip:ken@contoso.com'",
  "Invoke-CsUcsRollback -Identity 'sip:ken@contoso.com'",
];

export const withoutForce = 'Do not add `-Force`: it can lose contacts.';

export const rollBackPool: ShellStep = {
  text: 'For everybody on a pool, once the policy is right for all of them:',
  commands: [
    "Get-CsUser -Filter {RegistrarPool -eq 'pool01.contoso.com'} | Invoke-CsUcsRollback -Confirm:$false",
  ],
};
