/** The rules for people: at a terminal, and beside what a report says. */
import { ruleUrl } from '../config.ts';
import type { Rule } from '../linter/rule.ts';
import { markdownOf, rulePage, type PagePart } from '../linter/rulePage.ts';

/** Columns of text that are comfortable to read. */
const width = 100;

export function listRules(rules: readonly Rule[]): string {
  const widest = Math.max(...rules.map(({ id }) => id.length));
  return rules
    .map(({ id, severity, summary }) => `${id.padEnd(widest)}  ${severity.padEnd(7)}  ${summary}\n`)
    .join('');
}

/** The page of a rule as plain text. */
export function describeRule(rule: Rule): string {
  const parts = rulePage(rule).map(plain);
  return `${[rule.id.toUpperCase(), ...parts, ruleUrl(rule.id)].join('\n\n')}\n`;
}

/** The page of a rule as Markdown that can be shown anywhere: its links are whole addresses. */
export function ruleMarkdown(rule: Rule): string {
  return markdownOf(rulePage(rule)).replaceAll(
    /\]\(([^)\s]+)\)/g,
    (_, target: string) => `](${new URL(target, ruleUrl(rule.id)).href})`,
  );
}

function plain(part: PagePart): string {
  switch (part.kind) {
    case 'heading':
      return part.level === 2 ? part.text.toUpperCase() : `${part.text}:`;
    case 'text':
      return wrapped(words(part.text), '');
    case 'list':
      return part.items.map((item) => wrapped(words(item), '  ')).join('\n');
    case 'code':
      return part.text.trimEnd().replaceAll(/^(?=.)/gm, '    ');
  }
}

/** The text without what Markdown marks it up with. */
function words(markdown: string): string {
  return markdown
    .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replaceAll(/`|\*\*/g, '')
    .replaceAll(/\\([<*_[\]\\])/g, '$1');
}

/** @param indent in front of every line but the first */
function wrapped(text: string, indent: string): string {
  const lines = [''];
  for (const word of text.split(' ')) {
    const line = lines.at(-1) ?? '';
    if (line.trim() === '') lines[lines.length - 1] = `${line}${word}`;
    else if (line.length + 1 + word.length > width) lines.push(`${indent}${word}`);
    else lines[lines.length - 1] = `${line} ${word}`;
  }
  return lines.join('\n');
}
