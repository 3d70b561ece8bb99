/**
 * Which object of a section applies, and what it says.
 *
 * Policies: per user, then service, then site, then Global. Configurations: service, site, Global. The winner applies as a
 * whole: a property that it leaves out has the property's own default, never the value of the next scope. Where no scope is
 * defined the built-in default applies. Source: the help of Get-CsEffectivePolicy and of the New- cmdlets of Lync Server 2013.
 */
import { identityText, parseIdentity, type Identity } from '../schema/identity.ts';
import { sectionType, type SectionType } from '../schema/schema.ts';
import type { Deployment } from './deployment.ts';
import type { LyncObject, Property } from './object.ts';
import { readValue, type Value } from './values.ts';

/** A scope that was looked at on the way to the winner. */
export interface Step {
  readonly identity: string;
  readonly found: boolean;
}

export interface EffectiveObject {
  readonly section: SectionType;
  /** `undefined`: no scope is defined in the files, and the built-in default applies. */
  readonly object: LyncObject | undefined;
  /** The winner's identity in its usual spelling. */
  readonly identity: string | undefined;
  readonly scope: Identity['scope'] | 'built-in';
  readonly steps: readonly Step[];
}

export interface EffectiveValue {
  readonly value: Value;
  readonly effective: EffectiveObject;
  /** Where the value is written; `undefined` where the default applies. */
  readonly property: Property | undefined;
}

/**
 * The first of `scopes` that the files define.
 * @returns `undefined` where the files cannot say: they do not have the section at all
 */
function effectiveObject(
  deployment: Deployment,
  sectionName: string,
  scopes: readonly Identity[],
): EffectiveObject | undefined {
  const section = sectionType(sectionName);
  if (!section || !deployment.has(sectionName)) return undefined;
  const steps: Step[] = [];
  for (const scope of scopes) {
    if (!section.scopes.includes(scope.scope)) continue;
    const identity = identityText(scope);
    const object = deployment.find(sectionName, identity);
    steps.push({ identity, found: object !== undefined });
    if (object) return { section, object, identity, scope: scope.scope, steps };
  }
  return { section, object: undefined, identity: undefined, scope: 'built-in', steps };
}

/** The configuration of a section that applies to a pool, as to its users. */
export function effectiveOfPool(
  deployment: Deployment,
  section: string,
  pool: string,
): EffectiveObject | undefined {
  return effectiveIn(deployment, section, pool, []);
}

/** Looks in `nearest`, and then in the scopes that a pool's users share. */
export function effectiveIn(
  deployment: Deployment,
  section: string,
  pool: string | undefined,
  nearest: readonly Identity[],
): EffectiveObject | undefined {
  const scopes = [...nearest];
  let siteUnknown = false;
  if (pool !== undefined) {
    const role = serviceRoles[section];
    const serving =
      role === 'UserServer' || role === 'WebServer'
        ? (deployment.topology.servingPool(pool, role) ?? pool)
        : pool;
    if (role) scopes.push({ scope: 'Service', role, name: serving });
    // A configuration belongs to the service that it configures, and so to that service's site; a policy to the user's.
    const site = deployment.topology.siteOf(section.endsWith('Configuration') ? serving : pool);
    if (site !== undefined) scopes.push({ scope: 'Site', role: undefined, name: site });
    siteUnknown = site === undefined;
  }
  const found = effectiveObject(deployment, section, [
    ...scopes,
    { scope: 'Global', role: undefined, name: '' },
  ]);
  const decidedBelowSite = found?.scope === 'User' || found?.scope === 'Service';
  // Without the topology a site's policy may or may not apply: the files do not say.
  return siteUnknown && !decidedBelowSite && deployment.hasSiteScoped(section) ? undefined : found;
}

/** The role of the pool's service at which an object of a section may apply. */
const serviceRoles: Partial<Record<string, string>> = {
  CsUserServicesPolicy: 'UserServer',
  CsUserServicesConfiguration: 'UserServer',
  CsPrivacyConfiguration: 'UserServer',
  CsImConfiguration: 'UserServer',
  CsWebServiceConfiguration: 'WebServer',
  CsMcxConfiguration: 'WebServer',
  CsProxyConfiguration: 'Registrar',
  CsArchivingConfiguration: 'Registrar',
  CsRegistrarConfiguration: 'Registrar',
  CsClientVersionPolicy: 'Registrar',
};

/** What the winner says of one property; the property's default where it says nothing. */
export function effectiveValue(effective: EffectiveObject, name: string): EffectiveValue {
  const type = effective.section.property(name);
  if (!type) throw new Error(`${effective.section.name} has no property '${name}'.`);
  const property = effective.object?.setProperty(name);
  if (property) return { value: readValue(type, property.value), effective, property };
  return { value: defaultOf(type.default), effective, property: undefined };
}

function defaultOf(value: unknown): Value {
  return typeof value === 'boolean' || typeof value === 'number' || typeof value === 'string' ? value : null;
}

/** What an object says of one of its own properties, whomever it applies to. */
export function ownValue(object: LyncObject, name: string): EffectiveValue {
  const scope = parseIdentity(object.subject).scope;
  return effectiveValue(
    { section: object.section, object, identity: object.subject, scope, steps: [] },
    name,
  );
}
