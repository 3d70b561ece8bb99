/** The rules for people at a terminal. */
import { ruleUrl } from '../config.ts';
import type { Rule } from '../linter/rule.ts';

export function listRules(rules: readonly Rule[]): string {
  const width = Math.max(...rules.map(({ id }) => id.length));
  return rules
    .map(({ id, severity, summary }) => `${id.padEnd(width)}  ${severity.padEnd(7)}  ${summary}\n`)
    .join('');
}

export function describeRule({ id, severity, summary, why, remedy, examples }: Rule): string {
  const parts = [`${id} (${severity})`, summary, `Why: ${why}`, `What to do: ${remedy}`];
  const [bad] = examples.bad;
  const [good] = examples.good;
  if (bad) parts.push(`Reported:\n\n${indent(bad)}`);
  if (good) parts.push(`Not reported:\n\n${indent(good)}`);
  parts.push(
    `To switch it off for one line, write above it: # lync-disable-next-line ${id} -- the reason`,
    ruleUrl(id),
  );
  return `${parts.join('\n\n')}\n`;
}

function indent(text: string): string {
  return text.trimEnd().replaceAll(/^/gm, '    ');
}
