import { productOfPool } from '../model/builds.ts';
import type { Deployment } from '../model/deployment.ts';
import { ownValue } from '../model/effective.ts';
import type { LyncObject } from '../model/object.ts';
import { parseIdentity } from '../schema/identity.ts';
import { othersOn, webServer } from '../linter/passiveShell.ts';
import { twoFactorPool } from '../linter/examples.ts';
import { rule } from '../linter/rule.ts';

export default rule({
  id: 'require-web-auth-method',
  severity: 'error',
  group: 'passive',
  summary: 'Web services with every way to sign in switched off.',
  why: 'Before it registers, a client asks the web services for a ticket: with Windows authentication, a certificate, a PIN or passive authentication. Without any of them it gets none. This follows from what each setting does. Source: help of New-CsWebServiceConfiguration; "Configuring passive authentication in Lync Server 2013", which switches the other three off only after passive authentication is on.',
  remedy: 'Switch passive authentication on, or set the other methods back to what they were.',
  sections: ['CsWebServiceConfiguration'],
  lacks: (configuration, deployment) =>
    mayUseModernAuth(configuration, deployment) && !deployment.has('CsOAuthConfiguration'),
  object: function* (configuration, deployment) {
    const value = (name: string): unknown => ownValue(configuration, name).value;
    if (value('UseWindowsAuth') !== 'None') return;
    if (value('UseCertificateAuth') !== false || value('UsePinAuth') !== false) return;
    if (value('UseWsFedPassiveAuth') !== false || signsInByModernAuth(configuration, deployment)) return;
    const property = configuration.setProperty('UseWindowsAuth');
    yield {
      at: property && configuration.placeOf(property),
      message: `'${configuration.subject}' offers no way to sign in: Windows, certificate, PIN and passive authentication are all off. Set UseWsFedPassiveAuth to true for two-factor users, or switch one of the others on.`,
    };
  },
  fixes: function* ({ object }) {
    if (!object) return;
    const values = { UseWindowsAuth: 'Negotiate', UseCertificateAuth: true, UsePinAuth: true };
    yield {
      title: 'Set UseWindowsAuth Negotiate, UseCertificateAuth true, UsePinAuth true',
      changes: Object.entries(values).map(([property, value]) => ({ kind: 'set', object, property, value })),
      // Passive authentication may have been meant.
      onlyByHand: true,
    };
  },
  shell: [
    {
      text: 'For two-factor users:',
      commands: [`Set-CsWebServiceConfiguration ${webServer} -UseWsFedPassiveAuth $true`],
    },
    {
      text: 'For users with a password:',
      commands: [`Set-CsWebServiceConfiguration ${webServer} ${othersOn}`],
    },
  ],
  examples: {
    bad: [
      `CsWebServiceConfiguration:
  - Identity: Service:WebServer:pool01.contoso.com
    UseWindowsAuth: None
    #               ^^^^ require-web-auth-method
    UseCertificateAuth: false
    UsePinAuth: false
    UseWsFedPassiveAuth: false
`,
      `# Modern authentication is for the other pool: this one runs Lync Server 2013.
CsService:
  - { Identity: Registrar:pool01.contoso.com, Version: 6 }
  - { Identity: Registrar:pool02.contoso.com, Version: 7 }
CsOAuthConfiguration:
  - { Identity: Global, ClientAuthorizationOAuthServerIdentity: evoSTS }
CsWebServiceConfiguration:
  - Identity: Service:WebServer:pool01.contoso.com
    UseWindowsAuth: None
    #               ^^^^ require-web-auth-method
    UseCertificateAuth: false
    UsePinAuth: false
`,
    ],
    good: [
      twoFactorPool,
      `CsWebServiceConfiguration:\n  - { Identity: Global, UseWindowsAuth: None, UseCertificateAuth: false, UsePinAuth: true }\n`,
    ],
    near: [
      `# Modern authentication is a way, too.
CsService:
  - { Identity: Registrar:pool01.contoso.com, Role: Registrar, PoolFqdn: pool01.contoso.com, Version: 7 }
CsOAuthConfiguration:
  - { Identity: Global, ClientAuthorizationOAuthServerIdentity: evoSTS }
CsWebServiceConfiguration:
  - { Identity: Global, UseWindowsAuth: None, UseCertificateAuth: false, UsePinAuth: false }
`,
      `# Skype for Business Server may use modern authentication, and no file says whether it does.
CsService:
  - { Identity: Registrar:pool01.contoso.com, Role: Registrar, PoolFqdn: pool01.contoso.com, Version: 8 }
CsWebServiceConfiguration:
  - { Identity: Global, UseWindowsAuth: None, UseCertificateAuth: false, UsePinAuth: false }
`,
    ],
  },
});

/** Lync Server has no modern authentication: of a pool's own configuration the pool decides, else whether any pool runs more. */
function mayUseModernAuth({ subject }: LyncObject, deployment: Deployment): boolean {
  const { scope, name } = parseIdentity(subject);
  const product = scope === 'Service' ? productOfPool(name, deployment) : undefined;
  if (product !== undefined) return product >= 7;
  return [...deployment.versions()].some((version) => version >= 7);
}

function signsInByModernAuth(configuration: LyncObject, deployment: Deployment): boolean {
  // Whoever does not say what runs, and has no such section, has Lync Server as everybody had first.
  if (!deployment.has('CsOAuthConfiguration')) return mayUseModernAuth(configuration, deployment);
  const named = deployment
    .find('CsOAuthConfiguration', 'Global')
    ?.text('ClientAuthorizationOAuthServerIdentity');
  if ((named ?? '').trim() === '') return false;
  return deployment.versions().size === 0 || mayUseModernAuth(configuration, deployment);
}
