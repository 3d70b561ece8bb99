import { isExchange, metadataAddresses } from '../model/exchange.ts';
import { ownValue } from '../model/effective.ts';
import { exchangeApplication } from '../linter/exchangeExamples.ts';
import { rule } from '../linter/rule.ts';

const path = '/autodiscover/metadata/json/1';

export default rule({
  id: 'valid-partner-application-metadata',
  severity: 'warning',
  group: 'exchange',
  summary: 'Exchange as a partner application with other metadata or less trust than it needs.',
  why: 'Lync reads the keys of Exchange from /autodiscover/metadata/json/1, and acts for any user only where ApplicationTrustLevel is Full. Source: "Configuring an on-premises partner application for Microsoft Exchange Server"; Microsoft\'s own diagnostics look for the same.',
  remedy:
    'Set MetadataUrl to https://<Autodiscover host>/autodiscover/metadata/json/1 and ApplicationTrustLevel to Full.',
  sections: ['CsPartnerApplication'],
  object: function* (application) {
    if (!isExchange(application)) return;
    for (const { property: name, address } of metadataAddresses(application)) {
      const property = application.setProperty(name);
      if (
        !property ||
        address
          .toLowerCase()
          .replace(/[;,"')]*$/, '')
          .endsWith(path)
      )
        continue;
      yield {
        at: application.placeOf(property),
        message: `Exchange has the metadata for its trust at ${path}, but '${address}' names another path. Write https://<Autodiscover host>${path}.`,
      };
    }
    const trust = ownValue(application, 'ApplicationTrustLevel');
    if (typeof trust.value !== 'string' || trust.value === 'Full' || !trust.property) return;
    yield {
      at: application.placeOf(trust.property),
      message: `Exchange needs full trust to work for every user, and ApplicationTrustLevel of '${application.subject}' is ${trust.value}. Set it to Full.`,
    };
  },
  fixes: function* ({ object }) {
    if (!object) return;
    const { value, property } = ownValue(object, 'ApplicationTrustLevel');
    if (typeof value !== 'string' || value === 'Full' || !property) return;
    yield {
      title: 'Set ApplicationTrustLevel Full',
      changes: [{ kind: 'set', object, property: 'ApplicationTrustLevel', value: 'Full' }],
      // Less may be meant.
      onlyByHand: true,
    };
  },
  shell: [
    {
      text: 'For Exchange on your own servers:',
      commands: [
        "Set-CsPartnerApplication -Identity 'Exchange' -MetadataUrl 'https://autodiscover.contoso.com/autodiscover/metadata/json/1' -ApplicationTrustLevel Full",
      ],
    },
  ],
  examples: {
    bad: [
      `CsPartnerApplication:
  - Identity: Exchange
    MetadataUrl: https://autodiscover.contoso.com/autodiscover/autodiscover.svc
    #            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ valid-partner-application-metadata
`,
      `CsPartnerApplication:
  - Identity: Exchange
    MetadataUrl: https://autodiscover.contoso.com/autodiscover/metadata/json/1
    ApplicationTrustLevel: User
    #                      ^^^^ valid-partner-application-metadata
`,
    ],
    good: [exchangeApplication],
    near: [
      `# Exchange Online is trusted by way of Azure, without metadata of its own.
CsPartnerApplication:
  - { Identity: microsoft.exchange, ApplicationIdentifier: 00000002-0000-0ff1-ce00-000000000000, ApplicationTrustLevel: Full, UseOAuthServer: true }
`,
      `# SharePoint is another application, with metadata elsewhere.
CsPartnerApplication:
  - { Identity: SharePoint, MetadataUrl: "https://sharepoint.contoso.com/_layouts/15/metadata/json/1" }
`,
    ],
  },
});
