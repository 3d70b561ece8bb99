/** Which severity a finding has in a deployment. */
import type { Configuration, Severity } from '../model/configuration.ts';
import type { Finding } from './finding.ts';
import type { Rule } from './rule.ts';

/** A finding with the severity that the deployment's configuration gives it. */
export interface Judged {
  readonly finding: Finding;
  readonly severity: Severity;
}

export type SeverityOverrides = ReadonlyMap<string, Severity | 'off'>;

/** Something that a rule says, without the words: what its severity depends on. */
export interface Mark {
  readonly rule: Rule;
  /** Where it differs from the rule's own. */
  readonly severity: Severity | undefined;
}

export type Judge = (mark: Mark) => Severity | 'off';

/** @param overrides severities by rule id that go before those of the configuration */
export function judgeBy(configuration: Configuration, overrides: SeverityOverrides): Judge {
  return ({ rule, severity }) => {
    const chosen = overrides.get(rule.id) ?? configuration.rules.get(rule.id);
    if (chosen) return chosen;
    const usual = severity ?? rule.severity;
    // Where Exchange itself asks for a second factor, nothing is left to fall back on.
    const raised =
      rule.group === 'features' && configuration.exchangeRequiresSecondFactor && usual === 'warning';
    return raised ? 'error' : usual;
  };
}
