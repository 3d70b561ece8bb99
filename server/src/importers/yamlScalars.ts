/** Scalars as YAML that every reader takes for the same value: YAML 1.2's, the 1.1 readers of old, and powershell-yaml. */

/** @param inBrackets whether it stands in a list or a mapping on one line */
export function yamlScalar(value: null | boolean | number | string, inBrackets: boolean): string {
  if (value === null) return inBrackets ? 'null' : '';
  if (typeof value === 'string') return yamlString(value, inBrackets);
  if (typeof value !== 'number') return String(value);
  if (Number.isNaN(value)) return '.nan';
  return Number.isFinite(value) ? String(value) : value > 0 ? '.inf' : '-.inf';
}

export function yamlString(value: string, inBrackets: boolean): string {
  if (isPlain(value, inBrackets)) return value;
  return unprintable.test(value) ? doubleQuoted(value) : `'${value.replaceAll("'", "''")}'`;
}

/**
 * Whether a string needs no quotes. Only what begins with a letter, a slash or a bracket, or is a version, an IP address or a
 * GUID, cannot be taken for a number, a date or an indicator.
 */
function isPlain(value: string, inBrackets: boolean): boolean {
  if (!(inBrackets ? plainInBrackets : plain).test(value)) return dotted.test(value) || guid.test(value);
  return value.length > longestWord || !words.has(value.toLowerCase());
}

/** Letters of all scripts, and between them what means nothing there. A colon, a hash and a blank mean something beside blanks. */
const plain = /^[\p{L}_/(](?:[\p{L}\p{M}\p{N}_./()@&+*=;$!%'"<>~^|?`,[\]{}\\-]|:(?=[^\s])|#| +(?=[^\s#]))*$/u;
const plainInBrackets =
  /^[\p{L}_/(](?:[\p{L}\p{M}\p{N}_./()@&+*=;$!%<>~^|\\-]|:(?=[\p{L}\p{N}_/(.+-])| (?=[\p{L}\p{N}_/(.+-]))*$/u;
/** `5.0.8308.420`, `10.0.0.1`. */
const dotted = /^\d{1,5}(?:\.\d{1,5}){2,4}$/;
const guid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/** Words that mean a boolean or nothing to some reader. */
const words = new Set([
  'true',
  'false',
  'null',
  'yes',
  'no',
  'on',
  'off',
  'y',
  'n',
  'nan',
  'inf',
  'infinity',
]);
const longestWord = 8;

/** What must be written as an escape: control characters, line ends of all kinds, marks that nobody sees, halves of characters. */
const unprintable = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\uFFFE\uFFFF]/u;
const eachUnprintable = new RegExp(unprintable.source, 'gu');

function doubleQuoted(value: string): string {
  return JSON.stringify(value).replace(eachUnprintable, (found) =>
    Array.from(
      { length: found.length },
      (_, at) => `\\u${found.charCodeAt(at).toString(16).padStart(4, '0')}`,
    ).join(''),
  );
}
