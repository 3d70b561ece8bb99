// What a large deployment has: sites, front-end pools, Edge pools, and how many of everything else.

/** Version 7 is Skype for Business Server 2015, 8 is 2019, 6 is Lync Server 2013. */
export const usual = 7;

export const centralSites = [
  ['Reading', 'rdg'],
  ['Frankfurt', 'fra'],
  ['Redmond', 'red'],
  ['Singapore', 'sin'],
  ['Sydney', 'syd'],
];

export const branches =
  'Aberdeen Amsterdam Ankara Athens Atlanta Auckland Austin Bangalore Barcelona Basel Bergen Berlin Boston Brisbane Brussels Budapest Calgary Chennai Chicago Copenhagen Dallas Denver Dublin Geneva Gothenburg Hamburg Helsinki Houston Istanbul Jakarta Lisbon Lyon Madrid Manila Melbourne Miami Milan Montreal Mumbai Munich Oslo Ottawa Paris Perth Phoenix Portland Prague Rome Seattle Stockholm Toronto Vienna Warsaw Wellington Zurich'.split(
    ' ',
  );

/** Site, name, edition, version, and what else: a second factor, and the Edge pool, where it is not the first of the site. */
export const frontEnds = /** @type {const} */ ([
  ['rdg', 'pool-rdg-01', 8, 7, ''],
  ['fra', 'pool-fra-01', 6, 7, ''],
  ['rdg', 'pool-rdg-02', 6, 7, 'second'],
  ['fra', 'pool-fra-02', 4, 7, 'second'],
  ['red', 'pool-red-01', 4, 7, ''],
  ['sin', 'pool-sin-01', 4, 7, ''],
  ['red', 'POOL-RED-02', 3, 8, 'second'],
  ['sin', 'POOL-SIN-02', 3, 8, 'second'],
  ['rdg', 'pool-rdg-card-01', 3, 7, 'card'],
  ['fra', 'pool-fra-card-01', 3, 7, 'card'],
  ['rdg', 'Pool-Rdg-Card-02', 3, 8, 'card'],
  ['fra', 'Pool-Fra-Card-02', 3, 8, 'card'],
  ['syd', 'se-syd-01', 1, 8, ''],
  ['syd', 'se-syd-02', 1, 8, ''],
  ['rdg', 'se-rdg-01', 1, 7, ''],
  ['fra', 'se-fra-01', 1, 7, ''],
  ['red', 'SE-RED-01', 1, 7, ''],
  ['sin', 'SE-SIN-01', 1, 7, ''],
  ['rdg', 'se-rdg-02', 1, 7, 'second'],
  ['fra', 'se-fra-02', 1, 7, 'second'],
  ['red', 'se-red-02', 1, 7, ''],
  ['sin', 'se-sin-02', 1, 7, ''],
  ['syd', 'SE-SYD-03', 1, 8, ''],
  ['syd', 'se-syd-04', 1, 7, ''],
]);

/** Of the front-end pools the first eighteen are pairs, each with the next. */
export const paired = 18;

export const edges = /** @type {const} */ ([
  ['rdg', 'Edge-Rdg-01', 4, ''],
  ['rdg', 'edge-rdg-02', 2, 'second'],
  ['rdg', 'edge-rdg-card', 2, 'card'],
  ['fra', 'Edge-Fra-01', 3, ''],
  ['fra', 'edge-fra-02', 2, 'second'],
  ['fra', 'edge-fra-card', 2, 'card'],
  ['red', 'EDGE-RED-01', 3, ''],
  ['red', 'edge-red-02', 2, 'second'],
  ['sin', 'EDGE-SIN-01', 2, ''],
  ['sin', 'edge-sin-02', 2, 'second'],
  ['syd', 'edge-syd-01', 2, ''],
]);

export const appliances = 27;
export const gateways = 331;
export const applications = 78;
export const mediationPools = 112;

export const internal = 'corp.contoso.com';

export function edgeOf(/** @type {string} */ code, /** @type {string} */ kind) {
  const found = edges.find(([site, , , other]) => site === code && other === kind);
  return fqdn((found ?? edges.find(([site]) => site === code))?.[1] ?? '');
}

/** The full name; addresses and short names are as they are. */
export function fqdn(/** @type {string} */ name) {
  return /^\d+\.|^(?:RECORDER|...WAC)\d+$/.test(name) ? name : `${name}.${internal}`;
}

/** A server of a pool, in upper case where the pool's name is. */
export function serverOf(/** @type {string} */ pool, /** @type {number} */ number) {
  const server = `${pool.replace(/^pool-/i, 'fe-')}-${two(number)}`;
  return fqdn(pool === pool.toUpperCase() ? server.toUpperCase() : server);
}

export function two(/** @type {number} */ number) {
  return String(number).padStart(2, '0');
}
