// Names and builds of the products, as Get-CsServerPatchVersion prints them.

const products = new Map([
  [7, { name: 'Skype for Business Server 2015', build: '6.0.9319.516' }],
  [8, { name: 'Skype for Business Server 2019', build: '7.0.2046.385' }],
]);

export function buildOf(/** @type {number} */ version) {
  const product = products.get(version);
  if (!product) throw new Error(`No server runs version ${version}.`);
  return product;
}
