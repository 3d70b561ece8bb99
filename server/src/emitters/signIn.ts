/** What must hold before a script may change how people sign in. */
import type { PropertyValue } from '../linter/change.ts';
import type { Deployment } from '../model/deployment.ts';
import { identityText, type Identity } from '../schema/identity.ts';
import type { SectionType } from '../schema/schema.ts';
import type { Literal } from './powershell.ts';

/** Whether a section decides how people sign in. */
export function isSignIn({ name }: SectionType): boolean {
  return name === 'CsProxyConfiguration' || name === 'CsWebServiceConfiguration';
}

/** The ways to sign in that an object of those sections opens or closes. */
const ways: ReadonlySet<string> = new Set([
  ...[
    'UseWsFedPassiveAuth',
    'UseWindowsAuth',
    'UseCertificateAuth',
    'UsePinAuth',
    'AllowExternalAuthentication',
  ],
  ...['UseKerberosForClientToProxyAuth', 'UseNtlmForClientToProxyAuth', 'UseCertificateForClientToProxyAuth'],
  'WsFedPassiveMetadataUri',
]);

/** What values do to the ways in: a new way must be open before another is closed. */
export function effectOnWays(
  values: Iterable<readonly [string, Literal]>,
): 'opens' | 'both' | 'closes' | 'nothing' {
  const [shut, open] = [new Set<string>(), new Set<string>()];
  for (const [name, value] of values) {
    if (!ways.has(name)) continue;
    if (value === false || value === 'None' || value === null) shut.add(name);
    else open.add(name);
  }
  if (shut.size === 0) return open.size > 0 ? 'opens' : 'nothing';
  return open.size > 0 ? 'both' : 'closes';
}

/**
 * Why a change of how people sign in is nothing for a script; `undefined` if it is.
 * Source for the scope: "Configuring passive authentication in Lync Server 2013".
 */
export function obstacle(
  section: SectionType,
  identity: Identity,
  values: Iterable<PropertyValue>,
  deployment: Deployment,
): string | undefined {
  const text = identityText(identity);
  if (identity.scope !== 'Service')
    return `'${text}' decides how people of several pools sign in. Change it by hand, or make a ${section.name} at service scope for each pool of two-factor users.`;
  const closes = [...values].some((value) => value === false || value === 'None');
  const without = closes ? poolsAt(section, identity, deployment).find(({ uri }) => uri === '') : undefined;
  return without
    ? `No WsFedPassiveMetadataUri says where the federation service of '${without.pool}' is. Set it first: with other ways closed nobody could sign in.`
    : undefined;
}

/** The two-factor pools whose people sign in as an object at service scope says, with the address that passive authentication has. */
function poolsAt(
  section: SectionType,
  { role, name }: Identity,
  deployment: Deployment,
): { readonly pool: string; readonly uri: string }[] {
  const isNamed = (pool: string | undefined): boolean => pool?.toLowerCase() === name.toLowerCase();
  const isEdge = role?.toLowerCase() === 'edgeserver';
  if (section.name === 'CsWebServiceConfiguration') {
    const configuration = deployment.find(section.name, `Service:WebServer:${name}`);
    return [{ pool: name, uri: configuration?.text('WsFedPassiveMetadataUri')?.trim() ?? '' }];
  }
  return deployment
    .twoFactorPools()
    .filter(({ pool }) => isNamed(isEdge ? deployment.topology.servingPool(pool, 'EdgeServer') : pool))
    .map(({ pool, passive }) => ({
      pool,
      uri: passive.effective.object?.text('WsFedPassiveMetadataUri')?.trim() ?? '',
    }));
}
