/** What has to be exported beside what there is, so that the findings about two factors can be worked out. */
import { sectionType } from '../schema/schema.ts';
import type { ImportedObject } from './imported.ts';

/** Source: the rules about two-factor users, which look at these. */
const sections = [
  'CsUser',
  'CsPool',
  'CsService',
  'CsWebServiceConfiguration',
  'CsProxyConfiguration',
  'CsUserServicesPolicy',
  'CsClientPolicy',
  'CsMobilityPolicy',
  'CsServerPatchVersion',
];

/** A sentence with the cmdlets; `undefined` where nothing is missing. */
export function missingExports(objects: readonly ImportedObject[]): string | undefined {
  const there = new Set(objects.map(({ section }) => section));
  const missing = sections.filter((name) => !there.has(name));
  if (missing.length === 0) return undefined;
  const cmdlets = missing.map((name) => sectionType(name)?.cmdlet ?? `Get-${name}`);
  const isTopology = there.has('CsPool') && !there.has('CsUser');
  const why = isTopology
    ? 'A topology says which servers there are, not who uses them, nor how people sign in. '
    : '';
  return `${why}No file has ${missing.join(', ')}. Who signs in with two factors, and what these people lose, cannot be worked out without. Export what ${cmdlets.join(', ')} ${cmdlets.length === 1 ? 'prints' : 'print'}, each with | Export-Clixml.`;
}
