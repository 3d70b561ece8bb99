/** Build numbers of servers, which say the update level that CsService leaves out. */
import type { Deployment } from './deployment.ts';
import type { LyncObject } from './object.ts';

/** Two to four numbers: `5.0.8308.420` as `[5, 0, 8308, 420]`. */
export type Build = readonly number[];

/**
 * Lync Server 2013, cumulative update of July 2013 (KB 2835432): passive authentication. Source of the update: "Planning for
 * two-factor authentication in Lync Server 2013"; of the number: Get-InstalledLyncVersion.ps1 by Ståle Hansen.
 */
export const passiveBuild: Build = [5, 0, 8308, 420];

/** Skype for Business Server 2015, May 2017 (KB 4012621). Source: Microsoft 365 "Hybrid modern authentication overview". */
export const hybridBuild: Build = [6, 0, 9319, 281];

/** The product of a base version, as `Version` of a service counts it. Source: help of Get-CsServerVersion; the lists of updates. */
const products: ReadonlyMap<string, number> = new Map([
  ['4.0.7577', 5],
  ['5.0.8308', 6],
  ['6.0.9319', 7],
  ['7.0.2046', 8],
]);

/** `undefined` for what is no build number. */
export function parseBuild(text: string): Build | undefined {
  const trimmed = text.trim();
  return /^\d+(?:\.\d+){1,3}$/.test(trimmed) ? trimmed.split('.').map(Number) : undefined;
}

/** Negative where `a` is the older. */
export function compareBuilds(a: Build, b: Build): number {
  for (let i = 0; i < Math.max(a.length, b.length); i++) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** 5 to 8, as `Version` of a service; `undefined` for a build of none of the four. */
export function productOfBuild(build: Build): number | undefined {
  return products.get(build.slice(0, 3).join('.'));
}

/** Whether a build is the base version of a product, which says nothing of updates: Get-CsServerVersion prints no more. */
export function isBaseBuild(build: Build): boolean {
  return productOfBuild(build) !== undefined && (build[3] ?? 0) === 0;
}

/** A component of one computer, and its build. */
export interface InstalledComponent {
  readonly object: LyncObject;
  readonly computer: string;
  readonly build: Build;
}

/** What CsServerPatchVersion says; names in lower case. */
export interface PatchLevels {
  /** Not every component changes with an update: a computer is as new as its newest. */
  readonly ofComputer: ReadonlyMap<string, Build>;
  readonly ofPool: ReadonlyMap<string, PoolLevels>;
}

export interface PoolLevels {
  readonly newest: Build;
  /** By component the first of the pool's computers that have the newest build of it. */
  readonly ofComponent: ReadonlyMap<string, InstalledComponent>;
}

export function findPatchLevels(deployment: Deployment): PatchLevels {
  const ofComputer = new Map<string, Build>();
  const ofPool = new Map<string, { newest: Build; ofComponent: Map<string, InstalledComponent> }>();
  for (const object of deployment.all('CsServerPatchVersion')) {
    const installed = installedComponent(object);
    if (!installed) continue;
    const { computer, build } = installed;
    const key = computer.toLowerCase();
    ofComputer.set(key, newer(ofComputer.get(key), build));
    const pool = deployment.topology.poolOfComputer(computer)?.toLowerCase();
    if (pool === undefined) continue;
    const levels = ofPool.get(pool) ?? {
      newest: build,
      ofComponent: new Map<string, InstalledComponent>(),
    };
    levels.newest = newer(levels.newest, build);
    const component = componentOf(object);
    const known = levels.ofComponent.get(component);
    if (!known || compareBuilds(build, known.build) > 0) levels.ofComponent.set(component, installed);
    ofPool.set(pool, levels);
  }
  return { ofComputer, ofPool };
}

/** `undefined` where the object names no computer, or no build. */
export function installedComponent(object: LyncObject): InstalledComponent | undefined {
  const build = parseBuild(object.text('Version') ?? '');
  return build && object.subject !== '' ? { object, computer: object.subject, build } : undefined;
}

/** The name of a component, in lower case. */
export function componentOf(object: LyncObject): string {
  return object.text('ComponentName')?.trim().toLowerCase() ?? '';
}

/**
 * The product of a pool, 5 to 8: from its services, else from what is installed on its computers.
 * `undefined` where the files do not say.
 */
export function productOfPool(pool: string, deployment: Deployment): number | undefined {
  const version = deployment.topology.versionOf(pool);
  if (version !== undefined) return version;
  const levels = deployment.patchLevels().ofPool.get(pool.toLowerCase());
  return levels && productOfBuild(levels.newest);
}

function newer(a: Build | undefined, b: Build): Build {
  return a && compareBuilds(a, b) >= 0 ? a : b;
}
