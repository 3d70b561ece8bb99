/** The pages of the rules, which the server brings along: they can be read where no network is. */
import { markdownOf, rulePage } from '../linter/rulePage.ts';
import type { Project } from '../project.ts';

/** A rule in a list to choose from. */
export interface ListedRule {
  readonly id: string;
  readonly severity: string;
  readonly summary: string;
}

export function listedRules({ rules }: Project): ListedRule[] {
  return rules.map(({ id, severity, summary }) => ({ id, severity, summary }));
}

/** The page of a rule, as Markdown with links to other pages as files beside it; `null` where there is no such rule. */
export function rulePageOf({ rules }: Project, id: string): { title: string; markdown: string } | null {
  const rule = rules.find((candidate) => candidate.id === id);
  return rule ? { title: id, markdown: `# ${id}\n\n${markdownOf(rulePage(rule))}\n` } : null;
}
