/** Sections that no file has, though rules need them. */
import type { Deployment } from '../model/deployment.ts';
import type { Rule } from './rule.ts';

/** Each section that no file has, with the ids of the rules that need it and would have something to look at. */
export function missingSections(deployment: Deployment, rules: readonly Rule[]): Map<string, string[]> {
  const missing = new Map<string, string[]>();
  for (const { id, needs = [], sections = [] } of rules) {
    // Without a single one of its own sections a rule is about something that this deployment has not.
    if (!sections.some((section) => deployment.has(section))) continue;
    for (const section of needs) {
      if (deployment.has(section) || isOfOtherProduct(section, deployment)) continue;
      missing.set(section, [...(missing.get(section) ?? []), id]);
    }
  }
  for (const [section, type] of siteScoped(deployment)) {
    if (deployment.has('CsPool') || deployment.has('CsSite') || deployment.has('CsService')) break;
    const unable = rules.filter(({ needs }) => needs?.includes(type)).map(({ id }) => id);
    if (unable.length > 0) missing.set(section, [...(missing.get(section) ?? []), ...unable]);
  }
  return missing;
}

/** A section of Skype for Business Server is not missed where only Lync Server runs. */
function isOfOtherProduct(section: string, deployment: Deployment): boolean {
  const versions = deployment.versions();
  if (section !== 'CsImConfiguration') return false;
  return versions.size === 0 || [...versions].every((version) => version < 7);
}

/** Objects for one site only: to know whom they reach needs the topology. */
function* siteScoped(deployment: Deployment): Generator<[missing: string, type: string]> {
  for (const type of [
    'CsWebServiceConfiguration',
    'CsUserServicesPolicy',
    'CsClientPolicy',
    'CsMobilityPolicy',
  ]) {
    if (deployment.has('CsUser') && deployment.hasSiteScoped(type)) yield ['CsPool', type];
  }
}
