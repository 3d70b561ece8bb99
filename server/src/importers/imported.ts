/** What a file of another program says, in the terms of ours, before any of it is YAML. */

/** Where something stood in the file that was read. */
export interface Origin {
  /** As the user names the file; of one in a zip the path in it, behind the zip's and a `!`. */
  readonly file: string;
  /** Counts from 1. */
  readonly line?: number;
}

export type ImportedValue =
  null | boolean | number | string | readonly ImportedValue[] | { readonly [name: string]: ImportedValue };

/** One object of a section, its properties in the order in which they are to be written, without PowerShell's noise. */
export interface ImportedObject {
  /** `CsUser`, `CsPool` … as the schema spells it. */
  readonly section: string;
  readonly properties: ReadonlyMap<string, ImportedValue>;
  /** The properties that the file has without a value: they are not set. */
  readonly unset?: ReadonlySet<string>;
  readonly origin: Origin;
}

/** What somebody has to know about what was not taken over, or not as it was. */
export interface Remark {
  /**
   * `left out`: it was read and is not in the result. `changed`: it is there in another form. `missing`: the file refers to it and
   * does not have it. `hint`: what this kind of file never holds, and the cmdlets that print it.
   */
  readonly kind: 'left out' | 'changed' | 'missing' | 'hint';
  /** A sentence. */
  readonly message: string;
  readonly origin: Origin;
}

/** What an importer finds, piece by piece: a large file is never in memory as a whole. */
export type Intake = { readonly object: ImportedObject } | { readonly remark: Remark };

/** The text of a file in pieces of any length, cut anywhere but inside a character. */
export type TextChunks = AsyncIterable<string>;

/** Reads one kind of file. */
export interface Format {
  /** As a sentence can use it: `a Topology Builder file`. */
  readonly name: string;
  /** Whether a file is of this kind by its first characters, of which there are at most {@link headLength}. */
  readonly recognises: (head: string) => boolean;
  /** @throws ImportError where the file cannot be read to its end; what was found before has been given */
  readonly read: (text: TextChunks, file: string) => AsyncIterable<Intake>;
}

/** How much of a file is looked at to tell what it is. UTF-16 units. */
export const headLength = 4096;

/** A file that cannot be read, or not further than here. */
export class ImportError extends Error {
  override readonly name = 'ImportError';
  readonly origin: Origin;

  /** @param message a sentence: what is wrong, and what to do */
  constructor(message: string, origin: Origin) {
    super(message);
    this.origin = origin;
  }
}
