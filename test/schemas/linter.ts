/** What the linter says of one file that is a deployment of its own. */
import { findingsOf, projectOf } from '../fixture.ts';

/** The rules that say what may be written. */
export const fileRules: readonly string[] = [
  ...['valid-value', 'no-unknown-property', 'no-unknown-section', 'no-yaml-1-1-boolean'],
  ...['valid-identity-scope', 'yaml-syntax'],
];

/** What some of the rules find in a text. What is for information alone is no problem. */
export function findings(text: string, ids: readonly string[], name = 'deployment.lync.yaml'): string[] {
  // A configuration has a workspace only beside a file of its deployment.
  const files = new Map([
    ['none.lync.yaml', '# nothing\n'],
    [name, text],
  ]);
  return findingsOf(projectOf({ files, expected: [] }))
    .filter(({ rule, severity }) => ids.includes(rule) && severity !== 'info')
    .map(({ rule, message }) => `${rule}: ${message}`);
}
