import { exchangeApplications, isEnabled } from '../model/exchange.ts';
import { exchangeApplication } from '../linter/exchangeExamples.ts';
import { rule } from '../linter/rule.ts';

const url = 'ExchangeAutodiscoverUrl';
const path = '/autodiscover/autodiscover.svc';

export default rule({
  id: 'valid-exchange-autodiscover-url',
  severity: 'error',
  group: 'exchange',
  summary: 'An address of Exchange Autodiscover that cannot be right, or none where Exchange is a partner.',
  why: 'By this address the Lync servers find the mailbox of a user, for the Unified Contact Store, archiving and photos. It is the one of the web service, which ends in autodiscover.svc; the one that clients ask ends in autodiscover.xml and does not serve. Source: "Managing server-to-server authentication"; Microsoft\'s own diagnostics look for the same.',
  remedy: 'Write https://<Autodiscover host>/autodiscover/autodiscover.svc.',
  sections: ['CsOAuthConfiguration'],
  object: function* (configuration, deployment) {
    const property = configuration.property(url);
    const text = configuration.text(url)?.trim() ?? '';
    if (text === '') {
      const application = exchangeApplications(deployment).find(isEnabled);
      if (!application) return;
      yield {
        at: property && configuration.keyPlaceOf(property),
        message: `Lync trusts Exchange ('${application.subject}'), but ${url} is not set, so the servers cannot find a mailbox. Write https://<Autodiscover host>${path}.`,
        related: [{ at: application.at, message: `'${application.subject}' is a partner application` }],
      };
      return;
    }
    if (!property || isRight(text)) return;
    yield {
      at: configuration.placeOf(property),
      message: `The Lync servers find no mailbox by '${text}': ${problem(text)} Write https://<Autodiscover host>${path}.`,
    };
  },
  fixes: function* ({ object }) {
    const text = object?.text(url)?.trim() ?? '';
    if (!object || !URL.canParse(text)) return;
    const { protocol, host, hostname } = new URL(text);
    if (!/^https?:$/.test(protocol) || hostname === '') return;
    const value = `https://${protocol === 'https:' ? host : hostname}${path}`;
    yield { title: `Set ${url} ${value}`, changes: [{ kind: 'set', object, property: url, value }] };
  },
  shell: [
    {
      text: 'For the whole deployment:',
      commands: [
        "Set-CsOAuthConfiguration -Identity 'Global' -ExchangeAutodiscoverUrl 'https://autodiscover.contoso.com/autodiscover/autodiscover.svc'",
      ],
    },
  ],
  examples: {
    bad: [
      `CsOAuthConfiguration:
  - Identity: Global
    ExchangeAutodiscoverUrl: https://autodiscover.contoso.com/autodiscover/autodiscover.xml
    #                        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ valid-exchange-autodiscover-url
`,
      `${exchangeApplication}CsOAuthConfiguration:
  - Identity: Global
    ExchangeAutodiscoverUrl:
    #^^^^^^^^^^^^^^^^^^^^^^ valid-exchange-autodiscover-url
`.replace('    #^', '#   ^^'),
    ],
    good: [
      `${exchangeApplication}CsOAuthConfiguration:
  - { Identity: Global, ExchangeAutodiscoverUrl: "https://autodiscover.contoso.com/autodiscover/autodiscover.svc" }
`,
    ],
    near: [
      `# Where Exchange is no partner nobody needs the address.
CsPartnerApplication: []
CsOAuthConfiguration:
  - { Identity: Global, ExchangeAutodiscoverUrl: null }
`,
      `# Case does not matter.
CsOAuthConfiguration:
  - { Identity: Global, ExchangeAutodiscoverUrl: "https://autodiscover.contoso.com/Autodiscover/Autodiscover.svc" }
`,
    ],
  },
});

function isRight(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, pathname } = new URL(text);
  return protocol === 'https:' && pathname.toLowerCase().endsWith(path);
}

function problem(text: string): string {
  if (!URL.canParse(text)) return 'it is not a complete address.';
  const { protocol, pathname } = new URL(text);
  if (protocol !== 'https:') return 'it must come by https.';
  return pathname.toLowerCase().endsWith('.xml')
    ? 'autodiscover.xml is what clients ask; servers ask autodiscover.svc.'
    : `it does not end in ${path}.`;
}
