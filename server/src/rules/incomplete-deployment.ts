import { sectionType } from '../schema/schema.ts';
import type { Deployment } from '../model/deployment.ts';
import { rule, type Rule } from '../linter/rule.ts';

export default rule({
  id: 'incomplete-deployment',
  severity: 'info',
  group: 'files',
  summary: 'Sections that no file has, and the rules that could therefore not look.',
  why: 'A rule speaks only of what the files say. Where a whole section is missing it does not guess: defaults apply where a scope is not defined, but a section that was never exported says nothing.',
  remedy:
    'Export what the cmdlets in the message print. A section that is there and empty says that there is nothing.',
  deployment: function* (deployment, rules) {
    const missing = missingSections(deployment, rules);
    if (missing.size === 0) return;
    const sections = [...missing.keys()];
    const unable = [...new Set([...missing.values()].flat())].sort();
    const cmdlets = sections.map((section) => sectionType(section)?.cmdlet ?? `Get-${section}`);
    yield {
      message: `No file has ${sections.join(', ')}, so ${unable.length === 1 ? 'this rule' : 'these rules'} could not look: ${unable.join(', ')}. Export what ${cmdlets.join(', ')} ${cmdlets.length === 1 ? 'prints' : 'print'}.`,
    };
  },
  examples: {
    bad: [
      `CsUser:
#^^^^^ incomplete-deployment
  - { SipAddress: sip:ken@contoso.com, RegistrarPool: pool01.contoso.com }
`,
    ],
    good: [
      `# Nothing is known to be set up, and that is known: every section is there.
CsUser:
  - { SipAddress: sip:ken@contoso.com, RegistrarPool: pool01.contoso.com }
CsPool: []
CsUnifiedContactStore: []
CsUserServicesPolicy: []
CsClientPolicy: []
CsMobilityPolicy: []
CsWebServiceConfiguration: []
CsProxyConfiguration: []
CsOAuthConfiguration: []
CsService: []
CsServerPatchVersion: []
`,
    ],
  },
});

/** Each section that no file has, with the rules that need it and would have something to look at. */
function missingSections(deployment: Deployment, rules: readonly Rule[]): Map<string, string[]> {
  const missing = new Map<string, string[]>();
  for (const { id, needs = [], sections = [] } of rules) {
    if (deployment.configuration.rules.get(id) === 'off') continue;
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
