/** Text from files in Markdown: what others have written must not become a link, a picture or a heading. */

export function code(text: string): string {
  const line = oneLine(text);
  const longest = Math.max(0, ...Array.from(line.matchAll(/`+/g), ([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  const space = line.startsWith('`') || line.endsWith('`') ? ' ' : '';
  return line === '' ? '` `' : `${fence}${space}${line}${space}${fence}`;
}

/** Text as it is, in one line: a table's row ends with its line. */
export function plain(text: string): string {
  return (
    oneLine(text)
      .replaceAll(/[\\`*_{}[\]<>()#+!|~&-]/g, (character) => `\\${character}`)
      // Addresses become links even without brackets.
      .replaceAll(/:(?=\/\/)|@|(?<=www)\./gi, (character) => `\\${character}`)
  );
}

/** A link that shows `text`. What would end it, or a table's cell, is escaped in the address. */
export function link(text: string, address: string): string {
  const target = address.replaceAll(/[\s()<>[\]\\|"'`*_~]/g, (character) => {
    const code = character.charCodeAt(0);
    return code < 128
      ? `%${code.toString(16).toUpperCase().padStart(2, '0')}`
      : encodeURIComponent(character);
  });
  return `[${plain(text)}](${target})`;
}

/** A table; its cells are Markdown already, in one line each. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `|${cells.map((cell) => (cell === '' ? ' ' : ` ${cell} `)).join('|')}|`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/** Line ends as blanks; what would steer a terminal or turn the text around as a mark in its place. */
function oneLine(text: string): string {
  return text
    .replaceAll(/[\r\n\u2028\u2029]+/g, ' ')
    .replaceAll('\t', ' ')
    .replaceAll(/[\p{Cc}\u202A-\u202E\u2066-\u2069]/gu, '\uFFFD');
}
