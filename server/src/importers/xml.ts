/** Reads XML piece by piece. It comes from other people, so whatever can make a reader work without end is refused. */
import sax from 'sax';
import { ImportError, type TextChunks } from './imported.ts';

/** What is told of a document, in its order. */
export interface XmlEvents {
  /**
   * @param name without its prefix
   * @param attributes by their names without prefixes; declarations of namespaces are left out
   * @param namespace of the element; empty where it has none
   * @param line on which the element begins, from 1
   */
  open(name: string, attributes: ReadonlyMap<string, string>, namespace: string, line: number): void;
  /** One text may come in several pieces. White space between elements is told, too. */
  text(text: string): void;
  close(name: string): void;
}

/** No export comes near any of them. */
const maxDepth = 200;
const maxAttributes = 1000;
const maxAttribute = 0x10_0000;
const maxText = 0x400_0000;
/** sax looks at the lengths of what it keeps only between pieces, and takes 65,536 characters for too much. */
const sliceLength = 0x8000;

/** What the types of sax do not have. */
interface Parser extends sax.SAXParser {
  readonly attribList: readonly unknown[];
  onopentag(tag: sax.QualifiedTag): void;
  onattribute(attribute: sax.QualifiedAttribute): void;
}

/**
 * @returns takes a document in pieces of any length; `end` says that there are no more
 * @throws ImportError (both of them) where the document is no XML, has a DTD or entities, is cut off, or is beyond all measure
 */
export function xmlReader(file: string, events: XmlEvents): { write(chunk: string): void; end(): void } {
  const parser = sax.parser(true, {
    xmlns: true,
    position: true,
    strictEntities: true,
  } as sax.SAXOptions) as Parser;
  const open: string[] = [];
  let attributes = new Map<string, string>();
  let line = 0;
  let hasRoot = false;
  let textLength = 0;

  const fail = (message: string, at = parser.line): never => {
    throw new ImportError(message, { file, line: at + 1 });
  };
  const take = (text: string): void => {
    if (open.length === 0) return;
    textLength += text.length;
    if (textLength > maxText)
      fail('The text of one element is too long for an export. Make the export anew.');
    events.text(text);
  };
  parser.onopentagstart = () => {
    line = parser.line;
    attributes = new Map();
  };
  parser.onattribute = ({ name, prefix, local, value }) => {
    if (prefix === 'xmlns' || name === 'xmlns') return;
    if (value.length > maxAttribute)
      fail(`The attribute '${local}' is too long for an export. Make the export anew.`, line);
    if (attributes.has(local))
      fail(`The attribute '${local}' is there twice in one element, which no export has.`, line);
    attributes.set(local, value);
  };
  parser.onopentag = ({ prefix, local, uri }) => {
    // The names of all objects' members count as prefixes to sax.
    if (typeof uri !== 'string')
      fail(`The prefix '${prefix}' is declared nowhere. Make the export anew.`, line);
    if (open.length === 0 && hasRoot)
      fail(`A second document begins here, with <${local}>. Import the documents as two files.`, line);
    hasRoot = true;
    open.push(local);
    textLength = 0;
    if (open.length > maxDepth)
      fail(`Elements are nested more than ${maxDepth} deep, which no export is. Make the export anew.`, line);
    events.open(local, attributes, uri, line + 1);
  };
  parser.onclosetag = () => {
    textLength = 0;
    events.close(open.pop() ?? '');
  };
  parser.ontext = take;
  parser.oncdata = take;
  parser.ondoctype = () =>
    fail('The document has a DTD (<!DOCTYPE>), which no export of Lync has, and which is not read.');
  parser.onerror = ({ message }) => fail(explained(message, open.at(-1)));

  return {
    write(chunk) {
      for (let from = 0; from < chunk.length; from += sliceLength) {
        parser.write(chunk.slice(from, from + sliceLength));
        if (parser.attribList.length > maxAttributes)
          fail(`An element has more than ${maxAttributes} attributes, which no export has.`);
      }
    },
    end() {
      parser.end();
      if (!hasRoot) fail('The file is empty. Make the export anew.', 0);
    },
  };
}

/** @throws ImportError see {@link xmlReader}; what was told before stays told */
export async function readXml(text: TextChunks, file: string, events: XmlEvents): Promise<void> {
  const reader = xmlReader(file, events);
  for await (const chunk of text) reader.write(chunk);
  reader.end();
}

/** @param message of sax, which tells the place in lines of its own */
function explained(message: string, within: string | undefined): string {
  const [what = ''] = message.split('\n');
  if (/^(?:Unclosed root tag|Unexpected end)/.test(what))
    return within === undefined
      ? 'The file ends too early: it is cut off. Make the export anew.'
      : `The file ends inside <${within}>: it is cut off. Make the export anew.`;
  if (/entity/i.test(what))
    return "An entity here is none of XML's five (&lt; &gt; &amp; &quot; &apos;) and no character's number, and is not read.";
  if (what.startsWith('Non-whitespace before first tag')) return 'This is no XML: it does not begin with <.';
  if (what.startsWith('Text data outside')) return 'There is text behind the end of the document.';
  if (what.startsWith('Max buffer length'))
    return 'A name, a comment or an attribute is too long for an export. Make the export anew.';
  return `This is no well-formed XML (${what.replace(/\.$/, '')}). Make the export anew, and do not edit it.`;
}
