import { hasReferences } from './anchors.ts';
import { keyColon, type BlockKind, type Mode } from './cut.ts';
import type { Mapping, Node, Scalar, SyntaxProblem } from './nodes.ts';
import { readPlainItem } from './plainReader.ts';
import { readYaml, type Reading } from './read.ts';
import { keepForNow, type Forgetful } from './recent.ts';

/**
 * A piece of a file that can be read by itself, and never changes: an edit replaces blocks. It is read when somebody asks, and
 * again after its nodes were forgotten; those of a block with anchors or aliases stay, for others point at them. All spans in
 * it count from its first character; where that stands, its file knows.
 */
export class Block implements Forgetful {
  readonly kind: BlockKind;
  readonly text: string;
  readonly mode: Mode;
  /** In UTF-16 units. */
  readonly length: number;
  /** How many line ends are in it. */
  readonly lines: number;
  /** Where the list of its file keeps it: {@link BlockList} alone reads and writes it. */
  chunk: object | undefined;
  #reading: Reading | undefined;
  #references: boolean | undefined;

  /** @param elided the measures of text that is not here; then `text` is empty */
  constructor(
    kind: BlockKind,
    text: string,
    mode: Mode,
    elided?: { readonly length: number; readonly lines: number },
  ) {
    this.kind = kind;
    this.text = text;
    this.mode = mode;
    this.length = elided?.length ?? text.length;
    this.lines = elided?.lines ?? countLineEnds(text);
    this.chunk = undefined;
  }

  /** An item's value, a section's pair as a mapping, a document's root; `undefined` where there is nothing to read. */
  get root(): Node | undefined {
    return this.#read().root;
  }

  /** The pair of section key and value in a header's or section's block. */
  get sectionKey(): Scalar | undefined {
    if (this.kind === 'header') return this.#headerKey();
    const root = this.root;
    const key = root?.type === 'mapping' ? root.pairs[0]?.key : undefined;
    return key?.type === 'scalar' ? key : undefined;
  }

  get problems(): readonly SyntaxProblem[] {
    return this.#read().problems;
  }

  /** Whether an anchor or an alias stands in it. */
  get references(): boolean {
    return (this.#references ??=
      (this.text.includes('&') || this.text.includes('*')) && this.#hasReferences());
  }

  forget(): void {
    this.#reading = undefined;
  }

  #hasReferences(): boolean {
    const { root } = this;
    return root !== undefined && hasReferences(root);
  }

  #read(): Reading {
    if (this.#reading) return this.#reading;
    this.#reading = this.#readNow();
    if (this.kind === 'item' && !this.references) keepForNow(this);
    return this.#reading;
  }

  #readNow(): Reading {
    if (this.text.includes('\0')) {
      const message = 'This is not a text file, or not in UTF-8 or UTF-16: nothing in it is checked.';
      return { root: undefined, problems: [{ code: 'BINARY', message, start: 0, end: 1 }] };
    }
    if (this.kind === 'trivia' || this.kind === 'header' || this.kind === 'elided') {
      // Nothing can be wrong with them but a tab.
      return { root: undefined, problems: this.text.includes('\t') ? readYaml(this.text).problems : [] };
    }
    if (this.kind === 'item') return readItem(this.text);
    const reading = readYaml(this.text);
    const isKey = this.kind === 'section' || this.kind === 'aside';
    if (!isKey || isSection(reading.root) || reading.problems.length > 0) return reading;
    // A lone word is a YAML document of its own, but no part of a mapping: a key that is being typed.
    const { start, end } = reading.root ?? { start: 0, end: this.text.length };
    return {
      ...reading,
      problems: [{ code: 'MISSING_COLON', message: 'A colon must follow a key.', start, end }],
    };
  }

  #headerKey(): Scalar {
    const lineEnd = this.text.indexOf('\n');
    const end = lineEnd < 0 ? this.text.length : lineEnd;
    const start = this.text.startsWith('\uFEFF') ? 1 : 0;
    const written = this.text.slice(start, keyColon(this.text, start, end));
    const key = readYaml(written).root;
    const text = key?.type === 'scalar' ? key.text : written;
    const value = key?.type === 'scalar' ? key.value : written;
    const style = key?.type === 'scalar' ? key.style : 'plain';
    return {
      type: 'scalar',
      value,
      text,
      style,
      anchor: undefined,
      start,
      end: start + written.trimEnd().length,
    };
  }
}

/** One entry of a section. Nearly all have the shape that the small reader knows. */
function readItem(text: string): Reading {
  const plain = readPlainItem(text);
  if (plain) return { root: plain, problems: [] };
  const { root, problems } = readYaml(text);
  return { root: root?.type === 'sequence' ? root.items[0] : undefined, problems };
}

function isSection(root: Node | undefined): root is Mapping {
  return root?.type === 'mapping' && root.pairs.length > 0;
}

/** Line ends as the Language Server Protocol counts them: `\n`, `\r\n` and `\r`. */
export function countLineEnds(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count++;
  if (!text.includes('\r')) return count;
  for (let at = text.indexOf('\r'); at >= 0; at = text.indexOf('\r', at + 1))
    if (text[at + 1] !== '\n') count++;
  return count;
}
