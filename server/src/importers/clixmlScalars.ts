/** The scalars of CLIXML. Source: [MS-PSRP] 2.2.5.1, and 2.2.5.3.2 for strings. */
import type { Foreign } from './foreign.ts';
import { fromDuration } from './timespans.ts';

/** @param element `S`, `B`, `I32` … */
export function scalarOf(element: string, text: string): Foreign {
  switch (element) {
    case 'B':
      return /^\s*true\s*$/i.test(text) ? true : /^\s*false\s*$/i.test(text) ? false : text;
    case 'I16':
    case 'I32':
    case 'I64':
    case 'U16':
    case 'U32':
    case 'U64':
    case 'By':
    case 'SB':
    case 'Db':
    case 'Sg':
    case 'D':
      return numberOf(text.trim());
    case 'C':
      return String.fromCharCode(Number(text) & 0xffff);
    case 'TS':
      return fromDuration(text.trim()) ?? text;
    case 'SS':
      // Encrypted for the person who exported it.
      return null;
    default:
      return unescaped(text);
  }
}

/** `_x000D__x000A_` is a line end; `_x005F_` is an underscore that would be mistaken for the beginning of such. */
export function unescaped(text: string): string {
  if (!text.includes('_x')) return text;
  return text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  );
}

/** A number that would lose digits stays as text. */
function numberOf(text: string): number | string {
  const value = Number(text);
  const isExact =
    text !== '' && Number.isFinite(value) && (!Number.isInteger(value) || Number.isSafeInteger(value));
  return isExact ? value : text;
}
