import { rule } from '../linter/rule.ts';

export default rule({
  id: 'internal-error',
  severity: 'warning',
  group: 'files',
  summary: 'A rule that failed, by name.',
  why: 'A rule that fails at one object must not hide what the others find. The finding is a defect of the checker, and worth a report.',
  remedy: 'Report it, with the object that it stands at.',
  // The linter itself yields it.
  examples: { bad: [], good: [] },
});
