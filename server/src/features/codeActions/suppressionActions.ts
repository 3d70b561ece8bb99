/** Code actions that silence a rule: on a line, in a file, in the deployment. They come behind whatever puts things right. */
import { CodeActionKind, type CodeAction, type WorkspaceEdit } from 'vscode-languageserver-types';
import { ruleUrl } from '../../config.ts';
import { newConfiguration, ruleSetting } from '../../linter/configurationEdits.ts';
import type { TextEdit } from '../../linter/edits.ts';
import type { Judged } from '../../linter/judge.ts';
import { silencedInFile, silencedOnLine } from '../../linter/suppressionText.ts';
import { configurationFileName } from '../../model/configuration.ts';
import type { SourceFile } from '../../parser/sourceFile.ts';
import type { Project } from '../../project.ts';
import { toDiagnostics } from '../diagnostics.ts';
import { newFile, toWorkspaceEdit, type ClientAbilities, type VersionOf } from '../lsp/workspaceEdit.ts';

/** Opens the configuration where it sets a rule; its arguments are the configuration's URI and the rule's id. */
export const openRuleSetting = 'lync.openRuleSetting';
/** Shows the page of a rule; its arguments are the rule's id and the page's address. */
export const showRule = 'lync.showRule';

/** @param here what is found at a place: each rule is offered once, at its first finding */
export function* suppressionActions(
  project: Project,
  uri: string,
  here: readonly Judged[],
  { versionOf, client }: { readonly versionOf: VersionOf; readonly client: ClientAbilities },
): Generator<CodeAction> {
  const first = new Map<string, Judged>();
  for (const judged of here) {
    const { id } = judged.finding.rule;
    if (!first.has(id)) first.set(id, judged);
  }
  const file = project.file(uri)?.file;
  const action = (judged: Judged, title: string, more: Partial<CodeAction>): CodeAction => ({
    title,
    kind: CodeActionKind.QuickFix,
    diagnostics: toDiagnostics(judged),
    ...more,
  });
  const edited = (of: SourceFile, edit: TextEdit): WorkspaceEdit =>
    toWorkspaceEdit([[of, [edit]]], versionOf);
  for (const [id, judged] of file ? first : []) {
    const { at } = judged.finding;
    const onLine = silencedOnLine(at.file, at.file.positionInBlock(at.block, at.start).line, id);
    if (onLine) yield action(judged, `Silence '${id}' on this line`, { edit: edited(at.file, onLine) });
    const inFile = silencedInFile(at.file, project.suppressions(uri), id);
    if (inFile) yield action(judged, `Silence '${id}' in this file`, { edit: edited(at.file, inFile) });
  }
  const workspace = project.workspaceOf(uri);
  const configuration = workspace?.configurationFile;
  for (const [id, judged] of first) {
    const edit = configuration
      ? offIn(configuration, id, edited)
      : client.creates === true && workspace?.root.includes('/') === true
        ? newFile(`${workspace.root}/${configurationFileName}`, newConfiguration(id, 'off'))
        : undefined;
    if (edit) yield action(judged, `Switch '${id}' off in ${configurationFileName}`, { edit });
  }
  for (const [id, judged] of first) {
    const command = (name: string, title: string, ...args: string[]): CodeAction[] =>
      client.commands?.has(name) === true
        ? [action(judged, title, { command: { title, command: name, arguments: args } })]
        : [];
    if (configuration)
      yield* command(openRuleSetting, `Edit '${id}' in ${configurationFileName}`, configuration.uri, id);
    yield* command(showRule, `Show the page of '${id}'`, id, ruleUrl(id));
  }
}

function offIn(
  configuration: SourceFile,
  id: string,
  edited: (of: SourceFile, edit: TextEdit) => WorkspaceEdit,
): WorkspaceEdit | undefined {
  const edit = ruleSetting(configuration, id, 'off');
  return edit && edited(configuration, edit);
}
