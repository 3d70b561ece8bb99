import type { Report } from '../linter/finding.ts';
import { rule } from '../linter/rule.ts';
import type { Deployment } from '../model/deployment.ts';
import { meetingsLostInFailover } from '../model/simpleUrlFailover.ts';
import {
  missingSimpleUrls,
  clashing,
  simpleUrls,
  siteOfConfiguration,
  type SimpleUrl,
} from '../model/simpleUrls.ts';
import { enumerated } from '../model/wording.ts';

export default rule({
  id: 'valid-simple-urls',
  severity: 'error',
  group: 'files',
  summary: 'Simple URLs that are missing, that Lync does not take, or that get in the way of one another.',
  why: 'Each SIP domain needs a Meet URL and the deployment one Dialin URL; all are https, none has a port, the FQDN of a pool, or begins with another one, for then Lync cannot tell which is meant. A site that has simple URLs of its own needs all of them. That meetings cannot be joined after a fail-over to a site with other Meet URLs is a warning. Source: "Planning for simple URLs in Lync Server 2013".',
  remedy:
    'Give each SIP domain its Meet URL in Topology Builder, such as https://meet.contoso.com, and leave simple URLs to Global where sites need none of their own.',
  sections: ['CsSimpleUrl'],
  lacks: (_, deployment) => !deployment.has('CsSipDomain') || !deployment.has('CsPool'),
  object: function* (configuration, deployment) {
    const urls = simpleUrls(configuration);
    if (!urls) return;
    const property = configuration.setProperty('SimpleUrl');
    const missing = missingSimpleUrls(configuration, urls, deployment);
    if (missing.length > 0) {
      const site = siteOfConfiguration(configuration);
      yield {
        at: property && configuration.keyPlaceOf(property),
        message: site
          ? `The site '${site}' has simple URLs of its own, but ${enumerated(missing)}: what Global has does not apply there any more. Add what is missing, or remove the simple URLs of the site.`
          : `There is ${enumerated(missing)}, and Lync requires a Meet URL for each SIP domain and one Dialin URL. Add what is missing in Topology Builder.`,
      };
    }
    for (const url of urls) yield* problemsOf(url, deployment);
    const lost = meetingsLostInFailover(configuration, urls, deployment);
    if (!lost) return;
    yield {
      severity: 'warning',
      at: property && configuration.keyPlaceOf(property),
      message: `When '${lost.pool}' fails over to '${lost.backup}' in the site '${lost.backupSite}', nobody can join meetings of the site '${lost.site}': its Meet URLs are its own. Use those of Global for both, or pair pools of one site.`,
    };
  },
  shell: [
    {
      text: 'Add a Meet URL for another SIP domain, then run Enable-CsComputer on each Director and Front End Server:',
      commands: [
        "$entry = New-CsSimpleUrlEntry -Url 'https://meet.fabrikam.com'",
        "$url = New-CsSimpleUrl -Component 'Meet' -Domain 'fabrikam.com' -SimpleUrlEntry $entry -ActiveUrl 'https://meet.fabrikam.com'",
        "Set-CsSimpleUrlConfiguration -Identity 'Global' -SimpleUrl @{ Add = $url }",
      ],
    },
    {
      text: 'Leave simple URLs to Global; the links of meetings at the site change:',
      commands: ["Remove-CsSimpleUrlConfiguration -Identity 'Site:Dublin'"],
    },
  ],
  examples: {
    bad: [
      `CsSipDomain:
  - { Identity: contoso.com, IsDefault: true }
  - { Identity: fabrikam.com, IsDefault: false }
CsSimpleUrl:
  - Identity: Global
    SimpleUrl:
  # ^^^^^^^^^ valid-simple-urls
      - { Component: Meet, Domain: contoso.com, ActiveUrl: "https://meet.contoso.com" }
`,
      `CsPool:
  - { Identity: pool01.contoso.com }
CsSimpleUrl:
  - Identity: Global
    SimpleUrl:
      - { Component: Dialin, Domain: "*", ActiveUrl: "https://pool01.contoso.com/dialin" }
      #                                              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ valid-simple-urls
      - Component: Meet
        Domain: contoso.com
        ActiveUrl: http://meet.contoso.com:8080
        SimpleUrlEntry:
          - Url: http://meet.contoso.com:8080
`,
      `CsSimpleUrl:
  - Identity: Global
    SimpleUrl:
      - { Component: Meet, Domain: contoso.com, ActiveUrl: "https://lync.contoso.com/Meet" }
      - { Component: Dialin, Domain: "*", ActiveUrl: "https://lync.contoso.com/meet/Dialin/" }
      #                                              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ valid-simple-urls
`,
      `# One simple URL of the site's own, and the others are gone there.
CsSimpleUrl:
  - Identity: Global
    SimpleUrl:
      - { Component: Meet, Domain: contoso.com, ActiveUrl: "https://meet.contoso.com" }
      - { Component: Dialin, Domain: "*", ActiveUrl: "https://dialin.contoso.com" }
  - Identity: Site:Dublin
    SimpleUrl:
  # ^^^^^^^^^ valid-simple-urls
      - { Component: Dialin, Domain: "*", ActiveUrl: "https://dialin-dublin.contoso.com" }
`,
      `CsPool:
  - { Identity: pool01.contoso.com, Site: Site:Dublin, BackupPoolFqdn: pool02.contoso.com }
  - { Identity: pool02.contoso.com, Site: Site:Redmond, BackupPoolFqdn: pool01.contoso.com }
CsSimpleUrl:
  - Identity: Global
    SimpleUrl:
      - { Component: Meet, Domain: contoso.com, ActiveUrl: "https://meet.contoso.com" }
      - { Component: Dialin, Domain: "*", ActiveUrl: "https://dialin.contoso.com" }
  - Identity: Site:Dublin
    SimpleUrl:
  # ^^^^^^^^^ warning valid-simple-urls
      - { Component: Meet, Domain: contoso.com, ActiveUrl: "https://meet-dublin.contoso.com" }
      - { Component: Dialin, Domain: "*", ActiveUrl: "https://dialin-dublin.contoso.com" }
`,
    ],
    good: [
      `CsSipDomain:
  - { Identity: contoso.com, IsDefault: true }
  - { Identity: fabrikam.com, IsDefault: false }
CsSimpleUrl:
  - Identity: Global
    SimpleUrl:
      - { Component: Meet, Domain: contoso.com, ActiveUrl: "https://lync.contoso.com/contosoSIPdomain/Meet" }
      - { Component: Meet, Domain: fabrikam.com, ActiveUrl: "https://lync.contoso.com/fabrikamSIPdomain/Meet" }
      - { Component: Dialin, Domain: "*", ActiveUrl: "https://lync.contoso.com/Dialin" }
      - { Component: Cscp, Domain: "*", ActiveUrl: "https://lync.contoso.com/Admin" }
`,
    ],
    near: [
      `# A hyphen works, /Meet and /Meetings are two segments, and no Admin URL is needed: not even at a site.
CsSipDomain:
  - { Identity: contoso.com, IsDefault: true }
CsSimpleUrl:
  - Identity: Global
    SimpleUrl:
      - { Component: Meet, Domain: contoso.com, ActiveUrl: "https://lync-eu.contoso.com/Meet" }
      - { Component: Dialin, Domain: "*", ActiveUrl: "https://lync-eu.contoso.com/Meetings" }
      - { Component: Cscp, Domain: "*", ActiveUrl: "https://admin.contoso.com" }
  - Identity: Site:Dublin
    SimpleUrl:
      - { Component: Meet, Domain: contoso.com, ActiveUrl: "https://lync-eu.contoso.com/Meet" }
      - { Component: Dialin, Domain: "*", ActiveUrl: "https://dialin-dublin.contoso.com" }
`,
      `# The address in use is also in the list of all addresses, and an earlier one is kept for old invitations.
CsSimpleUrl:
  - Identity: Global
    SimpleUrl:
      - Component: Meet
        Domain: contoso.com
        ActiveUrl: https://meet.contoso.com
        SimpleUrlEntry:
          - Url: https://meet.contoso.com
          - Url: https://contoso.com/meet
      - { Component: Dialin, Domain: "*", ActiveUrl: "https://dialin.contoso.com", SimpleUrlEntry: [{ Url: "https://dialin.contoso.com" }] }
`,
      `# What stands there cannot be read, so nobody can say what is missing.
CsSimpleUrl:
  - { Identity: Global, SimpleUrl: [System.Object] }
`,
    ],
  },
});

const names = new Map([
  ['meet', 'Meet'],
  ['dialin', 'Dialin'],
  ['cscp', 'Admin'],
]);

function* problemsOf(simpleUrl: SimpleUrl, deployment: Deployment): Generator<Report> {
  for (const address of simpleUrl.addresses) {
    const { url, key, hasPort, at } = address;
    const [host = ''] = key.split('/', 1);
    if (!/^https:\/\//i.test(url))
      yield { at, message: `'${url}' does not begin with https://, as all simple URLs do.` };
    if (hasPort) yield { at, message: `'${url}' names a port, which no simple URL may have. Remove it.` };
    if (deployment.find('CsPool', host))
      yield {
        at,
        message: `'${url}' has the FQDN of the pool '${host}' in it, which no simple URL may have. Use a name of its own.`,
      };
    const other = clashing(simpleUrl, address, deployment);
    if (!other) continue;
    const { component, domain } = other.simpleUrl;
    const whose = `the ${names.get(component) ?? component} URL${domain === '*' ? '' : ` of '${domain}'`}`;
    yield {
      at,
      message: `'${url}' ${other.address.key === key ? `is also ${whose}` : `begins with '${other.address.url}', ${whose}`}, so Lync cannot tell which one is meant. Give each a name of its own.`,
      related: [{ at: other.address.at, message: `This is ${whose}` }],
    };
  }
}
