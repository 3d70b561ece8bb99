import { describeAudience } from '../model/audience.ts';
import { exchangeApplications, isEnabled } from '../model/exchange.ts';
import { readValue } from '../model/values.ts';
import { exchangeApplication, ken } from '../linter/exchangeExamples.ts';
import { rule } from '../linter/rule.ts';

export default rule({
  id: 'require-exchange-partner-application',
  severity: 'warning',
  group: 'exchange',
  summary: 'The Unified Contact Store without a trust between Lync and Exchange.',
  why: 'Lync moves contacts to Exchange as itself, by server-to-server authentication. Without Exchange among the partner applications, or with it disabled, contacts do not move, and those that have moved cannot be read. Source: "Planning for unified contact store: requirements" and help of New-CsPartnerApplication.',
  remedy: 'Make Exchange a partner application of Lync, or set UcsAllowed to false.',
  needs: ['CsUser', 'CsUserServicesPolicy', 'CsPartnerApplication'],
  sections: ['CsUserServicesPolicy'],
  object: function* (policy, deployment) {
    const property = policy.setProperty('UcsAllowed');
    if (!property?.type || readValue(property.type, property.value) !== true) return;
    if (!deployment.has('CsPartnerApplication')) return;
    const applications = exchangeApplications(deployment);
    if (applications.some(isEnabled)) return;
    const audience = deployment.audience(policy);
    if (!audience) return;
    const [disabled] = applications;
    yield {
      at: policy.placeOf(property),
      message: `'${policy.subject}' allows the Unified Contact Store for ${describeAudience(audience)}, but ${disabled ? `the partner application '${disabled.subject}' is disabled` : 'Exchange is no partner application of Lync'}, so contacts cannot be moved to Exchange or read there. ${disabled ? 'Enable it' : 'Add it with New-CsPartnerApplication'}, or set UcsAllowed to false.`,
      related: [disabled && { at: disabled.at, message: `'${disabled.subject}' is disabled` }],
    };
  },
  shell: [
    {
      text: 'Where Exchange is no partner application yet:',
      commands: [
        "New-CsPartnerApplication -Identity 'Exchange' -ApplicationTrustLevel Full -MetadataUrl 'https://autodiscover.contoso.com/autodiscover/metadata/json/1'",
      ],
    },
    {
      text: 'Where it is disabled:',
      commands: ["Set-CsPartnerApplication -Identity 'Exchange' -Enabled $true"],
    },
  ],
  examples: {
    bad: [
      `CsPartnerApplication: []
CsUserServicesPolicy:
  - Identity: Global
    UcsAllowed: true
    #           ^^^^ require-exchange-partner-application
${ken}`,
      `${exchangeApplication.replace('true', 'false')}CsUserServicesPolicy:
  - Identity: Global
    UcsAllowed: true
    #           ^^^^ require-exchange-partner-application
${ken}`,
    ],
    good: [
      `${exchangeApplication}CsUserServicesPolicy:\n  - { Identity: Global, UcsAllowed: true }\n${ken}`,
      `CsPartnerApplication: []\nCsUserServicesPolicy:\n  - { Identity: Global, UcsAllowed: false }\n${ken}`,
    ],
    near: [
      `# No file has CsPartnerApplication, so nothing is known of it.
CsUserServicesPolicy:
  - { Identity: Global, UcsAllowed: true }
${ken}`,
      `# Nobody has this policy.
CsPartnerApplication: []
CsUserServicesPolicy:
  - { Identity: Global, UcsAllowed: false }
  - { Identity: Tag:Pilot, UcsAllowed: true }
${ken}`,
    ],
  },
});
