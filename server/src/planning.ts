/** `lync-lint plan`: from two states to what has changed, and the PowerShell scripts for it. */
import { writeText } from './disk.ts';
import { withMark } from './emitters/layout.ts';
import { planBetween, planScript, type Plan } from './emitters/plan.ts';
import { planJson, planLines } from './emitters/planWords.ts';
import type { PlanSteps } from './emitters/planSteps.ts';
import { clean } from './reporters/text.ts';
import { deploymentAround, loadState, type StateReader } from './states.ts';

export const planFormats = ['text', 'json'] as const;

export interface PlanOptions {
  readonly format: (typeof planFormats)[number];
  /** The files for the script and for the one that undoes it; none is written where a name is left out. */
  readonly target: string | undefined;
  readonly undo: string | undefined;
  readonly terminal: StateReader & { readonly out: (text: string) => void };
  readonly now: Date;
}

/**
 * Prints the plan, and writes the scripts that are asked for and have something to do.
 * @param states folders, or `git:REVISION`; a revision is one of the other state's folder. The second is the deployment around
 * the current folder, if it is left out.
 */
export async function plan(
  [from, given]: readonly [string, string | undefined],
  { format, target, undo, terminal, now }: PlanOptions,
): Promise<void> {
  const around = await deploymentAround('.');
  const to = given ?? around;
  const folder = [to, from].find((name) => !name.startsWith('git:')) ?? around;
  const first = await loadState(from, folder, terminal);
  const second = await loadState(to, folder, terminal);
  const made = planBetween(first, second);
  if (format === 'json') terminal.out(`${JSON.stringify(planJson(made, { from, to }), undefined, 2)}\n`);
  else terminal.out(`${planLines(made, { from, to }).map(clean).join('\n')}\n`);
  await write(target, 'there', made);
  await write(undo, 'back', made);

  async function write(
    path: string | undefined,
    way: 'there' | 'back',
    { [way]: steps }: Plan,
  ): Promise<void> {
    if (path === undefined) return;
    const script = scriptOf(steps, way === 'back');
    if (script === '') {
      terminal.error(`There is nothing that cmdlets could do, so '${path}' is not written.`);
      return;
    }
    await writeText(path, withMark(script));
    terminal.error(`Wrote '${path}'; run it with -WhatIf first.`);
  }

  function scriptOf(steps: PlanSteps, isUndo: boolean): string {
    const notes = made.comparison.remarks;
    return planScript(steps, { from: isUndo ? to : from, to: isUndo ? from : to, isUndo, notes, now });
  }
}
