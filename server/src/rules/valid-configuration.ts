import { place } from '../model/place.ts';
import { nearest } from '../linter/nearest.ts';
import { rule } from '../linter/rule.ts';

export default rule({
  id: 'valid-configuration',
  severity: 'error',
  group: 'files',
  summary: 'Settings of lync.config.yaml that do not exist, or have a value that cannot be meant.',
  why: 'A misspelled setting would be without effect, and a misspelled rule would stay on, without a word.',
  remedy: 'Write it as the message says.',
  deployment: function* (deployment, rules) {
    const { problems, ruleKeys, twoFactorPools } = deployment.configuration;
    yield* problems;
    for (const { id, at } of ruleKeys) {
      if (rules.some((known) => known.id === id)) continue;
      const meant = nearest(
        id,
        rules.map((known) => known.id),
      );
      yield { at, message: `There is no rule '${id}'${meant ? `: is '${meant}' meant?` : '.'}` };
    }
    if (!deployment.has('CsPool')) return;
    for (const { pool, at } of twoFactorPools) {
      if (at && !deployment.find('CsPool', pool))
        yield { at: place(at.file, at.block, at), message: `No CsPool defines '${pool}'.` };
    }
  },
  // Its examples would be configurations, not deployments: its tests are beside those of the configuration.
  examples: { bad: [], good: [] },
});
