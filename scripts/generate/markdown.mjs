// Pieces of Markdown.
import { Stop } from '../command.mjs';

/**
 * @param {readonly string[]} head
 * @param {readonly (readonly string[])[]} rows
 */
export function table(head, rows) {
  const line = (/** @type {readonly string[]} */ cells) =>
    `| ${cells.map((cell) => cell.replaceAll('|', String.raw`\|`)).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/** A block of code. None of ours has a fence in it. */
export function code(/** @type {string} */ language, /** @type {string} */ text) {
  return `\`\`\`${language}\n${text.trimEnd()}\n\`\`\``;
}

/**
 * Puts generated text between `<!-- name:begin -->` and `<!-- name:end -->`.
 *
 * @param {string} file for the message
 * @param {string} text
 * @param {string} name
 * @param {string} content
 */
export function between(file, text, name, content) {
  const [begin, end] = [`<!-- ${name}:begin -->`, `<!-- ${name}:end -->`];
  const [from, to] = [text.indexOf(begin), text.indexOf(end)];
  if (from < 0 || to < from) throw new Stop(`${file} needs the lines '${begin}' and '${end}'.`);
  return `${text.slice(0, from + begin.length)}\n\n${content}\n\n${text.slice(to)}`;
}
