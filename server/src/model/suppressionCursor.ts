import type { WordPlace } from './cursor.ts';

/** In a comment that silences findings: in the directive itself, or among the rules behind it. */
export interface SuppressionCursor {
  readonly kind: 'suppression';
  readonly part: 'directive' | 'rule';
  readonly place: WordPlace;
  readonly directive: string;
  /** The other rules that it names. */
  readonly rules: readonly string[];
}

/**
 * What of a suppression the cursor is in; `undefined` in other comments, and in the reason behind ` -- `.
 * @param hash where the comment begins in `text`
 * @param at the cursor in `text`
 * @param start where `text` begins in its file
 */
export function suppressionCursor(
  text: string,
  hash: number,
  at: number,
  start: number,
): SuppressionCursor | undefined {
  const before = text.slice(hash, at);
  const [behind = ''] = /^[a-z0-9-]*/.exec(text.slice(at)) ?? [];
  const place = (typed: string): WordPlace => ({
    start: start + at - typed.length,
    end: start + at + behind.length,
    typed,
    quote: '',
    closed: true,
    column: 0,
    needsSpace: before.endsWith(',') && typed === '',
    flow: false,
    json: false,
    eol: '\n',
  });
  const [, word] = /^#[ \t]*(lync(?:-[a-z-]*)?)$/.exec(before) ?? [];
  if (word !== undefined)
    return { kind: 'suppression', part: 'directive', place: place(word), directive: '', rules: [] };
  const [, directive = '', list] =
    /^#[ \t]*lync-(disable-next-line|disable-line|disable|enable)[ \t]+([^\r\n]*)$/.exec(before) ?? [];
  if (list === undefined || /(?:^|\s)--(?:\s|$)/.test(list)) return undefined;
  const [, typed = ''] = /(?:^|[,\s])([a-z0-9-]*)$/.exec(list) ?? [];
  // Two ids without a comma between them are one that does not exist.
  const earlier = list.slice(0, list.length - typed.length).trim();
  if (earlier !== '' && !earlier.endsWith(',')) return undefined;
  const [rest = ''] = /^[^\r\n]*/.exec(text.slice(at + behind.length)) ?? [];
  const [later = ''] = rest.split(/\s--(?:\s|$)/, 1);
  const rules = `${earlier},${later}`.split(',').map((id) => id.trim());
  return {
    kind: 'suppression',
    part: 'rule',
    place: place(typed),
    directive,
    rules: rules.filter((id) => id !== ''),
  };
}
