/** A stretch of text: UTF-16 offsets, `end` exclusive. Inside a block they count from the block's first character. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Whether an offset lies in a span, its two ends included: a cursor behind the last character still means the word. */
export function touches(span: Span, offset: number): boolean {
  return span.start <= offset && offset <= span.end;
}
