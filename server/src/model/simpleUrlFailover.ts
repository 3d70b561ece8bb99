/** Meetings that nobody can join once a pool has failed over to another site. */
import type { Deployment } from './deployment.ts';
import type { LyncObject } from './object.ts';
import { simpleUrls, siteOfConfiguration, type SimpleUrl } from './simpleUrls.ts';
import { fqdnOf } from './topology.ts';

export interface LostMeetings {
  readonly pool: string;
  readonly site: string;
  readonly backup: string;
  readonly backupSite: string;
}

/**
 * The first pool of a configuration's site that fails over to a site with other Meet URLs. Users of the backup pool's site have
 * other links, so those in invitations lead nowhere.
 * Source: the note in "Planning for simple URLs in Lync Server 2013".
 */
export function meetingsLostInFailover(
  configuration: LyncObject,
  urls: readonly SimpleUrl[],
  deployment: Deployment,
): LostMeetings | undefined {
  const site = siteOfConfiguration(configuration);
  const own = meetUrls(urls);
  if (site === undefined || own === '') return undefined;
  for (const { pool, backup } of pairedPools(deployment)) {
    if (!isSame(deployment.topology.siteOf(pool), site)) continue;
    const backupSite = deployment.topology.siteOf(backup);
    if (backupSite === undefined || isSame(backupSite, site)) continue;
    const other =
      deployment.find('CsSimpleUrl', `Site:${backupSite}`) ?? deployment.find('CsSimpleUrl', 'Global');
    const others = other && simpleUrls(other);
    if (others && meetUrls(others) !== own) return { pool, site, backup, backupSite };
  }
  return undefined;
}

/** The Meet URLs as one text, which is the same where they are. */
function meetUrls(urls: readonly SimpleUrl[]): string {
  return urls
    .filter(({ component }) => component === 'meet')
    .map(({ domain, addresses }) => `${domain} ${addresses[0]?.key ?? ''}`)
    .sort()
    .join('\n');
}

function pairedPools(deployment: Deployment): readonly { pool: string; backup: string }[] {
  const answers = deployment.scratch('CsPool') as Map<string, readonly { pool: string; backup: string }[]>;
  let pairs = answers.get('paired pools');
  if (!pairs) {
    pairs = deployment.all('CsPool').flatMap((object) => {
      const [pool, backup] = [fqdnOf(object), object.text('BackupPoolFqdn')?.trim()];
      return pool && backup ? [{ pool, backup }] : [];
    });
    answers.set('paired pools', pairs);
  }
  return pairs;
}

function isSame(name: string | undefined, other: string): boolean {
  return name?.toLowerCase() === other.toLowerCase();
}
