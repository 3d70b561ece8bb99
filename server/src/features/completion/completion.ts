/** textDocument/completion: what may stand at the cursor, by what the file and its deployment mean. */
import { CompletionItemKind, type CompletionList, type Position } from 'vscode-languageserver-types';
import { Look } from '../../linter/look.ts';
import type { FileContents } from '../../model/contents.ts';
import { cursorAt, type CursorContext } from '../../model/cursor.ts';
import type { Deployment } from '../../model/deployment.ts';
import type { SuppressionCursor } from '../../model/suppressionCursor.ts';
import type { Project } from '../../project.ts';
import { aliasDrafts, mergeDrafts } from './completeAlias.ts';
import { completeConfiguration } from './completeConfiguration.ts';
import { itemDrafts, propertyDrafts, sectionDrafts } from './completeProperty.ts';
import { valueDrafts } from './completeValue.ts';
import { toList, type CompletionOptions, type Draft } from './completionItems.ts';
import { describeRule } from '../hover/hoverConfiguration.ts';
import { plain } from '../markdown.ts';

/** The characters behind which a client asks by itself: a value, a comment, a name, an address and an alias go on there. */
export const triggerCharacters = [' ', ':', '-', '@', ',', '"', "'", '*'];

/** What may stand at a position; `undefined` where nothing of ours can. */
export function completion(
  project: Project,
  uri: string,
  position: Position,
  options: CompletionOptions,
): CompletionList | undefined {
  const deployment = project.workspaceOf(uri)?.deployment;
  if (!deployment) return undefined;
  const configuration = project.configurationFile(uri);
  if (configuration)
    return completeConfiguration(configuration, deployment, project.rules, position, options);
  const contents = project.file(uri);
  const context = contents && cursorAt(contents, contents.file.offsetAt(position));
  if (!context || (options.besidesSchema === true && isInSchema(context))) return undefined;
  const drafts = [...draftsFor(context, contents, deployment, project)];
  return toList(contents.file, context.place, drafts, options);
}

/** Whether the JSON Schema says what may stand there: keys, whole objects, and values that need no other file. */
function isInSchema(context: CursorContext): boolean {
  if (context.kind !== 'value') return ['section', 'item', 'property'].includes(context.kind);
  return context.type?.type === 'boolean' || context.type?.type === 'enum';
}

function* draftsFor(
  context: CursorContext,
  contents: FileContents,
  deployment: Deployment,
  project: Project,
): Generator<Draft> {
  switch (context.kind) {
    case 'section':
      yield* sectionDrafts(context, sectionsOf(contents), deployment);
      return;
    case 'item': {
      yield* itemDrafts(context, deployment);
      const { place } = context;
      if (context.orSection)
        yield* sectionDrafts({ kind: 'section', place, hasColon: false }, sectionsOf(contents), deployment);
      return;
    }
    case 'property':
      yield* propertyDrafts(context, deployment);
      yield* mergeDrafts(context, contents);
      return;
    case 'value':
      yield* valueDrafts(context, deployment);
      return;
    case 'alias':
      yield* aliasDrafts(context, contents);
      return;
    case 'suppression':
      yield* context.part === 'directive'
        ? directiveDrafts(context)
        : suppressedDrafts(context, contents, deployment, project);
  }
}

/** The names of the sections that a file has, in lower case. */
function sectionsOf(contents: FileContents): Set<string> {
  return new Set(contents.sections().map(({ key }) => key.text.toLowerCase()));
}

const directives: readonly (readonly [name: string, meaning: string])[] = [
  ['lync-disable-next-line', 'Silences what is found on the next line.'],
  ['lync-disable-line', 'Silences what is found on this line.'],
  ['lync-disable', 'Silences what is found from here on, to lync-enable or the end of the file.'],
  ['lync-enable', 'Ends what lync-disable has begun.'],
];

function* directiveDrafts({ place }: SuppressionCursor): Generator<Draft> {
  for (const [label, meaning] of directives) {
    yield {
      label,
      kind: CompletionItemKind.Keyword,
      insert: { start: place.start, end: place.end, text: `${label} ` },
      documentation: () => [plain(meaning)],
      retrigger: true,
    };
  }
}

/** The rules that a suppression may name, those that speak where it counts first. */
function* suppressedDrafts(
  { place, directive, rules: named }: SuppressionCursor,
  contents: FileContents,
  deployment: Deployment,
  project: Project,
): Generator<Draft> {
  const { line } = contents.file.positionAt(place.start);
  const spoken = rulesAt(contents, directive === 'disable-line' ? line : line + 1, deployment, project);
  const rules = project.rules.filter(({ id }) => !named.includes(id));
  const speaks = ({ id }: { id: string }): boolean => spoken.has(id);
  for (const rule of [...rules.filter(speaks), ...rules.filter((other) => !speaks(other))]) {
    yield {
      label: rule.id,
      kind: CompletionItemKind.Constant,
      insert: { start: place.start, end: place.end, text: rule.id },
      detail: speaks(rule) ? 'found here' : rule.severity,
      documentation: () => describeRule(rule),
    };
  }
}

/** The rules that have something to say of a line, as if nothing were silenced: the comment at the cursor may silence all. */
function rulesAt(
  { file }: FileContents,
  line: number,
  deployment: Deployment,
  project: Project,
): ReadonlySet<string> {
  const found = new Set<string>();
  const contents = project.file(file.uri);
  const look = new Look(deployment, project.rules);
  const block = file.blocks.atLine(line)?.block;
  for (const { at, rule } of contents && block ? look.at(contents, block) : [])
    if (at.block === block && file.positionInBlock(block, at.start).line === line) found.add(rule.id);
  return found;
}
