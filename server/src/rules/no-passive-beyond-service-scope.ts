import { metadataUri, othersOff, othersOn, webServer } from '../linter/passiveShell.ts';
import { parseIdentity } from '../schema/identity.ts';
import { twoFactorPool } from '../linter/examples.ts';
import { rule } from '../linter/rule.ts';

export default rule({
  id: 'no-passive-beyond-service-scope',
  severity: 'warning',
  group: 'passive',
  summary: 'Passive authentication for a whole site or for everybody.',
  why: 'Clients that cannot do passive authentication (phones, older clients, web pages) then fail on every pool, not only on those of two-factor users. Microsoft asks to set it for one service at a time. Source: "Configuring passive authentication" and "Planning for two-factor authentication in Lync Server 2013".',
  remedy:
    'Set it at service scope: Service:WebServer:<pool FQDN>, for each Director and pool of two-factor users.',
  sections: ['CsWebServiceConfiguration'],
  object: function* (configuration) {
    const passive = configuration.setProperty('UseWsFedPassiveAuth');
    if (!passive || configuration.text('UseWsFedPassiveAuth')?.toLowerCase() !== 'true') return;
    const { scope } = parseIdentity(configuration.subject);
    if (scope !== 'Global' && scope !== 'Site') return;
    yield {
      at: configuration.placeOf(passive),
      message: `Passive authentication at '${configuration.subject}' applies to every pool ${scope === 'Global' ? '' : 'of the site '}without a configuration of its own, and clients that cannot do it fail there. Set it at Service:WebServer:<pool FQDN> for each pool of two-factor users.`,
    };
  },
  shell: [
    {
      text: 'First for each Director and pool of two-factor users:',
      commands: [
        `New-CsWebServiceConfiguration ${webServer} -UseWsFedPassiveAuth $true ${metadataUri}`,
        `Set-CsWebServiceConfiguration ${webServer} ${othersOff}`,
      ],
    },
    {
      text: "Then everybody else signs in as before. The same for a site, with `'Site:Redmond'`:",
      commands: [`Set-CsWebServiceConfiguration -Identity 'Global' -UseWsFedPassiveAuth $false ${othersOn}`],
    },
  ],
  examples: {
    bad: [
      `CsWebServiceConfiguration:
  - Identity: Global
    UseWsFedPassiveAuth: true
    #                    ^^^^ no-passive-beyond-service-scope
`,
      `CsWebServiceConfiguration:
  - Identity: Site:Redmond
    UseWsFedPassiveAuth: true
    #                    ^^^^ no-passive-beyond-service-scope
`,
    ],
    good: [
      twoFactorPool,
      `CsWebServiceConfiguration:\n  - { Identity: Global, UseWsFedPassiveAuth: false }\n`,
    ],
    near: [
      `# A Director stands in front of several pools, but this is one service, where Microsoft asks for it, too.
${twoFactorPool}${twoFactorPool.replace(/^.*\n/, '').replace('pool01', 'dir01')}`,
      `# Without Service: in front it is the same scope, and PowerShell takes both.
${twoFactorPool.replace('Service:WebServer', 'WebServer')}`,
    ],
  },
});
