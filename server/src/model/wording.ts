/** Numbers and lists as people read them. */

/** `1250` as `1,250`. */
export function grouped(number: number): string {
  return String(number).replaceAll(/\B(?=(?:\d{3})+$)/g, ',');
}

/** `1 policy`, `1,250 policies`, `no policies`. */
export function counted(number: number, one: string, many = `${one}s`): string {
  if (number === 0) return `no ${many}`;
  return `${grouped(number)} ${number === 1 ? one : many}`;
}

/** `a`, `a and b`, `a, b and c`. */
export function enumerated(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1) ?? ''}`;
}

/** Names in single quotes: `'a'`, `'a' and 'b'`; of more than four the first three, and how many more. */
export function quoted(names: readonly string[]): string {
  const words = names.slice(0, names.length > 4 ? 3 : 4).map((name) => `'${name}'`);
  return enumerated(names.length > 4 ? [...words, `${grouped(names.length - 3)} more`] : words);
}
