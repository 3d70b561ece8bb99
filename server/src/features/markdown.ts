/** Text from files in Markdown: what others have written must not become a link, a picture or a heading. */

export function code(text: string): string {
  const longest = Math.max(0, ...Array.from(text.matchAll(/`+/g), ([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  const space = text.startsWith('`') || text.endsWith('`') ? ' ' : '';
  return text === '' ? '` `' : `${fence}${space}${text.replaceAll(/[\r\n]+/g, ' ')}${space}${fence}`;
}

export function plain(text: string): string {
  return text
    .replaceAll(/[\\`*_{}[\]<>()#+!|~-]/g, (character) => `\\${character}`)
    .replaceAll(/\r?\n/g, '  \n');
}
