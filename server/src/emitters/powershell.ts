/** Text and values as PowerShell writes them. What files say becomes a literal or a comment here, and nothing else. */

export type Literal = boolean | number | string | null | readonly string[];

/**
 * A value as an expression that is exactly that value.
 *
 * Of a text only printable ASCII stands in quotes; everything else is a code of UTF-16. So nothing in it can end the quotes
 * (PowerShell takes U+2018 to U+201B for single quotes, too), start a line or turn the reading order around, and it stays what it
 * is when the script is saved or read in another encoding.
 */
export function literal(value: Literal): string {
  if (value === null) return '$null';
  if (typeof value === 'boolean') return value ? '$true' : '$false';
  if (typeof value === 'number') return Number.isSafeInteger(value) ? String(value) : quoted(String(value));
  if (typeof value === 'string') return quoted(value);
  return `@(${value.map(quoted).join(', ')})`;
}

/** Whether a text can be read where it stands as a literal. */
export function isPlain(text: string): boolean {
  return !beyond.test(text);
}

/** A text on one line of a comment, which it cannot leave. The line must have a word of ours in front of it. */
export function inComment(text: string): string {
  return (
    text
      .replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]+/gu, ' ')
      .replaceAll('#>', '# >')
      .replaceAll('<#', '< #')
      // What stands behind such a line is no script to PowerShell.
      .replaceAll(/begin signature block/gi, 'begin-signature-block')
  );
}

/** A text of ours, with names in it, as the lines of a comment. */
export function commentLines(text: string, width = 100): string[] {
  const lines: string[] = [];
  let line = '#';
  for (const word of inComment(text).split(' ')) {
    if (line.length > 1 && line.length + word.length >= width) {
      lines.push(line);
      line = '#';
    }
    line += ` ${word}`;
  }
  return [...lines, line];
}

const beyond = /[^\x20-\x7E]/;

function quoted(text: string): string {
  if (isPlain(text)) return inQuotes(text);
  const parts = text
    .split(/([^\x20-\x7E]+)/)
    .filter((part) => part !== '')
    .flatMap((part) => (isPlain(part) ? [inQuotes(part)] : codesOf(part)));
  return `(-join (${parts.join(', ')}))`;
}

function inQuotes(ascii: string): string {
  return `'${ascii.replaceAll("'", "''")}'`;
}

/** By UTF-16 unit, as .NET counts: half a pair is a character there, too. */
function codesOf(text: string): string[] {
  return Array.from(
    { length: text.length },
    (_, index) => `[char]0x${text.charCodeAt(index).toString(16).toUpperCase().padStart(4, '0')}`,
  );
}
