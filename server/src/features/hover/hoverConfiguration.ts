/** textDocument/hover in lync.config.yaml: what a setting does, and what a rule finds. */
import type * as lsp from 'vscode-languageserver-types';
import type { Rule } from '../../linter/rule.ts';
import { item, stepsTo } from '../../model/cursor.ts';
import { sketchAt } from '../../parser/sketch.ts';
import type { SourceFile } from '../../parser/sourceFile.ts';
import type { Project } from '../../project.ts';
import { settingAt, severityMeanings, type SettingType } from '../../schema/configurationSchema.ts';
import { code, plain } from '../markdown.ts';
import { toFileRange } from '../lsp/positions.ts';

/** What to show for a position of a configuration; `undefined` where there is nothing to say. */
export function hoverConfiguration(
  project: Project,
  file: SourceFile,
  position: lsp.Position,
): lsp.Hover | undefined {
  const cursor = sketchAt(file.text, file.offsetAt(position));
  if (!cursor || (cursor.at !== 'key' && cursor.at !== 'value') || cursor.word.text === '') return undefined;
  const { word, entry, at } = cursor;
  const path = stepsTo(entry).filter((step) => step !== item);
  const [first, second] = path;
  const rule = first === 'rules' ? project.rules.find(({ id }) => id === second) : undefined;
  const setting = settingAt(path);
  const paragraphs: string[] = [];
  if (at === 'value') {
    const meaning = rule ? severityMeanings[word.text.toLowerCase()] : setting?.values?.[word.text];
    if (meaning) paragraphs.push(`**${code(word.text)}**: ${plain(meaning)}`);
  }
  if (rule) paragraphs.push(...describeRule(rule));
  else if (setting) paragraphs.push(...describeSetting(setting, path));
  if (paragraphs.length === 0) return undefined;
  return {
    contents: { kind: 'markdown', value: paragraphs.join('\n\n') },
    range: toFileRange(file, word),
  };
}

/** A setting with its values and default. Paragraphs. */
export function* describeSetting(setting: SettingType, path: readonly string[]): Generator<string> {
  yield `**${plain(path.join('.'))}**`;
  yield setting.description;
  const facts = Object.entries(setting.values ?? {}).map(
    ([value, meaning = '']) => `- ${code(value)}${meaning === '' ? '' : `: ${plain(meaning)}`}`,
  );
  if (setting.type === 'boolean') facts.push(`- ${code('true')} or ${code('false')}`);
  if (setting.settings)
    facts.push(`- Settings: ${setting.settings.map(({ name }) => code(name)).join(', ')}`);
  if (setting.default !== undefined) facts.push(`- Default: ${code(setting.default)}`);
  if (facts.length > 0) yield facts.join('\n');
}

/** What a rule finds, how severe that is, and what to do about it. Paragraphs. */
export function* describeRule({ id, summary, severity, why, remedy }: Rule): Generator<string> {
  yield `**${plain(id)}** (${severity} by default)`;
  yield plain(summary);
  yield plain(why);
  yield `What to do: ${plain(remedy)}`;
}
