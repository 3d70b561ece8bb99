/** The value of a plain scalar by YAML 1.2's core schema. */

export function resolvePlain(text: string): string | number | boolean | null {
  const first = text.charCodeAt(0);
  // Most values begin with a letter that no special value begins with.
  if (first > 57 && !mayBeWord.has(first)) return text;
  switch (text) {
    case '':
    case '~':
    case 'null':
    case 'Null':
    case 'NULL':
      return null;
    case 'true':
    case 'True':
    case 'TRUE':
      return true;
    case 'false':
    case 'False':
    case 'FALSE':
      return false;
  }
  return first <= 57 ? resolveNumber(text) : text;
}

const mayBeWord = new Set(Array.from('nNtTfF~', (character) => character.charCodeAt(0)));

function resolveNumber(text: string): string | number {
  if (/^0o[0-7]+$/.test(text)) return Number.parseInt(text.slice(2), 8);
  if (/^(?:[-+]?[0-9]+|0x[0-9a-fA-F]+)$/.test(text)) return Number(text);
  if (/^\.(?:nan|NaN|NAN)$/.test(text)) return Number.NaN;
  if (/^[-+]?\.(?:inf|Inf|INF)$/.test(text))
    return text.startsWith('-') ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  if (/^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/.test(text))
    return Number.parseFloat(text);
  return text;
}
