/** Which pool stands in for which. */
import { parseIdentity } from '../schema/identity.ts';
import type { Deployment } from './deployment.ts';
import type { LyncObject, Property } from './object.ts';
import { fqdnOf, poolOf, roleOf } from './topology.ts';
import { referenceName } from './values.ts';

export interface Backup {
  /** The pool that is backed up, as the object writes it. */
  readonly pool: string;
  /** The pool that stands in for it. */
  readonly by: string;
  /** What says so: the pool, else its Registrar. */
  readonly object: LyncObject;
}

/** Both by the FQDN in lower case. */
export interface Backups {
  readonly ofPool: ReadonlyMap<string, Backup>;
  readonly byPool: ReadonlyMap<string, readonly Backup[]>;
}

/** Every pool that has a backup, once: a pool says it itself or by its Registrar, and mostly by both. */
export function findBackups(deployment: Deployment): Backups {
  const ofPool = new Map<string, Backup>();
  const byPool = new Map<string, Backup[]>();
  for (const object of [...deployment.all('CsPool'), ...deployment.all('CsService')]) {
    const [pool, by] = [backedUpPool(object), backupOf(object)];
    if (pool === undefined || by === undefined || ofPool.has(pool.toLowerCase())) continue;
    const backup = { pool, by, object };
    ofPool.set(pool.toLowerCase(), backup);
    const others = byPool.get(by.toLowerCase());
    if (others) others.push(backup);
    else byPool.set(by.toLowerCase(), [backup]);
  }
  return { ofPool, byPool };
}

/** The pool whose backup an object can name; `undefined` for a service that is no Registrar. */
export function backedUpPool(object: LyncObject): string | undefined {
  if (object.section.name === 'CsPool') return fqdnOf(object);
  return roleOf(object)?.toLowerCase() === 'registrar' ? poolOf(object) : undefined;
}

export function backupProperty(object: LyncObject): Property | undefined {
  return object.setProperty(object.section.name === 'CsPool' ? 'BackupPoolFqdn' : 'BackupRegistrar');
}

/** The pool that a pool or its Registrar names as its backup. */
export function backupOf(object: LyncObject): string | undefined {
  const property = backupProperty(object);
  const name = property && referenceName(property.value)?.trim();
  return name ? parseIdentity(name).name : undefined;
}
