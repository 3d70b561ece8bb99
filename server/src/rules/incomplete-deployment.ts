import { sectionType } from '../schema/schema.ts';
import { missingSections } from '../linter/missing.ts';
import { rule } from '../linter/rule.ts';

export default rule({
  id: 'incomplete-deployment',
  severity: 'info',
  group: 'files',
  summary: 'Sections that no file has, and the rules that could therefore not look.',
  why: 'A rule speaks only of what the files say. Where a whole section is missing it does not guess: defaults apply where a scope is not defined, but a section that was never exported says nothing.',
  remedy:
    'Export what the cmdlets in the message print. A section that is there and empty says that there is nothing.',
  deployment: function* (deployment, rules) {
    const on = rules.filter(({ id }) => deployment.configuration.rules.get(id) !== 'off');
    const missing = missingSections(deployment, on);
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
      `CsPrivacyConfiguration:
  - { Identity: Global, EnablePrivacyMode: false }
`,
    ],
    near: [
      `# Nothing is set up, and that is known: the cmdlet of an empty section has printed nothing.
CsUser:
  - { SipAddress: sip:ken@contoso.com }
CsPool: []
CsUnifiedContactStore: []
CsUserServicesPolicy: []
CsClientPolicy: []
CsMobilityPolicy: []
CsWebServiceConfiguration: []
CsProxyConfiguration: []
CsOAuthConfiguration: []
CsPartnerApplication: []
CsArchivingConfiguration: []
CsHostedVoicemailPolicy: []
CsService: []
CsServerPatchVersion: []
`,
    ],
  },
});
