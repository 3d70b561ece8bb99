import type { LyncObject } from '../model/object.ts';
import type { Report } from '../linter/finding.ts';
import { readValue } from '../model/values.ts';
import { ken } from '../linter/exchangeExamples.ts';
import { rule } from '../linter/rule.ts';

const policySection = 'CsHostedVoicemailPolicy';

export default rule({
  id: 'require-hosted-voicemail-destination',
  severity: 'error',
  group: 'exchange',
  summary: 'Hosted voice mail without a destination to send calls to, or with one that cannot be right.',
  why: 'With HostedVoiceMail unanswered calls go to the Destination of the hosted voice mail policy that applies; Set-CsUser refuses it where there is none. Destination is one FQDN of at most 255 characters, Organization a list of names with commas and without blanks. Source: help of Set-CsUser and of New-CsHostedVoicemailPolicy.',
  remedy: 'Give the user a hosted voice mail policy with a Destination, or set HostedVoiceMail to false.',
  needs: [policySection],
  sections: ['CsUser', policySection],
  object: function* (object, deployment) {
    if (object.section.name === policySection) {
      yield* problemsIn(object);
      return;
    }
    const property = object.setProperty('HostedVoiceMail');
    if (!property?.type || readValue(property.type, property.value) !== true) return;
    const standing = deployment.standing(object);
    const effective = standing.pool === undefined ? undefined : standing.effective(policySection);
    if (!effective || (effective.object?.text('Destination')?.trim() ?? '') !== '') return;
    yield {
      at: object.placeOf(property),
      message: `Calls that '${object.subject}' does not answer have nowhere to go: ${effective.object ? `'${effective.identity ?? ''}' has no Destination` : 'no hosted voice mail policy applies'}. Give the user one with a Destination, or set HostedVoiceMail to false.`,
      related: [effective.object && { at: effective.object.at, message: 'This policy applies' }],
    };
  },
  shell: [
    {
      text: 'A policy with a destination, here of Exchange Online:',
      commands: [
        "New-CsHostedVoicemailPolicy -Identity 'Hosted' -Destination 'exap.um.outlook.com' -Organization 'contoso.onmicrosoft.com'",
        "Grant-CsHostedVoicemailPolicy -Identity 'sip:ken@contoso.com' -PolicyName 'Hosted'",
      ],
    },
    {
      text: 'Or without hosted voice mail:',
      commands: ["Set-CsUser -Identity 'sip:ken@contoso.com' -HostedVoiceMail $false"],
    },
  ],
  examples: {
    bad: [
      `CsHostedVoicemailPolicy:
  - Identity: Global
${ken}    HostedVoiceMail: true
    #                ^^^^ require-hosted-voicemail-destination
`,
      `CsHostedVoicemailPolicy:
  - Identity: Tag:Hosted
    Destination: https://exap.um.outlook.com
    #            ^^^^^^^^^^^^^^^^^^^^^^^^^^^ require-hosted-voicemail-destination
`,
      `CsHostedVoicemailPolicy:
  - Identity: Tag:Hosted
    Destination: exap.um.outlook.com
    Organization: contoso.com, fabrikam.com
    #             ^^^^^^^^^^^^^^^^^^^^^^^^^ require-hosted-voicemail-destination
`,
    ],
    good: [
      `CsHostedVoicemailPolicy:
  - { Identity: Tag:Hosted, Destination: exap.um.outlook.com, Organization: "contoso.com,fabrikam.com" }
${ken}    HostedVoiceMail: true
    HostedVoicemailPolicy: Hosted
`,
    ],
    near: [
      `# Exchange on your own servers needs no hosted policy.
CsHostedVoicemailPolicy:
  - Identity: Global
${ken}    ExUmEnabled: true
    HostedVoiceMail:
`,
    ],
  },
});

function* problemsIn(policy: LyncObject): Generator<Report> {
  const destination = policy.setProperty('Destination');
  const host = policy.text('Destination')?.trim() ?? '';
  if (destination && host !== '' && !isFqdn(host))
    yield {
      at: policy.placeOf(destination),
      message: `Destination must be the FQDN of the hosted service, of at most 255 characters, and '${shortened(host)}' is none. Write a name like exap.um.outlook.com.`,
    };
  const organization = policy.setProperty('Organization');
  const names = policy.text('Organization')?.trim() ?? '';
  if (organization && /\s/.test(names))
    yield {
      at: policy.placeOf(organization),
      message: `Organization is a list with commas and without blanks, and '${shortened(names)}' has blanks. Write ${names.split(/[\s,;]+/).join(',')}.`,
    };
}

function isFqdn(host: string): boolean {
  return (
    host.length <= 255 && /^[a-z\d](?:[a-z\d-]*[a-z\d])?(?:\.[a-z\d](?:[a-z\d-]*[a-z\d])?)+$/i.test(host)
  );
}

function shortened(text: string): string {
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}
