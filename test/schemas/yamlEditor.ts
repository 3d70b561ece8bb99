/** An editor without our extension: Red Hat's yaml-language-server with our schemas. */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { TextDocument } from 'vscode-languageserver-textdocument';
import * as redHat from 'yaml-language-server';
import { configurationFileName } from '../../server/src/model/configuration.ts';

const folder = join(dirname(dirname(dirname(fileURLToPath(import.meta.url)))), 'schemas');

export function schema(name: string): object {
  return JSON.parse(readFileSync(join(folder, name), 'utf8')) as object;
}

const service = redHat.getLanguageService({
  schemaRequestService: (uri) => Promise.reject(new Error(`Nothing is read from elsewhere: ${uri}`)),
  workspaceContext: { resolveRelativePath: (path) => path },
  clientCapabilities: {
    textDocument: {
      completion: { completionItem: { snippetSupport: true, documentationFormat: ['markdown'] } },
    },
  },
});
service.configure({
  validate: true,
  hover: true,
  completion: true,
  schemas: [
    { uri: 'file:///schemas/file', fileMatch: ['*.lync.yaml'], schema: schema('lync.schema.json') },
    {
      uri: 'file:///schemas/configuration',
      fileMatch: [configurationFileName],
      schema: schema('lync.config.schema.json'),
    },
  ],
});

/** What is wrong with a text, as `line: message`, lines counted from 1. */
export async function problems(text: string, name = 'deployment.lync.yaml'): Promise<string[]> {
  const found = await service.doValidation(open(text, name), false);
  return found.map(({ range, message }) => `${range.start.line + 1}: ${message}`).sort();
}

export interface Offer {
  readonly label: string;
  readonly text: string | undefined;
  readonly documentation: string;
}

/** What is offered at `$0`. */
export async function offers(fixture: string, name = 'deployment.lync.yaml'): Promise<Offer[]> {
  const document = open(fixture.replace('$0', ''), name);
  const { items } = await service.doComplete(document, document.positionAt(fixture.indexOf('$0')), false);
  return items.map(({ label, textEdit, insertText, documentation }) => ({
    label,
    text: textEdit?.newText ?? insertText,
    documentation: typeof documentation === 'string' ? documentation : (documentation?.value ?? ''),
  }));
}

/** What is told of what stands at `$0`. */
export async function told(fixture: string, name = 'deployment.lync.yaml'): Promise<string> {
  const document = open(fixture.replace('$0', ''), name);
  const hover = await service.doHover(document, document.positionAt(fixture.indexOf('$0')));
  const contents = hover?.contents;
  return contents !== undefined && typeof contents === 'object' && 'value' in contents ? contents.value : '';
}

let opened = 0;

/** A document of its own each time: the service keeps what it read by URI and version. */
function open(text: string, name: string): TextDocument {
  return TextDocument.create(`file:///contoso/${++opened}/${name}`, 'yaml', 1, text);
}
