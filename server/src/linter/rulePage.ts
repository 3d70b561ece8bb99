/** The page of a rule, for whoever shows it: the documentation, the editor, a terminal. */
import { lostFeatures } from '../model/lostFeatures.ts';
import { sectionType } from '../schema/schema.ts';
import type { Rule } from './rule.ts';
import { shellStepsOf } from './shellSteps.ts';

/** A piece of a page. Texts are Markdown: plain sentences, with code in backticks and links to the pages of other rules. */
export type PagePart =
  | { readonly kind: 'heading'; readonly level: 2 | 3; readonly text: string }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly string[] }
  | { readonly kind: 'code'; readonly language: 'yaml' | 'powershell' | 'sh'; readonly text: string };

/** Its findings are in `lync.config.yaml`, where comments silence nothing. */
const inConfiguration = 'valid-configuration';

/** What stands below the rule's name: what it finds, why that matters, what to do, examples, and how to switch it off. */
export function rulePage(rule: Rule): PagePart[] {
  const { id, summary, why, remedy, examples } = rule;
  const steps = shellStepsOf(rule);
  return [
    text(prose(summary)),
    { kind: 'list', items: facts(rule) },
    heading('Why'),
    text(prose(why)),
    heading('What to do'),
    text(prose(remedy)),
    ...(steps.length > 0 ? [subheading('In the management shell')] : []),
    ...steps.flatMap((step): PagePart[] => [
      text(step.text),
      ...(step.commands.length > 0 ? [code('powershell', step.commands.join('\n'))] : []),
    ]),
    ...(id === 'policy-reaches-2fa-users' ? [byFeature()] : []),
    ...shown('Reported', examples.bad.map(withoutIds)),
    ...shown('Not reported', examples.good),
    ...shown('Looks wrong, and is right', examples.near ?? []),
    heading('Switching it off'),
    ...switches(id),
  ];
}

/** Rules write plain sentences, with code in backticks; what Markdown would take for its own is shown as it is. */
export function prose(sentences: string): string {
  return sentences
    .split(/(`[^`]*`)/)
    .map((piece, index) => (index % 2 === 1 ? piece : piece.replace(/[<*_[\]\\]/g, String.raw`\$&`)))
    .join('');
}

/** A page as Markdown, below its title. */
export function markdownOf(parts: readonly PagePart[]): string {
  return parts
    .map((part) => {
      switch (part.kind) {
        case 'heading':
          return `${'#'.repeat(part.level)} ${part.text}`;
        case 'text':
          return part.text;
        case 'list':
          return part.items.map((item) => `- ${item}`).join('\n');
        case 'code':
          return `\`\`\`${part.language}\n${part.text.trimEnd()}\n\`\`\``;
      }
    })
    .join('\n\n');
}

function facts({ severity, group, fixes, sections, needs }: Rule): string[] {
  const raised =
    group === 'features' && severity === 'warning'
      ? '; error where `exchange.requiresSecondFactor` is true in [`lync.config.yaml`](../format.md#lyncconfigyaml)'
      : '';
  const lines = [
    `**Severity:** ${severity}${raised}`,
    fixes
      ? '**Quick fix:** yes; `lync-lint --fix` applies it where it changes nothing for other people'
      : '**Quick fix:** no',
  ];
  const only = sections?.filter((section) => !needs?.includes(section)) ?? [];
  if (only.length > 0) lines.push(`**Looks at:** ${printed(only)}`);
  if (needs && needs.length > 0)
    lines.push(
      `**Needs:** ${printed(needs)}. Where no file has one of these sections the rule cannot look, and [incomplete-deployment](incomplete-deployment.md) says so.`,
    );
  return lines;
}

/** Sections with the cmdlets that print them. */
function printed(names: readonly string[]): string {
  return names.map((name) => `\`${name}\` (\`${sectionType(name)?.cmdlet ?? `Get-${name}`}\`)`).join(', ');
}

/** The rule about policies stands for all features: which page has the commands for which setting. */
function byFeature(): PagePart {
  const items = lostFeatures.map(
    ({ rule, section, settings }) =>
      `\`${section}\`, ${settings.map(({ property }) => `\`${property}\``).join(', ')}: [${rule}](${rule}.md)`,
  );
  return { kind: 'list', items };
}

function shown(title: string, examples: readonly string[]): PagePart[] {
  return examples.length === 0 ? [] : [heading(title), ...examples.map((example) => code('yaml', example))];
}

/** The line under a finding says only where it is: on its own page a rule needs no name. */
function withoutIds(example: string): string {
  return example.replace(/^(\s*#\s*\^+)\s+(?:(?:error|warning|info|hint)\s+)?[a-z0-9-]+\s*$/gm, '$1 here');
}

function switches(id: string): PagePart[] {
  const onLine = [
    text('For one line, with the reason behind it:'),
    code('yaml', `# lync-disable-next-line ${id} -- ticket 4711`),
  ];
  return [
    ...(id === inConfiguration ? [] : onLine),
    text(
      'For a deployment, in `lync.config.yaml` (`error`, `warning`, `info` and `hint` change its severity):',
    ),
    code('yaml', `rules:\n  ${id}: off`),
    text('For one run of the command line:'),
    code('sh', `lync-lint --rule ${id}=off`),
  ];
}

function heading(title: string): PagePart {
  return { kind: 'heading', level: 2, text: title };
}

function subheading(title: string): PagePart {
  return { kind: 'heading', level: 3, text: title };
}

function text(markdown: string): PagePart {
  return { kind: 'text', text: markdown };
}

function code(language: 'yaml' | 'powershell' | 'sh', lines: string): PagePart {
  return { kind: 'code', language, text: lines };
}
