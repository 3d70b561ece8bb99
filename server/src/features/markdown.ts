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

/** Line ends as blanks; what would steer a terminal or turn the text around as a mark in its place. */
function oneLine(text: string): string {
  return text
    .replaceAll(/[\r\n\u2028\u2029]+/g, ' ')
    .replaceAll('\t', ' ')
    .replaceAll(/[\p{Cc}\u202A-\u202E\u2066-\u2069]/gu, '\uFFFD');
}
