/** A summary for pull requests and build pages, which take only so much: what rules found, and the worst of it. */
import { ruleUrl } from '../config.ts';
import { prose } from '../linter/rulePage.ts';
import type { Rule } from '../linter/rule.ts';
import { total, type Closing, type Reporter } from './report.ts';
import { inOrderOfWeight, worstOf, type RuleTally, type Sighting, type Tally } from './tally.ts';
import { clean, closingLine } from './text.ts';

/** How many findings are shown at most. */
const mostPlaces = 10;

/** How much of a text is shown, in characters. */
const longest = 500;

export function markdownReporter(rules: readonly Rule[]): Reporter {
  const known = new Map(rules.map((rule) => [rule.id, rule]));
  return {
    head: '',
    file: () => '',
    findings: () => '',
    between: '',
    endOfFile: '',
    emptyFile: () => '',
    foot: (closing) => `${summaryOf(closing, known).join('\n\n')}\n`,
  };
}

function summaryOf({ summary, unread, tally }: Closing, known: ReadonlyMap<string, Rule>): string[] {
  const parts = ['## Lync Topology', closingLine(summary)];
  for (const sentence of unread) parts.push(`**Not read:** ${shown(sentence)}`);
  if (tally.size === 0) return parts;
  const worst = worstPlaces(tally);
  const count = [...tally.values()].reduce((sum, { counts }) => sum + total(counts), 0);
  const rest = count - worst.length;
  return [
    ...parts,
    tableOf(tally, known),
    '### Worst places',
    worst.map(([rule, sighting]) => item(rule, sighting)).join('\n'),
    ...(rest > 0 ? [`And ${rest} more.`] : []),
  ];
}

function tableOf(tally: Tally, known: ReadonlyMap<string, Rule>): string {
  const rows = inOrderOfWeight(tally).map(([id, { counts }]) => {
    const summary = known.get(id)?.summary ?? '';
    return `| ${worstOf(counts)} | ${total(counts)} | ${link(id)} | ${prose(summary).replaceAll('|', String.raw`\|`)} |`;
  });
  return ['| Severity | Findings | Rule | What it finds |', '| --- | ---: | --- | --- |', ...rows].join('\n');
}

/** Of each severity the first of every rule, then the second, and so on: one rule alone would fill the list. */
function worstPlaces(tally: Tally): [rule: string, sighting: Sighting][] {
  const ranked = inOrderOfWeight(tally);
  const places: [string, Sighting][] = [];
  for (const severity of ['error', 'warning', 'info', 'hint'] as const) {
    const own = ranked.map(([rule, { first }]): [string, RuleTally['first']] => [
      rule,
      first.filter((sighting) => sighting.severity === severity),
    ]);
    const deepest = Math.max(...own.map(([, first]) => first.length));
    for (let round = 0; round < deepest; round++)
      for (const [rule, first] of own) {
        const sighting = first[round];
        if (sighting) places.push([rule, sighting]);
      }
  }
  return places.slice(0, mostPlaces);
}

function item(rule: string, { severity, file, line, message }: Sighting): string {
  return `- ${code(`${file}:${line}`)} ${severity} ${link(rule)}: ${shown(message)}`;
}

function link(id: string): string {
  return `[${id}](${ruleUrl(id)})`;
}

/** A text as it is, whatever Markdown would make of it. */
function shown(text: string): string {
  return cut(clean(text)).replaceAll(/[&<>\\`*_[\]|#~$@!]/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** More backticks around it than there are in it. */
function code(text: string): string {
  const inner = cut(clean(text));
  const fence = '`'.repeat(1 + Math.max(0, ...Array.from(inner.matchAll(/`+/g), ([run]) => run.length)));
  const space = fence.length > 1 ? ' ' : '';
  return fence + space + inner + space + fence;
}

function cut(text: string): string {
  return text.length > longest ? `${text.slice(0, longest - 1)}…` : text;
}
