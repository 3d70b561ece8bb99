import { parseIdentity, type Identity } from '../schema/identity.ts';
import type { SectionType } from '../schema/schema.ts';
import { rule } from '../linter/rule.ts';

export default rule({
  id: 'valid-identity-scope',
  severity: 'error',
  group: 'files',
  summary: 'Objects at a scope that they cannot have.',
  why: 'Lync looks for each object at certain scopes only: a proxy configuration has no site scope, a client policy no service scope. An object at another scope applies to nobody. Source: help of the New-Cs cmdlets.',
  remedy: 'Use one of the scopes that the message lists.',
  object: function* (object) {
    const { section } = object;
    const property = object.setProperty('Identity');
    const text = object.text('Identity');
    if (section.scopes.length === 0 || !property || text === undefined) return;
    const problem = problemOf(parseIdentity(text), section);
    if (problem === undefined) return;
    yield {
      at: object.placeOf(property),
      message: `'${text}' ${problem}. ${section.name} can be at ${formsOf(section)}.`,
    };
  },
  examples: {
    bad: [
      `CsProxyConfiguration:
  - Identity: Site:Redmond
    #         ^^^^^^^^^^^^ valid-identity-scope
`,
      `CsClientPolicy:
  - Identity: Service:UserServer:pool01.contoso.com
    #         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ valid-identity-scope
`,
      `CsWebServiceConfiguration:
  - Identity: Service:Registrar:pool01.contoso.com
    #         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ valid-identity-scope
`,
    ],
    good: [
      `CsWebServiceConfiguration:
  - Identity: Global
  - Identity: Site:Redmond
  - Identity: Service:WebServer:pool01.contoso.com
CsClientPolicy:
  - Identity: Tag:SalesPolicy
`,
    ],
    near: [
      `# PowerShell takes the short forms, in any case, and some cmdlets print them.
CsWebServiceConfiguration:
  - Identity: global
  - Identity: SITE:Redmond
  - Identity: WebServer:pool01.contoso.com
CsClientPolicy:
  - Identity: SalesPolicy
`,
      `# Policies have no service scope but for two: the User Services one and the one for client versions.
CsUserServicesPolicy:
  - Identity: Service:UserServer:pool01.contoso.com
CsClientVersionPolicy:
  - Identity: Service:Registrar:pool01.contoso.com
`,
      `# A Director homes nobody, but has web services of its own, and these a configuration.
CsWebServiceConfiguration:
  - { Identity: Service:WebServer:dir01.contoso.com, UseWsFedPassiveAuth: false }
`,
    ],
  },
});

function problemOf({ scope, role, name }: Identity, section: SectionType): string | undefined {
  if (!section.scopes.includes(scope)) return `is no scope of ${section.name}`;
  if (scope !== 'Global' && name.trim() === '') return 'lacks the name behind the colon';
  if (scope === 'User' && name.toLowerCase() === 'global') return 'uses the name Global, which is reserved';
  if (scope !== 'Service' || section.serviceRoles.length === 0) return undefined;
  const known = section.serviceRoles.some((candidate) => candidate.toLowerCase() === role?.toLowerCase());
  return known ? undefined : `names a service that has no ${section.name}`;
}

/** The identities that a section's objects may have, in words. */
function formsOf({ scopes, serviceRoles }: SectionType): string {
  const forms = scopes.flatMap((scope) => {
    switch (scope) {
      case 'Global':
        return ['Global'];
      case 'Site':
        return ['Site:<site>'];
      case 'Service':
        return (serviceRoles.length > 0 ? serviceRoles : ['<role>']).map(
          (role) => `Service:${role}:<pool FQDN>`,
        );
      case 'User':
        return ['Tag:<name>'];
    }
  });
  return forms.join(', ');
}
