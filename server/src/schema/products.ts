/** The products as people call them, by the names that the schema has for them. */
const names: ReadonlyMap<string, string> = new Map([
  ['Lync2010', 'Lync Server 2010'],
  ['Lync2013', 'Lync Server 2013'],
  ['SfB2015', 'Skype for Business Server 2015'],
  ['SfB2019', 'Skype for Business Server 2019'],
  ['SfBOnline', 'Skype for Business Online'],
]);

export function productName(product: string): string {
  return names.get(product) ?? product;
}
