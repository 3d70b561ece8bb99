/** textDocument/foldingRange: documents, sections, objects, long values, comments and `# region` … `# endregion`. */
import { FoldingRangeKind, type FoldingRange } from 'vscode-languageserver-types';
import type { Project } from '../project.ts';
import { readLines, regionAt, type LineKind } from './lines.ts';
import { sourceOf } from './lsp/source.ts';

interface Fold {
  readonly start: number;
  readonly end: number;
  readonly kind: FoldingRangeKind | undefined;
}

/** A line that others may belong to. */
interface Open {
  readonly line: number;
  readonly column: number;
  readonly rank: number;
}

/**
 * What can be folded, whole lines each, in the order of the text. Two ranges lie in each other or apart.
 * @param most how many at most: those inside others are left out first
 */
export function foldingRanges(project: Project, uri: string, most = Infinity): FoldingRange[] | undefined {
  const file = sourceOf(project, uri);
  if (!file) return undefined;
  const folder = new Folder();
  let line = 0;
  for (const block of file.blocks) {
    readLines(block, (number, kind, column, isDash, text, at) => {
      folder.take(line + number, kind, column, isDash, kind === 'comment' ? regionAt(text, at) : undefined);
    });
    line += block.lines;
  }
  return nested(folder.finish(), most).map(({ start, end, kind }) => ({
    startLine: start,
    endLine: end,
    ...(kind === undefined ? {} : { kind }),
  }));
}

/**
 * Reads lines from the top. What belongs to a line is what is indented more; of two lines at one column a dash is inside of a
 * key: a list may stand at its key's column.
 */
class Folder {
  readonly #folds: Fold[] = [];
  readonly #open: Open[] = [];
  readonly #regions: number[] = [];
  /** The comments behind the last line of content: they belong to whatever is indented less. */
  #behind: { readonly line: number; readonly column: number }[] = [];
  #last = -1;
  #document: number | undefined;
  /** The first line of a run of comments, and the last so far. */
  #comment: { readonly start: number; end: number } | undefined;

  take(
    line: number,
    kind: LineKind,
    column: number,
    isDash: boolean,
    region: 'start' | 'end' | undefined,
  ): void {
    if (kind !== 'comment' || region || this.#comment?.end !== line - 1) this.#endComment();
    switch (kind) {
      case 'comment':
        this.#behind.push({ line, column });
        if (region) this.#mark(region, line);
        else if (this.#comment) this.#comment.end = line;
        else this.#comment = { start: line, end: line };
        return;
      case 'text':
        this.#reach(line);
        return;
      case 'marker':
        this.#close(-1);
        this.#endDocument();
        this.#reach(line);
        this.#document = isDash ? line : undefined;
        return;
      case 'content': {
        const rank = 2 * column + (isDash ? 1 : 0);
        this.#close(rank);
        this.#reach(line);
        this.#open.push({ line, column, rank });
      }
    }
  }

  finish(): Fold[] {
    this.#endComment();
    this.#close(-1);
    this.#endDocument();
    return this.#folds;
  }

  #reach(line: number): void {
    this.#last = line;
    if (this.#behind.length > 0) this.#behind = [];
  }

  /** Ends everything that a line of that rank does not belong to. */
  #close(rank: number): void {
    for (let open = this.#open.at(-1); open && open.rank >= rank; open = this.#open.at(-1)) {
      this.#open.pop();
      let end = this.#last;
      for (const { line, column } of this.#behind) {
        if (column <= open.column) break;
        end = line;
      }
      this.#add(open.line, end, undefined);
    }
  }

  #endDocument(): void {
    if (this.#document !== undefined) this.#add(this.#document, this.#last, undefined);
  }

  #endComment(): void {
    if (this.#comment) this.#add(this.#comment.start, this.#comment.end, FoldingRangeKind.Comment);
    this.#comment = undefined;
  }

  #mark(region: 'start' | 'end', line: number): void {
    if (region === 'start') {
      this.#regions.push(line);
      return;
    }
    const start = this.#regions.pop();
    if (start !== undefined) this.#add(start, line, FoldingRangeKind.Region);
  }

  #add(start: number, end: number, kind: FoldingRangeKind | undefined): void {
    if (end > start) this.#folds.push({ start, end, kind });
  }
}

/** The folds in the order of the text, without those that cross another, and of too many the outer ones. */
function nested(folds: Fold[], most: number): Fold[] {
  folds.sort((a, b) => a.start - b.start || b.end - a.end);
  const around: Fold[] = [];
  const kept: { readonly fold: Fold; readonly depth: number }[] = [];
  const ofDepth: number[] = [];
  for (const fold of folds) {
    while ((around.at(-1)?.end ?? Infinity) < fold.start) around.pop();
    const parent = around.at(-1);
    if (parent && (parent.end < fold.end || parent.start === fold.start)) continue;
    kept.push({ fold, depth: around.length });
    ofDepth[around.length] = (ofDepth[around.length] ?? 0) + 1;
    around.push(fold);
  }
  if (kept.length <= most) return kept.map(({ fold }) => fold);
  let depth = 0;
  let room = most;
  for (; room >= (ofDepth[depth] ?? 0); depth++) room -= ofDepth[depth] ?? 0;
  return kept
    .filter((entry) => entry.depth < depth || (entry.depth === depth && room-- > 0))
    .map(({ fold }) => fold);
}
