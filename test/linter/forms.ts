/** The same deployment in the many forms in which people and programs write YAML. */
import * as yaml from 'yaml';

/** Sections with their objects, as a reader of YAML gets them. */
export type Data = Readonly<Record<string, unknown>>;

/** Texts by file name. */
export type Texts = ReadonlyMap<string, string>;

export interface Form {
  readonly name: string;
  readonly write: (data: Data) => Texts;
}

export function readData(text: string): Data {
  return yaml.parse(text, { merge: true, logLevel: 'silent', uniqueKeys: false }) as Data;
}

/** Ways to write the text; each stands for itself. */
export const forms: readonly Form[] = [
  inOneFile('block style', (data) => stringify(data)),
  inOneFile('sequences in the column of their key', (data) => stringify(data, { indentSeq: false })),
  inOneFile('an indentation of four', (data) => stringify(data, { indent: 4 })),
  inOneFile('objects in flow style', (data) => eachObject(data, flow)),
  inOneFile('sections in flow style', (data) =>
    eachSection(data, (key, value) => `${key}: ${flow(value)}\n`),
  ),
  inOneFile('sections in flow style over many lines', (data) =>
    eachSection(data, (key, value) =>
      `${key}: ${JSON.stringify(value, null, 2)}\n`.replace(/^([\]}])/gm, ' $1'),
    ),
  ),
  inOneFile('single objects without a list', (data) => stringify(singles(data))),
  inOneFile('single objects without a list, in flow style', (data) =>
    eachSection(singles(data), (key, value) => `${key}: ${flow(value)}\n`),
  ),
  inOneFile('double quotes', (data) =>
    stringify(data, { defaultStringType: 'QUOTE_DOUBLE', defaultKeyType: 'PLAIN' }),
  ),
  inOneFile('single quotes', (data) =>
    stringify(data, { defaultStringType: 'QUOTE_SINGLE', defaultKeyType: 'PLAIN', singleQuote: true }),
  ),
  inOneFile('block scalars', (data) =>
    stringify(data, { defaultStringType: 'BLOCK_LITERAL', defaultKeyType: 'PLAIN' }),
  ),
  inOneFile('values below their keys', (data) =>
    stringify(data).replace(/^( {4}\w+:) (?=[^[{|])/gm, '$1\n        '),
  ),
  inOneFile('JSON', (data) => `${JSON.stringify(data, null, 2)}\n`),
  inOneFile('JSON in one line', (data) => JSON.stringify(data)),
  inOneFile('a comment behind each line', (data) =>
    stringify(data)
      .replace(/$/gm, ' # note')
      .replace(/ # note$/, ''),
  ),
  inOneFile('comments and empty lines between objects', (data) =>
    stringify(data)
      .replace(/^ {2}- /gm, '\n  # about this one\n  - ')
      .concat('\n# the end\n'),
  ),
  inOneFile('a block scalar in each object', (data) =>
    eachObject(data, (object) => indentItem(`${stringify(object)}x-note: |\n  first\n\n  second\n`)),
  ),
  inOneFile('a block scalar that keeps its line ends in each object', (data) =>
    eachObject(data, (object) => indentItem(`${stringify(object)}x-note: |+\n  first\n\n`)),
  ),
  inOneFile('a list at the end of each object', (data) =>
    eachObject(data, (object) => indentItem(`${stringify(object)}x-list:\n- one\n- two # the last\n`)),
  ),
  inOneFile('an empty value at the end of each object', (data) =>
    eachObject(data, (object) => indentItem(`${stringify(object)}x-empty:\n`)),
  ),
  inOneFile('each object below its dash', (data) =>
    eachObject(
      data,
      (object) =>
        `\n${stringify(object)
          .replace(/^(?=.)/gm, '    ')
          .trimEnd()}`,
    ),
  ),
  inOneFile('a document for each section', (data) =>
    eachSection(data, (key, value) => `---\n${stringify({ [key]: value })}`),
  ),
  inOneFile('a JSON document for each section', (data) =>
    eachSection(data, (key, value) => `---\n${JSON.stringify({ [key]: value })}\n`),
  ),
  inOneFile('sections the other way round', (data) =>
    stringify(Object.fromEntries(Object.entries(data).toReversed())),
  ),
  inOneFile('names as objects', (data) => stringify(withNameObjects(data))),
  inOneFile('anchors at the objects', (data) =>
    eachObject(
      data,
      (object, number) =>
        `&object${number}\n${stringify(object)
          .replace(/^(?=.)/gm, '    ')
          .trimEnd()}`,
    ),
  ),
  inOneFile('aliases as values', aliasedValues),
  inOneFile('merge keys', mergedValues),
  inOneFile('an alias for each object', (data) => {
    let definitions = 'x-objects:\n';
    const text = eachObject(data, (object, number) => {
      definitions += `  - &o${number} ${flow(object)}\n`;
      return `*o${number}`;
    });
    return definitions + text;
  }),
  {
    name: 'a file for each section',
    write: (data) =>
      new Map(Object.entries(data).map(([key, value]) => [`${key}.lync.yaml`, stringify({ [key]: value })])),
  },
];

/** What happens to a text on its way through editors and version control. */
export const endings: readonly { readonly name: string; readonly change: (text: string) => string }[] = [
  { name: 'as it is', change: (text) => text },
  { name: 'CRLF', change: (text) => text.replaceAll('\n', '\r\n') },
  { name: 'no line end at the end', change: (text) => text.trimEnd() },
  { name: 'a byte-order mark', change: (text) => `\uFEFF${text}` },
];

function inOneFile(name: string, write: (data: Data) => string): Form {
  return { name, write: (data) => new Map([['deployment.lync.yaml', write(data)]]) };
}

function stringify(value: unknown, options: yaml.ToStringOptions & { indentSeq?: boolean } = {}): string {
  return yaml.stringify(value, { lineWidth: 0, ...options });
}

/** Flow style as people write it: `{ Identity: Global, UcsAllowed: true }`. */
function flow(value: unknown): string {
  const text = yaml.stringify(value, { lineWidth: 0, collectionStyle: 'flow' }).trimEnd();
  return text.replace(/\n\s*/g, ' ');
}

function eachSection(data: Data, write: (key: string, value: unknown) => string): string {
  return Object.entries(data)
    .map(([key, value]) => write(key, value))
    .join('');
}

/** A text in which `write` has written each object behind its dash. */
function eachObject(data: Data, write: (object: unknown, number: number) => string): string {
  let number = 0;
  return eachSection(data, (key, value) => {
    const objects = Array.isArray(value) ? (value as unknown[]) : value === null ? [] : [value];
    if (objects.length === 0) return `${key}: []\n`;
    return `${key}:\n${objects.map((object) => `  - ${write(object, number++).replace(/\n$/, '')}\n`).join('')}`;
  });
}

function indentItem(text: string): string {
  return text.replace(/\n(?=.)/g, '\n    ');
}

function singles(data: Data): Data {
  return Object.fromEntries(
    Object.entries(data).map(([key, value]) => [
      key,
      Array.isArray(value) && value.length === 1 ? (value as unknown[])[0] : value,
    ]),
  );
}

/** `ClientPolicy: { FriendlyName: Sales }`, as a live PowerShell object has it. */
function withNameObjects(data: Data): Data {
  return mapProperties(data, (key, value) =>
    /^(?!CsUser)\w*Policy$/.test(key) && typeof value === 'string'
      ? { FriendlyName: value, Anchor: null }
      : value,
  );
}

function mapProperties(data: Data, change: (key: string, value: unknown) => unknown): Data {
  const ofObject = (object: unknown): unknown =>
    typeof object === 'object' && object !== null
      ? Object.fromEntries(Object.entries(object).map(([key, value]) => [key, change(key, value)]))
      : object;
  return Object.fromEntries(
    Object.entries(data).map(([key, value]) => [
      key,
      Array.isArray(value) ? value.map(ofObject) : ofObject(value),
    ]),
  );
}

function aliasedValues(data: Data): string {
  let definitions = 'x-values:\n';
  let number = 0;
  const aliased = mapProperties(data, (key, value) => {
    if (!['boolean', 'string'].includes(typeof value) || /^(?:Identity|SipAddress|RegistrarPool)$/i.test(key))
      return value;
    definitions += `  - &value${++number} ${flow(value)}\n`;
    return `ALIAS${number}`;
  });
  return definitions + stringify(aliased).replace(/ALIAS(\d+)/g, '*value$1');
}

/** All but the first property of each object comes from elsewhere. */
function mergedValues(data: Data): string {
  let definitions = 'x-bases:\n';
  const text = eachObject(data, (object, number) => {
    if (typeof object !== 'object' || object === null) return flow(object);
    const [first, ...others] = Object.entries(object);
    definitions += `  - &base${number} ${flow(Object.fromEntries(others))}\n`;
    return indentItem(`${stringify(Object.fromEntries(first ? [first] : []))}<<: *base${number}\n`);
  });
  return definitions + text;
}
