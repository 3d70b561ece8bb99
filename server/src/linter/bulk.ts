/** Many findings at once. */
import type { Deployment } from '../model/deployment.ts';
import type { Change } from './change.ts';
import type { Finding } from './finding.ts';
import type { Fix } from './rule.ts';

/** The fixes of a finding, the best first. A rule that fails at it has none. */
export function fixesOf(finding: Finding, deployment: Deployment): Fix[] {
  try {
    return [...(finding.rule.fixes?.(finding, deployment) ?? [])];
  } catch {
    return [];
  }
}

/** The fix that may be applied without anybody looking: it changes nothing for people whom the finding is not about. */
export function safeFix(finding: Finding, deployment: Deployment): Fix | undefined {
  return fixesOf(finding, deployment).find(({ onlyByHand }) => !onlyByHand);
}

/** What makes all of these findings go away that have a safe fix. */
export function* safeChanges(findings: Iterable<Finding>, deployment: Deployment): Generator<Change> {
  for (const finding of findings) yield* safeFix(finding, deployment)?.changes ?? [];
}
