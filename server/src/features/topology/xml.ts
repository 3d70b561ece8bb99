/** Text from files in XML: what others have written must not become a tag, and must be in one line where there is but one. */

/** Text as it is, for contents and attributes. What XML does not allow, and what turns text around, has a mark in its place. */
export function escaped(text: string): string {
  return text
    .replaceAll(/[^\t\n\P{Cc}]|[\p{Cs}\uFFFE\uFFFF\u202A-\u202E\u2066-\u2069]/gu, '\uFFFD')
    .replaceAll(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** At most so many characters in one line; what is left out shows as an ellipsis. */
export function shortened(text: string, most: number): string {
  const characters = Array.from(text.replaceAll(/\s+/g, ' ').trim());
  let width = 0;
  for (const [index, character] of characters.entries()) {
    // Ideographs and emoji are as wide as two letters.
    width += (character.codePointAt(0) ?? 0) < 0x2e80 ? 1 : 2;
    if (width <= most) continue;
    return `${characters.slice(0, Math.max(0, index - 1)).join('')}…`;
  }
  return characters.join('');
}
